"""Chapter 15, evaluation: a run of a locked plan, from the data to the same figures again (issue 4, point 5)."""

import argparse
import ast
import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from importlib import resources
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from samverk.access.declare_house import CarryOutStudy, RunStudy, SeeStudies
from samverk.access.door import door
from samverk.access.studies import price_books
from samverk.actions import studies, study_run
from samverk.actions.study_run import Job
from samverk.cli import study as command
from samverk.cli.errors import CommandError
from samverk.cli.price_file import first_book
from samverk.domain.study import demand_apart
from samverk.domain.words import Rejection
from samverk.evaluation.comparison import Comparison
from samverk.evaluation.improvement import improvement
from samverk.evaluation.study import again, figures, text_of
from samverk.evaluation.study_data import book_from, book_text, data_from
from samverk.evaluation.study_people import StudyPlan, told
from samverk.evaluation.study_people import counted as shown_counts
from samverk.store.models import EventAbout, Programme, ProgrammeRole, StudyRun
from samverk.web.study_words import UNKNOWN, plain
from tests.build import a_price_book, a_spell, browser, done, is_refused
from tests.people import cast
from tests.spec.c15_evaluation.extract_scene import came
from tests.spec.c15_evaluation.study_worlds import a_book, a_register, a_world, an_extract, as_register_csv
from tests.spec.c15_evaluation.studying import MONEY, asked, counted, locked, machine, seen

DAYS = 800
QUICK = StudyPlan(draws=100)


@pytest.fixture
def people(db):
    return cast()


def newest(study):
    return StudyRun.objects.filter(study=study).order_by("-asked_at").first()


def on_benefit_before(people, n=6, name="Deltagare"):
    """So many who were on social assistance for two years and then got a wage, half a year after they began."""
    today = timezone.localdate()
    here = [came(people, f"{name}{k}", days=DAYS) for k in range(n)]
    for k, one in enumerate(here):
        begun = today - timedelta(days=DAYS)
        a_spell(people, one.case, first_day=begun - timedelta(days=730), last_day=begun + timedelta(days=180 + k))
        a_spell(people, one.case, kind="wage", first_day=begun + timedelta(days=181 + k))
    return here


# From the case work to the figures


def test_a_run_takes_an_extract_in_the_name_of_whoever_asked_and_figures_come_out(people):
    """Data from case work, through the door's extract: it stands in the log of each person (issue 4, points 2 and 5)."""
    on_benefit_before(people)
    study = locked(people)
    run = asked(people, study)
    steps = []
    assert Job(run).carry_out(lambda step, done: steps.append((step, done))), newest(study).reasons
    row = newest(study)
    assert (row.status, row.done, row.studied) == ("done", 100, 6)
    assert [done for _step, done in steps] == sorted(done for _step, done in steps)
    found = json.loads(row.figures)
    points = {point["months"]: point for point in found["support"]["points"]}
    assert points[0]["n"] == 6
    assert EventAbout.objects.count() >= 6
    assert "Deltagare" not in row.figures + row.data


def test_a_run_in_kronor_uses_the_approved_book_that_the_plan_names(people):
    """Prices are data: the plan names the book by its fingerprint, and what has no price is told in plain words."""
    a_price_book(people, first_book())
    book = done(people.eva, SeeStudies, price_books, programme=people.programme)[0]
    on_benefit_before(people)
    study = locked(people, prices=book.fingerprint, most_unpriced=0.5)
    assert seen(people, study).price_number == 1
    assert Job(asked(people, study)).carry_out(), newest(study).reasons
    told_of = json.loads(newest(study).figures)["money"]
    assert told_of["refused"] or told_of["accounts"]
    assert json.loads(newest(study).prices)["rows"]


def test_too_few_people_fail_in_plain_words_and_it_can_be_run_again(people):
    """A failed run tells why, and another can be asked for."""
    study = locked(people)
    assert not Job(asked(people, study)).carry_out()
    page = browser(people.eva).get(reverse("study", args=[people.programme, study])).content.decode()
    assert "Färre än 5 personer" in page
    on_benefit_before(people)
    assert Job(asked(people, study)).carry_out(), newest(study).reasons


