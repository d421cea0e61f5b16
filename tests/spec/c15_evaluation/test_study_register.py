"""Chapter 15, evaluation: a register extract is tried, taken in, replaced and erased on the study's page (issue 4, point 2)."""

import html
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samverk.access import registers as reading
from samverk.access.declare_house import TakeInRegister
from samverk.access.register_words import ELSE, in_words
from samverk.access.registers import Unmapped, tried
from samverk.actions import registers
from samverk.actions.study_run import Job
from samverk.domain.words import Rejection
from samverk.evaluation.problems import Problem
from samverk.evaluation.register_mapping import begun, mapping_from
from samverk.store.models import Event, Study, StudyRun
from samverk.web.register_words import COLUMNS, EXAMPLE
from samverk.web.views.registers import in_short
from tests.build import asked_of, browser, done, is_refused
from tests.people import cast
from tests.spec.c15_evaluation.study_worlds import a_register, as_register_csv
from tests.spec.c15_evaluation.studying import asked, defined, locked, seen, taken_in
from tests.spec.c15_evaluation.test_study_import import GOOD, MAPPING, ROWS
from tests.spec.c15_evaluation.test_study_pages import at, words

pytestmark = pytest.mark.django_db
OURS = "person,group,start_day,kind,start,stop,extent,payer,observed_from,observed_until\n"
ROW = ",1,2023-01-01,wage,2022-01-02,2022-02-01,1,FK,2022-01-01,2025-01-01\n"


@pytest.fixture
def people():
    return cast()


@pytest.fixture
def draft(people):
    """A draft that compares, and has no file yet."""
    return defined(people, comparison="matched")


def sent(people, study, *, do: str, content: str = GOOD, mapping: str = MAPPING, **more):
    given = {"file": SimpleUploadedFile("uttag.csv", content.encode()), "mapping": mapping, "version": "1", "do": do}
    return browser(people.eva).post(at("study_register", people, study), given | more)


def test_only_the_programmes_evaluator_takes_a_register_in(people, draft):
    """The door's act is the evaluator's alone; for everyone else there is no such page (domain.md §2)."""
    for who in (people.anna, people.bo, people.stig, people.egon):
        assert is_refused(who, TakeInRegister, programme=people.programme)
        assert browser(who).get(at("study_register", people, draft)).status_code == 404
        assert browser(who).post(at("study_register_erase", people, draft)).status_code == 404
    assert browser(people.eva).get(at("study_register", people, uuid4())).status_code == 404
    assert browser(people.eva).get(at("study_register", people, defined(people))).status_code == 404


def test_a_trial_tells_what_each_column_became_and_keeps_nothing(people, draft):
    """How many rows and people, which column becomes what; no row in the house has changed (issue 4, point 2)."""
    before = Study.objects.values().get(id=draft)
    answer = sent(people, draft, do="try")
    page = words(answer)
    assert answer.status_code == 200
    for text in ("Alla 2 rader går att räkna på", "Ingenting är sparat", "SJP → sickness_benefit: 2 rader", "”FK” på"):
        assert text in page
    assert 'stream = "study"' in page, "the mapping stands in its box"
    assert Study.objects.values().get(id=draft) == before
    assert not Event.objects.filter(what="study.register_taken").exists()


def test_each_doubtful_row_is_told_with_line_column_and_what_to_do_and_nothing_is_taken(people, draft):
    """Lines as a spreadsheet counts, columns as the file calls them; the mapping that was typed is not lost."""
    bad = ROWS + "4;X;20230101;SJP;20220102;20220131;50;2\n5;I;2023-13-01;ALF;20220301;20220201;mycket;2\n"
    bad += "6;X;20230101;SJP;20220102;20220131;50;2\n"
    answer = sent(people, draft, do="take", content=bad)
    page = " ".join(words(answer).split())
    assert answer.status_code == 422
    for text in (
        "3 rader går inte att räkna på. Ingenting är sparat", "arm ”X” står inte i [groups]. Lägg till värdet där, eller"
        " rätta raden. Rad 2, 4", "index Skriv dagen så här: 2026-11-22. Rad 3", "forman ”ALF” står inte i [kinds]",
        "omf Skriv ett tal, till exempel 0,5. Rad 3", 'person = "lopnr"',
    ):  # fmt: skip
        assert text in page
    assert Study.objects.get(id=draft).file is None


