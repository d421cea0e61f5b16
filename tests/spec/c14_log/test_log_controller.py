"""Chapter 14, the log: the party's own controller sees unusual looks in her own party (issue 3, point 6)."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samverk.access.actor import system_actor
from samverk.access.declare import AssignOfficial, ReadCase, WriteNote
from samverk.access.declare_house import SeeOwnPartysLooks, SetUp
from samverk.access.log_control import LONGEST, unusual_looks
from samverk.actions import cases, log_keeping, notes
from samverk.domain.log_control import MANY_MORE, Look, Sign, off_hours, unusual
from samverk.domain.words import Rejection
from samverk.store.models import Event, Person, Substitution
from tests.build import done, is_refused

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 3, 4, 10, tzinfo=timezone.get_default_timezone())
WHO, CASE = UUID(int=1), UUID(int=2)


def signs(*looks, days=None, earlier=None, written=None):
    """Why these looks are shown, all rows together."""
    rows = unusual(looks, cases_a_day=days or {}, earlier=earlier or {}, written=written or {CASE: [WEDNESDAY]})
    return [set(row.signs) for row in rows]


def look(at=WEDNESDAY, **told):
    return Look(**({"at": at, "official": WHO, "case": CASE} | told))


# The rules


def test_an_ordinary_look_is_not_shown():
    """In working hours, in a case where the party does something."""
    assert signs(look()) == []


@pytest.mark.parametrize(
    ("told", "sign"),
    [
        ({"allowed": False}, Sign.REFUSED),
        ({"emergency": True}, Sign.EMERGENCY),
        ({"protected": True}, Sign.PROTECTED),
        ({"substitute": True}, Sign.SUBSTITUTE),
    ],
)
def test_what_the_event_itself_tells(told, sign):
    """Refused, in an emergency, a protected person, as a substitute."""
    assert signs(look(**told)) == [{sign}]


@pytest.mark.parametrize(
    ("hour", "minute", "day", "outside"),
    [(5, 59, 4, True), (6, 0, 4, False), (19, 59, 4, False), (20, 0, 4, True), (10, 0, 7, True), (10, 0, 8, True)],
)
def test_outside_working_hours(hour, minute, day, outside):
    """Before 06, from 20, Saturdays and Sundays."""
    assert off_hours(WEDNESDAY.replace(day=day, hour=hour, minute=minute)) is outside


def test_a_look_without_any_work_near_it():
    """Nobody of the party wrote in the case within a week: a day more than a week is not near."""
    near, far = WEDNESDAY - timedelta(days=7), WEDNESDAY - timedelta(days=7, seconds=1)
    assert signs(look(), written={CASE: [near]}) == []
    assert signs(look(), written={CASE: [far]}) == [{Sign.NOTHING_WRITTEN}]
    assert signs(look(), written={UUID(int=3): [WEDNESDAY]}) == [{Sign.NOTHING_WRITTEN}]


def test_many_more_cases_than_usual():
    """More than twice her own median, and at least five more; only her own days before are compared with."""
    usual = {(WEDNESDAY - timedelta(days=n)).date(): 3 for n in range(1, 8)}
    today = WEDNESDAY.date()
    assert signs(look(), days={WHO: usual | {today: 3 + MANY_MORE}}) == [{Sign.MANY}]
    assert signs(look(), days={WHO: usual | {today: 2 + MANY_MORE}}) == []
    assert signs(look(), days={WHO: dict.fromkeys(usual, 20) | {today: 40}}) == []
    assert signs(look(), days={WHO: {today: 100}}) == [], "nothing to compare with"
    old = {(WEDNESDAY - timedelta(days=91)).date(): 1}
    assert signs(look(), days={WHO: old | {today: 50}}) == []


def test_who_comes_back_to_a_case_that_is_no_longer_hers():
    """She was let in before, and is refused now."""
    before = {(WHO, CASE): WEDNESDAY - timedelta(days=30)}
    assert signs(look(allowed=False), earlier=before) == [{Sign.REFUSED, Sign.ENDED}]
    after = {(WHO, CASE): WEDNESDAY + timedelta(days=30)}
    assert signs(look(allowed=False), earlier=after) == [{Sign.REFUSED}]


def test_a_day_in_a_case_is_one_row():
    """With the number of looks, writes and refusals."""
    rows = unusual(
        [look(protected=True), look(WEDNESDAY + timedelta(hours=2)), look(WEDNESDAY + timedelta(hours=1), wrote=True)],
        cases_a_day={},
        earlier={},
        written={CASE: [WEDNESDAY]},
    )
    assert [(row.looks, row.wrote, row.refused) for row in rows] == [(2, 1, 0)]
    assert rows[0].last - rows[0].first == timedelta(hours=2)


# Who may


@pytest.fixture
def controller(people):
    """Cia checks the log for her party, the social insurance agency."""
    done(system_actor("test"), SetUp, lambda p: log_keeping.entrust(p, account=people.cia.account))
    return people.cia


def control(who, **told):
    return done(who, SeeOwnPartysLooks, lambda p: unusual_looks(p, **told))


def test_it_is_for_whoever_is_entrusted_with_it(people, controller):
    """A role in her own party, given and taken by the operator; not even a coordinator without it."""
    for who in (people.anna, people.bo, people.stig, people.egon, people.eva):
        assert is_refused(who, SeeOwnPartysLooks)
    assert not is_refused(controller, SeeOwnPartysLooks)
    done(system_actor("test"), SetUp, lambda p: log_keeping.relieve(p, account=controller.account))
    assert is_refused(controller, SeeOwnPartysLooks)


def test_the_role_is_given_once_and_to_officials_alone(people, controller):
    """With a sentence each."""

    def entrust(account):
        done(system_actor("test"), SetUp, lambda p: log_keeping.entrust(p, account=account))

    for account in (controller.account, people.egon.account, people.eva.account, uuid4()):
        with pytest.raises(Rejection):
            entrust(account)
    with pytest.raises(Rejection):
        done(system_actor("test"), SetUp, lambda p: log_keeping.relieve(p, account=people.bo.account))


def test_her_own_party_alone(people, case, controller):
    """Others' refused attempts are theirs to ask about."""
    assert is_refused(people.stig, ReadCase, case=case)
    assert is_refused(people.frida, ReadCase, case=case)
    page = control(controller)
    assert {row.official for row in page.rows} <= {"Cia", "Stig"}
    assert any(Sign.REFUSED in row.signs and row.official == "Stig" for row in page.rows)


