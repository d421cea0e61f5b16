"""What an extract is made of: the facts of case work, person by person, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from samverk.access import codes
from samverk.access.declare_house import TakeExtract
from samverk.access.permit import A, Permit
from samverk.days import Days, through
from samverk.domain.extract import Basis, Cell, EndFact, FollowUpFact, MeasureFact, MeetingFact, PersonFacts, SpellFact
from samverk.domain.extract_columns import ANSWERED
from samverk.domain.information import Protection
from samverk.domain.parties import Part
from samverk.store.models import (
    Assignment,
    Case,
    Closing,
    EvaluationChoice,
    FollowUp,
    FollowUpAnswer,
    HandOver,
    Invitation,
    LivelihoodSpell,
    Measure,
    Plan,
)

T = TypeVar("T")
_BEGUN = ("ongoing", "completed", "broken_off")
_PUBLIC = frozenset({"af", "fk", "municipality", "region"})
"""Payers, by the code list livelihood, whose money is public support."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A started case of somebody who is in it; of herself only what an extract is made of."""

    id: UUID
    person: UUID
    started_on: date
    opened_at: datetime
    closed_on: date | None
    birth_year: int | None
    number: str
    reason: str
    destination: str
    agreed_at: datetime | None
    named: int
    warm: int


def people_in(permit: Permit[A], basis: Basis) -> set[UUID]:
    """Everyone who would be in an extract on `basis` now. One query."""
    return {row["person"] for row in _started(permit, basis).values("person")}


def cases_in(permit: Permit[TakeExtract], basis: Basis) -> list[CaseRow]:
    """The started cases of everyone who is in an extract on `basis`, her first one first. One query."""
    closed = Closing.objects.filter(item__case=OuterRef("pk"), taken_up_on__isnull=True).order_by("-item__created_at")
    plans = Plan.objects.filter(item__case=OuterRef("pk"), agreed_at__isnull=False).order_by("agreed_at")
    overs = HandOver.objects.filter(case=OuterRef("pk"))
    rows = _started(permit, basis).annotate(
        reason=Subquery(closed.values("reason")[:1]),
        destination=Subquery(closed.values("destination")[:1]),
        agreed_at=Subquery(plans.values("agreed_at")[:1]),
        named=_number(overs),
        warm=_number(overs.filter(status="released")),
    )
    return [
        CaseRow(
            id=row["id"],
            person=row["person"],
            started_on=row["started_on"],
            opened_at=row["opened_at"],
            closed_on=row["closed_on"] if row["status"] == "closed" else None,
            birth_year=row["person__birth_year"],
            number=row["person__personal_number"],
            reason=row["reason"] or "",
            destination=row["destination"] or "",
            agreed_at=row["agreed_at"],
            named=row["named"] or 0,
            warm=row["warm"] or 0,
        )
        for row in rows.values(
            "id", "person", "started_on", "opened_at", "closed_on", "status", "person__birth_year",
            "person__personal_number", "reason", "destination", "agreed_at", "named", "warm",
        )
        if row["started_on"]
    ]  # fmt: skip


def _started(permit: Permit[A], basis: Basis) -> QuerySet[Case]:
    """domain.extract.is_in, as a condition: who is not in it is not even read."""
    said = EvaluationChoice.objects.filter(
        item__person=OuterRef("person"), item__case__programme=OuterRef("programme")
    ).order_by("-item__created_at", "-item")
    rows = Case.objects.filter(
        programme=permit.programme, started_on__lte=permit.today, person__protection=Protection.NONE.value
    ).annotate(says=Subquery(said.values("says")[:1]))
    yes = Q(says=True)
    return rows.filter(yes if basis is Basis.CONSENT else yes | Q(says__isnull=True)).order_by(
        "started_on", "opened_at", "id"
    )


def _number(rows: QuerySet[HandOver]) -> Subquery:
    counted = rows.order_by().values("case").annotate(n=Count("pk")).values("n")
    return Subquery(counted, output_field=IntegerField())


def facts_of(permit: Permit[TakeExtract], cases: Sequence[CaseRow]) -> list[PersonFacts]:
    """The facts about the people of these cases, one person once, whichever case they stand in. Seven queries."""
    ids = [case.id for case in cases]
    contact, spells, measures = _contact(ids), _spells(ids), _measures(ids)
    meetings, follow_ups = _meetings(ids), _follow_ups(ids, permit.today)
    hers: dict[UUID, list[CaseRow]] = defaultdict(list)
    for case in cases:
        hers[case.person].append(case)
    return [
        PersonFacts(
            id=person,
            started_on=own[0].started_on,
            referred_on=min(timezone.localdate(case.opened_at) for case in own),
            birth_year=own[0].birth_year,
            number=own[0].number,
            end=_end(own[-1]),
            plan_agreed_on=min((timezone.localdate(case.agreed_at) for case in own if case.agreed_at), default=None),
            contact=contact[person],
            hand_overs=sum(case.named for case in own),
            hand_overs_warm=sum(case.warm for case in own),
            spells=spells[person],
            measures=measures[person],
            meetings=meetings[person],
            follow_ups=follow_ups[person],
        )
        for person, own in hers.items()
    ]


