"""PDF from the server (ADR 020): tagged, in its language, from the house's own files alone, with nobody's number in it."""

import re
import zlib

import pytest

from samverk.web import pdf

PAGE = """<!doctype html><html lang="sv"><head><title>Rapport</title></head><body><h1>Rapport</h1><p>Ett ord.</p>
<figure class="drawing"><svg width="100%" height="20" role="img"><title>Parterna</title>
<rect class="bar fk" x="0" y="0" width="50%" height="14"/></svg></figure>{more}</body></html>"""


def everything_in(file: bytes) -> bytes:
    """The file with its compressed parts unpacked."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", file, re.S)
    opened = []
    for part in parts:
        try:
            opened.append(zlib.decompress(part))
        except zlib.error:
            opened.append(part)
    return b"\n".join([file, *opened])


def test_the_server_of_the_tests_can_make_pdf() -> None:
    """The tests' own machine has what `make test` puts there: else the rest of this file would show nothing."""
    assert pdf.available()


def test_a_pdf_can_be_read_aloud() -> None:
    """PDF/UA-1 (ISO 14289-1): marked, with title, language and headings, and a text for each drawing."""
    found = everything_in(pdf.pdf(PAGE.format(more="")))
    assert found.startswith(b"%PDF-")
    assert b'pdfuaid:part="1"' in found
    assert b"/Lang (sv)" in found
    assert b"/Title (Rapport)" in found
    assert b"/DisplayDocTitle true" in found
    assert re.search(rb"/S /H1\b", found)
    assert re.search(rb"/Alt \(Parterna\)", found)


def test_a_drawing_keeps_its_colours_on_paper() -> None:
    """The library draws an SVG apart from its page: without the house's rules in it every bar would be black."""
    green = " ".join(f"{int(part, 16) / 255:g}" for part in ("2c", "76", "4a"))
    assert "--fk: #2c764a" in pdf.static_file("https://samverk.invalid/static/samverk.css").read_text()  # type: ignore[union-attr]
    found = everything_in(pdf.pdf(PAGE.format(more=""))).decode("latin-1")
    drawn = [
        " ".join(f"{float(n):g}" for n in told.split())
        for told in re.findall(r"([\d.]+ [\d.]+ [\d.]+) (?:scn|rg)", found)
    ]
    assert any(
        [round(float(n), 3) for n in one.split()] == [round(float(n), 3) for n in green.split()] for one in drawn
    )


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/a.png",
        "https://example.org/static/samverk.css",
        "https://samverk.invalid/arenden/",
        "https://samverk.invalid/static/../settings/base.py",
        "https://samverk.invalid/static/%2e%2e/%2e%2e/urls.py",
        "file:///etc/passwd",
        "data:text/plain,abc",
    ],
)
def test_nothing_but_the_houses_own_files_is_fetched(address: str) -> None:
    """A page can hold what somebody wrote: the server asks no address for her, and reads no file (OWASP, SSRF)."""
    assert pdf.static_file(address) is None


def test_a_page_that_asks_for_something_foreign_goes_without_it() -> None:
    """The file is made all the same, and holds nothing of what was asked for."""
    foreign = '<img src="file:///etc/passwd" alt="bild"><link rel="attachment" href="file:///etc/passwd">'
    assert b"root:" not in everything_in(pdf.pdf(PAGE.format(more=foreign)))


@pytest.mark.parametrize("number", ["19850709-9805", "850709-9805", "19850769-9805"])
def test_a_page_with_a_personal_number_becomes_no_file(number: str) -> None:
    """What is sent around names nobody (shared security method; a co-ordination number, 60 added to the day, is one too)."""
    with pytest.raises(pdf.PersonalNumber):
        pdf.pdf(PAGE.format(more=f"<p>{number}</p>"))


@pytest.mark.parametrize("harmless", ["2026-11-22", "9c4933b379e5c0c850709-980", "1 234 567-8901 234", "010-123 45 67"])
def test_what_only_looks_like_a_number_is_let_through(harmless: str) -> None:
    """Days, sums and checksums are no personal numbers."""
    assert pdf.pdf(PAGE.format(more=f"<p>{harmless}</p>"))
