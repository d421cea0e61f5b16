"""The portfolio: what each programme is, open to everyone who is logged in; about who is in it, nothing."""

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samverk.access.actor import Actor, system_actor
from samverk.access.declare_house import ImportProgrammes, RunProgramme, SeeProgrammes, SetUp
from samverk.access.programmes import ProgrammeView, programme
from samverk.actions import programmes, setup
from samverk.domain.parties import Role
from samverk.domain.process import Step
from samverk.domain.programmes import Change, Phase
from samverk.domain.words import Conflict, Rejection
from samverk.store.models import Case, Criterion, Event, Person, Programme, ProgrammePhase
from tests.build import browser, done, is_refused, own_referral
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def view_of(people: Cast, who: Actor | None = None) -> ProgrammeView:
    view = done(who or people.cia, SeeProgrammes, lambda p: programme(p, id=people.programme))
    assert view is not None
    return view


def changed(**said: object) -> Change:
    told: dict[str, object] = {
        "name": "Samverkan Nacka",
        "mandate": "",
        "target_group": "",
        "goals": "",
        "criteria": "",
        "phases": [Phase(None, "referral", "Remiss", "Referral")],
        "places": 50,
        "meeting_rhythm": "",
        "plan_review_days": 90,
        "follow_up_months": "6, 12",
    }
    return Change(**{**told, **said})  # type: ignore[arg-type]


def change(people: Cast, *, version: int = 1, who: Actor | None = None, **said: object) -> None:
    done(
        who or people.anna,
        RunProgramme,
        lambda p: programmes.change(p, change=changed(**said), version=version),
        programme=people.programme,
    )


def fill(people: Cast, count: int) -> None:
    for n in range(count):
        person = Person.objects.create(id=uuid4(), name=f"Person {n}")
        Case.objects.create(
            id=uuid4(),
            person=person,
            programme_id=people.programme,
            status="active",
            opened_at="2026-01-01T00:00:00Z",
        )


@pytest.mark.parametrize(("taken", "told", "free"), [(0, None, None), (4, None, None), (5, 5, 45), (50, 50, 0)])
def test_places_are_told_as_numbers_from_five_people_on(
    people: Cast, taken: int, told: int | None, free: int | None
) -> None:
    """A smaller number may point someone out (domain.md §4: never below the disclosure limit)."""
    fill(people, taken)
    view = view_of(people)
    assert (view.places, view.taken, view.free) == (50, told, free)


def test_everyone_logged_in_reads_what_a_programme_is(people: Cast) -> None:
    """Mandate, target group, criteria, parties, phases and rhythm are open (domain.md §4)."""
    change(people, mandate="Gemensamt ansvar.", criteria="Bor i Nacka\nVill själv", meeting_rhythm="varannan tisdag")
    for who in (people.anna, people.cia, people.egon):
        page = browser(who).get(reverse("programme", args=[people.programme])).content.decode()
        for words in ("Gemensamt ansvar.", "Vill själv", "varannan tisdag", "Försäkringskassan", "6 och 12 månader"):
            assert words in page, words


def test_who_is_in_a_programme_is_never_shown(people: Cast) -> None:
    """The portfolio tells of programmes, not of people (design.md: forbidden looks absent)."""
    own_referral(people)
    for name in ("programme", "programmes"):
        url = reverse(name, args=[people.programme] if name == "programme" else [])
        assert "Egon" not in browser(people.cia).get(url).content.decode()


def test_a_programme_that_is_not_there_is_not_found(people: Cast) -> None:
    """An address that leads nowhere says so (house.md)."""
    assert browser(people.anna).get(reverse("programme", args=[uuid4()])).status_code == 404


def test_one_searches_by_name_and_place_and_chooses_a_county(people: Cast) -> None:
    """Whatever the letters' size, å, ä and ö too, on every database."""
    for name, place, county in (("Östhuset", "Åre", "Jämtland"), ("Växthuset", "Kristianstad", "Skåne")):
        Programme.objects.create(id=uuid4(), name=name, place=place, county=county)
    page = browser(people.bo)

    def found(**query: str) -> set[str]:
        text = page.get(reverse("programmes"), query).content.decode()
        return {name for name in ("Östhuset", "Växthuset", "Samverkan Nacka") if f">{name}</a>" in text}

    assert found() == {"Östhuset", "Växthuset", "Samverkan Nacka"}
    assert found(sok="ÖSTHUSET") == found(sok="åre") == found(lan="Jämtland") == {"Östhuset"}
    assert found(sok="växt kristian") == {"Växthuset"}
    assert found(sok="åre", lan="Skåne") == set()
    assert "Inget program stämmer" in page.get(reverse("programmes"), {"sok": "zzz"}).content.decode()


