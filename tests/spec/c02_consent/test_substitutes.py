"""Chapter 2, need to know: whoever stands in for a colleague does what she does, for a time and no further.

Source: issue 3 point 2; domain.md §3.9 (no case is lost when somebody is away, longer absences are handed over).
"""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.case_people import people_in
from samverk.access.cases import my_cases
from samverk.access.commitments import commitments_of
from samverk.access.declare import AnswerCall, AssignOfficial, CallMeeting, Promise, ReadCase
from samverk.access.declare_house import NameSubstitute, SeeMyDay, SetUp
from samverk.access.my_day import my_day
from samverk.actions import answers, cases, commitments, meetings, substitutes, units
from samverk.actions.promises import NewPromise
from samverk.domain.for_a_time import LONGEST_AWAY
from samverk.domain.words import Rejection
from samverk.store.models import Assignment, CommitmentMove, Event, Invitation, Substitution
from tests.build import active_case, asked_of, browser, covered_referral, done, is_refused
from tests.build_need import HOUSE, a_colleague, a_unit, place, stand_in
from tests.people import Cast
from tests.spec.c02_consent.test_withdrawal import note, sees

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def mia(people: Cast) -> Actor:
    """Bo's colleague: no part, no role."""
    return a_colleague("Mia", party=people.af)


def opens(who: Actor, case: UUID, **told: object) -> bool:
    return not is_refused(who, ReadCase, case=case, **told)


def rejected(who: Actor, **told: object) -> str:
    """The field that is blamed when `who` names a substitute."""
    with pytest.raises(Rejection) as refused:
        done(who, NameSubstitute, lambda p: substitutes.record(p, **told))  # type: ignore[arg-type]
    return refused.value.problems[0].field


# What it gives


def test_the_substitute_sees_and_does_what_the_absent_one_does(people: Cast, case: UUID, mia: Actor) -> None:
    """Nothing before; from the first day the same things, and acts; the party's rule holds for her as for him."""
    item = note(people.anna, case, "health", people.municipality)
    assert not opens(mia, case)
    stand_in(people.bo, mia)
    assert opens(mia, case)
    assert sees(mia, case, item)
    written = note(mia, case, "work", people.af)
    assert sees(people.bo, case, written)
    event = Event.objects.filter(actor=mia.account, act="WriteNote").first()
    assert event is not None
    assert (event.actor_name, "official" in event.capacity) == ("Mia", True), "the log names who did it"


def test_it_gives_no_more_than_the_absent_one_has(people: Cast, case: UUID) -> None:
    """Cia's party has no consent: neither has her substitute, and what Cia may not do she may not."""
    nora = a_colleague("Nora", party=people.fk)
    item = note(people.anna, case, "health", people.municipality)
    stand_in(people.cia, nora)
    assert opens(nora, case)
    assert not sees(nora, case, item)
    assert is_refused(nora, AssignOfficial, case=case)


def test_the_coordinators_substitute_holds_the_threads(people: Cast, case: UUID) -> None:
    """Also what a role gives: the contact person's and the coordinator's acts."""
    olle = a_colleague("Olle", party=people.municipality)
    stand_in(people.anna, olle)
    stig = people.stig.account
    assert stig is not None
    done(olle, AssignOfficial, lambda p: cases.assign(p, account=stig), case=case)
    assert Assignment.objects.filter(account=stig, case=case).exists()


def test_it_lasts_from_the_first_day_to_the_last(people: Cast, case: UUID, mia: Actor) -> None:
    """Both days counted, and not a moment more."""
    stand_in(people.bo, mia, first=TODAY + timedelta(days=2), last=TODAY + timedelta(days=3))
    row = Substitution.objects.get()
    edges = (row.since - timedelta(microseconds=1), row.since, row.until - timedelta(microseconds=1), row.until)
    assert [opens(mia, case, at=at) for at in edges] == [False, True, True, False]
    assert timezone.localdate(row.since) == TODAY + timedelta(days=2)
    assert timezone.localdate(row.until) == TODAY + timedelta(days=4)


