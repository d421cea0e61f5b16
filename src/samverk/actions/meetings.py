"""Multi-party meetings: called, changed, moved, cancelled, and who is called to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from samverk.access import log
from samverk.access.commitments import in_case
from samverk.access.declare import CallMeeting, PrepareMeeting
from samverk.access.permit import A, Permit
from samverk.access.sight import let_in, visible
from samverk.actions import codes, items, promises
from samverk.domain.meetings import How, Question
from samverk.domain.parties import Capacity
from samverk.domain.process import move as move_on
from samverk.domain.words import Conflict, Rejection, fitting, gettext_noop, required
from samverk.store.models import Account, AgendaQuestion, Invitation, Item, LegalGround, Meeting, MeetingMove

LONGEST_PLACE = 300


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting as it is called: why, when, where, who, and what it shall decide."""

    purpose: str
    starts_at: datetime | None
    place: str
    how: str = How.ROOM
    interpreter: str = ""
    officials: Sequence[UUID] = ()
    questions: Sequence[Question] = ()


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the acts on a meeting need to know of it. `owner`: the party that called it."""

    id: UUID
    owner: UUID | None
    status: str
    starts_at: datetime
    day: date
    held_on: date | None


def call(permit: Permit[CallMeeting], *, meeting: NewMeeting) -> UUID:
    """Call a meeting. The participant is always called, and whoever calls it comes."""
    items.check_open(permit)
    m = _checked(permit, meeting)
    assert m.starts_at is not None, "checked"  # noqa: S101 - told to the type checker
    item = items.put(
        permit,
        kind="meeting",
        owner=permit.actor.party,
        category="process",
        headline=m.purpose,
        happened_on=_here(m.starts_at).date(),
    )
    row = Meeting(
        item_id=item, purpose=m.purpose, starts_at=m.starts_at, how=m.how, place=m.place, interpreter=m.interpreter
    )
    row.save(force_insert=True)
    Invitation(id=permit.new_id(), meeting=row).save(force_insert=True)
    called = find(permit, meeting=item)
    _invite(permit, called, m.officials)
    _write_agenda(permit, called, m.questions)
    log.wrote(permit, "meeting.called", item=item)
    return item


def change(permit: Permit[CallMeeting], *, meeting: UUID, version: int, to: NewMeeting) -> None:
    """Change purpose, place, interpreter, questions, and call more officials. The time is changed by `move`."""
    row = find(permit, meeting=meeting)
    demand_caller(permit, meeting=row)
    if row.status != "called":
        move_on("meeting", row.status, "move")
    m = _checked(permit, to, keeps_time=row.starts_at)
    save(permit, meeting=row, version=version, purpose=m.purpose, how=m.how, place=m.place, interpreter=m.interpreter)
    Item.objects.filter(id=row.id).update(headline=m.purpose[:300])
    there = set(Invitation.objects.filter(meeting=row.id, account__isnull=False).values_list("account", flat=True))
    _invite(permit, row, [account for account in m.officials if account not in there])
    AgendaQuestion.objects.filter(meeting=row.id).delete()
    _write_agenda(permit, row, m.questions)
    log.wrote(permit, "meeting.changed", item=row.id)


def move(permit: Permit[CallMeeting], *, meeting: UUID, version: int, starts_at: datetime | None, reason: str) -> None:
    """Another time: everyone is asked again, and the old time stays readable."""
    row = find(permit, meeting=meeting)
    demand_caller(permit, meeting=row)
    after = move_on("meeting", row.status, "move")
    when = _ahead(permit, starts_at)
    if when == row.starts_at:
        raise Rejection(gettext_noop("Det är samma tid som nu. Välj en annan."), "starts_at")
    reason = required(reason, "reason", gettext_noop("Skriv varför mötet flyttas."))
    save(permit, meeting=row, version=version, status=after, starts_at=when)
    MeetingMove(
        id=permit.new_id(),
        meeting_id=row.id,
        at=permit.at,
        by_id=permit.actor.account,
        old_starts_at=row.starts_at,
        new_starts_at=when,
        reason=reason,
    ).save(force_insert=True)
    Item.objects.filter(id=row.id).update(happened_on=_here(when).date())
    asked = Invitation.objects.filter(meeting=row.id).exclude(account=permit.actor.account, account__isnull=False)
    asked.update(status="waiting", answered_at=None, answered_by=None, on_behalf="")
    log.wrote(permit, "meeting.moved", item=row.id)


def cancel(permit: Permit[CallMeeting], *, meeting: UUID, version: int, reason: str) -> None:
    """Call the meeting off, and say why."""
    row = find(permit, meeting=meeting)
    demand_caller(permit, meeting=row)
    after = move_on("meeting", row.status, "cancel")
    reason = required(reason, "reason", gettext_noop("Skriv varför mötet ställs in."))
    save(permit, meeting=row, version=version, status=after, cancel_reason=reason, cancelled_at=permit.at)
    log.wrote(permit, "meeting.cancelled", item=row.id)


def invite_guest(permit: Permit[PrepareMeeting], *, meeting: UUID, name: str) -> UUID:
    """The participant brings somebody of her own: family, a friend, a former colleague."""
    row = find(permit, meeting=meeting)
    if row.status != "called":
        move_on("meeting", row.status, "move")
    name = required(name, "name", gettext_noop("Skriv namnet på den som ska vara med."))[:200]
    if Invitation.objects.filter(meeting=row.id, guest=name).exists():
        raise Rejection(gettext_noop("Den personen är redan bjuden."), "name")
    guest = Invitation(id=permit.new_id(), meeting_id=row.id, guest=name)
    guest.save(force_insert=True)
    log.wrote(permit, "guest.invited", item=row.id, invitation=guest.id)
    return guest.id


def bring(permit: Permit[PrepareMeeting], *, meeting: UUID, account: UUID) -> UUID:
    """The participant takes an official along, also of a party without consent, which meets her in her presence only.

    That party may then read the call, and later find what it has itself promised; nothing else.
    """
    row = find(permit, meeting=meeting)
    if row.status != "called":
        move_on("meeting", row.status, "move")
    party = {o.account: o.party for o in in_case(permit, work_places=True)}.get(account)
    if party is None:
        raise Rejection(gettext_noop("Bjud in någon som är med i ärendet."), "account")
    if Invitation.objects.filter(meeting=row.id, account=account).exists():
        raise Rejection(gettext_noop("Den personen är redan bjuden."), "account")
    called = Invitation(id=permit.new_id(), meeting_id=row.id, account_id=account, party_id=party)
    called.save(force_insert=True)
    if party != row.owner or _across_border(row, account=account, party=party):
        promises.make_findable(permit, item=row.id, party=party, ground=promises.BROUGHT)
    log.wrote(permit, "guest.invited", item=row.id, invitation=called.id)
    return called.id


def find(permit: Permit[A], *, meeting: UUID) -> MeetingFacts:
    """The meeting, when the permit's holder may see it."""
    items.check_open(permit)
    row = Meeting.objects.filter(visible(permit, "item__"), item=meeting).select_related("item").first()
    if row is None:
        raise Rejection(gettext_noop("Mötet finns inte. Läs in sidan igen."))
    return _facts(row)


