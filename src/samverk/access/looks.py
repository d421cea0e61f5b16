"""Who has looked: the log as the participant reads it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from samverk.access.codes import Names, names, tones, word
from samverk.access.declare import SeeWhoLooked
from samverk.access.ledger.export import SealView, log_of, seal
from samverk.access.permit import Permit
from samverk.domain.parties import Capacity
from samverk.store.models import Account, Consent, Event, EventAbout, LegalGround, Party, Substitution

PAGE = 100
"""Events on one page; looks that belong together are one row."""
TOGETHER = timedelta(minutes=10)
"""Looks by one official within this time of each other are told as one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What she has chosen to see. `days` from and to, both included; `kind`: "read", "write", "refused" or all."""

    party: UUID | None = None
    herself: bool = True
    kind: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class LookView:
    """Looks, a write, or an attempt. `by`: "herself", "official", "system", or "other" (nobody to be named).

    `name` is empty where the party protects its staff: `role` is what they work as. `at` is the newest of `count`
    looks and `since` the oldest; `acts` what was done, newest first. `consents` are the days of the consents that the
    party had in force then, `grounds` the other legal grounds; without either it saw only what is its own.
    """

    at: datetime
    since: datetime
    count: int
    by: str
    name: str
    role: str
    party_name: str
    tone: str
    act: str
    what: str
    acts: tuple[tuple[str, str], ...]
    allowed: bool
    capacities: tuple[str, ...]
    purpose: str
    instead_of: tuple[str, ...]
    consents: tuple[date, ...]
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookerView:
    """A party that stands in the log."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class LooksView:
    """One page of the log, newest first, and what it can be checked with."""

    looks: tuple[LookView, ...]
    parties: tuple[LookerView, ...]
    page: int
    has_next: bool
    seal: SealView


def looks_of(permit: Permit[SeeWhoLooked], *, page: int = 1, asked: Asked | None = None) -> LooksView:
    """Who has read or written about her, and who was refused, in all her cases: from the first to the last.

    An admission that led to a write at the same moment is told once, as the write. A fixed number of queries.
    """
    asked, her = asked or Asked(), permit.case.person
    parties = _parties(her)
    start = (page - 1) * PAGE
    rows = list(_events(permit, asked)[start : start + PAGE + 1])
    told = _Told.of(her, rows[:PAGE], parties)
    looks = [_look(permit, row, told) for row in rows[:PAGE]]
    return LooksView(
        looks=tuple(_folded(looks, rows)),
        parties=tuple(sorted((LookerView(p.id, p.name) for p in parties.values()), key=lambda p: p.name)),
        page=page,
        has_next=len(rows) > PAGE,
        seal=seal(her),
    )


def my_log(permit: Permit[SeeWhoLooked]) -> str:
    """Her own part of the sealed log, with a proof for each entry: a line of JSON each (docs/log.md)."""
    return "".join(log_of(permit.case.person))


def _parties(her: UUID) -> dict[UUID, Party]:
    direct = Event.objects.filter(person=her, party__isnull=False).values("party")
    listed = Event.objects.filter(id__in=_lists(her), party__isnull=False).values("party")
    return {row.id: row for row in Party.objects.filter(Q(id__in=direct) | Q(id__in=listed))}


def _lists(her: UUID) -> QuerySet[EventAbout, UUID]:
    return EventAbout.objects.filter(person=her).values_list("event", flat=True)


def _events(permit: Permit[SeeWhoLooked], asked: Asked) -> QuerySet[Event]:
    """Two arms that each follow an index of their own; joined by OR, the database would read the whole log."""
    her, chosen = permit.case.person, _chosen(permit, asked)
    written = Event.objects.filter(
        person=OuterRef("person"), at=OuterRef("at"), act=OuterRef("act"), actor=OuterRef("actor")
    ).exclude(what="")
    direct = Event.objects.filter(chosen, person=her).exclude(Q(Exists(written), what="", allowed=True))
    listed = Event.objects.filter(chosen, id__in=_lists(her))
    return direct.union(listed, all=True).order_by("-at", "-id")


def _chosen(permit: Permit[SeeWhoLooked], asked: Asked) -> Q:
    chosen = Q(party=asked.party) if asked.party else Q()
    if not asked.herself:
        chosen &= Q(actor__isnull=True) | ~Q(actor=permit.actor.account)
    chosen &= {
        "read": Q(what="", allowed=True),
        "write": ~Q(what=""),
        "refused": Q(allowed=False),
    }.get(asked.kind, Q())
    if asked.first:
        chosen &= Q(at__gte=_midnight(asked.first))
    if asked.last:
        chosen &= Q(at__lt=_midnight(asked.last + timedelta(days=1)))
    return chosen


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


