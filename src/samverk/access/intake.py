"""Intake as it leaves through the door: the joint team's queue, and the offer to the person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from samverk.access import log
from samverk.access.codes import names, tones
from samverk.access.declare import AnswerOffer
from samverk.access.declare_house import SeeIntake, SeeMyDay
from samverk.access.permit import A, Permit
from samverk.access.sight import visible_anywhere
from samverk.domain.consent import OPEN_LEVELS
from samverk.domain.information import Protection
from samverk.domain.parties import ROLES_THAT_COVER_CASES, Part
from samverk.domain.referrals import days_waited, turn
from samverk.store.models import (
    Account,
    Assignment,
    Case,
    Clearance,
    Criterion,
    Party,
    Programme,
    ProgrammeRole,
    Referral,
)
from samverk.store.shape import Waits, waiting

SHOWN_AFTER_NO = timedelta(days=90)
"""So long a no stays in the queue's page: a declined person never just disappears."""


@dataclass(frozen=True, slots=True)
class MyProgramme:
    """A programme in whose joint team the reader sits."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """One in the queue. `case` None, and no name: the reader knows only that one waits, since when, and from whom."""

    case: UUID | None
    name: str
    from_party: str
    """"" when the person has referred herself."""
    from_tone: str
    since: date
    days: int
    priority: int
    priority_reason: str
    talked: bool


@dataclass(frozen=True, slots=True)
class Declined:
    """One to whom the team said no, or who said no herself (`reason` empty): where instead, and whether she knows."""

    case: UUID
    name: str
    from_party: str
    from_tone: str
    on: date
    reason: str
    next_door: str
    told: bool


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """What the team weighs a referral against."""

    name: str
    places: int | None
    taken: int
    rhythm: str
    target_group: str
    criteria: tuple[str, ...]

    @property
    def free(self) -> int | None:
        """How many places are free; None without a limit."""
        return None if self.places is None else max(0, self.places - self.taken)


@dataclass(frozen=True, slots=True)
class QueueView:
    """The queue of one programme."""

    programme: ProgrammeFacts
    to_decide: tuple[Waiting, ...]
    asked: tuple[Waiting, ...]
    offered: tuple[Waiting, ...]
    declined: tuple[Declined, ...]


@dataclass(frozen=True, slots=True)
class ContactChoice:
    """Who may become contact person."""

    account: UUID
    name: str
    title: str
    party: str


@dataclass(frozen=True, slots=True)
class OfferView:
    """The programme's offer to the person, for her and for the contact person."""

    person_name: str
    programme: str
    contact: str
    contact_party: str
    talked_on: date | None
    condition: bool | None
    """Whether taking part is a condition of a benefit; None: not known."""
    own: bool


def my_programmes(permit: Permit[SeeMyDay]) -> tuple[MyProgramme, ...]:
    """The programmes in whose joint team the reader sits."""
    permit.check()
    roles = ProgrammeRole.objects.filter(account=permit.actor.account, role__in=ROLES_THAT_COVER_CASES)
    rows = Programme.objects.filter(id__in=roles.values("programme")).order_by("name")
    return tuple(MyProgramme(row.id, row.name) for row in rows)


def queue(permit: Permit[SeeIntake]) -> QueueView:
    """Everyone who waits for the team, for the referrer's answer, or for her own. Two queries for the rows."""
    rows = Referral.objects.filter(
        Q(status__in=("sent", "asked"), item__case__status="referred")
        | Q(item__case__status="offered")
        | Q(
            status__in=("accepted", "declined"),
            item__case__status="ended",
            decided_at__gte=permit.at - SHOWN_AFTER_NO,
        ),
        visible_anywhere(permit, "item__"),
        item__case__programme=permit.programme,
    ).select_related("item__case", "item__person", "item__owner")
    shown = {row.item_id: row for row in rows}
    log.showed(permit, {row.item.person_id for row in shown.values()})
    tone = tones()
    of: dict[str, list[tuple[tuple[int, datetime], Waiting]]] = {status: [] for status in _GROUPS}
    everyone = waiting(permit.programme)
    parties = Party.objects.in_bulk({one.owner for one in everyone if one.owner})
    for one in everyone:
        row = shown.get(one.item)
        if one.status in of:
            view = _waiting(permit, one, row, parties.get(one.owner) if one.owner else None, tone)
            of[one.status].append((turn(view.priority, one.since), view))
    found = {status: tuple(v for _, v in sorted(rows, key=lambda pair: pair[0])) for status, rows in of.items()}
    reasons = {code: view.name for code, view in names("decline_reason")["decline_reason"].items()}
    ended = sorted((r for r in shown.values() if r.item.case.status == "ended"), key=lambda r: r.item.case.opened_at)
    declined = sorted((_declined(r, tone, reasons) for r in ended), key=lambda view: view.on, reverse=True)
    return QueueView(facts(permit), found["sent"], found["asked"], found["accepted"], tuple(declined))


