"""Referrals as they leave through the door: to whoever wrote one, to the person, and to those whom it has reached."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from samverk.access import codes, log
from samverk.access.codes import reader_language, tones
from samverk.access.declare import WriteReferral
from samverk.access.declare_house import SeeMyDay, StartReferral
from samverk.access.people import parties
from samverk.access.permit import A, Permit
from samverk.access.referral_views import (
    AnswerView,
    DuplicateView,
    FormView,
    ProgrammeChoice,
    QuestionView,
    ReceiverView,
    ReferralView,
    seen,
)
from samverk.access.sight import visible, visible_anywhere
from samverk.access.substitutes import acts_for
from samverk.domain.information import Protection
from samverk.domain.parties import ROLES_THAT_COVER_CASES, Capacity, Part
from samverk.domain.referrals import same_name
from samverk.store.models import (
    Answer,
    Assignment,
    Case,
    Code,
    Consent,
    Item,
    Programme,
    ProgrammeParty,
    ProgrammeRole,
    Referral,
)

UNSENT = ("draft", "withdrawn")
"""Seen only by whoever wrote it, and by the person."""


def choosable(permit: Permit[StartReferral]) -> tuple[ProgrammeChoice, ...]:
    """The programmes for individuals that run now and have someone who receives: open information."""
    receives = ProgrammeRole.objects.filter(programme=OuterRef("pk"), role__in=ROLES_THAT_COVER_CASES)
    rows = Programme.objects.filter(
        Q(stops_on__isnull=True) | Q(stops_on__gt=permit.today), Exists(receives), kind="individual"
    ).order_by("name")
    return tuple(ProgrammeChoice(row.id, row.name, row.place) for row in rows)


def mine(permit: Permit[SeeMyDay]) -> tuple[ReferralView, ...]:
    """The referrals that the reader answers for, or that are about her; the newest first. Three queries."""
    rows = _rows(permit, visible_anywhere(permit, "item__"))
    if permit.actor.person is None:
        rows = rows.filter(Exists(_assigned(permit)), item__owner=permit.actor.party)
    rows = rows.annotate(refers=Exists(_assigned(permit).filter(part=Part.REFERRER)), referred=_has_referred(permit))
    shown = codes.names("decline_reason", "sex")
    tone = tones()
    found = list(rows.order_by("-item__created_at"))
    log.showed(permit, {row.item.person_id for row in found})
    return tuple(
        seen(
            permit,
            row,
            shown,
            tone,
            writes=row.own if permit.as_herself else bool(row.refers),
            referred=bool(row.referred),
        )
        for row in found
    )


def referral_of(permit: Permit[A]) -> ReferralView | None:
    """The case's referral with what the reader may see of its answers; None when it has not reached her."""
    row = _rows(permit, visible(permit, "item__")).annotate(referred=_has_referred(permit)).first()
    if row is None:
        return None
    writes = _writes(permit, row)
    if row.status in UNSENT and not writes and not permit.as_herself:
        return None
    answers = Answer.objects.filter(visible(permit, "item__"), form=row.item_id).exclude(text="").order_by("position")
    everyone = parties(permit)
    return seen(
        permit,
        row,
        codes.names("decline_reason", "sex"),
        {party.kind: party.tone for party in everyone.values()},
        writes=writes,
        referred=bool(row.referred),
        answers=tuple(AnswerView(answer.asked, answer.text) for answer in answers),
        involved=tuple(everyone[UUID(id)] for id in row.involved if UUID(id) in everyone),
    )


def form_of(permit: Permit[WriteReferral]) -> FormView | None:
    """The form for whoever may write it now, or None."""
    owner = None if permit.as_herself else permit.actor.party
    row = (
        Referral.objects.filter(visible(permit, "item__"), item__owner=owner, status__in=("draft", "asked"))
        .select_related("item")
        .first()
    )
    if row is None:
        return None
    return FormView(
        questions=_questions(own=row.own),
        texts=dict(Answer.objects.filter(form=row.item_id).values_list("question", "text")),
        officials=row.officials,
        involved=tuple(UUID(id) for id in row.involved),
        version=row.version,
        status=row.status,
        own=row.own,
        more_wanted=row.more_wanted,
        person_name=permit.case.person_name,
        programme=permit.case.programme_name,
    )


