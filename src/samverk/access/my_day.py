"""An official's own day: everything, in all her cases, that needs her now. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.utils import timezone

from samverk.access import emergency, follow_ups, log
from samverk.access.codes import names, tones
from samverk.access.declare_house import SeeMyDay
from samverk.access.emergency import QuestionView
from samverk.access.follow_ups import ToAsk
from samverk.access.my_day_reader import Need, Reader
from samverk.access.permit import Permit
from samverk.access.sight import visible_anywhere
from samverk.access.substitutes import acts_for, stood_in_for
from samverk.days import ONE_DAY, through
from samverk.domain.livelihood import GapKind, Spell, gaps
from samverk.domain.measures import LIVE, limit_warning
from samverk.domain.parties import ROLES_THAT_COVER_CASES, Part
from samverk.store.models import (
    Absence,
    Assignment,
    Commitment,
    HandOver,
    Invitation,
    Item,
    LivelihoodSpell,
    Measure,
    Meeting,
    Plan,
    PlanLine,
    PlanSignature,
    Programme,
    ProgrammeRole,
    Referral,
)
from samverk.store.shape import sent_to

AHEAD = timedelta(days=14)
REVIEW_AHEAD = timedelta(days=21)
TOLD = timedelta(days=14)
"""So long an answer to a referral stands on the referrer's day."""
FIRST_TALK = timedelta(days=7)
MINUTES = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AtMyPlace:
    """Somebody who trains or works where the reader leads the work."""

    case: UUID
    whom: UUID
    person: str


@dataclass(frozen=True, slots=True)
class MyDay:
    """What needs the reader, soonest first, and how many referrals wait in her intakes.

    `emergencies`: what waits for her yes or no, and what she has open.
    """

    needs: tuple[Need, ...]
    meetings: tuple[Need, ...]
    referrals: int
    at_my_place: tuple[AtMyPlace, ...]
    emergencies: tuple[QuestionView, ...]


def my_day(permit: Permit[SeeMyDay]) -> MyDay:
    """Everything that needs the holder of the permit."""
    who = Reader(permit)
    meetings, minutes = _meetings(who)
    at_my_place, unasked = _in_her_cases(who)
    needs = [
        *_commitments(who),
        *_absences(who),
        *_hand_overs(who),
        *_follow_ups(who, unasked),
        *_plans(who),
        *_livelihood(who),
        *_referrals_and_offers(who),
        *minutes,
        *_measures(who),
    ]
    # What is listed here is a look at each of them, and stands in their logs.
    log.showed(permit, {row.whom for row in (*needs, *meetings)} | {one.whom for one in at_my_place})
    return MyDay(
        needs=tuple(sorted(needs, key=lambda need: (need.due, need.person))),
        meetings=tuple(meetings),
        referrals=_referrals(who),
        at_my_place=at_my_place,
        emergencies=emergency.waiting(permit),
    )


def _of(item: Item, what: str, due: date, *, late: bool, text: str = "", instead: str | None = None) -> Need:
    """A need that an item tells of."""
    return Need(
        what=what,
        case=item.case_id,
        whom=item.person_id,
        person=item.person.name,
        text=text,
        due=due,
        late=late,
        id=item.id,
        instead_of=instead or "",
    )


def _commitments(who: Reader) -> Iterable[Need]:
    """What she or her party has promised and is near or late, and what others are late with in her cases."""
    permit, party, today = who.permit, who.permit.actor.party, who.permit.today
    mine = who.mine("owner_account") | Q(owner_party=party, owner_account__isnull=True)
    rows = (
        Commitment.objects.filter(visible_anywhere(permit, "item__"), status="open", item__case__status="active")
        .filter(Q(mine, due__lte=today + AHEAD) | Q(who.held("item__case"), due__lt=today))
        .annotate(holder=who.holder("item__case"), promiser=who.instead("owner_account"))
        .select_related("item__person", "owner_party")
        .order_by("due")
    )
    tone = tones()
    for row in rows:
        party_row = row.owner_party
        ours = row.owner_account_id is None and row.owner_party_id == party
        own = ours or row.owner_account_id == who.me or row.promiser is not None
        need = _of(
            row.item,
            "commitment" if own else "others_commitment",
            row.due,
            late=row.due < today,
            text=row.what,
            instead=row.promiser if own else row.holder,
        )
        yield replace(
            need,
            party=party_row.short if party_row else "",
            tone=tone.get(party_row.kind, "other") if party_row else "me",
        )


