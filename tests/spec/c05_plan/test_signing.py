"""Signed by all, versions kept, a readable difference, and promises that follow the plan."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.declare import Promise, ReadCase, SignPlan, WritePlan
from samverk.access.plans import PlanPage, PlanView, card_of, plan_of
from samverk.actions import plans, signing
from samverk.actions.commitments import keep
from samverk.domain.plan import LineKind
from samverk.domain.words import Rejection
from samverk.store.models import Commitment, Event, Item, Plan, PlanReview, PlanSignature
from tests.build import active_case, done, give, is_refused, withdraw_from
from tests.build_plans import GOAL, agreed, bos_step, draft, egons_step, goal, in_days, line, proposed, yes
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)


def page_of(who: Actor, case: UUID, number: int | None = None) -> PlanPage:
    page = done(who, ReadCase, lambda p: plan_of(p, number=number), case=case)
    assert page is not None
    return page


def plan(who: Actor, case: UUID) -> PlanView:
    view = page_of(who, case).plan
    assert view is not None
    return view


def second_version(people: Cast, case: UUID, mine: UUID, his: UUID) -> None:
    """A new version: Egon's step is said otherwise, Bo's is gone, and there is a new one."""
    done(people.anna, WritePlan, plans.begin, case=case)
    new = replace(egons_step(), text="Skriva fem rader", due=in_days(21))
    done(people.anna, WritePlan, lambda p: plans.change_line(p, key=mine, version=1, line=new), case=case)
    done(people.anna, WritePlan, lambda p: plans.remove_line(p, key=his, version=1), case=case)
    line(people, case, bos_step(people, text="Studiebesök på Nacka Mekaniska"))
    done(people.anna, WritePlan, plans.propose, case=case)


def test_it_is_agreed_by_itself_when_all_have_signed(people: Cast, case: UUID) -> None:
    """Signed by all: the person and every party named in it (domain.md §3.5)."""
    proposed(people, case)
    assert [(s.name, s.signed_at) for s in plan(people.anna, case).waits_for] == [
        ("Egon Jönsson", None),
        ("Arbetsförmedlingen", None),
    ]
    assert yes(people.bo, case) is False
    assert Plan.objects.get().status == "proposed"
    assert yes(people.egon, case) is True
    view = plan(people.anna, case)
    assert (view.status, view.waits_for) == ("agreed", ())
    assert Event.objects.filter(what="plan.agreed").count() == 1


def test_whoever_decides_or_pays_signs_too(people: Cast, case: UUID) -> None:
    """Every party named in it: who does, who decides, who pays (domain.md §3.5)."""
    draft(people, case)
    line(people, case, replace(egons_step(), pays=people.municipality))
    done(people.anna, WritePlan, plans.propose, case=case)
    yes(people.egon, case)
    assert yes(people.bo, case) is False
    assert yes(people.anna, case) is True


def test_an_official_signs_for_her_own_party_only(people: Cast, case: UUID) -> None:
    """Bo signs for his party; whoever is not named has nothing to sign; nobody signs for her (domain.md §3.5)."""
    proposed(people, case)
    with pytest.raises(Rejection, match="inget att göra i planen"):
        yes(people.anna, case)
    version = Plan.objects.get().version
    with pytest.raises(Rejection) as caught:
        done(
            people.bo,
            SignPlan,
            lambda p: signing.sign(p, version=version, for_participant=True, how="spoken"),
            case=case,
        )
    assert caught.value.problems[0].field == "how"
    assert is_refused(people.frida, SignPlan, case=case)
    assert not PlanSignature.objects.exists()


def test_the_coordinator_records_her_yes_and_how_it_came(people: Cast, case: UUID) -> None:
    """On screen, on paper or spoken; never on screen by someone else (domain.md §3.2, §3.5)."""
    proposed(people, case)
    version = Plan.objects.get().version

    def record(how: str) -> bool:
        return done(
            people.anna, SignPlan, lambda p: signing.sign(p, version=version, for_participant=True, how=how), case=case
        )

    with pytest.raises(Rejection) as caught:
        record("screen")
    assert caught.value.problems[0].field == "how"
    record("paper")
    hers = plan(people.egon, case).signatures[0]
    assert (hers.how, hers.signed_by) == ("paper", "Anna")
    with pytest.raises(Rejection, match="redan"):
        yes(people.egon, case)


def test_a_yes_is_to_what_was_read(people: Cast, case: UUID) -> None:
    """Nobody says yes to something else than she read (domain.md §3.5)."""
    proposed(people, case)
    seen = plan(people.egon, case).version
    done(people.anna, WritePlan, plans.take_back, case=case)
    line(people, case, egons_step("Något helt annat"))
    done(people.anna, WritePlan, plans.propose, case=case)
    with pytest.raises(Rejection, match="ändrats"):
        done(people.egon, SignPlan, lambda p: signing.sign(p, version=seen), case=case)


def test_taken_back_no_yes_counts_any_longer(people: Cast, case: UUID) -> None:
    """A proposal that is changed is signed anew; that someone had said yes stays in the rows (domain.md §3.5)."""
    proposed(people, case)
    yes(people.egon, case)
    done(people.egon, WritePlan, plans.take_back, case=case)
    done(people.anna, WritePlan, plans.propose, case=case)
    assert len(plan(people.anna, case).waits_for) == 2
    assert PlanSignature.objects.get().void_at is not None
    yes(people.egon, case)
    assert yes(people.bo, case) is True


def test_without_consent_there_is_nothing_to_sign(people: Cast, case: UUID) -> None:
    """Withdrawal works on the next request: Bo no longer reads, and so does not sign (design.md)."""
    proposed(people, case)
    version = Plan.objects.get().version
    withdraw_from(people, case, party=people.af)
    with pytest.raises(Rejection):
        done(people.bo, SignPlan, lambda p: signing.sign(p, version=version), case=case)
    give(people, case, giver=None, receiver=people.af, categories=("process",))
    with pytest.raises(Rejection, match="får inte läsa allt"):
        done(people.bo, SignPlan, lambda p: signing.sign(p, version=version), case=case)


def test_the_steps_become_promises_when_all_have_agreed_and_not_before(people: Cast, case: UUID) -> None:
    """Every step has an owner and a day, and is a commitment that can be found (domain.md §3)."""
    mine, his = proposed(people, case)
    assert not Commitment.objects.exists()
    yes(people.egon, case)
    yes(people.bo, case)
    promises = {c.line_key: c for c in Commitment.objects.all()}
    assert promises[mine].by_participant
    assert (promises[his].owner_party_id, promises[his].owner_account_id) == (people.af, people.bo.account)
    assert promises[his].due == in_days(30)
    assert [v.state for v in plan(people.egon, case).theirs.lines] == ["open"]


def test_a_new_version_replaces_the_old_only_when_all_have_agreed(people: Cast, case: UUID) -> None:
    """Versions are kept; the old one holds until the new one is signed by all (domain.md §3.5)."""
    mine, his = agreed(people, case)
    second_version(people, case, mine, his)
    page = page_of(people.egon, case)
    assert page.in_force is not None
    assert page.in_force.number == 1
    yes(people.egon, case)
    yes(people.bo, case)
    assert [(v.number, v.status) for v in page_of(people.egon, case).versions] == [(2, "agreed"), (1, "replaced")]
    old = page_of(people.egon, case, number=1).plan
    assert old is not None
    assert [v.line.text for v in old.mine.lines] == ["Skriva tre rader om vad jag kan"]
    promises = {c.line_key: c for c in Commitment.objects.all()}
    assert (promises[mine].what, promises[his].status) == ("Skriva fem rader", "released")
    assert len(promises) == 3


def test_what_has_changed_since_you_last_said_yes(people: Cast, case: UUID) -> None:
    """Versions with a readable difference (issue 2): from the last one that the reader signed."""
    mine, his = agreed(people, case)
    second_version(people, case, mine, his)
    for who in (people.egon, people.bo):
        difference = page_of(who, case).difference
        assert difference is not None
        assert [(c.before.line.text, c.after.line.text, c.fields) for c in difference.changed] == [
            ("Skriva tre rader om vad jag kan", "Skriva fem rader", ("text", "due"))
        ]
        assert [v.line.text for v in difference.added] == ["Studiebesök på Nacka Mekaniska"]
        assert [v.line.key for v in difference.removed] == [his]
    assert page_of(people.anna, case).difference is None
    yes(people.egon, case)
    assert page_of(people.egon, case).difference is None


def test_a_new_goal_and_new_days_are_part_of_the_difference(people: Cast, case: UUID) -> None:
    """What she said yes to is also the goal's words and the time (domain.md §3.5)."""
    agreed(people, case)
    goal(people, case, "Få en egen lägenhet.", version=1)
    done(people.anna, WritePlan, plans.begin, case=case)
    dates = {"review_on": in_days(30), "limit_on": in_days(200)}
    done(people.anna, WritePlan, lambda p: plans.set_dates(p, version=1, **dates), case=case)
    done(people.anna, WritePlan, plans.propose, case=case)
    difference = page_of(people.bo, case).difference
    assert difference is not None
    assert difference.goal == (GOAL, "Få en egen lägenhet.")
    assert (difference.review_on, difference.limit_on) == ((in_days(90), in_days(30)), (in_days(365), in_days(200)))