def test_it_can_be_ended_at_once(people: Cast, case: UUID, mia: Actor) -> None:
    """By either of the two; the next request shows nothing."""
    for who in (people.bo, mia):
        row = stand_in(people.bo, mia)
        assert opens(mia, case)
        done(who, NameSubstitute, lambda p, r=row: substitutes.end(p, substitution=r))
        assert not opens(mia, case)
        with pytest.raises(Rejection):
            done(who, NameSubstitute, lambda p, r=row: substitutes.end(p, substitution=r))
    assert Event.objects.filter(what="substitute.ended").count() == 2


def test_a_substitute_of_a_substitute_gets_nothing(people: Cast, case: UUID, mia: Actor) -> None:
    """Chains do not add up: Pia stands in for Mia, and that is all."""
    pia = a_colleague("Pia", party=people.af)
    stand_in(people.bo, mia)
    stand_in(mia, pia)
    assert opens(mia, case)
    assert not opens(pia, case)
    assert listed(pia) == []


# Who says it, and of whom


def test_she_herself_her_coordinator_or_the_operator_says_it(people: Cast, mia: Actor) -> None:
    """Nobody else: not a colleague, not another party's coordinator, not a participant."""
    rest = {"substitute": mia.account, "first": TODAY, "last": TODAY}
    told = {"absent": people.bo.account, **rest}
    assert rejected(mia, **told) == "absent"
    assert rejected(people.anna, **told) == "absent"
    assert is_refused(people.egon, NameSubstitute)
    assert not Substitution.objects.exists()
    done(HOUSE, NameSubstitute, lambda p: substitutes.record(p, **told))  # type: ignore[arg-type]
    olle, ove = (a_colleague(name, party=people.municipality) for name in ("Olle", "Ove"))
    done(
        people.anna,
        NameSubstitute,
        lambda p: substitutes.record(p, absent=olle.account, substitute=ove.account, first=TODAY, last=TODAY),  # type: ignore[arg-type]
    )
    assert set(Substitution.objects.values_list("recorded_by", flat=True)) == {None, people.anna.account}


def test_bad_choices_are_refused_with_their_field(people: Cast, mia: Actor) -> None:
    """Herself, another party's, nobody; days past, turned round, too many or too far ahead."""
    day = timedelta(days=1)
    good = {"absent": people.bo.account, "substitute": mia.account, "first": TODAY, "last": TODAY}
    for changes, field in (
        ({"substitute": people.bo.account}, "substitute"),
        ({"substitute": people.anna.account}, "substitute"),
        ({"substitute": people.egon.account}, "substitute"),
        ({"substitute": people.programme}, "substitute"),
        ({"absent": people.programme}, "absent"),
        ({"first": TODAY - day}, "first"),
        ({"first": TODAY + 400 * day, "last": TODAY + 401 * day}, "first"),
        ({"first": TODAY + day}, "last"),
        ({"last": TODAY + LONGEST_AWAY * day}, "last"),
    ):
        assert rejected(people.bo, **good | changes) == field, changes
    assert not Substitution.objects.exists()
    stand_in(people.bo, mia, last=TODAY + (LONGEST_AWAY - 1) * day)


def test_a_long_absence_is_a_hand_over_and_it_says_so(people: Cast, mia: Actor) -> None:
    """Several months: the participant gets a new contact person instead (domain.md §3.9)."""
    with pytest.raises(Rejection, match="lämna över ärendena i stället"):
        stand_in(people.bo, mia, last=TODAY + timedelta(days=120))


def test_one_stands_in_at_a_time(people: Cast, mia: Actor) -> None:
    """So that the participant is told of one name. Days that do not overlap are two times."""
    pia = a_colleague("Pia", party=people.af)
    last = TODAY + timedelta(days=5)
    row = stand_in(people.bo, mia, last=last)
    told = {"absent": people.bo.account, "substitute": pia.account}
    assert rejected(people.bo, **told, first=last, last=last + timedelta(days=2)) == "first"
    stand_in(people.bo, pia, first=last + timedelta(days=1), last=last + timedelta(days=2))
    done(people.bo, NameSubstitute, lambda p: substitutes.end(p, substitution=row))
    stand_in(people.bo, pia)