def _absences(who: Reader) -> Iterable[Need]:
    permit = who.permit
    rows = (
        Absence.objects.filter(visible_anywhere(permit, "item__"), who.held("item__case"), status="reported")
        .annotate(holder=who.holder("item__case"))
        .select_related("item__person")
    )
    for row in rows:
        late = row.answer_by < permit.today
        yield _of(row.item, "absence", row.answer_by, late=late, text=row.words, instead=row.holder)


def _hand_overs(who: Reader) -> Iterable[Need]:
    """What waits for her own answer, which nobody gives in her place; and what came back to who hands over."""
    permit = who.permit
    later = HandOver.objects.filter(case=OuterRef("case"), part=OuterRef("part"), named_at__gt=OuterRef("answered_at"))
    declined = Q(~Exists(later), status="declined", answered_at__gte=permit.at - TOLD)
    rows = (
        HandOver.objects.filter(case__status__in=("offered", "active", "closed"))
        .annotate(is_held=who.held("case"), holder=who.holder("case"))
        .filter(Q(next=who.me, status__in=("named", "accepted")) | Q(Q(status="met") | declined, is_held=True))
        .select_related("case__person", "next")
        .order_by("by_when")
    )
    for row in rows:
        answers = row.status in ("named", "accepted")
        due = permit.today if row.status == "declined" else row.by_when
        yield Need(
            what=f"hand_over_{row.status}",
            case=row.case_id,
            whom=row.case.person_id,
            person=row.case.person.name,
            text="" if answers else row.next.name,
            due=due,
            late=due < permit.today,
            instead_of="" if answers else row.holder or "",
        )


def _follow_ups(who: Reader, unasked: Iterable[ToAsk]) -> Iterable[Need]:
    for one in follow_ups.due(who.permit, unasked):
        yield Need("follow_up", one.case, one.whom, one.person, "", one.ask_on, one.late, instead_of=one.instead_of)


def _plans(who: Reader) -> Iterable[Need]:
    """Plans that wait for the reader's party to say yes, and those of her cases that are to be reviewed."""
    permit, party, today = who.permit, who.permit.actor.party, who.permit.today
    named = PlanLine.objects.filter(plan=OuterRef("pk"), party=party, removed_at__isnull=True)
    signed = PlanSignature.objects.filter(plan=OuterRef("pk"), party=party, void_at__isnull=True)
    rows = (
        Plan.objects.filter(visible_anywhere(permit, "item__"), item__case__status="active")
        .filter(
            Q(Exists(named), ~Exists(signed), status="proposed")
            | Q(who.held("item__case"), status="agreed", review_on__lte=today + REVIEW_AHEAD)
        )
        .annotate(holder=who.holder("item__case"))
        .select_related("item__person")
    )
    for row in rows:
        if row.status == "proposed":
            due = timezone.localdate(row.proposed_at) + AHEAD if row.proposed_at else row.review_on
            yield _of(row.item, "plan_sign", due, late=due < today)
        else:
            yield _of(row.item, "plan_review", row.review_on, late=row.review_on < today, instead=row.holder)


