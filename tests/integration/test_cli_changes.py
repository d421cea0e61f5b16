"""A programme that is set up already is changed from the shell: its roles, its parties and its frame (issue 2)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from samverk.access.actor import system_actor
from samverk.access.declare_house import ImportProgrammes
from samverk.actions import programmes as acts
from samverk.domain.parties import Part
from samverk.store.models import (
    Account,
    Assignment,
    Case,
    Programme,
    ProgrammeParty,
    ProgrammePhase,
    ProgrammeRole,
)
from tests.build import active_case, browser, done, own_referral
from tests.integration.conftest import Shell
from tests.people import Cast

pytestmark = pytest.mark.django_db
HERE = "Samverkan Nacka"


def test_a_role_is_taken_away(people: Cast, shell: Shell) -> None:
    """Who has no longer the role reads nothing by it from the next request, and the log tells (issue 2)."""
    queue = reverse("intake")
    own_referral(people)
    assert "Egon Jönsson" in browser(people.bo).get(queue).content.decode()
    out = shell.said("programme", "role", HERE, "bo@example.org", "team", "--end")
    assert "bo@example.org is no longer team" in out
    assert "Egon Jönsson" not in browser(people.bo).get(queue).content.decode()
    assert shell.told("role.ended", role="team")
    assert "rollen" in shell.refused("programme", "role", HERE, "bo@example.org", "team", "--end")


def test_the_last_coordinator_stays_while_cases_are_open(people: Cast, shell: Shell) -> None:
    """A programme with cases always has somebody who holds the threads (domain.md §3: a step without an owner)."""
    active_case(people)
    words = ("programme", "role", HERE, "anna@example.org", "coordinator")
    assert "samordnare" in shell.refused(*words, "--end")
    shell.said("programme", "role", HERE, "bo@example.org", "coordinator")
    Account.objects.filter(email="bo@example.org").update(is_active=False)
    assert "samordnare" in shell.refused(*words, "--end")
    Account.objects.filter(email="bo@example.org").update(is_active=True)
    shell.said(*words, "--end")
    assert list(ProgrammeRole.objects.filter(role="coordinator").values_list("account__email", flat=True)) == [
        "bo@example.org"
    ]


def test_without_open_cases_any_coordinator_may_go(people: Cast, shell: Shell) -> None:
    """A programme that nobody is in may be left without one."""
    shell.said("programme", "role", HERE, "anna@example.org", "coordinator", "--end")


def test_a_party_leaves_with_its_roles(people: Cast, shell: Shell) -> None:
    """What its people saw by a role in the programme ends with it; the log tells of both (issue 2)."""
    out = shell.said("programme", "leave", HERE, "AF")
    assert "Arbetsförmedlingen has left Samverkan Nacka. Roles that ended with it: 1." in out
    assert not ProgrammeParty.objects.filter(programme=people.programme, party=people.af).exists()
    assert not ProgrammeRole.objects.filter(account=people.bo.account).exists()
    assert shell.told("party.left", party=str(people.af))
    assert shell.told("role.ended", role="team")
    assert "inte med" in shell.refused("programme", "leave", HERE, "AF")


def test_no_party_leaves_a_person_behind(people: Cast, shell: Shell) -> None:
    """While somebody of it has a part in an open case there, or is a contact person after its end (domain.md §3.9)."""
    case = active_case(people)
    assert "lämnas över: 1" in shell.refused("programme", "leave", HERE, "AF")
    Assignment.objects.filter(case=case, party=people.af).update(until=timezone.now() - timedelta(minutes=1))
    shell.said("programme", "leave", HERE, "AF")
    Assignment.objects.filter(case=case).exclude(part=Part.CONTACT).update(until=timezone.now())
    Case.objects.filter(id=case).update(status="closed")
    assert "lämnas över: 1" in shell.refused("programme", "leave", HERE, "Kommunen")


def test_a_part_in_another_programme_holds_nobody_back(people: Cast, shell: Shell) -> None:
    """Only what is open in the programme counts."""
    active_case(people)
    shell.said("programme", "add", "--name", "Ett annat", "--party", "Kommunen")
    shell.said("programme", "leave", "Ett annat", "Kommunen")


def test_the_principal_and_the_last_coordinators_party_stay(people: Cast, shell: Shell) -> None:
    """Somebody answers for the programme, and somebody holds its cases."""
    shell.said("programme", "change", HERE, "--principal", "AF")
    assert "huvudman" in shell.refused("programme", "leave", HERE, "AF")
    active_case(people)
    Assignment.objects.all().update(until=timezone.now() - timedelta(minutes=1))
    assert "samordnare" in shell.refused("programme", "leave", HERE, "Kommunen")
    assert ProgrammeRole.objects.filter(account=people.anna.account).exists()


def imported(name: str = "Växthuset", place: str = "Osby") -> UUID:
    """A programme read from a list: nobody knows of what kind it is."""
    rows = [acts.ImportRow(name, place, "Skåne", uuid4().hex)]
    done(system_actor("test"), ImportProgrammes, lambda p: acts.import_programmes(p, rows=rows, source="SOU"))
    return Programme.objects.values_list("id", flat=True).get(name=name, place=place)


def test_an_imported_programme_is_opened_for_referrals(people: Cast, shell: Shell) -> None:
    """Its kind was left open; with kind, parties and a role people can be referred to it (docs/import.md)."""
    programme = imported()
    choices = reverse("new_referral")
    assert "Växthuset" not in browser(people.cia).get(choices).content.decode()
    shell.said("programme", "change", "Växthuset", "--kind", "individual", "--type", "B", "--county", "Kristianstad")
    shell.said("programme", "join", "Växthuset", "Kommunen")
    shell.said("programme", "role", "Växthuset", "anna@example.org", "coordinator")
    assert "Växthuset" in browser(people.cia).get(choices).content.decode()
    row = Programme.objects.get(id=programme)
    assert (row.kind, row.integration_type, row.county, row.place, row.version) == (
        "individual", "B", "Kristianstad", "Osby", 2,
    )  # fmt: skip
    assert ProgrammePhase.objects.filter(programme=programme).count() == 7
    assert shell.told("programme.changed", fields="county integration_type kind")


def test_its_own_phases_stay(people: Cast, shell: Shell) -> None:
    """The standard phases are for a programme that has none."""
    kept = set(ProgrammePhase.objects.filter(programme=people.programme).values_list("id", flat=True))
    shell.said("programme", "change", HERE, "--kind", "individual")
    assert set(ProgrammePhase.objects.filter(programme=people.programme).values_list("id", flat=True)) == kept


def test_a_programme_with_people_in_it_does_not_become_structural(people: Cast, shell: Shell) -> None:
    """Structural means without participants (domain.md §4)."""
    shell.said("programme", "change", HERE, "--kind", "structural")
    shell.said("programme", "change", HERE, "--kind", "individual")
    active_case(people)
    assert "strukturellt" in shell.refused("programme", "change", HERE, "--kind", "structural")


def test_shares_are_agreed_and_never_more_than_the_whole(people: Cast, shell: Shell) -> None:
    """Each party's share in per cent (domain.md §5: FK 35, municipality 37, health care 28)."""
    shares = [word for share in ("FK=35", "Kommunen=37", "Regionen=28") for word in ("--share", share)]
    shell.said("programme", "change", HERE, *shares)
    rows = ProgrammeParty.objects.filter(programme=people.programme, share__isnull=False).order_by("share")
    assert [float(row.share or 0) for row in rows] == [28, 35, 37]
    assert "100.01" in shell.refused("programme", "change", HERE, "--share", "AF=0.01")
    for bad in ("AF=-1", "AF=101", "AF=nan", "AF=1.005"):
        assert "mellan 0 och 100" in shell.refused("programme", "change", HERE, "--share", bad)
    assert "AF=" not in shell.refused("programme", "change", HERE, "--share", "AF")
    shell.said("programme", "change", HERE, "--share", "FK=10", "--share", "AF=25")


