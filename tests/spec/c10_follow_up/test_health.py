"""Her health: her own figure always, five levels where the programme has a licence for the words, and no grade."""

from uuid import UUID

import pytest
from django.utils import translation

from samverk.access import health_wording as seen_wording
from samverk.access.declare import ReadCase
from samverk.access.declare_house import RunProgramme
from samverk.actions import health_wording
from samverk.domain.follow_up import DIMENSIONS, Status, health_state
from samverk.domain.health_wording import wording
from samverk.domain.words import Conflict, Rejection
from samverk.evaluation.health import score
from samverk.evaluation.problems import Refused
from samverk.store.models import Event, FollowUpAnswer, HealthWording
from tests.build import browser, done, give, is_refused
from tests.people import Cast
from tests.spec.c10_follow_up.scene import first, own_words, tell, view, write_in

pytestmark = pytest.mark.django_db

LEVELS = Status(mobility=2, self_care=1, usual_activities=1, pain=2, anxiety=1)


def at(case: UUID) -> str:
    return f"/arenden/{case}/uppfoljning/{first(case).item_id}/svar/"


def test_without_wording_the_five_questions_are_not_asked(people: Cast, closed: UUID) -> None:
    """No questionnaire wording is shipped: her own figure alone is asked, in our own words (evaluation.md, point 10)."""
    page = browser(people.anna).get(at(closed)).content.decode()
    assert 'name="health"' in page
    assert not [name for name in DIMENSIONS if f'name="{name}"' in page]


def test_what_nobody_can_have_been_asked_is_refused(people: Cast, closed: UUID) -> None:
    """Levels without the words that give them a meaning are no answer."""
    with pytest.raises(Rejection) as refused:
        tell(people.egon, closed, LEVELS)
    assert {problem.field for problem in refused.value.problems} == set(DIMENSIONS)


def test_with_wording_they_are_asked_in_the_licensees_words(people: Cast, closed: UUID) -> None:
    """Heading and levels as they were written in, in their own language, on her phone and on the official's page."""
    write_in(people, own_words())
    egon = browser(people.egon)
    page = egon.get(f"{at(closed)}?del=5").content.decode()
    assert "Del 5 av 10" in page
    assert "Nivå rubrik 1" in page
    assert "Inledning Nivå" in page
    assert 'lang="sv"' in page
    assert page.count('type="radio" name="mobility"') == 6
    whole = browser(people.anna).get(at(closed)).content.decode()
    assert [f"Nivå rubrik {n}" in whole for n in range(1, 6)] == [True] * 5


def test_a_level_is_kept_with_the_words_it_was_chosen_in(people: Cast, closed: UUID) -> None:
    """A wording that is replaced later changes nothing in what she said."""
    words = write_in(people, own_words())
    egon = browser(people.egon)
    sent = {"version": 1, "wording": str(words.id), "mobility": "3", "self_care": "declined"}
    assert egon.post(f"{at(closed)}?del=5", sent).status_code == 302
    write_in(people, own_words(word="Steg"), version=1)
    page = egon.get(f"/arenden/{closed}/uppfoljning/").content.decode()
    assert "Nivå rubrik 1" in page
    assert "Nivå 3" in page
    told = view(people.egon, closed).answers
    assert (told.mobility, told.self_care, set(told.declined)) == (3, None, {"self_care"})


def test_levels_of_two_wordings_are_never_one_state(people: Cast, closed: UUID) -> None:
    """What was chosen in other words falls away when she answers anew: sets and forms are never mixed."""
    old = write_in(people, own_words())
    tell(people.egon, closed, Status(health=50, mobility=5, pain=4), wording=old.id)
    new = write_in(people, own_words("3L"), version=1)
    tell(people.egon, closed, Status(mobility=2), wording=new.id)
    told = view(people.egon, closed).answers
    assert (told.mobility, told.pain, told.health) == (2, None, 50)
    assert FollowUpAnswer.objects.get(item__category="health", replaced_at__isnull=True).wording_id == new.id


def test_a_level_off_the_forms_scale_is_refused(people: Cast, closed: UUID) -> None:
    """Three levels have no fourth, none has a zero, and another programme's words are not hers."""
    words = write_in(people, own_words("3L"))
    for value in (4, 0):
        with pytest.raises(Rejection) as refused:
            tell(people.egon, closed, Status(pain=value), wording=words.id)
        assert refused.value.problems[0].field == "pain"


def test_the_levels_are_read_under_health(people: Cast, closed: UUID) -> None:
    """Whoever may not read about her health sees neither levels nor words (domain.md §3.2)."""
    words = write_in(people, own_words())
    give(people, closed, giver=None, receiver=people.municipality, refused=True, categories=("health",))
    tell(people.egon, closed, Status(words="Bra.", mobility=5, declined=("pain",)), wording=words.id)
    told = view(people.anna, closed)
    assert (told.answers.words, told.answers.mobility, told.answers.declined, told.wording) == ("Bra.", None, (), None)


def test_a_whole_state_has_a_score_by_a_named_set_and_a_half_one_none() -> None:
    """The engine scores for evaluators, by a named and versioned Swedish set, of the form she answered."""
    assert health_state(LEVELS) == "21121"
    assert health_state(Status(mobility=2)) == ""
    scored = score("21121", "SE-5L-social-cTTO", levels=5)
    assert (round(scored.value, 4), scored.value_set) == (0.968, "SE-5L-social-cTTO (2022)")
    with pytest.raises(Refused):
        score("21121", "SE-5L-social-cTTO", levels=3)


