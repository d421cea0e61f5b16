"""Chapter 16, the three fates: what can be asked, by a form or a link, and what is typed wrong (issue 5, point 3)."""

import io
import re
from urllib.parse import parse_qs
from zipfile import ZipFile

import pytest
from django.http import QueryDict

from samverk.fates.book import WAYS
from samverk.fates.egon import EGON, TOLD
from samverk.web import pdf
from samverk.web.fates_asked import AREA, GROUP, ONE, Asked, FatesForm, Moved, relevant
from samverk.web.fates_words import TOLD as IN_WORDS
from tests.spec.c16_fates.conftest import words

PAGE, PICTURE = "/tre-oden/", "/tre-oden/bild/"
SOMEONE = {"vem": "person"}
ASKED = (
    Asked(),
    Asked(year=0, rate="5", values=(("collaborating.wait", 0.4),)),
    Asked(who=ONE, age=31, pension=67, start="sick", care="nej", wage=27_500, year=12),
    Asked(who=GROUP, groups=(3, 0, 40, 1), values=(("price_home", 71_234.0), ("relapse_gap", 0.013))),
    Asked(who=AREA, residents=61_000, age=50),
)
WRONG = {
    "old": ({"vem": "person", "alder": "200"}, "alder", "Skriv ett helt tal mellan 16 och 74."),
    "letters": ({"vem": "person", "alder": "fyrtio"}, "alder", "Skriv ett helt tal mellan 16 och 74."),
    "after": ({"vem": "person", "alder": "60", "pension": "55"}, "pension", "Pensionen kommer efter åldern i dag."),
    "rich": ({"vem": "person", "lon": "1000000000000"}, "lon", "Skriv ett helt tal mellan 1 och 39\u00a0900."),
    "nobody": ({"vem": "grupp", "psykiska": "0"}, "psykiska", "Skriv hur många de är i minst en av grupperna."),
    "fewer": ({"vem": "grupp", "sociala": "-4"}, "sociala", "Skriv ett helt tal mellan 0 och 1\u00a0000\u00a0000."),
    "nowhere": ({"vem": "omrade"}, "invanare", "Skriv hur många invånare området har."),
    "much": ({"a.success_training": "140"}, "a.success_training", "Skriv ett tal mellan 0 och 100 procent."),
    "endless": ({"a.wait_work": "inf"}, "a.wait_work", "Skriv ett tal, till exempel 12 eller 2,5."),
}


