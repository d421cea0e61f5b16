"""An official's own day: everything, in all her cases, that needs her now. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
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
from samverk.domain.parties import ROLES_THAT_COVER_CASES, Part
from samverk.store.models import (
    Absence,
    Assignment,
    Commitment,
    Invitation,
    LivelihoodSpell,
    Meeting,
    Plan,
    PlanLine,
    PlanSignature,
    ProgrammeRole,
    Referral,
)

AHEAD = timedelta(days=14)
REVIEW_AHEAD = timedelta(days=21)


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
    at: str = ""
    """The hour, where there is one."""


@dataclass(frozen=True, slots=True)
class MyDay:
    """What needs the reader, soonest first, and how many referrals wait in her intakes."""

    needs: tuple[Need, ...]
    meetings: tuple[Need, ...]
    referrals: int


def my_day(permit: Permit[SeeMyDay]) -> MyDay:
    """Everything that needs the holder of the permit."""
    needs = [
        *_commitments(permit),
        *_absences(permit),
        *_hand_overs(permit),
        *_follow_ups(permit),
        *_plans(permit),
        *_livelihood(permit),
    ]
    return MyDay(
        needs=tuple(sorted(needs, key=lambda need: (need.due, need.person))),
        meetings=tuple(_meetings(permit)),
        referrals=_referrals(permit),
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
        covers = kinds[row.kind].attributes.get("covers") != "no"
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
        starts = timezone.localtime(row.starts_at)
        yield Need(
            "meeting_unanswered" if row.unanswered else "meeting",
            row.item.case_id,
            row.item.person.name,
            row.place,
            starts.date(),
            False,
            id=row.item_id,
            at=f"{starts.hour}.{starts.minute:02d}",
        )


def _referrals(permit: Permit[SeeMyDay]) -> int:
    """How many referrals wait for the joint teams that she sits in: their number, and nothing else of them."""
    roles = ProgrammeRole.objects.filter(
        programme=OuterRef("item__case__programme"), account=permit.actor.account, role__in=ROLES_THAT_COVER_CASES
    )
    return Referral.objects.filter(Exists(roles), status="sent", item__case__status="referred").count()