def demand_caller(permit: Permit[A], *, meeting: MeetingFacts) -> None:
    """Rejection unless the actor's party called it, or she is the coordinator who holds the threads."""
    if meeting.owner != permit.actor.party and Capacity.COORDINATOR not in permit.capacities:
        raise Rejection(gettext_noop("Bara den som har kallat, eller samordnaren, kan göra det här."))


def save(permit: Permit[A], *, meeting: MeetingFacts, version: int, **changes: object) -> None:
    """Write `changes` to the meeting that was read as `version`. Conflict when someone else was first."""
    permit.check()
    if Meeting.objects.filter(item=meeting.id, version=version).update(version=F("version") + 1, **changes):
        return
    now = Meeting.objects.get(item=meeting.id)
    questions = AgendaQuestion.objects.filter(meeting=now).order_by("position").values_list("text", flat=True)
    theirs = {
        "purpose": now.purpose,
        "place": now.place,
        "interpreter": now.interpreter,
        "starts_at": _here(now.starts_at).strftime("%Y-%m-%d %H:%M"),
        **{f"question_{n}": text for n, text in enumerate(questions, 1)},
    }
    raise Conflict(theirs, version=now.version)


def _facts(row: Meeting) -> MeetingFacts:
    return MeetingFacts(row.item_id, row.item.owner_id, row.status, row.starts_at, row.item.happened_on, row.held_on)