def test_whoever_is_no_longer_an_evaluator_gets_no_data_though_she_asked_in_time(people):
    """Decided inside the job (security.md, attack 6)."""
    on_benefit_before(people)
    study = locked(people)
    run = asked(people, study)
    ProgrammeRole.objects.filter(account=people.eva.account).delete()
    assert not Job(run).carry_out()
    assert "inte längre utvärderare" in newest(study).reasons[0][0]


def test_an_evaluator_of_another_programme_has_nothing_to_do_with_this_one(people):
    """The role is held in a programme (domain.md §2), not in the house."""
    other = Programme.objects.get(id=people.programme)
    other.id, other.name = uuid4(), "Ett annat"
    other.save(force_insert=True)
    ProgrammeRole.objects.filter(account=people.eva.account).update(programme=other)
    for act in (SeeStudies, RunStudy):
        assert is_refused(people.eva, act, programme=people.programme)
        assert not is_refused(people.eva, act, programme=other.id)


def test_a_run_on_a_register_extract_takes_no_data_from_the_house(people):
    """The file that the plan names by its hash holds both groups."""
    study = locked(
        people,
        comparison="difference in differences",
        file=as_register_csv(a_register(120)).encode(),
        file_name="r.csv",
    )
    assert Job(asked(people, study)).carry_out(), newest(study).reasons
    found = json.loads(newest(study).figures)
    assert (found["source"], found["comparison"]["planned"]) == ("register", "difference in differences")
    assert not EventAbout.objects.exists()


def test_one_run_at_a_time_and_a_run_that_is_never_heard_of_can_be_given_up(people):
    """A press too many starts nothing; a server that died does not stand in the way for ever."""
    study = locked(people)
    run = asked(people, study)
    with pytest.raises(Rejection, match="pågår redan"):
        asked(people, study)
    machine(lambda p: study_run.begin(p, run=run))
    with pytest.raises(Rejection, match="efter en kvart"):
        done(people.eva, RunStudy, lambda p: studies.stop(p, study=study), programme=people.programme)
    later = timezone.now() + timedelta(minutes=16)
    done(people.eva, RunStudy, lambda p: studies.stop(p, study=study), programme=people.programme, at=later)
    assert newest(study).status == "failed"
    assert not Job(run).carry_out(), "what was given up is not carried out"
    asked(people, study)


def test_only_the_machine_carries_out(people):
    """A named system act; no account can write figures."""
    for who in (people.eva, people.anna, people.stig, people.egon):
        with door(who, CarryOutStudy) as permit:
            assert permit is None


def test_the_data_is_kept_for_the_newest_run_alone(people):
    """So that it can be run again, and no longer than that is asked for."""
    study = locked(people)
    for _ in range(2):
        counted(people, study)
    kept = StudyRun.objects.filter(study=study).order_by("asked_at").values_list("data", flat=True)
    assert [bool(data) for data in kept] == [False, True]


def test_a_run_that_would_tell_of_a_few_by_subtraction_keeps_no_figures(people):
    """Two groups that differ by a few people are not both shown (evaluation.disclosure)."""
    counted(people, locked(people), an_extract(120))
    study = locked(people)
    other = an_extract(120)
    fewer = {name: column[2:] for name, column in other.people.items()}
    gone = set(other.people["person"][:2])
    kept = [n for n, person in enumerate(other.livelihood["person"]) if person not in gone]
    smaller = replace(
        other,
        people=fewer,
        livelihood={name: [column[n] for n in kept] for name, column in other.livelihood.items()},
        services={name: [] for name in other.services},
        answers={name: [] for name in other.answers},
    )
    with pytest.raises(Rejection, match="räkna ut något om dem"):
        counted(people, study, smaller)
    assert newest(study).figures == ""


@given(st.integers(5, 400), st.lists(st.integers(5, 400), max_size=5), st.integers(5, 20))
def test_runs_are_apart_by_none_or_by_enough(studied, earlier, least):
    """As many as before (the same people, later), or at least the smallest group apart."""
    near = any(0 < abs(studied - one) < least for one in earlier)
    if near:
        with pytest.raises(Rejection):
            demand_apart(studied, earlier, least=least)
    else:
        demand_apart(studied, earlier, least=least)