def test_a_file_is_taken_in_then_the_plan_can_be_locked_on_it_and_run(people):
    """Our columns alone are kept, under a hash that stands in the plan; before that the plan cannot be locked."""
    study = defined(people, comparison="difference in differences")
    eva = browser(people.eva)
    assert "Ta först in registeruttaget" in words(eva.get(at("study", people, study)))
    assert eva.post(at("study", people, study), {"version": "1", "confirmed": "on"}).status_code == 422
    content = as_register_csv(a_register(120)).replace("\n", ",Adam Adamsson\n").replace("Adam Adamsson", "namn", 1)
    assert sent(people, study, do="take", content=content, mapping="").status_code == 302
    row, view = Study.objects.get(id=study), seen(people, study)
    assert b"Adamsson" not in bytes(row.file)
    event = Event.objects.get(what="study.register_taken")
    assert (event.item, event.detail["hash"]) == (study, view.plan.file)
    assert (view.register.people, view.version) == (120, 2)
    assert "Intagen fil" in words(eva.get(at("study_register", people, study)))
    assert eva.post(at("study", people, study), {"version": "2", "confirmed": "on"}).status_code == 302
    assert Job(asked(people, study)).carry_out(), StudyRun.objects.get().reasons


def test_columns_of_other_names_give_a_mapping_to_go_on_with(people, draft):
    """Whoever leaves the box empty is given a beginning: our names to the left, the file's own columns told."""
    answer = sent(people, draft, do="try", mapping="")
    page = words(answer)
    assert answer.status_code == 422
    assert "lopnr, arm, index" in page
    assert 'person = ""' in page
    with pytest.raises(Unmapped) as caught:
        tried("löpnr;å\n1;2\n".encode("latin-1"), name="a.csv")
    assert 'encoding = "latin-1"' in caught.value.begun
    assert caught.value.problems[0].params == {"has": "löpnr, å"}
    assert begun(["person", "grupp"]).count('person = "person"') == 1


def test_the_first_to_save_wins_and_the_other_is_told(people, draft):
    """Two evaluators at once: the second is told, and nothing of the first is lost (docs/house.md, Errors)."""
    taken_in(people, draft, GOOD.encode(), "ett.csv", mapping=MAPPING)
    answer = sent(people, draft, do="take")
    assert answer.status_code == 422
    assert "Någon annan har ändrat" in words(answer)
    assert seen(people, draft).register.name == "ett.csv"


def test_a_draft_changes_or_loses_its_file(people, draft):
    """Another file takes the place of the first; an erased one leaves the draft as it was."""
    taken_in(people, draft, GOOD.encode(), "ett.csv", mapping=MAPPING)
    first = seen(people, draft).plan.file
    taken_in(people, draft, GOOD.replace("50;", "75;").encode(), "två.csv", mapping=MAPPING, version=2)
    assert seen(people, draft).register.name == "två.csv"
    assert seen(people, draft).plan.file not in ("", first)
    assert browser(people.eva).post(at("study_register_erase", people, draft)).status_code == 302
    view = seen(people, draft)
    assert (view.register, view.plan.file, view.lacks_register) == (None, "", True)
    with pytest.raises(Rejection, match="ingen fil att radera"):
        done(people.eva, TakeInRegister, lambda p: registers.erase(p, study=draft), programme=people.programme)


def test_a_locked_plan_keeps_its_file_and_the_page_says_what_that_means(people):
    """The file's hash is part of the plan (issue 4, point 5): it is not exchanged. It can be erased, and then not run."""
    study = locked(people, comparison="matched", file=as_register_csv(a_register(80)).encode(), file_name="a.csv")
    eva = browser(people.eva)
    page = words(eva.get(at("study_register", people, study)))
    assert "Därför kan den inte bytas" in page
    found = tried(GOOD.encode(), name="b.csv", mapping=MAPPING).register
    with pytest.raises(Rejection, match="låst på sin fil"):
        done(
            people.eva,
            TakeInRegister,
            lambda p: registers.take(p, study=study, register=found, version=2),
            programme=people.programme,
        )
    run = asked(people, study)
    with pytest.raises(Rejection, match="körning pågår"):
        done(people.eva, TakeInRegister, lambda p: registers.erase(p, study=study), programme=people.programme)
    StudyRun.objects.filter(id=run).update(status="done", data="personal")
    assert eva.post(at("study_register_erase", people, study)).status_code == 302
    assert StudyRun.objects.get(id=run).data == ""
    assert Study.objects.get(id=study).file is None
    assert "inte köras igen" in words(eva.get(at("study", people, study)))
    with pytest.raises(Rejection, match="raderat"):
        asked(people, study)


