"""A list of programmes is read in: everything legible, each doubtful row named, nothing by halves."""

from pathlib import Path

import pytest

from samverk.access.actor import Actor, system_actor
from samverk.access.declare_house import ImportProgrammes, SeeProgrammes
from samverk.access.door import door
from samverk.access.programmes import Portfolio, portfolio
from samverk.actions.programmes import ImportReport, import_programmes
from samverk.cli import programme_file
from samverk.cli.errors import CommandError
from samverk.cli.programme_file import Doubt, ProgrammeFile, read_programmes
from samverk.cli.programmes import bring_in, told
from samverk.store.models import Event, Programme
from tests.empty import empty_house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_yet(db: None) -> None:
    empty_house()


PRINTED = Path(programme_file.__file__).with_name("projects_1996.csv")
HEADER = "number,name,place,county\n"


def listed(tmp_path: Path, text: str, name: str = "list.csv") -> Path:
    file = tmp_path / name
    file.write_text(HEADER + text, encoding="utf-8")
    return file


def doubts(file: Path) -> list[Doubt]:
    return list(read_programmes(file).doubts)


def all_of_them() -> Portfolio:
    with door(Actor(account=None, name="operator", operator=True), SeeProgrammes) as permit:
        assert permit is not None
        return portfolio(permit, most=500)


def test_everything_legible_in_the_printed_list_is_there_afterwards() -> None:
    """All rows of the 1996 list that have a name become programmes (issue 2, 4a; programmes.md)."""
    read = read_programmes(PRINTED)
    report = bring_in(read, source="SOU 1996:85")

    names = [line.split(",")[1] for line in PRINTED.read_text(encoding="utf-8").splitlines()[1:] if line]
    assert report.added == sum(1 for name in names if name) == Programme.objects.count()
    assert Programme.objects.get(name='Rehabhuset "von Platen"').county == "Östergötland"
    assert Programme.objects.get(name="Det finns bruk för alla").place == "Habo, Mullsjö, Tidaholm, Falköping"
    assert set(Programme.objects.values_list("source", flat=True)) == {"SOU 1996:85"}


def test_each_doubtful_row_is_named_with_line_and_reason() -> None:
    """A blank is not guessed at: whoever imports looks it up in print (issue 2, 4a)."""
    read = read_programmes(PRINTED)
    by_line = {doubt.line: doubt for doubt in read.doubts}
    lines = PRINTED.read_text(encoding="utf-8").splitlines()
    blank = {n for n, line in enumerate(lines, 1) if n > 1 and (line.startswith(",") or ",," in line)}

    assert blank <= by_line.keys()
    nameless = next(n for n, line in enumerate(lines, 1) if line == "109,,Kungsör,Västmanland")
    assert by_line[nameless].reasons == ("the name is not legible",)
    assert not by_line[nameless].kept
    again = next(n for n, line in enumerate(lines, 1) if line == "74,Steg till arbete,,Malmöhus")
    assert "the same name as line 54" in by_line[again].reasons
    assert by_line[again].kept
    words = told(read, ImportReport(added=138, there_already=0))
    assert any(line.startswith(f"line {nameless}: no name: the name is not legible: not imported") for line in words)
    assert len(words) == len(read.doubts) + 1


def test_a_second_run_changes_nothing_and_says_so() -> None:
    """Nor does it when the list is told to come from somewhere else, or a programme was changed since."""
    read = read_programmes(PRINTED)
    first = bring_in(read, source="SOU 1996:85")
    Programme.objects.filter(name="Marienthal").update(name="Marienthal i Skarpnäck")
    before = list(Programme.objects.order_by("id").values())
    writes = Event.objects.exclude(what="").count()

    second = bring_in(read, source="another list")

    assert (second.added, second.there_already) == (0, first.added)
    assert told(read, second)[-1] == "Nothing was changed."
    assert list(Programme.objects.order_by("id").values()) == before
    assert Event.objects.exclude(what="").count() == writes


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,Tröskeln,,Södermanland", "the place is blank"),
        ("1,Tröskeln,Strängnäs,", "the county is blank"),
        (",Tröskeln,Strängnäs,Södermanland", "the number is blank"),
        ("2O,Tröskeln,Strängnäs,Södermanland", "the number is not a number"),
        ("1,Ge långtidsarbetslösa ny…,Strängnäs,Södermanland", "the name looks cut"),
        ("1,Tröskeln (för,Strängnäs,Södermanland", "the name looks cut"),
        ("1,Tr\ufffdskeln,Strängnäs,Södermanland", "letters that could not be read"),
        ("1,Tröskeln,Strängnäs,Södermanland,mer", "more or fewer columns than the header"),
    ],
)
def test_a_doubtful_row_with_a_name_comes_in_and_is_named(row: str, reason: str, tmp_path: Path) -> None:
    """What is legible is not thrown away for what is not (issue 2, 4a)."""
    read = read_programmes(listed(tmp_path, row + "\n"))
    assert [(doubt.line, doubt.reasons, doubt.kept) for doubt in read.doubts] == [(2, (reason,), True)]
    assert bring_in(read, source="x").added == 1