def test_no_name_and_nothing_of_the_case(people, case, controller):
    """A short reference, which somebody who works in the case can find it by."""
    is_refused(people.stig, ReadCase, case=case)
    page = control(controller)
    assert {row.case for row in page.rows} == {str(case)[:8]}
    assert "Egon" not in repr(page)


def test_a_look_at_a_protected_person_is_shown(people, case, controller):
    """Every look at her is logged as such (security.md, attack 9)."""
    from samverk.store.models import Clearance

    Person.objects.filter(id=people.egon.person).update(protection="protected_registration")
    Clearance.objects.create(id=uuid4(), person_id=people.egon.person, party_id=people.fk)
    done(people.cia, ReadCase, lambda p: None, case=case)
    assert any(Sign.PROTECTED in row.signs for row in control(controller).rows)


def test_an_assignment_that_has_ended(people, case, controller):
    """Cia was in the case, was let go, and tries again."""
    done(people.cia, ReadCase, lambda p: None, case=case)
    done(people.anna, AssignOfficial, lambda p: cases.let_go(p, account=people.cia.account), case=case)
    assert is_refused(people.cia, ReadCase, case=case)
    assert any(Sign.ENDED in row.signs for row in control(controller).rows)


def test_what_is_written_explains_a_look(people, case, controller):
    """Near in time, by anyone of the party."""
    done(people.cia, ReadCase, lambda p: None, case=case)
    assert any(Sign.NOTHING_WRITTEN in row.signs for row in control(controller).rows)
    done(people.cia, WriteNote, lambda p: notes.write(p, text="Ringde.", category="process"), case=case)
    assert not any(Sign.NOTHING_WRITTEN in row.signs for row in control(controller).rows)


def test_a_substitutes_look(people, case, controller):
    """While she stands in for a colleague."""
    now = timezone.now()
    Substitution.objects.create(
        id=uuid4(),
        party_id=people.fk,
        absent_id=people.stig.account,
        substitute_id=people.cia.account,
        since=now - timedelta(days=1),
        until=now + timedelta(days=1),
    )
    done(people.cia, ReadCase, lambda p: None, case=case)
    assert any(Sign.SUBSTITUTE in row.signs for row in control(controller).rows)


def test_by_official_and_period(people, case, controller):
    """One of them; a period of at most 92 days that has been."""
    is_refused(people.stig, ReadCase, case=case)
    assert {row.official for row in control(controller, official=people.stig.account).rows} == {"Stig"}
    today = timezone.localdate()
    page = control(controller, first=today - timedelta(days=4000), last=today + timedelta(days=9))
    assert (page.first, page.last) == (today - LONGEST, today)
    before = today - timedelta(days=40)
    assert control(controller, first=before, last=before).rows == ()


def test_her_own_look_at_it_is_logged(people, controller):
    """Who checks is checked."""
    control(controller)
    event = Event.objects.get(act="SeeOwnPartysLooks")
    assert (event.actor, event.allowed, event.capacity) == (people.cia.account, True, "log_controller")


def test_the_page(people, case, controller, client_of):
    """Plain reasons, 404 for others, at most 18 queries however much there is."""
    client, counts = client_of(controller), []
    for _ in range(2):
        for n in range(20):
            is_refused(people.stig, ReadCase, case=case, at=timezone.now() - timedelta(hours=n))
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/kontroll-av-loggen/").content.decode()
        counts.append(len([q for q in queries if q["sql"].startswith(("SELECT", "INSERT"))]))
    assert counts[0] == counts[1] <= 18
    for words in ("Kontroll av loggen", "Stig", "Försökte, men fick inte.", str(case)[:8]):
        assert words in page, words
    assert "Egon" not in page
    for odd in ("?vem=x", "?fran=x&till=y", "?sida=99", "?till=1900-01-01"):
        assert client_of(controller).get(f"/kontroll-av-loggen/{odd}").status_code == 200
    assert client_of(people.anna).get("/kontroll-av-loggen/").status_code == 404


def test_another_party_has_a_controller_of_its_own(people, case, controller):
    """Two parties, two controllers: none sees the other's."""
    done(system_actor("test"), SetUp, lambda p: log_keeping.entrust(p, account=people.bo.account))
    is_refused(people.stig, ReadCase, case=case)
    done(people.bo, ReadCase, lambda p: None, case=case, at=timezone.now() + timedelta(seconds=1))
    assert {row.official for row in control(people.bo).rows} <= {"Bo"}


def test_her_cases_lead_to_it(people, case, controller, client_of):
    """A link for her alone, on a page that officials have before them; at most 18 queries."""
    for who, there in ((controller, True), (people.anna, False)):
        client = client_of(who)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("my_cases")).content.decode()
        assert ("/kontroll-av-loggen/" in page) is there
        asked = [q["sql"] for q in queries if q["sql"].startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]
        assert len(asked) <= 18, "\n".join(sql[:150] for sql in asked)
