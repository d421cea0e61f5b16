"""An official's own day: everything, in all her cases, that needs her now. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from samverk.access import follow_ups, hand_overs
from samverk.access.codes import names, tones
from samverk.access.declare import SeeMyDay
from samverk.access.permit import Permit
from samverk.access.sight import visible_anywhere
from samverk.days import through
from samverk.domain.livelihood import GapKind, Spell, gaps
from samverk.domain.measures import LIVE, limit_warning
from samverk.domain.parties import ROLES_THAT_COVER_CASES, Part
from samverk.store.models import (
    Absence,
    Assignment,
    Case,
    Commitment,
    HandOver,
    Invitation,
    LivelihoodSpell,
    Measure,
    Meeting,
    Plan,
    PlanLine,
    PlanSignature,
    ProgrammeRole,
    Referral,
)

AHEAD = timedelta(days=14)
REVIEW_AHEAD = timedelta(days=21)
TOLD = timedelta(days=14)
"""So long an answer to a referral stands on the referrer's day."""
FIRST_TALK = timedelta(days=7)
MINUTES = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs the reader, in one case. `what` says which kind; the page has the words for it."""

    what: str
    case: UUID
    person: str
    text: str
    due: date
    late: bool
    party: str = ""
    tone: str = ""
    id: UUID | None = None
    at: datetime | None = None
    """The moment, where there is one."""


@dataclass(frozen=True, slots=True)
class AtMyPlace:
    """Somebody who trains or works where the reader leads the work."""

    case: UUID
    person: str


@dataclass(frozen=True, slots=True)
class MyDay:
    """What needs the reader, soonest first, and how many referrals wait in her intakes."""

    needs: tuple[Need, ...]
    meetings: tuple[Need, ...]
    referrals: int
    at_my_place: tuple[AtMyPlace, ...]


def my_day(permit: Permit[SeeMyDay]) -> MyDay:
    """Everything that needs the holder of the permit."""
    needs = [
        *_commitments(permit),
        *_absences(permit),
        *_hand_overs(permit),
        *_follow_ups(permit),
        *_plans(permit),
        *_livelihood(permit),
        *_my_referrals(permit),
        *_offers(permit),
        *_minutes(permit),
        *_measures(permit),
    ]
    return MyDay(
        needs=tuple(sorted(needs, key=lambda need: (need.due, need.person))),
        meetings=tuple(_meetings(permit)),
        referrals=_referrals(permit),
        at_my_place=_at_my_place(permit),
    )


def _held(permit: Permit[SeeMyDay], case: str) -> Exists:
    """The reader is contact person of the case that `case` leads to."""
    return Exists(
        Assignment.objects.filter(
            case=OuterRef(case), account=permit.actor.account, part=Part.CONTACT, until__isnull=True
        )
    )


def _commitments(permit: Permit[SeeMyDay]) -> Iterable[Need]:
    """What she or her party has promised and is near or late, and what others are late with in her cases."""
    me, party, today = permit.actor.account, permit.actor.party, permit.today
    mine = Q(owner_account=me) | Q(owner_party=party, owner_account__isnull=True)
    rows = (
        Commitment.objects.filter(visible_anywhere(permit, "item__"), status="open", item__case__status="active")
        .filter(Q(mine, due__lte=today + AHEAD) | Q(_held(permit, "item__case"), due__lt=today))
        .select_related("item__person", "owner_party")
        .order_by("due")
    )
    tone = tones()
    for row in rows:
        party_row = row.owner_party
        own = row.owner_account_id == me or (row.owner_account_id is None and row.owner_party_id == party)
        yield Need(
            what="commitment" if own else "others_commitment",
            case=row.item.case_id,
            person=row.item.person.name,
            text=row.what,
            due=row.due,
            late=row.due < today,
            party=party_row.short if party_row else "",
            tone=tone.get(party_row.kind, "other") if party_row else "me",
        )


def _absences(permit: Permit[SeeMyDay]) -> Iterable[Need]:
    rows = Absence.objects.filter(
        visible_anywhere(permit, "item__"), _held(permit, "item__case"), status="reported"
    ).select_related("item__person")
    for row in rows:
        yield Need(
            what="absence",
            case=row.item.case_id,
            person=row.item.person.name,
            text=row.words,
            due=row.answer_by,
            late=row.answer_by < permit.today,
        )


def _hand_overs(permit: Permit[SeeMyDay]) -> Iterable[Need]:
    for row in hand_overs.waiting_for_me(permit):
        yield Need(f"hand_over_{row.status}", row.case, row.person, "", row.by_when, row.late)
    later = HandOver.objects.filter(case=OuterRef("case"), part=OuterRef("part"), named_at__gt=OuterRef("answered_at"))
    answered = (
        HandOver.objects.filter(_held(permit, "case"), case__status__in=("offered", "active", "closed"))
        .filter(Q(status="met") | Q(~Exists(later), status="declined", answered_at__gte=permit.at - TOLD))
        .select_related("case__person", "next")
    )
    for one in answered:
        late = one.status == "met" and one.by_when < permit.today
        due = one.by_when if one.status == "met" else permit.today
        yield Need(f"hand_over_{one.status}", one.case_id, one.case.person.name, one.next.name, due, late)


def _follow_ups(permit: Permit[SeeMyDay]) -> Iterable[Need]:
    for row in follow_ups.due(permit):
        yield Need("follow_up", row.case, row.person, "", row.ask_on, row.late)


def _plans(permit: Permit[SeeMyDay]) -> Iterable[Need]:
    """Plans that wait for the reader's party to say yes, and those of her cases that are to be reviewed."""
    party, today = permit.actor.party, permit.today
    named = PlanLine.objects.filter(plan=OuterRef("pk"), party=party, removed_at__isnull=True)
    signed = PlanSignature.objects.filter(plan=OuterRef("pk"), party=party, void_at__isnull=True)
    rows = (
        Plan.objects.filter(visible_anywhere(permit, "item__"), item__case__status="active")
        .filter(
            Q(Exists(named), ~Exists(signed), status="proposed")
            | Q(_held(permit, "item__case"), status="agreed", review_on__lte=today + REVIEW_AHEAD)
        )
        .select_related("item__person")
    )
    for row in rows:
        waits = row.status == "proposed"
        due = timezone.localdate(row.proposed_at) + AHEAD if waits and row.proposed_at else row.review_on
        yield Need(
            "plan_sign" if waits else "plan_review",
            row.item.case_id,
            row.item.person.name,
            "",
            due,
            due < today,
        )


