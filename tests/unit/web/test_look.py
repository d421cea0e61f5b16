"""The parts of the look: what they say to those who see them, and to those who do not."""

import datetime as dt
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Engine
from django.template.loader import get_template
from django.utils import translation

from samverk.web.drawing import Row, Spell, bars

TODAY = dt.date(2026, 6, 7)
HOUSE = Path(__file__).parents[3]
WEB = HOUSE / "src/samverk/web"
KEPT = WEB / "templates" / "export" / "saved.html"
"""Her own copy, opened from her own disk: it brings its look with it, and no policy of ours holds there."""
PAGES = sorted(set((WEB / "templates").rglob("*.html")) - {KEPT})


@pytest.fixture(autouse=True)
def _swedish() -> Iterator[None]:
    with translation.override("sv"):
        yield


def shown(source: str, **context: object) -> str:
    """What a page that loads the parts makes of a line, with white space folded."""
    engine = Engine.get_default()
    text = engine.from_string("{% load look %}" + source).render(Context({"today": TODAY, **context}))
    return re.sub("[ \n]+", " ", text).strip()


class Sample(forms.Form):
    """One field of each kind."""

    goal = forms.CharField(label="Mål", help_text="Med dina egna ord.")
    tried = forms.CharField(label="Prövat", widget=forms.Textarea, required=False)
    day = forms.DateField(label="Dag", required=False)
    start = forms.SplitDateTimeField(label="Början", required=False)
    party = forms.ChoiceField(label="Part", widget=forms.RadioSelect, choices=[("af", "AF"), ("fk", "FK")])
    about = forms.MultipleChoiceField(
        label="Om", widget=forms.CheckboxSelectMultiple, required=False, choices=[("a", "arbete"), ("h", "hälsa")]
    )
    told = forms.BooleanField(label="Jag har berättat", required=False)
    paper = forms.FileField(label="Papper", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)


def one(name: str, form: forms.Form | None = None) -> str:
    return shown("{% field bound %}", bound=(form or Sample())[name])


def test_a_party_has_a_colour_and_its_name() -> None:
    assert shown('{% party_chip "Försäkringskassan" "fk" %}') == '<span class="party fk">Försäkringskassan</span>'


def test_an_unknown_tone_is_neutral() -> None:
    assert shown('{% party_chip "Kyrkan" "kyrkan" %}') == '<span class="party other">Kyrkan</span>'


def test_names_cannot_bring_markup() -> None:
    assert "<b>" not in shown("{% party_chip name %}{% tag name %}{% withheld_mark name %}", name="<b>x</b>")


def test_a_tag_has_a_known_kind_or_none() -> None:
    assert shown('{% tag "sent" "late" %}') == '<span class="tag late">sent</span>'
    assert shown('{% tag "sent" "urgent" %}') == '<span class="tag">sent</span>'


@dataclass(frozen=True)
class Phase:
    name: str
    note: str
    state: str


def test_the_phase_line_says_in_words_what_the_colours_say() -> None:
    line = shown("{% phase_line phases %}", phases=[Phase("Remiss", "2 d", "done"), Phase("Sluss", "", "now")])
    assert 'class="done"><b>Remiss<span class="visually-hidden"> (klart)' in line
    assert 'aria-current="step"><b>Sluss<span class="visually-hidden"> (pågår nu)' in line
    assert line.count("aria-current") == 1


def test_withheld_names_neither_author_nor_category() -> None:
    assert shown("{% withheld_mark %}") == '<p class="withheld">En del visas inte för dig.</p>'


def test_when_says_how_far_off_before_the_date() -> None:
    text = shown("{% when day %}", day=dt.date(2026, 8, 24))
    assert (
        text == '<time class="nowrap" datetime="2026-08-24">om 11 veckor</time> <span class="soft">(24 augusti)</span>'
    )


def test_when_something_was_it_says_since() -> None:
    assert "för 4 dagar sedan" in shown("{% when day %}", day=dt.date(2026, 6, 3))


