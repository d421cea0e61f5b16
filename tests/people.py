"""The people in the tests: fixed, named, the same everywhere (design.md)."""

from dataclasses import dataclass
from uuid import UUID

from samverk.access.actor import Actor, actor_of, system_actor
from samverk.access.declare_house import RunProgramme, SetUp
from samverk.access.door import door
from samverk.actions import codes, setup
from samverk.cli.code_file import standard_codes
from samverk.domain.parties import Role
from samverk.store.models import Programme


@dataclass(frozen=True)
class Cast:
    """Anna holds the case. Bo's party has consent, Cia's has none, Dag's was withdrawn yesterday. Eva counts.

    Egon is the participant, Stig sits in the steering group, Frida works where Egon trains.
    """

    programme: UUID
    municipality: UUID
    af: UUID
    fk: UUID
    region: UUID
    employer: UUID
    anna: Actor
    bo: Actor
    cia: Actor
    dag: Actor
    eva: Actor
    stig: Actor
    frida: Actor
    egon: Actor


_kept: list[Cast] = []


def cast() -> Cast:
    """Everyone, in a house with its parties and one programme.

    Set up once for the whole run (conftest.py); anew only where a test has emptied the tables.
    """
    if not _kept or not Programme.objects.filter(id=_kept[0].programme).exists():
        _kept[:] = [_set_up()]
    return _kept[0]


def _set_up() -> Cast:
    """Through the real actions."""
    with door(system_actor("test"), SetUp) as permit:
        assert permit is not None
        codes.load(permit, codes=standard_codes())
        party = {
            kind: setup.add_party(permit, name=name, short=short, kind=kind)
            for kind, name, short in (
                ("municipality", "Nacka kommun", "Kommunen"),
                ("af", "Arbetsförmedlingen", "AF"),
                ("fk", "Försäkringskassan", "FK"),
                ("region", "Region Stockholm", "Regionen"),
                ("employer", "Metallåtervinningen", "Återvinningen"),
            )
        }
        programme = setup.create_programme(
            permit,
            programme=setup.NewProgramme(
                name="Samverkan Nacka",
                place="Nacka",
                places=50,
                parties=[
                    setup.NewPartyIn(party["municipality"]),
                    setup.NewPartyIn(party["af"]),
                    setup.NewPartyIn(party["fk"], in_team=False),
                    setup.NewPartyIn(party["region"], in_team=False),
                    setup.NewPartyIn(party["employer"], in_team=False),
                ],
            ),
        )
        who = {
            name: setup.add_account(permit, email=f"{name.lower()}@example.org", name=name, title=title, party=of)
            for name, title, of in (
                ("Anna", "samordnare", party["municipality"]),
                ("Bo", "arbetsförmedlare", party["af"]),
                ("Cia", "handläggare", party["fk"]),
                ("Dag", "kurator", party["region"]),
                ("Eva", "utvärderare", None),
                ("Stig", "enhetschef", party["fk"]),
                ("Frida", "arbetsledare", party["employer"]),
            )
        }
        egon = setup.add_person(permit, name="Egon Jönsson", birth_year=1952)
        who["Egon"] = setup.add_account(permit, email="egon@example.org", name="Egon Jönsson", person=egon)
    with door(system_actor("test"), RunProgramme, programme=programme) as run:
        assert run is not None
        setup.give_role(
            run, account=who["Anna"], role=Role.COORDINATOR, mandates=["social_assistance", "work_training"]
        )
        setup.give_role(run, account=who["Bo"], role=Role.TEAM, mandates=["training_place"])
        setup.give_role(run, account=who["Eva"], role=Role.EVALUATOR)
        setup.give_role(run, account=who["Stig"], role=Role.STEERING)
    actors = {name: actor_of(id) for name, id in who.items()}
    assert all(actors.values())
    return Cast(
        programme=programme,
        municipality=party["municipality"],
        af=party["af"],
        fk=party["fk"],
        region=party["region"],
        employer=party["employer"],
        **{name.lower(): actor for name, actor in actors.items()},  # type: ignore[arg-type]
    )
