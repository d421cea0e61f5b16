"""A form shown again: status, what was typed, and the texts of two who wrote at the same time."""

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory

from samverk.web.shown import Both, both, sent, show


class Plain(forms.Form):
    """A text, a choice, several choices, a moment, and the version."""

    text = forms.CharField(label="Mål")
    kind = forms.ChoiceField(label="Slag", choices=[("a", "Arbete"), ("b", "Studier")])
    areas = forms.MultipleChoiceField(label="Områden", choices=[("x", "Hälsa"), ("y", "Bostad")])
    starts_at = forms.DateTimeField(label="Tid")
    version = forms.IntegerField(widget=forms.HiddenInput)


def form(typed: str, theirs: dict[str, str] | None = None) -> Plain:
    made = Plain(QueryDict(typed))
    if theirs is not None:
        made.theirs = theirs  # type: ignore[attr-defined]
    return made


def test_without_a_conflict_there_is_nothing_to_compare() -> None:
    """Only a Conflict brings another's text (docs/house.md, Errors)."""
    assert both(form("text=Svarva")) == []


def test_each_field_that_differs_is_shown_with_both_texts() -> None:
    """The same text twice is no difference, whatever its line ends; a hidden version is none either."""
    typed = "text=Rad+ett%0D%0ARad+tv%C3%A5&kind=a&version=1"
    assert both(form(typed, {"text": "Rad ett\nRad två", "kind": "a"})) == []
    assert both(form(typed, {"text": "Fiska", "kind": "a", "unknown": "x"})) == [
        Both("Mål", "Rad ett\nRad två", "Fiska")
    ]


def test_choices_are_said_in_their_words() -> None:
    """Nobody reads codes: one choice, several, and none."""
    rows = both(form("kind=a&areas=x&areas=y", {"kind": "b", "areas": ""}))
    assert rows == [Both("Slag", "Arbete", "Studier"), Both("Områden", "Hälsa, Bostad", "")]
    assert both(form("areas=x", {"areas": "x, y"})) == [Both("Områden", "Hälsa", "Hälsa, Bostad")]


def test_a_moment_is_the_same_however_the_browser_writes_it() -> None:
    """A browser's own field sends a T between day and hour."""
    assert both(form("starts_at=2026-06-13T09:00", {"starts_at": "2026-06-13 09:00"})) == []


@pytest.mark.parametrize("typed", ["", "text="])
def test_an_empty_form_that_was_sent_is_rejected_too(typed: str) -> None:
    """Nothing typed is an answer that has to be mended, not a page that was only looked at."""
    factory = RequestFactory()
    looked, pressed = factory.get("/"), factory.post("/", typed, content_type="application/x-www-form-urlencoded")
    assert (sent(looked), Plain(sent(looked)).is_valid()) == (None, False)
    again = Plain(sent(pressed))
    assert not again.is_valid()
    again.add_error(None, "Skriv något.")
    page = show(pressed, "parts/both.html", again)
    assert page.status_code == 422
    assert show(looked, "parts/both.html", Plain(sent(looked))).status_code == 200
    assert show(looked, "parts/both.html", None).status_code == 200
