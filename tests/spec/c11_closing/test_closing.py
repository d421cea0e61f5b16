"""Chapter 11, closing: with a reason, a destination and a next door; and taking up again."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access import closing as seen
from samverk.access.declare import CloseCase, Promise, ReadCase, WriteFollowUp
from samverk.actions import closing, commitments, follow_ups
from samverk.actions.promises import NewPromise
from samverk.domain.follow_up import Status
from samverk.domain.parties import Part
from samverk.domain.words import Rejection
from samverk.store.models import Account, Assignment, Case, CasePhase, Closing, Consent, Event, FollowUp
from tests.build import browser, close, done, is_refused
from tests.people import Cast

pytestmark = pytest.mark.django_db


def told(**changed: object) -> dict[str, object]:
    return {
        "reason": "goal_reached",
        "destination": "work",
        "words": "Det gick bra.",
        "next_door": "Ring Anna.",
        "closed_on": timezone.localdate(),
    } | changed


def end(people: Cast, case: UUID, **changed: object) -> UUID:
    return done(people.anna, CloseCase, lambda p: closing.close(p, **told(**changed)), case=case)  # type: ignore[arg-type]


def status(case: UUID) -> str:
    return Case.objects.get(id=case).status


def phases(case: UUID) -> set[str]:
    return set(CasePhase.objects.filter(case=case, until__isnull=True).values_list("phase__step", flat=True))


def promise(people: Cast, case: UUID) -> UUID:
    due = timezone.localdate() + timedelta(days=7)
    return done(
        people.anna,
        Promise,
        lambda p: commitments.make(
            p, promise=NewPromise(what="Ring hyresvärden", due=due, account=people.anna.account)
        ),
        case=case,
    )


def test_a_case_is_closed_with_reason_and_destination(people: Cast, case: UUID) -> None:
    """Closing, with a reason and a destination (domain.md §3.11)."""
    item = end(people, case)
    row = Closing.objects.get(item=item)
    assert (status(case), row.reason, row.destination) == ("closed", "goal_reached", "work")
    assert Case.objects.get(id=case).closed_on == timezone.localdate()
    assert phases(case) == {"follow_up"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", ""),
        ("destination", ""),
        ("destination", "the_moon"),
        ("words", "  "),
        ("next_door", ""),
        ("closed_on", timezone.localdate() + timedelta(days=1)),
        ("closed_on", timezone.localdate() - timedelta(days=400)),
    ],
)
def test_what_is_lacking_is_named_and_nothing_is_closed(people: Cast, case: UUID, field: str, value: object) -> None:
    """No reason, no destination, no next door, a day to come or before the start: refused (domain.md §3)."""
    with pytest.raises(Rejection) as refused:
        end(people, case, **{field: value})
    assert refused.value.problems[0].field == field
    assert status(case) == "active"
    assert not Closing.objects.exists()
    assert not FollowUp.objects.exists()


def test_everything_that_is_lacking_is_named_at_once(people: Cast, case: UUID) -> None:
    """Errors are complete: one does not learn of the next only when the first is mended (design.md)."""
    with pytest.raises(Rejection) as refused:
        end(people, case, words="", next_door="")
    assert [problem.field for problem in refused.value.problems] == ["words", "next_door"]


def test_a_death_needs_no_next_door_and_plans_nothing(people: Cast, case: UUID) -> None:
    """Nobody is asked how it went after a death: the destination's own data says so."""
    end(people, case, reason="deceased", destination="deceased", next_door="")
    assert status(case) == "closed"
    assert not FollowUp.objects.exists()


def test_only_the_coordinator_closes(people: Cast, case: UUID) -> None:
    """Neither another party's official nor the person herself ends the joint work."""
    for who in (people.cia, people.dag, people.egon):
        assert is_refused(who, CloseCase, case=case)