@pytest.mark.parametrize(
    ("content", "mapping", "field", "text"),
    [
        (OURS + "19850709-9805" + ROW, "", "file", "personnummer"),
        ("PAR1 no", "", "file", "går inte att läsa"),
        (OURS, "", "file", "inga rader"),
        (GOOD, "kind =", "mapping", "Översättningen går inte att läsa"),
        (GOOD, MAPPING.replace("lopnr", "nummer"), "mapping", "saknar kolumnen"),
        (GOOD, MAPPING.replace('"study"', '"livelihood"'), "mapping", "studies"),
    ],
)
def test_what_concerns_the_whole_file_is_said_beside_its_field(content, mapping, field, text):
    """One sentence that says what to do, before any row is read; personal numbers are sent back (docs/adr/017)."""
    with pytest.raises(Rejection) as caught:
        tried(content.encode(), name="a.csv", mapping=mapping)
    assert caught.value.problems[0].field == field
    assert text in " ".join(problem.text for problem in caught.value.problems)


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    """A small Parquet file can hold very many rows: they are counted before they are read."""
    monkeypatch.setattr(reading, "MOST_ROWS", 1)
    with pytest.raises(Rejection, match="för många rader"):
        tried((OURS + "1" + ROW + "2" + ROW + "3" + ROW).encode(), name="a.csv")
    monkeypatch.setattr(reading, "MOST_BYTES", 1)
    with pytest.raises(Rejection, match="för stor"):
        tried(b"12", name="a.csv")


def test_every_word_of_the_engine_has_a_sentence_in_swedish():
    """A row in error is never told in English: each problem that the engine and the mapping can name, by its own words."""
    rows = "1,1,2023-01-01,,2022-03-01,2022-02-01,0,FK,2022-04-01,2022-01-01\n2,1,2023-01-01,wage,2022-03-01,2023-02-01,5,FK,2022-04-01,2022-04-01\n"
    rows += "3,9,i dag,wage,2022-01-02,2022-02-01,x,FK,2022-01-01,2025-01-01\n"
    rows += "4" + ROW + "4" + ROW + "4" + ROW.replace(",1,2023", ",0,2023")
    told = [doubt.problem for content in (rows, rows.split("3,9")[0], "4" + ROW + "4" + ROW)
            for doubt in tried((OURS + content).encode(), name="a.csv").doubts]  # fmt: skip
    with pytest.raises(Rejection) as caught:
        tried(
            b"a", name="a.csv", mapping='stream = "study"\nx = 1\nencoding = "x"\n[columns]\ny = "y"\n[always]\ny = "y"'
        )
    told += caught.value.problems
    assert len({problem.text for problem in told}) >= 12
    assert [problem for problem in told if problem.text == ELSE] == []
    assert in_words(Problem(1, "kind", "something new"), "file").text == ELSE


def test_the_example_on_the_page_is_a_mapping_and_every_column_is_explained(people, draft):
    """What can be copied from a page works; no column of the engine is left without a word."""
    assert mapping_from(EXAMPLE).last_day_counts
    assert tuple(COLUMNS) == mapping_from(EXAMPLE).known
    page = browser(people.eva).get(at("study_register", people, draft)).content.decode()
    assert html.unescape(re.search(r"<pre[^>]*>(.*?)</pre>", page, re.S)[1]).strip() == EXAMPLE.strip()


def test_the_page_asks_the_database_as_much_whatever_is_in_the_file(people, draft):
    """At most 18 queries, and never for the file itself."""
    eva = browser(people.eva)
    eva.get(at("study_register", people, draft))
    with CaptureQueriesContext(connection) as before:
        eva.get(at("study_register", people, draft))
    taken_in(people, draft, GOOD.encode(), "ett.csv", mapping=MAPPING)
    with CaptureQueriesContext(connection) as after:
        eva.get(at("study_register", people, draft))
    assert len(asked_of(before)) == len(asked_of(after)) <= 18


def test_lines_are_said_as_one_says_them():
    """A value that is wrong in a thousand rows is one thing to mend, not a thousand."""
    assert in_short([9, 4, 5, 6, 6, 0]) == "4–6, 9"
    assert in_short([]) == ""
    assert in_short(range(2, 200, 2)).endswith("40 …")
