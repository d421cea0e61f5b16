"""The portfolio of programmes: open information, and never about who is in them."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema

from samverk.access import programmes
from samverk.access.declare_house import SeeProgrammes
from samverk.access.needs import needs
from samverk.api.problems import REFUSALS
from samverk.api.through import through

router = Router(tags=["programmes"])


class ProgrammeOut(Schema):
    """A programme in the list."""

    id: UUID
    name: str
    place: str
    county: str


class ProgrammesOut(Schema):
    """One page of programmes; `found` is how many there are in all. `next` is null on the last page."""

    programmes: list[ProgrammeOut]
    found: int
    next: int | None


@router.get("/programmes", response={200: ProgrammesOut} | REFUSALS, summary="Programmes")
@needs(SeeProgrammes)
def portfolio(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=200)] = "",
    county: Annotated[str, Query(max_length=200)] = "",
    start: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> dict[str, object]:
    """Those whose name or place holds `search`, in Swedish order."""
    page = through(
        request,
        SeeProgrammes,
        lambda permit: programmes.portfolio(permit, search=search, county=county, start=start),
    )
    after = start + programmes.PAGE
    return {"programmes": page.rows, "found": page.found, "next": after if after < page.found else None}