def _livelihood(permit: Permit[SeeMyDay]) -> Iterable[Need]:
    """The first break of the livelihood line in each case that she holds."""
    rows = (
        LivelihoodSpell.objects.filter(visible_anywhere(permit, "item__"), _held(permit, "item__case"))
        .filter(item__case__status="active", wrong_since__isnull=True)
        .select_related("item__person")
    )
    kinds = names("livelihood")["livelihood"]
    spells: defaultdict[tuple[UUID, str], list[Spell]] = defaultdict(list)
    for row in rows:
        covers = kinds[row.kind].covers
        days = through(row.first_day, row.last_day)
        spells[row.item.case_id, row.item.person.name].append(Spell(row.kind, days, row.share, covers))
    for (case, person), line in spells.items():
        broken = [gap for gap in gaps(line, permit.today) if gap.kind is not GapKind.LESS]
        if broken:
            start = broken[0].days.start
            yield Need("livelihood", case, person, "", start, start <= permit.today)


def _meetings(permit: Permit[SeeMyDay]) -> Iterable[Need]:
    """Her meetings of the next two weeks, and those that wait for her answer however far ahead."""
    invited = Invitation.objects.filter(meeting=OuterRef("pk"), account=permit.actor.account)
    rows: QuerySet[Meeting] = (
        Meeting.objects.filter(visible_anywhere(permit, "item__"), Exists(invited), status="called")
        .filter(Q(Exists(invited.filter(status="waiting"))) | Q(starts_at__lt=permit.at + AHEAD))
        .filter(starts_at__gte=permit.at - timedelta(days=1))
        .annotate(unanswered=Exists(invited.filter(status="waiting")))
        .select_related("item__person")
        .order_by("starts_at")
    )
    for row in rows:
        yield Need(
            "meeting_unanswered" if row.unanswered else "meeting",  # type: ignore[attr-defined]
            row.item.case_id,
            row.item.person.name,
            row.place,
            timezone.localdate(row.starts_at),
            False,
            id=row.item_id,
            at=row.starts_at,
        )


def _referrals(permit: Permit[SeeMyDay]) -> int:
    """How many referrals wait for the joint teams that she sits in: their number, and nothing else of them."""
    roles = ProgrammeRole.objects.filter(
        programme=OuterRef("item__case__programme"), account=permit.actor.account, role__in=ROLES_THAT_COVER_CASES
    )
    return Referral.objects.filter(Exists(roles), status="sent", item__case__status="referred").count()


