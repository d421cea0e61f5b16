"""Opening a case in an emergency, as it leaves through the door: to who asked, to who answers, and to the person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from samverk.access.declare import ReadCase, SeeWhoLooked
from samverk.access.declare_house import AnswerEmergency, AskForEmergency, SeeMyDay
from samverk.access.permit import A, Permit
from samverk.domain.for_a_time import ANSWER_WITHIN, Question, question
from samverk.domain.parties import Capacity, Part, Role
from samverk.store.models import Account, Assignment, EmergencyAccess, ProgrammeRole

KEPT = timedelta(days=30)
"""So long a question that is over still stands on the page of those two."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question. `asked_for` is told to who may answer it, and to who asked; `case` to who asked, while it is open."""

    id: UUID
    state: Question
    asked_for: str
    reason: str
    asked_by: str
    asked_title: str
    asked_at: datetime
    answered_by: str
    until: datetime | None
    case: UUID | None
    mine: bool


@dataclass(frozen=True, slots=True)
class EmergencyView:
    """What the reader has asked and answered, what waits for her answer, and whom she can call to get one."""

    mine: tuple[QuestionView, ...]
    waiting: tuple[QuestionView, ...]
    answered: tuple[QuestionView, ...]
    to_call: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenedView:
    """That her case was opened, as the participant reads it. Names are empty where the party protects its staff."""

    id: UUID
    case: UUID
    by: str
    title: str
    party: str
    reason: str
    approved_by: str
    approved_at: datetime
    until: datetime
    """When it ended, or ends."""
    over: bool


def emergencies_of(permit: Permit[AskForEmergency]) -> EmergencyView:
    """The reader's own questions and answers, newest first. Three queries."""
    me = permit.actor.account
    rows = list(
        _questions(permit).filter(
            Q(account=me) | Q(answered_by=me) | _unanswered(permit), asked_at__gt=permit.at - KEPT - ANSWER_WITHIN
        )
    )
    views = [_view(permit, row) for row in rows]
    may = may_answer(permit)
    return EmergencyView(
        mine=tuple(view for view in views if view.mine),
        waiting=tuple(view for view in views if may and not view.mine and view.state is Question.ASKED),
        answered=tuple(view for view in views if not view.mine and view.state is not Question.ASKED),
        to_call=_who_answer(permit),
    )


def to_answer(permit: Permit[AnswerEmergency], *, id: UUID) -> QuestionView | None:
    """A question that waits for an answer which the reader may give; None otherwise. Two queries."""
    row = _questions(permit).filter(_unanswered(permit), id=id).first()
    return None if row is None or not may_answer(permit) else _view(permit, row)


def may_answer(permit: Permit[A]) -> bool:
    """Whether the reader holds a part in some case, or a role: only she can weigh a colleague's reason. One query."""
    me = permit.actor.account
    return me is not None and Account.objects.filter(_has_part(permit), pk=me).exists()


def waiting(permit: Permit[SeeMyDay]) -> tuple[QuestionView, ...]:
    """For the reader's own day: what waits for her answer, and what she has open. One query."""
    me = permit.actor.account
    if permit.actor.party is None or me is None:
        return ()
    may = Exists(Account.objects.filter(_has_part(permit), pk=me))
    rows = _questions(permit).filter((_unanswered(permit) & Q(may)) | (_live(permit) & Q(account=me)))
    return tuple(_view(permit, row) for row in rows)


def open_for(permit: Permit[A], case: str = "pk") -> Subquery:
    """Until when the case that `case` leads to is open to the reader in an emergency; NULL when it is not."""
    live = EmergencyAccess.objects.filter(
        _live(permit), case=OuterRef(case), account=permit.actor.account, party=permit.actor.party
    )
    return Subquery(live.order_by("-until").values("until")[:1])


def open_until(permit: Permit[ReadCase]) -> datetime | None:
    """Until when the permit's case is open to the reader; None where she has another part in it. At most one query."""
    if permit.capacities != {Capacity.EMERGENCY}:
        return None
    live = EmergencyAccess.objects.filter(
        _live(permit), case=permit.case.id, account=permit.actor.account, party=permit.actor.party
    )
    return live.order_by("-until").values_list("until", flat=True).first()


