"""PDF from the server: a page made for paper, as one tagged file (PDF/UA-1). ADR 020.

Needs the optional `samverk[pdf]`, and Pango from the system. Without them there is no link to any PDF: the browser
prints the same page.
"""

import logging
import mimetypes
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpResponse

KIND = "application/pdf"
VARIANT = "pdf/ua-1"
_BASE = "https://samverk.invalid/"
"""No host is ever asked: the name stands for the static files, and for nothing else."""
_PERSONAL_NUMBER = re.compile(
    r"(?<![\w-])(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|[67]\d|8\d|9[01])[-+]\d{4}(?![\w-])"
)
_SHEETS = ("samverk.css", "fates.css")
_DRAWN = (".drawing ", ".g-", ".f-paper-")
"""How the rules begin that belong to a drawing: those of all pages, and the patterns and the paper of the fates."""
_DRAWING = re.compile(r'<svg\b[^>]*\brole="img"[^>]*>')
_one_at_a_time = Lock()
TURN = 10.0
"""Seconds that a page waits for its turn: less than a browser waits, and the server's threads are not all held up."""


class Busy(RuntimeError):
    """Others are having their papers made, and it has lasted too long. The middleware says so (503)."""


class PersonalNumber(ValueError):
    """The page holds a personal number, and a file that is sent around may not."""


@cache
def available() -> bool:
    """Whether the server can make PDF: the library is installed, and finds Pango. Asked once for each process."""
    try:
        import weasyprint  # noqa: F401 (it tells only here whether Pango is there too)
    except (ImportError, OSError):
        return False
    # It tells of every rule for screens that paper does without.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return True


def pdf(html: str) -> bytes:
    """The page as PDF, on the paper that print.css says; its title and language are those of `html`.

    Nothing is fetched but the house's own static files. PersonalNumber where the page holds one; RuntimeError where
    `available()` is False; Busy after TURN seconds in the queue. Takes a second or more: call it with no door open.
    """
    if not available():
        raise RuntimeError("samverk[pdf] and Pango are not installed")
    if _PERSONAL_NUMBER.search(html):
        raise PersonalNumber
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            found = static_file(url)
            if found is None:
                raise ValueError(f"not a static file: {url}")
            kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, found.read_bytes(), {"Content-Type": kind})

    fonts, fetcher = FontConfiguration(), OwnFiles()
    styled = _DRAWING.sub(lambda found: f"{found[0]}<style>{drawing_style()}</style>", html)
    if not _one_at_a_time.acquire(timeout=TURN):
        raise Busy
    try:
        document = weasyprint.HTML(string=styled, base_url=_BASE, url_fetcher=fetcher)
        sheet = weasyprint.CSS(url=f"{_BASE}static/pdf.css", url_fetcher=fetcher, font_config=fonts)
        made: bytes = document.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT)
    finally:
        _one_at_a_time.release()
    return made


def attached(html: str, name: str) -> HttpResponse:
    """The page as a PDF to keep, called samverk-`name`.pdf. It is kept nowhere on the way."""
    headers = {"Content-Disposition": f'attachment; filename="samverk-{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf(html), content_type=KIND, headers=headers)


def static_file(url: str) -> Path | None:
    """The static file that `url` names, relative to the house or below it; None for any other address."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if f"{parts.scheme}://{parts.netloc}/" != _BASE or not path.startswith(settings.STATIC_URL):
        return None
    try:
        found = finders.find(path.removeprefix(settings.STATIC_URL))
    except SuspiciousFileOperation:
        return None
    return Path(found) if isinstance(found, str) else None


@cache
def drawing_style() -> str:
    """What samverk.css and fates.css say of drawings, with their colours written out.

    The library draws an SVG apart from its page, where neither the page's rules nor its variables reach.
    """
    rules = [rule for sheet in _SHEETS for rule in _rules(static_file(f"{_BASE}static/{sheet}"))]
    colours = dict(re.findall(r"--([\w-]+):\s*([^;]+)", ";".join(body for names, body in rules if names == [":root"])))
    tones = {name: body for names, body in rules for name in names if re.fullmatch(r"\s*--c:[^;]*;?\s*", body)}
    made = []
    for names, body in rules:
        for name in names:
            if not name.startswith(_DRAWN) or ">" in name:
                continue
            inside = name.removeprefix(".drawing ")
            if "var(--c)" not in body:
                made.append((inside, body))
                continue
            for tone, colour in tones.items():
                made.append((f"{inside}{tone}", body.replace("var(--c)", colour.partition(":")[2].strip(" ;"))))
    return "".join(f"{name}{{{_written_out(body, colours)}}}" for name, body in made)


def _written_out(body: str, colours: Mapping[str, str]) -> str:
    return re.sub(r"var\(--([\w-]+)\)", lambda found: colours.get(found[1], "#000"), body).strip()


def _rules(file: Path | None) -> Iterator[tuple[list[str], str]]:
    """The rules that hold on every medium: their selectors, and what they say."""
    import tinycss2

    for rule in tinycss2.parse_stylesheet(file.read_text(encoding="utf-8") if file else "", skip_comments=True):
        if rule.type == "qualified-rule":
            names = [name.strip() for name in tinycss2.serialize(rule.prelude).split(",")]
            yield names, tinycss2.serialize(rule.content)