def test_a_long_list_comes_in_pages_of_fifty_at_constant_cost(  # type: ignore[no-untyped-def]
    people: Cast, django_assert_max_num_queries
) -> None:
    """A page does at most 18 queries, however many rows there are (house.md)."""
    Programme.objects.bulk_create(Programme(id=uuid4(), name=f"Program {n:03}") for n in range(120))
    page = browser(people.bo)
    with django_assert_max_num_queries(18):
        first = page.get(reverse("programmes")).content.decode()
    assert first.count("<li><a href=") - first.count('aria-label="Huvudmeny"') >= 50
    assert "1–50 av 121" in first
    assert "51–100 av 121" in page.get(reverse("programmes"), {"fran": "50"}).content.decode()
    assert page.get(reverse("programmes"), {"fran": "-1", "sok": "x" * 5000}).status_code == 200
    fill(people, 40)
    with django_assert_max_num_queries(18):
        page.get(reverse("programme", args=[people.programme]))


def test_whoever_runs_a_programme_changes_it_and_nobody_else(people: Cast) -> None:
    """A coordinator of it, and the operator (access.declare); others find no such page, nor a way to it."""
    for who in (people.bo, people.cia, people.dag, people.stig, people.egon):
        assert is_refused(who, RunProgramme, programme=people.programme)
        assert browser(who).get(reverse("change_programme", args=[people.programme])).status_code == 404
        assert not view_of(people, who).i_run
    assert view_of(people, people.anna).i_run
    assert browser(people.anna).get(reverse("change_programme", args=[people.programme])).status_code == 200


def test_a_coordinator_of_another_programme_does_not_change_this_one(people: Cast) -> None:
    """A role holds in its own programme only (domain.md §4)."""
    other = done(
        system_actor("test"), SetUp, lambda p: setup.create_programme(p, programme=setup.NewProgramme(name="Ett annat"))
    )
    assert people.bo.account is not None
    done(
        system_actor("test"),
        RunProgramme,
        lambda p: setup.give_role(p, account=people.bo.account, role=Role.COORDINATOR),  # type: ignore[arg-type]
        programme=other,
    )
    assert is_refused(people.bo, RunProgramme, programme=people.programme)


