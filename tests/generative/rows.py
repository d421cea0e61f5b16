"""Worlds as rows, written past the actions: those would refuse most of them."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from samverk.domain.consent import Ground, Say
from samverk.domain.information import Thing
from samverk.domain.parties import Part
from samverk.store import models
from tests.generative.worlds import ACCOUNTS, AT, CASES, PARTIES, UNITS, Assigned, Opened, StandsIn, World


def put(worlds: Sequence[World]) -> None:
    """Write everything that the worlds hold."""
    rows: dict[type[object], list[object]] = {
        models.Party: [
            models.Party(id=w.id(name), name=str(w.id(name)), short="p", kind="af") for w in worlds for name in PARTIES
        ],
        models.Unit: [
            models.Unit(id=w.id(unit), party_id=w.id(party), name=unit, closed=w.id(unit) in w.closed)
            for w in worlds
            for unit, party in UNITS.items()
        ],
        models.Person: [
            models.Person(id=w.id(name), name="p", protection=w.protection.value if name == "person" else "none")
            for w in worlds
            for name in ("person", "stranger")
        ],
        models.Account: [
            models.Account(
                id=w.id(name),
                email=f"{w.id(name)}@example.org",
                name="a",
                party_id=w.id(party),
                unit_id=w.unit if name == "official" else None,
            )
            for w in worlds
            for name, party in ACCOUNTS.items()
        ],
        models.Programme: [
            models.Programme(id=w.id(name), name="p") for w in worlds for name in ("programme", "other programme")
        ],
        models.Case: [
            models.Case(id=w.id(case), person_id=w.id(person), programme_id=w.id(programme), opened_at=AT)
            for w in worlds
            for case, (person, programme) in CASES.items()
        ],
        models.Assignment: [_assignment(w, n, a) for w in worlds for n, a in enumerate(w.assigned)],
        models.ProgrammeRole: [
            models.ProgrammeRole(id=_nth(w, "role", n), account_id=a, programme_id=p, role=role.value)
            for w in worlds
            for n, (a, p, role) in enumerate(w.roles)
        ],
        models.Substitution: [_substitution(w, n, s) for w in worlds for n, s in enumerate(w.stands_in)],
        models.EmergencyAccess: [_emergency(w, n, o) for w in worlds for n, o in enumerate(w.opened)],
        models.Clearance: [
            models.Clearance(id=_nth(w, "clearance", n), person_id=person, party_id=party)
            for w in worlds
            for n, (person, party) in enumerate(sorted(w.cleared))
        ],
        models.Item: [_item(w, thing) for w in worlds for thing in w.items],
        models.ConsentDocument: [
            models.ConsentDocument(
                id=w.id("case"),
                person_id=w.id("person"),
                case_id=w.id("case"),
                given_at=AT,
                how="paper",
                condition_of_benefit=False,
            )
            for w in worlds
        ],
        models.Consent: [_consent(w, n, say) for w in worlds for n, say in enumerate(w.says)],
        models.LegalGround: [_legal_ground(w, n, ground) for w in worlds for n, ground in enumerate(w.grounds)],
    }
    for model, made in rows.items():
        model.objects.bulk_create(made, batch_size=500)  # type: ignore[attr-defined]
    if connection.vendor == "postgresql":
        # Without it, a spoiled statement that finds too much can run for many minutes.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE " + ", ".join(model._meta.db_table for model in rows))  # type: ignore[attr-defined]


_SORTS = ("assignment", "role", "substitution", "emergency", "clearance", "consent", "ground")


def _nth(w: World, sort: str, n: int) -> UUID:
    """An id of its own for the n-th row of a sort in a world."""
    return UUID(int=(w.n << 64) + (2 << 32) + (_SORTS.index(sort) << 8) + n)


def _assignment(w: World, n: int, assigned: Assigned) -> models.Assignment:
    return models.Assignment(
        id=_nth(w, "assignment", n),
        account_id=assigned.account,
        case_id=assigned.case,
        party_id=assigned.party,
        part=Part.OFFICIAL.value,
        since=assigned.since,
        until=assigned.until,
    )


def _substitution(w: World, n: int, stands_in: StandsIn) -> models.Substitution:
    return models.Substitution(
        id=_nth(w, "substitution", n),
        party_id=stands_in.party,
        absent_id=stands_in.absent,
        substitute_id=stands_in.substitute,
        since=stands_in.since,
        until=stands_in.until,
        ended_at=stands_in.ended_at,
    )


def _emergency(w: World, n: int, opened: Opened) -> models.EmergencyAccess:
    return models.EmergencyAccess(
        id=_nth(w, "emergency", n),
        party_id=opened.party,
        account_id=opened.account,
        asked_for="p",
        reason="r",
        asked_at=AT,
        case_id=opened.case,
        approved_at=opened.approved_at,
        declined_at=opened.declined_at,
        until=opened.until,
        ended_at=opened.ended_at,
    )


def _item(w: World, thing: Thing) -> models.Item:
    return models.Item(
        id=thing.id,
        person_id=thing.person,
        case_id=w.case_of(thing.id),
        owner_id=thing.owner,
        unit_id=thing.unit,
        category=thing.category,
        kind=w.kind_of(thing.id),
        headline="",
        happened_on=AT.date(),
        created_at=AT,
        about_other=thing.about_other,
    )


def _consent(w: World, n: int, say: Say) -> models.Consent:
    return models.Consent(
        id=_nth(w, "consent", n),
        document_id=w.id("case"),
        person_id=say.person,
        giver_id=say.giver,
        receiver_id=say.receiver,
        category=say.category,
        purpose=say.purpose.value,
        refused=say.refused,
        starts_at=say.starts_at,
        stops_at=say.stops_at,
        ended_at=say.ended_at,
    )


def _legal_ground(w: World, n: int, ground: Ground) -> models.LegalGround:
    return models.LegalGround(
        id=_nth(w, "ground", n),
        item_id=ground.item,
        receiver_id=ground.receiver,
        ground="a law",
        starts_at=ground.starts_at,
        ended_at=ground.ended_at,
    )