@dataclass(frozen=True, slots=True)
class _Told:
    """What the rows are read with, fetched once for the page."""

    parties: dict[UUID, Party]
    tone: dict[str, str]
    titles: dict[UUID, str]
    consents: list[Consent]
    grounds: list[LegalGround]
    stood_in: list[Substitution] = field(default_factory=list)
    words: Names = field(default_factory=dict)

    @classmethod
    def of(cls, her: UUID, rows: list[Event], parties: dict[UUID, Party]) -> "_Told":
        """Five queries."""
        actors = {row.actor for row in rows if row.actor and row.party}
        stood_in = Substitution.objects.filter(substitute__in=actors).select_related("absent")
        hidden = [id for id, party in parties.items() if party.hides_names]
        titles = Account.objects.filter(id__in=actors, party__in=hidden).values_list("id", "title") if hidden else ()
        return cls(
            parties,
            tones(),
            dict(titles),
            list(Consent.objects.filter(person=her, refused=False).select_related("document")),
            list(LegalGround.objects.filter(item__person=her, item__about_other=False)),
            list(stood_in),
            names("secrecy_ground"),
        )

    def instead_of(self, row: Event) -> tuple[str, ...]:
        """For whom she stood in at that moment, by name or title."""
        party = self.parties.get(row.party) if row.party else None
        return tuple(
            s.absent.title if party and party.hides_names else s.absent.name
            for s in self.stood_in
            if s.substitute_id == row.actor and s.party_id == row.party and _held(row.at, s.since, s.until, s.ended_at)
        )

    def consented(self, row: Event) -> tuple[date, ...]:
        """The days of the consents that the party had in force at that moment, for that purpose."""
        return tuple(
            sorted(
                {
                    timezone.localdate(c.document.given_at)
                    for c in self.consents
                    if c.receiver_id == row.party
                    and c.purpose == row.purpose
                    and _held(row.at, c.starts_at, c.stops_at, c.ended_at)
                }
            )
        )

    def other_grounds(self, row: Event) -> tuple[str, ...]:
        """The other legal grounds that the party had at that moment, each for one thing."""
        held = (g for g in self.grounds if g.receiver_id == row.party and _held(row.at, g.starts_at, None, g.ended_at))
        return tuple(sorted({word(self.words, "secrecy_ground", g.ground) for g in held}))


def _held(at: datetime, since: datetime, until: datetime | None, ended: datetime | None) -> bool:
    return since <= at and all(at < end for end in (until, ended) if end is not None)


def _look(permit: Permit[SeeWhoLooked], row: Event, told: _Told) -> LookView:
    party = told.parties.get(row.party) if row.party else None
    # An evaluator may work for no party: what she has taken out is told with her name all the same.
    by = "official" if row.party or Capacity.EVALUATOR in row.capacity.split(",") else "other"
    if row.actor is None:
        by = "system"
    elif row.actor == permit.actor.account:
        by = "herself"
    hidden = party is not None and party.hides_names
    under = by == "official" and row.allowed
    return LookView(
        at=row.at,
        since=row.at,
        count=1,
        by=by,
        # Another participant who tried an address is a person of her own: she is not named here.
        name=row.actor_name if by == "official" and not hidden else "",
        role=told.titles.get(row.actor, "") if hidden and row.actor else "",
        party_name=party.name if party else "",
        tone="me" if by == "herself" else told.tone.get(party.kind, "other") if party else "other",
        act=row.act,
        what=row.what,
        acts=((row.act, row.what),),
        allowed=row.allowed,
        capacities=tuple(word for word in row.capacity.split(",") if word),
        purpose=row.purpose,
        instead_of=told.instead_of(row) if under else (),
        consents=told.consented(row) if under else (),
        grounds=told.other_grounds(row) if under else (),
    )


def _folded(looks: list[LookView], rows: list[Event]) -> Iterator[LookView]:
    """Looks by the same official after one another, within ten minutes, as one."""
    kept: tuple[LookView, Event] | None = None
    for look, row in zip(looks, rows, strict=False):
        if kept is not None and _belong(kept[0], look, same=(kept[1].actor, kept[1].party) == (row.actor, row.party)):
            kept = _joined(kept[0], look), kept[1]
            continue
        if kept is not None:
            yield kept[0]
        kept = look, row
    if kept is not None:
        yield kept[0]


def _belong(newer: LookView, older: LookView, *, same: bool) -> bool:
    reads: Callable[[LookView], bool] = lambda look: look.allowed and not look.what and look.by == "official"  # noqa: E731
    alike = (newer.purpose, newer.consents, newer.grounds) == (older.purpose, older.consents, older.grounds)
    return same and reads(newer) and reads(older) and alike and newer.at - older.at <= TOGETHER


def _joined(newer: LookView, older: LookView) -> LookView:
    return replace(
        newer,
        since=older.at,
        count=newer.count + 1,
        acts=_once((*newer.acts, *older.acts)),
        capacities=tuple(sorted({*newer.capacities, *older.capacities})),
    )


def _once(acts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(acts))
