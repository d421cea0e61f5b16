"""Standing in for a colleague while she is away: for a time, inside one party, and no further."""

from datetime import date, datetime, time
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from samverk.access import log
from samverk.access.declare_house import NameSubstitute, SetUp
from samverk.access.permit import A, Permit
from samverk.access.substitutes import coordinates
from samverk.domain.for_a_time import days_away
from samverk.domain.words import Rejection, gettext_noop
from samverk.store.models import Account, Substitution, Unit

_NOBODY = gettext_noop("Välj en person i listan.")


def record(permit: Permit[NameSubstitute], *, absent: UUID, substitute: UUID, first: date, last: date) -> UUID:
    """Let `substitute` do what `absent` does from `first` to `last`, both counted. Returns the row's id.

    She herself says it, or a coordinator of her party, or the operator. One stands in at a time. A substitute of a
    substitute gets nothing. Rejection when the two are not of one party, or when the absent one's unit is closed and
    the substitute is not in it: standing in never carries anything over a border.
    """
    away = _account(permit, absent, "absent", alone=True)
    if not _speaks_for(permit, away):
        raise Rejection(_NOBODY, "absent")
    one = _account(permit, substitute, "substitute")
    if one.id == away.id:
        raise Rejection(gettext_noop("Ingen kan ersätta sig själv. Välj en kollega."), "substitute")
    if away.party_id is None or one.party_id != away.party_id:
        raise Rejection(_NOBODY, "substitute")
    if (
        away.unit_id is not None
        and one.unit_id != away.unit_id
        and Unit.objects.filter(id=away.unit_id, closed=True).exists()
    ):
        raise Rejection(
            gettext_noop("Enheten skriver för sig själv. Välj någon som arbetar i samma enhet."), "substitute"
        )
    days = days_away(first, last, permit.today)
    since = permit.at if first == permit.today else _midnight(days.start)
    until = _midnight(days.stop or days.start)
    meanwhile = Substitution.objects.filter(absent=away, since__lt=until, until__gt=since, ended_at__isnull=True)
    if meanwhile.exists():
        raise Rejection(
            gettext_noop("Det finns redan en ersättare de dagarna. Avsluta den först, eller välj andra dagar."), "first"
        )
    row = Substitution(
        id=permit.new_id(),
        party_id=away.party_id,
        absent=away,
        substitute=one,
        since=since,
        until=until,
        recorded_by_id=permit.actor.account,
    )
    row.save(force_insert=True)
    log.wrote(permit, "substitute.named", absent=away.id, substitute=one.id)
    return row.id


def end(permit: Permit[NameSubstitute], *, substitution: UUID) -> None:
    """End it now, or call it off before it has begun. Either of the two may, and whoever may record it."""
    row = Substitution.objects.select_related("absent").filter(id=substitution, ended_at__isnull=True).first()
    mine = row is not None and permit.actor.account is not None and row.substitute_id == permit.actor.account
    if row is None or row.until <= permit.at or not (mine or _speaks_for(permit, row.absent)):
        raise Rejection(gettext_noop("Det är redan slut. Läs in sidan igen."))
    Substitution.objects.filter(id=row.id).update(ended_at=permit.at)
    log.wrote(permit, "substitute.ended", absent=row.absent_id, substitute=row.substitute_id)


def end_across_borders(permit: Permit[SetUp]) -> None:
    """End whatever a unit that has been closed, or a colleague who has changed units, no longer allows."""
    crossing = Substitution.objects.filter(
        Q(substitute__unit__isnull=True) | ~Q(substitute__unit=F("absent__unit")),
        absent__unit__closed=True,
        ended_at__isnull=True,
        until__gt=permit.at,
    )
    for row in list(crossing):
        Substitution.objects.filter(id=row.id).update(ended_at=permit.at)
        log.wrote(permit, "substitute.ended", absent=row.absent_id, substitute=row.substitute_id)


def _account(permit: Permit[A], account: UUID, field: str, *, alone: bool = False) -> Account:
    """An official in use. `alone`: whoever names a substitute for her at the same moment waits."""
    permit.check()
    found = Account.objects.filter(id=account, is_active=True, party__isnull=False).select_related(None)
    row = (found.select_for_update() if alone else found).first()
    if row is None:
        raise Rejection(_NOBODY, field)
    return row


def _speaks_for(permit: Permit[NameSubstitute], absent: Account) -> bool:
    actor = permit.actor
    if actor.system or actor.operator or actor.account == absent.id:
        return True
    return actor.party == absent.party_id and coordinates(permit)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
