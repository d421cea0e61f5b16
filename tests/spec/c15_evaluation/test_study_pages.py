"""Chapter 15, evaluation: a study from the first question to the report, on pages (issue 4, points 5 and 6)."""

import html
import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from samverk.access.declare_house import SeeGains
from samverk.evaluation.comparison import Comparison, checked, claims_in
from samverk.store.models import Event, Study, StudyRun
from samverk.web.study_report import report
from tests.build import asked_of, browser, is_refused
from tests.people import cast
from tests.spec.c15_evaluation.study_worlds import a_register, an_extract, as_register_csv
from tests.spec.c15_evaluation.studying import MONEY, counted, defined, locked

pytestmark = pytest.mark.django_db
MOST_QUERIES = 18
FILES = ("tabeller.zip", "siffror.parquet", "kor-igen.zip")


@pytest.fixture
def people():
    return cast()


def at(name, people, study=None, **more):
    where = {"programme": people.programme} | ({"study": study} if study else {}) | more
    return reverse(name, kwargs=where)


def words(answer) -> str:
    """What a reader reads on a page: no markup, no head."""
    text = re.sub(r"<(script|style|head)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def typed(**more):
    """What a browser sends of the form, as it stands when it is new."""
    given = {
        "question": "Hur många försörjer sig själva?", "quarter_from": "", "quarter_to": "", "age_from": "16",
        "age_to": "67", "months_before": "12", "after_from": "12", "after_to": "24", "comparison": "none",
        "outcomes": ["self_support", "answers"], "self_supporting": ["wage"], "prices": "",
        "perspectives": ["one year"], "rates": ["0.035"], "kept": "100", "pension_age": "67", "meeting_hours": "1",
        "most_unpriced": "5", "least": "5",
    }  # fmt: skip
    return given | more


def test_eva_plans_locks_and_is_shown_what_is_locked(people):
    """The whole way on pages, without a script."""
    eva = browser(people.eva)
    empty = words(eva.get(at("studies", people)))
    assert "Ingen studie är gjord än" in empty
    answer = eva.post(at("study_new", people), typed())
    study = Study.objects.get()
    assert answer.headers["Location"] == at("study", people, study.id)
    page = words(eva.get(at("study", people, study.id)))
    assert "Hur många försörjer sig själva?" in page
    assert "Lås planen" in page
    assert "Kör studien" not in page
    refused = eva.post(at("study", people, study.id), {"version": "1"})
    assert refused.status_code == 422
    eva.post(at("study", people, study.id), {"version": "1", "confirmed": "on"})
    study.refresh_from_db()
    page = words(eva.get(at("study", people, study.id)))
    assert study.hash in page
    assert "Kör studien" in page
    assert eva.get(at("study_change", people, study.id)).status_code == 404


def test_what_cannot_be_planned_comes_back_beside_its_field_as_it_was_typed(people):
    """422, and nothing that was typed is lost."""
    answer = browser(people.eva).post(
        at("study_new", people), typed(question="Vilken effekt har det?", quarter_from="våren")
    )
    assert answer.status_code == 422
    page = words(answer)
    assert "Fråga efter en förändring" in page
    assert "2026-Q1" in page
    assert "Vilken effekt har det?" in page
    assert not Study.objects.exists()


def test_a_draft_is_changed_by_one_and_the_other_sees_both_texts(people):
    """Two evaluators: the second is shown what now stands, and saves against it."""
    eva = browser(people.eva)
    study = defined(people)
    url = at("study_change", people, study)
    assert eva.post(url, typed(question="Den första?", version="1")).status_code == 302
    second = eva.post(url, typed(question="Den andra?", version="1"))
    assert second.status_code == 422
    assert {"Den första?", "Den andra?"} <= set(re.findall(r"Den \w+\?", words(second)))
    assert 'name="version" value="2"' in second.content.decode()


def test_results_before_the_lock_are_refused_on_every_page(people):
    """She is sent to the plan, and that she asked stands in the log."""
    eva = browser(people.eva)
    study = defined(people)
    pages = [at("study_results", people, study), at("study_results_print", people, study)]
    pages += [at("study_summary", people, study, language="sv")]
    pages += [at("study_file", people, study, what=what) for what in FILES]
    for n, page in enumerate(pages, start=1):
        answer = eva.get(page)
        assert (answer.status_code, answer.headers["Location"]) == (302, at("study", people, study))
        assert Event.objects.filter(what="study.results_refused").count() == n
    assert "inte förrän planen är låst" in words(eva.get(at("study", people, study)))


def test_nobody_else_finds_the_studies(people):
    """Forbidden looks absent; the steering group has a page of its own."""
    study = locked(people)
    counted(people, study, **MONEY)
    for who in (people.anna, people.bo, people.stig, people.frida, people.egon):
        client = browser(who)
        for page in (
            at("studies", people), at("study", people, study), at("study_results", people, study),
            at("study_file", people, study, what="kor-igen.zip"),
        ):  # fmt: skip
            assert client.get(page).status_code == 404
    assert [is_refused(who, SeeGains, programme=people.programme) for who in (people.stig, people.anna)] == [False] * 2
    assert [is_refused(who, SeeGains, programme=people.programme) for who in (people.bo, people.egon)] == [True] * 2


def every_page(people, study):
    """All pages and files of a study, as (name, text)."""
    eva, stig = browser(people.eva), browser(people.stig)
    pages = [at("studies", people), at("study", people, study), at("study_new", people)]
    pages += [f"{at('study_new', people)}?foljer={study}"]
    pages += [at("study_results", people, study), at("study_results_print", people, study)]
    pages += [at("study_summary", people, study, language=language) for language in ("sv", "en")]
    for page in pages:
        answer = eva.get(page)
        assert answer.status_code == 200, page
        yield page, words(answer)
    yield "gains", words(stig.get(at("gains", people)))
    for what in FILES:
        answer = eva.get(at("study_file", people, study, what=what))
        assert answer.status_code == 200, what
        if what.endswith(".zip"):
            with ZipFile(io.BytesIO(answer.content)) as whole:
                for name in whole.namelist():
                    yield name, whole.read(name).decode()
        else:
            import polars as pl

            frame = pl.read_parquet(io.BytesIO(answer.content))
            yield what, "\n".join(frame["place"].to_list() + [text or "" for text in frame["text"].to_list()])


@pytest.mark.parametrize("language", ["sv", "en"])
def test_without_a_comparison_no_page_and_no_file_says_more_than_change(people, language):
    """Every text of a study without a comparison says *change*, never *effect* (shared evaluation method, point 6)."""
    study = locked(people)
    counted(people, study, an_extract(lost=12), **MONEY)
    with translation.override(language):
        found = list(every_page(people, study))
    assert len(found) > 20
    for name, text in found:
        assert claims_in(" ".join(text.split())) == [], name
    assert any("Siffran visar en förändring, inte en effekt" in text for _name, text in found)


def test_with_a_comparison_that_holds_it_is_called_by_its_name(people):
    """Doubly robust, trends alike before, overlap: then the word may be said, with what was examined beside it."""
    study = locked(people, comparison="doubly robust", file=as_register_csv(a_register(80)).encode(), file_name="a.csv")
    counted(people, study, a_register(600), **MONEY)
    page = words(browser(people.eva).get(at("study_results", people, study)))
    assert "Effekt per person och år" in page
    assert "Håller jämförelsen?" in page
    assert "inte en effekt" not in page


def test_a_comparison_that_does_not_hold_is_refused_with_its_reasons_and_change_is_shown(people):
    """Too few to be compared with: the reasons stand in plain words, and nothing is called an effect."""
    file = as_register_csv(a_register(80)).encode()
    study = locked(people, comparison="matched", file=file, file_name="a.csv")
    counted(people, study, a_register(30), **MONEY)
    for name, text in every_page(people, study):
        assert claims_in(" ".join(text.split())) == [], name
        if name == at("study_results", people, study):
            assert "Jämförelsen som planen bad om höll inte" in text
            assert re.search(r"är för få att jämföra", text)


def test_beside_every_saving_stands_the_chance_that_there_is_none(people):
    """A page that cannot say "we do not know" is a wrong page (shared evaluation method, "The evidence conflicts")."""
    study = locked(people)
    counted(people, study, **MONEY)
    found = report_of(study)
    parties = next(part for part in found.parts if part.ident == "parter")
    heads = parties.tables[0].heads
    assert heads[3] == "Sannolikhet att ingen vinst finns"
    assert all(row[3].endswith("%") and row[3] not in ("0\u00a0%", "100\u00a0%") for row in parties.tables[0].rows)
    assert any("Sannolikheten att det inte finns någon vinst" in text for text in found.main)
    worth = next(part for part in found.parts if part.ident == "perspektiv")
    assert all(table.heads[4] == "Sannolikhet att det inte gör det" for table in worth.tables)
    pay = next(part for part in found.parts if part.ident == "betalt")
    assert any("aldrig" in row for row in pay.tables[0].rows), "the employment service pays and gains nothing"


def report_of(study):
    row = StudyRun.objects.select_related("study").get(study=study, status="done")
    from samverk.domain.study import plan_of

    return report(plan_of(row.study.text), row.figures, {})


def test_the_report_has_what_an_evaluator_looks_for(people):
    """Issue 4, point 5: flow, who wins and loses over time, pay-off, sex and age, sensitivity, drop-out, what may be said."""
    study = locked(people)
    counted(people, study, an_extract(lost=12), **MONEY)
    found = report_of(study)
    assert [part.ident for part in found.parts] == [
        "flode", "parter", "tid", "betalt", "perspektiv", "egen", "vilka", "svar", "provat",
    ]  # fmt: skip
    flow = dict(found.parts[0].tables[0].rows)
    assert flow["Har sagt nej till att vara med"] == "9"
    assert flow["Har skyddade personuppgifter"] == "visas inte"
    assert flow["Deltagare som är med i studien"] == "57"
    assert flow["Deltagare som inte har följts så länge: bortfall, eller så har tiden inte gått"] == "12"
    tried = found.parts[-1].tables[0].rows
    assert any("fallit bort" in row[0] for row in tried)
    assert any("hade det sämst" in row[0] for row in tried)


def test_the_steering_group_sees_change_over_time_and_no_word_more_even_where_a_comparison_was_made(people):
    """Kept current from the newest run, without names."""
    stig = browser(people.stig)
    empty = words(stig.get(at("gains", people)))
    assert "Det finns inga siffror än" in empty
    assert "utvärderare" in empty
    study = locked(people, comparison="doubly robust", file=as_register_csv(a_register(80)).encode(), file_name="a.csv")
    counted(people, study, a_register(600), **MONEY)
    page = words(stig.get(at("gains", people)))
    assert "Förändring per person och år" in page
    assert claims_in(" ".join(page.split())) == []


def test_no_page_asks_the_database_more_the_more_there_is(people):
    """At most 18 queries, and as many for three studies with runs as for one."""
    eva, stig = browser(people.eva), browser(people.stig)

    def asked(study):
        pages = [at("studies", people), at("study", people, study), at("study_results", people, study)]
        pages += [at("study_summary", people, study, language="sv"), at("study_new", people)]
        counts = []
        for client, page in [*((eva, page) for page in pages), (stig, at("gains", people))]:
            with CaptureQueriesContext(
                connection,
            ) as counted_:
                assert client.get(page).status_code == 200
            counts.append(len(asked_of(counted_)))
        return counts

    first = locked(people)
    counted(people, first)
    once = asked(first)
    for _ in range(2):
        counted(people, locked(people))
    counted(people, first)
    assert asked(first) == once
    assert max(once) <= MOST_QUERIES


def test_a_run_that_goes_on_says_how_far_it_has_come_and_the_page_fetches_itself(people):
    """Without a script: the page asks for itself again until it is done."""
    from tests.spec.c15_evaluation.studying import asked, machine, study_run

    study = locked(people)
    run = asked(people, study)
    eva = browser(people.eva)
    machine(lambda p: study_run.begin(p, run=run))
    machine(lambda p: study_run.tell(p, run=run, step="money", done=0.25))
    page = eva.get(at("study", people, study))
    assert page.headers["Refresh"]
    assert "Refresh" not in eva.get(f"{at('study', people, study)}?vila=1").headers
    assert "Räknar kronor: 25" in words(page)
    machine(lambda p: study_run.fail(p, run=run, reasons=[("engine", {"text": "there is nobody to draw from"})]))
    page = eva.get(at("study", people, study))
    assert "Refresh" not in page.headers
    assert "Ingen har följts både före och efter." in words(page)
    assert "Kör igen" in words(page)


def test_the_drawings_stand_in_tables_too(people):
    """For those who do not see: each drawing has a title, a description with its figures, and its table beside it."""
    study = locked(people)
    counted(people, study, **MONEY)
    page = browser(people.eva).get(at("study_results", people, study)).content.decode()
    drawn = re.findall(r'<svg[^>]*role="img"[^>]*>\s*<title[^>]*>(.+?)</title>\s*<desc[^>]*>(.+?)</desc>', page, re.S)
    assert len(drawn) >= 4
    assert all(title and desc for title, desc in drawn)
    for part in report_of(study).parts:
        if part.drawing:
            cells = {cell for table in part.tables for row in table.rows for cell in row}
            assert {bar.text for bar in part.drawing.bars} <= cells


def test_no_template_of_a_study_holds_a_word_that_claims():
    """Also what is only shown in states that no test comes to."""
    folder = Path(get_template("studies/report.html").origin.name).parent
    files = sorted(folder.glob("*.html"))
    assert len(files) > 8
    for file in files:
        checked(re.sub(r"<[^>]+>", " ", file.read_text(encoding="utf-8")), Comparison.NONE)
