"""The door: a permit lives for one transaction, refusals are kept, rejected input leaves no trace (design.md)."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.utils import timezone

from samverk.access.declare import AssignOfficial, ReadCase, RecordConsent, WithdrawConsent, WriteNote
from samverk.access.declare_house import SeeProgrammes
from samverk.access.door import door
from samverk.access.permit import DeadPermit
from samverk.actions import cases, consents
from samverk.domain.words import Rejection
from samverk.store.models import ConsentDocument, Event
from tests.build import active_case, done, is_refused
from tests.people import cast

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def people(db):
    return cast()


@pytest.fixture
def case(people):
    return active_case(people)


def test_a_permit_is_dead_when_its_transaction_has_ended(people, case):
    """A permit lives for one transaction, the door's."""
    with door(people.anna, ReadCase, case=case) as permit:
        assert permit is not None
        assert permit.case.id == case
    for use in (permit.check, permit.new_id, lambda: permit.case, lambda: permit.programme):
        with pytest.raises(DeadPermit):
            use()


def test_a_permit_is_dead_also_when_the_block_was_left_by_an_error(people, case):
    """However the transaction ended."""
    kept = []

    def fail():
        with door(people.anna, ReadCase, case=case) as permit:
            kept.append(permit)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with pytest.raises(DeadPermit):
        kept[0].check()


def test_an_action_refuses_a_dead_permit(people, case):
    """What the check is for: nothing is written outside the door."""
    with door(people.egon, RecordConsent, case=case) as permit:
        assert permit is not None
    before = ConsentDocument.objects.count()
    with pytest.raises(DeadPermit):
        consents.record(
            permit,
            says=[consents.NewSay(None, people.fk, "work")],
            last_day=timezone.localdate(),
            how="screen",
            condition_of_benefit=False,
        )
    assert ConsentDocument.objects.count() == before


@pytest.mark.parametrize("who", ["eva", "stig", "frida"])
def test_a_refused_look_is_logged_and_kept(people, case, who):
    """Nothing is raised through the door on a refusal, so that the refusal's own event is kept."""
    actor = getattr(people, who)
    with door(actor, ReadCase, case=case) as permit:
        assert permit is None
    event = Event.objects.get(actor=actor.account, act="ReadCase", allowed=False)
    assert (event.case, event.person, event.party, event.what) == (case, people.egon.person, actor.party, "")


def test_an_admitted_look_is_logged_with_the_capacity(people, case):
    """Every look, allowed or refused."""
    with door(people.bo, ReadCase, case=case) as permit:
        assert permit is not None
    event = Event.objects.filter(actor=people.bo.account, act="ReadCase").latest("at")
    assert event.allowed
    assert event.capacity == "official,team"
    assert event.person == people.egon.person


def test_forbidden_and_absent_look_the_same(people, case):
    """None for both, and one event for both."""
    for asked in (case, uuid4()):
        with door(people.frida, ReadCase, case=asked) as permit:
            assert permit is None
    assert Event.objects.filter(actor=people.frida.account, allowed=False).count() == 2


def test_a_rejection_inside_the_door_leaves_no_trace(people, case):
    """Rejected input: neither a row nor an event."""
    rows, events = ConsentDocument.objects.count(), Event.objects.count()
    yesterday = timezone.localdate() - timedelta(days=1)
    say = consents.NewSay(None, people.fk, "work")
    with pytest.raises(Rejection):
        done(
            people.egon,
            RecordConsent,
            lambda p: consents.record(p, says=[say], last_day=yesterday, how="screen", condition_of_benefit=False),
            case=case,
        )
    assert (ConsentDocument.objects.count(), Event.objects.count()) == (rows, events)


def test_a_failure_of_the_database_inside_the_door_leaves_no_trace(people, case):
    """The transaction is the door's, whatever breaks it."""
    events = Event.objects.count()

    def break_off(permit):
        raise DatabaseError

    with pytest.raises(DatabaseError):
        done(people.anna, ReadCase, break_off, case=case)
    assert Event.objects.count() == events


def test_who_is_assigned_no_longer_is_refused(people, case):
    """Need to know ends when the assignment ends."""
    assert not is_refused(people.cia, ReadCase, case=case)
    done(people.anna, AssignOfficial, lambda p: cases.let_go(p, account=people.cia.account), case=case)
    assert is_refused(people.cia, ReadCase, case=case)
    assert is_refused(people.cia, WriteNote, case=case)
    assert is_refused(people.cia, WithdrawConsent, case=case)


def test_an_act_without_a_case_has_none(people):
    """Only acts on a case have one: to ask is a programming error."""
    with door(people.anna, SeeProgrammes) as permit:
        assert permit is not None
        with pytest.raises(TypeError, match="not done to a case"):
            _ = permit.case


@pytest.mark.slow
def test_a_permit_for_one_act_is_none_for_another(tmp_path):
    """Permit is invariant: neither a wider nor a narrower act's permit will do, and the check cannot be left out."""
    (tmp_path / "bad.py").write_text(
        "from samverk.access.actor import Actor\n"
        "from samverk.access.declare import ReadCase, RecordConsent\n"
        "from samverk.access.declare_house import Act\n"
        "from samverk.access.door import door\n"
        "from samverk.access.permit import Permit\n\n\n"
        "def exact(permit: Permit[RecordConsent]) -> None: ...\n\n\n"
        "def wide(permit: Permit[Act]) -> None: ...\n\n\n"
        "def use(actor: Actor, read: Permit[ReadCase], any_: Permit[Act]) -> None:\n"
        "    exact(read)\n"
        "    exact(any_)\n"
        "    wide(read)\n"
        "    with door(actor, RecordConsent) as found:\n"
        "        exact(found)\n"
        "        if found is not None:\n"
        "            exact(found)\n"
    )
    answer = subprocess.run(
        [
            sys.executable, "-m", "mypy", "--follow-imports=silent",
            "--cache-dir", str(tmp_path / "cache"), str(tmp_path / "bad.py"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    wrong = {int(line.split(":")[1]) for line in answer.stdout.splitlines() if "bad.py:" in line and "error:" in line}
    assert wrong == {15, 16, 17, 19}, answer.stdout
