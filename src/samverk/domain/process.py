"""The states of each thing, and who moves it on: one table. The diagrams in the docs are drawn from it."""

from dataclasses import dataclass
from enum import StrEnum

from samverk.domain.parties import Capacity
from samverk.domain.words import Rejection, gettext_noop


class Step(StrEnum):
    """The steps of domain.md §3 that a programme's own phases are tied to. Names and order are data."""

    REFERRAL = "referral"
    INTAKE = "intake"
    MAPPING = "mapping"
    PLAN = "plan"
    MEASURES = "measures"
    TRANSITION = "transition"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Transition:
    """In `thing`, `verb` leads from state `before` to `after`, and is done `by` one of these."""

    thing: str
    before: str
    verb: str
    after: str
    by: frozenset[Capacity]


def _rows(thing: str, by: set[Capacity], *arrows: str) -> list[Transition]:
    """Read arrows of the form "before verb after"."""
    rows = (arrow.split() for arrow in arrows)
    return [Transition(thing, before, verb, after, frozenset(by)) for before, verb, after in rows]


_P, _C, _O = Capacity.PARTICIPANT, Capacity.COORDINATOR, Capacity.OFFICIAL
_T, _R, _W, _S = Capacity.TEAM, Capacity.REFERRER, Capacity.WORKPLACE, Capacity.STEERING

TRANSITIONS: tuple[Transition, ...] = (
    *_rows("case", {_T, _C}, "referred offer offered", "referred decline ended"),
    *_rows("case", {_R, _P}, "referred withdraw ended", "ended refer_again referred"),
    *_rows("case", {_P, _C}, "offered say_yes active", "offered say_no ended"),
    *_rows("case", {_C}, "active close closed", "closed take_up_again active"),
    *_rows("referral", {_R, _P}, "draft send sent", "draft withdraw withdrawn"),
    *_rows("referral", {_R, _P}, "sent withdraw withdrawn", "asked withdraw withdrawn", "asked answer sent"),
    *_rows("referral", {_T, _C}, "sent ask asked", "sent accept accepted", "sent decline declined"),
    *_rows("referral", {_R, _P}, "declined reopen draft", "withdrawn reopen draft"),
    *_rows("referral", {_R, _P}, "accepted reopen draft"),
    *_rows("plan", {_C, _P}, "draft propose proposed", "proposed take_back draft"),
    *_rows("plan", {_C, _P, _O}, "proposed agree agreed"),
    *_rows("plan", {_C, _P}, "agreed review agreed", "agreed extend agreed", "agreed replace replaced"),
    *_rows("commitment", {_P, _C, _O}, "open keep kept", "open break broken", "open postpone open"),
    *_rows("commitment", {_P, _C, _O}, "broken take_up_again open"),
    *_rows("commitment", {_C, _O}, "open release released"),
    *_rows("meeting", {_C, _O}, "called hold held", "called cancel cancelled", "called move called"),
    *_rows("meeting", {_C, _O}, "held publish minuted", "minuted amend minuted"),
    *_rows("invitation", {_P, _C, _O, _W}, "waiting comes comes", "waiting other_time other_time"),
    *_rows("invitation", {_P, _C, _O, _W}, "waiting not_coming not_coming"),
    *_rows("invitation", {_P, _C, _O, _W}, "comes other_time other_time", "comes not_coming not_coming"),
    *_rows("invitation", {_P, _C, _O, _W}, "other_time comes comes", "other_time not_coming not_coming"),
    *_rows("invitation", {_P, _C, _O, _W}, "not_coming comes comes", "not_coming other_time other_time"),
    *_rows("measure", {_C, _O}, "proposed plan planned", "planned wait waiting", "planned start ongoing"),
    *_rows("measure", {_C, _O}, "waiting start ongoing", "proposed start ongoing", "ongoing extend ongoing"),
    *_rows("measure", {_C, _O}, "ongoing complete completed", "ongoing break_off broken_off"),
    *_rows("measure", {_C, _O}, "proposed drop not_relevant", "planned drop not_relevant", "waiting drop not_relevant"),
    *_rows("measure", {_C, _O}, "proposed mistake mistaken", "planned mistake mistaken", "waiting mistake mistaken"),
    *_rows(
        "measure", {_C, _O}, "ongoing mistake mistaken", "completed mistake mistaken", "broken_off mistake mistaken"
    ),
    *_rows("absence", {_C, _O}, "reported reach reached"),
    *_rows("hand_over", {_C, _O}, "named accept accepted", "named decline declined", "accepted meet met"),
    *_rows("hand_over", {_C}, "met release released"),
    *_rows("hand_over", {_C}, "named cancel cancelled", "accepted cancel cancelled", "met cancel cancelled"),
    *_rows("follow_up", {_C, _P, _O}, "planned do done", "planned miss missed", "missed do done"),
    *_rows("follow_up", {_C, _P, _O}, "missed miss missed", "done correct done"),
    *_rows("follow_up", {_C}, "planned cancel cancelled", "missed cancel cancelled"),
    *_rows("obstacle", {_C, _T}, "reported solve solved", "reported pass_on steering"),
    *_rows("obstacle", {_S}, "steering decide decided", "steering pass_on national"),
    *_rows("price_book", {Capacity.PRICE_KEEPER}, "draft propose proposed", "proposed send_back draft"),
    *_rows("price_book", {Capacity.PRICE_KEEPER}, "proposed approve approved", "approved replace replaced"),
    *_rows("study", {Capacity.EVALUATOR}, "draft lock locked", "draft drop dropped"),
    *_rows("study_run", {Capacity.EVALUATOR}, "queued stop failed", "running stop failed"),
    *_rows("study_run", {Capacity.SYSTEM}, "queued start running", "queued fail failed"),
    *_rows("study_run", {Capacity.SYSTEM}, "running finish done", "running fail failed"),
)

