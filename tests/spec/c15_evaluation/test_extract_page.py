"""Chapter 15, evaluation: the evaluator's page, the file she is given, and the principal's decision."""

import csv
import hashlib
import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samverk.access.declare_house import DecideEvaluation
from samverk.actions import extracts
from samverk.domain.extract_columns import TABLES
from samverk.domain.words import Rejection
from samverk.store.models import EvaluationDecision, Extract
from samverk.web.extract_file import as_zip
from tests.build import asked_of, browser, done
from tests.people import Cast, cast
from tests.spec.c15_evaluation.extract_scene import came, decide, five, make_principal, take

pytestmark = pytest.mark.django_db

MOST = 18


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def to(people: Cast, name: str = "extracts") -> str:
    return reverse(name, kwargs={"programme": people.programme})


def unzipped(answer: HttpResponse) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(answer.content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_too_few_and_the_page_says_why(people: Cast) -> None:
    """Fewer than five: no number, no button, and a press all the same gives nothing."""
    came(people, "Ensam")
    client = browser(people.eva)
    text = client.get(to(people)).text
    assert "Färre än 5 personer" in text
    assert "räkna ut vem någon är" in text
    assert to(people, "extract_take") not in text
    answer = client.post(to(people, "extract_take"))
    assert answer.status_code == 422
    assert "Då lämnas inget ut" in answer.text
    assert not Extract.objects.exists()


def test_she_takes_a_file_of_tables(people: Cast) -> None:
    """A zip of CSV and Parquet, with a codebook and the hash of the tables; what was taken stands on the page."""
    five(people)
    client = browser(people.eva)
    assert to(people, "extract_take") in client.get(to(people)).text
    answer = client.post(to(people, "extract_take"))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/zip", "no-store")
    files = unzipped(answer)
    assert {f"{name}.csv" for name in TABLES} | {f"{name}.parquet" for name in TABLES} < files.keys()
    assert len(list(csv.DictReader(io.StringIO(files["people.csv"].decode())))) == 5
    assert files["codebook.csv"].startswith(b"table,column,unit,betydelse,meaning")
    kept = Extract.objects.get().data_hash
    assert files["SHA256.txt"].decode().strip() == kept
    whole = b"".join(f"{name}\n".encode() + files[f"{name}.csv"] for name in TABLES)
    assert hashlib.sha256(whole).hexdigest() == kept
    assert "5 personer" in client.get(to(people)).text


def test_parquet_and_csv_say_the_same(people: Cast) -> None:
    """Two shapes of one table; a cell that is not known is empty in both."""
    polars = pytest.importorskip("polars")
    five(people)
    drawn = take(people)
    with ZipFile(io.BytesIO(as_zip(drawn, day=timezone.localdate()))) as file:
        for table in drawn.tables:
            frame = polars.read_parquet(io.BytesIO(file.read(f"{table.name}.parquet")))
            assert frame.columns == [column.name for column in table.columns]
            assert frame.rows() == list(table.rows)


def test_the_file_tells_of_its_dangers_in_both_languages(people: Cast) -> None:
    """What leaves is personal data still: it says so where it is opened."""
    five(people)
    with ZipFile(io.BytesIO(as_zip(take(people), day=timezone.localdate()))) as file:
        text = file.read("README.txt").decode()
    assert "Uppgifterna är personuppgifter" in text
    assert "They are personal data" in text


def test_the_page_counts_its_queries(people: Cast) -> None:
    """At most eighteen, for the page and for the file, however many people there are."""
    five(people)
    came(people, "Sjätte")
    client = browser(people.eva)
    for ask in (lambda: client.get(to(people)), lambda: client.post(to(people, "extract_take"))):
        with CaptureQueriesContext(connection) as queries:
            assert ask().status_code == 200
        assert len(asked_of(queries)) <= MOST


def test_who_finds_the_page(people: Cast) -> None:
    """The evaluator, and those who run and steer the programme: they see what was taken but take nothing."""
    five(people)
    for who in (people.anna, people.stig):
        client = browser(who)
        assert to(people, "extract_take") not in client.get(to(people)).text
        assert client.post(to(people, "extract_take")).status_code == 404
    for who in (people.bo, people.cia, people.frida, people.egon):
        assert browser(who).get(to(people)).status_code == 404


def test_the_principal_records_a_decision_on_a_page_and_ends_it(people: Cast) -> None:
    """Who decided, on what legal ground, when, its words, until when; and an end."""
    make_principal(people)
    five(people, says=None)
    client = browser(people.anna)
    assert to(people, "evaluation_decide") in client.get(to(people)).text
    today = timezone.localdate()
    typed = {
        "words": "Alla är med utan namn.",
        "ground": "public_task",
        "decider": "Karin Lind",
        "decider_title": "socialchef",
        "decided_on": today.isoformat(),
        "until": (today + timedelta(days=30)).isoformat(),
    }
    assert client.post(to(people, "evaluation_decide"), typed | {"words": ""}).status_code == 422
    assert client.post(to(people, "evaluation_decide"), typed).status_code == 302
    text = browser(people.eva).get(to(people)).text
    assert "Alla är med utan namn." in text
    assert "Egen uppföljning som uppgift av allmänt intresse" in text
    assert '<span class="figure">5</span>' in text
    assert client.get(to(people, "evaluation_decide")).status_code == 404
    assert client.post(to(people, "evaluation_decision_end")).status_code == 302
    assert EvaluationDecision.objects.get().ended_by_id == people.anna.account
    assert "Färre än 5 personer" in browser(people.eva).get(to(people)).text


def test_only_the_principal_decides(people: Cast) -> None:
    """Without a principal nobody, and then nobody of another party."""
    with pytest.raises(Rejection):
        decide(people)
    make_principal(people)
    with pytest.raises(Rejection):
        decide(people, by=people.stig)
    assert browser(people.stig).get(to(people, "evaluation_decide")).status_code == 404
    decide(people)
    with pytest.raises(Rejection):
        decide(people)
    decision = EvaluationDecision.objects.get().id
    with pytest.raises(Rejection):
        done(
            people.stig,
            DecideEvaluation,
            lambda p: extracts.end_decision(p, decision=decision),
            programme=people.programme,
        )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"decider": " "}, "decider"),
        ({"decider_title": ""}, "decider_title"),
        ({"words": ""}, "words"),
        ({"ground": "lust"}, "ground"),
        ({"decided_on": timezone.localdate() + timedelta(days=1)}, "decided_on"),
        ({"until": timezone.localdate() - timedelta(days=1)}, "until"),
    ],
)
def test_a_decision_that_cannot_be_taken(people: Cast, wrong: dict[str, object], field: str) -> None:
    """Each thing that is missing is said beside its field, and nothing is written."""
    make_principal(people)
    with pytest.raises(Rejection) as rejected:
        decide(people, **wrong)
    assert [problem.field for problem in rejected.value.problems] == [field]
    assert not EvaluationDecision.objects.exists()


def test_a_new_decision_follows_one_that_has_run_out(people: Cast) -> None:
    """The old one is closed by it; one at a time holds."""
    make_principal(people)
    decide(people)
    EvaluationDecision.objects.update(
        decided_on=timezone.localdate() - timedelta(days=9), until=timezone.localdate() - timedelta(days=1)
    )
    decide(people)
    assert EvaluationDecision.objects.filter(ended_at__isnull=True).count() == 1


def test_the_same_press_is_one_extract(people: Cast) -> None:
    """A double click takes once (ADR 009)."""
    five(people)
    client = browser(people.eva)
    key = str(client.get(to(people)).context["csrf_token"])
    answers = [client.post(to(people, "extract_take"), {"csrfmiddlewaretoken": key}).status_code for _ in range(2)]
    assert answers == [200, 302]
    assert Extract.objects.count() == 1