def receivers(permit: Permit[WriteReferral]) -> tuple[ReceiverView, ...]:
    """Who in the joint team will be able to read the referral, and what of it, as things stand now."""
    owner = None if permit.as_herself else permit.actor.party
    answered = set(
        Answer.objects.filter(visible(permit, "item__"), item__owner=owner)
        .exclude(text="")
        .values_list("item__category", flat=True)
    ) | {"process"}
    team = ProgrammeParty.objects.filter(programme=permit.programme, in_team=True).values_list("party", flat=True)
    says = Consent.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=permit.at),
        person=permit.case.person,
        giver=owner,
        receiver__in=team,
        purpose=permit.act.purpose.value,
        starts_at__lte=permit.at,
        stops_at__gt=permit.at,
    ).values_list("receiver", "category", "refused")
    yes = {(receiver, category) for receiver, category, refused in says if not refused}
    no = {(receiver, category) for receiver, category, refused in says if refused}
    words = codes.names("category")["category"]
    everyone = parties(permit)
    return tuple(
        ReceiverView(
            party=party,
            reached=party.id == owner or (party.id, "process") in yes - no,
            categories=tuple(
                word.name
                for code, word in words.items()
                if code in answered and (party.id == owner or (party.id, code) in yes - no)
            ),
        )
        for party in everyone.values()
        if party.id in set(team)
    )


def duplicates(permit: Permit[A]) -> tuple[DuplicateView, ...]:
    """Other cases in the programme with the same number, or the same name and year of birth.

    Told only to those who may know: the person herself; the team where the other case shows it something; a
    referrer only where she is assigned to that case as well.
    """
    case = permit.case
    here = Referral.objects.select_related("item__person").filter(item__case=case.id).first()
    if here is None:
        return ()
    person = here.item.person
    numbers = {here.told.get("personal_number", ""), person.personal_number} - {""}
    years = {here.told.get("birth_year", ""), str(person.birth_year or "")} - {""}
    # A fictitious identity is found by its own number alone: a name and a year could lead from it to the old one.
    alone = Protection(person.protection) is Protection.FICTITIOUS
    rows = (
        Case.objects.filter(
            Q(person=person) | Q(person__personal_number__in=numbers) | Q(person__birth_year__in=years),
            Exists(Item.objects.filter(visible_anywhere(permit), case=OuterRef("pk"))),
            programme=case.programme,
        )
        .exclude(id=case.id)
        .select_related("person")
        .order_by("-opened_at")
    )
    if not permit.as_herself and not permit.capacities & {Capacity.TEAM, Capacity.COORDINATOR}:
        rows = rows.filter(Exists(_assigned(permit, "pk")))
    found = [
        row
        for row in rows
        if row.person_id == person.id
        or row.person.personal_number in numbers
        or (
            not (alone or Protection(row.person.protection) is Protection.FICTITIOUS)
            and same_name(row.person.name, person.name)
        )
    ]
    log.showed(permit, {row.person_id for row in found if row.person_id != person.id})
    return tuple(DuplicateView(row.id, row.person.name, row.status, timezone.localdate(row.opened_at)) for row in found)


def _rows(permit: Permit[A], seen_by_reader: Q) -> QuerySet[Referral]:
    permit.check()
    return Referral.objects.filter(seen_by_reader).select_related(
        "item__person", "item__owner", "item__created_by", "item__case__programme", "decided_by"
    )


def _assigned(permit: Permit[A], case: str = "item__case") -> QuerySet[Assignment]:
    """The reader's own live parts in a case; those who only brought it in, where `case` is a referral's."""
    live = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=permit.at),
        acts_for(permit),
        case=OuterRef(case),
        since__lte=permit.at,
    )
    return live if case == "pk" else live.filter(part__in=(Part.REFERRER, Part.OFFICIAL))


def _has_referred(permit: Permit[A]) -> Exists:
    """Whether the reader's party referred, and she is or was the one who answers for it: her part ends with the yes."""
    parts = Assignment.objects.filter(
        acts_for(permit), case=OuterRef("item__case"), part=Part.REFERRER, party=OuterRef("item__owner")
    )
    return Exists(parts)


def _writes(permit: Permit[A], row: Referral) -> bool:
    if permit.as_herself:
        return row.own
    return Capacity.REFERRER in permit.capacities and row.item.owner_id == permit.actor.party


def _questions(*, own: bool) -> tuple[QuestionView, ...]:
    word = reader_language()
    before = "own_" if own else ""
    return tuple(
        QuestionView(
            code=row.code,
            label=(row.attributes.get(f"own_{word}") if own else None) or getattr(row, word),
            help=row.attributes.get(f"{before}help_{word}", ""),
            required=bool(row.attributes.get("required")),
        )
        for row in Code.objects.filter(list="referral_question", active=True).order_by("position")
    )
