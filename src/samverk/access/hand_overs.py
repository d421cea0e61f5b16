"""Hand-overs as they leave through the door, and the days on which nobody held the case."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from samverk.access.codes import tones
from samverk.access.declare import ReadCase
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.days import Days, through
from samverk.domain.parties import Capacity, Part
from samverk.domain.process import can
from samverk.domain.transitions import days_without
from samverk.store.models import Assignment, Closing, HandOver, HandOverWords, Measure

LIVE = ("named", "accepted", "met")


@dataclass(frozen=True, slots=True)
class HandOverView:
    """One hand-over. `what` is empty where the reader's party may not read it (`withheld`)."""

    id: UUID
    part: str
    status: str
    former: str
    next: str
    next_title: str
    next_party: str
    next_tone: str
    what: str
    withheld: bool
    by_when: date
    late: bool
    live: bool
    named_on: date
    answered_on: date | None
    decline_reason: str
    met_on: date | None
    met_where: str
    met_together: bool | None
    ended_on: date | None
    cancel_reason: str
    may_answer: bool
    may_meet: bool
    may_release: bool
    may_cancel: bool


@dataclass(frozen=True, slots=True)
class HeldPart:
    """A part in the case that can be handed over, and who holds it."""

    part: str
    account: UUID
    name: str
    party: str


@dataclass(frozen=True, slots=True)
class DaysWithout:
    """Days without a responsible contact person, and without a measure under way, from `since` to `until`.

    The second is counted on the measures that the reader may see.
    """

    since: date
    until: date
    contact: int
    measure: int


def hand_overs_of(permit: Permit[ReadCase]) -> tuple[HandOverView, ...]:
    """The hand-overs that the reader may know of: by consent, or because they are from her or to her. Newest first."""
    me = permit.actor.account
    words = HandOverWords.objects.filter(visible(permit, "item__"), item=OuterRef("item"))
    rows = list(
        HandOver.objects.filter(case=permit.case.id)
        .annotate(words=Subquery(words.values("text")[:1]))
        .filter(Q(words__isnull=False) | Q(next=me) | Q(former=me))
        .select_related("former", "next", "party")
        .order_by("-named_at")
    )
    tone = tones() if rows else {}
    return tuple(_view(permit, row, tone) for row in rows)


def hand_over(permit: Permit[ReadCase], *, id: UUID) -> HandOverView | None:
    """One of them."""
    return next((view for view in hand_overs_of(permit) if view.id == id), None)


def parts_held(permit: Permit[ReadCase]) -> tuple[HeldPart, ...]:
    """What can be handed over: the contact person's part first, then the officials' by name."""
    rows = Assignment.objects.filter(
        case=permit.case.id, part__in=(Part.CONTACT, Part.OFFICIAL), until__isnull=True
    ).select_related("account", "party")
    held = [HeldPart(row.part, row.account_id, row.account.name, row.party.short) for row in rows]
    return tuple(sorted(held, key=lambda part: (part.part != Part.CONTACT, part.name)))


def days_without_of(permit: Permit[ReadCase]) -> DaysWithout | None:
    """Days that nobody held the case, and that nothing was under way, since she said yes. None before that."""
    case = permit.case
    if case.started_on is None:
        return None
    contacts = [
        through(timezone.localdate(since), timezone.localdate(until) if until else None)
        for since, until in Assignment.objects.filter(case=case.id, part=Part.CONTACT).values_list("since", "until")
    ]
    measures = [
        through(start, end if end is None or end >= start else start)
        for start, end in Measure.objects.filter(visible(permit, "item__"), started_on__isnull=False)
        .exclude(status="mistaken")
        .values_list("started_on", "ended_on")
        if start is not None
    ]
    closed = [
        Days(closed_on, taken_up_on)
        for closed_on, taken_up_on in Closing.objects.filter(item__case=case.id, taken_up_on__isnull=False).values_list(
            "item__happened_on", "taken_up_on"
        )
        if taken_up_on is not None and closed_on < taken_up_on
    ]
    stop = case.closed_on or permit.today
    return DaysWithout(
        since=case.started_on,
        until=stop,
        contact=days_without(contacts, case.started_on, permit.today),
        measure=days_without([*measures, *closed], case.started_on, stop),
    )


def _view(permit: Permit[A], row: HandOver, tone: dict[str, str]) -> HandOverView:
    mine = row.next_id == permit.actor.account
    leads = Capacity.COORDINATOR in permit.capacities
    live = row.status in LIVE
    text: str | None = row.words  # type: ignore[attr-defined]
    return HandOverView(
        id=row.id,
        part=row.part,
        status=row.status,
        former=row.former.name,
        next=row.next.name,
        next_title=row.next.title,
        next_party=row.party.short,
        next_tone=tone.get(row.party.kind, "other"),
        what=text or "",
        withheld=text is None,
        by_when=row.by_when,
        late=live and row.by_when < permit.today,
        live=live,
        named_on=timezone.localdate(row.named_at),
        answered_on=timezone.localdate(row.answered_at) if row.answered_at else None,
        decline_reason=row.decline_reason,
        met_on=row.met_on,
        met_where=row.met_where,
        met_together=row.met_together,
        ended_on=timezone.localdate(row.ended_at) if row.ended_at else None,
        cancel_reason=row.cancel_reason,
        may_answer=mine and can("hand_over", row.status, "accept"),
        may_meet=mine and can("hand_over", row.status, "meet"),
        may_release=leads and can("hand_over", row.status, "release"),
        may_cancel=leads and can("hand_over", row.status, "cancel"),
    )