def _checked(permit: Permit[CallMeeting], m: NewMeeting, *, keeps_time: datetime | None = None) -> NewMeeting:
    purpose = required(m.purpose, "purpose", gettext_noop("Skriv vad mötet ska leda till."))
    starts_at = keeps_time or _ahead(permit, m.starts_at)
    if m.how not in tuple(How):
        raise Rejection(gettext_noop("Välj hur ni träffas."), "how")
    place = required(m.place, "place", gettext_noop("Skriv plats, telefonnummer eller länk."))
    if len(place) > LONGEST_PLACE:
        raise Rejection(gettext_noop("Platsen är för lång. Skriv det viktigaste."), "place")
    questions = [
        Question(fitting(q.text, "questions")[:LONGEST_PLACE], q.decision_kind) for q in m.questions if q.text.strip()
    ]
    for kind in sorted({q.decision_kind for q in questions if q.decision_kind}):
        codes.require(permit, list="decision_kind", code=kind, field="questions")
    return NewMeeting(purpose, starts_at, place, m.how, m.interpreter.strip()[:60], m.officials, questions)


def _ahead(permit: Permit[CallMeeting], starts_at: datetime | None) -> datetime:
    if starts_at is None:
        raise Rejection(gettext_noop("Skriv dag och klockslag."), "starts_at")
    if starts_at <= permit.at:
        raise Rejection(gettext_noop("Tiden har redan varit. Välj en tid framåt."), "starts_at")
    return starts_at


def _invite(permit: Permit[CallMeeting], row: MeetingFacts, officials: Sequence[UUID]) -> None:
    """Call these officials; whoever calls the meeting is among them, and comes."""
    caller = permit.actor.account
    known = {o.account: o.party for o in in_case(permit, work_places=True)}
    for account in dict.fromkeys([*officials, *([caller] if caller else [])]):
        party = known.get(account)
        if party is None:
            raise Rejection(gettext_noop("Bjud in någon som är med i ärendet."), "officials")
        _demand_let_in(permit, row, account=account, party=party)
        Invitation.objects.get_or_create(
            meeting_id=row.id,
            account_id=account,
            defaults={
                "id": permit.new_id(),
                "party_id": party,
                "status": "comes" if account == caller else "waiting",
                "answered_at": permit.at if account == caller else None,
                "answered_by_id": caller if account == caller else None,
            },
        )


def _demand_let_in(permit: Permit[CallMeeting], row: MeetingFacts, *, account: UUID, party: UUID) -> None:
    """Whoever is called must be able to read the call: no call lets anything cross a border without cover."""
    owner = row.owner
    ours = party in (owner, permit.actor.party) and not _across_border(row, account=account, party=party)
    if ours or (party, "process") in let_in(permit, giver=owner):
        return
    if LegalGround.objects.filter(item=row.id, receiver=party, ended_at__isnull=True).exists():
        return
    raise Rejection(
        gettext_noop(
            "En av parterna har inget samtycke att få veta om mötet. Be deltagaren om samtycke, eller låt henne "
            "eller honom själv bjuda in personen."
        ),
        "officials",
    )


def _across_border(row: MeetingFacts, *, account: UUID, party: UUID) -> bool:
    """Whether a closed unit of the party has called the meeting, and the account works outside it."""
    hers = Account.objects.filter(id=account, unit__isnull=False).values("unit")
    closed = Item.objects.filter(id=row.id, owner=party, unit__closed=True)
    return closed.exclude(unit__in=hers).exists()


def _write_agenda(permit: Permit[CallMeeting], row: MeetingFacts, questions: Sequence[Question]) -> None:
    AgendaQuestion.objects.bulk_create(
        AgendaQuestion(id=permit.new_id(), meeting_id=row.id, text=q.text, decision_kind=q.decision_kind, position=n)
        for n, q in enumerate(questions)
    )


def _here(moment: datetime) -> datetime:
    """The moment on the wall clock of the house."""
    return moment.astimezone(timezone.get_current_timezone())