_GROUPS = ("sent", "asked", "accepted")


def facts(permit: Permit[A]) -> ProgrammeFacts:
    """Places, rhythm and criteria of the permit's programme. Two queries."""
    taken = (
        Case.objects.filter(programme=OuterRef("pk"), status__in=("offered", "active"))
        .values("programme")
        .annotate(n=Count("pk"))
        .values("n")
    )
    row = Programme.objects.annotate(taken=Subquery(taken)).get(id=permit.programme)
    criteria = Criterion.objects.filter(programme=row.id).order_by("position").values_list("text", flat=True)
    return ProgrammeFacts(
        name=row.name,
        places=row.places,
        taken=row.taken or 0,
        rhythm=row.meeting_rhythm,
        target_group=row.target_group,
        criteria=tuple(criteria),
    )


def contacts(permit: Permit[A]) -> tuple[ContactChoice, ...]:
    """Who in the team may become contact person: of a party that may meet the person, the reader first."""
    roles = ProgrammeRole.objects.filter(programme=permit.programme, role__in=ROLES_THAT_COVER_CASES)
    rows = Account.objects.filter(id__in=roles.values("account"), party__isnull=False, is_active=True).order_by("name")
    case = Case.objects.select_related("person").get(id=permit.case.id)
    if Protection(case.person.protection) not in OPEN_LEVELS:
        rows = rows.filter(party__in=Clearance.objects.filter(person=case.person_id).values("party"))
    found = [ContactChoice(r.id, r.name, r.title, r.party.name if r.party else "") for r in rows]
    return tuple(sorted(found, key=lambda choice: choice.account != permit.actor.account))


def offer_of(permit: Permit[AnswerOffer]) -> OfferView | None:
    """The offer that waits for her answer, or None when there is none."""
    if permit.case.status != "offered":
        return None
    row = Referral.objects.select_related("item__owner", "item__case").get(item__case=permit.case.id)
    contact = (
        Assignment.objects.filter(case=permit.case.id, part=Part.CONTACT, until__isnull=True)
        .select_related("account", "party")
        .first()
    )
    return OfferView(
        person_name=permit.case.person_name,
        programme=permit.case.programme_name,
        contact=contact.account.name if contact else "",
        contact_party=contact.party.name if contact else "",
        talked_on=row.talked_on,
        condition=row.item.case.support_condition,
        own=row.own,
    )


def _waiting(
    permit: Permit[SeeIntake], one: Waits, row: Referral | None, party: Party | None, tone: dict[str, str]
) -> Waiting:
    since = timezone.localdate(one.since)
    return Waiting(
        case=row.item.case_id if row else None,
        name=row.item.person.name if row else "",
        from_party=party.name if party else "",
        from_tone=tone.get(party.kind, "other") if party else "me",
        since=since,
        days=days_waited(since, permit.today),
        priority=row.priority if row else 0,
        priority_reason=row.priority_reason if row else "",
        talked=row is not None and row.talked_on is not None,
    )


def _declined(row: Referral, tone: dict[str, str], reasons: dict[str, str]) -> Declined:
    item = row.item
    said = row.answered_at if row.status == "accepted" else row.decided_at
    return Declined(
        case=item.case_id,
        name=item.person.name,
        from_party=item.owner.name if item.owner else "",
        from_tone=tone.get(item.owner.kind, "other") if item.owner else "me",
        on=timezone.localdate(said or row.decided_at or item.created_at),
        reason=reasons.get(row.outcome_code, ""),
        next_door=row.next_door,
        told=row.told_person_at is not None,
    )
