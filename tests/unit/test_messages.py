"""Every Swedish sentence of the house has its English one (ADR 002), and English pages are English throughout."""

import re
import shutil
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from samverk.store.models import Account, Answer, Party, Person, Programme
from tests import build, build_plans
from tests.people import cast

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "samverk"
CATALOG = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"

# What has to come through a translation unharmed: a value to fill in, a tag, an entity.
_KEPT = re.compile(r"%\(\w+\)[sd]|%[sd%]|</?\w[^>]*>|&\w+;")
_SWEDISH = re.compile("[åäöÅÄÖ]")
# docs/glossary.md says what a thing is never called.
_NEVER = re.compile(r"\b(clients?|patients?|users?|tenants?|tickets?|triage|permissions?|projects?|bugs?)\b", re.I)
_SAME_IN_BOTH = {
    "Egon",
    "Demonstration",
    "Index",
    "Plan",
    "Text",
    "Version %(n)s",
    "Version %(number)s",
    "version %(number)s",
    "%(first)s–%(last)s",
    "%(n)s person",
    "%(way)s: %(what)s",
}


def _catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture(scope="module")
def english() -> Catalog:
    """The English catalogue, as it stands in the source."""
    return _catalog(CATALOG)


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _ids(catalog: Catalog) -> set[tuple[str, str]]:
    return {(message.context or "", _forms(message.id)[0]) for message in _messages(catalog)}


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _missing(catalog: Catalog) -> list[str]:
    """Messages without English, or with a guess that nobody has looked at."""
    return [
        _forms(message.id)[0]
        for message in _messages(catalog)
        if message.fuzzy
        or len(_forms(message.string)) != len(_forms(message.id))
        or not all(text.strip() for text in _forms(message.string))
    ]


def _unlike(catalog: Catalog) -> list[str]:
    """Messages whose English fills in other values, or has other tags or line ends, than the Swedish."""
    return [
        swedish
        for message in _messages(catalog)
        for swedish, translated in zip(_forms(message.id), _forms(message.string), strict=False)
        if _frame(swedish) != _frame(translated)
    ]


def _frame(text: str) -> tuple[list[str], int, bool, bool]:
    return sorted(_KEPT.findall(text)), text.count("\n"), text[:1].isspace(), text[-1:].isspace()


def _one(swedish: str | tuple[str, str], english: str | tuple[str, str], *flags: str) -> Catalog:
    catalog = Catalog(locale="en")
    catalog.add(swedish, english, flags=flags)
    return catalog


def test_every_sentence_has_its_english_one(english: Catalog) -> None:
    """ADR 002: a missing translation shows Swedish in an English page. None is missing, none is a guess."""
    assert len(_messages(english)) > 1000
    assert _missing(english) == []


@pytest.mark.parametrize(
    "bad",
    [
        _one("Ja", ""),
        _one("Ja", " "),
        _one("Ja", "Yes", "fuzzy"),
        _one(("%(n)s dag", "%(n)s dagar"), ("%(n)s day", "")),
    ],
    ids=["empty", "blank", "guess", "no plural"],
)
def test_a_missing_translation_is_noticed(bad: Catalog) -> None:
    assert len(_missing(bad)) == 1


def test_what_is_filled_in_is_the_same_in_both_languages(english: Catalog) -> None:
    """A name that English lacks would be lost, and one that Swedish lacks would stop the page."""
    assert _unlike(english) == []


@pytest.mark.parametrize(
    "bad",
    [
        _one("Till %(name)s", "To %(person)s"),
        _one("Till <b>%(day)s</b>", "Until %(day)s"),
        _one("Till\n", "To"),
        _one(("%(n)s dag", "%(n)s dagar"), ("%(n)s day", "days")),
    ],
    ids=["name", "tag", "line end", "plural"],
)
def test_a_lost_value_is_noticed(bad: Catalog) -> None:
    assert len(_unlike(bad)) == 1


