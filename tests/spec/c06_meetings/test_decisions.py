"""The party's formal decision is taken at home; the gap to the promise is visible (domain.md §3.6)."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from samverk.access.actor import Actor
from samverk.access.decisions import DecisionsView, decisions_of
from samverk.access.declare import Promise, ReadCase, RecordDecision
from samverk.actions import commitments, decisions
from samverk.actions.promises import NewPromise
from samverk.domain.decisions import NewDecision, gap
from samverk.domain.words import Rejection
from samverk.store.models import Commitment, Event, FormalDecision
from tests.build import done, is_refused
from tests.people import Cast
from tests.spec.c06_meetings.scene import NOW, TODAY

pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(days=7)
REFUSED = NewDecision(
    kind="training_place",
    outcome="refused",
    text="Egon får inte plats på kursen i mars.",
    reason="Kursen är full.",
    legal_ground="Förordning (2000:634) 8 §",
    decider="Bo",
    decider_title="arbetsförmedlare",
    decided_on=TODAY,
    appeal_how="Begär omprövning hos Arbetsförmedlingen.",
    appeal_until=TODAY + timedelta(days=21),
)
GRANTED = replace(REFUSED, outcome="granted", text="Egon får plats.", appeal_how="", appeal_until=None)


def promised(people: Cast, case: UUID, who: Actor | None = None) -> UUID:
    giver = who or people.bo
    promise = NewPromise("Plats på kurs", DUE, account=giver.account, category="work", decision_kind="training_place")
    return done(giver, Promise, lambda p: commitments.make(p, promise=promise), case=case)


def record(who: Actor, case: UUID, decision: NewDecision, **more: object) -> UUID:
    return done(
        who, RecordDecision, lambda p: decisions.record(p, decision=decision, category="work", **more), case=case
    )  # type: ignore[arg-type]


def seen(who: Actor, case: UUID, days: int = 0) -> DecisionsView:
    today = TODAY + timedelta(days=days)
    return done(who, ReadCase, lambda p: decisions_of(p, today), case=case)


def test_the_promise_and_the_decision_are_two_records(people: Cast, case: UUID) -> None:
    """What was promised, by whom and for when; what was decided, and when."""
    promise = promised(people, case)
    record(people.bo, case, REFUSED, promise=promise)
    for who in (people.egon, people.anna, people.bo):
        (row,) = seen(who, case).promises
        assert (row.promise.what, row.promise.owner_name) == ("Plats på kurs", "Bo")
        (decision,) = row.decisions
        assert (decision.outcome, decision.reason, decision.party_short) == ("refused", "Kursen är full.", "AF")
        assert (decision.legal_ground, decision.decider) == (REFUSED.legal_ground, "Bo")
        assert decision.may_appeal
    assert Commitment.objects.get().status == "open"


def test_who_has_no_consent_sees_neither(people: Cast, case: UUID) -> None:
    """Nothing of it, not even that there is something."""
    record(people.bo, case, REFUSED, promise=promised(people, case))
    record(people.bo, case, GRANTED)
    for who in (people.cia, people.dag):
        assert (seen(who, case).promises, seen(who, case).others) == ((), ())


def test_a_promise_that_waits_for_its_decision_is_shown_with_its_days(people: Cast, case: UUID) -> None:
    """No decision yet: how many days since the promise, and how many after the promised day."""
    promised(people, case)
    (row,) = seen(people.egon, case, days=11).promises
    assert (row.gap.decided, row.gap.days_from_promise, row.gap.days_late) == (False, 11, 4)


def test_the_gap_is_counted_from_the_promise_to_the_first_decision() -> None:
    """The delay by lacking delegation is measured; a decision before the promised day is not late."""
    assert gap(TODAY, DUE, TODAY + timedelta(days=3), TODAY + timedelta(days=30)).days_late == 0
    late = gap(TODAY, DUE, TODAY + timedelta(days=9), TODAY + timedelta(days=30))
    assert (late.decided, late.days_from_promise, late.days_late) == (True, 9, 2)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", " "),
        ("reason", ""),
        ("legal_ground", ""),
        ("decider", ""),
        ("decider_title", ""),
        ("decided_on", None),
        ("decided_on", TODAY + timedelta(days=1)),
        ("outcome", "maybe"),
        ("kind", "luck"),
        ("appeal_how", ""),
        ("appeal_until", None),
        ("appeal_until", TODAY - timedelta(days=1)),
    ],
)
def test_a_decision_holds_all_that_she_needs_to_know(people: Cast, case: UUID, field: str, value: object) -> None:
    """Reason, legal ground, decider, day, and how and until when it can be appealed: the field is named."""
    with pytest.raises(Rejection) as refusal:
        record(people.bo, case, replace(REFUSED, **{field: value}))  # type: ignore[arg-type]
    assert field in {problem.field for problem in refusal.value.problems}
    assert not FormalDecision.objects.exists()
    assert not Event.objects.filter(what="decision.recorded").exists()


def test_all_that_is_missing_is_said_at_once(people: Cast, case: UUID) -> None:
    """Nobody has to send a form five times."""
    with pytest.raises(Rejection) as refusal:
        record(people.bo, case, replace(REFUSED, reason="", legal_ground="", appeal_how=""))
    assert [p.field for p in refusal.value.problems] == ["reason", "legal_ground", "appeal_how"]


def test_only_a_yes_needs_no_appeal(people: Cast, case: UUID) -> None:
    """What is granted in full is seldom appealed; partly is another matter."""
    record(people.bo, case, GRANTED)
    with pytest.raises(Rejection):
        record(people.bo, case, replace(GRANTED, outcome="partly"))


def test_a_party_decides_on_its_own_promises_only(people: Cast, case: UUID) -> None:
    """Anna cannot record AF's decision; nobody outside the case records any; the participant decides nothing here."""
    promise = promised(people, case)
    with pytest.raises(Rejection) as refusal:
        record(people.anna, case, REFUSED, promise=promise)
    assert refusal.value.problems[0].field == "promise"
    assert is_refused(people.egon, RecordDecision, case=case)
    assert is_refused(people.stig, RecordDecision, case=case)


