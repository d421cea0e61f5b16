"""Chapter 15, evaluation: a register's own file becomes the file of a study, by a mapping (issue 4, point 2)."""

from pathlib import Path

import pytest

from samverk.cli.main import main

pl = pytest.importorskip("polars")

MAPPING = """
stream = "study"
last_day_counts = true
extent_unit = "percent"

[columns]
person = "lopnr"
group = "arm"
start_day = "index"
kind = "forman"
start = "fran"
stop = "till"
extent = "omf"
sex = "kon"

[always]
payer = "FK"
observed_from = "2022-01-01"
observed_until = "2025-01-01"

[kinds]
SJP = "sickness_benefit"

[groups]
I = "1"
K = "0"

[sexes]
2 = "woman"
1 = "man"
"""
ROWS = "lopnr;arm;index;forman;fran;till;omf;kon\n"
GOOD = ROWS + "7;I;20230101;SJP;20220102;20220131;50;2\n3;K;20230601;SJP;20230701;20230731;100;1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "register.csv").write_text(GOOD, encoding="utf-8")
    return tmp_path


def extract(folder: Path, *words: str) -> int:
    command, *more = words
    return main(["extract", command, str(folder / "register.csv"), "--mapping", str(folder / "map.toml"), *more])


def test_what_is_written_is_what_the_page_of_a_study_takes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns, values, last days and per cent become the study's own; the page reads the file without a word."""
    from samverk.access.registers import kept_files
    from samverk.evaluation.study_data import data_from

    out = folder / "study.parquet"
    assert extract(folder, "read", "--out", str(out)) == 0
    assert "2 people: 1 took part, 1 to compare with" in capsys.readouterr().out
    data = data_from(kept_files(out.read_bytes()))
    assert dict(zip(data.people["sex"], data.people["group"], strict=True)) == {"woman": 1, "man": 0}
    assert data.livelihood["kind"] == ["sickness_benefit", "sickness_benefit"]
    assert sorted(data.livelihood["extent"]) == [0.5, 1.0]
    lengths = [stop - start for start, stop in zip(data.livelihood["start"], data.livelihood["stop"], strict=True)]
    assert lengths == [30, 31]


def test_a_trial_run_says_every_error_by_row_and_keeps_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Errors of the mapping and of the rows together, each with its row (issue 4, point 2)."""
    bad = GOOD + "4;X;20230101;SJP;20220102;20220131;50;2\n5;I;2023-13-01;ALF;20220301;20220201;mycket;2\n"
    (folder / "register.csv").write_text(bad, encoding="utf-8")
    before = sorted(folder.iterdir())
    assert extract(folder, "read", "--out", str(folder / "study.parquet")) == 1
    told = capsys.readouterr().out
    for words in ("row 3, group: “X” is not in [groups]", "row 4, start_day: a day is written", "row 4, kind: “ALF”",
                  "row 4, extent: a number", "2 rows are wrong"):  # fmt: skip
        assert words in told
    assert sorted(folder.iterdir()) == before


def test_an_error_of_a_service_is_told_by_its_own_row_in_the_file() -> None:
    """Livelihood and services are read apart: a row keeps its number in the file all the same."""
    from samverk.evaluation.problems import Invalid
    from samverk.evaluation.study_register import study_data

    told = {
        "person": "7", "group": "1", "start_day": "2023-01-01", "kind": "x", "start": "2022-03-01",
        "stop": "2022-04-01", "extent": "1", "payer": "FK", "observed_from": "2022-01-01",
        "observed_until": "2025-01-01", "stream": "livelihood",
    }  # fmt: skip
    wrong = told | {"stream": "service", "stop": "2022-02-01"}
    with pytest.raises(Invalid) as refused:
        study_data({name: [told[name], wrong[name]] for name in told})
    assert {one.row for one in refused.value.problems} == {2}
