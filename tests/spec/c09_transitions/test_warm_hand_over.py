"""Chapter 9, transitions: a hand-over is warm."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access import hand_overs as seen
from samverk.access.declare import NameNext, Promise, ReadCase, TakeOver
from samverk.access.declare_house import SeeMyDay
from samverk.access.my_day import my_day
from samverk.actions import commitments, hand_overs
from samverk.actions.promises import NewPromise
from samverk.domain.parties import Part
from samverk.domain.words import Rejection
from samverk.store.models import Assignment, Commitment, CommitmentMove, Event, HandOver
from tests.build import browser, done, hand_over_to, is_refused, withdraw_from
from tests.people import Cast

pytestmark = pytest.mark.django_db


def contact(case: UUID) -> list[str]:
    """Who holds the case now."""
    rows = Assignment.objects.filter(case=case, part=Part.CONTACT, until__isnull=True)
    return [row.account.name for row in rows]


def status(hand_over: UUID) -> str:
    return HandOver.objects.get(id=hand_over).status


def named(people: Cast, case: UUID, **changed: object) -> UUID:
    told = {
        "part": Part.CONTACT,
        "next": people.bo.account,
        "what": "Egon vill svarva.",
        "by_when": timezone.localdate(),
    }
    return done(people.anna, NameNext, lambda p: hand_overs.name(p, **(told | changed)), case=case)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("until", "who"), [("named", "Anna"), ("accepted", "Anna"), ("met", "Anna"), ("released", "Bo")]
)
def test_the_former_one_holds_the_case_until_the_next_has_accepted_and_met_the_person(
    people: Cast, case: UUID, until: str, who: str
) -> None:
    """The next contact is named, has accepted and has met the person before the former one lets go (domain.md §3.9)."""
    hand_over_to(people, case, next=people.bo, until=until)
    assert contact(case) == [who]


def test_responsibility_moves_in_one_moment(people: Cast, case: UUID) -> None:
    """The next one's responsibility starts the moment the former one's ends: no day without (domain.md §3.9)."""
    hand_over_to(people, case, next=people.bo)
    former, after = Assignment.objects.filter(case=case, part=Part.CONTACT).order_by("since")
    assert former.until == after.since
    assert after.party_id == people.af


@pytest.mark.parametrize("until", ["named", "accepted"])
def test_it_cannot_be_released_before_they_have_met(people: Cast, case: UUID, until: str) -> None:
    """Not before: a release out of order is refused and nothing moves (domain.md §3.9)."""
    made = hand_over_to(people, case, next=people.bo, until=until)
    with pytest.raises(Rejection):
        done(people.anna, NameNext, lambda p: hand_overs.release(p, hand_over=made), case=case)
    assert status(made) == until
    assert contact(case) == ["Anna"]


def test_only_the_one_who_is_named_answers(people: Cast, case: UUID) -> None:
    """Nobody accepts for another, not even the one who hands over (domain.md §3.9)."""
    made = hand_over_to(people, case, next=people.bo, until="named")
    for who in (people.anna, people.cia):
        with pytest.raises(Rejection):
            done(who, TakeOver, lambda p: hand_overs.accept(p, hand_over=made), case=case)
    assert status(made) == "named"


def test_only_the_coordinator_names(people: Cast, case: UUID) -> None:
    """Handing over the case is the coordinator's act; Bo and Egon are not let in to it."""
    assert is_refused(people.cia, NameNext, case=case)
    assert is_refused(people.egon, NameNext, case=case)


@pytest.mark.parametrize(
    ("field", "value"),
    [("what", "  "), ("by_when", timezone.localdate() - timedelta(days=1)), ("next", UUID(int=7))],
)
def test_what_is_lacking_is_named(people: Cast, case: UUID, field: str, value: object) -> None:
    """A hand-over says to whom, what and by when; what is wrong is named and nothing is written."""
    with pytest.raises(Rejection) as refused:
        named(people, case, **{field: value})
    assert refused.value.problems[0].field == field
    assert not HandOver.objects.exists()


def test_nobody_takes_over_from_herself(people: Cast, case: UUID) -> None:
    """The next one is another than the former."""
    with pytest.raises(Rejection) as refused:
        named(people, case, next=people.anna.account)
    assert refused.value.problems[0].field == "next"


def test_one_hand_over_of_a_part_at_a_time(people: Cast, case: UUID) -> None:
    """Two nexts for one part would leave both thinking that the other has it."""
    named(people, case)
    with pytest.raises(Rejection) as refused:
        named(people, case, next=people.dag.account)
    assert refused.value.problems[0].field == "next"
    assert HandOver.objects.count() == 1


