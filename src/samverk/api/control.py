"""Reading for control or a decision on a benefit: the same act as on the pages, the same refusal, the same trace."""

from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status

from samverk.access import control as access
from samverk.access.declare import ReadCase, ReadForControl
from samverk.access.needs import needs
from samverk.actions import control as acts
from samverk.api.problems import REFUSALS, Detail
from samverk.api.through import Once, actor, through

router = Router(tags=["control"])


class MatterIn(Schema):
    """Which of the party's own matters the reading concerns: at most 200 characters. The participant reads it."""

    matter: str


class MadeOut(Schema):
    """The reading that was made."""

    id: UUID


class ReadingOut(Schema):
    """One reading for control: when, by whom, in which matter, and how many things were shown."""

    id: UUID
    at: datetime
    by: str
    party_name: str
    matter: str
    count: int


class ReadingsOut(Schema):
    """The readings that the reader may know of, newest first, and whether she may make one."""

    readings: list[ReadingOut]
    may_read: bool


class ShownOut(Schema):
    """One thing that was shown. `conditional`: under a consent given as a condition of a benefit."""

    id: UUID
    kind: str
    category: str
    headline: str
    words: str
    on: date
    owner: str
    conditional: bool


class ReadOut(Schema):
    """One reading, with what of it the reader may see now."""

    reading: ReadingOut
    things: list[ShownOut]


@router.get("/cases/{uuid:case}/control", response={200: ReadingsOut} | REFUSALS, summary="Readings for control")
@needs(ReadCase)
def readings(request: HttpRequest, case: UUID) -> access.ControlView:
    """What has been read for control: all of it for the participant, for an official her own party's."""
    view = through(request, ReadCase, access.control_of, case=case)
    if view is None:
        raise Http404
    return view


@router.post("/cases/{uuid:case}/control", response={201: MadeOut, 409: Detail} | REFUSALS, summary="Read for control")
@needs(ReadForControl)
def read(request: HttpRequest, case: UUID, body: MatterIn, once: Once = "") -> Status[dict[str, UUID]]:
    """State the matter. What is thereby shown is fetched with the reading; what is shared as support is not in it."""
    made = through(
        request, ReadForControl, lambda permit: acts.open_reading(permit, matter=body.matter), case=case, once=once
    )
    if made is None:
        raise Http404
    return Status(201, {"id": made})


@router.get(
    "/cases/{uuid:case}/control/{uuid:reading}", response={200: ReadOut} | REFUSALS, summary="One reading for control"
)
@needs(ReadCase, ReadForControl)
def one_reading(request: HttpRequest, case: UUID, reading: UUID) -> access.ReadView:
    """Decided anew at each look. The participant sees what the party was shown."""
    view = (
        through(request, ReadCase, lambda permit: access.reading_of(permit, reading), case=case)
        if actor(request).person is not None
        else through(request, ReadForControl, lambda permit: access.reading_of(permit, reading), case=case)
    )
    if view is None:
        raise Http404
    return view
