"""The case's own steps: phases, who is assigned, and what a version guards."""

from uuid import UUID

from django.db.models import F, QuerySet

from samverk.access import log
from samverk.access.declare import AssignOfficial
from samverk.access.permit import A, Permit
from samverk.actions import items
from samverk.domain.parties import Part
from samverk.domain.process import Step, move
from samverk.domain.words import Rejection, gettext_noop
from samverk.store.models import Account, Assignment, Case, CasePhase, ProgrammePhase


def turn(permit: Permit[A], *, verb: str, **changes: object) -> str:
    """Move the case to the state that `verb` leads to, with other `changes`. Returns the new state."""
    after = move("case", permit.case.status, verb)
    if after == "ended":
        _live(permit).update(until=permit.today)
    changed = Case.objects.filter(id=permit.case.id, status=permit.case.status).update(
        status=after, version=F("version") + 1, **changes
    )
    if not changed:
        raise Rejection(items.NO_LONGER_OPEN)
    return after


def enter(permit: Permit[A], *, step: Step, beside: bool = False) -> None:
    """Come into the programme's first phase of `step`, and leave the earlier ones. Nothing when already there.

    `beside`: the earlier ones go on meanwhile. Phases are the programme's own: where it has none for the step, the case stays where it is.
    """
    phase = ProgrammePhase.objects.filter(programme=permit.programme, step=step.value).order_by("position").first()
    live = _live(permit)
    if phase is None or live.filter(phase=phase).exists():
        return
    if not beside:
        live.update(until=permit.today)
    CasePhase.objects.create(id=permit.new_id(), case_id=permit.case.id, phase=phase, since=permit.today)
    log.wrote(permit, "phase.entered", phase=phase.id)


def leave(permit: Permit[A], *, step: Step) -> None:
    """Come out of the phases of `step` that the case was in beside others."""
    for row in _live(permit).filter(phase__step=step.value):
        CasePhase.objects.filter(id=row.id).update(until=permit.today)
        log.wrote(permit, "phase.left", phase=row.phase_id)


def assign(permit: Permit[AssignOfficial], *, account: UUID, part: Part = Part.OFFICIAL) -> UUID:
    """Bring an official, or a work place, into the case. Being assigned shows nothing that consent does not."""
    items.check_open(permit)
    party = Account.objects.filter(id=account, is_active=True).values_list("party", flat=True).first()
    if party is None or part not in (Part.OFFICIAL, Part.WORKPLACE):
        raise Rejection(gettext_noop("Välj en person i listan."), "account")
    if Assignment.objects.filter(case=permit.case.id, account=account, part=part, until__isnull=True).exists():
        raise Rejection(gettext_noop("Personen är redan med i ärendet."), "account")
    id = place(permit, account=account, party=party, part=part)
    log.wrote(permit, "official.assigned", account=account, part=part)
    return id


def place(permit: Permit[A], *, account: UUID, party: UUID, part: Part) -> UUID:
    """Write an assignment that another act brings with it (a referral, an acceptance, a hand-over)."""
    row = Assignment(
        id=permit.new_id(),
        case_id=permit.case.id,
        account_id=account,
        party_id=party,
        part=part.value,
        since=permit.at,
    )
    row.save(force_insert=True)
    return row.id


def let_go(permit: Permit[AssignOfficial], *, account: UUID) -> None:
    """End an official's part in the case. The contact person is let go by a hand-over only."""
    items.check_open(permit)
    live = Assignment.objects.filter(case=permit.case.id, account=account, until__isnull=True)
    if live.filter(part=Part.CONTACT).exists():
        raise Rejection(gettext_noop("Kontaktpersonen släpper genom en överlämning. Börja där."), "account")
    if not live.update(until=permit.at):
        raise Rejection(gettext_noop("Personen är inte med i ärendet."), "account")
    log.wrote(permit, "official.let_go", account=account)


def _live(permit: Permit[A]) -> QuerySet[CasePhase]:
    return CasePhase.objects.filter(case=permit.case.id, until__isnull=True)
