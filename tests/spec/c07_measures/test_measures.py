"""A measure is proposed, changed, and moved on step by step, each step with who, when and why."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.declare import ReadCase, WriteMeasure, WritePlan
from samverk.access.measures import MeasureDetail, measure, measures_of
from samverk.actions import measures as acts
from samverk.actions import plans
from samverk.domain.measures import SubsidyStep, Terms
from samverk.domain.words import Conflict, Rejection
from samverk.store.models import CasePhase, Event, Item, Measure, MeasureMove, Plan
from tests.build import a_measure, close, done, is_refused
from tests.people import Cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def seen(people: Cast, case: UUID, id: UUID) -> MeasureDetail:
    detail = done(people.anna, ReadCase, lambda p: measure(p, id), case=case)
    assert detail is not None
    return detail


def test_several_run_at_the_same_time(people: Cast, case: UUID) -> None:
    """Measures are often several in parallel (domain.md §3.7); nothing makes one wait for another."""
    a_measure(people, case, until="ongoing")
    a_measure(people, case, kind="talk_therapy", until="ongoing", workplace=None, insurance="")
    found = done(people.anna, ReadCase, measures_of, case=case)
    assert [view.status for view in found.live] == ["ongoing", "ongoing"]


def test_it_belongs_to_the_writers_party_and_is_seen_under_consent(people: Cast, case: UUID) -> None:
    """Bo's party has consent, Cia's has none, Dag's was withdrawn yesterday (design.md, the rule of the door)."""
    id = a_measure(people, case)
    item = Item.objects.get(id=id)
    assert (item.owner_id, item.category, item.headline) == (people.municipality, "work", "Metallåtervinningen")
    counts = {
        who.name: len(done(who, ReadCase, measures_of, case=case).live)
        for who in (people.anna, people.bo, people.egon, people.cia, people.dag)
    }
    assert counts == {"Anna": 1, "Bo": 1, "Egon Jönsson": 1, "Cia": 0, "Dag": 0}
    assert done(people.cia, ReadCase, lambda p: measure(p, id), case=case) is None


def test_only_those_in_the_case_may_write(people: Cast, case: UUID) -> None:
    """Coordinator and officials write measures; the participant, steering and evaluator do not."""
    assert all(is_refused(who, WriteMeasure, case=case) for who in (people.egon, people.stig, people.eva, people.frida))


def test_another_party_changes_nothing(people: Cast, case: UUID) -> None:
    """Who sees another party's measure may not change it; who does not see it is told that it is not here."""
    id = a_measure(people, case)
    with pytest.raises(Rejection, match="annan part"):
        done(people.bo, WriteMeasure, lambda p: acts.start(p, measure=id, on=TODAY), case=case)
    with pytest.raises(Rejection, match="finns inte här"):
        done(people.cia, WriteMeasure, lambda p: acts.start(p, measure=id, on=TODAY), case=case)
    assert Measure.objects.get(item=id).status == "proposed"


def test_the_coordinator_moves_on_what_a_party_left(people: Cast, case: UUID) -> None:
    """Every state has someone who can move it on: the coordinator, too, where she sees it."""
    id = a_measure(people, case, by=people.bo)
    done(people.anna, WriteMeasure, lambda p: acts.start(p, measure=id, on=TODAY), case=case)
    assert Measure.objects.get(item=id).status == "ongoing"


def test_bad_terms_name_their_fields(people: Cast, case: UUID) -> None:
    """All that is wrong is said at once, beside its field, and nothing is written (issue 2, bad input)."""
    for terms, fields in (
        ({"kind": "nothing_known"}, {"kind"}),
        ({"extent": 0}, {"extent"}),
        ({"extent": 101}, {"extent"}),
        ({"planned_start": TODAY, "planned_end": TODAY - timedelta(days=1)}, {"planned_end"}),
        ({"limit_on": TODAY}, {"limit_rule"}),
        ({"limit_rule": "sex månader"}, {"limit_on"}),
        ({"limit_rule": "x", "limit_on": TODAY, "planned_start": TODAY + timedelta(days=1)}, {"limit_on"}),
        ({"insurance": "luck"}, {"insurance"}),
        ({"provider": UUID(int=7)}, {"provider"}),
        ({"supervisor": "x" * 201}, {"supervisor"}),
        ({"kind": "", "extent": 300, "words": "x" * 20_001}, {"kind", "extent", "words"}),
    ):
        with pytest.raises(Rejection) as caught:
            a_measure(people, case, **terms)
        assert {problem.field for problem in caught.value.problems} == fields
    assert not Measure.objects.exists()


