"""The papers hold together: every link leads somewhere, every guide is there in both languages, no place is named."""

import re
import urllib.parse
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAPERS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
NAMES = [str(paper.relative_to(ROOT)) for paper in PAPERS]
GUIDES = {
    "deltagare": "participant",
    "samordnare": "coordinator",
    "handlaggare": "official",
    "arbetsplats": "workplace",
    "styrgrupp": "steering-group",
    "driftansvarig": "operator",
    "utvarderare": "evaluator",
    "tre-oden": "three-fates",
}
_LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?\)")
_PLACES = re.compile(
    r"(?i)(registry\.|index-url|pypi\.|npmjs|simple/|/home/|/root/|/work/|/tmp/|/users/|(?<![\d.])10\.\d+\.\d+\.\d+)"
)


def links(text: str) -> list[str]:
    """What the links and pictures of a paper lead to, outside its code."""
    prose = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    return _LINK.findall(prose)


def broken(paper: Path, text: str) -> list[str]:
    """The relative links of a paper that lead nowhere: no such file, or no such heading in it."""
    lost = []
    for link in links(text):
        path, _, heading = urllib.parse.unquote(link).partition("#")
        if "://" in link or link.startswith("mailto:"):
            continue
        there = paper.parent / path if path else paper
        known = text if not path else there.read_text() if there.suffix == ".md" and there.is_file() else ""
        if not there.exists() or (heading and heading not in headings(known)):
            lost.append(link)
    return lost


def headings(text: str) -> set[str]:
    """The headings of a paper, as links call them."""
    found = re.findall(r"^#+ +(.+?) *$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("name", NAMES)
def test_every_link_and_picture_leads_somewhere(name: str) -> None:
    assert broken(ROOT / name, (ROOT / name).read_text()) == []


def test_a_broken_link_is_found() -> None:
    text = "# One\n[a](nowhere.md) ![b](docs/none.png) [c](#two) [d](#one) [e](CHANGELOG.md#none) [f](https://x.se)"
    assert broken(ROOT / "README.md", text) == ["nowhere.md", "docs/none.png", "#two", "CHANGELOG.md#none"]


@pytest.mark.parametrize(("sv", "en"), GUIDES.items())
def test_every_guide_is_there_in_both_languages(sv: str, en: str) -> None:
    for paper in (ROOT / f"docs/guides/sv/{sv}.md", ROOT / f"docs/guides/en/{en}.md"):
        text = paper.read_text()
        assert text.startswith("# ")
        assert len(headings(text)) > 3
        assert paper.relative_to(ROOT / "docs/guides").as_posix() in links((ROOT / "docs/guides/README.md").read_text())


def test_there_is_no_guide_in_one_language_only() -> None:
    assert {paper.stem for paper in (ROOT / "docs/guides/sv").glob("*.md")} == GUIDES.keys()
    assert {paper.stem for paper in (ROOT / "docs/guides/en").glob("*.md")} == set(GUIDES.values())


@pytest.mark.parametrize(("sv", "en"), GUIDES.items())
def test_the_two_languages_show_the_same_commands(sv: str, en: str) -> None:
    def shown(path: str) -> list[str]:
        blocks = re.findall(r"```\n(.*?)```", (ROOT / path).read_text(), re.DOTALL)
        return [re.sub(r" +#.*", "", line) for block in blocks for line in block.splitlines()]

    assert shown(f"docs/guides/sv/{sv}.md") == shown(f"docs/guides/en/{en}.md")


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_names_no_registry_and_no_place_on_a_machine(name: str) -> None:
    assert _PLACES.findall((ROOT / name).read_text()) == []


@pytest.mark.parametrize("text", ["see /home/anna/x", "at registry.example.org", "http://10.0.0.4/", "in /tmp/x"])
def test_a_place_is_found(text: str) -> None:
    assert _PLACES.search(text)


def test_every_picture_says_in_words_what_it_shows() -> None:
    silent = [name for name in NAMES if re.search(r"!\[\s*\]\(", (ROOT / name).read_text())]
    assert silent == []


def test_every_decision_has_its_number_once_and_says_when() -> None:
    papers = sorted((ROOT / "docs/adr").glob("*.md"))
    assert [paper.name[:3] for paper in papers] == [f"{n:03}" for n in range(1, len(papers) + 1)]
    for paper in papers:
        first, _, third = paper.read_text().splitlines()[:3]
        assert first.startswith(f"# {paper.name[:3]} ")
        assert third.startswith("*Accepted, ")
