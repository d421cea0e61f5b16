"""The price book as it is read: in force, in draft, proposed, and what differs between versions."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from samverk.access.codes import names
from samverk.access.permit import A, Permit
from samverk.domain.parties import Capacity
from samverk.domain.price_book import LevelTerms, PriceTerms
from samverk.domain.price_table import Changed, Table, differences
from samverk.store.models import Account, PriceBookVersion, PriceLevel, PriceRow

KIND_LISTS = ("livelihood", "measure", "price_kind")
"""The code lists whose codes can have a price."""
GROUPS = ("livelihood", "measure", "care", "time", "programme")
"""What prices are for: the list of the kind, or the group that a code of price_kind is in."""


@dataclass(frozen=True, slots=True)
class HeadView:
    """One version, and who has answered for it. Names are empty where nobody has yet."""

    number: int
    status: str
    made_at: datetime
    made_by: str
    proposed_at: datetime | None
    proposed_by: str
    proposed_words: str
    sent_back_at: datetime | None
    sent_back_by: str
    sent_back_words: str
    approved_at: datetime | None
    approved_by: str
    replaced_at: datetime | None
    fingerprint: str
    version: int
    proposed_by_me: bool


@dataclass(frozen=True, slots=True)
class PriceView:
    """One price, with its kind in the reader's words."""

    id: UUID
    key: UUID
    version: int
    kind_name: str
    terms: PriceTerms

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds."""
        return _last_day(self.terms)


@dataclass(frozen=True, slots=True)
class LevelView:
    """The level of an index in one year."""

    id: UUID
    key: UUID
    version: int
    terms: LevelTerms


@dataclass(frozen=True, slots=True)
class GroupView:
    """The prices of one of GROUPS."""

    group: str
    prices: tuple[PriceView, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """One index, year by year."""

    name: str
    levels: tuple[LevelView, ...]


@dataclass(frozen=True, slots=True)
class BookView:
    """A whole version. `all` and `unsourced` count its prices, whatever the reader has filtered away."""

    head: HeadView
    groups: tuple[GroupView, ...]
    indices: tuple[IndexView, ...]
    all: int
    unsourced: int
    assumed: int


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What one version has changed since another (None: since nothing)."""

    head: HeadView
    against: int | None
    prices: tuple[Changed[PriceTerms], ...]
    levels: tuple[Changed[LevelTerms], ...]
    kind_names: dict[str, str]


def may_keep(permit: Permit[A]) -> bool:
    """Whether the reader keeps the price book."""
    return Capacity.PRICE_KEEPER in permit.capacities


def versions(permit: Permit[A]) -> tuple[HeadView, ...]:
    """Every version, the newest first."""
    permit.check()
    rows = PriceBookVersion.objects.select_related("made_by", "proposed_by", "sent_back_by", "approved_by")
    return tuple(_head(permit, row) for row in rows.order_by("-number"))


def with_status(permit: Permit[A], status: str) -> HeadView | None:
    """The one version that is "draft", "proposed" or "approved" (in force), or None."""
    return next((head for head in versions(permit) if head.status == status), None)


def numbered(permit: Permit[A], number: int) -> HeadView | None:
    """The version of that number, or None."""
    return next((head for head in versions(permit) if head.number == number), None)


def whole(permit: Permit[A], head: HeadView, *, payer: str = "") -> BookView:
    """The version with its rows in groups; those that `payer` pays, when one is told."""
    every = _prices(permit, head.number)
    group_of = _kinds()[1]
    in_group: dict[str, list[PriceView]] = {group: [] for group in GROUPS}
    for view in every:
        if payer in ("", view.terms.payer):
            in_group[group_of.get(view.terms.kind, GROUPS[-1])].append(view)
    levels = groupby(_levels(permit, head.number), key=lambda view: view.terms.index)
    return BookView(
        head=head,
        groups=tuple(GroupView(group, tuple(views)) for group, views in in_group.items() if views),
        indices=tuple(IndexView(name, tuple(of_index)) for name, of_index in levels),
        all=len(every),
        unsourced=sum(view.terms.amount is None for view in every),
        assumed=sum(view.terms.assumption for view in every),
    )


