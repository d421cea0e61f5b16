"""Chapter 2, consent: taking part may be a condition of a benefit. Then the consent is marked (domain.md §3.2)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samverk.access.consents import consents_of, summary
from samverk.access.declare import ReadCase, RecordConsent, WriteReferral
from samverk.actions import consents, referrals
from samverk.domain.words import Rejection
from samverk.store.models import Case, Consent, ConsentDocument
from tests.build import browser, done, give_for_control, own_referral
from tests.spec.c02_consent.test_withdrawal import note

pytestmark = pytest.mark.django_db
MARK = "villkor för ersättning"


@pytest.fixture
def marked(people, case):
    """Egon lets Bo's party know about housing, since he must take part to keep a benefit. Returns the document."""
    say = consents.NewSay(people.municipality, people.af, "housing")
    return done(
        people.egon,
        RecordConsent,
        lambda p: consents.record(
            p,
            says=[say],
            last_day=timezone.localdate() + timedelta(days=30),
            how="screen",
            condition_of_benefit=True,
        ),
        case=case,
    )


def form(people, **told):
    return {
        "parties": [str(people.municipality), str(people.af)],
        "categories": ["housing"],
        "purpose": "support",
        "last_day": str(timezone.localdate() + timedelta(days=30)),
        "how": "spoken",
    } | told


def test_recording_asks_and_takes_no_silence_for_an_answer(people, case):
    """The form is not taken without an answer; what was answered is what is kept."""
    page, anna = f"/arenden/{case}/samtycken/nytt/", browser(people.anna)
    there = ConsentDocument.objects.count()
    assert anna.post(page, form(people)).status_code == 422
    assert ConsentDocument.objects.count() == there
    assert anna.post(page, form(people, condition="yes")).status_code == 302
    assert ConsentDocument.objects.order_by("-given_at").first().condition_of_benefit is True


def test_an_own_referral_asks_too(people):
    """It holds a consent, which is marked like any other; without an answer nothing is sent."""
    case = own_referral(people)
    for act in (referrals.withdraw, referrals.reopen):
        done(people.egon, WriteReferral, act, case=case)
    Consent.objects.all().delete()
    page, egon = f"/arenden/{case}/remiss/skicka/", browser(people.egon)
    assert "Måste du vara med" in egon.get(page).content.decode()
    silent = egon.post(page, {"own_consent": "on"})
    assert silent.status_code == 422
    assert "krävs det att du är med?" in silent.content.decode()
    with pytest.raises(Rejection) as refused:
        done(people.egon, WriteReferral, lambda p: referrals.send(p, own_consent=True), case=case)
    assert refused.value.problems[0].field == "condition_of_benefit"
    assert not Consent.objects.exists()
    assert egon.post(page, {"own_consent": "on", "condition_of_benefit": "yes"}).status_code == 302
    assert Consent.objects.filter(document__condition_of_benefit=True).exists()


@pytest.mark.parametrize("who", ["egon", "anna", "bo"])
def test_the_mark_stands_wherever_the_consent_is_shown(people, case, marked, who):
    """Her page, the party's page, the case, the paper, taking back, and the interface."""
    client = browser(getattr(people, who))
    plain = browser(people.dag).get(f"/arenden/{case}/samtycken/").content.decode()
    assert MARK not in plain, "who is not in it learns nothing of it"
    for path in ("samtycken/", "", *(["samtycken/ta-tillbaka/"] if who == "egon" else [])):
        assert MARK in client.get(f"/arenden/{case}/{path}").content.decode(), path
    if who == "anna":
        return
    paper = client.get(f"/arenden/{case}/samtycken/{marked}/utskrift/").content.decode()
    assert "Därför är samtycket märkt: det är mindre fritt." in paper
    told = [row for row in client.get(f"/api/cases/{case}").json()["consents"] if row["category"] == "housing"]
    assert {row["condition_of_benefit"] for row in told if row["giver"] == str(people.municipality)} == {True}


def test_what_was_given_freely_has_no_mark(people, case):
    """Otherwise the mark would say nothing."""
    for who in (people.egon, people.bo):
        assert MARK not in browser(who).get(f"/arenden/{case}/samtycken/").content.decode()
    assert not any(row.condition_of_benefit for row in done(people.bo, ReadCase, _summary, case=case))


def test_a_case_that_is_found_to_be_a_condition_marks_what_was_given_in_it(people, case):
    """The team or she says so later: the consents are marked, and the paper says what was signed and what changed."""
    document = Consent.objects.filter(receiver=people.af, ended_at__isnull=True).first().document_id
    Case.objects.filter(id=case).update(support_condition=True)
    for who in (people.egon, people.bo):
        assert MARK in browser(who).get(f"/arenden/{case}/samtycken/").content.decode()
    paper = browser(people.egon).get(f"/arenden/{case}/samtycken/{document}/utskrift/").content.decode()
    assert "Att jag är med är inte ett villkor" in paper
    assert "Det har ändrats" in paper


def test_what_is_read_for_control_under_such_a_consent_is_marked(people, case):
    """Whoever decides sees that the yes was less free."""
    note(people.anna, case, "health", people.municipality)
    give_for_control(people, case, giver=people.municipality, receiver=people.fk, conditional=True)
    cia = browser(people.cia)
    address = cia.post(f"/arenden/{case}/underlag/", {"matter": "Sjukpenning"})["Location"]
    assert MARK in cia.get(address).content.decode()


def _summary(permit):
    return summary(permit, consents_of(permit).says)
