"""PostgreSQL's own lock (docs/adr/013): without the door, or with a made-up name, there is nothing to see."""

import json
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.db.utils import Error
from django.utils import timezone

from samverk.access import identity
from samverk.access.actor import Actor
from samverk.access.declare import ReadCase, WithdrawConsent
from samverk.store.models import Assignment, Clearance, EmergencyAccess, Item, LegalGround, Measure, MeasureMove, Unit
from samverk.store.security import hung_on_items
from tests.build import a_measure, active_case, partys_referral
from tests.people import Cast, cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the second lock is PostgreSQL's"),
]


def ask(sql: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def become(role: str) -> None:
    ask("SELECT set_config('role', %s, true)", role)


def say(identity_: str) -> None:
    ask("SELECT set_config('samverk.identity', %s, true)", identity_)


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture(autouse=True)
def case(people: Cast) -> Iterator[UUID]:
    found = active_case(people)
    assert Item.objects.exists()
    yield found
    become("none")


def seen() -> int:
    return int(str(ask("SELECT count(*) FROM store_item")[0][0]))


def test_each_table_of_a_persons_matters_is_guarded() -> None:
    """Row security is on and forced for every body, every row of a body, and what else is hers (ADR 013)."""
    wanted = {model._meta.db_table for model, _ in hung_on_items()}
    wanted |= {"store_item", "store_consent", "store_attachment", "store_event", "store_emergencyaccess"}
    assert len(wanted) > 25
    guarded = ask("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    assert wanted - {name for (name,) in guarded} == set()


def test_what_hangs_on_a_hidden_thing_is_hidden_with_it(people: Cast, case: UUID) -> None:
    """Why a measure was broken off stands in a row of its own: whoever may not see the measure finds no such row.

    Here it has been proposed and begun: two.
    """
    a_measure(people, case, until="ongoing")
    found = []
    for who in (people.anna, people.cia):
        become("none")
        identity.enter(who, ReadCase, case=case, at=None)
        found.append((Measure.objects.count(), MeasureMove.objects.count()))
    assert found == [(1, 2), (0, 0)]


def test_nobody_said_is_nobody() -> None:
    """In the door's role, without an identity, there are no items."""
    become("samverk_app")
    assert seen() == 0


@pytest.mark.parametrize("table", ["store_item", "store_note", "store_consent", "store_event", "store_person"])
def test_before_the_door_a_case_cannot_be_asked_for(table: str) -> None:
    """The server's own role has no right at all to what is about people (ADR 013)."""
    become("samverk_web")
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        ask("SELECT 1 FROM " + table)  # noqa: S608 (our own words)


def test_the_key_cannot_be_read() -> None:
    """Who cannot read the key cannot sign."""
    become("samverk_app")
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        ask("SELECT key FROM samverk_key")


def test_the_log_cannot_be_changed() -> None:
    """The door's role adds to the log and reads it, nothing else (issue: append-only)."""
    become("samverk_app")
    for sql in ("UPDATE store_event SET allowed = true", "DELETE FROM store_event"):
        with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_forged_identity_sees_nothing(people: Cast) -> None:
    """A name that the door has not signed counts for nothing (security.md, finding 3)."""
    identity.enter(people.anna, ReadCase, case=None, at=None)
    assert seen() > 0
    signature, _, body = str(ask("SELECT current_setting('samverk.identity')")[0][0]).partition(".")
    for changed in (
        {"party": str(people.fk)},
        {"system": True},
        {"person": str(people.egon.person)},
        {"pid": json.loads(body)["pid"] + 1},
        {"purpose": "control"},
    ):
        say(f"{signature}.{json.dumps(json.loads(body) | changed)}")
        assert seen() == 0, changed
    say(f"{signature}.{body}")
    assert seen() > 0


def test_an_old_identity_and_another_connections_see_nothing(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rightly signed, it still holds for one connection and a short time (security.md, finding 3)."""
    monkeypatch.setattr(identity, "_LASTS", -identity._LASTS)
    identity.enter(people.anna, ReadCase, case=None, at=None)
    assert seen() == 0
    identity.leave()
    monkeypatch.undo()
    monkeypatch.setattr(type(connection.connection.info), "backend_pid", 1)
    identity.enter(people.anna, ReadCase, case=None, at=None)
    assert seen() == 0


def test_the_identity_ends_with_the_transaction(people: Cast) -> None:
    """The next one on the connection starts as nobody (security.md, finding 2)."""
    try:
        with transaction.atomic():
            identity.enter(people.anna, ReadCase, case=None, at=None)
            raise RuntimeError
    except RuntimeError:
        pass
    assert ask("SELECT coalesce(nullif(current_setting('samverk.identity', true), ''), '-')") == [("-",)]
    assert ask("SELECT current_user") == [("samverk",)]


def test_nobody_writes_in_anothers_name(people: Cast, case: UUID) -> None:
    """An item is written by whoever asks, for her own party or the participant."""
    row = Item.objects.first()
    assert row is not None
    identity.enter(people.bo, ReadCase, case=None, at=None)
    for wrong in ({"created_by_id": people.anna.account}, {"owner_id": people.municipality}):
        values = {"created_by_id": people.bo.account, "owner_id": people.bo.party} | wrong
        forged = Item(
            id=row.person_id,
            person_id=row.person_id,
            case_id=row.case_id,
            category=row.category,
            kind="note",
            headline="",
            happened_on=row.happened_on,
            created_at=row.created_at,
            **values,
        )
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            forged.save(force_insert=True)


def test_consents_are_changed_by_acts_about_consent_alone(people: Cast, case: UUID) -> None:
    """Whoever only reads cannot end what the person has said; who may, cannot end what somebody else has said."""
    end = "UPDATE store_consent SET ended_at = now()"
    for act, at_hand, changed in (
        (ReadCase, case, False),
        (WithdrawConsent, None, False),
        (WithdrawConsent, case, True),
    ):
        identity.enter(people.anna, act, case=at_hand, at=None)
        with connection.cursor() as cursor:
            cursor.execute(end)
            assert (cursor.rowcount > 0) == changed
        identity.leave()


def test_nobody_lets_herself_in(people: Cast, case: UUID) -> None:
    """What decides who may read is written by acts that say so; a look cannot make a ground, a part or a clearance."""
    row = Item.objects.first()
    assert row is not None
    who = {"party_id": people.cia.party}
    more = {"account_id": people.cia.account, "part": "official", "since": row.created_at}
    mine: list[Model] = [
        Clearance(id=uuid4(), person_id=row.person_id, **who),
        Assignment(id=uuid4(), case_id=case, **who, **more),
        LegalGround(id=uuid4(), item_id=row.id, receiver_id=people.cia.party, ground="x", starts_at=row.created_at),
        Unit(id=uuid4(), party_id=people.cia.party, name="Öppen", closed=False),
        EmergencyAccess(
            id=uuid4(),
            case_id=case,
            person_id=row.person_id,
            account_id=people.cia.account,
            **who,
            asked_for="x",
            reason="x",
            asked_at=row.created_at,
            approved_at=row.created_at,
            until=row.created_at,
        ),
    ]
    identity.enter(people.cia, ReadCase, case=case, at=None)
    for made in mine:
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            made.save(force_insert=True)


def test_an_update_that_reads_nothing_changes_nothing_hidden(people: Cast, case: UUID) -> None:
    """PostgreSQL asks no SELECT policy of such an UPDATE: the policy for changes has to say it itself."""
    before = Item.objects.count()
    identity.enter(people.dag, ReadCase, case=case, at=None)
    hidden = before - seen()
    assert hidden > 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_item SET headline = 'mine'")
        assert cursor.rowcount == before - hidden
    for sql in ("UPDATE store_item SET owner_id = NULL", "DELETE FROM store_item"):
        with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.mark.parametrize(
    "call", ["samverk_waiting(gen_random_uuid())", "samverk_has_written(gen_random_uuid(), gen_random_uuid())",
             "samverk_shape('plan', gen_random_uuid())", "samverk_readers(gen_random_uuid(), NULL, now())"],
)  # fmt: skip
def test_before_the_door_the_owner_answers_nothing(call: str) -> None:
    """The functions that tell a little of hidden things answer the door's role alone."""
    become("samverk_web")
    with pytest.raises(Error, match="permission denied for function"), transaction.atomic():
        ask("SELECT * FROM " + call)  # noqa: S608 (our own words)


def test_a_system_act_sees_all_and_an_operator_nothing(people: Cast) -> None:
    """Planned work passes; whoever sets up parties and accounts sees no case (domain.parties.Capacity)."""
    identity.enter(Actor(account=None, name="planned", system=True), ReadCase, case=None, at=None)
    assert seen() > 0
    identity.leave()
    identity.enter(Actor(account=people.anna.account, name="operator", operator=True), ReadCase, case=None, at=None)
    assert seen() == 0


def test_an_act_on_a_case_sees_nothing_of_other_people(people: Cast, case: UUID) -> None:
    """Whoever has a thousand cases, and opens one, is shown that person's things and nobody else's (ADR 013)."""
    other = partys_referral(people, by=people.anna)
    for at_hand, seen_in in ((None, {case, other}), (case, {case}), (other, {other})):
        identity.enter(people.anna, ReadCase, case=at_hand, at=None)
        found = {found_in for (found_in,) in ask("SELECT DISTINCT case_id FROM store_item")}
        assert found & {case, other} == seen_in, at_hand
        identity.leave()


def test_the_owner_tells_only_what_the_asker_herself_is_to_a_case(people: Cast, case: UUID) -> None:
    """The door's one question is answered with the owner's rights: for whoever the door has signed, and nobody else."""
    hers = (people.anna.account, people.anna.party, people.anna.unit, timezone.now(), "support")
    identity.enter(people.anna, ReadCase, case=case, at=None)
    question = "SELECT her_parts FROM samverk_standing(%s, %s, %s, %s, %s, %s)"
    assert ask(question, case, *hers) == [("contact*",)]
    for nth, another in enumerate((people.bo.account, people.bo.party, people.bo.party)):
        forged = [*hers]
        forged[nth] = another
        assert ask(question, case, *forged) == []
    assert ask(question, case, *hers[:4], "control") == []
    identity.leave()
    become("samverk_app")
    assert ask(question, case, None, None, None, timezone.now(), "support") == []


def test_the_doors_role_makes_nothing() -> None:
    """Not even for a moment: a type of its own would be found before PostgreSQL's by the owner's functions."""
    become("samverk_app")
    for made in ("TEMPORARY TABLE uuid (a int)", "DOMAIN pg_temp.uuid AS text", "TABLE mine (a int)"):
        with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE {made}")
