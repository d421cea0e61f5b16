"""Meetings as they leave through the door: when and where, who comes, and what nobody there can decide."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from samverk.access import codes
from samverk.access.codes import CodeView
from samverk.access.declare import AnswerCall, CallMeeting, PrepareMeeting, WriteMinutes
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.access.substitutes import stood_in_for
from samverk.domain.meetings import Member, Question, nobody_can_decide
from samverk.domain.parties import Capacity
from samverk.domain.process import can
from samverk.store.models import AgendaQuestion, Invitation, Meeting, MeetingMove, MeetingWords, ProgrammeRole

Words = dict[str, dict[str, CodeView]]


@dataclass(frozen=True, slots=True)
class InvitationView:
    """Someone who is called, and her answer."""

    id: UUID
    who: str
    """"participant", "official" or "guest"."""
    name: str
    account: UUID | None
    party_short: str
    tone: str
    status: str
    text: str
    on_behalf: str
    mandates: tuple[str, ...]
    """What she may decide at the table, in words."""
    present: bool | None
    mine: bool
    may_answer: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question for the meeting; `decision_name` says what kind of decision it takes, if any."""

    text: str
    decision_kind: str
    decision_name: str
    nobody: bool
    """Whether none of those who come may decide it."""


@dataclass(frozen=True, slots=True)
class WordsView:
    """What the participant has said about the meeting."""

    text: str
    on: date
    on_behalf: str


@dataclass(frozen=True, slots=True)
class TimeMove:
    """That it was moved, and why."""

    at: datetime
    by: str
    old_starts_at: datetime
    new_starts_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting. What follows from who reads stands in the may_… flags."""

    id: UUID
    purpose: str
    starts_at: datetime
    how: str
    place: str
    interpreter: str
    status: str
    held_on: date | None
    published_at: datetime | None
    cancel_reason: str
    called_by: str
    party_short: str
    tone: str
    version: int
    invitations: tuple[InvitationView, ...]
    questions: tuple[QuestionView, ...]
    prepared: tuple[WordsView, ...]
    followed_up: tuple[WordsView, ...]
    moves: tuple[TimeMove, ...]
    today: date
    may_change: bool
    may_prepare: bool
    may_write: bool

    @property
    def day(self) -> date:
        """The day of the meeting on the wall calendar."""
        return timezone.localdate(self.starts_at)

    @property
    def ahead(self) -> bool:
        """Whether it is still to come."""
        return self.status == "called" and self.day >= self.today

    @property
    def unwritten(self) -> bool:
        """Whether its day has passed and nobody has said whether it was held."""
        return self.status == "called" and self.day < self.today

    @property
    def mine(self) -> InvitationView | None:
        """The reader's own call, if she is called."""
        return next((call for call in self.invitations if call.mine), None)

    @property
    def undecided(self) -> tuple[QuestionView, ...]:
        """The questions that nobody who comes can decide."""
        return tuple(q for q in self.questions if q.nobody)

    @property
    def there(self) -> tuple[InvitationView, ...]:
        """Those who really were there."""
        return tuple(call for call in self.invitations if call.present)

    @property
    def coming(self) -> int:
        """How many have said that they come."""
        return sum(call.status == "comes" for call in self.invitations)


def meetings_of(permit: Permit[A], today: date) -> tuple[MeetingView, ...]:
    """The meetings that the reader may see, the latest first, in a handful of queries however many they are."""
    return _views(permit, Meeting.objects.filter(visible(permit, "item__")), today)


def meeting(permit: Permit[A], id: UUID, today: date, *, whole: bool = True) -> MeetingView | None:
    """One meeting, or None: forbidden and absent look the same. `whole` False: without agenda, words and moves."""
    rows = Meeting.objects.filter(visible(permit, "item__"), item=id)
    return next(iter(_views(permit, rows, today, whole=whole)), None)


def next_meeting(permit: Permit[A], today: date) -> MeetingView | None:
    """The next meeting that is called, for a card: who comes, without agenda and words. One query."""
    ahead = Meeting.objects.filter(visible(permit, "item__"), status="called", item__happened_on__gte=today)
    return next(iter(_views(permit, ahead.order_by("starts_at", "item_id")[:1], today, whole=False)), None)


def _views(
    permit: Permit[A], meetings: QuerySet[Meeting], today: date, *, whole: bool = True
) -> tuple[MeetingView, ...]:
    """From those who are called, so that one query gives both: the participant always is (actions/meetings.call)."""
    everyone = (
        Invitation.objects.filter(meeting__in=meetings.values("item_id"))
        .annotate(instead_of=stood_in_for(permit, "account"))
        .select_related("account", "party", "meeting__item__owner", "meeting__item__created_by")
        .order_by("-meeting__starts_at", "meeting", "party__name", "account__name", "guest")
    )
    rows = {call.meeting_id: call.meeting for call in everyone}
    if not rows:
        return ()
    ids = list(rows)
    words = codes.names("decision_kind", "party_kind")
    roles = _mandates(permit) if whole else {}
    said = list(_said(permit, ids)) if whole else []
    texts: dict[tuple[UUID, datetime | None], str] = {
        (w.invitation_id, w.item.created_at): w.text for w in said if w.invitation_id
    }
    calls: defaultdict[UUID, list[InvitationView]] = defaultdict(list)
    members: defaultdict[UUID, list[Member]] = defaultdict(list)
    for call in everyone:
        held = {*call.mandates, *roles.get(call.account_id, ())} if call.account_id else set()
        comes = call.status == "comes" if call.present is None else call.present
        members[call.meeting_id].append(Member(comes, frozenset(held)))
        calls[call.meeting_id].append(
            _call(
                permit, call, texts.get((call.id, call.answered_at), ""), held, words, stands_in=bool(call.instead_of)
            )
        )
    agenda = _agenda(ids, members, words) if whole else {}
    moves = _moves(ids) if whole else {}
    return tuple(
        _view(permit, row, today, words, calls=calls[id], agenda=agenda, moves=moves, said=said)
        for id, row in rows.items()
    )


