"""Writing a promise down: whose it is, and that it can be found by whoever made it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samverk.access import log
from samverk.access.commitments import in_case
from samverk.access.permit import A, Permit
from samverk.access.sight import let_in
from samverk.access.substitutes import stands_in_for
from samverk.actions import codes, items
from samverk.domain import commitments
from samverk.domain.commitments import Source, due_day
from samverk.domain.parties import Capacity
from samverk.domain.words import Rejection, gettext_noop, required
from samverk.store.models import Account, Commitment, LegalGround

OWN_PROMISE = "own_promise"
"""The ground on which a party goes on seeing what it has itself promised, and nothing else."""
BROUGHT = "brought_by_participant"
"""The ground on which a party sees the call to a meeting that the participant takes it along to, and nothing else."""


@dataclass(frozen=True, slots=True)
class NewPromise:
    """What is promised, by whom and by when: by the participant, or by `account` (or, in a plan, `party`)."""

    what: str
    due: date | None
    by_participant: bool = False
    account: UUID | None = None
    party: UUID | None = None
    category: str = "process"
    decision_kind: str = ""
    on_behalf: str = "spoken"


def write(
    permit: Permit[A],
    *,
    promise: NewPromise,
    source: Source,
    source_item: UUID | None = None,
    line_key: UUID | None = None,
    made_on: date | None = None,
    knows: bool = False,
) -> UUID:
    """Write a commitment that another act brings with it, and return its id.

    `knows`: the promiser said it herself, or heard it at the table. Otherwise her party must already be let in to
    what is written: a promise that the promiser cannot find is refused.
    """
    what = required(promise.what, "what", gettext_noop("Skriv vad som ska göras."))
    due = due_day(promise.due, date.min if source is Source.PLAN else made_on or permit.today)
    if promise.decision_kind:
        codes.require(permit, list="decision_kind", code=promise.decision_kind, field="decision_kind")
    party = None if promise.by_participant else _party(permit, promise, check=source is not Source.PLAN)
    if party is None and promise.decision_kind:
        raise Rejection(
            gettext_noop("Deltagaren fattar inga myndighetsbeslut. Välj den part som ska besluta."), "decision_kind"
        )
    if party is not None and not knows and (party, promise.category) not in let_in(permit, giver=None):
        raise Rejection(
            gettext_noop(
                "Parten har inget samtycke för det här. Be deltagaren om samtycke, eller ta upp det på ett möte där "
                "parten är med."
            ),
            "owner",
        )
    item = items.put(
        permit, kind="commitment", owner=None, category=promise.category, headline=what, happened_on=made_on
    )
    row = Commitment(
        item_id=item,
        what=what,
        by_participant=promise.by_participant,
        owner_party_id=party,
        owner_account_id=None if promise.by_participant else promise.account,
        due=due,
        first_due=due,
        source=source.value,
        source_item_id=source_item,
        line_key=line_key,
        decision_kind=promise.decision_kind,
        on_behalf=promise.on_behalf,
    )
    if is_promiser(permit, row=row):
        row.on_behalf = ""
    row.save(force_insert=True)
    if party is not None and knows:
        make_findable(permit, item=item, party=party)
    log.wrote(permit, "commitment.made", item=item, source=source.value)
    return item


def make_findable(permit: Permit[A], *, item: UUID, party: UUID, ground: str = OWN_PROMISE) -> None:
    """Record that the party may see this item: its own promise, since a promise nobody can find must never happen."""
    _row, new = LegalGround.objects.get_or_create(
        item_id=item,
        receiver_id=party,
        ended_at=None,
        defaults={
            "id": permit.new_id(),
            "ground": ground,
            "starts_at": permit.at,
            "recorded_by_id": permit.actor.account,
        },
    )
    if new:
        log.wrote(permit, "ground.recorded", item=item, receiver=party, ground=ground)


def is_promiser(permit: Permit[A], *, row: Commitment) -> bool:
    """Whether the holder of the permit is the one who has promised, or stands in for her."""
    if row.owner_account_id != permit.actor.account and stands_in_for(permit, row.owner_account_id):
        return True
    return commitments.is_promiser(
        by_participant=row.by_participant,
        owner_account=row.owner_account_id,
        owner_party=row.owner_party_id,
        account=permit.actor.account,
        party=permit.actor.party,
        herself=permit.as_herself,
    )


def may_settle(permit: Permit[A], *, row: Commitment) -> bool:
    """The promiser, or the coordinator on the promiser's word."""
    return is_promiser(permit, row=row) or Capacity.COORDINATOR in permit.capacities


def _party(permit: Permit[A], promise: NewPromise, *, check: bool) -> UUID:
    """The promising party; the named official has to be in the case, so that she finds the promise."""
    if promise.account is None:
        if promise.party is None:
            raise Rejection(gettext_noop("Välj vem som lovar. Ett åtagande utan ägare blir inte gjort."), "owner")
        return promise.party
    who = Account.objects.filter(id=promise.account, party__isnull=False, is_active=True).first()
    known = not check or any(official.account == promise.account for official in in_case(permit))
    if who is None or who.party_id is None or not known:
        raise Rejection(gettext_noop("Välj någon som är med i ärendet."), "owner")
    return who.party_id
