"""Closing a case with a reason, a destination and a next door, and taking it up again (domain.md §3.11)."""

from datetime import date
from uuid import UUID

from samverk.access import closing as seen
from samverk.access import log
from samverk.access.declare import CloseCase
from samverk.access.permit import Permit
from samverk.actions import cases, codes, follow_ups, hand_overs, items, past
from samverk.domain import closing as rules
from samverk.domain.parties import Part
from samverk.domain.process import Step, can
from samverk.domain.words import Rejection, fitting, gettext_noop, required
from samverk.store.models import Assignment, CasePhase, Closing, Code, NextPlace


def close(
    permit: Permit[CloseCase],
    *,
    reason: str,
    destination: str,
    words: str,
    next_door: str,
    closed_on: date,
    confirmed: bool = False,
) -> UUID:
    """Close the case. Follow-ups are planned, and the contact person stays: support goes on.

    `confirmed`: closes although promises or measures are still open.
    """
    items.check_open(permit)
    if not can("case", permit.case.status, "close"):
        raise Rejection(items.NO_LONGER_OPEN)
    codes.require(permit, list="closing_reason", code=reason, field="reason")
    codes.require(permit, list="destination", code=destination, field="destination")
    followed = Code.objects.get(list="destination", code=destination).attributes.get("followed") != "no"
    rules.check(
        followed=followed,
        words=words,
        next_door=next_door,
        closed_on=closed_on,
        started_on=permit.case.started_on,
        today=permit.today,
    )
    left = len(seen.still_open(permit))
    if left and not confirmed:
        raise Rejection(
            gettext_noop("%(count)d saker är inte klara. Avsluta dem först, eller bekräfta att de får stå kvar."),
            "confirmed",
            count=left,
        )
    item = items.put(
        permit,
        kind="closing",
        owner=permit.actor.party,
        category="process",
        headline=fitting(words, "words"),
        happened_on=closed_on,
    )
    Closing(
        item_id=item,
        reason=reason,
        destination=destination,
        words=fitting(words, "words"),
        next_door=fitting(next_door, "next_door"),
        phases=[str(phase) for phase in _phases(permit)],
    ).save(force_insert=True)
    if followed:
        follow_ups.plan(permit, closed_on=closed_on, responsible=_contact(permit))
    cases.enter(permit, step=Step.FOLLOW_UP)
    cases.turn(permit, verb="close", closed_on=closed_on)
    log.wrote(permit, "case.closed", item=item, reason=reason, destination=destination)
    return item


def take_up_again(permit: Permit[CloseCase], *, words: str, contact: UUID | None = None) -> None:
    """Go on from where it was: phases, plan and consents as they stand. Planned follow-ups are cancelled.

    `contact` is needed when nobody holds the case any more.
    """
    items.check_open(permit)
    why = required(words, "words", gettext_noop("Skriv varför ärendet tas upp igen."))
    closing = Closing.objects.filter(item__case=permit.case.id, taken_up_on__isnull=True).order_by("-item__created_at")
    cases.turn(permit, verb="take_up_again", closed_on=None)
    if _contact(permit) is None:
        _give_contact(permit, contact)
    last = closing.first()
    if last is not None:
        Closing.objects.filter(item=last.item_id).update(
            taken_up_on=permit.today, taken_up_words=why, taken_up_by=permit.actor.account
        )
        _go_back(permit, [UUID(phase) for phase in last.phases])
    follow_ups.cancel_open(permit)
    log.wrote(permit, "case.taken_up_again", item=last.item_id if last else None)


def accept_next_place(permit: Permit[CloseCase], *, place: str, accepted_by: str, accepted_on: date) -> UUID:
    """Record where she goes on when the programme is not there any more, and who there has said yes."""
    where = required(place, "place", gettext_noop("Skriv vart personen går vidare."))
    who = required(accepted_by, "accepted_by", gettext_noop("Skriv vem som har sagt ja där."))
    if accepted_on > permit.today:
        raise Rejection(gettext_noop("Dagen har inte varit än. Skriv hit när de har sagt ja."), "accepted_on")
    past.demand(permit, day=accepted_on, field="accepted_on")
    item = items.put(
        permit,
        kind="next_place",
        owner=permit.actor.party,
        category="process",
        headline=where,
        happened_on=accepted_on,
    )
    NextPlace(item_id=item, place=where, accepted_by=who[:200], accepted_on=accepted_on).save(force_insert=True)
    log.wrote(permit, "next_place.accepted", item=item)
    return item


def _contact(permit: Permit[CloseCase]) -> UUID | None:
    """Who holds the case, when she is still in service."""
    return (
        Assignment.objects.filter(case=permit.case.id, part=Part.CONTACT, until__isnull=True, account__is_active=True)
        .values_list("account", flat=True)
        .first()
    )


def _give_contact(permit: Permit[CloseCase], contact: UUID | None) -> None:
    if contact is None:
        raise Rejection(gettext_noop("Välj en kontaktperson. Ingen ska stå utan."), "contact")
    who = hand_overs.check_newcomer(permit, account=contact, field="contact")
    Assignment.objects.filter(case=permit.case.id, part=Part.CONTACT, until__isnull=True).update(until=permit.at)
    cases.place(permit, account=who.id, party=who.party, part=Part.CONTACT)


def _phases(permit: Permit[CloseCase]) -> list[UUID]:
    return list(CasePhase.objects.filter(case=permit.case.id, until__isnull=True).values_list("phase", flat=True))


def _go_back(permit: Permit[CloseCase], phases: list[UUID]) -> None:
    """Stand in the phases that the closing left, as on the day before it."""
    live = set(_phases(permit))
    if live == set(phases):
        return
    CasePhase.objects.filter(case=permit.case.id, until__isnull=True).exclude(phase__in=phases).update(
        until=permit.today
    )
    CasePhase.objects.bulk_create(
        CasePhase(id=permit.new_id(), case_id=permit.case.id, phase_id=phase, since=permit.today)
        for phase in phases
        if phase not in live
    )
    log.wrote(permit, "phase.returned", count=len(phases))
