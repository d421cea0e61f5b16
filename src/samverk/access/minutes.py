"""Minutes as they leave through the door: the points one may read, the decisions, and that something is withheld."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samverk.access import codes
from samverk.access.commitments import CommitmentView, commitments_of
from samverk.access.meetings import MeetingView
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.domain.meetings import MinutesPart
from samverk.store.models import MinutesAmendment, MinutesPoint
from samverk.store.shape import shape


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """What a point said before, who changed it, when and why. `old_text` empty: the point came afterwards."""

    at: datetime
    by: str
    old_text: str
    reason: str


@dataclass(frozen=True, slots=True)
class PointView:
    """One point of the minutes."""

    id: UUID
    part: str
    text: str
    category_name: str
    party_short: str
    tone: str
    writer: str
    version: int
    mine: bool
    """Whether the reader's own party wrote it."""
    about_other: bool
    """It is about someone else than the participant, who does not see it."""
    amendments: tuple[AmendmentView, ...]


@dataclass(frozen=True, slots=True)
class MinutesView:
    """The minutes of one meeting, as far as the reader may read them."""

    situation: tuple[PointView, ...]
    points: tuple[PointView, ...]
    conclusion: tuple[PointView, ...]
    decisions: tuple[CommitmentView, ...]
    withheld: bool
    """Something is written that the reader may not see; neither what nor by whom is told."""
    decisions_withheld: bool
    not_ready: bool
    """The participant reads minutes that are done; the decisions she sees at once."""

    @property
    def written(self) -> tuple[PointView, ...]:
        """All points, as they stand on paper."""
        return (*self.situation, *self.points, *self.conclusion)


def minutes_of(permit: Permit[A], meeting: MeetingView, today: date) -> MinutesView:
    """The minutes of a meeting that the reader may open. One withheld mark a section, however much it hides."""
    not_ready = permit.as_herself and meeting.status != "minuted"
    points = () if not_ready else _points(permit, meeting.id)
    decisions = tuple(v for v in commitments_of(permit, today, history=False) if v.source_item == meeting.id)
    written = len(shape("point", meeting.id))
    decided = len(shape("decision", meeting.id))
    parts = {part: tuple(p for p in points if p.part == part) for part in MinutesPart}
    return MinutesView(
        situation=parts[MinutesPart.SITUATION],
        points=parts[MinutesPart.POINT],
        conclusion=parts[MinutesPart.CONCLUSION],
        decisions=decisions,
        withheld=not not_ready and written > len(points),
        decisions_withheld=decided > len(decisions),
        not_ready=not_ready,
    )


def _points(permit: Permit[A], meeting: UUID) -> tuple[PointView, ...]:
    rows = list(
        MinutesPoint.objects.filter(visible(permit, "item__"), meeting=meeting)
        .select_related("item__owner", "item__created_by")
        .order_by("position", "item_id")
    )
    amended: defaultdict[UUID, list[AmendmentView]] = defaultdict(list)
    for row in (
        MinutesAmendment.objects.filter(point__in=[row.item_id for row in rows])
        .select_related("by")
        .order_by("at", "id")
    ):
        amended[row.point_id].append(AmendmentView(row.at, row.by.name if row.by else "", row.old_text, row.reason))
    words = codes.names("category", "party_kind")
    return tuple(_point(permit, row, words, amended[row.item_id]) for row in rows)


def _point(
    permit: Permit[A],
    row: MinutesPoint,
    words: dict[str, dict[str, codes.CodeView]],
    amendments: list[AmendmentView],
) -> PointView:
    party = row.item.owner
    category = words["category"].get(row.item.category)
    kind = words["party_kind"].get(party.kind) if party else None
    return PointView(
        id=row.item_id,
        part=row.part,
        text=row.text,
        category_name=category.name if category else "",
        party_short=party.short if party else "",
        tone=kind.attributes.get("tone", "other") if kind else "other",
        writer=row.item.created_by.name if row.item.created_by else "",
        version=row.version,
        mine=party is not None and party.id == permit.actor.party,
        about_other=row.item.about_other,
        amendments=tuple(amendments),
    )
