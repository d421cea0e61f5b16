"""Consents as they are shown. She sees all; a party sees only those in which it gives or receives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from samverk.access.codes import tones
from samverk.access.declare import OpenScan
from samverk.access.permit import A, Permit
from samverk.domain.information import Purpose
from samverk.domain.scopes import one_way
from samverk.store.models import Attachment, Consent

ENDS_SOON = timedelta(days=30)
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class SayView:
    """One scope that she has said yes or no to. `giver` None: her own words and plan."""

    id: UUID
    document: UUID
    giver: UUID | None
    giver_name: str
    giver_short: str
    receiver: UUID
    receiver_name: str
    receiver_tone: str
    category: str
    purpose: str
    refused: bool
    in_force: bool
    last_day: date
    ended_on: date | None
    condition_of_benefit: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    """What one document says in one breath: from each giver to each receiver.

    `herself`: her own words and plan too. `mutual`: the receivers are the givers, they talk with each other.
    `inside`: from the closed units of these parties to the rest of the same party.
    """

    receivers: tuple[str, ...]
    givers: tuple[str, ...]
    herself: bool
    mutual: bool
    inside: bool
    purpose: str
    refused: bool
    categories: tuple[str, ...]
    last_day: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What she signed, or said, at one moment; for a party, the part that concerns it."""

    id: UUID
    given_at: datetime
    how: str
    condition_of_benefit: bool
    said_condition: bool
    """What was signed; the case may have been marked later."""
    gdpr_basis: str
    words: str
    recorded_by: str
    may_open_scan: bool
    groups: tuple[GroupView, ...]


@dataclass(frozen=True, slots=True)
class CellView:
    """What stands about one category from one giver: "yes", "no", or "" where she has not been asked."""

    state: str
    last_day: date | None


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One giver. `last_day` when one day holds for all its cells."""

    giver: UUID | None
    name: str
    short: str
    last_day: date | None
    condition_of_benefit: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One category, with a cell for each column."""

    category: str
    name: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """What one party may know for one purpose."""

    purpose: str
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    one_day: date | None
    """The last day, where it is the same for everything in the table."""
    condition_of_benefit: bool


@dataclass(frozen=True, slots=True)
class ReceiverView:
    """What one party may know, and what it may not."""

    id: UUID
    name: str
    tone: str
    tables: tuple[TableView, ...]


@dataclass(frozen=True, slots=True)
class SummaryView:
    """One line a party: how many categories it may know as support, how many for control, until when."""

    id: UUID
    name: str
    tone: str
    yes: int
    control: int
    no: int
    last_day: date | None
    ends_soon: bool
    condition_of_benefit: bool


@dataclass(frozen=True, slots=True)
class ConsentsView:
    """Everything that the reader may know about the consents in one case."""

    says: tuple[SayView, ...]
    documents: tuple[DocumentView, ...]

    @property
    def in_force(self) -> tuple[SayView, ...]:
        """What holds now."""
        return tuple(say for say in self.says if say.in_force)


@dataclass(frozen=True, slots=True)
class ScanView:
    """A signed paper."""

    content: bytes
    content_type: str


def consents_of(permit: Permit[A]) -> ConsentsView:
    """The consents about the participant, newest first: all for herself, a party's own for its officials."""
    tone = tones()
    foreign = Consent.objects.filter(document=OuterRef("document")).exclude(_own(permit))
    rows = (
        Consent.objects.filter(_own(permit), person=permit.case.person)
        .select_related("giver", "receiver", "document__recorded_by", "document__case")
        # Behind row security a party sees nothing of what is about others: then the paper itself is hidden from it.
        .annotate(whole=~Exists(foreign), paper=Exists(Attachment.objects.filter(pk=OuterRef("document__scan"))))
        .order_by("-document__given_at", "document", "receiver__name", "giver__name", "purpose", "category", "id")
    )
    found = [(row, _say(permit, row, tone)) for row in rows]
    documents = {
        row.document_id: DocumentView(
            id=row.document_id,
            given_at=row.document.given_at,
            how=row.document.how,
            condition_of_benefit=_conditional(row),
            said_condition=row.document.condition_of_benefit,
            gdpr_basis=row.document.gdpr_basis,
            words=row.document.words,
            recorded_by=row.document.recorded_by.name if row.document.recorded_by else "",
            may_open_scan=row.whole and row.paper,
            groups=_groups([say for other, say in found if other.document_id == row.document_id]),
        )
        for row in {row.document_id: row for row, _ in found}.values()
    }
    return ConsentsView(tuple(say for _, say in found), tuple(documents.values()))


