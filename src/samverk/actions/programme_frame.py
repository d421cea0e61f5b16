"""The frame of a programme that is set up already: its kind, principal, shares and days, and a party that leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q

from samverk.access import log
from samverk.access.declare_house import RunProgramme
from samverk.access.permit import Permit
from samverk.actions import programme_end, setup
from samverk.domain.parties import Part, Role
from samverk.domain.shares import demand_shares
from samverk.domain.words import Rejection, gettext_noop
from samverk.store.models import Assignment, Case, Programme, ProgrammeParty, ProgrammeRole

KINDS = ("individual", "structural")
TYPES = ("A", "B", "C", "D")
_NOT_IN_IT = gettext_noop("Parten är inte med i programmet. Låt den gå med först.")
_LONGEST = {"place": 200, "county": 100}


@dataclass(frozen=True, slots=True)
class Frame:
    """What shall be otherwise; None, or a party that is not named, stays as it is. Shares in per cent."""

    kind: str | None = None
    integration_type: str | None = None
    place: str | None = None
    county: str | None = None
    principal: UUID | None = None
    starts_on: date | None = None
    stops_on: date | None = None
    """The day on which it ends: from then on nobody is referred to it."""
    shares: Mapping[UUID, Decimal] = field(default_factory=dict)


def change(permit: Permit[RunProgramme], *, frame: Frame) -> None:
    """Change what was said when the programme was set up, or could not be read when it was imported.

    A programme that is opened for individuals gets the standard phases where it has none. It ends by its own rule
    (programme_end), and may go on longer by none. Rejection names the first thing that cannot be.
    """
    row = Programme.objects.get(id=permit.programme)
    said = {
        "kind": frame.kind,
        "integration_type": frame.integration_type,
        "place": frame.place,
        "county": frame.county,
        "principal_id": frame.principal,
        "starts_on": frame.starts_on,
    }
    changes = {
        name: value.strip() if isinstance(value, str) else value for name, value in said.items() if value is not None
    }
    if not changes and frame.stops_on is None and not frame.shares:
        raise Rejection(gettext_noop("Skriv vad som ska ändras."))
    _check(permit, row, frame)
    for party, share in frame.shares.items():
        ProgrammeParty.objects.filter(programme=row, party=party).update(share=share)
    if frame.stops_on is not None and row.stops_on is not None and row.stops_on < frame.stops_on:
        changes["stops_on"] = frame.stops_on
    Programme.objects.filter(id=row.id).update(**changes, version=F("version") + 1)
    if frame.kind == "individual":
        setup.give_phases(permit)
    if frame.stops_on is not None and "stops_on" not in changes:
        programme_end.end(permit, stops_on=frame.stops_on)
    what = sorted({*changes, *(["share"] if frame.shares else []), *(["stops_on"] if frame.stops_on else [])})
    log.wrote(permit, "programme.changed", programme_id=row.id, fields=" ".join(what))


def leave(permit: Permit[RunProgramme], *, party: UUID) -> int:
    """Let a party leave, with the roles that its people hold in the programme. Returns how many roles that were.

    Rejection while it is the principal, while somebody of it has a part in a case under way or is anyone's contact
    person, and while the programme's last coordinator is one of them.
    """
    row = ProgrammeParty.objects.filter(programme=permit.programme, party=party).first()
    if row is None:
        raise Rejection(gettext_noop("Parten är inte med i programmet."), "party")
    if Programme.objects.filter(id=permit.programme, principal=party).exists():
        raise Rejection(gettext_noop("Parten är programmets huvudman. Välj en annan huvudman först."), "party")
    count = (
        Assignment.objects.filter(
            Q(until__isnull=True) | Q(until__gt=permit.at),
            Q(case__status__in=programme_end.OPEN) | Q(case__status="closed", part=Part.CONTACT),
            case__programme=permit.programme,
            party=party,
        )
        .values("case")
        .distinct()
        .count()
    )
    if count:
        raise Rejection(
            gettext_noop("Parten kan inte lämna än. Antal ärenden som först måste lämnas över: %(count)d."),
            "party",
            count=count,
        )
    held = list(ProgrammeRole.objects.filter(programme=permit.programme, account__party=party).order_by("id"))
    for role in held:
        setup.end_role(permit, account=role.account_id, role=Role(role.role))
    ProgrammeParty.objects.filter(id=row.id).delete()
    log.wrote(permit, "party.left", party=party)
    return len(held)


def _check(permit: Permit[RunProgramme], row: Programme, frame: Frame) -> None:
    if frame.kind is not None and frame.kind not in KINDS:
        raise Rejection(gettext_noop("Välj om programmet är för individer eller strukturellt."), "kind")
    if frame.kind == "structural" and Case.objects.filter(programme=row, status__in=programme_end.OPEN).exists():
        raise Rejection(gettext_noop("Någon är med i programmet. Det kan inte bli strukturellt."), "kind")
    if frame.integration_type and frame.integration_type not in TYPES:
        raise Rejection(gettext_noop("Välj typ A, B, C eller D."), "integration_type")
    for name, most in _LONGEST.items():
        if len(getattr(frame, name) or "") > most:
            raise Rejection(gettext_noop("Korta texten till högst %(most)d tecken."), name, most=most)
    starts, stops = frame.starts_on or row.starts_on, frame.stops_on or row.stops_on
    if starts and stops and stops <= starts:
        raise Rejection(gettext_noop("Programmet kan inte sluta innan det börjar."), "stops_on")
    shares = dict(ProgrammeParty.objects.filter(programme=row).values_list("party", "share"))
    if not {*frame.shares, *([frame.principal] if frame.principal else [])} <= shares.keys():
        raise Rejection(_NOT_IN_IT, "share" if frame.shares.keys() - shares.keys() else "principal")
    if frame.shares:
        demand_shares({**shares, **frame.shares}.values())