def test_she_is_shown_no_score(people: Cast, closed: UUID) -> None:
    """Her answers in her words, not as a grade."""
    words = write_in(people, own_words())
    tell(people.egon, closed, LEVELS, wording=words.id)
    page = browser(people.egon).get(f"/arenden/{closed}/uppfoljning/").content.decode()
    assert "21121" not in page
    assert "0,968" not in page
    assert "Nivå 2" in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"instrument": "4L"}, "instrument"),
        ({"language": "fi"}, "language"),
        ({"licence": " "}, "licence"),
        ({"headings": ["A", " ", "C", "D", "E"]}, "heading_1"),
        ({"levels": ["a\nb\nc"] * 4 + ["a\nb"]}, "levels_4"),
        ({"levels": ["a\nb\nc"] * 4 + ["a\nb\nc\nd"]}, "levels_4"),
        ({"levels": ["a\nb\n" + "c" * 501] + ["a\nb\nc"] * 4}, "levels_0"),
    ],
)
def test_a_wording_that_cannot_be_asked_is_refused_by_field(changed: dict[str, object], field: str) -> None:
    """Five questions with a heading and a text for each level, a form that exists, and a licence."""
    whole: dict[str, object] = {
        "instrument": "3L",
        "language": "sv",
        "licence": "Prov 1",
        "lead": "",
        "headings": list("ABCDE"),
        "levels": ["a\n\nb\nc\n"] * 5,
    }
    assert [one.levels for one in wording(**whole).questions] == [("a", "b", "c")] * 5  # type: ignore[arg-type]
    with pytest.raises(Rejection) as refused:
        wording(**(whole | changed))  # type: ignore[arg-type]
    assert [problem.field for problem in refused.value.problems] == [field]


def test_two_who_write_it_in_at_once_see_both(people: Cast, case: UUID) -> None:
    """Whoever saves last is shown what the other wrote."""
    write_in(people, own_words())
    with pytest.raises(Conflict) as conflict:
        write_in(people, own_words(word="Steg"))
    assert conflict.value.theirs["heading_0"] == "Nivå rubrik 1"
    assert write_in(people, own_words(word="Steg"), version=1).version == 2


def test_one_form_in_all_languages(people: Cast, case: UUID) -> None:
    """A programme has one form: otherwise who answers in English could not be set beside who answers in Swedish."""
    write_in(people, own_words("5L"))
    with pytest.raises(Rejection) as refused:
        write_in(people, own_words("3L", "en"))
    assert refused.value.problems[0].field == "instrument"


def test_each_reader_is_asked_in_her_language_where_there_are_words(people: Cast, closed: UUID) -> None:
    """The reader's language if it is written in, otherwise the one there is."""

    def asked() -> str:
        found = done(people.egon, ReadCase, seen_wording.asked, case=closed)
        return found.language if found else ""

    write_in(people, own_words())
    with translation.override("en"):
        assert asked() == "sv"
        write_in(people, own_words(language="en", word="Level"))
        assert asked() == "en"
    assert asked() == "sv"


def test_the_questions_can_be_stopped_and_the_answers_stay(people: Cast, closed: UUID) -> None:
    """When the licence ends nobody is asked any more; what was said is still there in its words."""
    words = write_in(people, own_words())
    tell(people.egon, closed, LEVELS, wording=words.id)
    anna, page = browser(people.anna), f"/program/{people.programme}/halsofragor/"
    assert anna.post(f"{page}sv/sluta/", {"version": 1}).status_code == 302
    assert "De fem frågorna ställs inte." in anna.get(page).content.decode()
    assert anna.get(f"{page}sv/sluta/").status_code == 404
    assert done(people.egon, ReadCase, seen_wording.asked, case=closed) is None
    assert view(people.egon, closed).answers.mobility == 2
    assert write_in(people, own_words()).version == 2


def test_written_in_on_its_page(people: Cast, case: UUID) -> None:
    """By whoever runs the programme; errors stand beside their field, and what was typed stays."""
    anna, page = browser(people.anna), f"/program/{people.programme}/halsofragor/"
    told = {"instrument": "3L", "licence": "Prov 1", "version": 0}
    told |= {f"heading_{n}": f"Rubrik {n}" for n in range(5)} | {f"levels_{n}": "a\nb\nc" for n in range(5)}
    wrong = anna.post(f"{page}sv/", told | {"levels_2": "a\nb"})
    assert wrong.status_code == 422
    assert "Skriv 3 svar, ett på varje rad. Nu är det 2." in wrong.content.decode()
    assert "Rubrik 4" in wrong.content.decode()
    assert anna.post(f"{page}sv/", told).status_code == 302
    assert "3L · licens: Prov 1" in anna.get(page).content.decode()
    assert anna.get(f"{page}fi/").status_code == 404
    event = Event.objects.get(what="health_wording.written")
    assert event.detail == {"language": "sv", "instrument": "3L", "version": 1}
    assert HealthWording.objects.get().written_by_id == people.anna.account


@pytest.mark.parametrize("who", ["bo", "cia", "stig", "egon", "eva"])
def test_only_whoever_runs_the_programme_writes_it_in(people: Cast, case: UUID, who: str) -> None:
    """The licence is the programme's."""
    assert is_refused(getattr(people, who), RunProgramme, programme=people.programme)


def test_stopping_what_does_not_stand_is_refused(people: Cast, case: UUID) -> None:
    """Nothing is ended twice."""
    with pytest.raises(Rejection):
        done(
            people.anna,
            RunProgramme,
            lambda p: health_wording.stop(p, language="sv", version=0),
            programme=people.programme,
        )


def test_no_wording_is_shipped(people: Cast, case: UUID) -> None:
    """A new house has none: it is written in by the licensee (evaluation.md, point 10)."""
    assert not HealthWording.objects.exists()