def scan_of(permit: Permit[OpenScan], document: UUID) -> ScanView | None:
    """The signed paper. A party gets it only when nothing on it concerns others alone."""
    rows = Consent.objects.filter(document=document, person=permit.case.person)
    if not rows.exists() or rows.exclude(_own(permit)).exists():
        return None
    scan = Attachment.objects.filter(id__in=rows.values("document__scan"), person=permit.case.person).first()
    return None if scan is None else ScanView(bytes(scan.content), scan.content_type)


def matrix(says: tuple[SayView, ...], categories: Mapping[str, str]) -> tuple[ReceiverView, ...]:
    """What holds now, a table a receiving party and purpose: `categories` (code → name) down, givers across."""
    live = [say for say in says if say.in_force]
    return tuple(
        ReceiverView(
            id=receiver,
            name=mine[0].receiver_name,
            tone=mine[0].receiver_tone,
            tables=tuple(
                _table(purpose.value, [say for say in mine if say.purpose == purpose], categories)
                for purpose in Purpose
                if any(say.purpose == purpose for say in mine)
            ),
        )
        for receiver, mine in _by(live, lambda say: say.receiver).items()
    )


def summary(permit: Permit[A], says: tuple[SayView, ...]) -> tuple[SummaryView, ...]:
    """One line for each party that may know something now, or that she has said no to."""
    return tuple(
        _summary(permit.today, mine)
        for mine in _by([say for say in says if say.in_force], lambda say: say.receiver).values()
    )


def _own(permit: Permit[A]) -> Q:
    """Whose consents the reader may know of."""
    if permit.actor.person is not None:
        return Q(person=permit.actor.person)
    party = permit.actor.party
    if party is None:
        raise TypeError("only people of a party read cases")
    return Q(receiver=party) | Q(giver__isnull=False, giver=party)


def _say(permit: Permit[A], row: Consent, tone: Mapping[str, str]) -> SayView:
    started = row.starts_at <= permit.at
    return SayView(
        id=row.id,
        document=row.document_id,
        giver=row.giver_id,
        giver_name=row.giver.name if row.giver else "",
        giver_short=row.giver.short if row.giver else "",
        receiver=row.receiver_id,
        receiver_name=row.receiver.name,
        receiver_tone=tone.get(row.receiver.kind, "other"),
        category=row.category,
        purpose=row.purpose,
        refused=row.refused,
        in_force=started and permit.at < row.stops_at and (row.ended_at is None or permit.at < row.ended_at),
        last_day=timezone.localdate(row.stops_at - timedelta(microseconds=1)),
        ended_on=None if row.ended_at is None else timezone.localdate(row.ended_at),
        condition_of_benefit=_conditional(row),
    )


def _conditional(row: Consent) -> bool:
    """Given where taking part is a condition of a benefit: she said so, or the case was found to be so later."""
    return row.document.condition_of_benefit or row.document.case.support_condition is True


def _by(says: list[SayView], key: Callable[[SayView], K]) -> dict[K, list[SayView]]:
    found: dict[K, list[SayView]] = {}
    for say in says:
        found.setdefault(key(say), []).append(say)
    return found