@pytest.mark.parametrize(("decision", "status"), [(GRANTED, "kept"), (REFUSED, "broken")])
def test_the_decision_can_settle_the_promise(people: Cast, case: UUID, decision: NewDecision, status: str) -> None:
    """A yes keeps it, a no breaks it; its history says so."""
    promise = promised(people, case)
    record(people.bo, case, decision, promise=promise, settles=True)
    (row,) = seen(people.egon, case).promises
    assert (row.promise.status, row.promise.settled_on) == (status, TODAY)
    assert Event.objects.filter(what=f"commitment.{status}", item=promise).exists()


def test_a_decision_is_not_older_than_the_promise_it_answers(people: Cast, case: UUID) -> None:
    """Back in time is refused."""
    promise = promised(people, case)
    with pytest.raises(Rejection) as refusal:
        record(people.bo, case, replace(GRANTED, decided_on=TODAY - timedelta(days=2)), promise=promise)
    assert refusal.value.problems[0].field == "decided_on"


def test_a_new_decision_stands_beside_the_old(people: Cast, case: UUID) -> None:
    """Decisions are never changed; the gap counts to the first."""
    promise = promised(people, case)
    record(people.bo, case, REFUSED, promise=promise)
    later = replace(GRANTED, decided_on=TODAY + timedelta(days=9))
    at = NOW + timedelta(days=10)
    done(
        people.bo,
        RecordDecision,
        lambda p: decisions.record(p, decision=later, category="work", promise=promise),
        case=case,
        at=at,
    )
    (row,) = seen(people.egon, case, days=10).promises
    assert [d.outcome for d in row.decisions] == ["refused", "granted"]
    assert row.gap.days_late == 0


def test_the_contact_person_does_not_decide_her_benefit(people: Cast, case: UUID) -> None:
    """Whoever decides her benefit is not her coordinator (domain.md §3.2); other decisions she may take."""
    benefit = replace(GRANTED, kind="social_assistance", decider="anna", decider_title="samordnare")
    with pytest.raises(Rejection) as refusal:
        record(people.anna, case, benefit)
    assert refusal.value.problems[0].field == "decider"
    assert not FormalDecision.objects.exists()
    record(people.anna, case, replace(benefit, decider="Sofia Dahl", decider_title="socialsekreterare"))
    record(people.anna, case, replace(benefit, kind="work_training"))
    assert FormalDecision.objects.count() == 2