FINAL: dict[str, frozenset[str]] = {
    "case": frozenset(),
    "referral": frozenset(),
    "plan": frozenset({"replaced"}),
    "commitment": frozenset({"kept", "released"}),
    "meeting": frozenset({"cancelled"}),
    "invitation": frozenset(),
    "measure": frozenset({"not_relevant", "mistaken"}),
    "absence": frozenset({"reached"}),
    "hand_over": frozenset({"released", "declined", "cancelled"}),
    "follow_up": frozenset({"done", "cancelled"}),
    "obstacle": frozenset({"solved", "decided", "national"}),
    "price_book": frozenset({"replaced"}),
    "study": frozenset({"locked", "dropped"}),
    "study_run": frozenset({"done", "failed"}),
}
"""States that are meant to be the last of their thing."""

FIRST: dict[str, str] = {
    "case": "referred",
    "referral": "draft",
    "plan": "draft",
    "commitment": "open",
    "meeting": "called",
    "invitation": "waiting",
    "measure": "proposed",
    "absence": "reported",
    "hand_over": "named",
    "follow_up": "planned",
    "obstacle": "reported",
    "price_book": "draft",
    "study": "draft",
    "study_run": "queued",
}

_AFTER = {(t.thing, t.before, t.verb): t.after for t in TRANSITIONS}


def can(thing: str, state: str, verb: str) -> bool:
    """Whether `verb` leads anywhere from `state`."""
    return (thing, state, verb) in _AFTER


def move(thing: str, state: str, verb: str) -> str:
    """The state that `verb` leads to. Rejection when it has already been moved on, or cannot be."""
    try:
        return _AFTER[thing, state, verb]
    except KeyError:
        raise Rejection(
            gettext_noop("Det går inte längre: någon har hunnit ändra läget. Läs in sidan igen och se hur det står nu.")
        ) from None


def verbs(thing: str, state: str) -> tuple[str, ...]:
    """What can be done in `state`, in the table's order."""
    return tuple(t.verb for t in TRANSITIONS if t.thing == thing and t.before == state)
