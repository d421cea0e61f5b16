"""Playing a story: each event by the one who does it, through the same door and with the same checks as a human.

Ids come from the story's name and a counter, and the time from the story: played twice, it gives the same events.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID, uuid5

from samverk.access.actor import Actor, actor_of, system_actor
from samverk.access.declare_house import RunProgramme, SetUp
from samverk.access.door import door
from samverk.cli.errors import said
from samverk.cli.ready import let_in
from samverk.cli.story import cast
from samverk.cli.story.reader import Event, Story
from samverk.cli.story.verb import Verb
from samverk.cli.story.verbs import VERBS
from samverk.cli.story.world import Mistake, World
from samverk.domain.words import Rejection

NAMESPACE = UUID("5a3e9c1e-6d0f-5b1e-9d53-1b7c1f0a1996")
STORYTELLER = system_actor("story")
ONE_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Played:
    """How far a story was played."""

    events: int
    left: int
    last: datetime | None


def weeks_to(now: datetime, today: datetime) -> timedelta:
    """The whole number of weeks by which the day `now` of a story comes closest to `today`, and not after it."""
    return (today.date() - now.date()) // ONE_WEEK * ONE_WEEK


def play(story: Story, *, world: World, until: datetime | None = None) -> Played:
    """Play `story` up to and including `until`, a time of the story. StoryError at the first thing that goes wrong."""
    return _Player(story, world).play(until)


def check(story: Story) -> list[str]:
    """Everything in `story` that can be seen to be wrong without playing it, one sentence each."""
    return _Player(story, World()).check()


class _Player:
    def __init__(self, story: Story, world: World) -> None:
        self.story, self.world = story, world
        counter = count(1)
        self.ids: Callable[[], UUID] = lambda: uuid5(NAMESPACE, f"{story.name}/{next(counter)}")
        self._before: datetime | None = None

    def play(self, until: datetime | None) -> Played:
        """Set up the cast, then let everyone do what they did."""
        events = [event for event in self.story.events if until is None or event.at <= until]
        if self.story.events:
            self._set_up(self.story.events[0].at - timedelta(days=1))
        for event in events:
            self._do(event)
        last = events[-1].at if events else None
        return Played(len(events), len(self.story.events) - len(events), last)

    def check(self) -> list[str]:
        """Labels, verbs and arguments, read as they would be."""
        wrong: list[str] = []
        cast_labels = (
            (self.story.parties, self.world.parties),
            (self.story.programmes, self.world.programmes),
            (self.story.people, self.world.accounts),
        )
        for told, labels in cast_labels:
            labels.update({label: self.ids() for label in told})
        self.world.numbers.update({label: (label, "") for label in self.story.people})
        for event in self.story.events:
            try:
                verb = self._verb(event)
                verb.read(self.world, event.arguments)
                if event.who not in self.world.accounts:
                    raise Mistake(f"there is no person “{event.who}” in the cast.")
                self._case(event, verb)
            except Mistake as mistake:
                wrong.append(str(self._wrong(event, mistake)))
            self.world.things[event.label or ""] = self.ids()
        return wrong

    def _set_up(self, day: datetime) -> None:
        at = self.world.moment(day)
        with let_in(SetUp, actor=STORYTELLER, at=at, ids=self.ids) as permit:
            cast.set_up(permit, story=self.story, world=self.world)
        for label, programme in self.world.programmes.items():
            with let_in(RunProgramme, programme=programme, actor=STORYTELLER, at=at, ids=self.ids) as run:
                cast.give_roles(run, story=self.story, world=self.world, programme=label)

    def _do(self, event: Event) -> None:
        try:
            verb = self._verb(event)
            values = verb.read(self.world, event.arguments)
            result = self._act(event, verb, values)
        except Mistake as mistake:
            raise self._wrong(event, mistake) from None
        except Rejection as rejection:
            fields = ", ".join(problem.field for problem in rejection.problems if problem.field)
            text = said(rejection) + (f" ({fields})" if fields else "")
            raise self._wrong(event, f"{event.who} could not “{event.does}”: {text}") from None
        if event.label and isinstance(result, UUID):
            self.world.things[event.label] = result

    def _act(self, event: Event, verb: Verb, values: dict[str, object]) -> object:
        actor, at = self._actor(event), self._moment(event)
        target = self._target(event, verb)
        if verb.look is not None:
            # Nothing is raised inside the door on a refusal, so that the refusal's own event is kept.
            with door(actor, verb.look_act, **target, at=at, ids=self.ids) as look:
                if look is not None:
                    values["seen"] = verb.look(look, **values)
            if look is None:
                raise Mistake(f"the door does not let {event.who} look here.")
        with door(actor, verb.act, **target, at=at, ids=self.ids) as permit:
            result = None if permit is None else verb.do(permit, **values)
        if permit is None:
            raise Mistake(f"the door does not let {event.who} “{event.does}” at {event.at:%Y-%m-%d %H:%M}.")
        return result

    def _actor(self, event: Event) -> Actor:
        account = self.world.accounts.get(event.who)
        actor = actor_of(account) if account else None
        if actor is None:
            known = ", ".join(sorted(self.world.accounts))
            raise Mistake(f"there is no person “{event.who}” in the cast. Known: {known}.")
        return actor

    def _moment(self, event: Event) -> datetime:
        """Events of the same minute come one after the other, as they do when people do them."""
        at = self.world.moment(event.at)
        if self._before is not None and at <= self._before:
            at = self._before + timedelta(seconds=1)
        self._before = at
        return at

    def _verb(self, event: Event) -> Verb:
        if event.does not in VERBS:
            raise Mistake(f"“{event.does}” is no verb. Known: {', '.join(sorted(VERBS))}.")
        return VERBS[event.does]

    def _target(self, event: Event, verb: Verb) -> dict[str, UUID]:
        if verb.act.target == "house":
            return {}
        if verb.act.target == "programme":
            programme = event.about if event.about in self.world.programmes else next(iter(self.world.programmes))
            return {"programme": self.world.programmes[programme]}
        return {"case": self._case(event, verb)}

    def _case(self, event: Event, verb: Verb) -> UUID:
        if verb.act.target != "case":
            return NAMESPACE
        if event.about not in self.world.things:
            raise Mistake(
                f"there is no case “{event.about}” yet: the referral that begins it says “as: {event.about}”."
            )
        return self.world.things[event.about]

    def _wrong(self, event: Event, why: object) -> Exception:
        return self.story.wrong(event.line, f"event of {event.at:%Y-%m-%d %H:%M}: {why}")