def _view(
    permit: Permit[A],
    row: Meeting,
    today: date,
    words: Words,
    *,
    calls: list[InvitationView],
    agenda: dict[UUID, list[QuestionView]],
    moves: dict[UUID, list[TimeMove]],
    said: list[MeetingWords],
) -> MeetingView:
    party = row.item.owner
    held, status = permit.capacities, permit.case.status
    caller = Capacity.COORDINATOR in held or (party is not None and party.id == permit.actor.party)
    hers = [w for w in said if w.meeting_id == row.item_id]
    order = {"participant": 0, "guest": 1, "official": 2}
    return MeetingView(
        id=row.item_id,
        purpose=row.purpose,
        starts_at=row.starts_at,
        how=row.how,
        place=row.place,
        interpreter=row.interpreter,
        status=row.status,
        held_on=row.held_on,
        published_at=row.published_at,
        cancel_reason=row.cancel_reason,
        called_by=row.item.created_by.name if row.item.created_by else "",
        party_short=party.short if party else "",
        tone=_tone(words, party.kind) if party else "other",
        version=row.version,
        invitations=tuple(sorted(calls, key=lambda call: order[call.who])),
        questions=tuple(agenda.get(row.item_id, ())),
        prepared=tuple(_words(w) for w in hers if w.about == "preparation"),
        followed_up=tuple(_words(w) for w in hers if w.about == "follow_up"),
        moves=tuple(moves.get(row.item_id, ())),
        today=today,
        may_change=caller and bool(held & CallMeeting.who) and status in CallMeeting.while_case,
        may_prepare=bool(held & PrepareMeeting.who) and status in PrepareMeeting.while_case,
        may_write=bool(held & WriteMinutes.who) and status in WriteMinutes.while_case and _can_write(row.status),
    )


def _can_write(status: str) -> bool:
    """Whether points can be written in minutes of a meeting that stands so."""
    return can("meeting", status, "publish") or can("meeting", status, "amend")


def _call(
    permit: Permit[A], call: Invitation, text: str, held: set[str], words: Words, *, stands_in: bool
) -> InvitationView:
    who = "official" if call.account_id else "guest" if call.guest else "participant"
    herself = permit.actor.person is not None
    mine = who == "participant" if herself else call.account_id is not None and call.account_id == permit.actor.account
    speaks = stands_in or (who != "official" and (herself or Capacity.COORDINATOR in permit.capacities))
    named = [words["decision_kind"][kind].name for kind in words["decision_kind"] if kind in held]
    return InvitationView(
        id=call.id,
        who=who,
        name=call.account.name if call.account else call.guest or permit.case.person_name,
        account=call.account_id,
        party_short=call.party.short if call.party else "",
        tone=_tone(words, call.party.kind) if call.party else "me",
        status=call.status,
        text=text,
        on_behalf=call.on_behalf,
        mandates=tuple(named),
        present=call.present,
        mine=mine,
        may_answer=(mine or speaks)
        and bool(permit.capacities & AnswerCall.who)
        and permit.case.status in AnswerCall.while_case,
    )


def _said(permit: Permit[A], ids: list[UUID]) -> Sequence[MeetingWords]:
    rows = MeetingWords.objects.filter(visible(permit, "item__"), meeting__in=ids)
    return list(rows.select_related("item").order_by("item__created_at", "item_id"))


def _mandates(permit: Permit[A]) -> dict[UUID, set[str]]:
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    for account, mandates in ProgrammeRole.objects.filter(programme=permit.programme).values_list(
        "account", "mandates"
    ):
        found[account] |= set(mandates)
    return found


def _agenda(ids: list[UUID], members: dict[UUID, list[Member]], words: Words) -> dict[UUID, list[QuestionView]]:
    asked: defaultdict[UUID, list[Question]] = defaultdict(list)
    for row in AgendaQuestion.objects.filter(meeting__in=ids).order_by("position"):
        asked[row.meeting_id].append(Question(row.text, row.decision_kind))
    found: dict[UUID, list[QuestionView]] = {}
    for id, questions in asked.items():
        nobody = nobody_can_decide(questions, members[id])
        found[id] = [
            QuestionView(
                q.text,
                q.decision_kind,
                words["decision_kind"][q.decision_kind].name if q.decision_kind in words["decision_kind"] else "",
                q in nobody,
            )
            for q in questions
        ]
    return found


def _moves(ids: list[UUID]) -> dict[UUID, list[TimeMove]]:
    found: defaultdict[UUID, list[TimeMove]] = defaultdict(list)
    for row in MeetingMove.objects.filter(meeting__in=ids).select_related("by").order_by("at", "id"):
        found[row.meeting_id].append(
            TimeMove(row.at, row.by.name if row.by else "", row.old_starts_at, row.new_starts_at, row.reason)
        )
    return found


def _words(row: MeetingWords) -> WordsView:
    return WordsView(row.text, row.item.happened_on, row.on_behalf)


def _tone(words: Words, kind: str) -> str:
    found = words["party_kind"].get(kind)
    return found.attributes.get("tone", "other") if found else "other"
