"""Who has promised what by when (domain.md §3.6)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.commitments import CommitmentView, commitments_of
from samverk.access.declare import Promise, ReadCase, WriteNote
from samverk.actions import commitments
from samverk.actions.promises import NewPromise
from samverk.domain.commitments import days_late, is_late, next_weekday
from samverk.domain.words import Conflict, Rejection
from samverk.store.models import Commitment, CommitmentMove, Event, LegalGround
from tests.build import active_case, done, is_refused
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=7)


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)


def promised(who: Actor, case: UUID, what: str = "Ringa om kursen", **more: object) -> UUID:
    """A promise of one's own."""
    words = {"due": SOON, "account": who.account, "by_participant": who.person is not None} | more
    return done(who, Promise, lambda p: commitments.make(p, promise=NewPromise(what, **words)), case=case)  # type: ignore[arg-type]


def seen(who: Actor, case: UUID, today: date = TODAY) -> list[CommitmentView]:
    return list(done(who, ReadCase, lambda p: commitments_of(p, today), case=case))


def problem(refusal: pytest.ExceptionInfo[Rejection]) -> str:
    return refusal.value.problems[0].field


def test_a_promise_is_found_by_the_promiser_the_participant_and_the_coordinator(people: Cast, case: UUID) -> None:
    """A promise nobody can find must never happen (domain.md §3)."""
    promised(people.bo, case)
    for who in (people.bo, people.egon, people.anna):
        (view,) = seen(who, case)
        assert (view.what, view.owner_name, view.party_short, view.tone) == ("Ringa om kursen", "Bo", "AF", "af")
        assert view.mine == (who is people.bo)


def test_who_has_no_consent_sees_nothing_of_others_promises(people: Cast, case: UUID) -> None:
    """Cia's party has no consent; Dag's was withdrawn yesterday: forbidden and absent look the same."""
    promised(people.bo, case)
    assert seen(people.cia, case) == []
    assert seen(people.dag, case) == []


def test_a_party_without_consent_finds_its_own_promise_and_nothing_else(people: Cast, case: UUID) -> None:
    """A party without consent is a normal case (domain.md §3.2); its own promise stays with it, on a recorded ground."""
    promised(people.bo, case)
    own = promised(people.cia, case, "Skicka blanketten")
    assert [view.id for view in seen(people.cia, case)] == [own]
    assert LegalGround.objects.filter(item=own, receiver=people.fk, ground="own_promise").exists()


def test_nobody_promises_for_a_party_that_could_not_read_it(people: Cast, case: UUID) -> None:
    """The coordinator cannot write a promise for Cia away from the table: Cia would never find it."""
    promise = NewPromise("Ordna intyg", SOON, account=people.cia.account)
    with pytest.raises(Rejection) as refusal:
        done(people.anna, Promise, lambda p: commitments.make(p, promise=promise), case=case)
    assert problem(refusal) == "owner"
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("what", "due", "field"),
    [
        ("  ", SOON, "what"),
        ("Ringa", None, "due"),
        ("Ringa", TODAY - timedelta(days=1), "due"),
        ("x" * 20_001, SOON, "what"),
    ],
)
def test_without_words_or_day_it_is_no_promise(
    people: Cast, case: UUID, what: str, due: date | None, field: str
) -> None:
    """Every commitment has a text, an owner and a day that is not past; nothing is written otherwise."""
    with pytest.raises(Rejection) as refusal:
        promised(people.bo, case, what, due=due)
    assert problem(refusal) == field
    assert not Commitment.objects.exists()


def test_one_promises_for_oneself(people: Cast, case: UUID) -> None:
    """Bo cannot promise for Anna; the coordinator may write what Bo has said, and how she knows."""
    with pytest.raises(Rejection) as refusal:
        promised(people.bo, case, account=people.anna.account)
    assert problem(refusal) == "owner"
    promised(people.anna, case, account=people.bo.account, on_behalf="spoken")
    assert seen(people.bo, case)[0].on_behalf == "spoken"


def test_only_the_promiser_or_the_coordinator_on_her_word_settles(people: Cast, case: UUID) -> None:
    """Egon cannot keep Bo's promise for him; Anna can, and it is kept how she knew."""
    id = promised(people.bo, case)
    with pytest.raises(Rejection):
        done(people.egon, Promise, lambda p: commitments.keep(p, commitment=id, version=1), case=case)
    done(people.anna, Promise, lambda p: commitments.keep(p, commitment=id, version=1, on_behalf="paper"), case=case)
    (view,) = seen(people.egon, case)
    assert (view.status, view.settled_on, view.moves[0].on_behalf) == ("kept", TODAY, "paper")
    assert Event.objects.filter(what="commitment.kept", item=id, actor=people.anna.account).exists()


def test_late_is_open_after_its_day(people: Cast, case: UUID) -> None:
    """The day itself is not late; kept promises are not late any more, but how late they were stays known."""
    promised(people.bo, case)
    assert not seen(people.egon, case, SOON)[0].late
    late = seen(people.egon, case, SOON + timedelta(days=4))[0]
    assert (late.late, late.days_late) == (True, 4)
    assert not is_late("kept", SOON, SOON + timedelta(days=4))
    assert days_late("kept", SOON, SOON + timedelta(days=2), SOON + timedelta(days=9)) == 2


