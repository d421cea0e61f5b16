"""Writing a plan: every step has an owner and a day, and only its writers may change it."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from samverk.access.declare import AssignOfficial, ReadCase, WritePlan
from samverk.access.plans import draft_of, plan_of
from samverk.actions import cases, plans
from samverk.domain.plan import LineKind
from samverk.domain.words import Conflict, Rejection
from samverk.store.models import Event, Item, Plan, PlanLine
from tests.build import CATEGORIES, active_case, done, give, is_refused, own_referral, withdraw_from
from tests.build_plans import agreed, bos_step, draft, egons_step, goal, in_days, line, proposed
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)


def field(caught: pytest.ExceptionInfo[Rejection]) -> str:
    return caught.value.problems[0].field


def test_the_plan_belongs_to_her_whoever_writes_it(people: Cast, case: UUID) -> None:
    """The person owns the plan; all of it is an item of hers (domain.md §3.5)."""
    draft(people, case)
    kinds = Item.objects.filter(kind__in=("plan", "plan_line"))
    assert kinds.count() == 3
    assert not kinds.filter(owner__isnull=False).exists()


@pytest.mark.parametrize("who", ["bo", "cia", "dag", "eva", "frida"])
def test_only_she_and_the_coordinator_write(people: Cast, case: UUID, who: str) -> None:
    """The plan is written by the person and the coordinator; the others say yes or no (domain.md §3.5)."""
    assert is_refused(getattr(people, who), WritePlan, case=case)


def test_a_plan_comes_with_review_and_end_from_the_programme(people: Cast, case: UUID) -> None:
    """When it is reviewed, and a limit in time; the programme's own rhythm unless told (domain.md §3.5)."""
    draft(people, case)
    plan = Plan.objects.get()
    assert (plan.review_on, plan.limit_on) == (in_days(90), in_days(365))


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"account": None}, "who"),
        ({"account": uuid4()}, "who"),
        ({"account": None, "party": uuid4()}, "who"),
        ({"due": None}, "due"),
        ({"due": in_days(-1)}, "due"),
        ({"text": ""}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"category": "okänd"}, "category"),
        ({"pays": uuid4()}, "pays"),
        ({"decides": uuid4()}, "decides"),
    ],
)
def test_a_step_without_owner_or_day_is_refused(
    people: Cast, case: UUID, change: dict[str, object], wrong: str
) -> None:
    """A step without an owner must never happen (domain.md §3). The field is named and nothing is written."""
    done(people.anna, WritePlan, plans.begin, case=case)
    with pytest.raises(Rejection) as caught:
        line(people, case, replace(bos_step(people), **change))  # type: ignore[arg-type]
    assert field(caught) == wrong
    assert not PlanLine.objects.exists()


def test_a_step_is_taken_by_someone_who_is_in_the_case(people: Cast, case: UUID) -> None:
    """A promise by someone who cannot find it is none (domain.md §3)."""
    done(people.anna, WritePlan, plans.begin, case=case)
    with pytest.raises(Rejection) as caught:
        line(people, case, replace(bos_step(people), account=people.frida.account))
    assert field(caught) == "who"


def test_rights_and_duties_stand_for_the_person_and_for_every_party(people: Cast, case: UUID) -> None:
    """Rights and duties for the person and for every party (domain.md §3.5)."""
    draft(people, case)
    for kind in (LineKind.RIGHT, LineKind.DUTY):
        line(people, case, plans.NewLine(kind, "Ringa samma dag", by_participant=True))
        line(people, case, plans.NewLine(kind, "Svara inom en vecka", party=people.af))
    page = done(people.egon, ReadCase, plan_of, case=case)
    assert page is not None
    assert page.plan is not None
    for section in (page.plan.rights, page.plan.duties):
        assert [v.who for v in section.lines] == ["Egon Jönsson", "Arbetsförmedlingen"]


def test_two_writers_of_one_line_are_told(people: Cast, case: UUID) -> None:
    """Whoever saves second is shown what stands now (house.md)."""
    mine, _his = draft(people, case)
    new = replace(egons_step(), text="Skriva fem rader")
    done(people.egon, WritePlan, lambda p: plans.change_line(p, key=mine, version=1, line=new), case=case)
    with pytest.raises(Conflict) as caught:
        done(people.anna, WritePlan, lambda p: plans.change_line(p, key=mine, version=1, line=new), case=case)
    assert caught.value.theirs["text"] == "Skriva fem rader"
    with pytest.raises(Conflict):
        done(people.anna, WritePlan, lambda p: plans.remove_line(p, key=mine, version=1), case=case)


def test_a_line_can_be_taken_out_of_a_draft(people: Cast, case: UUID) -> None:
    """What is taken out is no longer in the draft, and cannot be changed."""
    mine, his = draft(people, case)
    done(people.anna, WritePlan, lambda p: plans.remove_line(p, key=mine, version=1), case=case)
    page = done(people.anna, WritePlan, draft_of, case=case)
    assert page is not None
    assert page.plan is not None
    assert page.plan.mine.lines == ()
    assert [v.line.key for v in page.plan.theirs.lines] == [his]
    with pytest.raises(Rejection, match="finns inte längre"):
        done(people.anna, WritePlan, lambda p: plans.remove_line(p, key=mine, version=2), case=case)


