"""Setting up the house: parties, units, accounts, programmes, roles. No case is seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from samverk.access import log
from samverk.access.declare_house import RunProgramme, SetUp
from samverk.access.permit import A, Permit
from samverk.actions import codes, programme_end, units
from samverk.domain.identity import birth_year as year_of
from samverk.domain.identity import personal_number
from samverk.domain.parties import Role
from samverk.domain.process import Step
from samverk.domain.shares import demand_shares
from samverk.domain.words import Rejection, gettext_noop, required
from samverk.store.models import (
    Account,
    Case,
    Clearance,
    Criterion,
    Party,
    Person,
    Programme,
    ProgrammeParty,
    ProgrammePhase,
    ProgrammeRole,
)

STANDARD_FOLLOW_UP = (6, 12, 18, 24)
STANDARD_PHASES = (
    (Step.REFERRAL, "Remiss", "Referral"),
    (Step.INTAKE, "Sluss", "Intake"),
    (Step.MAPPING, "Kartläggning", "Mapping"),
    (Step.PLAN, "Plan", "Plan"),
    (Step.MEASURES, "Insatser", "Measures"),
    (Step.TRANSITION, "Övergång", "Transition"),
    (Step.FOLLOW_UP, "Uppföljning", "Follow-up"),
)


@dataclass(frozen=True, slots=True)
class NewPhase:
    """A phase by the programme's own name."""

    step: Step
    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class NewPartyIn:
    """A party that joins a programme."""

    party: UUID
    puts_in: str = ""
    share: Decimal | None = None
    in_team: bool = True


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """A programme as it is set up."""

    name: str
    place: str = ""
    county: str = ""
    kind: str = "individual"
    integration_type: str = ""
    mandate: str = ""
    target_group: str = ""
    goals: str = ""
    principal: UUID | None = None
    starts_on: date | None = None
    stops_on: date | None = None
    places: int | None = None
    meeting_rhythm: str = ""
    parties: Sequence[NewPartyIn] = ()
    criteria: Sequence[str] = ()
    phases: Sequence[NewPhase] = field(
        default_factory=lambda: tuple(NewPhase(step, sv, en) for step, sv, en in STANDARD_PHASES)
    )


def add_party(permit: Permit[SetUp], *, name: str, short: str, kind: str) -> UUID:
    """Add an agency, employer or association. Rejection when the name is taken or the kind unknown."""
    codes.require(permit, list="party_kind", code=kind, field="kind")
    name = required(name, "name", gettext_noop("Skriv partens namn."))
    if Party.objects.filter(name=name).exists():
        raise Rejection(gettext_noop("Det finns redan en part med det namnet."), "name")
    party = Party.objects.create(id=permit.new_id(), name=name, short=short or name[:40], kind=kind)
    log.wrote(permit, "party.added", party=party.id)
    return party.id


def add_account(
    permit: Permit[SetUp],
    *,
    email: str,
    name: str,
    title: str = "",
    party: UUID | None = None,
    unit: UUID | None = None,
    person: UUID | None = None,
    operator: bool = False,
    password: str | None = None,
) -> UUID:
    """Add who may log in: an official of `party`, or the participant `person`. Without password: cannot log in by one."""
    email = required(email, "email", gettext_noop("Skriv en e-postadress.")).lower()
    if person is not None and Account.objects.filter(person=person).exists():
        raise Rejection(gettext_noop("Personen har redan en inloggning."), "person")
    if Account.objects.filter(email=email).exists():
        raise Rejection(gettext_noop("Det finns redan ett konto med den e-postadressen."), "email")
    if unit is not None:
        units.demand_of(permit, unit=unit, party=party)
    account = Account(
        id=permit.new_id(),
        email=email,
        name=required(name, "name", gettext_noop("Skriv ett namn.")),
        title=title,
        party_id=party,
        unit_id=unit,
        person_id=person,
        operator=operator,
    )
    account.set_password(password)
    account.save(force_insert=True)
    log.wrote(permit, "account.added", account=account.id)
    return account.id


def clear_party(permit: Permit[SetUp], *, person: UUID, party: UUID) -> None:
    """Let a party meet a person whose identity is protected."""
    Clearance.objects.get_or_create(person_id=person, party_id=party, defaults={"id": permit.new_id()})
    log.wrote(permit, "clearance.given", person=person, party=party)


