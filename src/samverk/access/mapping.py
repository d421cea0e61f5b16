"""The joint picture as each reader may see it: area by area, her own words first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samverk.access.codes import CodeView, names, tones
from samverk.access.declare import ReadCase, WriteMapping
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.access.units import my_closed_unit
from samverk.domain.parties import Capacity
from samverk.store.models import Answer, Contribution, Item, NeedMark
from samverk.store.shape import shape


@dataclass(frozen=True, slots=True)
class ContributionView:
    """One wording: hers (`party` None), or a party's, signed by whoever wrote it."""

    id: UUID
    area: str
    party: UUID | None
    side: UUID | None
    """The closed unit of the party that wrote it, beside what the rest of the party has written."""
    party_name: str
    tone: str
    text: str
    on_behalf: str
    source: str
    source_from: str
    source_on: date | None
    number: int
    written_at: datetime
    written_by: str
    written_title: str
    replaced_at: datetime | None
    about_other: bool
    """It is about someone else than the participant, who does not see it."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that has been told already, so that nobody asks again."""

    asked: str
    text: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class AreaView:
    """One area: her words, each party's contribution, and whether something is not shown."""

    code: str
    name: str
    own: ContributionView | None
    parties: tuple[ContributionView, ...]
    hints: tuple[Hint, ...]
    withheld: bool
    mine: ContributionView | None
    """What the reader herself, or her party, has written: what she would change."""


@dataclass(frozen=True, slots=True)
class NeedView:
    """Which need groups one owner has marked."""

    party: UUID | None
    side: UUID | None
    party_name: str
    tone: str
    groups: tuple[str, ...]
    codes: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class MappingView:
    """The whole picture for one reader."""

    areas: tuple[AreaView, ...]
    needs: tuple[NeedView, ...]
    my_needs: NeedView | None
    told: tuple[Hint, ...]
    """What the referral says about no area in particular: why now, what was tried, what she wants."""
    may_write: bool
    may_write_hers: bool
    filled: int
    """In how many areas something stands that the reader may see."""


@dataclass(frozen=True, slots=True)
class MappingCard:
    """The picture in short, for the case page."""

    filled: int
    words: str
    """Her own words, from the first area that holds some."""


def card_of(permit: Permit[A]) -> MappingCard:
    """The picture in short. Two queries."""
    areas = _in_order(names("mapping_area")["mapping_area"], set())
    rows = Contribution.objects.filter(visible(permit, "item__"), replaced_at__isnull=True).select_related("item")
    own: dict[str, str] = {}
    filled = set()
    for row in rows:
        filled.add(row.area)
        if row.item.owner_id is None:
            own[row.area] = row.text
    return MappingCard(len(filled), next((own[a.code] for a in areas if a.code in own), ""))


def mapping_of(permit: Permit[ReadCase]) -> MappingView:
    """Every area of the picture, in the programme's order: strengths and interests come first."""
    lists = names("mapping_area", "need_group")
    rows = _contributions(permit, current=True)
    shown: dict[str, list[ContributionView]] = {}
    for row in rows:
        shown.setdefault(row.area, []).append(row)
    mine = {row.id for row in rows}
    withheld = {area for part, area in shape("area", permit.case.id) if part not in mine}
    hints, marks = _hints(permit), _needs(permit, lists["need_group"])
    me = (permit.actor.party, my_closed_unit(permit))
    areas = tuple(
        _area(me, code, shown.get(code.code, []), hints, withheld)
        for code in _in_order(lists["mapping_area"], {*shown, *withheld})
    )
    writes = bool(permit.capacities & WriteMapping.who) and permit.case.status in WriteMapping.while_case
    return MappingView(
        areas=areas,
        needs=marks,
        my_needs=next((mark for mark in marks if (mark.party, mark.side) == me), None),
        told=hints.get("process", ()),
        may_write=writes,
        may_write_hers=writes and (permit.as_herself or Capacity.COORDINATOR in permit.capacities),
        filled=sum(1 for area in areas if area.own or area.parties),
    )