def _livelihood(who: Reader) -> Iterable[Need]:
    """The first break of the livelihood line in each case that she holds."""
    permit = who.permit
    rows = (
        LivelihoodSpell.objects.filter(visible_anywhere(permit, "item__"), who.held("item__case"))
        .filter(item__case__status="active", wrong_since__isnull=True)
        .annotate(holder=who.holder("item__case"))
        .select_related("item__person")
    )
    kinds = names("livelihood")["livelihood"]
    spells: defaultdict[UUID, list[Spell]] = defaultdict(list)
    last: dict[UUID, tuple[Item, str | None]] = {}
    for row in rows:
        days = through(row.first_day, row.last_day)
        spells[row.item.case_id].append(Spell(row.kind, days, row.share, kinds[row.kind].covers))
        last[row.item.case_id] = row.item, row.holder
    for case, line in spells.items():
        broken = [gap for gap in gaps(line, permit.today) if gap.kind is not GapKind.LESS]
        if broken:
            start = broken[0].days.start
            item, holder = last[case]
            yield _of(item, "livelihood", start, late=start <= permit.today, instead=holder)


def _meetings(who: Reader) -> tuple[list[Need], list[Need]]:
    """Her meetings of the next two weeks and those that wait for her answer; and those that she has not written up.

    The second are what she called, whose day has passed without a word, or whose minutes are not done. One query.
    """
    permit, yesterday = who.permit, who.permit.at - ONE_DAY
    invited = Invitation.objects.filter(who.mine("account"), meeting=OuterRef("pk"))
    waiting = Exists(invited.filter(account=who.me, status="waiting"))
    near = Q(starts_at__gte=yesterday, starts_at__lt=permit.at + AHEAD)
    passed = Q(status="called", item__happened_on__lt=permit.today) | Q(status="held")
    rows = (
        Meeting.objects.filter(visible_anywhere(permit, "item__"))
        .annotate(
            unanswered=waiting,
            own=Exists(invited.filter(account=who.me)),
            invitee=Subquery(invited.exclude(account=who.me).values("account__name")[:1]),
            caller=who.instead("item__created_by"),
            is_ahead=ExpressionWrapper(
                Q(Exists(invited), near | Q(waiting, starts_at__gte=yesterday), status="called"), BooleanField()
            ),
            is_unwritten=ExpressionWrapper(
                Q(passed, who.mine("item__created_by"), item__case__status="active"), BooleanField()
            ),
        )
        .filter(Q(is_ahead=True) | Q(is_unwritten=True))
        .select_related("item__person")
        .order_by("starts_at")
    )
    meetings, unwritten = [], []
    for row in rows:
        if row.is_ahead:
            what = "meeting_unanswered" if row.unanswered else "meeting"
            instead = None if row.own else row.invitee
            day = timezone.localdate(row.starts_at)
            need = _of(row.item, what, day, late=False, text=row.place, instead=instead)
            meetings.append(replace(need, at=row.starts_at))
        if row.is_unwritten:
            held = row.status == "held"
            due = (row.held_on or row.item.happened_on) + MINUTES if held else row.item.happened_on
            what = "minutes_unwritten" if held else "meeting_unwritten"
            late = due < permit.today
            unwritten.append(_of(row.item, what, due, late=late, text=row.purpose, instead=row.caller))
    return meetings, unwritten


def _referrals(who: Reader) -> int:
    """How many referrals wait for the joint teams that she sits in: their number, and nothing else of them."""
    roles = ProgrammeRole.objects.filter(who.mine("account"), role__in=ROLES_THAT_COVER_CASES)
    return sent_to(Programme.objects.filter(id__in=roles.values("programme")))


