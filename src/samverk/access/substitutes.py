"""Who stands in for whom: as the reader's own page shows it, and for the lists of whoever stands in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from samverk.access.declare_house import NameSubstitute
from samverk.access.permit import A, Permit
from samverk.domain.parties import Role
from samverk.store.models import Account, ProgrammeRole, Substitution

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ColleagueView:
    """Someone of the reader's party. `unit`: where she works, empty when in none."""

    account: UUID
    name: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class SubstitutionView:
    """One time of standing in, under way or to come. `mine`: the reader is away; `for_me`: the reader stands in."""

    id: UUID
    away: UUID
    """The account of whom it is for."""
    absent: str
    substitute: str
    first_day: date
    last_day: date
    begun: bool
    mine: bool
    for_me: bool


@dataclass(frozen=True, slots=True)
class SubstitutesView:
    """What the reader may know and say: for whom she may speak (herself first), and who there is to choose."""

    absents: tuple[ColleagueView, ...]
    substitutes: tuple[ColleagueView, ...]
    rows: tuple[SubstitutionView, ...]


def substitutes_of(permit: Permit[NameSubstitute]) -> SubstitutesView:
    """The reader's own times of standing in; a coordinator's are all those of her party. Three queries."""
    me, party = permit.actor.account, permit.actor.party
    if party is None:
        return SubstitutesView((), (), ())
    everyone = [
        ColleagueView(row.id, row.name, row.title, row.unit.name if row.unit else "")
        for row in Account.objects.filter(party=party, is_active=True).select_related("unit").order_by("name", "id")
    ]
    speaks = coordinates(permit)
    rows = Substitution.objects.filter(_ahead(permit), party=party).select_related("absent", "substitute")
    if not speaks:
        rows = rows.filter(Q(absent=me) | Q(substitute=me))
    return SubstitutesView(
        absents=tuple(sorted((c for c in everyone if speaks or c.account == me), key=lambda c: c.account != me)),
        substitutes=tuple(c for c in everyone if speaks or c.account != me),
        rows=tuple(_view(permit, row) for row in rows.order_by("since", "absent__name", "id")),
    )


def all_ahead(permit: Permit[NameSubstitute]) -> tuple[SubstitutionView, ...]:
    """Everyone's, under way and to come, for whoever sets up the house; nothing to others."""
    if not (permit.actor.operator or permit.actor.system):
        return ()
    rows = Substitution.objects.filter(_ahead(permit)).select_related("absent", "substitute")
    return tuple(_view(permit, row) for row in rows.order_by("since", "absent__name", "id"))


def coordinates(permit: Permit[A]) -> bool:
    """Whether the reader is coordinator of a programme: she may then speak for a colleague who is away."""
    return ProgrammeRole.objects.filter(account=permit.actor.account, role=Role.COORDINATOR).exists()


def acts_for(permit: Permit[A], account: str = "account") -> Q:
    """The rows whose `account` is the reader, or somebody whom she stands in for now."""
    if permit.actor.party is None:
        return Q(**{account: permit.actor.account})
    return Q(**{account: permit.actor.account}) | Q(**{f"{account}__in": _live(permit).values("absent")})


def stands_in_for(permit: Permit[A], account: UUID | None) -> bool:
    """Whether the reader stands in for that account now. At most one query."""
    return account is not None and permit.actor.party is not None and _live(permit).filter(absent=account).exists()


def stood_in_for(permit: Permit[A], account: str) -> Subquery:
    """The name of whoever `account` leads to, where the reader stands in for her now; otherwise NULL."""
    return Subquery(_live(permit).filter(absent=OuterRef(account)).values("absent__name")[:1])


def standing_in(permit: Permit[A], what: str) -> Subquery:
    """`what` ("substitute__name", "until") of who stands in now for the account of an Assignment; NULL when nobody."""
    now = _now(permit).filter(absent=OuterRef("account"), party=OuterRef("party"), substitute__is_active=True)
    return Subquery(now.order_by("until").values(what)[:1])


def last_day(until: datetime) -> date:
    """The last whole or begun day before `until`, as people say it."""
    return timezone.localdate(until - _INSTANT)


def _now(permit: Permit[A]) -> QuerySet[Substitution]:
    return Substitution.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=permit.at), since__lte=permit.at, until__gt=permit.at
    )


def _live(permit: Permit[A]) -> QuerySet[Substitution, Any]:
    return _now(permit).filter(substitute=permit.actor.account, party=permit.actor.party)


def _ahead(permit: Permit[A]) -> Q:
    return Q(ended_at__isnull=True) & Q(until__gt=permit.at)


def _view(permit: Permit[A], row: Substitution) -> SubstitutionView:
    return SubstitutionView(
        id=row.id,
        away=row.absent_id,
        absent=row.absent.name,
        substitute=row.substitute.name,
        first_day=timezone.localdate(row.since),
        last_day=last_day(row.until),
        begun=row.since <= permit.at,
        mine=row.absent_id == permit.actor.account,
        for_me=row.substitute_id == permit.actor.account,
    )
