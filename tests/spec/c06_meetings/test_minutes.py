"""The meeting is held, and its minutes are in plain words; every decision has an owner and a day (domain.md §3.6)."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from samverk.access.actor import Actor
from samverk.access.commitments import commitments_of
from samverk.access.declare import ReadCase, WriteMinutes
from samverk.access.meetings import meeting
from samverk.access.minutes import MinutesView, minutes_of
from samverk.access.permit import Permit
from samverk.actions import minutes
from samverk.actions.promises import NewPromise
from samverk.domain.words import Conflict, Rejection
from samverk.store.models import Commitment, Event, Meeting, MinutesPoint
from tests.build import done, give, is_refused, withdraw_from
from tests.people import Cast
from tests.spec.c06_meetings.scene import AFTER, NOW, TODAY, call, held, hold, opened, publish

pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(days=20)


def read(who: Actor, case: UUID, id: UUID) -> MinutesView:
    def see(permit: Permit[ReadCase]) -> MinutesView:
        view = meeting(permit, id, permit.today)
        assert view is not None
        return minutes_of(permit, view, permit.today)

    return done(who, ReadCase, see, case=case, at=AFTER)


def write(who: Actor, case: UUID, id: UUID, text: str, *, category: str = "process", **more: str) -> UUID:
    typed = {"part": "point", "text": text, "category": category} | more
    return done(who, WriteMinutes, lambda p: minutes.add_point(p, meeting=id, **typed), case=case, at=AFTER)


def decide(who: Actor, case: UUID, id: UUID, promise: NewPromise) -> UUID:
    return done(who, WriteMinutes, lambda p: minutes.decide(p, meeting=id, promise=promise), case=case, at=AFTER)


def test_who_was_really_there_is_kept(people: Cast, case: UUID) -> None:
    """Not who said that they would come: who came, and who turned up."""
    id = call(people, case)
    bo = next(c.id for c in opened(people.anna, case, id).invitations if c.name == "Bo")
    done(
        people.anna,
        WriteMinutes,
        lambda p: minutes.hold(p, meeting=id, version=1, present=[bo], also=["Erik", " "]),
        case=case,
        at=AFTER,
    )
    there = {c.name: c.present for c in opened(people.bo, case, id, AFTER).invitations}
    assert there == {"Egon Jönsson": False, "Erik": True, "Bo": True, "Anna": False}


def test_a_meeting_is_not_held_before_its_day_or_without_anybody(people: Cast, case: UUID) -> None:
    """Nor twice, nor by who has not called it."""
    id = call(people, case)
    everyone = [c.id for c in opened(people.anna, case, id).invitations]
    for at, present, field in ((NOW, everyone, "on"), (AFTER, [], "present")):
        with pytest.raises(Rejection) as refusal:
            done(
                people.anna,
                WriteMinutes,
                lambda p, x=present: minutes.hold(p, meeting=id, version=1, present=x),
                case=case,
                at=at,
            )  # type: ignore[misc]
        assert refusal.value.problems[0].field == field
    with pytest.raises(Rejection):
        done(
            people.bo,
            WriteMinutes,
            lambda p: minutes.hold(p, meeting=id, version=1, present=everyone),
            case=case,
            at=AFTER,
        )
    assert Meeting.objects.get().status == "called"
    hold(people, case, id)
    with pytest.raises(Rejection):
        hold(people, case, id)


def test_nothing_is_written_about_a_meeting_that_has_not_been(people: Cast, case: UUID) -> None:
    """Points and decisions come after; the participant writes her own words elsewhere."""
    id = call(people, case)
    with pytest.raises(Rejection):
        write(people.anna, case, id, "Vi sågs")
    with pytest.raises(Rejection):
        decide(people.anna, case, id, NewPromise("Ringa", DUE, account=people.bo.account))
    assert not MinutesPoint.objects.exists()
    assert is_refused(people.egon, WriteMinutes, case=case)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("text", {"text": " "}), ("part", {"part": "gossip"}), ("category", {"category": "stars"})],
)
def test_a_point_needs_words_a_place_and_a_category(
    people: Cast, case: UUID, field: str, wrong: dict[str, str]
) -> None:
    """The field is named, and nothing is written."""
    id = held(people, case)
    with pytest.raises(Rejection) as refusal:
        write(people.anna, case, id, **({"text": "Vi sågs"} | wrong))
    assert refusal.value.problems[0].field == field
    assert not MinutesPoint.objects.exists()


def test_a_point_belongs_to_its_writers_party_and_its_category_decides_who_reads(people: Cast, case: UUID) -> None:
    """One mark for all that is withheld, naming neither author nor category."""
    give(people, case, giver=people.municipality, receiver=people.af, refused=True, categories=("health",))
    id = held(people, case)
    write(people.anna, case, id, "Egon vill gå kursen", category="work")
    write(people.anna, case, id, "Ryggen håller inte", category="health")
    write(people.anna, case, id, "Ny tid hos läkare", category="health")
    publish(people, case, id)
    for who, texts, withheld in (
        (people.anna, ["Egon vill gå kursen", "Ryggen håller inte", "Ny tid hos läkare"], False),
        (people.egon, ["Egon vill gå kursen", "Ryggen håller inte", "Ny tid hos läkare"], False),
        (people.bo, ["Egon vill gå kursen"], True),
    ):
        seen = read(who, case, id)
        assert ([p.text for p in seen.points], seen.withheld) == (texts, withheld)


def test_a_decision_is_a_commitment_with_owner_and_day_or_it_was_not_a_decision(people: Cast, case: UUID) -> None:
    """Refused otherwise; and it can be found where all promises are."""
    id = held(people, case)
    for promise, field in (
        (NewPromise("Söka plats på kursen", None, account=people.bo.account), "due"),
        (NewPromise("Söka plats på kursen", DUE), "owner"),
        (NewPromise(" ", DUE, account=people.bo.account), "what"),
        (NewPromise("Söka plats", DUE, account=people.bo.account, decision_kind="luck"), "decision_kind"),
        (NewPromise("Söka plats", DUE, by_participant=True, decision_kind="wage_subsidy"), "decision_kind"),
        (NewPromise("Söka plats", date(2020, 1, 1), account=people.bo.account), "due"),
    ):
        with pytest.raises(Rejection) as refusal:
            decide(people.anna, case, id, promise)
        assert refusal.value.problems[0].field == field
    assert not Commitment.objects.exists()
    decide(people.anna, case, id, NewPromise("Söka plats på kursen", DUE, account=people.bo.account, category="work"))
    (decision,) = read(people.bo, case, id).decisions
    assert (decision.owner_name, decision.due, decision.source, decision.source_item) == ("Bo", DUE, "meeting", id)


def test_she_learns_at_once_what_was_decided_and_reads_the_text_when_it_is_done(people: Cast, case: UUID) -> None:
    """A person who learns last what was decided about her must never happen (domain.md §3)."""
    id = held(people, case)
    write(people.anna, case, id, "Utkast")
    decide(people.anna, case, id, NewPromise("Söka plats", DUE, account=people.bo.account))
    before = read(people.egon, case, id)
    assert (before.not_ready, before.written, len(before.decisions)) == (True, (), 1)
    publish(people, case, id)
    assert [p.text for p in read(people.egon, case, id).written] == ["Utkast"]


def test_empty_minutes_are_not_published_and_published_ones_not_again(people: Cast, case: UUID) -> None:
    """At least one point or one decision."""
    id = held(people, case)
    with pytest.raises(Rejection):
        publish(people, case, id)
    write(people.bo, case, id, "Kursen börjar i mars")
    publish(people, case, id)
    assert Event.objects.filter(what="minutes.published", item=id).count() == 1
    with pytest.raises(Rejection):
        publish(people, case, id)


def amend(who: Actor, case: UUID, point: UUID, version: int, text: str, reason: str = "") -> None:
    done(
        who,
        WriteMinutes,
        lambda p: minutes.rewrite_point(p, point=point, version=version, text=text, reason=reason),
        case=case,
        at=AFTER,
    )


def test_published_minutes_are_amended_only_with_a_reason_and_the_old_text_stays(people: Cast, case: UUID) -> None:
    """Before that the writer's party may change freely."""
    id = held(people, case)
    point = write(people.anna, case, id, "Kursen börjar i mars")
    amend(people.anna, case, point, 1, "Kursen börjar i april")
    publish(people, case, id)
    with pytest.raises(Rejection) as refusal:
        amend(people.anna, case, point, 2, "Kursen börjar i maj")
    assert refusal.value.problems[0].field == "reason"
    amend(people.anna, case, point, 2, "Kursen börjar i maj", "Fel månad")
    (seen,) = read(people.egon, case, id).points
    assert seen.text == "Kursen börjar i maj"
    assert [(a.old_text, a.reason, a.by) for a in seen.amendments] == [("Kursen börjar i april", "Fel månad", "Anna")]