def test_open_promises_must_be_confirmed(people: Cast, case: UUID) -> None:
    """Promises and measures that are not done are listed, and closing over them is a choice one makes."""
    promise(people, case)
    with pytest.raises(Rejection) as refused:
        end(people, case)
    assert (refused.value.problems[0].field, refused.value.problems[0].params) == ("confirmed", {"count": 1})
    assert status(case) == "active"
    end(people, case, confirmed=True)
    assert status(case) == "closed"


def test_a_closed_case_is_not_closed_again(people: Cast, case: UUID) -> None:
    """Out of order is refused and writes nothing."""
    end(people, case)
    with pytest.raises(Rejection):
        end(people, case)
    assert Closing.objects.count() == 1


def test_support_goes_on(people: Cast, case: UUID) -> None:
    """The contact person stays: one contact from the first day to after the end (domain.md §2)."""
    end(people, case)
    assert Assignment.objects.get(case=case, part=Part.CONTACT, until__isnull=True).account_id == people.anna.account


def test_a_closed_case_can_still_be_read_by_the_same_people(people: Cast, case: UUID) -> None:
    """Bo reads by consent and Egon always; to Cia and Dag the closing is not there (design.md)."""
    end(people, case)
    readers = ("anna", "bo", "cia", "dag", "egon")
    found = {who: len(done(getattr(people, who), ReadCase, seen.closings_of, case=case)) for who in readers}
    assert found == {"anna": 1, "bo": 1, "cia": 0, "dag": 0, "egon": 1}


def test_taken_up_again_it_goes_on_from_where_it_was(people: Cast, case: UUID) -> None:
    """A case can be taken up again without starting from zero: phase, contact, consents (domain.md §3.10)."""
    consents = set(Consent.objects.filter(ended_at__isnull=True).values_list("id", flat=True))
    before = phases(case)
    end(people, case)
    done(people.anna, CloseCase, lambda p: closing.take_up_again(p, words="Egon har börjat dricka."), case=case)
    row = Case.objects.get(id=case)
    assert (row.status, row.closed_on, phases(case)) == ("active", None, before)
    assert set(Consent.objects.filter(ended_at__isnull=True).values_list("id", flat=True)) == consents
    assert set(FollowUp.objects.values_list("status", flat=True)) == {"cancelled"}
    told = Closing.objects.get()
    assert (told.taken_up_words, told.taken_up_on) == ("Egon har börjat dricka.", timezone.localdate())


def test_what_has_been_answered_is_not_cancelled(people: Cast, case: UUID) -> None:
    """Only what is still to come is called off when the case goes on."""
    at = timezone.now() + timedelta(days=150)
    end(people, case)
    row = FollowUp.objects.order_by("due_on")[0]
    done(
        people.egon,
        WriteFollowUp,
        lambda p: follow_ups.answer(
            p, follow_up=row.item_id, version=1, status=Status(words="Sådär."), answered_on=p.today
        ),
        case=case,
        at=at,
    )
    done(people.anna, CloseCase, lambda p: closing.take_up_again(p, words="Återfall."), case=case, at=at)
    assert sorted(FollowUp.objects.values_list("status", flat=True)) == ["cancelled"] * 3 + ["done"]


def test_a_reason_in_words_is_needed(people: Cast, case: UUID) -> None:
    """Why it is taken up again is said, on the field for it."""
    end(people, case)
    with pytest.raises(Rejection) as refused:
        done(people.anna, CloseCase, lambda p: closing.take_up_again(p, words=" "), case=case)
    assert refused.value.problems[0].field == "words"
    assert status(case) == "closed"


def test_an_active_case_cannot_be_taken_up_again(people: Cast, case: UUID) -> None:
    """Out of order is refused."""
    with pytest.raises(Rejection):
        done(people.anna, CloseCase, lambda p: closing.take_up_again(p, words="Igen."), case=case)


def test_nobody_goes_on_without_a_contact_person(people: Cast, case: UUID) -> None:
    """If the contact person is gone, another is chosen at once (domain.md §3.9)."""
    end(people, case)
    Account.objects.filter(id=people.anna.account).update(is_active=False)

    def again(contact: UUID | None) -> None:
        done(people.anna, CloseCase, lambda p: closing.take_up_again(p, words="Igen.", contact=contact), case=case)

    with pytest.raises(Rejection) as refused:
        again(None)
    assert refused.value.problems[0].field == "contact"
    again(people.bo.account)
    assert Assignment.objects.get(case=case, part=Part.CONTACT, until__isnull=True).account_id == people.bo.account


