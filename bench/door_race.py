"""Readers against withdrawals: nothing may be shown after it has been taken back.

Threads with connections of their own go through the door. One says yes and takes it back, again and again; the others
read what her yes covers, in the case and in a list over all cases. A reading is *stale* when it shows something that
was taken back, and either its request began after the withdrawal was acknowledged (and before the next yes was asked
for), or its event in the log stands behind the withdrawal's and before the next yes (security.md, finding 1). It is
*missed* when its event stands behind a yes, and it shows nothing.

    python -m bench.door_race --responses 10000 [--spoiled lock|clock] [--seed 1]

`lock` takes the lock of PostgreSQL away, `clock` reads the time before waiting for one's turn: the race has to find
both. Prints one line of JSON; the exit code is 1 when anything was stale or missed.
"""

import argparse
import json
import sys
import threading
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import cache
from random import Random
from time import perf_counter, sleep
from uuid import UUID, uuid4

from bench.door_house import house, there


@dataclass(slots=True)
class Reading:
    """One answer: when it was asked for and given, its event, and whether what she had let out was in it."""

    began: float
    ended: float
    event: UUID
    shown: bool


@dataclass(slots=True)
class Turned:
    """She said yes, or took it back: when it was asked for and acknowledged, and the event."""

    yes: bool
    began: float
    acknowledged: float
    event: UUID


@dataclass(slots=True)
class Outcome:
    """What the race came to."""

    database: str
    spoiled: str
    seed: int
    responses: int = 0
    shown: int = 0
    withdrawals: int = 0
    stale_by_time: int = 0
    stale_by_log: int = 0
    missed: int = 0
    seconds: float = 0.0
    errors: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Nothing stale, nothing missed, nothing broken, and the race was one."""
        quiet = not (self.stale_by_time or self.stale_by_log or self.missed or self.errors)
        return quiet and 0 < self.shown < self.responses and self.withdrawals > 10


def race(*, responses: int, readers: int, seed: int, spoiled: str) -> Outcome:
    """Run `responses` readings in `readers` threads against one thread of withdrawals."""
    from django.db import connection
    from django.db.models import Max

    from samverk.store.models import Event

    outcome = Outcome(database=connection.vendor, spoiled=spoiled, seed=seed)
    run = _Run(outcome, *_scene(), left=threading.Semaphore(responses))
    if spoiled == "lock":
        _take_the_lock_away()
    before = Event.objects.aggregate(last=Max("turn"))["last"] or 0
    start = perf_counter()
    threads = [threading.Thread(target=run.guarded, args=(run.read, nth)) for nth in range(readers)]
    turner = threading.Thread(target=run.guarded, args=(run.turn, readers))
    for thread in (turner, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    run.over.set()
    turner.join()
    outcome.seconds = round(perf_counter() - start, 1)
    if run.turned and not run.turned[-1].yes:
        run.turn_the_yes(True)
    order = dict(Event.objects.filter(turn__gt=before).values_list("id", "turn"))
    judge(outcome, run.readings, run.turned, order)
    return outcome


@dataclass(slots=True)
class _Run:
    """The threads' common ground. Each pauses for a while of its own, the same ones for the same seed."""

    outcome: Outcome
    turn_the_yes: Callable[[bool], UUID]
    look: Callable[..., tuple[UUID, bool]]
    left: threading.Semaphore
    over: threading.Event = field(default_factory=threading.Event)
    readings: list[Reading] = field(default_factory=list)
    turned: list[Turned] = field(default_factory=list)

    def read(self, chance: Random) -> None:
        """Ask again and again, until there have been answers enough."""
        early = self.outcome.spoiled == "clock"
        while self.left.acquire(blocking=False) and not self.over.is_set():
            began = perf_counter()
            event, shown = self.look(in_list=chance.random() < 0.3, early_clock=early)
            self.readings.append(Reading(began, perf_counter(), event, shown))
            sleep(chance.random() * 0.002)

    def turn(self, chance: Random) -> None:
        """Take back and say yes, by turns, until the readers have done."""
        yes = True
        while not self.over.is_set():
            yes = not yes
            began = perf_counter()
            event = self.turn_the_yes(yes)
            self.turned.append(Turned(yes, began, perf_counter(), event))
            sleep(chance.random() * 0.01)

    def guarded(self, work: Callable[[Random], None], nth: int) -> None:
        """A thread's error is told, and its connection closed."""
        from django.db import connections

        try:
            work(Random(self.outcome.seed * 1000 + nth))  # noqa: S311 (how long a thread pauses is no secret)
        except Exception as error:
            self.outcome.errors.append(repr(error))
            self.over.set()
        finally:
            connections.close_all()


