"""Code lists are changed from the shell: what can be chosen, and what stays because it was (ADR 003, issue 2)."""

import pytest
from django.urls import reverse

from samverk.store.models import Code
from tests.build import active_case, browser
from tests.integration.conftest import Shell
from tests.people import Cast

pytestmark = pytest.mark.django_db


def test_lists_are_read(people: Cast, shell: Shell) -> None:
    """What there is, in both languages, with what rules know it by."""
    assert "livelihood: 14 codes in use" in shell.said("code", "list")
    out = shell.said("code", "list", "livelihood")
    assert "none: Ingen försörjning / No livelihood, payer=other, covers=no" in out
    assert "no list “moon”" in shell.refused("code", "list", "moon")


def test_a_code_is_added_and_offered(people: Cast, shell: Shell) -> None:
    """A changed list needs no release (ADR 003)."""
    case = active_case(people)
    words = ["code", "add", "measure", "green_rehab", "--sv", "Grön rehab", "--en", "Green rehabilitation"]
    assert "category" in shell.refused(*words)
    shell.said(*words, "--set", "category=health", "--set", "placement=yes")
    assert "Grön rehab" in browser(people.anna).get(reverse("measure_new", args=[case])).content.decode()
    assert shell.told("code.added", list="measure", code="green_rehab")
    assert "finns redan" in shell.refused(*words, "--set", "category=health")
    last = Code.objects.filter(list="measure").order_by("position").last()
    assert (last and last.code, last and last.attributes) == ("green_rehab", {"category": "health", "placement": "yes"})


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("add", "moon", "x", "--sv", "X", "--en", "X"), "ingen kodlista"),
        (("add", "sex", "Ä", "--sv", "X", "--en", "X"), "små bokstäver"),
        (("add", "sex", "x", "--sv", " ", "--en", "X"), "båda språken"),
        (("add", "sex", "x", "--sv", "X" * 201, "--en", "X"), "högst 200"),
        (("add", "sex", "x", "--sv", "X", "--en", "X", "--set", "free=yes"), "inga egenskaper"),
        (("add", "sex", "x", "--sv", "X", "--en", "X", "--set", "free"), "NAME=VALUE"),
        (("word", "livelihood", "wage", "--set", "covered=no"), "känner egenskapen"),
        (("word", "livelihood", "wage", "--set", "covers=maybe"), "yes, no"),
        (("word", "livelihood", "wage", "--set", "payer=moon"), "employer"),
        (("word", "mapping_area", "work", "--set", "category="), "category"),
        (("word", "livelihood", "moon", "--sv", "Måne"), "ingen kod"),
        (("word", "livelihood", "wage"), "ska ändras"),
        (("retire", "livelihood", "moon"), "ingen kod"),
        (("restore", "livelihood", "wage"), "redan i bruk"),
        (("retire", "category", "process"), "använder den koden"),
        (("retire", "secrecy_ground", "own_promise"), "använder den koden"),
        (("retire", "category", "housing"), "pekar på den"),
        (("retire", "party_kind", "employer"), "pekar på den"),
    ],
)
def test_what_no_rule_could_read_is_refused(people: Cast, shell: Shell, words: tuple[str, ...], complaint: str) -> None:
    """An unknown attribute would promise what nobody keeps; what rules write themselves stays in use (issue 2)."""
    before = list(Code.objects.order_by("id").values())
    assert complaint in shell.refused("code", *words)
    assert list(Code.objects.order_by("id").values()) == before


def test_words_and_attributes_are_changed(people: Cast, shell: Shell) -> None:
    """What was written with the code is shown in its new words; an empty value takes an attribute away."""
    shell.said(
        "code",
        "word",
        "livelihood",
        "wage",
        "--sv",
        "Lön från arbete",
        "--set",
        "payer=",
        "--set",
        "covers=yes",
    )
    row = Code.objects.get(list="livelihood", code="wage")
    assert (row.sv, row.en, row.attributes) == ("Lön från arbete", "Wage", {"covers": "yes"})
    assert shell.told("code.changed", code="wage")


def test_the_last_code_of_a_list_stays(people: Cast, shell: Shell) -> None:
    """A list without a choice is a form that nobody can send."""
    for code in ("woman", "man"):
        shell.said("code", "retire", "sex", code)
    assert "sista koden" in shell.refused("code", "retire", "sex", "other")
    assert "redan ur bruk" in shell.refused("code", "retire", "sex", "man")
    assert "man: Man / Man, out of use" in shell.said("code", "list", "sex")
    shell.said("code", "restore", "sex", "man")
    assert Code.objects.get(list="sex", code="man").active
    assert shell.told("code.restored", code="man")


def test_a_code_is_not_restored_into_what_is_out_of_use(people: Cast, shell: Shell) -> None:
    """What it points to comes first."""
    shell.said("code", "retire", "mapping_area", "housing")
    shell.said("code", "retire", "measure", "housing_support")
    shell.said("code", "retire", "category", "housing")
    assert "category kan vara" in shell.refused("code", "restore", "mapping_area", "housing")
    shell.said("code", "restore", "category", "housing")
    shell.said("code", "restore", "mapping_area", "housing")