def test_a_double_is_named_and_an_identical_one_comes_in_once(tmp_path: Path) -> None:
    """The same name in another place is another programme: five rehabilitation centres are five."""
    file = listed(
        tmp_path,
        "1,Arbetscentrum,Gnesta,Södermanland\n"
        "1,Arbetscentrum,Gnesta,Södermanland\n"
        "1, ARBETSCENTRUM ,Gnesta,södermanland\n"
        "2,Arbetscentrum,Helsingborg,Malmöhus\n"
        "2,Kompassen,Helsingborg,Malmöhus\n"
        "3,Arbetscentrum,,Malmöhus\n",
    )
    assert [(d.line, d.reasons, d.kept) for d in doubts(file)] == [
        (3, ("the same as line 2",), False),
        (4, ("the same as line 2",), False),
        (6, ("the same number as line 5",), True),
        (7, ("the place is blank", "the same name as line 5"), True),
    ]
    assert bring_in(read_programmes(file), source="x").added == 4


BAD = {
    "empty": (b"", "is empty"),
    "blank": (b"\n  \n", "is empty"),
    "header only": (HEADER.encode(), "no rows"),
    "missing column": (b"number,name,place\n1,A,B\n", "the column county is missing"),
    "no header": (b"1,Nacka,Nacka,Stockholm\n", "the columns number, name, place, county are missing"),
    "double header": (b"number,name,name,place,county\n1,A,A,B,C\n", "the column name stands there twice"),
    "wrong encoding": ((HEADER + "1,Växthuset,Kristianstad,Skåne\n").encode("latin-1"), "line 2: not in UTF-8"),
    "binary": (b"PK\x03\x04\x00\x00number,name", "is not a text file"),
    "broken quote": (HEADER.encode() + b'1,"A,B,C\n2,A,B,C\n', "not readable as CSV"),
    "ten megabytes": (HEADER.encode() + b"1,A,B,C\n" * 1_300_000, "is larger than 2 MB"),
}


@pytest.mark.parametrize(("content", "complaint"), BAD.values(), ids=BAD)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(content: bytes, complaint: str, tmp_path: Path) -> None:
    """Nothing is half imported (issue 2, 4a)."""
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=complaint):
        read_programmes(file)
    assert Programme.objects.count() == 0


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    """Issue 2, 4a."""
    for missing in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(CommandError, match="there is no such file"):
            read_programmes(missing)


def import_and_break(read: ProgrammeFile) -> None:
    with door(system_actor("command line"), ImportProgrammes) as permit:
        assert permit is not None
        import_programmes(permit, rows=read.rows, source="x")
        raise RuntimeError


def test_nothing_is_half_imported_when_the_database_breaks(tmp_path: Path) -> None:
    """The door owns one transaction for the whole list (design.md)."""
    read = read_programmes(listed(tmp_path, "1,A,B,C\n2,D,E,F\n"))
    with pytest.raises(RuntimeError):
        import_and_break(read)
    assert Programme.objects.count() == 0


def test_an_imported_programme_takes_no_referrals() -> None:
    """Nobody here has said that it does: a referral to it would never be seen by anyone (domain.md §3, last lines)."""
    bring_in(read_programmes(PRINTED), source="SOU 1996:85")
    assert set(Programme.objects.values_list("kind", flat=True)) == {""}


def test_an_import_is_told_in_the_log() -> None:
    """No change without its event (design.md)."""
    bring_in(read_programmes(PRINTED), source="SOU 1996:85")
    event = Event.objects.get(what="programmes.imported")
    assert event.detail == {"added": Programme.objects.count(), "there_already": 0}


def test_the_list_is_in_swedish_order() -> None:
    """Å, ä and ö come last (klarspråk: people look where they expect a word)."""
    bring_in(read_programmes(PRINTED), source="SOU 1996:85")
    names = [row.name for row in all_of_them().rows]
    assert names[-1].startswith("Ö")
    assert names.index("Ett friskt Skåne") < names.index("Oden") < names.index("Östhammarsprojektet")
