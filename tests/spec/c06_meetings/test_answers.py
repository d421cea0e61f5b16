"""The call is answered by each, and prepared with the person (domain.md §3.6)."""

from uuid import UUID

import pytest

from samverk.access.declare import AnswerCall, PrepareMeeting
from samverk.actions import answers, meetings
from samverk.domain.meetings import Member, Question, nobody_can_decide
from samverk.domain.words import Rejection
from samverk.store.models import Event, Item, MeetingWords
from tests.build import assign_workplace, done, give, is_refused
from tests.people import Cast
from tests.spec.c06_meetings.scene import AFTER, answer, call, held, opened

pytestmark = pytest.mark.django_db


def test_each_answers_for_herself(people: Cast, case: UUID) -> None:
    """Comes, other time with a proposal, does not come; and may change her mind."""
    id = call(people, case)
    answer(people.bo, case, id, "other_time", "Fredag efter 13")
    answer(people.egon, case, id, "comes")
    bo = next(c for c in opened(people.anna, case, id).invitations if c.name == "Bo")
    assert (bo.status, bo.text) == ("other_time", "Fredag efter 13")
    answer(people.bo, case, id, "comes")
    view = opened(people.anna, case, id)
    assert [(c.status, c.text) for c in view.invitations] == [("comes", "")] * 3
    assert Event.objects.filter(what="call.answered").count() == 3


@pytest.mark.parametrize(
    ("who", "said", "field"), [("bo", "other_time", "text"), ("bo", "not_coming", "text"), ("egon", "maybe", "answer")]
)
def test_an_answer_that_helps_nobody_is_refused(people: Cast, case: UUID, who: str, said: str, field: str) -> None:
    """Another time needs a proposal, an official who does not come a reason."""
    id = call(people, case)
    with pytest.raises(Rejection) as refusal:
        answer(getattr(people, who), case, id, said)
    assert refusal.value.problems[0].field == field
    assert not Event.objects.filter(what="call.answered").exists()


def test_she_owes_nobody_a_reason(people: Cast, case: UUID) -> None:
    """The participant may say no without saying why."""
    id = call(people, case)
    answer(people.egon, case, id, "not_coming")
    assert opened(people.anna, case, id).invitations[0].status == "not_coming"


def test_the_coordinator_writes_down_what_she_said_and_nobody_else_does(people: Cast, case: UUID) -> None:
    """An official answers for herself only; how the answer came is kept."""
    id = call(people, case)
    answer(people.anna, case, id, "comes", name="Egon Jönsson", on_behalf="spoken")
    assert opened(people.egon, case, id).invitations[0].on_behalf == "spoken"
    with pytest.raises(Rejection):
        answer(people.bo, case, id, "not_coming", name="Egon Jönsson")
    with pytest.raises(Rejection):
        answer(people.anna, case, id, "comes", name="Bo")
    with pytest.raises(Rejection):
        answer(people.egon, case, id, "comes", name="Bo")


def test_her_guest_is_answered_for_by_her(people: Cast, case: UUID) -> None:
    """Own network: invited by the participant, by name."""
    id = call(people, case)
    done(people.egon, PrepareMeeting, lambda p: meetings.invite_guest(p, meeting=id, name="Erik"), case=case)
    with pytest.raises(Rejection):
        done(people.egon, PrepareMeeting, lambda p: meetings.invite_guest(p, meeting=id, name="Erik"), case=case)
    answer(people.egon, case, id, "comes", name="Erik")
    assert next(c for c in opened(people.bo, case, id).invitations if c.who == "guest").status == "comes"
    assert is_refused(people.bo, PrepareMeeting, case=case)