def area_of(permit: Permit[A], *, area: str) -> AreaView | None:
    """One area for whoever writes in it, or None when there is no such area."""
    code = names("mapping_area")["mapping_area"].get(area)
    if code is None:
        return None
    rows = [row for row in _contributions(permit, current=True) if row.area == area]
    seen = {row.id for row in rows}
    hidden = any(part not in seen for part, where in shape("area", permit.case.id) if where == area)
    me = (permit.actor.party, my_closed_unit(permit))
    return _area(me, code, rows, _hints(permit), {area} if hidden else set())


def history_of(permit: Permit[ReadCase], *, area: str) -> tuple[ContributionView, ...]:
    """Every wording in an area that the reader may see, newest first."""
    return tuple(reversed([row for row in _contributions(permit, current=False) if row.area == area]))


def _contributions(permit: Permit[A], *, current: bool) -> list[ContributionView]:
    tone = tones()
    rows = Contribution.objects.filter(visible(permit, "item__")).select_related(
        "item__owner", "item__unit", "item__created_by"
    )
    if current:
        rows = rows.filter(replaced_at__isnull=True)
    return [
        ContributionView(
            id=row.item_id,
            area=row.area,
            party=row.item.owner_id,
            side=_side(row.item),
            party_name=row.item.owner.name if row.item.owner else "",
            tone=tone.get(row.item.owner.kind, "other") if row.item.owner else "me",
            text=row.text,
            on_behalf=row.on_behalf,
            source=row.source,
            source_from=row.source_from,
            source_on=row.source_on,
            number=row.number,
            written_at=row.item.created_at,
            written_by=row.item.created_by.name if row.item.created_by else "",
            written_title=row.item.created_by.title if row.item.created_by else "",
            replaced_at=row.replaced_at,
            about_other=row.item.about_other,
        )
        for row in rows.order_by("item__created_at", "number")
    ]


def _side(item: Item) -> UUID | None:
    return item.unit_id if item.unit is not None and item.unit.closed else None


def _area(
    me: tuple[UUID | None, UUID | None],
    code: CodeView,
    rows: Iterable[ContributionView],
    hints: dict[str, tuple[Hint, ...]],
    withheld: set[str],
) -> AreaView:
    by_owner = {(row.party, row.side): row for row in rows}
    return AreaView(
        code=code.code,
        name=code.name,
        own=by_owner.get((None, None)),
        parties=tuple(row for row in by_owner.values() if row.party is not None),
        hints=hints.get(code.attributes.get("category", ""), ()),
        withheld=code.code in withheld,
        mine=by_owner.get(me),
    )


def _in_order(areas: dict[str, CodeView], used: set[str]) -> list[CodeView]:
    """What works comes first; an area that is no longer in use stays where something has been written."""
    kept = [code for code in areas.values() if code.active or code.code in used]
    return sorted(kept, key=lambda code: code.attributes.get("first") != "yes")


def _hints(permit: Permit[A]) -> dict[str, tuple[Hint, ...]]:
    found: dict[str, list[Hint]] = {}
    answers = Answer.objects.filter(visible(permit, "item__")).exclude(text="").select_related("item")
    for row in answers.order_by("position", "item__created_at"):
        found.setdefault(row.item.category, []).append(Hint(row.asked, row.text, row.item.created_at))
    return {category: tuple(hints) for category, hints in found.items()}


def _needs(permit: Permit[ReadCase], groups: dict[str, CodeView]) -> tuple[NeedView, ...]:
    tone = tones()
    live = NeedMark.objects.filter(visible(permit, "item__"), replaced_at__isnull=True)
    rows = live.select_related("item__owner", "item__unit")
    return tuple(
        NeedView(
            party=row.item.owner_id,
            side=_side(row.item),
            party_name=row.item.owner.name if row.item.owner else "",
            tone=tone.get(row.item.owner.kind, "other") if row.item.owner else "me",
            groups=tuple(view.name for code, view in groups.items() if code in row.groups),
            codes=tuple(row.groups),
            number=row.number,
        )
        for row in rows.order_by("item__created_at")
    )