def test_a_closed_units_substitute_is_of_the_same_unit(people: Cast, case: UUID, mia: Actor) -> None:
    """Standing in carries nothing over a border: not when it is said, and not when somebody moves afterwards."""
    unit = a_unit(people.af, "Rehab", members=(people.bo,))
    stand_in(people.bo, mia)
    assert opens(mia, case), "an open unit is no border"
    done(HOUSE, SetUp, lambda p: units.close(p, unit=unit))
    assert not opens(mia, case)
    told = {"absent": people.bo.account, "substitute": mia.account, "first": TODAY, "last": TODAY}
    assert rejected(people.bo, **told) == "substitute"
    mia = place(mia, unit)
    stand_in(people.bo, mia)
    assert opens(mia, case)
    mia = place(mia, None)
    assert not opens(mia, case)


# Where it shows


def listed(who: Actor) -> list[tuple[UUID, str]]:
    return [(row.id, row.instead_of) for row in done(who, SeeMyDay, my_cases)]


def test_the_substitutes_lists_show_whose_it_is(people: Cast, case: UUID, mia: Actor) -> None:
    """Cases, meetings and commitments of the absent one, each marked with her name; her own are not."""
    bo = people.bo.account
    assert bo is not None
    soon = timezone.now() + timedelta(days=3)
    done(
        people.anna,
        CallMeeting,
        lambda p: meetings.call(p, meeting=meetings.NewMeeting("Planera", soon, "Rum 3", officials=[bo])),
        case=case,
    )
    promised = NewPromise(what="Ring verkstaden", due=TODAY + timedelta(days=2), account=bo)
    done(people.bo, Promise, lambda p: commitments.make(p, promise=promised), case=case)
    assert listed(mia) == []
    stand_in(people.bo, mia)
    assert listed(mia) == [(case, "Bo")]
    assert listed(people.bo) == [(case, "")]
    day = done(mia, SeeMyDay, my_day)
    assert [(need.what, need.instead_of) for need in day.needs] == [("commitment", "Bo")]
    assert [(need.what, need.instead_of) for need in day.meetings] == [("meeting", "Bo")]
    assert all(need.instead_of == "" for need in done(people.bo, SeeMyDay, my_day).needs)
    page = browser(mia).get("/min-dag/").content.decode()
    assert page.count("för Bo") == 2
    assert "för Bo" in browser(mia).get("/arenden/").content.decode()


def test_what_the_contact_person_sees_to_is_marked_too(people: Cast, case: UUID) -> None:
    """What others are late with in the cases that the absent one holds."""
    olle = a_colleague("Olle", party=people.municipality)
    promised = NewPromise(what="Ring verkstaden", due=TODAY, account=people.bo.account)
    done(people.bo, Promise, lambda p: commitments.make(p, promise=promised), case=case)
    stand_in(people.anna, olle, last=TODAY + timedelta(days=9))
    found = done(olle, SeeMyDay, my_day, at=timezone.now() + timedelta(days=3)).needs
    assert ("others_commitment", "Anna") in {(need.what, need.instead_of) for need in found}


def test_a_referrers_substitute_is_told_what_the_team_answered(people: Cast) -> None:
    """The referrer keeps the responsibility, and while she is away her substitute does (domain.md §3.1)."""
    nora = a_colleague("Nora", party=people.fk)
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    stand_in(people.cia, nora)
    assert listed(nora) == [(case, "Cia")]
    assert opens(nora, case)


def test_the_substitute_keeps_the_absent_ones_promise(people: Cast, case: UUID, mia: Actor) -> None:
    """And answers a call in her place: what is Bo's to do is hers, while it lasts."""
    bo = people.bo.account
    assert bo is not None
    soon = timezone.now() + timedelta(days=3)
    meeting = done(
        people.anna,
        CallMeeting,
        lambda p: meetings.call(p, meeting=meetings.NewMeeting("Planera", soon, "Rum 3", officials=[bo])),
        case=case,
    )
    call = Invitation.objects.get(meeting=meeting, account=bo)
    promised = NewPromise(what="Ring verkstaden", due=TODAY, account=bo)
    kept = done(people.bo, Promise, lambda p: commitments.make(p, promise=promised), case=case)
    stand_in(people.bo, mia)
    (view,) = done(mia, ReadCase, lambda p: commitments_of(p, TODAY), case=case)
    assert (view.id, view.mine, view.may_settle) == (kept, True, True)
    done(mia, Promise, lambda p: commitments.keep(p, commitment=kept, version=1), case=case)
    assert CommitmentMove.objects.get(commitment=kept, verb="keep").by_id == mia.account
    done(mia, AnswerCall, lambda p: answers.answer(p, invitation=call.id, answer="not_coming", text="Sjuk"), case=case)
    call.refresh_from_db()
    assert (call.status, call.answered_by_id) == ("not_coming", mia.account)


