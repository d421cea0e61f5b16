"""Cases: one's own list, and one case as far as the reader may see it."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema

from samverk.access import case_people, cases, commitments, consents, meetings, timeline
from samverk.access.declare import ReadCase
from samverk.access.declare_house import SeeMyDay
from samverk.access.needs import needs
from samverk.access.permit import Permit
from samverk.api.problems import REFUSALS
from samverk.api.through import through

router = Router(tags=["cases"])
Start = Annotated[int, Query(ge=0, le=1_000_000)]


class CaseOut(Schema):
    """A case in a list."""

    id: UUID
    name: str
    programme_name: str
    status: str
    phase: str
    since: date | None
    contact: str
    mine: bool


class CasesOut(Schema):
    """One page of cases. `next` is where the following page starts; null on the last."""

    cases: list[CaseOut]
    next: int | None


class PhaseOut(Schema):
    """One phase of the programme, as this case has gone through it."""

    name: str
    step: str
    state: str
    since: date | None
    until: date | None


class HeadOut(Schema):
    """The head of a case."""

    id: UUID
    name: str
    birth_year: int | None
    protected: bool
    programme: UUID
    programme_name: str
    status: str
    opened_on: date
    started_on: date | None
    closed_on: date | None
    phases: list[PhaseOut]


class AssignedOut(Schema):
    """Someone who is in the case, as far as the reader may know."""

    name: str
    title: str
    party: UUID
    party_name: str
    part: str
    since: date


class EventOut(Schema):
    """One thing that happened. The owner is empty where it is the participant's own."""

    id: UUID
    kind: str
    category: str
    headline: str
    happened_on: date
    owner: str
    by: str


class CommitmentOut(Schema):
    """Who has promised what by when, and what became of it."""

    id: UUID
    what: str
    by_participant: bool
    owner_name: str
    party_name: str
    due: date
    first_due: date
    status: str
    late: bool
    settled_on: date | None
    category: str
    version: int


class InvitationOut(Schema):
    """Who is called to a meeting, and what she answered."""

    name: str
    party_short: str
    status: str
    text: str


class MeetingOut(Schema):
    """A meeting, with those who are called."""

    id: UUID
    purpose: str
    starts_at: datetime
    how: str
    place: str
    status: str
    held_on: date | None
    version: int
    invitations: list[InvitationOut]


class ConsentOut(Schema):
    """One scope that the participant has said yes or no to. No giver: her own words and plan.

    `condition_of_benefit`: given where taking part is a condition of a benefit, and therefore less free.
    """

    id: UUID
    giver: UUID | None
    giver_name: str
    receiver: UUID
    receiver_name: str
    category: str
    purpose: str
    refused: bool
    last_day: date
    condition_of_benefit: bool


class WholeOut(Schema):
    """One case: all of it that the reader may see. `older` fetches the timeline's next page; empty on the last."""

    case: HeadOut
    people: list[AssignedOut]
    timeline: list[EventOut]
    older: str
    commitments: list[CommitmentOut]
    meetings: list[MeetingOut]
    consents: list[ConsentOut]


@router.get("/cases", response={200: CasesOut} | REFUSALS, summary="My cases")
@needs(SeeMyDay)
def my_cases(request: HttpRequest, start: Start = 0, closed: bool = False) -> dict[str, object]:
    """The cases that one works in, that one's role covers, or that are one's own: under way, or `closed`."""
    rows = through(
        request,
        SeeMyDay,
        lambda permit: cases.my_cases(permit, closed=closed, start=start, most=cases.PAGE + 1),
    )
    return {"cases": rows[: cases.PAGE], "next": start + cases.PAGE if len(rows) > cases.PAGE else None}


@router.get("/cases/{uuid:case}", response={200: WholeOut} | REFUSALS, summary="One case")
@needs(ReadCase)
def one_case(request: HttpRequest, case: UUID, before: Annotated[str, Query(max_length=200)] = "") -> dict[str, object]:
    """Its head, and what the reader may see of its timeline, commitments, meetings and consents in force."""
    return through(request, ReadCase, lambda permit: _whole(permit, before), case=case)


def _whole(permit: Permit[ReadCase], before: str) -> dict[str, object]:
    page = timeline.timeline(permit, before=before)
    return {
        "case": cases.open_case(permit),
        "people": case_people.people_in(permit),
        "timeline": page.rows,
        "older": page.older,
        "commitments": commitments.commitments_of(permit, permit.today, history=False),
        "meetings": meetings.meetings_of(permit, permit.today),
        "consents": consents.consents_of(permit).in_force,
    }
