"""What the log costs: events a second with several writers, and a write with its event against the same without."""

import multiprocessing
from statistics import median
from time import perf_counter
from typing import Any

from bench.door_house import there
from bench.door_people import Crowd, id_of


def _permit(people: int, nth: int) -> Any:
    """A permit as the door would have made it: the door itself is not what is measured."""
    from uuid import uuid4

    from django.utils import timezone

    from samverk.access.actor import actor_of
    from samverk.access.declare import WriteNote
    from samverk.access.permit import CaseFacts, Permit
    from samverk.domain.information import Protection
    from samverk.domain.parties import Capacity
    from samverk.store.models import Case

    crowd = Crowd(people, timezone.now())
    actor = there(actor_of(id_of("account", crowd.officials_of(nth)[0])))
    row = Case.objects.select_related("person", "programme").get(id=id_of("case", nth))
    facts = CaseFacts(
        id=row.id, person=row.person_id, person_name="", birth_year=None, phone="", interpreter="",
        protection=Protection.NONE, programme=row.programme_id, programme_name="", status="active",
        opened_at=row.opened_at, started_on=None, closed_on=None, version=1,
    )  # fmt: skip
    return Permit(WriteNote, actor, timezone.now(), frozenset({Capacity.OFFICIAL}), facts, None, uuid4)


def with_and_without(people: int, *, times: int = 300) -> tuple[float, float]:
    """Milliseconds (median) to write a note in a transaction of its own, with its event and without, by turns."""
    from django.db import transaction

    from samverk.access import codes, log
    from samverk.access.actor import system_actor
    from samverk.access.declare_house import SetUp
    from samverk.access.door import door
    from samverk.actions import codes as code_lists
    from samverk.actions import notes
    from samverk.cli.code_file import standard_codes

    with door(system_actor("bench"), SetUp) as setting_up:
        code_lists.load(there(setting_up), codes=standard_codes())
    permits = [_permit(people, n % people) for n in range(20)]
    taken: dict[bool, list[float]] = {True: [], False: []}
    real = log.wrote
    with codes.read_once():
        for n in range(times * 2):
            logged = n % 2 == 0
            log.wrote = real if logged else (lambda *_, **__: None)  # type: ignore[assignment]
            try:
                start = perf_counter()
                with transaction.atomic():
                    notes.write(permits[n // 2 % 20], text="Ett ord.", category="work")
                taken[logged].append(perf_counter() - start)
            finally:
                log.wrote = real
    return median(taken[True]) * 1000, median(taken[False]) * 1000


def events_a_second(people: int, *, writers: int, seconds: float) -> float:
    """Processes that write events through the real log, each event in a transaction of its own."""
    from django.db import connections

    connections.close_all()
    # Forked: Django is set up, and each process opens a connection of its own.
    context = multiprocessing.get_context("fork")
    ready, counts = context.Barrier(writers), context.Queue()
    processes = [context.Process(target=_write, args=(people, n, seconds, ready, counts)) for n in range(writers)]
    for process in processes:
        process.start()
    written = [counts.get(timeout=seconds + 120) for _ in processes]
    for process in processes:
        process.join()
    return sum(count / taken for count, taken in written)


def _write(people: int, nth: int, seconds: float, ready: Any, counts: Any) -> None:
    from django.db import connections, transaction

    from samverk.access import log

    permit = _permit(people, nth % people)
    ready.wait()
    start, count = perf_counter(), 0
    while perf_counter() - start < seconds:
        with transaction.atomic():
            log.wrote(permit, "note.written")
        count += 1
    counts.put((count, perf_counter() - start))
    connections.close_all()