def test_a_postponed_promise_keeps_its_first_day_and_the_reason(people: Cast, case: UUID) -> None:
    """The new day needs a reason, and the old one stays readable."""
    id, later = promised(people.bo, case), SOON + timedelta(days=5)
    for due, reason, field in ((later, " ", "reason"), (None, "Kö", "due"), (SOON, "Kö", "due")):
        with pytest.raises(Rejection) as refusal:
            done(
                people.bo,
                Promise,
                lambda p, d=due, r=reason: commitments.postpone(p, commitment=id, version=1, due=d, reason=r),
                case=case,
            )  # type: ignore[misc]
        assert problem(refusal) == field
    done(
        people.bo,
        Promise,
        lambda p: commitments.postpone(p, commitment=id, version=1, due=later, reason="Kö"),
        case=case,
    )
    (view,) = seen(people.egon, case)
    assert (view.status, view.first_due, view.due) == ("open", SOON, later)
    assert [(m.verb, m.old_due, m.new_due, m.reason, m.by) for m in view.moves] == [
        ("postpone", SOON, later, "Kö", "Bo")
    ]


def test_two_who_change_the_same_promise_are_told_of_each_other(people: Cast, case: UUID) -> None:
    """The second gets both texts instead of writing over the first."""
    id = promised(people.bo, case)
    day = SOON + timedelta(days=1)
    done(
        people.bo, Promise, lambda p: commitments.postpone(p, commitment=id, version=1, due=day, reason="Kö"), case=case
    )
    with pytest.raises(Conflict) as conflict:
        done(
            people.anna, Promise, lambda p: commitments.break_(p, commitment=id, version=1, reason="Hann ej"), case=case
        )
    assert conflict.value.theirs == {"due": day.isoformat(), "reason": "Kö"}
    assert Commitment.objects.get(item=id).status == "open"


def test_broken_is_said_with_a_reason_and_can_be_taken_up_again(people: Cast, case: UUID) -> None:
    """A broken promise is not the end; a kept one is."""
    id = promised(people.egon, case, "Skriva tre rader")
    with pytest.raises(Rejection) as refusal:
        done(people.egon, Promise, lambda p: commitments.break_(p, commitment=id, version=1, reason=""), case=case)
    assert problem(refusal) == "reason"
    done(
        people.egon, Promise, lambda p: commitments.break_(p, commitment=id, version=1, reason="Orkade inte"), case=case
    )
    done(people.egon, Promise, lambda p: commitments.take_up_again(p, commitment=id, version=2, due=SOON), case=case)
    done(people.egon, Promise, lambda p: commitments.keep(p, commitment=id, version=3), case=case)
    with pytest.raises(Rejection):
        done(people.egon, Promise, lambda p: commitments.keep(p, commitment=id, version=4), case=case)
    assert [m.verb for m in seen(people.egon, case)[0].moves] == ["break", "take_up_again", "keep"]


def test_only_the_coordinator_strikes_a_promise_out(people: Cast, case: UUID) -> None:
    """Otherwise a promiser could free herself without saying that it was not kept."""
    id = promised(people.bo, case)
    with pytest.raises(Rejection):
        done(people.bo, Promise, lambda p: commitments.release(p, commitment=id, version=1, reason="Fullt"), case=case)
    done(
        people.anna, Promise, lambda p: commitments.release(p, commitment=id, version=1, reason="Fick jobb"), case=case
    )
    assert seen(people.bo, case)[0].status == "released"


def test_it_cannot_have_been_done_tomorrow(people: Cast, case: UUID) -> None:
    """A day ahead in time, or before the promise, is refused."""
    id = promised(people.bo, case)
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(Rejection) as refusal:
            done(people.bo, Promise, lambda p, d=day: commitments.keep(p, commitment=id, version=1, on=d), case=case)  # type: ignore[misc]
        assert problem(refusal) == "on"
    assert not CommitmentMove.objects.exists()


def test_she_asks_to_be_called_and_somebody_has_to(people: Cast, case: UUID) -> None:
    """“Jag vill att någon ringer mig” is a promise of the contact person's, due the next weekday; asked twice, once."""
    assert next_weekday(date(2026, 11, 20)) == date(2026, 11, 23)
    done(people.egon, WriteNote, lambda p: commitments.call_me(p), case=case)
    (view,) = seen(people.anna, case)
    assert (view.owner_name, view.due, view.mine) == ("Anna", next_weekday(TODAY), True)
    with pytest.raises(Rejection):
        done(people.egon, WriteNote, lambda p: commitments.call_me(p), case=case)
    with pytest.raises(Rejection):
        done(people.anna, WriteNote, lambda p: commitments.call_me(p), case=case)
    assert len(seen(people.egon, case)) == 1


def test_the_work_place_promises_nothing_here(people: Cast, case: UUID) -> None:
    """Who is not in the case, and who steers without cases, does not come in."""
    assert is_refused(people.stig, Promise, case=case)
    assert is_refused(people.eva, Promise, case=case)