def test_a_step_that_is_done_is_not_written_over(people: Cast, case: UUID) -> None:
    """A promise nobody can find must never happen: what is kept stays, the new is a step of its own (domain.md §3)."""
    mine, _his = agreed(people, case)
    promise = Commitment.objects.get(line_key=mine)
    done(people.egon, Promise, lambda p: keep(p, commitment=promise.item_id, version=1), case=case)
    done(people.anna, WritePlan, plans.begin, case=case)
    new = replace(egons_step(), text="Skriva fem rader")
    with pytest.raises(Rejection) as caught:
        done(people.anna, WritePlan, lambda p: plans.change_line(p, key=mine, version=1, line=new), case=case)
    assert caught.value.problems[0].field == "text"


def test_the_difference_tells_nobody_what_she_may_not_read(people: Cast, case: UUID) -> None:
    """No information passes without cover, not as a change either (design.md)."""
    agreed(people, case)
    done(people.anna, WritePlan, plans.begin, case=case)
    line(people, case, egons_step("Gå på AA-möte", category="addiction"))
    done(people.anna, WritePlan, plans.propose, case=case)
    give(people, case, giver=None, receiver=people.af, refused=True, categories=("addiction",))
    page = page_of(people.bo, case)
    assert page.difference is not None
    assert not page.difference.any
    assert page.plan is not None
    assert [v.line.text for v in page.plan.mine.lines] == ["Skriva tre rader om vad jag kan"]
    assert page.plan.mine.withheld
    assert not page.plan.theirs.withheld