def _my_referrals(permit: Permit[SeeMyDay]) -> Iterable[Need]:
    """What the team answered to her own referrals: she keeps the responsibility until someone else has said yes."""
    refers = Assignment.objects.filter(
        case=OuterRef("item__case"), account=permit.actor.account, part=Part.REFERRER, until__isnull=True
    )
    rows = (
        Referral.objects.filter(visible_anywhere(permit, "item__"), Exists(refers), item__owner=permit.actor.party)
        .filter(
            Q(status="asked", item__case__status="referred")
            | Q(status__in=("accepted", "declined"), told_person_at__isnull=True)
            | Q(status="declined", decided_at__gte=permit.at - TOLD)
            | Q(status="accepted", item__case__status="ended", answered_at__gte=permit.at - TOLD)
        )
        .select_related("item__person", "item__case")
    )
    for row in rows:
        told, door = row.told_person_at is not None, row.next_door
        decided = timezone.localdate(row.decided_at) if row.decided_at else permit.today
        if row.status == "asked":
            yield Need("referral_asked", row.item.case_id, row.item.person.name, row.more_wanted, permit.today, False)
        elif row.status == "declined":
            what = "referral_declined" if told else "referral_declined_tell"
            late = not told and decided < permit.today
            yield Need(what, row.item.case_id, row.item.person.name, door, decided, late)
        elif row.item.case.status == "ended":
            yield Need("referral_said_no", row.item.case_id, row.item.person.name, door, permit.today, False)
        else:
            yield Need("referral_tell", row.item.case_id, row.item.person.name, "", decided, decided < permit.today)


def _offers(permit: Permit[SeeMyDay]) -> Iterable[Need]:
    """Those whom the team has said yes to, and who have not been met or have not answered yet."""
    rows = Referral.objects.filter(
        _held(permit, "item__case"), item__case__status="offered", status="accepted", decided_at__isnull=False
    ).select_related("item__person")
    for row in rows:
        due = timezone.localdate(row.decided_at) + FIRST_TALK
        what = "offer_talk" if row.talked_on is None else "offer_answer"
        yield Need(what, row.item.case_id, row.item.person.name, "", due, due < permit.today)


def _minutes(permit: Permit[SeeMyDay]) -> Iterable[Need]:
    """Meetings that she called, whose day has passed without a word, or whose minutes are not done."""
    rows = Meeting.objects.filter(
        visible_anywhere(permit, "item__"),
        Q(status="called", item__happened_on__lt=permit.today) | Q(status="held"),
        item__created_by=permit.actor.account,
        item__case__status="active",
    ).select_related("item__person")
    for row in rows:
        held = row.status == "held"
        due = (row.held_on or row.item.happened_on) + MINUTES if held else row.item.happened_on
        what = "minutes_unwritten" if held else "meeting_unwritten"
        yield Need(what, row.item.case_id, row.item.person.name, row.purpose, due, due < permit.today, id=row.item_id)


def _measures(permit: Permit[SeeMyDay]) -> Iterable[Need]:
    """Measures, hers or in the cases that she holds, whose limit in law is near, or whose day has passed."""
    rows = (
        Measure.objects.filter(visible_anywhere(permit, "item__"), item__case__status="active", status__in=LIVE)
        .filter(Q(item__created_by=permit.actor.account) | Q(_held(permit, "item__case")))
        .select_related("item__person")
    )
    kinds, today = names("measure")["measure"], permit.today
    for row in rows:
        limit = limit_warning(status=row.status, limit_on=row.limit_on, planned_end=row.planned_end, today=today)
        ongoing = row.status == "ongoing"
        passed = row.planned_end if ongoing else row.planned_start
        found: tuple[str, date] | None = None
        if limit is not None and row.limit_on is not None:
            found = "measure_limit", row.limit_on
        elif passed is not None and passed < today:
            found = "measure_end" if ongoing else "measure_start", passed
        if found is not None:
            text = kinds[row.kind].name
            yield Need(
                found[0], row.item.case_id, row.item.person.name, text, found[1], found[1] < today, id=row.item_id
            )


def _at_my_place(permit: Permit[SeeMyDay]) -> tuple[AtMyPlace, ...]:
    """Whose absence she can tell of in one step."""
    leads = Assignment.objects.filter(
        case=OuterRef("pk"), account=permit.actor.account, part=Part.WORKPLACE, until__isnull=True
    )
    rows = Case.objects.filter(Exists(leads), status="active").select_related("person").order_by("person__name")
    return tuple(AtMyPlace(row.id, row.person.name) for row in rows)