def _referrals_and_offers(who: Reader) -> Iterable[Need]:
    """What the team answered to her own referrals, and those whom the team has said yes to in the cases she holds.

    She keeps the responsibility for a referral until someone else has said yes. One query.
    """
    permit, today = who.permit, who.permit.today
    refers = Assignment.objects.filter(
        who.mine("account"), case=OuterRef("item__case"), part=Part.REFERRER, until__isnull=True
    )
    told = (
        Q(status="asked", item__case__status="referred")
        | Q(status__in=("accepted", "declined"), told_person_at__isnull=True)
        | Q(status="declined", decided_at__gte=permit.at - TOLD)
        | Q(status="accepted", item__case__status="ended", answered_at__gte=permit.at - TOLD)
    )
    answered = visible_anywhere(permit, "item__") & told & Q(Exists(refers), item__owner=permit.actor.party)
    offered = Q(who.held("item__case"), item__case__status="offered", status="accepted", decided_at__isnull=False)
    rows = (
        Referral.objects.annotate(
            is_answered=ExpressionWrapper(answered, BooleanField()),
            is_offered=ExpressionWrapper(offered, BooleanField()),
            hers=Exists(refers.filter(account=who.me)),
            referrer=Subquery(refers.exclude(account=who.me).values("account__name")[:1]),
            holder=who.holder("item__case"),
        )
        .filter(Q(is_answered=True) | Q(is_offered=True))
        .select_related("item__person", "item__case")
    )
    for row in rows:
        if row.is_answered:
            yield _answer(permit, row, None if row.hers else row.referrer)
        if row.is_offered and row.decided_at:
            due = timezone.localdate(row.decided_at) + FIRST_TALK
            what = "offer_talk" if row.talked_on is None else "offer_answer"
            yield _of(row.item, what, due, late=due < today, instead=row.holder)


def _answer(permit: Permit[SeeMyDay], row: Referral, instead: str | None) -> Need:
    """What the team said to a referral, as its referrer is told."""
    told, door = row.told_person_at is not None, row.next_door
    decided = timezone.localdate(row.decided_at) if row.decided_at else permit.today
    late = decided < permit.today
    if row.status == "asked":
        return _of(row.item, "referral_asked", permit.today, late=False, text=row.more_wanted, instead=instead)
    if row.status == "declined":
        what = "referral_declined" if told else "referral_declined_tell"
        return _of(row.item, what, decided, late=not told and late, text=door, instead=instead)
    if row.item.case.status == "ended":
        return _of(row.item, "referral_said_no", permit.today, late=False, text=door, instead=instead)
    return _of(row.item, "referral_tell", decided, late=late, instead=instead)


def _measures(who: Reader) -> Iterable[Need]:
    """Measures, hers or in the cases that she holds, whose limit in law is near, or whose day has passed."""
    permit = who.permit
    rows = (
        Measure.objects.filter(visible_anywhere(permit, "item__"), item__case__status="active", status__in=LIVE)
        .filter(who.mine("item__created_by") | Q(who.held("item__case")))
        .annotate(holder=who.holder("item__case"), writer=who.instead("item__created_by"))
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
            own = row.item.created_by_id == who.me
            instead = None if own else row.writer or row.holder
            yield _of(row.item, found[0], found[1], late=found[1] < today, text=kinds[row.kind].name, instead=instead)


def _in_her_cases(who: Reader) -> tuple[tuple[AtMyPlace, ...], tuple[ToAsk, ...]]:
    """Whose absence she can tell of in one step, and whom nobody has asked how it is. One query for both."""
    permit, me = who.permit, who.me
    leads = Q(part=Part.WORKPLACE, account=me, case__status="active")
    holds = Q(follow_ups.lack_status(permit.today), part=Part.CONTACT)
    rows = (
        Assignment.objects.filter(acts_for(permit), leads | holds, until__isnull=True)
        .annotate(instead_of=stood_in_for(permit, "account"))
        .select_related("case__person")
        .order_by("case__person__name", "case")
    )
    places = tuple(AtMyPlace(r.case_id, r.case.person_id, r.case.person.name) for r in rows if r.part == Part.WORKPLACE)
    asks = tuple(follow_ups.to_ask(r.case, instead_of=r.instead_of or "") for r in rows if r.part == Part.CONTACT)
    return places, asks
