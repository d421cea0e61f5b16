"""Another legal ground than consent: for exactly one item and exactly one receiver."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from samverk.access import log
from samverk.access.declare import RecordGround
from samverk.access.permit import Permit
from samverk.access.sight import visible
from samverk.access.units import own
from samverk.actions import codes, items
from samverk.domain.words import Rejection, fitting, gettext_noop, required
from samverk.store.models import Code, Item, LegalGround, Party

LONGEST_WORDS = 200


def record(
    permit: Permit[RecordGround],
    *,
    item: UUID,
    receiver: UUID,
    ground: str,
    words: str = "",
    last_day: date | None = None,
) -> UUID:
    """Let `receiver` read one item that the official's own party owns. Returns the ground's id.

    `ground`: a code of the list secrecy_ground; `words`: which law, where the code leaves it open. `last_day`: the
    last day it holds, None until it is ended. What a closed unit has written may be let out to the rest of its own
    party too. An item of another party, and one that does not exist, are refused in
    the same words.
    """
    items.check_open(permit)
    if not _own(permit).filter(id=item).exists():
        raise Rejection(gettext_noop("Välj en uppgift som din egen part har skrivit i det här ärendet."), "item")
    inside = receiver == permit.actor.party and not Item.objects.filter(id=item, unit__closed=True).exists()
    if inside or not Party.objects.filter(id=receiver).exists():
        raise Rejection(gettext_noop("Välj vilken annan part som får läsa uppgiften."), "receiver")
    words = _checked(permit, ground, words)
    if last_day is not None and last_day < permit.today:
        raise Rejection(gettext_noop("Sista dagen har redan varit. Välj en dag framåt i tiden."), "last_day")
    if _live(permit).filter(item=item, receiver=receiver).exists():
        raise Rejection(
            gettext_noop("Parten får redan läsa uppgiften. Avsluta den grunden först, om den ska ändras."), "receiver"
        )
    row = LegalGround(
        id=permit.new_id(),
        item_id=item,
        receiver_id=receiver,
        ground=ground,
        words=words,
        starts_at=permit.at,
        ended_at=None if last_day is None else _midnight_after(last_day),
        recorded_by_id=permit.actor.account,
    )
    row.save(force_insert=True)
    log.wrote(permit, "ground.recorded", item=item, receiver=receiver, ground=row.id)
    return row.id


def end(permit: Permit[RecordGround], *, ground: UUID) -> None:
    """End a ground of one's own party's item. The receiver sees the item no longer, from the next request."""
    live = _live(permit).filter(id=ground, item__in=_own(permit).values("id"))
    if not live.update(ended_at=permit.at):
        raise Rejection(gettext_noop("Grunden finns inte eller är redan avslutad. Läs in sidan igen."), "ground")
    log.wrote(permit, "ground.ended", ground=ground)


def _own(permit: Permit[RecordGround]) -> QuerySet[Item]:
    """What the official's party has written and she may read: a closed unit's things are its own to let out."""
    return Item.objects.filter(visible(permit), own(permit))


def _live(permit: Permit[RecordGround]) -> QuerySet[LegalGround]:
    return LegalGround.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=permit.at), item__case=permit.case.id, starts_at__lte=permit.at
    )


def _checked(permit: Permit[RecordGround], ground: str, words: str) -> str:
    """The words that go with the code. Rejection when the code cannot be chosen, or leaves the law untold."""
    codes.require(permit, list="secrecy_ground", code=ground, field="ground")
    attributes = Code.objects.values_list("attributes", flat=True).get(list="secrecy_ground", code=ground)
    if attributes.get("by_itself") == "yes":
        raise Rejection(gettext_noop("Välj ett av alternativen i listan."), "ground")
    words = fitting(words, "words")
    if attributes.get("words") == "yes":
        words = required(words, "words", gettext_noop("Skriv lag och paragraf."))
    if len(words) > LONGEST_WORDS:
        raise Rejection(gettext_noop("Korta grunden till högst 200 tecken: lag och paragraf räcker."), "words")
    return words


def _midnight_after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