def test_declined_with_a_reason_the_case_stays_where_it_was(people: Cast, case: UUID) -> None:
    """The named one accepts or declines with a reason; a blank one is refused (domain.md §3.9)."""
    made = named(people, case)
    with pytest.raises(Rejection) as refused:
        done(people.bo, TakeOver, lambda p: hand_overs.decline(p, hand_over=made, reason=" "), case=case)
    assert refused.value.problems[0].field == "reason"
    done(people.bo, TakeOver, lambda p: hand_overs.decline(p, hand_over=made, reason="Jag går på ledighet."), case=case)
    assert status(made) == "declined"
    assert contact(case) == ["Anna"]


def test_called_off_with_a_reason(people: Cast, case: UUID) -> None:
    """The coordinator may call it off as long as it is not released; then all is as before."""
    made = hand_over_to(people, case, next=people.bo, until="met")
    done(people.anna, NameNext, lambda p: hand_overs.cancel(p, hand_over=made, reason="Anna stannar."), case=case)
    assert status(made) == "cancelled"
    with pytest.raises(Rejection):
        done(people.anna, NameNext, lambda p: hand_overs.release(p, hand_over=made), case=case)


@pytest.mark.parametrize("days", [1, -1])
def test_they_met_between_the_naming_and_today(people: Cast, case: UUID, days: int) -> None:
    """A meeting that has not been, or that was before the hand-over began, is no warm hand-over."""
    made = hand_over_to(people, case, next=people.bo, until="accepted")
    day = timezone.localdate() + timedelta(days=days)
    with pytest.raises(Rejection) as refused:
        done(
            people.bo,
            TakeOver,
            lambda p: hand_overs.met(p, hand_over=made, met_on=day, where="Hemma", together=False),
            case=case,
        )
    assert refused.value.problems[0].field == "met_on"
    assert status(made) == "accepted"


def test_an_officials_part_moves_too(people: Cast, case: UUID) -> None:
    """Between measures and parties as between contacts: another official takes over a party's part (domain.md §3.9)."""
    made = named(people, case, part=Part.OFFICIAL, former=people.dag.account, next=people.stig.account)
    done(people.stig, TakeOver, lambda p: hand_overs.accept(p, hand_over=made), case=case)
    today = timezone.localdate()
    done(
        people.stig,
        TakeOver,
        lambda p: hand_overs.met(p, hand_over=made, met_on=today, where="På mottagningen", together=False),
        case=case,
    )
    done(people.anna, NameNext, lambda p: hand_overs.release(p, hand_over=made), case=case)
    assert is_refused(people.dag, ReadCase, case=case)
    assert not is_refused(people.stig, ReadCase, case=case)
    assert contact(case) == ["Anna"]


def test_open_promises_go_on_to_the_next_with_their_history(people: Cast, case: UUID) -> None:
    """A promise never loses its owner: it moves, and who had it before stays readable (domain.md §3, last lines)."""
    due = timezone.localdate() + timedelta(days=7)
    promise = done(
        people.anna,
        Promise,
        lambda p: commitments.make(
            p, promise=NewPromise(what="Ring kronofogden", due=due, account=people.anna.account)
        ),
        case=case,
    )
    hand_over_to(people, case, next=people.bo)
    row = Commitment.objects.get(item=promise)
    assert (row.owner_account_id, row.owner_party_id, row.due) == (people.bo.account, people.af, due)
    assert CommitmentMove.objects.get(commitment=promise, verb="hand_over").old_owner == "Anna"


def test_promises_that_the_next_may_not_read_stop_the_release(people: Cast, case: UUID) -> None:
    """A promise nobody can find must never happen, nor information without cover: ask her first (domain.md §3)."""
    due = timezone.localdate() + timedelta(days=7)
    done(
        people.anna,
        Promise,
        lambda p: commitments.make(
            p, promise=NewPromise(what="Ring kronofogden", due=due, account=people.anna.account)
        ),
        case=case,
    )
    made = hand_over_to(people, case, next=people.cia, until="met")
    with pytest.raises(Rejection):
        done(people.anna, NameNext, lambda p: hand_overs.release(p, hand_over=made), case=case)
    assert contact(case) == ["Anna"]


def test_every_step_leaves_its_event(people: Cast, case: UUID) -> None:
    """No change without its event (design.md)."""
    hand_over_to(people, case, next=people.bo)
    told = Event.objects.filter(case=case, what__startswith="hand_over.").order_by("at").values_list("what", flat=True)
    assert list(told) == ["hand_over.named", "hand_over.accepted", "hand_over.met", "hand_over.released"]