def _end(case: CaseRow) -> EndFact | None:
    """How her latest case ended; None while it is under way."""
    return None if case.closed_on is None else EndFact(case.closed_on, case.reason, case.destination)


def _contact(ids: list[UUID]) -> dict[UUID, list[Days]]:
    rows = Assignment.objects.filter(case__in=ids, part=Part.CONTACT.value).values_list(
        "case__person", "since", "until"
    )
    return _gathered(
        (person, through(timezone.localdate(since), None if until is None else timezone.localdate(until)))
        for person, since, until in rows
    )


def _spells(ids: list[UUID]) -> dict[UUID, list[SpellFact]]:
    """What she lives on, each thing once though two parties have told it. A mistaken spell is none."""
    kinds = codes.names("livelihood")["livelihood"]
    rows = LivelihoodSpell.objects.filter(item__case__in=ids, wrong_since__isnull=True).values(
        "item__person", "kind", "share", "first_day", "last_day", "certain", "payer__kind"
    )

    def fact(row: Mapping[str, Any]) -> SpellFact:
        usual = kinds[row["kind"]].attributes.get("payer", "") if row["kind"] in kinds else ""
        return SpellFact(
            kind=row["kind"],
            share=row["share"],
            days=through(row["first_day"], row["last_day"]),
            payer=row["payer__kind"] or usual,
            decided=row["certain"],
            public=usual in _PUBLIC,
        )

    told = _gathered((row["item__person"], fact(row)) for row in rows)
    return defaultdict(list, {person: list(dict.fromkeys(facts)) for person, facts in told.items()})


def _measures(ids: list[UUID]) -> dict[UUID, list[MeasureFact]]:
    rows = Measure.objects.filter(item__case__in=ids, status__in=_BEGUN, started_on__isnull=False).values(
        "item__person", "item__created_at", "kind", "status", "extent", "started_on", "ended_on", "provider__kind",
        "payer__kind", "outcome",
    )  # fmt: skip
    return _gathered(
        (
            row["item__person"],
            MeasureFact(
                kind=row["kind"],
                status=row["status"],
                extent=row["extent"],
                proposed_on=timezone.localdate(row["item__created_at"]),
                days=through(row["started_on"], row["ended_on"]),
                provider=row["provider__kind"] or "",
                payer=row["payer__kind"] or "",
                outcome=row["outcome"],
            ),
        )
        for row in rows
        if row["started_on"]
    )


def _meetings(ids: list[UUID]) -> dict[UUID, list[MeetingFact]]:
    """Those that were held, from the calls: everybody who was there, and the participant."""
    rows = Invitation.objects.filter(meeting__item__case__in=ids, meeting__status__in=("held", "minuted")).values_list(
        "meeting__item__person",
        "meeting",
        "meeting__held_on",
        "meeting__starts_at",
        "account",
        "party",
        "guest",
        "present",
    )
    there: dict[tuple[UUID, UUID, date], list[tuple[UUID | None, UUID | None, str]]] = defaultdict(list)
    for person, meeting, held_on, starts_at, account, party, guest, present in rows:
        seats = there[person, meeting, held_on or timezone.localdate(starts_at)]
        if present:
            seats.append((account, party, guest))
    return _gathered(
        (
            person,
            MeetingFact(
                day=day,
                officials=sum(account is not None for account, _party, _guest in seats),
                parties=frozenset(party for account, party, _guest in seats if account is not None and party),
                participant=any(account is None and not guest for account, _party, guest in seats),
            ),
        )
        for (person, _meeting, day), seats in there.items()
    )


def _follow_ups(ids: list[UUID], today: date) -> dict[UUID, list[FollowUpFact]]:
    """Answered and missed points, with what was answered: numbers and codes, never her words."""
    points: dict[UUID, dict[str, Cell]] = defaultdict(dict)
    answers = FollowUpAnswer.objects.filter(item__case__in=ids, replaced_at__isnull=True)
    for row in answers.annotate(instrument=F("wording__instrument")).values("follow_up", *ANSWERED):
        told = {name: row[name] for name in ANSWERED if row[name] not in (None, "", [])}
        for name, value in told.items():
            points[row["follow_up"]][name] = "+".join(sorted(value)) if isinstance(value, list) else value
    rows = FollowUp.objects.filter(item__case__in=ids, status__in=("done", "missed")).values_list(
        "item__person", "item", "point", "months", "status", "missed_code", "answered_on", "due_on"
    )
    return _gathered(
        (
            person,
            FollowUpFact(
                point=point,
                months=months,
                day=answered_on or due_on,
                status=status,
                missed=missed if status == "missed" else "",
                points=points[item],
            ),
        )
        for person, item, point, months, status, missed, answered_on, due_on in rows
        if (answered_on or due_on) <= today
    )


def _gathered(pairs: Iterable[tuple[UUID, T]]) -> dict[UUID, list[T]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for person, thing in pairs:
        found[person].append(thing)
    return found