def changes(permit: Permit[A], head: HeadView, *, against: int | None) -> ChangesView:
    """Row by row, what differs from version `against`; all of it when there is none."""
    both = (against, head.number)
    prices = [{view.key: view.terms for view in _prices(permit, number)} for number in both]
    levels = [{view.key: view.terms for view in _levels(permit, number)} for number in both]
    return ChangesView(
        head=head,
        against=against,
        prices=differences(prices[0], prices[1]),
        levels=differences(levels[0], levels[1]),
        kind_names=_kinds()[0],
    )


def compared_with(permit: Permit[A], head: HeadView) -> int | None:
    """The version that `head` was copied from: the one in force before it. None for the first."""
    earlier = [one.number for one in versions(permit) if one.number < head.number and one.approved_at is not None]
    return max(earlier, default=None)


def price_in_draft(permit: Permit[A], row: UUID) -> PriceView | None:
    """A price of the draft, to be changed; None when it is not there."""
    permit.check()
    found = PriceRow.objects.filter(id=row, book__status="draft").first()
    return None if found is None else _price(found, _kinds()[0])


def level_in_draft(permit: Permit[A], row: UUID) -> LevelView | None:
    """An index's level in the draft, to be changed; None when it is not there."""
    permit.check()
    found = PriceLevel.objects.filter(id=row, book__status="draft").first()
    return None if found is None else LevelView(found.id, found.key, found.version, level_terms(found))


def table(permit: Permit[A], head: HeadView) -> Table:
    """The version as a table, to be taken out or handed to the engine."""
    return Table(
        tuple(view.terms for view in _prices(permit, head.number)),
        tuple(view.terms for view in _levels(permit, head.number)),
    )


def price_terms(row: PriceRow) -> PriceTerms:
    """The terms of a row."""
    return PriceTerms(**{field.name: getattr(row, field.name) for field in fields(PriceTerms)})


def level_terms(row: PriceLevel) -> LevelTerms:
    """The terms of a row."""
    return LevelTerms(**{field.name: getattr(row, field.name) for field in fields(LevelTerms)})


def typed(terms: PriceTerms | LevelTerms) -> dict[str, str]:
    """The terms as a form shows and sends them: the last day itself, plain numbers, “yes” or “no”."""
    told = {field.name: _typed(getattr(terms, field.name)) for field in fields(terms)}
    if isinstance(terms, PriceTerms):
        told["valid_to"] = _typed(_last_day(terms))
    return told


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return "" if value is None else str(value)


def _last_day(terms: PriceTerms) -> date | None:
    return terms.valid_to - timedelta(days=1) if terms.valid_to else None


def _prices(permit: Permit[A], number: int | None) -> list[PriceView]:
    permit.check()
    if number is None:
        return []
    rows = PriceRow.objects.filter(book__number=number).order_by("position", "key")
    kind_names = _kinds()[0]
    return [_price(row, kind_names) for row in rows]


def _levels(permit: Permit[A], number: int | None) -> list[LevelView]:
    permit.check()
    if number is None:
        return []
    rows = PriceLevel.objects.filter(book__number=number).order_by("index", "year")
    return [LevelView(row.id, row.key, row.version, level_terms(row)) for row in rows]


def _price(row: PriceRow, kind_names: dict[str, str]) -> PriceView:
    return PriceView(row.id, row.key, row.version, kind_names.get(row.kind, row.kind), price_terms(row))


def _kinds() -> tuple[dict[str, str], dict[str, str]]:
    """Of every kind that can have a price: its word, and its group."""
    words, groups = {}, {}
    for name, codes in names(*KIND_LISTS).items():
        for code, view in codes.items():
            words[code] = view.name
            groups[code] = view.attributes.get("group", name)
    return words, groups


def _head(permit: Permit[A], row: PriceBookVersion) -> HeadView:
    return HeadView(
        number=row.number,
        status=row.status,
        made_at=row.made_at,
        made_by=_name(row.made_by),
        proposed_at=row.proposed_at,
        proposed_by=_name(row.proposed_by),
        proposed_words=row.proposed_words,
        sent_back_at=row.sent_back_at,
        sent_back_by=_name(row.sent_back_by),
        sent_back_words=row.sent_back_words,
        approved_at=row.approved_at,
        approved_by=_name(row.approved_by),
        replaced_at=row.replaced_at,
        fingerprint=row.fingerprint,
        version=row.version,
        proposed_by_me=row.proposed_by_id is not None and row.proposed_by_id == permit.actor.account,
    )


def _name(account: Account | None) -> str:
    return account.name if account else ""
