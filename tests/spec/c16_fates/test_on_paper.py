"""Chapter 16, the three fates on paper: the picture is in the PDF, and stands without colour (issue 5, point 3)."""

import re

import pytest

from samverk.web import pdf
from samverk.web.fates_words import GROUPS

PAGE = "/tre-oden/"


@pytest.fixture
def drawing(visitor, monkeypatch) -> str:
    """The one picture on the page that is made a PDF of; the library itself is tested elsewhere (test_pdf)."""
    made = []
    monkeypatch.setattr(pdf, "available", lambda: True)
    monkeypatch.setattr(pdf, "pdf", lambda html: made.append(html) or b"%PDF-")
    assert visitor.get(f"{PAGE}oden.pdf", {"ar": "5"}).status_code == 200
    (found,) = re.findall(r'<svg [^>]*role="img".*?</svg>', made[0], re.S)
    return found


def test_the_pdf_has_the_three_lives_as_a_picture(drawing):
    """Three lives side by side as a picture, PDF too: a strip for each way, read aloud as the page's sentences."""
    for way in ("Var för sig", "Mot varandra", "Tillsammans"):
        assert re.search(rf"<text [^>]*>{way}</text>\s*<g [^>]*>(<path [^>]*>){{4,}}", drawing), way
    title = re.search(r"<title>(.*?)</title>", drawing, re.S)[1]
    assert title.count("år 5, av 100:") == 3


def test_every_pattern_of_the_picture_stands_in_it_and_is_named(drawing):
    """Colour never carries a state alone (WCAG 1.4.1), and the library draws a picture apart from its page."""
    defined = set(re.findall(r'<pattern id="m-(\w+)"', drawing))
    assert set(re.findall(r"url\(#m-(\w+)\)", drawing)) <= defined
    assert defined == set(GROUPS)
    named = re.findall(r'fill="url\(#m-(\w+)\)"/><text [^>]*>[^<]+</text>', drawing)
    assert sorted(named) == sorted(GROUPS)


def test_the_pictures_colours_reach_the_paper():
    """The page's rules and variables do not reach a picture in a PDF: they are written out in it (ADR 020)."""
    style = pdf.drawing_style()
    for group in GROUPS:
        assert re.search(rf"\.g-{group}\{{fill: #\w+", style), group
    assert "var(" not in style