@pytest.mark.parametrize(("typed", "field", "says"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(visitor, typed, field, says):
    """Gently, with nothing reckoned from it; the script's parts say the same."""
    answer = visitor.get(PAGE, typed)
    assert answer.status_code == 422
    assert says in words(answer)
    assert f'value="{typed.get(field, "")}"' in answer.content.decode() or field not in typed
    assert "av 100 i arbete" not in words(answer)
    part = visitor.get(PICTURE, typed)
    assert part.status_code == 422
    assert says in words(part)


def test_what_belongs_to_another_choice_is_of_no_concern(visitor):
    """Who has typed a wrong age and then chooses Egon is not asked to mend a field that is not shown."""
    assert visitor.get(PICTURE, {"vem": "egon", "alder": "200"}).status_code == 200


def test_whatever_may_be_typed_gives_figures_or_says_why_not(visitor):
    """Every assumption at one end of what its field takes, at once: figures, or a sentence, and no fault of the server."""
    low = {f"a.{field.assumption.name}": f"{field.low:.6g}" for field in moved()}
    high = {f"a.{field.assumption.name}": f"{field.high:.6g}" for field in moved()}
    assert len(low) > 80
    assert re.search(r"\bnan\b", words(visitor.get(PICTURE, SOMEONE | low))) is None
    answer = visitor.get(PICTURE, SOMEONE | high)
    assert answer.status_code == 422
    assert "går inte att räkna med på samma gång" in words(answer)


def moved() -> list[Moved]:
    return [field for field in FatesForm(QueryDict()).fields.values() if isinstance(field, Moved)]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.query() or "egon")
def test_a_link_holds_the_question_and_nothing_else(asked):
    """The same address asks the same, and one question has one address: parameters only, never data (issue 5)."""
    form = FatesForm(QueryDict(asked.query()))
    assert form.is_valid()
    assert form.asked() == relevant(asked) == asked
    known = {"vem", "alder", "pension", "start", "vard", "lon", "psykiska", "fysiska", "arbete", "sociala", "invanare"}
    assert {name for name in parse_qs(asked.query()) if not name.startswith("a.")} <= known | {"ranta", "ar"}


def test_a_form_sent_without_a_script_comes_to_the_short_address(visitor):
    """Empty fields are left out of the address that one shares."""
    answer = visitor.get(PAGE, {"vem": "person", "alder": "50", "lon": "", "a.wait_work": "", "a.relapse_gap": "3"})
    assert answer["Location"] == f"{PAGE}?vem=person&alder=50&pension=65&start=round&a.relapse_gap=3"
    page = visitor.get(answer["Location"])
    assert f"http://testserver{answer['Location']}".replace("&", "&amp;") in page.content.decode()


def test_a_person_is_described_by_what_is_hers():
    """Care that she needs, or not, and a wage she can have; a share of an average wage that the book has (39,900)."""
    person = Asked(who=ONE, care="ja", wage=19_950).question()
    assert person.persons[0].values == {"needs_treatment": 1.0}
    assert person.book["wage_level"].value == pytest.approx(0.5)
    assert Asked(who=ONE).question().book["wage_level"].value == pytest.approx(0.65)


def test_an_area_is_five_per_cent_of_its_people():
    """Domain.md section 8: five per cent of working age (FRISAM)."""
    assert Asked(who=AREA, residents=61_000).people == 3050
    assert Asked(who=AREA, residents=61_000).question().persons[0].count == 3050


def test_the_need_groups_differ_within_the_books_own_ranges():
    """No source says how they differ: each value is a guess, and lies where the book already thinks it may."""
    question = Asked(who=GROUP, groups=(1, 1, 1, 1)).question()
    assert len(question.persons) == 4
    for person in question.persons:
        for name, value in person.values.items():
            assert question.book[name].low <= value <= question.book[name].high


def test_egon_is_told_spell_by_spell_as_the_library_has_him():
    """A sentence for each spell in each fate, and two years in all."""
    for way in WAYS:
        assert len(IN_WORDS[way]) == len(TOLD[way])
        assert sum(spell.months for spell in TOLD[way]) == 24
    assert Asked().question().persons[0].values == EGON.values


def test_everything_can_be_taken_home_as_tables_the_doubt_first(visitor):
    """A zip of CSV: no formula in it, the limits in each file, every assumption with its source and its mark."""
    answer = visitor.get(f"{PAGE}tabeller.zip", {"vem": "person", "a.relapse_gap": "3"})
    with ZipFile(io.BytesIO(answer.content)) as file:
        files = {name: file.read(name).decode("utf-8-sig") for name in file.namelist()}
    assert sorted(files) == [
        "1-sannolikhet.csv", "2-liv.csv", "3-kostnader.csv", "4-viktigast.csv", "5-antaganden.csv",
    ]  # fmt: skip
    assert files["1-sannolikhet.csv"].splitlines()[1].startswith("Tid;Ingen besparing i;")
    assert all("Får inte användas för att bestämma något om en människa." in text for text in files.values())
    assert not any(line.startswith(("=", "+", "-", "@")) for text in files.values() for line in text.splitlines())
    moved = next(line for line in files["5-antaganden.csv"].splitlines() if "Återfall under väntan per månad" in line)
    assert moved.split(";")[1:7] == ["3", "procent i månaden", "0,5", "4,4", "ja", "ja"]
    assert visitor.get(f"{PAGE}tabeller.zip", {"vem": "omrade"}).status_code == 404


def test_without_the_means_there_is_no_link_to_a_pdf(visitor, monkeypatch):
    """The browser prints the same page."""
    monkeypatch.setattr(pdf, "available", lambda: False)
    assert "oden.pdf" not in visitor.get(PAGE).content.decode()
    assert visitor.get(f"{PAGE}oden.pdf").status_code == 404
