"""Chapter 15, evaluation: register extracts come in by a mapping, with a trial run and every error by row."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from samverk.cli.main import main

pl = pytest.importorskip("polars")

MAPPING = """
stream = "livelihood"
last_day_counts = true
extent_unit = "percent"
open_stop = ["", "9999-12-31"]

[columns]
person = "lopnr"
kind = "forman"
start = "fran"
stop = "till"
extent = "omf"

[always]
payer = "fk"
source = "Registret 2024"
observed_until = "2025-01-01"

[kinds]
SJP = "sickness_benefit"
REHAB = "rehabilitation_benefit"
"""
ROWS = "lopnr;forman;fran;till;omf;kommentar\n"
GOOD = ROWS + "7;SJP;20230102;2023-01-31;50;\n3;REHAB;2024-05-01;;100;x\n7;SJP;2023-02-01;2023-02-28;25,5;\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "register.csv").write_text(GOOD, encoding="utf-8")
    return tmp_path


def extract(folder: Path, *words: str, file: str = "register.csv", mapping: str = "map.toml") -> int:
    command, *more = words
    return main(["extract", command, str(folder / file), "--mapping", str(folder / mapping), *more])


def changed(folder: Path, old: str, new: str) -> None:
    """The mapping with one thing changed."""
    text = (folder / "map.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "map.toml").write_text(text.replace(old, new), encoding="utf-8")


def test_a_trial_run_tells_what_each_column_becomes_and_keeps_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which column becomes what, how often each value stands there, what is not read (issue 4, point 2)."""
    before = sorted(folder.iterdir())
    assert extract(folder, "check") == 0
    told = capsys.readouterr().out
    for words in (
        "kind           ← forman",
        "SJP → sickness_benefit: 2 rows",
        "payer          = “fk” in each row",
        "not read: kommentar",
        "3 spells of 2 people, 2023-01-02 to 2024-12-31",
        "Nothing is kept",
    ):
        assert words in told
    assert sorted(folder.iterdir()) == before


def test_the_spells_are_written_for_the_engine(folder: Path) -> None:
    """The last day counts, per cent are shares, what goes on is told up to the last day observed."""
    out = folder / "spells.parquet"
    assert extract(folder, "read", "--out", str(out)) == 0
    frame = pl.read_parquet(out)
    assert frame.select("person", "kind", "start", "stop", "extent", "payer").rows() == [
        ("3", "rehabilitation_benefit", date(2024, 5, 1), date(2025, 1, 1), 1.0, "fk"),
        ("7", "sickness_benefit", date(2023, 1, 2), date(2023, 2, 1), 0.5, "fk"),
        ("7", "sickness_benefit", date(2023, 2, 1), date(2023, 3, 1), 0.255, "fk"),
    ]


def test_what_was_written_is_read_again_without_a_mapping(folder: Path) -> None:
    """The engine's own names and order: the same spells, to the hash."""
    from samverk.evaluation.provenance import data_hash
    from samverk.evaluation.spells import Stream, read_spells

    out = folder / "spells.parquet"
    extract(folder, "read", "--out", str(out))
    hashes = {data_hash([read_spells(pl.read_parquet(out), stream=Stream.LIVELIHOOD)]) for _ in range(2)}
    rows = (GOOD.splitlines()[0], *reversed(GOOD.splitlines()[1:]))
    (folder / "register.csv").write_text("\n".join(rows), encoding="utf-8")
    extract(folder, "read", "--out", str(folder / "again.parquet"))
    again = pl.read_parquet(folder / "again.parquet")
    assert {data_hash([read_spells(again, stream=Stream.LIVELIHOOD)])} == hashes


def test_a_parquet_file_and_a_mapping_in_json(folder: Path) -> None:
    """The same rows as Parquet with real types, the same mapping as JSON: the same spells."""
    import tomllib

    (folder / "map.json").write_text(json.dumps(tomllib.loads(MAPPING)), encoding="utf-8")
    frame = pl.DataFrame(
        {
            "lopnr": [7, 3],
            "forman": ["SJP", "REHAB"],
            "fran": [date(2023, 1, 2), date(2024, 5, 1)],
            "till": [date(2023, 1, 31), date(9999, 12, 31)],
            "omf": [50, 100],
        }
    )
    frame.write_parquet(folder / "register.parquet")
    out = folder / "spells.parquet"
    assert extract(folder, "read", "--out", str(out), file="register.parquet", mapping="map.json") == 0
    assert pl.read_parquet(out)["stop"].to_list() == [date(2025, 1, 1), date(2023, 2, 1)]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("7;XYZ;2023-01-01;2023-01-31;50;", "kind", "“XYZ” is not in [kinds]"),
        ("7;SJP;2023-02-30;2023-03-31;50;", "start", "write a day as 2026-11-22"),
        ("7;SJP;2023-02-01;någon gång;50;", "stop", "write a day as 2026-11-22"),
        ("7;SJP;2023-02-01;2023-01-01;50;", "stop", "the stop day comes after the start day"),
        ("7;SJP;2023-02-01;2023-02-28;mycket;", "extent", "write a number"),
        ("7;SJP;2023-02-01;2023-02-28;500;", "extent", "at most 1"),
        (";SJP;2023-02-01;2023-02-28;50;", "person", "say whose spell it is"),
        ("7;;2023-02-01;2023-02-28;50;", "kind", "say which"),
    ],
)
def test_every_error_is_told_by_its_row(
    folder: Path, capsys: pytest.CaptureFixture[str], row: str, column: str, words: str
) -> None:
    """Row and column as people count them, and what to do; nothing is written."""
    (folder / "register.csv").write_text(ROWS + "3;SJP;2022-01-01;2022-01-31;50;\n" + row + "\n", encoding="utf-8")
    assert extract(folder, "read", "--out", str(folder / "out.parquet")) == 1
    told = capsys.readouterr().out
    assert f"row 2, {column}: " in told
    assert words in told
    assert "1 row is wrong" in told
    assert not (folder / "out.parquet").exists()


