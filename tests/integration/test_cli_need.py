"""The command line for units and substitutes: clear words, right exit codes (issue 3 point 2)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samverk.cli import main
from samverk.store.models import Account, Event, Substitution, Unit
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture(autouse=True)
def _ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own tables are ready; a command's settings do not reach the next test."""
    monkeypatch.setattr("samverk.cli.unit.demand_ready", lambda: None)
    monkeypatch.setattr("samverk.cli.substitute.demand_ready", lambda: None)
    monkeypatch.setattr(main, "_configure", lambda name, words: None)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main.main(list(words))
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out.strip(), err.strip()


def test_a_unit_is_added_closed_opened_and_listed(people: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    """By the names of party and unit; the same act in the log as from anywhere else."""
    rehab = ("--party", "Region Stockholm", "--name", "Rehab")
    assert run(capsys, "unit", "list")[1] == "There are no units. Add one with `samverk unit add`."
    assert run(capsys, "unit", "add", *rehab, "--closed") == (0, "Rehab is added.", "")
    assert run(capsys, "unit", "list")[1] == "Rehab, Region Stockholm, closed"
    assert run(capsys, "unit", "open", *rehab)[0] == 0
    assert not Unit.objects.get().closed
    assert run(capsys, "unit", "close", *rehab)[0] == 0
    assert Unit.objects.get().closed
    assert [e.what for e in Event.objects.filter(what__startswith="unit.").order_by("at")] == [
        "unit.added",
        "unit.opened",
        "unit.closed",
    ]


def test_an_official_is_placed_in_a_unit(people: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    """And out of it again."""
    rehab = ("--party", "Regionen", "--name", "Rehab")
    run(capsys, "unit", "add", *rehab)
    assert run(capsys, "unit", "place", "dag@example.org", *rehab)[:2] == (0, "dag@example.org works in Rehab.")
    assert Account.objects.get(id=people.dag.account).unit == Unit.objects.get()
    assert run(capsys, "unit", "place", "dag@example.org", "--none")[0] == 0
    assert Account.objects.get(id=people.dag.account).unit is None


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["unit", "close", "--party", "AF", "--name", "Nowhere"], "Arbetsförmedlingen has no unit “Nowhere”"),
        (["unit", "add", "--party", "Nobody", "--name", "X"], "there is no party “Nobody”"),
        (["unit", "place", "nobody@example.org", "--none"], "there is no account “nobody@example.org”"),
        (["unit", "place", "bo@example.org"], "say which unit"),
        (["substitute", "end", "bo@example.org"], "nobody stands in for bo@example.org"),
        (["substitute", "end", "nobody@example.org"], "there is no account “nobody@example.org”"),
    ],
)
def test_a_mistake_is_answered_in_one_sentence(
    people: Cast, capsys: pytest.CaptureFixture[str], words: list[str], complaint: str
) -> None:
    """Exit code 1, the sentence on standard error, nothing written."""
    code, out, err = run(capsys, *words)
    assert (code, out) == (1, "")
    assert complaint in err
    assert not Unit.objects.exists()


def test_the_operator_says_who_stands_in(people: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    """Where neither she nor a coordinator can; the same rules hold, and it can be ended."""
    days = ("--first", str(TODAY), "--last", str(TODAY + timedelta(days=2)))
    code, _, err = run(capsys, "substitute", "add", "cia@example.org", "bo@example.org", *days)
    assert (code, Substitution.objects.count()) == (1, 0), err
    assert run(capsys, "substitute", "add", "cia@example.org", "stig@example.org", *days)[0] == 0
    assert run(capsys, "substitute", "list")[1] == f"Stig for Cia, {TODAY} to {TODAY + timedelta(days=2)}"
    assert run(capsys, "substitute", "end", "cia@example.org")[0] == 0
    assert run(capsys, "substitute", "list")[1] == "Nobody stands in for anyone."
    with pytest.raises(SystemExit):
        main.main(["substitute", "add", "cia@example.org", "stig@example.org", "--first", "x", "--last", "y"])