def test_every_move_is_kept(people: Cast, case: UUID) -> None:
    """Each change of status is kept with who, when and why (domain.md §3.7), and logged."""
    id = a_measure(people, case)
    begun = TODAY - timedelta(days=3)
    moves = (
        lambda p: acts.plan(p, measure=id, start=begun, end=TODAY + timedelta(days=90)),
        lambda p: acts.wait(p, measure=id, words="Kö till platsen"),
        lambda p: acts.start(p, measure=id, on=begun),
        lambda p: acts.break_off(p, measure=id, on=TODAY, reason="got_job"),
    )
    for move in moves:
        done(people.anna, WriteMeasure, move, case=case)
    detail = seen(people, case, id)
    told = [(m.verb, m.on, m.words, m.reason_name) for m in detail.moves]
    assert told == [
        ("propose", TODAY, "", ""),
        ("plan", TODAY, "", ""),
        ("wait", TODAY, "Kö till platsen", ""),
        ("start", begun, "", ""),
        ("break_off", TODAY, "", "Fick arbete"),
    ]
    assert {(m.by, m.by_party) for m in detail.moves} == {("Anna", "Kommunen")}
    assert (detail.measure.first, detail.measure.last) == (begun, TODAY)
    events = Event.objects.filter(item=id).order_by("at").values_list("what", flat=True)
    assert list(events) == [
        "measure.proposed",
        "measure.planned",
        "measure.waiting",
        "measure.started",
        "measure.broken_off",
    ]


def test_out_of_order_is_refused(people: Cast, case: UUID) -> None:
    """What has not begun cannot be completed; what is over cannot begin (domain.process)."""
    id = a_measure(people, case)
    with pytest.raises(Rejection, match="Det går inte längre"):
        done(
            people.anna,
            WriteMeasure,
            lambda p: acts.complete(p, measure=id, on=TODAY, outcome="as_planned"),
            case=case,
        )
    assert Measure.objects.get(item=id).status == "proposed"
    assert MeasureMove.objects.filter(measure=id).count() == 1


def test_the_end_lies_between_the_start_and_today(people: Cast, case: UUID) -> None:
    """A real end is a day that has been, and not before the start."""
    id = a_measure(people, case, until="ongoing")
    for on in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(Rejection) as caught:
            done(
                people.anna,
                WriteMeasure,
                lambda p, on=on: acts.complete(p, measure=id, on=on, outcome="as_planned"),
                case=case,
            )
        assert caught.value.problems[0].field == "on"
    assert Measure.objects.get(item=id).status == "ongoing"


def test_it_cannot_begin_without_a_provider(people: Cast, case: UUID) -> None:
    """Each measure has a provider (domain.md §3.7); a proposal may still look for one."""
    id = a_measure(people, case, provider=None)
    with pytest.raises(Rejection, match="vem som ger insatsen"):
        done(people.anna, WriteMeasure, lambda p: acts.start(p, measure=id, on=TODAY), case=case)


def test_a_reason_is_a_code_and_words_only_with_other(people: Cast, case: UUID) -> None:
    """Status with coded reason; free text only with "other" (issue 2)."""
    id = a_measure(people, case)

    def drop(reason: str, words: str) -> None:
        done(people.anna, WriteMeasure, lambda p: acts.drop(p, measure=id, reason=reason, words=words), case=case)

    for reason, words, field in (
        ("", "", "reason"),
        ("other", " ", "words"),
        ("ill", "Han var sjuk", "words"),
        ("double_entry", "", "reason"),
    ):
        with pytest.raises(Rejection) as caught:
            drop(reason, words)
        assert caught.value.problems[0].field == field
    assert Measure.objects.get(item=id).status == "proposed"
    drop("other", "Hittade något bättre")
    assert Measure.objects.get(item=id).status == "not_relevant"