def test_closed_once_more_it_is_another_row(people: Cast, case: UUID) -> None:
    """The first closing stays readable, and new follow-ups are planned."""
    end(people, case)
    done(people.anna, CloseCase, lambda p: closing.take_up_again(p, words="Återfall."), case=case)
    end(people, case, words="Nu går det.")
    assert {(row.words, row.taken_up_on is None) for row in Closing.objects.all()} == {
        ("Det gick bra.", False),
        ("Nu går det.", True),
    }
    assert FollowUp.objects.filter(status="planned").count() == 4


def test_both_leave_their_events(people: Cast, case: UUID) -> None:
    """No change without its event, holding codes only (design.md)."""
    end(people, case)
    done(people.anna, CloseCase, lambda p: closing.take_up_again(p, words="Återfall."), case=case)
    assert Event.objects.get(what="case.closed").detail == {"reason": "goal_reached", "destination": "work"}
    assert Event.objects.filter(what="case.taken_up_again").count() == 1


def test_closing_through_the_page(people: Cast, case: UUID) -> None:
    """What is open is listed and must be confirmed; what was typed stays; then the follow-ups are shown."""
    promise(people, case)
    anna = browser(people.anna)
    at = f"/arenden/{case}/avsluta/"
    assert "Ring hyresvärden" in anna.get(at).content.decode()
    form = told() | {"closed_on": timezone.localdate().isoformat()}
    again = anna.post(at, form)
    assert again.status_code == 422
    assert "Det gick bra." in again.content.decode()
    assert status(case) == "active"
    assert "Ingen lämnas utan nästa dörr." in anna.post(at, form | {"next_door": ""}).content.decode()
    done_ = anna.post(at, form | {"confirmed": "on"}, follow=True)
    assert "6 månader efter avslutet" in done_.content.decode()
    assert status(case) == "closed"


def test_after_a_death_the_page_asks_for_no_next_door(people: Cast, case: UUID) -> None:
    """The same rule in the form as in the act."""
    form = told(reason="deceased", destination="deceased", next_door="")
    form["closed_on"] = timezone.localdate().isoformat()
    assert browser(people.anna).post(f"/arenden/{case}/avsluta/", form).status_code == 302
    assert status(case) == "closed"


def test_taking_up_again_through_the_page(people: Cast, case: UUID) -> None:
    """The page exists only while the case is closed."""
    anna = browser(people.anna)
    at = f"/arenden/{case}/ta-upp-igen/"
    assert anna.get(at).status_code == 404
    close(people, case)
    assert anna.post(at, {"words": ""}).status_code == 422
    assert anna.post(at, {"words": "Återfall."}).status_code == 302
    assert status(case) == "active"


@pytest.mark.parametrize("who", ["anna", "bo", "cia", "egon"])
def test_the_page_for_each_reader(people: Cast, case: UUID, who: str, django_assert_max_num_queries: object) -> None:
    """How it ended, for everyone in the case; the form is the coordinator's alone (docs/house.md: 18 queries)."""
    close(people, case)
    client = browser(getattr(people, who))
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        page = client.get(f"/arenden/{case}/avsluta/")
    text = page.content.decode()
    assert page.status_code == 200
    assert ("Egon arbetar på en mekanisk verkstad." in text) is (who != "cia")
    assert ("Ta upp ärendet igen" in text) is (who == "anna")


def test_nobody_but_the_coordinator_can_post_it(people: Cast, case: UUID) -> None:
    """Forbidden looks like absent (design.md)."""
    form = told() | {"closed_on": timezone.localdate().isoformat()}
    for who in (people.cia, people.egon):
        assert browser(who).post(f"/arenden/{case}/avsluta/", form).status_code == 404
    assert status(case) == "active"
