"""Another legal ground than consent: for exactly one item and exactly one receiver."""

from uuid import UUID

from samverk.access import log
from samverk.access.declare import RecordGround
from samverk.access.permit import Permit
from samverk.actions import items
from samverk.domain.words import Rejection, fitting, gettext_noop, required
from samverk.store.models import Item, LegalGround, Party

LONGEST_GROUND = 200


def record(permit: Permit[RecordGround], *, item: UUID, receiver: UUID, ground: str) -> UUID:
    """Let `receiver` read one item that the official's own party owns, on the `ground` told. Returns the ground's id.

    An item of another party, and one that does not exist, are refused in the same words.
    """
    items.check_open(permit)
    if not Item.objects.filter(id=item, case=permit.case.id, owner=permit.actor.party).exists():
        raise Rejection(gettext_noop("Välj en uppgift som din egen part har skrivit i det här ärendet."), "item")
    if receiver == permit.actor.party or not Party.objects.filter(id=receiver).exists():
        raise Rejection(gettext_noop("Välj vilken annan part som får läsa uppgiften."), "receiver")
    ground = required(
        fitting(ground, "ground"),
        "ground",
        gettext_noop("Skriv vilken bestämmelse som ger rätt att lämna ut uppgiften utan samtycke."),
    )
    if len(ground) > LONGEST_GROUND:
        raise Rejection(gettext_noop("Korta grunden till högst 200 tecken: lag och paragraf räcker."), "ground")
    row = LegalGround(
        id=permit.new_id(),
        item_id=item,
        receiver_id=receiver,
        ground=ground,
        starts_at=permit.at,
        recorded_by_id=permit.actor.account,
    )
    row.save(force_insert=True)
    log.wrote(permit, "ground.recorded", item=item, receiver=receiver, ground=row.id)
    return row.id


def end(permit: Permit[RecordGround], *, ground: UUID) -> None:
    """End a ground of one's own party's item. The receiver sees the item no longer, from the next request."""
    live = LegalGround.objects.filter(
        id=ground, item__case=permit.case.id, item__owner=permit.actor.party, ended_at__isnull=True
    )
    if not live.update(ended_at=permit.at):
        raise Rejection(gettext_noop("Grunden finns inte eller är redan avslutad. Läs in sidan igen."), "ground")
    log.wrote(permit, "ground.ended", ground=ground)