def notices(permit: Permit[ReadCase]) -> tuple[OpenedView, ...]:
    """What the participant has not yet said that she has read. One query; to others nothing."""
    if not permit.as_herself:
        return ()
    rows = _opened().filter(person=permit.case.person, seen_at__isnull=True)
    return tuple(_opened_view(permit, row) for row in rows)


def opened(permit: Permit[SeeWhoLooked]) -> tuple[OpenedView, ...]:
    """Every time that one of her cases was opened in an emergency, newest first. One query."""
    return tuple(_opened_view(permit, row) for row in _opened().filter(person=permit.case.person))


def _opened() -> QuerySet[EmergencyAccess]:
    """Those that opened something: a yes about a person whom the party does not meet opens nothing."""
    rows = EmergencyAccess.objects.filter(approved_at__isnull=False, case__isnull=False)
    return rows.select_related("account", "answered_by", "party").order_by("-approved_at", "id")


def _opened_view(permit: Permit[A], row: EmergencyAccess) -> OpenedView:
    approved, until = row.approved_at, row.until
    if approved is None or until is None or row.case_id is None:
        raise TypeError("only what was approved has opened anything")
    ends = min(until, row.ended_at or until)
    named = not row.party.hides_names
    return OpenedView(
        id=row.id,
        case=row.case_id,
        by=row.account.name if named else "",
        title=row.account.title,
        party=row.party.name,
        reason=row.reason,
        approved_by=row.answered_by.name if named and row.answered_by else "",
        approved_at=approved,
        until=ends,
        over=ends <= permit.at,
    )


def _questions(permit: Permit[A]) -> QuerySet[EmergencyAccess]:
    rows = EmergencyAccess.objects.filter(party=permit.actor.party).select_related("account", "answered_by")
    return rows.order_by("-asked_at", "id")


def _unanswered(permit: Permit[A]) -> Q:
    """A colleague's question that is still worth an answer."""
    asked = Q(approved_at__isnull=True, declined_at__isnull=True, ended_at__isnull=True)
    return asked & Q(asked_at__gt=permit.at - ANSWER_WITHIN) & ~Q(account=permit.actor.account)


def _live(permit: Permit[A]) -> Q:
    return Q(ended_at__isnull=True) & Q(approved_at__lte=permit.at, until__gt=permit.at)


def _has_part(permit: Permit[A]) -> Q:
    part = Assignment.objects.filter(
        account=OuterRef("pk"), party=permit.actor.party, until__isnull=True, since__lte=permit.at
    ).exclude(part=Part.WORKPLACE)
    return Q(Exists(part)) | Q(Exists(ProgrammeRole.objects.filter(account=OuterRef("pk"))))


def _who_answer(permit: Permit[A]) -> tuple[str, ...]:
    """The colleagues who may answer, to be called: coordinators and contact persons first. One query."""
    leads = Exists(ProgrammeRole.objects.filter(account=OuterRef("pk"), role=Role.COORDINATOR)) | Exists(
        Assignment.objects.filter(account=OuterRef("pk"), part=Part.CONTACT, until__isnull=True)
    )
    rows = Account.objects.filter(_has_part(permit), party=permit.actor.party, is_active=True)
    names = rows.exclude(pk__in=[permit.actor.account]).annotate(leads=leads).order_by("-leads", "name")
    return tuple(names.values_list("name", flat=True)[:10])


def _view(permit: Permit[A], row: EmergencyAccess) -> QuestionView:
    state = question(
        at=permit.at,
        asked_at=row.asked_at,
        approved_at=row.approved_at,
        declined_at=row.declined_at,
        until=row.until,
        ended_at=row.ended_at,
    )
    mine = row.account_id == permit.actor.account
    return QuestionView(
        id=row.id,
        state=state,
        asked_for=row.asked_for if mine or state is Question.ASKED else "",
        reason=row.reason,
        asked_by=row.account.name,
        asked_title=row.account.title,
        asked_at=row.asked_at,
        answered_by=row.answered_by.name if row.answered_by else "",
        until=None if row.until is None else min(row.until, row.ended_at or row.until),
        case=row.case_id if mine and state is Question.OPEN else None,
        mine=mine,
    )