def test_a_field_ties_label_hint_and_error_together() -> None:
    text = one("goal", Sample({}))
    assert '<label for="id_goal">Mål</label>' in text
    assert '<p class="hint" id="id_goal_helptext">Med dina egna ord.</p>' in text
    assert 'id="id_goal_error"' in text
    assert 'aria-describedby="id_goal_helptext id_goal_error"' in text
    assert 'aria-invalid="true"' in text


def test_optional_fields_say_so_and_required_ones_do_not() -> None:
    assert "(frivilligt)" in one("tried")
    assert "(frivilligt)" not in one("goal")
    assert "(frivilligt)" not in one("told")


@pytest.mark.parametrize("name", ["party", "about", "start"])
def test_several_controls_stand_in_a_fieldset_with_a_legend(name: str) -> None:
    assert re.search(r"<fieldset class=\"field\".*<legend>.*</fieldset>", one(name))


def test_each_choice_has_its_own_label() -> None:
    text = one("party")
    assert re.findall(r'<label for="(id_party_\d)">(\w+)</label>', text) == [("id_party_0", "AF"), ("id_party_1", "FK")]


def test_the_parts_of_a_field_have_names() -> None:
    assert re.findall(r'type="(date|time)"', one("start")) == ["date", "time"]
    assert re.findall(r'aria-label="(\w+)"', one("start")) == ["Datum", "Klockslag"]


def test_dates_use_the_browsers_own_picker_and_its_format() -> None:
    text = one("day", Sample(initial={"day": TODAY}))
    assert 'type="date"' in text
    assert 'value="2026-06-07"' in text


def test_a_checkbox_comes_before_its_label() -> None:
    text = one("told")
    assert text.index('type="checkbox"') < text.index('<label for="id_told">')


def test_a_hidden_field_has_no_label() -> None:
    assert one("version") == '<input type="hidden" name="version" value="3" class="ds-input" id="id_version">'


def test_a_page_may_rename_a_field() -> None:
    assert '<label for="id_goal">Ditt mål</label>' in shown('{% field bound "Ditt mål" %}', bound=Sample()["goal"])


def test_all_fields_of_a_form_are_shown() -> None:
    text = shown("{% form_fields form %}", form=Sample())
    assert [name for name in Sample.base_fields if f'name="{name}' not in text] == []


def test_the_summary_leads_to_something_that_exists_in_each_field() -> None:
    form = Sample({"start_0": "x", "about": ["nothing"], "paper": ""})
    text = shown("{% error_summary form %}{% form_fields form %}", form=form)
    targets = re.findall(r'<a href="#([\w-]+)"', text)
    assert targets == ["id_goal", "id_start_0", "id_party_0", "id_about_0"]
    assert [target for target in targets if f' id="{target}"' not in text] == []


def test_the_summary_takes_the_focus_without_a_script() -> None:
    assert 'tabindex="-1" autofocus' in shown("{% error_summary form %}", form=Sample({}))


def test_the_summary_counts_what_there_is_to_change() -> None:
    form = Sample({"goal": "svarva", "version": "3"})
    assert "En sak behöver ändras" in shown("{% error_summary form %}", form=form)
    form.add_error(None, "Mötet är redan hållet.")
    assert "2 saker behöver ändras" in shown("{% error_summary form %}", form=form)


def test_there_is_no_summary_when_all_is_well() -> None:
    assert shown("{% error_summary form %}", form=Sample()) == ""


def test_a_conflict_shows_both_texts() -> None:
    text = shown('{% both_texts "Mål" mine theirs %}', mine="svarva", theirs="fiska")
    assert text.index("Så står det nu") < text.index("fiska") < text.index("Så skrev du") < text.index("svarva")


def drawing() -> str:
    rows = [
        Row("Försörjning", (
            Spell(dt.date(2026, 1, 1), dt.date(2026, 9, 1), "fk", "sjukpenning", 50),
            Spell(dt.date(2026, 9, 1), None, "other", "inte bestämt", missing=True),
        )),
    ]  # fmt: skip
    drawn = bars(rows, dt.date(2026, 1, 1), dt.date(2027, 1, 1), TODAY, title="Försörjning under 2026")
    return shown("{% time_bars drawing %}", drawing=drawn)