def test_the_call_shows_what_nobody_who_comes_can_decide(people: Cast, case: UUID) -> None:
    """Each member's mandate is known: Bo may decide on courses, nobody on wage subsidy until he says that he may."""
    id = call(people, case)
    assert [q.decision_kind for q in opened(people.anna, case, id).undecided] == ["training_place", "wage_subsidy"]
    answer(people.bo, case, id, "comes")
    assert [q.decision_kind for q in opened(people.anna, case, id).undecided] == ["wage_subsidy"]
    answer(people.bo, case, id, "comes", mandates=["wage_subsidy"])
    view = opened(people.egon, case, id)
    assert view.undecided == ()
    assert next(c for c in view.invitations if c.name == "Bo").mandates == (
        "Lönebidrag",
        "Kurs- eller utbildningsplats",
    )


def test_a_mandate_is_one_of_the_list(people: Cast, case: UUID) -> None:
    """An invented code is refused."""
    id = call(people, case)
    with pytest.raises(Rejection) as refusal:
        answer(people.bo, case, id, "comes", mandates=["everything"])
    assert refusal.value.problems[0].field == "mandates"


def test_a_question_without_formal_decision_can_always_be_answered() -> None:
    """The rule alone, for those who come and those who do not."""
    plain, subsidy = Question("Hur mår du?"), Question("Lönebidrag?", "wage_subsidy")
    may = frozenset({"wage_subsidy"})
    assert nobody_can_decide([plain, subsidy], []) == (subsidy,)
    assert nobody_can_decide([plain, subsidy], [Member(False, may)]) == (subsidy,)
    assert nobody_can_decide([plain, subsidy], [Member(True, may)]) == ()


def test_it_is_prepared_and_followed_up_in_her_words(people: Cast, case: UUID) -> None:
    """Her words are hers whoever types them (owner: the participant), with day and how they came."""
    id = call(people, case)
    done(
        people.anna,
        PrepareMeeting,
        lambda p: answers.prepare(p, meeting=id, text="Jag vill svarva", on_behalf="paper"),
        case=case,
    )
    done(people.egon, PrepareMeeting, lambda p: answers.prepare(p, meeting=id, text="Och ha råd"), case=case)
    said = opened(people.bo, case, id).prepared
    assert [(w.text, w.on_behalf) for w in said] == [("Jag vill svarva", "paper"), ("Och ha råd", "")]
    assert set(Item.objects.filter(kind="meeting_words").values_list("owner", flat=True)) == {None}
    with pytest.raises(Rejection):
        done(people.egon, PrepareMeeting, lambda p: answers.follow_up(p, meeting=id, text="Bra"), case=case)


def test_after_the_meeting_one_asks_how_it_was(people: Cast, case: UUID) -> None:
    """Followed up with her; preparing is over, and empty words are no words."""
    id = held(people, case)
    with pytest.raises(Rejection) as refusal:
        done(people.anna, PrepareMeeting, lambda p: answers.follow_up(p, meeting=id, text=" "), case=case, at=AFTER)
    assert refusal.value.problems[0].field == "text"
    done(
        people.anna, PrepareMeeting, lambda p: answers.follow_up(p, meeting=id, text="Nu vet jag"), case=case, at=AFTER
    )
    assert [w.text for w in opened(people.egon, case, id, AFTER).followed_up] == ["Nu vet jag"]
    with pytest.raises(Rejection):
        done(
            people.egon,
            PrepareMeeting,
            lambda p: answers.prepare(p, meeting=id, text="En sak till"),
            case=case,
            at=AFTER,
        )
    assert MeetingWords.objects.count() == 1


def test_the_work_place_answers_when_it_may_know(people: Cast, case: UUID) -> None:
    """Three-party talks: Frida is called once the employer is let in to planning and contacts."""
    assign_workplace(people, case)
    with pytest.raises(Rejection):
        call(people, case, officials=[people.frida])
    give(people, case, giver=people.municipality, receiver=people.employer, categories=("process",))
    id = call(people, case, officials=[people.frida])
    answer(people.frida, case, id, "comes")
    frida = next(c for c in opened(people.egon, case, id).invitations if c.name == "Frida")
    assert frida.status == "comes"
    assert is_refused(people.eva, AnswerCall, case=case)