def test_the_one_who_is_named_can_open_it_and_reads_only_by_consent(people: Cast, case: UUID) -> None:
    """Naming gives need to know, not sight: Cia's party has no consent, so the words are withheld from her."""
    hand_over_to(people, case, next=people.cia, until="named")
    (view,) = done(people.cia, ReadCase, seen.hand_overs_of, case=case)
    assert (view.next, view.what, view.withheld, view.may_answer) == ("Cia", "", True, True)


def test_others_see_it_by_consent_only(people: Cast, case: UUID) -> None:
    """Bo's party has consent, Cia's none, Dag's was withdrawn: forbidden looks like absent (design.md)."""
    hand_over_to(people, case, next=people.stig, until="named")
    readers = ("anna", "bo", "cia", "dag", "egon")
    seen_by = {who: len(done(getattr(people, who), ReadCase, seen.hand_overs_of, case=case)) for who in readers}
    assert seen_by == {"anna": 1, "bo": 1, "cia": 0, "dag": 0, "egon": 1}


def test_withdrawal_works_on_the_next_request(people: Cast, case: UUID) -> None:
    """When Egon ends what lets Bo's party know, the hand-over is gone for Bo at once (domain.md §3.2)."""
    hand_over_to(people, case, next=people.stig, until="named")
    withdraw_from(people, case, party=people.af)
    assert done(people.bo, ReadCase, seen.hand_overs_of, case=case) == ()


def test_it_waits_on_the_next_ones_own_list(people: Cast, case: UUID) -> None:
    """What waits for me is found from my own day, with the person's name, until we have met."""
    hand_over_to(people, case, next=people.bo, until="accepted")
    (waiting,) = done(people.bo, SeeMyDay, my_day).needs
    assert (waiting.case, waiting.person, waiting.what) == (case, "Egon Jönsson", "hand_over_accepted")
    assert "hand_over_accepted" not in {need.what for need in done(people.anna, SeeMyDay, my_day).needs}


def test_someone_brought_in_by_a_hand_over_that_fails_leaves_again(people: Cast, case: UUID) -> None:
    """Need to know ends when the hand-over does."""
    made = hand_over_to(people, case, next=people.stig, until="named")
    assert not is_refused(people.stig, ReadCase, case=case)
    done(people.stig, TakeOver, lambda p: hand_overs.decline(p, hand_over=made, reason="Jag byter jobb."), case=case)
    assert is_refused(people.stig, ReadCase, case=case)


def test_the_whole_way_through_the_pages(people: Cast, case: UUID) -> None:
    """From naming to release in the browser; what was typed stays when something is lacking (status 422)."""
    anna, bo = browser(people.anna), browser(people.bo)
    today = timezone.localdate().isoformat()
    form = {"former": f"contact:{people.anna.account}", "next": str(people.bo.account), "what": "", "by_when": today}
    again = anna.post(f"/arenden/{case}/overlamning/ny/", form)
    assert again.status_code == 422
    assert f'value="{today}"' in again.content.decode()
    assert anna.post(f"/arenden/{case}/overlamning/ny/", form | {"what": "Allt"}).status_code == 302
    made = HandOver.objects.get(case=case)
    at = f"/arenden/{case}/overlamning/{made.id}/"
    assert "Ja, jag tar över" in bo.get(at).content.decode()
    assert bo.post(f"{at}ja/").status_code == 302
    assert bo.get(f"{at}nej/").status_code == 404
    assert bo.post(f"{at}traffats/", {"met_on": today, "where": ""}).status_code == 422
    assert bo.post(f"{at}traffats/", {"met_on": today, "where": "Caféet"}).status_code == 302
    assert anna.post(f"{at}slapp/").status_code == 302
    assert contact(case) == ["Bo"]


@pytest.mark.parametrize("who", ["anna", "bo", "cia", "egon"])
def test_the_page_for_each_reader(people: Cast, case: UUID, who: str, django_assert_max_num_queries: object) -> None:
    """At most 18 queries, and no more for more hand-overs (house.md)."""
    for n in range(4):
        made = hand_over_to(people, case, next=people.bo, until="named")
        done(people.anna, NameNext, lambda p, h=made, n=n: hand_overs.cancel(p, hand_over=h, reason=str(n)), case=case)  # type: ignore[misc]
    client = browser(getattr(people, who))
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        page = client.get(f"/arenden/{case}/overlamning/")
    assert page.status_code == 200
    assert ("Från Anna till Bo" in page.content.decode()) is (who != "cia")