def test_what_the_coordinator_may_not_read_she_may_not_write(people: Cast, case: UUID) -> None:
    """Nobody writes into what the consent hides from her (design.md)."""
    done(people.anna, WritePlan, plans.begin, case=case)
    give(people, case, giver=None, receiver=people.municipality, refused=True, categories=("addiction",))
    with pytest.raises(Rejection) as caught:
        line(people, case, egons_step(category="addiction"))
    assert field(caught) == "category"
    assert line(people, case, egons_step(category="addiction"), who=people.egon)


@pytest.mark.parametrize("missing", ["goal", "steps"])
def test_nothing_is_put_before_people_without_goal_and_steps(people: Cast, case: UUID, missing: str) -> None:
    """A goal in her own words, and steps (domain.md §3.5)."""
    if missing == "steps":
        goal(people, case)
    done(people.anna, WritePlan, plans.begin, case=case)
    if missing == "goal":
        line(people, case, egons_step())
    with pytest.raises(Rejection) as caught:
        done(people.anna, WritePlan, plans.propose, case=case)
    assert len(caught.value.problems) == 1
    assert Plan.objects.get().status == "draft"


def test_a_party_that_may_not_read_its_step_cannot_own_it(people: Cast, case: UUID) -> None:
    """Information without cover, and a step whose owner cannot see it, must never happen (domain.md §3)."""
    draft(people, case)
    line(people, case, replace(bos_step(people), account=people.cia.account))
    with pytest.raises(Rejection) as caught:
        done(people.anna, WritePlan, plans.propose, case=case)
    assert [p.params["party"] for p in caught.value.problems] == ["Försäkringskassan"]
    give(people, case, giver=None, receiver=people.fk, categories=("process", "work"))
    done(people.anna, WritePlan, plans.propose, case=case)


def test_a_withdrawn_consent_stops_the_proposal(people: Cast, case: UUID) -> None:
    """Withdrawal works on the next request (design.md)."""
    draft(people, case)
    withdraw_from(people, case, party=people.af)
    with pytest.raises(Rejection):
        done(people.anna, WritePlan, plans.propose, case=case)
    give(people, case, giver=None, receiver=people.af, categories=CATEGORIES)
    done(people.anna, WritePlan, plans.propose, case=case)


def test_an_official_who_has_left_owns_no_step(people: Cast, case: UUID) -> None:
    """When an official leaves, her steps are handed over, not lost (domain.md §3.9)."""
    draft(people, case)
    give(people, case, giver=None, receiver=people.fk)
    line(people, case, replace(bos_step(people), account=people.cia.account))
    done(people.anna, AssignOfficial, lambda p: cases.let_go(p, account=people.cia.account), case=case)  # type: ignore[arg-type]
    with pytest.raises(Rejection, match="inte längre med"):
        done(people.anna, WritePlan, plans.propose, case=case)


def test_dates_are_changed_with_a_check_for_others_changes(people: Cast, case: UUID) -> None:
    """Review before the end; two writers are told (domain.md §3.5)."""
    draft(people, case)

    def dates(review: int, limit: int, version: int = 1) -> None:
        done(
            people.anna,
            WritePlan,
            lambda p: plans.set_dates(p, version=version, review_on=in_days(review), limit_on=in_days(limit)),
            case=case,
        )

    with pytest.raises(Rejection) as caught:
        dates(100, 90)
    assert field(caught) == "limit_on"
    dates(60, 180)
    with pytest.raises(Conflict):
        dates(61, 180)
    plan = Plan.objects.get()
    assert (plan.review_on, plan.limit_on) == (in_days(60), in_days(180))


def test_what_is_out_of_order_is_refused(people: Cast, case: UUID) -> None:
    """One version at a time, and only a draft is changed (domain.process, "plan")."""
    mine, _his = proposed(people, case)
    for act in (
        plans.begin,
        plans.propose,
        lambda p: plans.add_line(p, line=egons_step()),
        lambda p: plans.remove_line(p, key=mine, version=1),
    ):
        with pytest.raises(Rejection):
            done(people.anna, WritePlan, act, case=case)  # type: ignore[arg-type]
    assert Plan.objects.get().status == "proposed"


def test_no_plan_before_her_yes_and_none_taken_back_that_is_agreed(people: Cast) -> None:
    """The plan belongs to a case that runs (domain.md §3)."""
    waiting = own_referral(people)
    with pytest.raises(Rejection):
        done(people.egon, WritePlan, plans.begin, case=waiting)


def test_an_agreed_plan_is_not_taken_back(people: Cast, case: UUID) -> None:
    """What all have signed is changed by a new version only (domain.md §3.5)."""
    agreed(people, case)
    with pytest.raises(Rejection):
        done(people.anna, WritePlan, plans.take_back, case=case)
    assert Plan.objects.get().status == "agreed"


def test_each_write_leaves_its_event(people: Cast, case: UUID) -> None:
    """No change without its event (design.md)."""
    proposed(people, case)
    written = list(Event.objects.filter(what__startswith="plan.").order_by("at", "what").values_list("what", flat=True))
    assert sorted(written) == ["plan.begun", "plan.line_added", "plan.line_added", "plan.proposed"]