def test_english_is_english(english: Catalog) -> None:
    """No sentence was left as it stood, and no word is one that docs/glossary.md says is never used."""
    told = [(message, text) for message in _messages(english) for text in _forms(message.string)]
    assert [text for _, text in told if _SWEDISH.search(text)] == []
    assert [text for _, text in told if _NEVER.search(text)] == []
    assert {text for message, text in told if text in _forms(message.id)} == _SAME_IN_BOTH


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="xgettext is not on this machine: make system")
def test_the_catalogue_is_of_the_source(
    english: Catalog, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each sentence of code and templates is in the catalogue, and nothing else. `make messages` mends it."""
    copy = tmp_path / "samverk"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("static", "locale", "__pycache__", "stories"))
    (copy / "locale").mkdir()
    settings.LOCALE_PATHS = [copy / "locale"]
    monkeypatch.chdir(copy)
    call_command("makemessages", locale=["en"], verbosity=0, stdout=StringIO())
    there = _ids(_catalog(copy / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    assert sorted(there - _ids(english)) == []
    assert sorted(_ids(english) - there) == []


# Pages -----------------------------------------------------------------------


class _Words(HTMLParser):
    """What a reader meets of a page: its text, and what is said instead of seen."""

    def __init__(self) -> None:
        super().__init__()
        self.lang = ""
        self.said: list[str] = []
        self._foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "html":
            self.lang = told.get("lang") or ""
        if self._foreign or tag in ("script", "style") or ("lang" in told and tag != "html"):
            self._foreign.append(tag)
        self.said += [told[name] or "" for name in ("aria-label", "title", "alt") if name in told]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._foreign:
            while self._foreign.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._foreign and data.strip():
            self.said.append(" ".join(data.split()))


def _read(html: str) -> _Words:
    words = _Words()
    words.feed(html)
    return words


def _left_in_swedish(words: _Words, names: list[str]) -> list[str]:
    """What is Swedish in a page when the names of people, parties and programmes are taken away."""
    found = []
    for said in words.said:
        text = said
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(name, "")
        if _SWEDISH.search(text):
            found.append(said)
    return found


def _names() -> list[str]:
    columns = [(Account, "name"), (Person, "name"), (Party, "name"), (Party, "short"), (Programme, "name")]
    # A question stands as it was asked, whoever reads it: the answer was given to those words.
    columns += [(Answer, "asked"), (Answer, "text")]
    return [name for model, field in columns for name in model._default_manager.values_list(field, flat=True) if name]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory, english: Catalog) -> Path:
    """The catalogue as the pages read it, made from what stands in the source just now."""
    folder = tmp_path_factory.mktemp("locale")
    (folder / "en" / "LC_MESSAGES").mkdir(parents=True)
    with (folder / "en" / "LC_MESSAGES" / "django.mo").open("wb") as file:
        write_mo(file, english)
    return folder


def _in_english(client: Client) -> Client:
    """Press “In English” in the footer."""
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert answer.status_code == 302
    return client


@pytest.mark.django_db
def test_the_login_page_can_be_read_in_english(settings: Settings, compiled: Path) -> None:
    """Whoever cannot read Swedish finds the way in: the switch stands in the footer of every page."""
    settings.LOCALE_PATHS = [compiled]
    client = Client()
    address = reverse("account_login")
    swedish = client.get(address).content.decode()
    assert _read(swedish).lang == "sv"
    assert reverse("set_language") in swedish
    assert 'lang="en">In English' in swedish
    page = _read(_in_english(client).get(address).content.decode())
    assert page.lang == "en"
    assert "Log in" in page.said
    assert _left_in_swedish(page, _names()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["anna", "egon"])
def test_an_english_page_is_english_throughout(settings: Settings, compiled: Path, who: str) -> None:
    """Only names, and what people have written themselves, stay in Swedish (design.md: Swedish first and English)."""
    settings.LOCALE_PATHS = [compiled]
    people = cast()
    case = build.active_case(people)
    build_plans.agreed(people, case)
    client = _in_english(build.browser(getattr(people, who)))
    names = [*_names(), *WRITTEN]
    left = {}
    for page, address in _addresses(case).items():
        words = _read(client.get(address, follow=True).content.decode())
        assert (page, words.lang) == (page, "en")
        assert len(words.said) > 5
        left[page] = _left_in_swedish(words, names)
    assert {page: said for page, said in left.items() if said} == {}


def _addresses(case: UUID) -> dict[str, str]:
    """The pages where most of the reading is done."""
    anyone = ("my_day", "my_cases", "programmes", "my_referrals")
    of_case = ("case", "consents", "consent_record", "plan", "commitments", "meetings", "mapping", "livelihood")
    return {name: reverse(name) for name in anyone} | {name: reverse(name, args=[case]) for name in of_case}


WRITTEN = [build_plans.GOAL, "Plats på kurs i numerisk svarvning", "Skriva tre rader om vad jag kan"]
"""What the test people wrote in the plan, in their own Swedish words."""


def test_a_swedish_word_in_a_page_is_noticed() -> None:
    page = _read('<html lang="en"><p title="Möte">Nästa <b>möte</b> med Pär</p><p lang="sv">På svenska</p></html>')
    assert _left_in_swedish(page, ["Pär"]) == ["Möte", "Nästa", "möte"]