def _groups(says: list[SayView]) -> tuple[GroupView, ...]:
    """Ways that hold the same are told together, so that a document about many parties still goes on one page."""
    alike: dict[tuple[str, bool, date | None, tuple[str, ...]], list[SayView]] = {}
    for mine in _by(says, lambda s: (s.giver, s.receiver, s.purpose, s.refused, s.ended_on)).values():
        one, categories = mine[0], tuple(say.category for say in mine)
        alike.setdefault((one.purpose, one.refused, one.ended_on, categories), []).append(one)
    return tuple(
        _group(ways, key[-1])
        for key, found in sorted(alike.items(), key=lambda pair: pair[0][1])
        for ways in _in_one_breath(found)
    )


def _in_one_breath(ways: list[SayView]) -> list[list[SayView]]:
    """All ways at once where every giver tells every receiver, otherwise a receiver at a time."""
    inside = [way for way in ways if way.giver == way.receiver]
    if inside:
        rest = [way for way in ways if way.giver != way.receiver]
        return [inside, *(_in_one_breath(rest) if rest else [])]
    found = {(way.giver, way.receiver) for way in ways}
    whole = one_way((giver for giver, _ in found), (receiver for _, receiver in found))
    return [ways] if found == set(whole) else list(_by(ways, lambda way: way.receiver).values())


def _group(ways: list[SayView], categories: tuple[str, ...]) -> GroupView:
    receivers = tuple(sorted({way.receiver_name for way in ways}))
    givers = tuple(sorted({way.giver_name for way in ways if way.giver}))
    return GroupView(
        receivers=receivers,
        givers=givers,
        herself=any(way.giver is None for way in ways),
        mutual=len(receivers) > 1 and receivers == givers,
        inside=all(way.giver == way.receiver for way in ways),
        purpose=ways[0].purpose,
        refused=ways[0].refused,
        categories=categories,
        last_day=ways[0].last_day,
        ended_on=ways[0].ended_on,
    )


def _table(purpose: str, says: list[SayView], categories: Mapping[str, str]) -> TableView:
    # Her own words first, then the parties by name.
    columns = sorted(
        _by(says, lambda say: say.giver).items(), key=lambda pair: (pair[0] is not None, pair[1][0].giver_name)
    )
    used = {say.category for say in says}
    days = {say.last_day for say in says}
    return TableView(
        purpose=purpose,
        columns=tuple(
            ColumnView(
                giver=giver,
                name=mine[0].giver_name,
                short=mine[0].giver_short,
                last_day=_the_only({say.last_day for say in mine}),
                condition_of_benefit=any(say.condition_of_benefit for say in mine),
            )
            for giver, mine in columns
        ),
        rows=tuple(
            RowView(code, name, tuple(_cell([say for say in mine if say.category == code]) for _, mine in columns))
            for code, name in {**categories, **{code: code for code in sorted(used - categories.keys())}}.items()
        ),
        one_day=_the_only(days),
        condition_of_benefit=any(say.condition_of_benefit for say in says),
    )


def _cell(says: list[SayView]) -> CellView:
    """A refusal weighs more than a consent, should both stand."""
    if not says:
        return CellView("", None)
    said = next((say for say in says if say.refused), says[0])
    return CellView("no" if said.refused else "yes", said.last_day)


def _the_only(days: set[date]) -> date | None:
    return next(iter(days)) if len(days) == 1 else None


def _summary(today: date, says: list[SayView]) -> SummaryView:
    yes = [say for say in says if not say.refused]
    last = min((say.last_day for say in yes), default=None)
    return SummaryView(
        id=says[0].receiver,
        name=says[0].receiver_name,
        tone=says[0].receiver_tone,
        yes=len({say.category for say in yes if say.purpose == Purpose.SUPPORT}),
        control=len({say.category for say in yes if say.purpose == Purpose.CONTROL}),
        no=len({say.category for say in says if say.refused}),
        last_day=last,
        ends_soon=last is not None and last - today <= ENDS_SOON,
        condition_of_benefit=any(say.condition_of_benefit for say in yes),
    )
