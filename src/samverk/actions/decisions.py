"""A party's formal decision, taken at home on the meeting's proposal: its own record beside the promise."""

from uuid import UUID

from samverk.access import log
from samverk.access.declare import RecordDecision
from samverk.access.permit import Permit
from samverk.access.sight import visible
from samverk.actions import codes, commitments, items, past
from samverk.domain.decisions import NewDecision, Outcome, check
from samverk.domain.parties import Part
from samverk.domain.referrals import same_name
from samverk.domain.words import Rejection, fitting, gettext_noop
from samverk.store.models import Assignment, Code, Commitment, ControlReading, FormalDecision


def record(
    permit: Permit[RecordDecision],
    *,
    decision: NewDecision,
    category: str,
    promise: UUID | None = None,
    settles: bool = False,
    basis: UUID | None = None,
) -> UUID:
    """Record what the actor's own party has decided. The participant sees it at once.

    `promise`: the commitment that it answers. `settles`: that promise is thereby kept, or broken when refused.
    `basis`: a reading for control of the party's own, with what was shown in it. Nothing else of others' can be
    cited: what is shared as support is no ground for control (domain.md §3.2). None: what the party itself has.
    """
    items.check_open(permit)
    decided_on = check(decision, permit.today)
    past.demand(permit, day=decided_on, field="decided_on")
    codes.require(permit, list="decision_kind", code=decision.kind, field="kind")
    _demand_another_than_contact(permit, decision)
    given = _promise(permit, promise) if promise else None
    read = _basis(permit, basis) if basis else None
    if given is not None and decided_on < given.item.happened_on:
        raise Rejection(gettext_noop("Beslutet kan inte vara äldre än löftet. Kontrollera datumet."), "decided_on")
    item = items.put(
        permit,
        kind="decision",
        owner=permit.actor.party,
        category=category,
        headline=decision.text.strip(),
        happened_on=decided_on,
    )
    FormalDecision(
        item_id=item,
        promise=given,
        kind=decision.kind,
        outcome=decision.outcome,
        text=fitting(decision.text, "text"),
        reason=fitting(decision.reason, "reason"),
        legal_ground=fitting(decision.legal_ground, "legal_ground")[:300],
        decider=decision.decider.strip()[:200],
        decider_title=decision.decider_title.strip()[:200],
        decided_on=decided_on,
        appeal_how=fitting(decision.appeal_how, "appeal_how"),
        appeal_until=decision.appeal_until,
        basis=read,
    ).save(force_insert=True)
    log.wrote(permit, "decision.recorded", item=item, promise=promise, outcome=decision.outcome, basis=basis)
    if given is not None and settles and given.status == "open":
        commitments.settle_by_decision(
            permit, commitment=given.item_id, kept=decision.outcome != Outcome.REFUSED, on=decided_on
        )
    return item


def _demand_another_than_contact(permit: Permit[RecordDecision], decision: NewDecision) -> None:
    """Support and control stay apart: whoever decides her benefit is not her contact person (domain.md §3.2)."""
    attributes = Code.objects.values_list("attributes", flat=True).get(list="decision_kind", code=decision.kind)
    contact = Assignment.objects.filter(case=permit.case.id, part=Part.CONTACT, until__isnull=True).select_related(
        "account"
    )
    if attributes.get("benefit") == "yes" and any(same_name(row.account.name, decision.decider) for row in contact):
        raise Rejection(
            gettext_noop(
                "Kontaktpersonen ska inte besluta om deltagarens ersättning. Låt någon annan hos er fatta beslutet."
            ),
            "decider",
        )


def _basis(permit: Permit[RecordDecision], basis: UUID) -> ControlReading:
    """A reading for control in this case by the actor's own party."""
    row = ControlReading.objects.filter(
        visible(permit, "item__"), item=basis, item__case=permit.case.id, item__owner=permit.actor.party
    ).first()
    if row is None:
        raise Rejection(gettext_noop("Välj ett underlag som din egen part har läst för kontroll."), "basis")
    return row


def _promise(permit: Permit[RecordDecision], promise: UUID) -> Commitment:
    """The promise that the decision answers: one of the actor's own party."""
    row = Commitment.objects.filter(visible(permit, "item__"), item=promise).select_related("item").first()
    if row is None or row.owner_party_id != permit.actor.party:
        raise Rejection(gettext_noop("Välj ett löfte som din egen part har gett."), "promise")
    return row
