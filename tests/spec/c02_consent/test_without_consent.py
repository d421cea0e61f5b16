"""Chapter 2, consent: a party without consent is a normal case in every flow (domain.md §3.2).

Cia's party has none. Around her everything happens; she sees nothing of it, nothing breaks, and what her own party
does is done as well as anyone's.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from samverk.access import intake as queues
from samverk.access.declare import (
    AnswerCall,
    AssignOfficial,
    PrepareMeeting,
    Promise,
    ReadCase,
    RecordConsent,
    RecordDecision,
    ReportAbsence,
    ReportObstacle,
    TakeOver,
    WriteFollowUp,
    WriteLivelihood,
    WriteMapping,
    WriteNote,
)
from samverk.access.declare_house import SeeIntake
from samverk.access.timeline import timeline
from samverk.actions import (
    absence,
    answers,
    cases,
    commitments,
    consents,
    decisions,
    follow_ups,
    hand_overs,
    livelihood,
    mapping,
    meetings,
    notes,
    obstacles,
)
from samverk.actions.promises import NewPromise
from samverk.domain.decisions import NewDecision
from samverk.domain.follow_up import Point, Status
from samverk.domain.livelihood import SpellTerms
from samverk.domain.words import Rejection
from samverk.store.models import Consent, Goal, Invitation, PlanLine
from tests.browser.places import walk
from tests.build import a_measure, a_spell, browser, close, done, give_for_control, hand_over_to, partys_referral
from tests.build_plans import agreed
from tests.spec.c06_meetings import scene

pytestmark = pytest.mark.django_db
SECRET = "Kanariefågel"
OURS = "Vårt eget ord"
CALM = "Din part har inget samtycke."


def decision(text):
    return NewDecision(
        kind="treatment",
        outcome="granted",
        text=text,
        reason=text,
        legal_ground="En lag",
        decider="Doris",
        decider_title="chef",
        decided_on=timezone.localdate(),
    )


def everything_happens(people, case):
    """Each flow once, by the others, with the word that must not cross."""
    today = timezone.localdate()
    for who in (people.anna, people.bo, people.egon):
        done(who, WriteNote, lambda p: notes.write(p, text=SECRET, category="process"), case=case)
        done(
            who,
            WriteMapping,
            lambda p, own=who is people.egon: mapping.write(p, area="health", text=SECRET, version=0, own_words=own),
            case=case,
        )
    agreed(people, case)
    PlanLine.objects.update(text=SECRET)
    Goal.objects.update(text=SECRET)
    scene.held(people, case)
    a_measure(people, case, by=people.bo, until="ongoing", words=SECRET, provider_name=SECRET, provider=None)
    a_spell(people, case, payer_name=SECRET)
    promise = NewPromise(SECRET, today + timedelta(days=5), account=people.bo.account, category="work")
    done(people.bo, Promise, lambda p: commitments.make(p, promise=promise), case=case)
    done(
        people.bo, RecordDecision, lambda p: decisions.record(p, decision=decision(SECRET), category="work"), case=case
    )
    done(people.egon, ReportAbsence, lambda p: absence.report(p, day=today, words=SECRET), case=case)
    done(people.bo, ReportObstacle, lambda p: obstacles.report(p, code="queue", words=SECRET), case=case)
    hand_over_to(people, case, next=people.bo, until="named")


def leaks(who, case):
    """The pages of the case where the word stands that must not, and links that lead nowhere."""
    found = walk(who, "/", f"/arenden/{case}/")
    assert len(found.texts) > 15
    return [path for path, text in found.texts.items() if SECRET in text] + found.broken


@pytest.mark.slow
def test_everything_that_happens_around_it_stays_out_of_its_sight(people, case):
    """Mapping, plan, meeting, minutes, measures, livelihood, decisions, absence, obstacles, hand-over: every page."""
    everything_happens(people, case)
    for area in ("", "anteckningar/", "kartlaggning/", "plan/", "insatser/", "beslut/", "ataganden/", "franvaro/"):
        page = browser(people.anna).get(f"/arenden/{case}/{area}").content.decode()
        assert SECRET in page, f"the word is there for those who may read it: {area}"
    assert leaks(people.cia, case) == []
    assert SECRET not in browser(people.cia).get(f"/api/cases/{case}").content.decode()


@pytest.mark.slow
def test_so_it_is_after_the_closing_too(people, case):
    """Closing, next door, and follow-up."""
    everything_happens(people, case)
    done(
        people.egon,
        WriteFollowUp,
        lambda p: follow_ups.record_now(
            p, point=Point.START, status=Status(words=SECRET), answered_on=timezone.localdate()
        ),
        case=case,
    )
    close(people, case)
    assert leaks(people.cia, case) == []


def test_its_page_says_calmly_what_can_be_done(people, case):
    """That there may be more, what it can do itself, and that she can be asked. Not so where there is a consent."""
    page = browser(people.cia).get(f"/arenden/{case}/").content.decode()
    assert CALM in page
    assert f"/arenden/{case}/samtycken/nytt/" in page
    for who in (people.anna, people.bo, people.egon):
        assert CALM not in browser(who).get(f"/arenden/{case}/").content.decode()


def test_a_yes_to_control_alone_is_told_apart_on_the_case(people, case):
    """It lets the party decide, not help: the notice stays, and the card says for what."""
    give_for_control(people, case, giver=people.municipality, receiver=people.fk, categories=["work"])
    page = browser(people.cia).get(f"/arenden/{case}/").content.decode()
    assert CALM in page
    assert "1 område för kontroll" in page


def test_what_she_asks_for_is_recorded_there(people, case):
    """The person can be asked by anyone she meets: the notice is gone when she has said yes."""
    say = consents.NewSay(people.municipality, people.fk, "work")
    last = timezone.localdate() + timedelta(days=9)
    done(
        people.cia,
        RecordConsent,
        lambda p: consents.record(p, says=[say], last_day=last, how="spoken", condition_of_benefit=False),
        case=case,
    )
    assert CALM not in browser(people.cia).get(f"/arenden/{case}/").content.decode()


def test_it_does_its_own_work_in_every_flow(people, case):
    """What it writes is its own: she sees it, and nobody else does without a consent."""
    today, cia = timezone.localdate(), people.cia
    done(cia, WriteNote, lambda p: notes.write(p, text=OURS, category="process"), case=case)
    done(cia, WriteMapping, lambda p: mapping.write(p, area="work", text=OURS, version=0, own_words=False), case=case)
    a_measure(people, case, by=cia, until="ongoing", words=OURS)
    terms = SpellTerms(kind="sickness_benefit", share=100, first_day=today, payer=people.fk)
    done(cia, WriteLivelihood, lambda p: livelihood.add(p, terms=terms), case=case)
    done(cia, RecordDecision, lambda p: decisions.record(p, decision=decision(OURS), category="work"), case=case)
    done(cia, ReportObstacle, lambda p: obstacles.report(p, code="queue", words=OURS), case=case)
    rows = done(cia, ReadCase, timeline, case=case).rows
    assert {"note", "contribution", "measure", "livelihood", "decision", "obstacle"} <= {row.kind for row in rows}
    hers = {row.id for row in done(people.egon, ReadCase, timeline, case=case).rows}
    assert {row.id for row in rows if row.owner} <= hers
    theirs = {row.id for row in done(people.bo, ReadCase, timeline, case=case).rows}
    assert not {row.id for row in rows if row.owner} & theirs


def test_it_is_not_asked_to_promise_what_it_may_not_read(people, case):
    """A promise that the promiser cannot find is refused, with what can be done instead."""
    promise = NewPromise("Utreda", timezone.localdate() + timedelta(days=5), account=people.cia.account)
    with pytest.raises(Rejection, match="Be deltagaren om samtycke") as refused:
        done(people.anna, Promise, lambda p: commitments.make(p, promise=promise), case=case)
    assert refused.value.problems[0].field == "owner"


def test_she_may_take_it_along_to_a_meeting(people, case):
    """It met the person only in her presence (domain.md §3.2): it sees that call, answers it, and nothing more."""
    meeting = scene.call(people, case)
    assert scene.seen(people.cia, case, meeting) is None
    done(
        people.egon, PrepareMeeting, lambda p: meetings.bring(p, meeting=meeting, account=people.cia.account), case=case
    )
    invitation = Invitation.objects.get(meeting=meeting, account=people.cia.account)
    done(people.cia, AnswerCall, lambda p: answers.answer(p, invitation=invitation.id, answer="comes"), case=case)
    assert scene.seen(people.cia, case, meeting) is not None
    assert browser(people.cia).get(f"/arenden/{case}/moten/{meeting}/").status_code == 200


def test_a_hand_over_to_it_is_taken_over_without_the_file(people, case):
    """It becomes contact person, and still reads only what she says yes to."""
    done(people.anna, WriteNote, lambda p: notes.write(p, text=SECRET, category="process"), case=case)
    named = hand_over_to(people, case, next=people.cia, until="named")
    page = browser(people.cia).get(f"/arenden/{case}/overlamning/")
    assert page.status_code == 200
    assert "Egon vill svarva." not in page.content.decode()
    done(people.cia, TakeOver, lambda p: hand_overs.accept(p, hand_over=named), case=case)
    assert SECRET not in browser(people.cia).get(f"/arenden/{case}/anteckningar/").content.decode()


def test_a_referral_without_consent_waits_without_a_name(people):
    """Referral and intake: the team sees that one waits, since when and from whom (design.md)."""
    partys_referral(people, by=people.cia)
    for who in (people.anna, people.bo):
        queue = done(who, SeeIntake, queues.queue, programme=people.programme)
        assert [(row.case, row.name, row.from_party) for row in queue.to_decide] == [(None, "", "Försäkringskassan")]
        page = re.sub(r"\s+", " ", browser(who).get("/sluss/", follow=True).content.decode())
        assert "Rut" not in page


def test_let_go_and_taken_in_again_it_is_still_without(people, case):
    """Need to know comes and goes; no consent comes of it."""
    assert not Consent.objects.filter(receiver=people.fk).exists()
    done(people.anna, AssignOfficial, lambda p: cases.let_go(p, account=people.cia.account), case=case)
    assert browser(people.cia).get(f"/arenden/{case}/").status_code == 404
    done(people.anna, AssignOfficial, lambda p: cases.assign(p, account=people.cia.account), case=case)
    assert CALM in browser(people.cia).get(f"/arenden/{case}/").content.decode()