# The command line


def test_the_command_line_runs_what_waits(people, capsys, monkeypatch):
    """`samverk study run ID`, for where the page's thread was cut off."""
    monkeypatch.setattr(command, "demand_ready", lambda: None)
    study = locked(people)
    asked(people, study)
    parser = argparse.ArgumentParser()
    command.configure(parser)
    assert command.run(parser.parse_args(["waiting"])) == 0
    assert str(study) in capsys.readouterr().out
    assert command.run(parser.parse_args(["run", str(study)])) == 1
    assert "Färre än 5" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no run of it waits"):
        command.run(parser.parse_args(["run", str(study)]))


# The same figures again


def test_the_script_makes_the_same_figures_to_the_bit(people, tmp_path):
    """HTML, sheet, Parquet and a script that re-runs it (issue 4, point 5): from the taken-out files, in a process of its own."""
    study = locked(people)
    counted(people, study, an_extract(lost=12), **MONEY)
    answer = browser(people.eva).get(reverse("study_file", args=[people.programme, study, "kor-igen.zip"]))
    with ZipFile(io.BytesIO(answer.content)) as whole:
        whole.extractall(tmp_path)

    def run_again():
        return subprocess.run(
            [sys.executable, str(tmp_path / "run_again.py")], capture_output=True, text=True, check=False
        )

    same = run_again()
    assert same.returncode == 0, same.stdout + same.stderr
    assert newest(study).hash in same.stdout
    table = (tmp_path / "livelihood.csv").read_text()
    (tmp_path / "livelihood.csv").write_text(table.replace(",benefit,", ",wage,", 1))
    assert run_again().returncode != 0


def test_files_come_back_as_they_went():
    """CSV and JSON there and back: the same data, the same prices, the same figures."""
    data, book = an_extract(40, lost=6), a_book()
    assert data_from(data.files()).files() == data.files()
    assert data_from(data.files()).hash == data.hash
    assert book_from(book_text(book)).version == book.version
    once = figures(QUICK, data, book)
    assert text_of(figures(QUICK, data_from(data.files()), book_from(book_text(book)))) == text_of(once)
    parameters = json.loads(once["provenance"]["parameters"])
    files = data.files() | {
        "plan.json": json.dumps(parameters), "prices.json": book_text(book), "figures.json": text_of(once),
    }  # fmt: skip
    now, then = again(files)
    assert now == then


# The figures are right


def test_the_gain_of_each_party_is_the_engines_improvement_and_accounts_close():
    """Nothing is added on the way: the report's figures are `improvement`'s, and parties plus resources are nothing."""
    world, data = a_world(), a_register()
    mine = world.treated
    found = figures(StudyPlan(after_from=0, after_to=24, draws=100), data, world.book)["money"]
    w = world.windows
    own = type(w)(w.people[mine], w.before_from[mine], w.before_to[mine], w.after_from[mine], w.after_to[mine])
    means = improvement([world.livelihood], world.book, own).means()
    shown = {row["account"]: row["gain"] for row in found["accounts"]}
    for account, mean in means.items():
        assert shown.get(account, 0.0) == pytest.approx(mean, abs=0.01)
    assert shown["society"] == pytest.approx(0, abs=0.01), "transfers alone: society neither wins nor loses"
    assert shown["public"] == pytest.approx(sum(means[one] for one in ("state", "FK", "municipality")), abs=0.01)


@pytest.mark.slow
def test_a_known_effect_is_found_and_none_is_not():
    """Generated people with known truth: the interval holds it; without a difference it holds nothing."""
    plan = StudyPlan(comparison=Comparison.DIFFERENCE_IN_DIFFERENCES, after_from=0, draws=100)
    for leaves in (0.05, 0.02):
        world = a_world(2000, leaves_with_programme=leaves)
        found = figures(plan, a_register(2000, leaves_with_programme=leaves), world.book)["money"]
        row = next(one for one in found["accounts"] if one["account"] == "FK")
        assert row["low"] <= world.truth["FK"] <= row["high"]