def test_a_change_is_written_with_its_event(people: Cast) -> None:
    """Words, criteria, phases, places and rhythm are data (issue 2: no phase or name in code)."""
    change(
        people,
        name="Nacka samarbetsprojekt",
        criteria=" Bor i Nacka \n\nVill själv\n",
        phases=[Phase(None, "mapping", "Försteget", "First stage"), Phase(None, "measures", "Mellansteget", "")],
        follow_up_months="12, 6 och 18",
    )
    row = Programme.objects.get(id=people.programme)
    assert (row.name, row.follow_up_months, row.version) == ("Nacka samarbetsprojekt", [6, 12, 18], 2)
    assert list(Criterion.objects.order_by("position").values_list("text", flat=True)) == ["Bor i Nacka", "Vill själv"]
    phases = ProgrammePhase.objects.filter(programme=row).order_by("position").values_list("step", "sv", "en")
    assert list(phases) == [("mapping", "Försteget", "First stage"), ("measures", "Mellansteget", "Mellansteget")]
    event = Event.objects.get(what="programme.changed")
    assert (event.actor, event.programme) == (people.anna.account, people.programme)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": "  "}, "name"),
        ({"places": 0}, "places"),
        ({"places": -3}, "places"),
        ({"plan_review_days": 1}, "plan_review_days"),
        ({"follow_up_months": "sex"}, "follow_up_months"),
        ({"follow_up_months": "0, 6"}, "follow_up_months"),
        ({"follow_up_months": "6, 6"}, "follow_up_months"),
        ({"criteria": "x" * 301}, "criteria"),
        ({"criteria": "x\n" * 31}, "criteria"),
        ({"phases": []}, "phase_0_sv"),
        ({"phases": [Phase(None, "", "Försteget", "")]}, "phase_0_step"),
        ({"phases": [Phase(None, "plan", "", "First stage")]}, "phase_0_sv"),
        ({"mandate": "x" * 20_001}, "mandate"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_written(
    people: Cast, said: dict[str, object], field: str
) -> None:
    """Errors say what to do, beside the field (house.md)."""
    before = Programme.objects.values().get(id=people.programme)
    with pytest.raises(Rejection) as refused:
        change(people, **said)
    assert refused.value.problems[0].field == field
    assert Programme.objects.values().get(id=people.programme) == before
    assert ProgrammePhase.objects.filter(programme=people.programme).count() == len(Step)


def test_a_phase_that_someone_has_been_in_is_renamed_but_not_taken_away(people: Cast) -> None:
    """The way that a case has gone stays readable (domain.md §3.9)."""
    own_referral(people)
    been = ProgrammePhase.objects.get(programme=people.programme, step="referral")
    with pytest.raises(Rejection, match="går inte att ta bort"):
        change(people, phases=[Phase(None, "intake", "Sluss", "Intake")])
    change(people, phases=[Phase(been.id, "referral", "Anmälan", "Coming in")])
    assert ProgrammePhase.objects.get(id=been.id).sv == "Anmälan"


def test_a_phase_of_another_programme_is_not_touched(people: Cast) -> None:
    """An id that was tampered with makes a new row here, and changes nothing there (design.md: the one door)."""
    other = done(
        system_actor("test"), SetUp, lambda p: setup.create_programme(p, programme=setup.NewProgramme(name="Ett annat"))
    )
    theirs = ProgrammePhase.objects.filter(programme=other).first()
    assert theirs is not None
    change(people, phases=[Phase(theirs.id, "plan", "Kapad", "Hijacked")])
    assert ProgrammePhase.objects.get(id=theirs.id).sv == theirs.sv


def test_two_who_change_at_once_see_both_texts(people: Cast) -> None:
    """Nobody's text is overwritten unseen (house.md, Conflict)."""
    page = browser(people.anna)
    url = reverse("change_programme", args=[people.programme])
    mine = sent(page, url)
    change(people, goals="Deras mål.")
    with pytest.raises(Conflict):
        change(people, version=1)

    answer = page.post(url, {**mine, "goals": "Mitt mål."})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Deras mål." in text
    assert "Mitt mål." in text
    assert Programme.objects.get(id=people.programme).goals == "Deras mål."
    both = page.post(url, {**mine, "goals": "Vårt mål.", "version": "2"})
    assert both.status_code == 302
    assert Programme.objects.get(id=people.programme).goals == "Vårt mål."


def test_what_was_typed_is_kept_when_it_is_refused(people: Cast) -> None:
    """A refused form comes back with everything in it (house.md)."""
    page = browser(people.anna)
    url = reverse("change_programme", args=[people.programme])
    answer = page.post(url, {**sent(page, url), "mandate": "Vårt uppdrag.", "follow_up_months": "snart"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Vårt uppdrag." in text
    assert "Skriv månaderna som tal" in text
    assert Programme.objects.get(id=people.programme).mandate == ""


def test_a_change_through_the_page_is_saved(people: Cast) -> None:
    """POST, redirect, and a message (house.md)."""
    page = browser(people.anna)
    url = reverse("change_programme", args=[people.programme])
    told = sent(page, url) | {"phase_7_sv": "Utslussning", "phase_7_en": "Way out", "phase_7_step": "transition"}
    answer = page.post(url, told, follow=True)
    assert answer.redirect_chain == [(reverse("programme", args=[people.programme]), 302)]
    assert "Programmet är ändrat." in answer.content.decode()
    assert ProgrammePhase.objects.filter(programme=people.programme, sv="Utslussning").exists()
    assert ProgrammePhase.objects.filter(programme=people.programme).count() == len(Step) + 1


def sent(page: Client, url: str) -> dict[str, str]:
    """What a browser would send back if nothing was changed."""
    form = page.get(url).context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def test_the_identity_of_a_programme_is_no_secret_but_its_cases_are(people: Cast) -> None:
    """A steering member reads what a programme is, and no more here (design.md)."""
    fill(people, 5)
    view = view_of(people, people.stig)
    assert isinstance(view.id, UUID)
    assert not any("Person" in str(getattr(view, field)) for field in view.__slots__)


def test_only_an_operator_or_the_system_imports(people: Cast) -> None:
    """A coordinator runs her own programme; lists of them are the operator's (access.declare)."""
    assert all(is_refused(who, ImportProgrammes) for who in (people.anna, people.bo, people.eva, people.egon))