def test_a_mistake_stays_and_counts_no_more(people: Cast, case: UUID) -> None:
    """What was written by mistake is marked, with a reason of its own, and never deleted."""
    id = a_measure(people, case)
    done(people.anna, WriteMeasure, lambda p: acts.mistake(p, measure=id, reason="double_entry"), case=case)
    found = done(people.anna, ReadCase, measures_of, case=case)
    assert ([view.status for view in found.past], found.live, found.all) == (["mistaken"], (), ())


def test_two_who_change_at_the_same_time(people: Cast, case: UUID) -> None:
    """The second sees both texts, and nothing of the first is lost (docs/house.md)."""
    id = a_measure(people, case)
    mine, theirs = Terms(kind="practice", hours="8–14"), Terms(kind="practice", hours="9–12")
    done(people.anna, WriteMeasure, lambda p: acts.change(p, measure=id, terms=theirs, version=1), case=case)
    with pytest.raises(Conflict) as caught:
        done(people.anna, WriteMeasure, lambda p: acts.change(p, measure=id, terms=mine, version=1), case=case)
    assert (caught.value.theirs["hours"], caught.value.version) == ("9–12", 2)
    assert Measure.objects.get(item=id).hours == "9–12"


def test_a_move_from_an_old_page_is_refused(people: Cast, case: UUID) -> None:
    """Who decides on what no longer stands is asked to look again."""
    id = a_measure(people, case)
    done(people.anna, WriteMeasure, lambda p: acts.change(p, measure=id, terms=Terms(kind="job"), version=1), case=case)
    with pytest.raises(Rejection, match="Läs in sidan igen"):
        done(people.anna, WriteMeasure, lambda p: acts.plan(p, measure=id, start=TODAY, version=1), case=case)


def test_a_closed_case_takes_no_new_measures(people: Cast, case: UUID) -> None:
    """Measures belong to a case under way."""
    id = a_measure(people, case)
    close(people, case)
    with pytest.raises(Rejection, match="inte öppet"):
        done(people.anna, WriteMeasure, lambda p: acts.start(p, measure=id, on=TODAY), case=case)


def test_the_subsidy_falls_in_steps(people: Cast, case: UUID) -> None:
    """A subsidised job's subsidy falls in steps, for instance 90, 70, 50, 30 per cent (domain.md §3.7)."""
    id = a_measure(people, case, kind="subsidised_job")
    later = TODAY + timedelta(days=180)
    steps = [SubsidyStep(later, 70), SubsidyStep(TODAY, 90)]
    done(people.anna, WriteMeasure, lambda p: acts.set_subsidy(p, measure=id, steps=steps, version=1), case=case)
    detail = seen(people, case, id)
    assert ([step.percent for step in detail.subsidy], detail.subsidy_now) == ([90, 70], 90)
    twice = [SubsidyStep(TODAY, 90), SubsidyStep(TODAY, 70)]
    with pytest.raises(Rejection, match="samma dag"):
        done(people.anna, WriteMeasure, lambda p: acts.set_subsidy(p, measure=id, steps=twice, version=2), case=case)
    other = a_measure(people, case, kind="course")
    with pytest.raises(Rejection, match="anställning med lönebidrag"):
        done(people.anna, WriteMeasure, lambda p: acts.set_subsidy(p, measure=other, steps=steps, version=1), case=case)


def test_the_first_measure_under_an_agreed_plan_opens_the_phase(people: Cast, case: UUID) -> None:
    """Phases overlap (domain.md §3): what begins while the plan is still made does not end the making."""
    done(people.anna, WritePlan, plans.begin, case=case)
    a_measure(people, case, until="ongoing")
    live = CasePhase.objects.filter(case=case, until__isnull=True).values_list("phase__step", flat=True)
    assert "measures" not in live.all()
    Plan.objects.update(status="agreed")
    a_measure(people, case, until="ongoing")
    assert "measures" in live.all()