def create_programme(permit: Permit[SetUp], *, programme: NewProgramme) -> UUID:
    """Set up a programme with its parties, criteria and phases."""
    p = programme
    name = required(p.name, "name", gettext_noop("Skriv programmets namn."))
    if p.starts_on and p.stops_on and p.stops_on <= p.starts_on:
        raise Rejection(gettext_noop("Programmet kan inte sluta innan det börjar."), "stops_on")
    demand_shares(x.share for x in p.parties)
    row = Programme.objects.create(
        id=permit.new_id(),
        name=name,
        place=p.place,
        county=p.county,
        kind=p.kind,
        integration_type=p.integration_type,
        mandate=p.mandate,
        target_group=p.target_group,
        goals=p.goals,
        principal_id=p.principal,
        starts_on=p.starts_on,
        stops_on=p.stops_on,
        places=p.places,
        meeting_rhythm=p.meeting_rhythm,
        follow_up_months=list(STANDARD_FOLLOW_UP),
    )
    ProgrammeParty.objects.bulk_create(
        ProgrammeParty(
            id=permit.new_id(),
            programme=row,
            party_id=x.party,
            puts_in=x.puts_in,
            share=x.share,
            in_team=x.in_team,
        )
        for x in p.parties
    )
    _write_phases(permit, row.id, p.phases)
    Criterion.objects.bulk_create(
        Criterion(id=permit.new_id(), programme=row, text=text, position=n) for n, text in enumerate(p.criteria)
    )
    log.wrote(permit, "programme.created", programme_id=row.id)
    return row.id


def join(permit: Permit[RunProgramme], *, party: NewPartyIn) -> None:
    """Let a party join a programme that runs already: a new employer, a new agency."""
    if ProgrammeParty.objects.filter(programme=permit.programme, party=party.party).exists():
        raise Rejection(gettext_noop("Parten är redan med i programmet."), "party")
    shares = ProgrammeParty.objects.filter(programme=permit.programme).values_list("share", flat=True)
    demand_shares([*shares, party.share])
    ProgrammeParty.objects.create(
        id=permit.new_id(),
        programme_id=permit.programme,
        party_id=party.party,
        puts_in=party.puts_in,
        share=party.share,
        in_team=party.in_team,
    )
    log.wrote(permit, "party.joined", party=party.party)


def give_role(permit: Permit[RunProgramme], *, account: UUID, role: Role, mandates: Sequence[str] = ()) -> None:
    """Record a role in the programme, and what its holder may decide at the table (codes of decision_kind)."""
    for mandate in mandates:
        codes.require(permit, list="decision_kind", code=mandate, field="mandates")
    ProgrammeRole.objects.update_or_create(
        programme_id=permit.programme,
        account_id=account,
        role=role.value,
        defaults={"mandates": list(mandates)},
        create_defaults={"id": permit.new_id(), "mandates": list(mandates)},
    )
    log.wrote(permit, "role.given", account=account, role=role.value)


def end_role(permit: Permit[RunProgramme], *, account: UUID, role: Role) -> None:
    """Take a role away; what it showed is gone from the next request.

    Rejection when it is not held, or when it is the last coordinator's in a programme that has cases under way.
    """
    held = ProgrammeRole.objects.filter(programme=permit.programme, account=account, role=role.value)
    if not held.exists():
        raise Rejection(gettext_noop("Personen har inte den rollen i programmet."), "role")
    others = ProgrammeRole.objects.filter(
        programme=permit.programme, role=Role.COORDINATOR.value, account__is_active=True
    ).exclude(account=account)
    open_cases = Case.objects.filter(programme=permit.programme, status__in=programme_end.OPEN)
    if role is Role.COORDINATOR and open_cases.exists() and not others.exists():
        raise Rejection(
            gettext_noop("Programmet har pågående ärenden och ingen annan samordnare. Ge någon annan rollen först."),
            "role",
        )
    held.delete()
    log.wrote(permit, "role.ended", account=account, role=role.value)


def give_phases(permit: Permit[RunProgramme]) -> None:
    """Give the programme the standard phases, where it has none: an imported one."""
    if not ProgrammePhase.objects.filter(programme=permit.programme).exists():
        _write_phases(permit, permit.programme, [NewPhase(step, sv, en) for step, sv, en in STANDARD_PHASES])


def add_person(
    permit: Permit[SetUp],
    *,
    name: str,
    birth_year: int | None = None,
    number: str = "",
    sex: str = "",
    phone: str = "",
) -> UUID:
    """Add a person who has an account but no case yet, so that she can refer herself."""
    number = personal_number(number, permit.today)
    person = Person.objects.create(
        id=permit.new_id(),
        name=required(name, "name", gettext_noop("Skriv ett namn.")),
        personal_number=number,
        birth_year=year_of(number) or birth_year,
        sex=sex,
        phone=phone,
    )
    log.wrote(permit, "person.added", person=person.id)
    return person.id


def _write_phases(permit: Permit[A], programme: UUID, phases: Sequence[NewPhase]) -> None:
    ProgrammePhase.objects.bulk_create(
        ProgrammePhase(id=permit.new_id(), programme_id=programme, step=x.step.value, sv=x.sv, en=x.en, position=n)
        for n, x in enumerate(phases)
    )
