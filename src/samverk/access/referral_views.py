"""The frozen views of referrals, and how one is made of its row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samverk.access.codes import CodeView
from samverk.access.people import PartyView
from samverk.access.permit import A, Permit
from samverk.domain.information import Protection
from samverk.domain.parties import Capacity
from samverk.domain.process import can
from samverk.domain.referrals import days_waited
from samverk.store.models import Referral


@dataclass(frozen=True, slots=True)
class ProgrammeChoice:
    """A programme that takes referrals."""

    id: UUID
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question of the jointly agreed form, in the reader's language and worded for her."""

    code: str
    label: str
    help: str
    required: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer with the question as it was shown."""

    asked: str
    text: str


@dataclass(frozen=True, slots=True)
class FormView:
    """The form as it stands, for whoever may write it."""

    questions: tuple[QuestionView, ...]
    texts: dict[str, str]
    officials: int | None
    involved: tuple[UUID, ...]
    version: int
    status: str
    own: bool
    more_wanted: str
    person_name: str
    programme: str


@dataclass(frozen=True, slots=True)
class ToldView:
    """Who it is about, as the referrer typed it. `sex` is a word."""

    personal_number: str
    birth_year: str
    sex: str
    phone: str
    language: str


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """What the team answered, and what she said. `reason` is a word; `answer`: "", "yes" or "no"."""

    kind: str
    """"accepted" or "declined"."""
    reason: str
    text: str
    next_door: str
    decided_on: date | None
    decided_by: str
    person_told_on: date | None
    answer: str
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral. `mine`: the reader may write it. In lists there are neither answers nor parties.

    `referred`: the reader answers for it as its referrer, or did until the person said yes.
    """

    case: UUID
    status: str
    case_status: str
    own: bool
    mine: bool
    referred: bool
    programme: str
    person_name: str
    protected: bool
    from_party: str
    from_tone: str
    from_name: str
    started_on: date
    sent_on: date | None
    waited: int
    """Days since it was sent; 0 when it no longer waits."""
    officials: int | None
    involved: tuple[PartyView, ...]
    told: ToldView
    answers: tuple[AnswerView, ...]
    more_wanted: str
    priority: int
    priority_reason: str
    version: int
    outcome: OutcomeView | None
    may_edit: bool
    may_withdraw: bool
    may_reopen: bool
    may_tell: bool
    may_decide: bool
    may_answer_offer: bool
    folded: bool
    """First the person, then the file: others' texts stay folded for the contact person until the first talk."""


@dataclass(frozen=True, slots=True)
class ReceiverView:
    """A party in the joint team, and the categories of this referral that it may read, in words."""

    party: PartyView
    reached: bool
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DuplicateView:
    """Another case in the same programme that may be about the same person."""

    case: UUID
    person_name: str
    status: str
    since: date


def seen(
    permit: Permit[A],
    row: Referral,
    words: Mapping[str, Mapping[str, CodeView]],
    tone: Mapping[str, str],
    *,
    writes: bool,
    referred: bool,
    answers: tuple[AnswerView, ...] = (),
    involved: tuple[PartyView, ...] = (),
) -> ReferralView:
    """The view of `row`. `writes`: the reader may write it; `referred`: see the view. `words`: the lists decline_reason and sex."""
    item, case = row.item, row.item.case
    waiting = row.sent_at is not None and case.status == "referred"
    decides = bool(permit.capacities & {Capacity.TEAM, Capacity.COORDINATOR}) and not permit.as_herself
    return ReferralView(
        case=case.id,
        status=row.status,
        case_status=case.status,
        own=row.own,
        mine=writes,
        referred=referred,
        programme=case.programme.name,
        person_name=item.person.name,
        protected=Protection(item.person.protection) is not Protection.NONE,
        from_party=item.owner.name if item.owner else "",
        from_tone=tone.get(item.owner.kind, "other") if item.owner else "me",
        from_name=item.created_by.name if item.created_by else "",
        started_on=timezone.localdate(item.created_at),
        sent_on=_day(row.sent_at),
        waited=days_waited(timezone.localdate(case.opened_at), permit.today) if waiting else 0,
        officials=row.officials,
        involved=involved,
        told=_told(row, words["sex"]),
        answers=answers,
        more_wanted=row.more_wanted if row.status == "asked" else "",
        priority=row.priority,
        priority_reason=row.priority_reason,
        version=row.version,
        outcome=_outcome(row, case.status, words["decline_reason"]),
        may_edit=writes and row.status in ("draft", "asked"),
        may_withdraw=writes and can("referral", row.status, "withdraw") and can("case", case.status, "withdraw"),
        may_reopen=writes and can("referral", row.status, "reopen") and can("case", case.status, "refer_again"),
        may_tell=writes and not row.own and row.decided_at is not None and row.told_person_at is None,
        may_decide=decides and case.status == "referred" and can("referral", row.status, "accept"),
        may_answer_offer=case.status == "offered" and (permit.as_herself or Capacity.COORDINATOR in permit.capacities),
        folded=case.status == "offered" and row.talked_on is None and not writes and not permit.as_herself,
    )


def _told(row: Referral, sexes: Mapping[str, CodeView]) -> ToldView:
    told = row.told
    if Protection(row.item.person.protection) is Protection.FICTITIOUS:
        # Year, sex and number are not needed to help her, and each of them could lead to who she was.
        told = {key: told.get(key, "") for key in ("phone", "language")}
    sex = sexes.get(told.get("sex", ""))
    return ToldView(
        personal_number=told.get("personal_number", ""),
        birth_year=told.get("birth_year", ""),
        sex=sex.name if sex else "",
        phone=told.get("phone", ""),
        language=told.get("language", ""),
    )


def _outcome(row: Referral, case_status: str, reasons: Mapping[str, CodeView]) -> OutcomeView | None:
    if row.status not in ("accepted", "declined"):
        return None
    reason = reasons.get(row.outcome_code)
    said = "" if row.answered_at is None else "no" if case_status == "ended" else "yes"
    return OutcomeView(
        kind=row.status,
        reason=reason.name if reason else "",
        text=row.outcome_text,
        next_door=row.next_door,
        decided_on=_day(row.decided_at),
        decided_by=row.decided_by.name if row.decided_by else "",
        person_told_on=_day(row.told_person_at),
        answer=said,
        answered_on=_day(row.answered_at),
    )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else timezone.localdate(moment)