def judge(outcome: Outcome, readings: list[Reading], turned: list[Turned], order: dict[UUID, int]) -> None:
    """Count what is stale and what is missed."""
    outcome.responses, outcome.shown = len(readings), sum(reading.shown for reading in readings)
    outcome.withdrawals = sum(not each.yes for each in turned)
    acknowledged = [each.acknowledged for each in turned]
    places = [order[each.event] for each in turned]
    for reading in readings:
        # By the clock: asked for after it was taken back, and answered before the next yes was asked for.
        last = bisect_right(acknowledged, reading.began) - 1
        if reading.shown and last >= 0 and not turned[last].yes:
            outcome.stale_by_time += last + 1 == len(turned) or turned[last + 1].began > reading.ended
        # By the log: the order that everyone is shown.
        behind = bisect_right(places, order[reading.event]) - 1
        yes = behind < 0 or turned[behind].yes
        outcome.stale_by_log += reading.shown and not yes
        outcome.missed += not reading.shown and yes


@cache
def _scene() -> tuple[Callable[[bool], UUID], Callable[..., tuple[UUID, bool]]]:
    """Egon's case, in which Anna has written a note that Bo reads while Egon lets him. How to turn the yes, and look.

    Set up once in a house; a race ends with a yes, as the next one begins.
    """
    from django.utils import timezone

    from samverk.access.declare import ReadCase, RecordConsent, WithdrawConsent, WriteNote
    from samverk.access.declare_house import SeeMyDay
    from samverk.access.door import door
    from samverk.access.sight import visible, visible_anywhere
    from samverk.actions import consents, notes
    from samverk.store.models import Consent, Item
    from tests.build import active_case, done
    from tests.people import cast

    people = cast()
    case = active_case(people)
    note = done(people.anna, WriteNote, lambda p: notes.write(p, text="Ett ord om arbete.", category="work"), case=case)
    scope = {"giver": people.municipality, "receiver": people.af, "category": "work"}

    def turn_the_yes(yes: bool) -> UUID:
        event = uuid4()
        ids = iter([event])
        act = RecordConsent if yes else WithdrawConsent
        live = list(Consent.objects.filter(**scope, ended_at__isnull=True).values_list("id", flat=True))
        with door(people.egon, act, case=case, ids=lambda: next(ids, None) or uuid4()) as permit:
            permit = there(permit)
            if yes:
                says = [consents.NewSay(people.municipality, people.af, "work")]
                last_day = timezone.localdate().replace(month=12, day=31)
                consents.record(permit, says=says, last_day=last_day, how="screen", condition_of_benefit=False)
            else:
                consents.withdraw(permit, consents=live)
        return event

    def look(*, in_list: bool, early_clock: bool) -> tuple[UUID, bool]:
        event = uuid4()
        ids = iter([event])
        at = timezone.now() if early_clock else None
        target = {} if in_list else {"case": case}
        act, sight = (SeeMyDay, visible_anywhere) if in_list else (ReadCase, visible)
        with door(people.bo, act, at=at, ids=lambda: next(ids, None) or uuid4(), **target) as permit:
            return event, note in set(Item.objects.filter(sight(there(permit))).values_list("id", flat=True))

    return turn_the_yes, look


def _take_the_lock_away() -> None:
    """The mutant: PostgreSQL's lock of the person holds nobody any more."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION samverk_hold(about uuid, alone boolean) RETURNS void"
            " LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$ BEGIN END $$"
        )


def main() -> int:
    """Run one race in a house of its own."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--responses", type=int, default=10_000)
    options.add_argument("--readers", type=int, default=6)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--spoiled", choices=["", "lock", "clock"], default="")
    told = options.parse_args()
    with house():
        outcome = race(responses=told.responses, readers=told.readers, seed=told.seed, spoiled=told.spoiled)
    sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
    return 0 if outcome.clean else 1


if __name__ == "__main__":
    sys.exit(main())
