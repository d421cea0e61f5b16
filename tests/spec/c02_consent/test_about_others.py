"""Chapter 2: what is about someone else is not shown to the person herself, and that something is not shown is said.

The rule of the door (design.md): the person herself sees everything about her except what is marked as being about
someone else. One mark a section, the same for one thing or ten.
"""

import re

import pytest

from samverk.access.consents import consents_of
from samverk.access.declare import ReadCase, WriteMapping, WriteMinutes, WriteNote
from samverk.access.grounds import grounds_of
from samverk.access.timeline import timeline
from samverk.access.withdrawal import effects_of
from samverk.actions import mapping, minutes, notes
from samverk.domain.words import Rejection
from samverk.store.models import Contribution, Goal, Item, MinutesPoint, Plan, PlanLine
from tests.browser.places import walk
from tests.build import a_measure, a_spell, browser, done
from tests.build_plans import agreed
from tests.spec.c02_consent.test_without_consent import SECRET, everything_happens
from tests.spec.c06_meetings import scene

pytestmark = pytest.mark.django_db
WITHHELD = "En del visas inte för dig."
WHOLES = ("plan", "goal", "meeting", "referral")


def mark(case, *kinds):
    """As if everything of these kinds had been marked when it was written."""
    rows = Item.objects.filter(case=case)
    (rows.filter(kind__in=kinds) if kinds else rows.exclude(kind__in=WHOLES)).update(about_other=True)


def marks(page):
    """How often the page says that something is not shown."""
    return page.content.decode().count(WITHHELD)


@pytest.mark.slow
def test_whatever_is_marked_is_on_no_page_of_hers(people, case):
    """Notes, mapping, minutes, plan, measures, absence, decisions, obstacles; pages, print, interface, counts."""
    everything_happens(people, case)
    mark(case)
    Goal.objects.update(text="Svarva igen")
    found = walk(people.egon, f"/arenden/{case}/")
    assert len(found.texts) > 15
    assert [path for path, text in found.texts.items() if SECRET in text] + found.broken == []
    assert SECRET not in browser(people.egon).get(f"/api/cases/{case}").content.decode()
    rows = done(people.egon, ReadCase, timeline, case=case).rows
    assert {row.kind for row in rows} <= set(WHOLES)
    assert done(people.egon, ReadCase, grounds_of, case=case).live == ()
    effects = done(people.egon, ReadCase, lambda p: effects_of(p, consents_of(p).says), case=case)
    wholes = Item.objects.filter(case=case, about_other=False).count()
    assert all(sum(n for _, n in effect.loses) <= wholes for effect in effects.values())


def test_those_who_may_read_it_read_it_with_a_mark(people, case):
    """It keeps nothing from the parties: consents decide there, and the note says what it is about."""
    done(
        people.anna,
        WriteNote,
        lambda p: notes.write(p, text=SECRET, category="social", about_other=True),
        case=case,
    )
    page = browser(people.bo).get(f"/arenden/{case}/anteckningar/").content.decode()
    assert SECRET in page
    assert "Om någon annan" in page
    assert SECRET not in browser(people.cia).get(f"/arenden/{case}/anteckningar/").content.decode()


@pytest.mark.parametrize("number", [1, 4])
def test_her_notes_say_once_that_something_is_not_shown(people, case, number):
    """The same for one and for several; without any there is no mark."""
    page = f"/arenden/{case}/anteckningar/"
    assert marks(browser(people.egon).get(page)) == 0
    for _ in range(number):
        done(
            people.anna,
            WriteNote,
            lambda p: notes.write(p, text=SECRET, category="social", about_other=True),
            case=case,
        )
    assert marks(browser(people.egon).get(page)) == 1


def test_so_do_an_area_of_the_mapping_the_minutes_and_a_section_of_the_plan(people, case):
    """One mark in each section that holds something about someone else."""
    for who in (people.anna, people.bo):
        done(
            who,
            WriteMapping,
            lambda p: mapping.write(p, area="health", text=SECRET, version=0, own_words=False),
            case=case,
        )
    agreed(people, case)
    egon = browser(people.egon)
    pages = [f"/arenden/{case}/kartlaggning/", f"/arenden/{case}/plan/"]
    assert [marks(egon.get(page)) for page in pages] == [0, 0]
    mark(case, "contribution", "plan_line")
    assert Contribution.objects.count() > 1
    assert [marks(egon.get(page)) for page in pages] == [1, len(_sections(case))]