def test_something_added_afterwards_takes_a_reason_too(people: Cast, case: UUID) -> None:
    """Otherwise published minutes could grow unnoticed. Decisions then go to the commitments."""
    id = held(people, case)
    write(people.anna, case, id, "Vi sågs")
    publish(people, case, id)
    with pytest.raises(Rejection) as refusal:
        write(people.bo, case, id, "Kursen är full")
    assert refusal.value.problems[0].field == "reason"
    write(people.bo, case, id, "Kursen är full", reason="Glömdes bort")
    assert [a.old_text for a in read(people.egon, case, id).points[1].amendments] == [""]
    with pytest.raises(Rejection):
        decide(people.anna, case, id, NewPromise("Ringa", DUE, account=people.bo.account))


def test_nobody_changes_another_partys_point_and_two_editors_meet(people: Cast, case: UUID) -> None:
    """Bo cannot rewrite Anna's words; two of one party get both texts."""
    id = held(people, case)
    point = write(people.anna, case, id, "Ett")
    with pytest.raises(Rejection):
        amend(people.bo, case, point, 1, "Två")
    amend(people.anna, case, point, 1, "Tre")
    with pytest.raises(Conflict) as conflict:
        amend(people.anna, case, point, 1, "Fyra")
    assert conflict.value.theirs == {"text": "Tre"}


def test_a_promise_given_at_the_table_is_kept_where_its_giver_finds_it(people: Cast, case: UUID) -> None:
    """Bo was there and heard it, so it stays his to see when the consent has gone; of the rest he sees nothing."""
    id = held(people, case)
    own = decide(people.anna, case, id, NewPromise("Söka plats", DUE, account=people.bo.account))
    decide(people.anna, case, id, NewPromise("Ringa Erik", DUE, by_participant=True))
    withdraw_from(people, case, party=people.af)
    views = done(people.bo, ReadCase, lambda p: commitments_of(p, TODAY), case=case, at=AFTER)
    assert [view.id for view in views] == [own]