def test_a_drawing_has_a_title_a_description_and_a_table() -> None:
    text = drawing()
    assert re.search(r'role="img" aria-labelledby="([\w-]+)-t" aria-describedby="\1-d"', text)
    assert "Försörjning: sjukpenning 50\u00a0% från 1 januari till 31 augusti." in text
    assert "Försörjning: inte bestämt från 1 september." in text
    assert '<td class="nowrap">31 augusti</td>' in text
    assert "tills vidare" in text


def test_a_drawing_names_its_colours_and_what_is_missing() -> None:
    text = drawing()
    assert '<span class="party fk">Försäkringskassan</span>' in text
    assert '<li class="dashed">inte bestämt</li>' in text


def test_a_drawing_uses_points_in_its_numbers_in_swedish_too() -> None:
    assert re.findall(r'(?:x|y|x1|y1|width|height)="\d+,\d+', drawing()) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(WEB / "templates")))
def test_no_page_has_anything_that_the_content_policy_refuses(page: Path) -> None:
    text = page.read_text()
    refused = re.findall(r'\sstyle="|<style|\son[a-z]+="|javascript:|https?://', text)
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))", text)
    assert refused + inline == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(WEB / "templates")))
def test_every_template_compiles(page: Path) -> None:
    name = str(page.relative_to(WEB / "templates"))
    assert Engine.get_default().get_template(name).name == name


@pytest.mark.parametrize("code", ["403", "403_csrf", "404", "413", "500"])
def test_error_pages_need_no_context(code: str) -> None:
    text = get_template(f"{code}.html").render()
    assert "<h1>" in text
    assert 'href="/"' in text


def allauth_pages() -> list[str]:
    import allauth

    root = Path(allauth.__file__).parent / "templates"
    pages = [page for area in ("account", "mfa") for page in (root / area).rglob("*.html")]
    return [str(page.relative_to(root)) for page in pages if "snippets" not in page.parts]


@pytest.mark.parametrize("name", allauth_pages())
def test_every_account_page_stands_in_our_frame(name: str) -> None:
    source = str(Engine.get_default().get_template(name).source)
    seen = [name]
    while match := re.search(r'{% extends "([^"]+)" %}', source):
        seen.append(match[1])
        source = str(Engine.get_default().get_template(match[1]).source)
    assert seen[-1] == "base.html"


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TONES = ["af", "fk", "kommun", "region", "employer", "me", "other"]
PAIRS = [
    *[
        (ink, ground, 4.5)
        for ink in ("ink", "soft", "accent", "warn", "bad", *TONES)
        for ground in ("paper", "surface")
    ],
    *[("on-tone", tone, 4.5) for tone in TONES],
    *[("soft", "sunken", 4.5), ("accent", "accent-tint", 4.5), ("ink", "accent-tint", 4.5), ("ink", "sunken", 4.5)],
    *[("warn", "warn-tint", 4.5), ("bad", "bad-tint", 4.5), ("ink", "warn-tint", 4.5), ("ink", "bad-tint", 4.5)],
    *[("accent-ink", "accent", 4.5), ("accent-ink", "accent-deep", 4.5), ("next-ink", "next", 4.5)],
    *[("next-soft", "next", 4.5), ("control", "surface", 3.0), ("control", "paper", 3.0)],
]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_colours_can_be_read(mode: str, ink: str, ground: str, least: float) -> None:
    light, dark = re.findall(r":root \{\n(\s+--paper.*?)\n\s*\}", (WEB / "static/samverk.css").read_text(), re.S) or (
        "",
        "",
    )
    palette = tokens(light) | (tokens(dark) if mode == "dark" else {})
    assert contrast(palette[ink], palette[ground]) >= least


def test_the_style_sheet_stays_small() -> None:
    assert len((WEB / "static/samverk.css").read_text().splitlines()) < 400


def test_vendored_files_are_as_in_their_manifest() -> None:
    check = [sys.executable, str(HOUSE / "scripts/vendor_css.py"), "--check"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "vendored CSS is as in MANIFEST.json\n")