def test_the_participant_sees_who_stands_in_and_until_when(people: Cast, case: UUID) -> None:
    """Where the contact is shown: her own page, the case page, and "Vem är med"; gone when it is over."""
    olle = a_colleague("Olle", party=people.municipality)
    row = stand_in(people.anna, olle, last=TODAY + timedelta(days=4))
    for who in (people.egon, people.anna, people.cia):
        anna = next(view for view in done(who, ReadCase, people_in, case=case) if view.name == "Anna")
        assert (anna.stand_in, anna.stand_in_until) == ("Olle", TODAY + timedelta(days=4))
    for page in ("", "vem-ar-med/"):
        told = browser(people.egon).get(f"/arenden/{case}/{page}").content.decode()
        assert "Olle</span> ersätter Anna till" in told, page
    done(people.anna, NameSubstitute, lambda p: substitutes.end(p, substitution=row))
    assert "ersätter" not in browser(people.egon).get(f"/arenden/{case}/").content.decode()


# The page


def test_it_is_done_on_a_page_of_ones_own(people: Cast, case: UUID, mia: Actor) -> None:
    """Reached from the own day; what is wrong is said beside its field; ended by a button."""
    client = browser(people.bo)
    assert "/ersattare/" in client.get("/min-dag/").content.decode()
    page = client.get("/ersattare/").content.decode()
    assert "Ingen ersätter dig" in page
    assert 'name="absent"' not in page, "whoever speaks for herself alone is not asked for whom"
    wrong = client.post("/ersattare/", {"substitute": str(mia.account), "first": "", "last": str(TODAY)})
    assert wrong.status_code == 422
    assert "Välj en dag." in wrong.content.decode()
    said = {"substitute": str(mia.account), "first": str(TODAY), "last": str(TODAY + timedelta(days=3))}
    assert client.post("/ersattare/", said).status_code == 302
    assert "Mia</span> ersätter dig" in client.get("/ersattare/").content.decode()
    assert "Du ersätter <span" in browser(mia).get("/ersattare/").content.decode()
    row = Substitution.objects.get()
    assert browser(people.cia).post(f"/ersattare/{row.id}/avsluta/").status_code == 302
    assert opens(mia, case)
    assert client.post(f"/ersattare/{row.id}/avsluta/").status_code == 302
    assert not opens(mia, case)


def test_a_coordinator_speaks_for_her_party_and_sees_it(people: Cast) -> None:
    """Anna may say it of a colleague who fell ill; Bo, who coordinates nothing, sees only what is his."""
    olle, ove = (a_colleague(name, party=people.municipality) for name in ("Olle", "Ove"))
    said = {"absent": str(olle.account), "substitute": str(ove.account), "first": str(TODAY), "last": str(TODAY)}
    assert browser(people.anna).post("/ersattare/", said).status_code == 302
    assert "Ove</span> ersätter Olle" in browser(people.anna).get("/ersattare/").content.decode()
    assert "Olle" not in browser(people.bo).get("/ersattare/").content.decode()


def test_those_without_a_party_have_no_such_page(people: Cast) -> None:
    """Forbidden and absent look the same."""
    for who in (people.egon, people.eva):
        assert browser(who).get("/ersattare/").status_code == 404


def test_the_pages_ask_few_questions_however_many_cases(people: Cast, mia: Actor) -> None:
    """At most 18, constant in the number of cases stood in for (house.md)."""
    counts = []
    client = browser(mia)
    for more in (1, 3):
        for _ in range(more):
            active_case(people)
        Substitution.objects.all().delete()
        stand_in(people.bo, mia)
        found = []
        for page in ("/ersattare/", "/arenden/", "/min-dag/"):
            client.get(page)
            with CaptureQueriesContext(connection) as counted:
                assert client.get(page).status_code == 200
            found.append(len(asked_of(counted)))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 18