@pytest.mark.parametrize("who", ["cia", "dag"])
def test_without_consent_the_plan_is_one_mark(people: Cast, case: UUID, who: str) -> None:
    """Nobody acts on half a plan believing it whole, and nothing in it is told (design.md)."""
    actor = getattr(people, who)
    assert not page_of(actor, case).withheld
    agreed(people, case)
    page = page_of(actor, case)
    assert (page.withheld, page.plan, page.goal, page.versions, page.reviews) == (True, None, None, (), ())


def test_whoever_joins_later_sees_the_plan_if_she_wants_it(people: Cast, case: UUID) -> None:
    """Whoever joins later sees the plan if the person wants it (domain.md §3.5)."""
    agreed(people, case)
    give(people, case, giver=None, receiver=people.fk)
    assert [v.line.text for v in plan(people.cia, case).theirs.lines] == ["Plats på kurs i numerisk svarvning"]


def review(who: Actor, case: UUID, *, version: int, limit: int | None = None, text: str = "Det går framåt.") -> None:
    done(
        who,
        WritePlan,
        lambda p: signing.review(
            p,
            version=version,
            text=text,
            review_on=in_days(60),
            limit_on=in_days(limit) if limit is not None else None,
        ),
        case=case,
    )


def test_the_limit_in_time_is_extended_after_review_with_a_reason(people: Cast, case: UUID) -> None:
    """A limit in time that can be extended after review (domain.md §3.5)."""
    agreed(people, case)
    version = plan(people.anna, case).version
    with pytest.raises(Rejection) as caught:
        review(people.anna, case, version=version, limit=400, text=" ")
    assert caught.value.problems[0].field == "text"
    with pytest.raises(Rejection) as caught:
        review(people.anna, case, version=version, limit=300)
    assert caught.value.problems[0].field == "limit_on"
    review(people.anna, case, version=version, limit=400)
    review(people.egon, case, version=version + 1)
    view = page_of(people.bo, case)
    assert view.plan is not None
    assert (view.plan.limit_on, view.plan.review_on) == (in_days(400), in_days(60))
    assert [r.extended_to for r in view.reviews] == [None, in_days(400)]
    assert Event.objects.filter(what__in=("plan.extended", "plan.reviewed")).count() == 2
    with pytest.raises(Rejection, match="ändrats"):
        review(people.anna, case, version=version)


