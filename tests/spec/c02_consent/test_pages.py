"""Chapter 2, consent: the pages, for each kind of reader, and through the forms."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samverk.actions.consents import LARGEST_SCAN, NewSay
from samverk.store.models import Attachment, Consent, ConsentDocument, Event
from tests.build import give
from tests.spec.c02_consent.test_recording import record

pytestmark = pytest.mark.django_db
PAGES = ("samtycken/", "samtycken/nytt/", "samtycken/nytt/?satt=enkel", "samtycken/ta-tillbaka/", "samtycken/blankett/")
PDF = b"%PDF-1.4 signed by Egon"


def answers(people, **changes):
    return {
        "parties": [str(people.af), str(people.fk)],
        "herself": "on",
        "categories": ["work"],
        "refusals": ["health"],
        "purpose": "support",
        "last_day": (timezone.localdate() + timedelta(days=90)).isoformat(),
        "condition": "no",
        "words": "Inte om min bror.",
    } | changes


@pytest.mark.parametrize("who", ["egon", "anna", "bo", "cia", "dag"])
def test_every_reader_of_the_case_gets_the_pages(people, case, client_of, django_assert_max_num_queries, who):
    """Whoever is in the case may record and take back what she says; each page is at most 18 queries (house.md)."""
    client = client_of(getattr(people, who))
    for page in PAGES:
        with django_assert_max_num_queries(18):
            assert client.get(f"/arenden/{case}/{page}").status_code == 200, page


def test_nobody_else_gets_them(people, case, client_of):
    """Forbidden and absent look the same."""
    client = client_of(people.stig)
    document = ConsentDocument.objects.first().id
    for page in (*PAGES, "vem-ar-med/", "vem-har-tittat/", f"samtycken/{document}/utskrift/"):
        assert client.get(f"/arenden/{case}/{page}").status_code == 404, page


def test_more_consents_ask_no_more_questions(people, case, client_of):
    """Constant in the number of consents."""
    client = client_of(people.egon)
    client.get(f"/arenden/{case}/samtycken/")
    counts = []
    for parties in ((), (people.fk, people.employer)):
        for party in parties:
            give(people, case, giver=None, receiver=party)
        with CaptureQueriesContext(connection) as counted:
            client.get(f"/arenden/{case}/samtycken/")
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_she_lets_parties_talk_with_each_other(people, case, client_of):
    """One sentence in the form becomes every way in rows: both ways between them, and from her to each."""
    answer = client_of(people.egon).post(f"/arenden/{case}/samtycken/nytt/", answers(people))
    assert answer.status_code == 302
    document = ConsentDocument.objects.latest("given_at")
    assert (document.how, document.words, document.condition_of_benefit) == ("screen", "Inte om min bror.", False)
    rows = set(Consent.objects.filter(document=document).values_list("giver", "receiver", "category", "refused"))
    ways = {(people.af, people.fk), (people.fk, people.af), (None, people.af), (None, people.fk)}
    assert rows == {(*way, *say) for way in ways for say in (("work", False), ("health", True))}


def test_one_way_only(people, case, client_of):
    """Some tell, others get to know; a party that stands on both sides tells itself nothing."""
    told = answers(people, givers=["herself", str(people.af)], receivers=[str(people.af), str(people.fk)])
    answer = client_of(people.egon).post(f"/arenden/{case}/samtycken/nytt/?satt=enkel", told)
    assert answer.status_code == 302
    document = ConsentDocument.objects.latest("given_at")
    ways = set(Consent.objects.filter(document=document).values_list("giver", "receiver"))
    assert ways == {(None, people.af), (None, people.fk), (people.af, people.fk)}


def test_a_rejected_form_keeps_what_was_typed(people, case, client_of):
    """Errors stand beside their fields (422), and nothing is written."""
    client = client_of(people.egon)
    before = Consent.objects.count()
    for changes, field in (
        ({"parties": []}, "parties"),
        ({"parties": [str(people.af)], "herself": ""}, "parties"),
        ({"categories": [], "refusals": []}, "categories"),
        ({"categories": ["work"], "refusals": ["work"]}, "refusals"),
        ({"last_day": "2020-01-01"}, "last_day"),
        ({"last_day": "i morgon"}, "last_day"),
        ({"condition": ""}, "condition"),
        ({"purpose": ""}, "purpose"),
    ):
        answer = client.post(f"/arenden/{case}/samtycken/nytt/", answers(people, **changes))
        assert answer.status_code == 422
        assert field in answer.context["form"].errors, (changes, answer.context["form"].errors)
        assert "Inte om min bror." in answer.content.decode()
    assert Consent.objects.count() == before


def test_control_is_never_ticked_by_itself(people, case, client_of):
    """Default is support; control is explained, and chosen or not (domain.md §3.2)."""
    page = client_of(people.egon).get(f"/arenden/{case}/samtycken/nytt/").content.decode()
    assert "Ett ja till stöd är aldrig ett ja till kontroll." in page
    assert 'value="control" checked' not in page


def test_a_signed_paper_is_kept_and_given_back_as_it_was(people, case, client_of):
    """Paper with the scan attached; at download it is decided again, and nobody on the way keeps it."""
    scan = SimpleUploadedFile("Egons hemliga namn.pdf", PDF)
    told = answers(people, how="paper", scan=scan, parties=[str(people.fk)])
    assert client_of(people.cia).post(f"/arenden/{case}/samtycken/nytt/", told).status_code == 302
    document = ConsentDocument.objects.latest("given_at")
    at = f"/arenden/{case}/samtycken/{document.id}/papper/"
    answer = client_of(people.egon).get(at)
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="samtycke.pdf"'
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client_of(people.cia).get(at).status_code == 200, "all of it is about her party"
    assert client_of(people.bo).get(at).status_code == 404
    assert client_of(people.stig).get(at).status_code == 404
    assert Event.objects.filter(act="OpenScan", actor=people.egon.account, allowed=True).exists()


def test_a_paper_about_several_parties_is_whole_for_her_only(people, case, client_of):
    """What it says about others crosses no border: a party gets it only when nothing is about others alone."""
    told = answers(people, how="paper", scan=SimpleUploadedFile("x.pdf", PDF))
    assert client_of(people.anna).post(f"/arenden/{case}/samtycken/nytt/", told).status_code == 302
    at = f"/arenden/{case}/samtycken/{ConsentDocument.objects.latest('given_at').id}/papper/"
    assert client_of(people.egon).get(at).status_code == 200
    assert client_of(people.bo).get(at).status_code == 404
    assert at not in client_of(people.bo).get(f"/arenden/{case}/samtycken/").content.decode()


@pytest.mark.parametrize(
    ("content", "how"),
    [(b"MZ not a picture", "paper"), (PDF + b" " * LARGEST_SCAN, "paper"), (PDF, "spoken"), (b"", "paper")],
    ids=["another kind", "too large", "not on paper", "empty"],
)
def test_a_file_that_cannot_be_kept_is_refused(people, case, client_of, content, how):
    """PDF, PNG or JPEG, at most 10 MB, and only with paper: the reason stands beside the field."""
    told = answers(people, how=how, scan=SimpleUploadedFile("a.pdf", content))
    answer = client_of(people.anna).post(f"/arenden/{case}/samtycken/nytt/", told)
    assert answer.status_code == 422
    assert {"scan", "how"} & answer.context["form"].errors.keys()
    assert not Attachment.objects.exists()


def test_she_takes_it_back_on_the_page(people, case, client_of):
    """First she reads what it changes, then all of it to one party ends."""
    client = client_of(people.egon)
    at = f"/arenden/{case}/samtycken/ta-tillbaka/"
    page = client.get(at).content.decode()
    assert "Ser inte längre:" in page
    assert "Behåller" in page or "Har inte själv skrivit något" in page
    assert client.post(at, {"parties": [str(people.af)]}).status_code == 302
    assert not Consent.objects.filter(receiver=people.af, ended_at__isnull=True).exists()
    row = Consent.objects.filter(receiver=people.municipality, ended_at__isnull=True).first()
    assert client.post(at, {"rows": [str(row.id)]}).status_code == 302
    row.refresh_from_db()
    assert row.ended_at is not None
    assert client.post(at, {}).status_code == 422
    assert client.post(at, {"rows": [str(people.fk)]}).status_code == 422


def test_an_official_passes_on_what_she_is_told(people, case, client_of):
    """Any party can be named, whether or not there is anything to end; the page tells nothing of it."""
    client = client_of(people.cia)
    at = f"/arenden/{case}/samtycken/ta-tillbaka/"
    page = client.get(at).content.decode()
    assert "Arbetsförmedlingen" in page
    assert "Ser inte längre" not in page
    assert client.post(at, {"parties": [str(people.af)]}).status_code == 302
    assert not Consent.objects.filter(receiver=people.af, ended_at__isnull=True).exists()


def test_the_printed_document_is_whole(people, case, client_of):
    """One page in plain Swedish: who, what, no as well as yes, until when, the condition, how to end it, the signature."""
    client = client_of(people.egon)
    client.post(f"/arenden/{case}/samtycken/nytt/", answers(people, condition="yes"))
    document = ConsentDocument.objects.latest("given_at").id
    page = " ".join(client.get(f"/arenden/{case}/samtycken/{document}/utskrift/").content.decode().split())
    for words in (
        "Det här gäller Egon Jönsson.",
        "<b>Ja.</b> Arbetsförmedlingen, Försäkringskassan får prata med varandra om: Arbete och utbildning."
        " De får också läsa mina egna ord och min plan om det.",
        "<b>Nej.</b> Arbetsförmedlingen, Försäkringskassan får inte prata med varandra om: Hälsa."
        " De får inte heller läsa mina egna ord och min plan om det.",
        "Inte om min bror.",
        "till och med",
        "Kontroll och beslut om ersättning kräver ett eget ja.",
        "ett villkor för en ersättning som jag har",
        "Jag kan när som helst ta tillbaka det här, helt eller delvis, utan att säga varför.",
        "Det är inte den rättsliga grunden för att behandla mina uppgifter (GDPR).",
        "Ort och datum",
        "Underskrift: Egon Jönsson",
    ):
        assert words in page, words


def test_a_party_prints_its_own_part(people, case, client_of):
    """What others may know of each other is not on its sheet; of a document that is not about it there is none."""
    client_of(people.egon).post(f"/arenden/{case}/samtycken/nytt/", answers(people, parties=[str(people.fk)]))
    document = ConsentDocument.objects.latest("given_at").id
    at = f"/arenden/{case}/samtycken/{document}/utskrift/"
    assert "Försäkringskassan" in client_of(people.cia).get(at).content.decode()
    assert client_of(people.bo).get(at).status_code == 404


def test_ways_that_differ_are_told_apart(people, case, client_of):
    """The document says neither more nor less than the rows: from each giver to each receiver only where it holds."""
    says = [NewSay(None, people.af, "work"), NewSay(people.fk, people.region, "work")]
    document = record(people.egon, case, says, how="screen")
    page = client_of(people.egon).get(f"/arenden/{case}/samtycken/{document}/utskrift/").content.decode()
    page = " ".join(page.split())
    assert "Arbetsförmedlingen får veta om: Arbete och utbildning. Från: mina egna ord och min plan." in page
    assert "Region Stockholm får veta om: Arbete och utbildning. Från: Försäkringskassan." in page
    assert "prata med varandra" not in page