def test_shares_are_checked_when_a_programme_is_set_up_and_joined(people: Cast, shell: Shell) -> None:
    """The same rule wherever a share is said."""
    assert "110" in shell.refused("programme", "add", "--name", "X", "--party", "AF=60", "--party", "FK=50")
    shell.said("programme", "add", "--name", "X", "--party", "AF=60")
    assert "101" in shell.refused("programme", "join", "X", "FK=41")
    shell.said("programme", "join", "X", "FK=40")


def test_principal_and_shares_belong_to_parties_in_the_programme(people: Cast, shell: Shell) -> None:
    """Who is not in it neither answers for it nor pays."""
    shell.said("party", "add", "--name", "Samhall", "--kind", "employer")
    assert "gå med först" in shell.refused("programme", "change", HERE, "--principal", "Samhall")
    assert "gå med först" in shell.refused("programme", "change", HERE, "--share", "Samhall=5")
    shell.said("programme", "change", HERE, "--principal", "Kommunen")
    assert Programme.objects.get(id=people.programme).principal_id == people.municipality


def test_days_are_set_after_the_set_up(people: Cast, shell: Shell) -> None:
    """It ends after it begins, and not while somebody in it has nowhere to go on (domain.md §4)."""
    words = ("programme", "change", HERE)
    shell.said(*words, "--first-day", "2026-01-01", "--last-day", "2030-12-31")
    row = Programme.objects.get(id=people.programme)
    assert (str(row.starts_on), str(row.stops_on)) == ("2026-01-01", "2030-12-31")
    assert shell.told("programme.ended", stops_on="2030-12-31")
    assert "innan det börjar" in shell.refused(*words, "--last-day", "2025-12-31")
    assert "innan det börjar" in shell.refused(*words, "--first-day", "2031-01-01")
    active_case(people)
    assert "nästa plats" in shell.refused(*words, "--last-day", "2029-12-31")
    shell.said(*words, "--last-day", "2031-12-31")
    assert str(Programme.objects.get(id=people.programme).stops_on) == "2031-12-31"


def test_programmes_of_one_name_are_told_apart(people: Cast, shell: Shell) -> None:
    """By where they are, or by the number in the page's address when that is the same too."""
    first, second = imported(place="Osby"), imported(place="Höör")
    assert "--at" in shell.refused("programme", "change", "Växthuset", "--type", "A")
    shell.said("programme", "change", "Växthuset", "--at", "Höör", "--place", "Osby")
    shell.said("programme", "change", str(second), "--type", "D")
    rows = Programme.objects.filter(place="Osby", name="Växthuset").values_list("id", "integration_type")
    assert dict(rows) == {first: "", second: "D"}
    assert "no programme" in shell.refused("programme", "change", str(uuid4()), "--type", "A")


def test_a_change_says_something(people: Cast, shell: Shell) -> None:
    """Nothing is logged as changed that was not."""
    assert "ska ändras" in shell.refused("programme", "change", HERE)
    assert "högst 100" in shell.refused("programme", "change", HERE, "--county", "x" * 101)
