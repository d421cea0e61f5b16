"""Chapter 15, evaluation: the report and the page for whoever decides as PDF from the server (issue 4, point 5)."""

import re

import pytest

from samverk.web import pdf
from tests.build import browser
from tests.people import cast
from tests.spec.c15_evaluation.studying import MONEY, counted, locked
from tests.spec.c15_evaluation.test_study_pages import at, words
from tests.unit.web.test_pdf import everything_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast()


def test_the_page_for_whoever_decides_is_one_page_in_either_language(people):
    """A plain summary for politicians on one page, Swedish and English (issue 4, point 5)."""
    study = locked(people)
    counted(people, study, **MONEY)
    for language in ("sv", "en"):
        what = f"sammanfattning-{language}.pdf"
        answer = browser(people.eva).get(at("study_file", people, study, what=what))
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="samverk-{what}"'
        assert answer.headers["Cache-Control"] == "no-store"
        found = everything_in(answer.content)
        assert f"/Lang ({language})".encode() in found
        assert len(re.findall(rb"/Type /Page\b(?!s)", found)) == 1


def test_the_whole_report_is_a_pdf_of_the_page_that_is_printed(people):
    """The same parts under the same headings, from a page that says what it is."""
    study = locked(people)
    counted(people, study)
    eva = browser(people.eva)
    printed = eva.get(at("study_results_print", people, study)).content.decode()
    found = everything_in(eva.get(at("study_file", people, study, what="rapport.pdf")).content)
    assert len(re.findall(rb"/S /H2\b", found)) == len(re.findall(r"<h2\b", printed)) > 4
    assert b"/S /Table" in found


def test_where_the_server_cannot_make_pdf_the_page_says_how_the_browser_does_it(people, monkeypatch):
    """No link that leads nowhere: the extra samverk[pdf] is not everywhere (docs/adr/020)."""
    study = locked(people)
    counted(people, study)
    eva = browser(people.eva)
    assert "rapport.pdf" in eva.get(at("study_results", people, study)).content.decode()
    monkeypatch.setattr(pdf, "available", lambda: False)
    page = eva.get(at("study_results", people, study))
    assert ".pdf" not in page.content.decode()
    assert "Spara som PDF" in words(page)
    assert eva.get(at("study_file", people, study, what="rapport.pdf")).status_code == 404


def test_others_than_the_evaluator_get_no_file(people):
    """The figures are the evaluator's, whatever their form."""
    study = locked(people)
    counted(people, study)
    assert browser(people.bo).get(at("study_file", people, study, what="rapport.pdf")).status_code == 404
