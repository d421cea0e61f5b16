"""Data from case work for evaluation, on its way out: who can be in an extract, and the extract without names.

No condition of what the reader may see stands here: she sees nobody. That everything is read whole, of the programme
at hand and for this act alone, is said in access/whole.py.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.crypto import salted_hmac

from samverk.access import codes, log
from samverk.access.declare import ChooseEvaluation, ReadCase
from samverk.access.declare_house import DecideEvaluation, SeeExtracts, TakeExtract
from samverk.access.extract_facts import cases_in, facts_of, people_in
from samverk.access.may import may
from samverk.access.permit import A, Permit
from samverk.access.sight import visible_anywhere
from samverk.domain import extract as rules
from samverk.domain.extract import Basis
from samverk.domain.information import Protection
from samverk.store.models import EvaluationChoice, EvaluationDecision, Programme
from samverk.store.models import Extract as Taken

KEY = 32
"""Bytes of chance behind an extract's running numbers."""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One yes or no. `on_behalf`: "paper" or "spoken" where `by` wrote it down for her."""

    says: bool
    at: datetime
    by: str
    on_behalf: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """The principal's decision, with the ground in the reader's language."""

    id: UUID
    party_name: str
    decider: str
    decider_title: str
    ground: str
    words: str
    decided_on: date
    until: date


@dataclass(frozen=True, slots=True)
class ChoicesView:
    """What she has said, the newest first, and the decision that makes her part of extracts until she says no."""

    said: tuple[ChoiceView, ...]
    decision: DecisionView | None
    programme_name: str
    may_choose: bool

    @property
    def now(self) -> ChoiceView | None:
        """What holds; None: she has not said."""
        return self.said[0] if self.said else None

    @property
    def is_in(self) -> bool:
        """Whether figures about her would be in an extract now, once she has started."""
        basis = Basis.DECISION if self.decision else Basis.CONSENT
        return rules.is_in(basis, says=self.now.says if self.now else None, protected=False, started=True)


@dataclass(frozen=True, slots=True)
class TakenView:
    """One extract that was taken: not what it held."""

    id: UUID
    at: datetime
    by: str
    basis: Basis
    people: int
    rows: int
    hash: str


@dataclass(frozen=True, slots=True)
class ExtractsView:
    """What an extract would rest on and hold. `could` None: so few that the number is not told."""

    programme: UUID
    programme_name: str
    principal: str
    basis: Basis
    decision: DecisionView | None
    could: int | None
    least: int
    taken: tuple[TakenView, ...]
    may_take: bool
    may_decide: bool


def choices_of(permit: Permit[ReadCase]) -> ChoicesView:
    """What she has said about evaluation of the programme, as far as the reader may see it. Three queries."""
    rows = (
        EvaluationChoice.objects.filter(
            visible_anywhere(permit, "item__"), item__person=permit.case.person, item__case__programme=permit.programme
        )
        .select_related("item__created_by")
        .order_by("-item__created_at", "-item")
    )
    said = tuple(
        ChoiceView(
            says=row.says,
            at=row.item.created_at,
            by=row.item.created_by.name if row.item.created_by else "",
            on_behalf=row.on_behalf,
        )
        for row in rows
    )
    protected = permit.case.protection is not Protection.NONE
    return ChoicesView(
        said=said,
        decision=None if protected else decision_in_force(permit),
        programme_name=permit.case.programme_name,
        may_choose=may(permit, ChooseEvaluation),
    )


def extracts_of(permit: Permit[SeeExtracts]) -> ExtractsView:
    """What an extract of the programme would rest on and hold now, and those that were taken, the newest first."""
    programme = Programme.objects.select_related("principal").get(id=permit.programme)
    decision = decision_in_force(permit)
    basis = _basis(decision)
    could = len(people_in(permit, basis))
    rows = Taken.objects.filter(programme=permit.programme).select_related("by").order_by("-at", "-id")
    return ExtractsView(
        programme=programme.id,
        programme_name=programme.name,
        principal=programme.principal.name if programme.principal else "",
        basis=basis,
        decision=decision,
        could=could if could >= rules.LEAST else None,
        least=rules.LEAST,
        taken=tuple(_taken(row) for row in rows),
        may_take=bool(permit.capacities & TakeExtract.who),
        may_decide=bool(permit.capacities & DecideEvaluation.who)
        and programme.principal_id is not None
        and programme.principal_id == permit.actor.party,
    )


def extract(permit: Permit[TakeExtract]) -> tuple[rules.Extract, dict[int, str]]:
    """The programme's extract as of today, which stands in the log of each person in it. Nothing is kept here.

    Beside it, for each number in it, a mark that is the same in every extract: it tells a run of a study whether it is
    of the same people as another, and is never given out. Rejection when fewer than five people can be in it. A fixed
    number of queries, however many they are.
    """
    decision = decision_in_force(permit)
    basis = _basis(decision)
    cases = cases_in(permit, basis)
    key = secrets.token_bytes(KEY)
    people = {case.person for case in cases}
    drawn = rules.drawn(facts_of(permit, cases), basis=basis, key=key, today=permit.today)
    log.showed(permit, people)
    marks = {number: _mark(person) for number, person in rules.numbered(people, key=key).items()}
    return replace(drawn, decision=decision.id if decision else None), marks


def _mark(person: UUID) -> str:
    """Sixteen digits that only the server's key can make of her."""
    return salted_hmac("samverk.study.members", person.bytes, algorithm="sha256").hexdigest()[:16]


def decision_in_force(permit: Permit[A]) -> DecisionView | None:
    """The decision that holds for the programme today, or None."""
    row = (
        EvaluationDecision.objects.filter(
            programme=permit.programme, ended_at__isnull=True, decided_on__lte=permit.today, until__gte=permit.today
        )
        .select_related("party")
        .first()
    )
    if row is None:
        return None
    return DecisionView(
        id=row.id,
        party_name=row.party.name,
        decider=row.decider,
        decider_title=row.decider_title,
        ground=codes.word(codes.names("evaluation_ground"), "evaluation_ground", row.ground),
        words=row.words,
        decided_on=row.decided_on,
        until=row.until,
    )


def _basis(decision: DecisionView | None) -> Basis:
    return Basis.DECISION if decision else Basis.CONSENT


def _taken(row: Taken) -> TakenView:
    return TakenView(
        id=row.id,
        at=row.at,
        by=row.by.name if row.by else "",
        basis=Basis(row.basis),
        people=row.counts["people"],
        rows=sum(row.counts.values()),
        hash=row.data_hash,
    )