def test_several_rows_are_told_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All errors, in the file's order, not one a run."""
    bad = ROWS + "1;XYZ;2023-01-01;2023-01-31;50;\n2;SJP;x;2023-01-31;50;\n3;SJP;2023-01-01;2023-01-31;0;\n"
    (folder / "register.csv").write_text(bad, encoding="utf-8")
    assert extract(folder, "check") == 1
    told = capsys.readouterr().out
    assert told.index("row 1, kind") < told.index("row 2, start")
    assert "rows are wrong (counted from 1, below the header). Nothing is kept." in told


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('stream = "livelihood"', 'stream = "lives"', "stream is to be one of"),
        ('kind = "forman"', "", "kind is missing"),
        ('payer = "fk"', 'payer = "fk"\nkind = "x"', "kind stands both"),
        ('person = "lopnr"', 'person = "lopnr"\nname = "namn"', "“name” in [columns]"),
        ('person = "lopnr"', 'person = "nummer"', "the file has no column nummer"),
        ("last_day_counts = true", 'last_day_counts = "ja"', "last_day_counts is to be true or false"),
        ("last_day_counts = true", "lastday = true", "“lastday” is no setting"),
        ("last_day_counts = true", "last_day_counts = ", "not readable as TOML"),
        ('extent_unit = "percent"', 'extent_unit = "hours"', "extent_unit is to be one of"),
    ],
)
def test_a_mapping_that_cannot_be_used(
    folder: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, words: str
) -> None:
    """One sentence that says what to mend; a slip in a name is not passed over."""
    changed(folder, old, new)
    assert extract(folder, "check") == 1
    assert words in capsys.readouterr().err


def test_personal_numbers_are_sent_back_unread(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Registers come under running numbers: whoever keeps the register puts them there."""
    rows = "".join(f"{number};SJP;2023-01-01;2023-01-31;50;\n" for number in ("198003032383", "8003032391"))
    (folder / "register.csv").write_text(ROWS + rows, encoding="utf-8")
    assert extract(folder, "check") == 1
    told = capsys.readouterr()
    assert "personal numbers" in told.err
    assert "8003032391" not in told.out + told.err


def test_files_that_are_not_there_or_are_not_tables(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence, never a traceback."""
    assert extract(folder, "check", file="absent.csv") == 1
    assert extract(folder, "check", mapping="absent.toml") == 1
    (folder / "fake.parquet").write_text("no", encoding="utf-8")
    assert extract(folder, "check", file="fake.parquet") == 1
    (folder / "register.csv").write_text("", encoding="utf-8")
    assert extract(folder, "check") == 1
    assert "Traceback" not in capsys.readouterr().err


def test_an_old_file_is_not_written_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What somebody has already leaned on stays as it is."""
    (folder / "old.parquet").write_text("old", encoding="utf-8")
    assert extract(folder, "read", "--out", str(folder / "old.parquet")) == 1
    assert "not written over" in capsys.readouterr().err
    assert (folder / "old.parquet").read_text(encoding="utf-8") == "old"


def test_without_the_extra_it_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The core is installed without the engine: the command says plainly what is missing, and how to get it."""
    finders = sys.meta_path.copy()

    class WithoutPolars:
        """Finds everything but polars, as in an installation without it."""

        @staticmethod
        def find_spec(name: str, path: Any = None, target: Any = None) -> Any:
            found = (finder.find_spec(name, path, target) for finder in finders)
            return None if name == "polars" else next((spec for spec in found if spec is not None), None)

    monkeypatch.delitem(sys.modules, "polars")
    monkeypatch.setattr(sys, "meta_path", [WithoutPolars])
    assert extract(folder, "check") == 1
    assert 'pip install "samverk[evaluation]"' in capsys.readouterr().err


def test_an_extent_in_comma_and_latin_letters(folder: Path) -> None:
    """Registers come in many spellings: another separator, letters of an older kind."""
    changed(folder, 'stream = "livelihood"', 'stream = "livelihood"\nencoding = "latin-1"\nseparator = "\\t"')
    changed(folder, 'SJP = "sickness_benefit"', '"Sjukpenning på särskild" = "sickness_benefit"')
    text = "lopnr\tforman\tfran\ttill\tomf\n1\tSjukpenning på särskild\t2023-01-01\t2023-01-31\t75,5\n"
    (folder / "register.csv").write_bytes(text.encode("latin-1"))
    out = folder / "spells.parquet"
    assert extract(folder, "read", "--out", str(out)) == 0
    assert pl.read_parquet(out).select("kind", "extent").rows() == [("sickness_benefit", 0.755)]