def test_minutes_say_so_too(people, case):
    """On the page and on paper."""
    meeting = scene.held(people, case)
    for text in (SECRET, "Det vi kom fram till."):
        done(
            people.anna,
            WriteMinutes,
            lambda p, text=text: minutes.add_point(p, meeting=meeting, part="situation", text=text, category="work"),
            case=case,
            at=scene.AFTER,
        )
    scene.publish(people, case, meeting)
    Item.objects.filter(id__in=MinutesPoint.objects.filter(text=SECRET).values("item")).update(about_other=True)
    pages = [
        path
        for path in walk(people.egon, f"/arenden/{case}/moten/{meeting}/").texts
        if re.search(rf"{meeting}/(minnesanteckning|utskrift|anteckning)", path)
    ]
    assert pages
    for page in pages:
        answer = browser(people.egon).get(page)
        assert SECRET not in answer.content.decode()
        assert marks(answer) == 1, page


def test_the_mark_is_set_where_the_text_is_written(people, case):
    """In the mapping and in the minutes as in a note (docs/guides, for officials): the parties read it with its mark.

    Of the area she is told that something is not shown, where she writes in it too and where she reads how it grew.
    """
    there = f"/arenden/{case}/kartlaggning/health/"
    typed = {"text": SECRET, "version": 0, "about_other": "on"}
    browser(people.anna).post(f"{there}skriv/", typed)
    meeting = scene.held(people, case)
    done(
        people.anna,
        WriteMinutes,
        lambda p: minutes.add_point(p, meeting=meeting, part="point", text=SECRET, category="social", about_other=True),
        case=case,
        at=scene.AFTER,
    )
    scene.publish(people, case, meeting)
    told = f"/arenden/{case}/moten/{meeting}/minnesanteckning/"
    egon, anna = browser(people.egon), browser(people.anna)
    for page in (there, f"{there}skriv/", f"/arenden/{case}/kartlaggning/", told):
        answer = egon.get(page)
        assert (SECRET in answer.content.decode(), marks(answer)) == (False, 1), page
    for page in (there, told):
        text = anna.get(page).content.decode()
        assert SECRET in text, page
        assert "Om någon annan" in text, page
    assert 'name="about_other"' not in egon.get(f"{there}skriv/").content.decode()


def test_a_wording_without_the_mark_is_hers_to_read_again(people, case):
    """Each wording keeps its own mark: taking it away is a new wording, though not a word is changed."""

    def says(about_other, version):
        return done(
            people.anna,
            WriteMapping,
            lambda p: mapping.write(
                p, area="health", text=SECRET, version=version, own_words=False, about_other=about_other
            ),
            case=case,
        )

    first = says(True, 0)
    assert says(True, 1) == first
    second = says(False, 1)
    page = browser(people.egon).get(f"/arenden/{case}/kartlaggning/")
    assert SECRET in page.content.decode()
    assert (second != first, marks(page)) == (True, 0)


def test_her_own_words_are_never_marked_by_whoever_writes_them_down(people, case):
    """What the participant has said is hers, also when the coordinator types it."""
    with pytest.raises(Rejection) as refused:
        done(
            people.anna,
            WriteMapping,
            lambda p: mapping.write(
                p, area="health", text="x", version=0, own_words=True, on_behalf="spoken", about_other=True
            ),
            case=case,
        )
    assert refused.value.problems[0].field == "about_other"


def test_what_is_drawn_and_counted_leaves_it_out(people, case):
    """Livelihood, measures and the timeline: absent, not hinted at."""
    a_measure(people, case, by=people.bo, until="ongoing", words=SECRET)
    a_spell(people, case)
    mark(case, "measure", "livelihood")
    page = browser(people.egon).get(f"/arenden/{case}/").content.decode()
    assert "Arbetsträning" not in page
    assert "Försörjningsstöd" not in page
    assert done(people.egon, ReadCase, timeline, case=case).rows[0].kind not in ("measure", "livelihood")


def test_what_she_writes_herself_is_never_marked(people, case):
    """She can always read her own words."""
    with pytest.raises(Rejection) as refused:
        done(
            people.egon,
            WriteNote,
            lambda p: notes.write(p, text="x", category="social", about_other=True),
            case=case,
        )
    assert refused.value.problems[0].field == "about_other"


def _sections(case):
    """Which sections of the plan hold a line."""
    plan = Plan.objects.get(item__case=case, status="agreed")
    return set(PlanLine.objects.filter(plan=plan, removed_at__isnull=True).values_list("kind", "by_participant"))