def test_only_an_agreed_plan_is_reviewed(people: Cast, case: UUID) -> None:
    """States out of order are refused (domain.process)."""
    proposed(people, case)
    with pytest.raises(Rejection):
        review(people.anna, case, version=1)
    assert not PlanReview.objects.exists()


def test_a_late_review_and_a_passed_limit_show(people: Cast, case: UUID) -> None:
    """Reviews in time are followed (domain.md §6): what is late is visible to everyone who reads the plan."""
    agreed(people, case)
    Plan.objects.update(review_on=in_days(-1), limit_on=in_days(10))
    view = plan(people.bo, case)
    assert (view.review_late, view.limit_near, view.limit_passed) == (True, True, False)
    Plan.objects.update(limit_on=in_days(-1))
    view = plan(people.bo, case)
    assert (view.limit_near, view.limit_passed) == (False, True)


def test_a_late_agency_is_as_visible_as_a_late_person(people: Cast, case: UUID) -> None:
    """What I do, what they have promised: both columns show what is late (look)."""
    agreed(people, case)
    Commitment.objects.update(due=timezone.localdate() - timedelta(days=4))
    view = plan(people.egon, case)
    assert [v.late for v in (*view.mine.lines, *view.theirs.lines)] == [True, True]


def test_the_proposal_keeps_the_goal_that_it_was_made_under(people: Cast, case: UUID) -> None:
    """The goal goes on growing; an old version shows the words it was signed under (domain.md §3.5)."""
    agreed(people, case)
    goal(people, case, "Få en egen lägenhet.", version=1)
    page = page_of(people.egon, case)
    assert page.goal is not None
    assert page.plan is not None
    assert page.goal.text == "Få en egen lägenhet."
    assert page.plan.goal.startswith("Jag vill svarva igen")


def test_the_timeline_holds_the_plan_and_not_its_every_line(people: Cast, case: UUID) -> None:
    """The timeline is headlines: the plan under her goal, who signed, and no copies of lines (house.md)."""
    mine, his = agreed(people, case)
    second_version(people, case, mine, his)
    told = Item.objects.filter(kind__startswith="plan").exclude(headline="").values_list("kind", flat=True)
    assert sorted(told) == ["plan", "plan", "plan_signature", "plan_signature"]


def test_the_case_page_tells_whoever_shall_sign_and_nobody_else(people: Cast, case: UUID) -> None:
    """What needs someone stands on her first page; without consent nothing does (design.md)."""
    proposed(people, case)

    def waits() -> list[bool]:
        readers = (people.egon, people.bo, people.anna, people.cia)
        return [done(who, ReadCase, card_of, case=case).i_shall_sign for who in readers]

    assert waits() == [True, True, False, False]
    yes(people.egon, case)
    assert waits() == [False, True, False, False]
    yes(people.bo, case)
    card = done(people.bo, ReadCase, card_of, case=case)
    assert (card.status, card.review_on, card.i_shall_sign) == ("agreed", in_days(90), False)
    hidden = done(people.cia, ReadCase, card_of, case=case)
    assert (hidden.status, hidden.goal, hidden.review_on) == ("", None, None)


def test_sub_goals_need_nobodys_signature(people: Cast, case: UUID) -> None:
    """A sub-goal is a mark on the way, not a promise (domain.md §3.5)."""
    draft(people, case)
    line(people, case, plans.NewLine(LineKind.SUB_GOAL, "Orka en hel förmiddag"))
    done(people.anna, WritePlan, plans.propose, case=case)
    view = plan(people.egon, case)
    assert [v.line.text for v in view.sub_goals.lines] == ["Orka en hel förmiddag"]
    assert len(view.waits_for) == 2