@pytest.mark.parametrize("lost", [1, 3, 4])
def test_that_a_few_have_dropped_out_cannot_be_worked_out(lost):
    """Fewer than five lost: no number anywhere whose difference from another would tell it."""
    data = an_extract(lost=lost)
    found = figures(StudyPlan(draws=50), data, a_book())
    whole = found["flow"]["studied"]

    def numbers(value):
        if isinstance(value, dict):
            return [n for name, one in value.items() if name != "provenance" for n in numbers(one)]
        if isinstance(value, list):
            return [n for one in value for n in numbers(one)]
        return [value] if isinstance(value, int) and not isinstance(value, bool) else []

    assert whole - lost not in numbers(found)
    assert lost not in numbers(found["money"]["tried"])
    groups = [row["n"] for rows in found["money"]["groups"].values() for row in rows]
    assert set(groups) == {None}


@given(st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=50)
def test_a_part_of_a_known_whole_is_told_only_where_both_parts_are_large_or_none(n, rest):
    """Small cells are withheld, also against subtraction; that nobody is missing is no secret."""
    shown = told(n, n + rest, least=5)
    assert (shown is None) == (0 < n < 5 or 0 < rest < 5)


def test_the_sum_of_the_flow_is_told_only_where_it_gives_nobody_away():
    """With one small cell hidden, the sum would tell it."""
    assert shown_counts({"a": 2, "b": 20, "c": 30}, least=5, total="all") == {"a": None, "b": 20, "c": 30, "all": None}
    assert shown_counts({"b": 20, "c": 30}, least=5, total="all") == {"b": 20, "c": 30, "all": 50}


def test_days_without_a_price_are_told_and_too_many_refuse_all_kronor():
    """A day without a price is an error, never free (docs/evaluation.md): here it is told, and limited by the plan."""
    book = replace(a_book(), rows=tuple(row for row in a_book().rows if row.kind != "wage"))
    found = figures(QUICK, an_extract(), book)["money"]
    assert found["unpriced_kinds"] == ["wage"]
    assert "days have no price" in found["refused"][0]
    assert "accounts" not in found
    assert "saknar pris" in plain(found["refused"][0])


def test_every_reason_of_the_engine_has_plain_words():
    """What the engine refuses is said so that the reader knows what to do: each `Refused` and each check is walked."""
    reasons = set()
    for module in ("checks", "effects", "study", "study_people", "uncertainty", "sensitivity"):
        text = resources.files("samverk.evaluation").joinpath(f"{module}.py").read_text()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                reasons |= {_sample(one) for one in node.args if not isinstance(one, ast.Starred)}
            if module == "checks" and isinstance(node, ast.JoinedStr):
                reasons.add(_sample(node))
    reasons = {reason for reason in reasons if reason and reason not in _NEVER and not reason.startswith(".")}
    assert len(reasons) > 10
    unknown = str(UNKNOWN).partition("%")[0]
    assert [reason for reason in reasons if plain(reason).startswith(unknown)] == []


_NEVER = {
    # A programming error in whoever calls, never the data's.
    "a change is what is left when nothing is compared",
    "without a comparison nothing is an effect",
    "without a comparison nothing is an effect: use change()",
    "gains and costs are of the same people",
}


def _sample(node) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if not isinstance(node, ast.JoinedStr):
        return ""
    parts = []
    for one in node.values:
        if isinstance(one, ast.Constant):
            parts.append(str(one.value))
        elif one.format_spec and "%" in ast.unparse(one.format_spec):
            parts.append("12%")
        else:
            parts.append("in comparison" if "who" in ast.unparse(one.value) else "12")
    return "".join(parts)


def test_what_is_drawn_is_the_same_each_time():
    """The same plan, data and prices: the same bits; another seed, other draws."""
    data = an_extract(60)
    one, two = (text_of(figures(QUICK, data, a_book())) for _ in range(2))
    assert one == two
    assert text_of(figures(replace(QUICK, seed=2), data, a_book())) != one
