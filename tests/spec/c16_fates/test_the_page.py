"""Chapter 16, the three fates: the page that asks what it costs not to work together (issue 5, point 3).

No test here but the one of a login asks for the database: pytest stops whoever does.
"""

import threading
import time

import pytest
from django.test import Client
from django.urls import reverse

from samverk.access.needs import declared_acts
from samverk.evaluation.comparison import claims_in
from samverk.fates.answer import COLUMNS, answer
from samverk.fates.book import COLLABORATING, INDEPENDENT, standard
from samverk.fates.doubt import doubt
from samverk.web import fates_engine
from samverk.web.fates_asked import Asked
from samverk.web.fates_drawing import strips
from samverk.web.fates_engine import MISSING, READY, STARTING, Engine
from samverk.web.fates_reckoned import SEED, draws_for, fates, worth
from samverk.web.fates_told import investing, verdicts
from samverk.web.fates_words import kronor, label, of_100
from samverk.web.views import fates as views
from tests.build import browser
from tests.people import cast
from tests.spec.c16_fates.conftest import words

PAGE, PICTURE, WHETHER = "/tre-oden/", "/tre-oden/bild/", "/tre-oden/sannolikhet/"
SOMEONE = {"vem": "person"}
# Half of the machine's time may be others': what counts is the time of this thread.
REACTION = 0.1


def test_anyone_may_look_where_the_operator_has_opened_it_and_it_reads_no_case(visitor):
    """A municipality tries this before it has a single case in the system: no login, no database (issue 5)."""
    answer = visitor.get(PAGE)
    assert answer.status_code == 200
    assert declared_acts(views.fates) == ()
    page = words(answer)
    assert "Egon, tre gånger" in page
    assert "Efter två år: hel sjukersättning, i 21 år till pensionen." in page


@pytest.mark.django_db
def test_elsewhere_it_is_for_those_who_are_logged_in():
    """Off until the operator opens it; an official or a participant may always look."""
    for path in (PAGE, PICTURE, WHETHER, f"{PAGE}tabeller.zip"):
        assert Client().get(path)["Location"].startswith(f"{reverse('account_login')}?next=")
    people = cast()
    for who in (people.anna, people.egon):
        assert browser(who).get(PAGE).status_code == 200


def test_the_probability_that_there_is_none_stands_before_every_saving(visitor):
    """The first thing said beside a saving is the probability that there is none (docs/fates.md)."""
    page = words(visitor.get(WHETHER, SOMEONE))
    asked = Asked(who="person")
    for said in verdicts(worth(asked)):
        none = page.index(f"Ingen besparing i {said.none}", page.index(said.window.capitalize()))
        assert none < page.index(said.says, none) < page.index(said.rest, none)
    assert page.index("Ingen besparing i") < min(page.index(word) for word in ("Mitt i räkningarna", "Vem lägger ut"))
    drawn = doubt(asked.question(), draws=draws_for(asked), seed=SEED, ways=(INDEPENDENT, COLLABORATING))
    assert f"Ingen besparing i {of_100(drawn.verdict('10 years').no_saving)}" in page


def test_we_do_not_know_is_an_answer(visitor):
    """With the shipped assumptions nobody knows whether it pays to pension; within two years it most probably costs."""
    told = {said.window: said.says for said in verdicts(worth(Asked(who="person")))}
    assert told == {
        "på 2 år": "Kostar troligen mer än det sparar", "på 10 år": "Vi vet inte", "till pensionen": "Vi vet inte",
    }  # fmt: skip
    assert words(visitor.get(WHETHER, SOMEONE)).count("Vi vet inte") == 2


def test_the_part_that_comes_at_once_promises_no_saving(visitor):
    """What each way costs is exact and quick; what one saves waits for its probability, and is not there without it."""
    page = words(visitor.get(PICTURE, SOMEONE))
    assert "Vad varje part betalar" in page
    assert "Vinst" not in page
    assert "sparar" not in page.replace("en väg som sparar genom tidig död sparar ingenting", "")


@pytest.mark.parametrize("query", [{}, SOMEONE, {"vem": "grupp", "arbete": "3"}, {"vem": "omrade", "invanare": "4000"}])
def test_nothing_is_said_to_bring_about_anything(visitor, query):
    """Collaboration's gains are assumptions put in: no sentence of the answer claims more (evaluation.md)."""
    for part in (PICTURE, WHETHER):
        page = words(visitor.get(part, query))
        # An assumption may be called so: that is what is put in, and it says nothing of what came out.
        for assumption in standard():
            page = page.replace(label(assumption), "")
        assert claims_in(page) == []
    assert "inlagt, inte visat" in words(visitor.get(WHETHER)), "Egon's sets were fitted to his story"


def test_a_guess_is_marked_as_one(visitor):
    """Every assumption without a source carries its mark, where it is moved and in the list with what is known of it."""
    page = visitor.get(PAGE).content.decode()
    guesses = [assumption for assumption in standard() if assumption.guess]
    assert f"{len(guesses)} av {len(standard().names)} antaganden är gissningar" in page
    rows = page.split('<div class="f-row')[1:]
    assert len(rows) > 80
    for row in rows:
        name = row.partition('name="a.')[2].partition('"')[0]
        if name:
            assert (">gissning<" in row) == standard()[name].guess, name
    assert all(label(assumption) in page for assumption in guesses)


def test_an_assumption_that_is_moved_moves_the_answer_and_no_other_way(visitor):
    """The odds of a step by collaborating, at harm and at gain: that way alone changes."""
    harm, gain = (fates(Asked(who="person", values=(("collaborating.success", odds),))) for odds in (0.55, 1.63))
    assert gain.lines[COLLABORATING].years["work"] > 1.2 * harm.lines[COLLABORATING].years["work"]
    assert gain.lines[INDEPENDENT].years == harm.lines[INDEPENDENT].years
    assert (
        "Ändrat: Tillsammans: oddskvot för att ett steg lyckas 0,55\xa0gånger oddsen (stod på 1\xa0gånger oddsen)."
        in words(visitor.get(PICTURE, SOMEONE | {"a.collaborating.success": "0,55"}))
    )
    pages = [words(visitor.get(PICTURE, SOMEONE | {"a.collaborating.success": odds})) for odds in ("0,55", "1,63")]
    assert pages[0] != pages[1]


def test_what_is_egons_own_can_be_moved_too(visitor):
    """A person's own values stand above the book: moved on his page, it is his that move."""
    before, after = fates(Asked()), fates(Asked(values=(("needs_treatment", 0.2),)))
    assert before.lines[INDEPENDENT].years != after.lines[INDEPENDENT].years


def test_the_picture_is_of_a_hundred_people_and_true(visitor):
    """In each way and year the squares are a hundred, and each number is within one of what the model expects."""
    found = fates(Asked(who="person", age=30))
    for strip in strips(found):
        assert {sum(counts) for counts in strip.years} == {100}
        share = found.lines[strip.way].share[120]
        assert abs(strip.working(10) - 100 * (share[5] + share[6])) < 2
        assert abs(strip.years[10][-1] - 100 * share[11]) < 1
    year = words(visitor.get(PICTURE, SOMEONE | {"alder": "30", "ar": "10"}))
    assert f"{strips(found)[2].working(10)} av 100 i arbete" in year


def test_the_parties_costs_are_the_models_and_close(visitor):
    """What stands in the table is what the model says, for a group as for one; the parties sum to society."""
    asked = Asked(who="grupp", groups=(2, 0, 1, 0))
    costs = answer(asked.question()).lines[COLLABORATING].costs
    assert costs[1, :7].sum() == pytest.approx(costs[1, COLUMNS.index("society")])
    page = words(visitor.get(PICTURE, {"vem": "grupp", "psykiska": "2", "arbete": "1"}))
    for party in ("municipality", "public", "society"):
        assert kronor(costs[1, COLUMNS.index(party)]) in page


def test_who_lays_out_for_whom_is_told():
    """A party that lays out and never has it back is named as laying out for the others (the subsidies: look/fates)."""
    told = investing(worth(Asked()), 1)
    assert told[0] == "Lägger ut under de första två åren: Arbetsförmedlingen."
    assert told[-1] == "Får inte tillbaka det själv: Arbetsförmedlingen. De lägger ut för de andra."


def test_a_slider_is_answered_within_a_blink(visitor):
    """Under 100 ms of server time for each new value (issue 5). The draws come after, by themselves."""
    visitor.get(PICTURE)
    spent = []
    for odds in range(100, 106):
        began = time.thread_time()
        visitor.get(PICTURE, {"a.collaborating.success": odds / 100})
        spent.append(time.thread_time() - began)
    assert min(spent) < REACTION


def test_while_others_draw_the_page_says_so(visitor, monkeypatch):
    """It is open to anyone, and draws for one at a time: the picture comes, and the rest is asked for again."""
    monkeypatch.setattr(fates_engine, "TURN", 0.01)
    with fates_engine.ENGINE.turn():
        answer = visitor.get(PAGE, {"vem": "person", "alder": "61"})
    assert answer.status_code == 200
    assert "Många räknar just nu" in words(answer)
    assert "Tre liv, år för år" in words(answer)


def test_without_numba_the_page_says_what_is_missing(visitor, monkeypatch):
    """The house runs without the extra `fates`; who comes here is told kindly what to ask for."""

    def missing() -> None:
        raise ImportError("numba")

    monkeypatch.setattr(views, "ENGINE", Engine(missing))
    answer = visitor.get(PAGE)
    assert answer.status_code == 404
    assert "Räknaren är inte installerad här" in words(answer)
    assert views.ENGINE.state() == MISSING


def test_while_the_engine_starts_the_page_waits_a_little_and_asks_again(visitor, monkeypatch):
    """The first start of an installation compiles: nobody's page hangs, and it fetches itself again without a script."""
    monkeypatch.setattr(fates_engine, "PATIENCE", 0.01)
    done = threading.Event()
    monkeypatch.setattr(views, "ENGINE", Engine(lambda: done.wait() and None))
    answer = visitor.get(PAGE)
    assert (answer.status_code, answer["Refresh"]) == (202, views.AGAIN)
    assert views.ENGINE.state(0.01) == STARTING
    assert "Räknaren startar" in words(answer)
    done.set()
    assert views.ENGINE.state(30) == READY
