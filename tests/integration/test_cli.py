"""The command line: clear words, right exit codes, and a real installation that can be set up from the shell."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from samverk.cli import account, main
from samverk.domain.diagrams import page
from samverk.store.models import Account, Case, Code, Event, Party, Person, Programme, ProgrammeParty, ProgrammeRole
from tests.empty import empty_house

pytestmark = pytest.mark.django_db
LIST = "number,name,place,county\n1,Växthuset,Kristianstad,Skåne\n2,,Osby,Skåne\n"


@pytest.fixture(autouse=True)
def _nobody_yet(db: None) -> None:
    empty_house()


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command sets in its own process does not reach the next test."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ["DJANGO_SETTINGS_MODULE"])
    monkeypatch.setenv("SAMVERK_DATABASE", os.environ.get("SAMVERK_DATABASE", ""))


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main.main(list(words))
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


@pytest.fixture
def house(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "setup")[0] == 0
    for name, kind in (("Kommunen", "municipality"), ("Förmedlingen", "af")):
        assert run(capsys, "party", "add", "--name", name, "--kind", kind)[0] == 0


def test_setup_can_be_run_again(capsys: pytest.CaptureFixture[str]) -> None:
    """Tables and standard codes; a second run changes nothing (issue 2)."""
    code, out, _ = run(capsys, "setup")
    assert code == 0
    assert re.search(r"\d+ codes were added", out)
    codes = Code.objects.count()
    code, out, _ = run(capsys, "setup")
    assert (code, Code.objects.count()) == (0, codes)
    assert "All codes were there already." in out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["frobnicate"], "there is no command “frobnicate”"),
        (["demo", "--port", "0"], "0 is no port"),
        (["story", "play", "nobody"], "There is no story or file “nobody”"),
        (["story", "check", "nobody"], "There is no story or file “nobody”"),
        (["story", "play", "egon-1", "--until", "summer"], "--until: “summer” is no day"),
        (["programmes", "import", "none.csv"], "there is no such file"),
        (["account", "password", "nobody@example.org"], "there is no account “nobody@example.org”"),
        (["account", "add", "--email", "nobody", "--name", "A", "--operator"], "“nobody” is no e-mail address"),
        (["account", "add", "--email", "a@example.org", "--name", "A", "--party", "X"], "there is no party “X”"),
        (["party", "add", "--name", "X", "--kind", "moon"], "samverk party: "),
        (["programme", "add", "--name", "X", "--party", "Y"], "there is no party “Y”"),
        (["programme", "role", "X", "a@example.org", "team"], "there is no programme “X”"),
        (["diagrams", "--check", "--file", "none.md"], "none.md differs from the table"),
        (["diagrams", "--file", "none/none.md"], "there is no folder none"),
    ],
)
def test_a_mistake_is_answered_in_one_sentence(
    words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback for what the one who typed can mend; the exit code tells scripts (issue 2)."""
    code, _, err = run(capsys, *words)
    assert code in (1, 2)
    assert complaint in err


def test_help_is_given_without_any_settings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever does not know what to type is told."""
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")
    assert run(capsys, "--help")[0] == 0
    code, out, _ = run(capsys)
    assert code == 2
    assert all(command in out for command in main.COMMANDS)


@pytest.mark.parametrize("command", sorted(main.COMMANDS))
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Enumerated, not remembered (design.md)."""
    with pytest.raises(SystemExit) as left:
        main.main([command, "--help"])
    assert left.value.code == 0
    assert f"samverk {command}" in capsys.readouterr().out


def test_an_import_names_what_is_doubtful(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Line and reason, and what was done (issue 2, 4a)."""
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    code, out, _ = run(capsys, "programmes", "import", str(file), "--source", "SOU")
    assert code == 0
    assert out.splitlines() == [
        "line 3: no name: the name is not legible: not imported",
        "1 programmes imported, 0 there already, 1 rows not imported. 1 doubtful rows are named above.",
    ]
    assert Programme.objects.get().source == "SOU"
    assert run(capsys, "programmes", "import", str(file))[1].splitlines()[-1] == "Nothing was changed."


@pytest.mark.usefixtures("house")
def test_an_installation_is_set_up_from_the_shell(capsys: pytest.CaptureFixture[str]) -> None:
    """Parties, a programme, accounts and roles, without the demonstration (issue 2)."""
    words = ["programme", "add", "--name", "Samverkan", "--party", "Kommunen=60", "--party", "Förmedlingen=40"]
    assert run(capsys, *words, "--places", "20", "--rhythm", "varannan tisdag")[0] == 0
    assert run(capsys, *words)[0] == 1
    add = ["account", "add", "--email", "Anna@example.org", "--name", "Anna", "--party", "Kommunen"]
    assert run(capsys, *add)[0] == 0
    assert run(capsys, *add)[0] == 1
    role = ["programme", "role", "Samverkan", "anna@example.org", "coordinator", "--may-decide", "work_training"]
    assert run(capsys, *role)[0] == 0
    assert [int(row.share or 0) for row in ProgrammeParty.objects.order_by("-share")] == [60, 40]
    held = ProgrammeRole.objects.get()
    assert (held.account.email, held.role, held.mandates) == ("anna@example.org", "coordinator", ["work_training"])
    assert set(Event.objects.values_list("actor_name", flat=True)) == {"command line"}
    assert "Anna <anna@example.org>, Kommunen" in run(capsys, "account", "list")[1]
    assert "Kommunen (municipality)" in run(capsys, "party", "list")[1]


@pytest.mark.usefixtures("house")
def test_a_participant_gets_an_account_with_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    """She can then refer herself (domain.md §3.1)."""
    words = ["--email", "egon@example.org", "--name", "Egon", "--participant", "--birth-year", "1952"]
    assert run(capsys, "account", "add", *words)[0] == 0
    assert Account.objects.get().person == Person.objects.get(name="Egon", birth_year=1952)


@pytest.mark.usefixtures("house")
def test_whoever_was_referred_gets_a_login_to_the_case_that_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """Her own page shows the same truth (issue 2, 3), also when an official began; the name must fit the number."""
    assert run(capsys, "programme", "add", "--name", "Samverkan", "--party", "Kommunen")[0] == 0
    person = Person.objects.create(id=uuid4(), name="Rut Berg", birth_year=1974)
    case = Case.objects.create(id=uuid4(), person=person, programme=Programme.objects.get(), opened_at=timezone.now())
    words = ["account", "add", "--email", "rut@example.org", "--participant", "--case"]
    code, _, err = run(capsys, *words, str(case.id), "--name", "Rut Bergman")
    assert code == 1
    assert "there is no case with that number and a participant of that name" in err
    assert run(capsys, *words, str(case.id), "--name", "rut berg")[0] == 0
    assert Account.objects.get().person == person
    again = [*words, str(case.id), "--name", "Rut Berg"]
    again[3] = "rut2@example.org"
    assert run(capsys, *again)[0] == 1
    assert (Account.objects.count(), Person.objects.count()) == (1, 1)


@pytest.mark.usefixtures("house")
def test_a_party_joins_a_programme_that_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """Work places and employers are parties that come as they are needed (issue 2, 2); outside the team unless told."""
    assert run(capsys, "programme", "add", "--name", "Samverkan", "--party", "Kommunen=60")[0] == 0
    assert run(capsys, "programme", "join", "Samverkan", "Förmedlingen=40")[0] == 0
    assert run(capsys, "programme", "join", "Samverkan", "Förmedlingen")[0] == 1
    assert run(capsys, "party", "add", "--name", "Verkstaden", "--kind", "employer")[0] == 0
    assert run(capsys, "programme", "join", "Samverkan", "Verkstaden", "--beside")[0] == 0
    rows = ProgrammeParty.objects.order_by("party__name").values_list("party__name", "in_team")
    assert list(rows) == [("Förmedlingen", True), ("Kommunen", True), ("Verkstaden", False)]


@pytest.mark.usefixtures("house")
def test_the_link_chooses_a_password_once(capsys: pytest.CaptureFixture[str]) -> None:
    """No password is ever typed by the operator or sent in a message (design.md)."""
    words = ["account", "add", "--email", "anna@example.org", "--name", "Anna", "--party", "Kommunen"]
    _, out, _ = run(capsys, *words)
    found = re.search(r"https?://[^/]+(/\S+)", out)
    assert found is not None
    browser = Client()
    form = browser.get(found[1], follow=True)
    told = {"password1": "en-lång-ramsa-om-gäddor", "password2": "en-lång-ramsa-om-gäddor"}
    assert browser.post(form.redirect_chain[-1][0], told).status_code == 302
    assert Account.objects.get().check_password("en-lång-ramsa-om-gäddor")
    again = Client().get(found[1], follow=True).content.decode()
    assert 'name="password1"' not in again


@pytest.mark.usefixtures("house")
def test_a_password_can_be_asked_for_and_must_be_good(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typed twice without being shown; weak ones are refused, and nothing is added."""
    words = ["account", "add", "--email", "o@example.org", "--name", "Olle", "--operator", "--ask-password"]
    for typed, code in ((["kort", "kort"], 1), (["en-lång-ramsa", "en-annan"], 1), (["en-lång-ramsa-till"] * 2, 0)):
        answers = iter(typed)
        monkeypatch.setattr(account.getpass, "getpass", lambda _, told=answers: next(told))
        assert run(capsys, *words)[0] == code
        assert Account.objects.exists() == (code == 0)
    assert Account.objects.get().operator


def test_stories_never_touch_a_real_installation(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Invented people are played into a demonstration's own file only (issue 2, 5)."""
    Party.objects.create(id="6a1f1f43-7a4c-4b8e-8f5b-0d2c7a1b9e11", name="En riktig part", short="R", kind="af")
    for words in (["story", "play", "egon-1"], ["demo", "--prepare"]):
        code, _, err = run(capsys, *words, "--file", str(tmp_path / "x.sqlite3"))
        assert code == 1
        assert "a demonstration's own database file only" in err
    assert Party.objects.count() == 1


def test_a_taken_port_is_told_before_anything_is_made_anew(capsys: pytest.CaptureFixture[str], settings) -> None:  # type: ignore[no-untyped-def]
    """A demonstration that runs keeps its database (issue 2)."""
    settings.SAMVERK_BIND = "127.0.0.1"
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, _, err = run(capsys, "demo", "--port", str(port))
    assert code == 1
    assert f"port {port} cannot be used" in err
    assert "make demo PORT=" in err


def test_the_diagrams_are_compared_and_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """docs/states.md shows the table of transitions as it is (issue 2, 2)."""
    file = tmp_path / "states.md"
    assert run(capsys, "diagrams", "--file", str(file))[0] == 0
    assert file.read_text(encoding="utf-8") == page()
    assert run(capsys, "diagrams", "--check", "--file", str(file))[0] == 0
    file.write_text("old", encoding="utf-8")
    assert run(capsys, "diagrams", "--check", "--file", str(file))[0] == 1


def command(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`samverk` as someone types it, in a folder and an environment of its own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SAMVERK_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "samverk.cli.main", *words],
        cwd=folder,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_story_is_played_into_a_fresh_file_and_again(tmp_path: Path) -> None:
    """Each time anew, and only where a demonstration made the file (issue 2, 4b)."""
    for _ in range(2):
        answer = command(tmp_path, "story", "play", "egon-2", "--until", "1995-02-01")
        assert answer.returncode == 0, answer.stderr
        assert "egon-2: " in answer.stdout
    assert (tmp_path / "var" / "story.sqlite3").exists()
    foreign = tmp_path / "mine.sqlite3"
    foreign.write_text("mine")
    answer = command(tmp_path, "story", "play", "egon-2", "--file", str(foreign))
    assert answer.returncode == 1
    assert "is left as it is" in answer.stderr
    assert foreign.read_text() == "mine"


@pytest.mark.slow
def test_without_an_installation_the_demonstrations_database_is_used_and_said(tmp_path: Path) -> None:
    """Whoever tries the import does not have to configure anything first (issue 2, 4a)."""
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    answer = command(tmp_path, "programmes", "import", str(file))
    assert answer.returncode == 0, answer.stderr
    assert "this is the demonstration's" in answer.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "environment", "complaint"),
    [
        (["serve"], {}, "SAMVERK_DATABASE is missing"),
        (["setup"], {"SAMVERK_SECRET_KEY": "short"}, "SAMVERK_DATABASE is missing"),
        (["demo", "--prepare"], {"SAMVERK_BIND": "0.0.0.0"}, "answers on this machine only"),
    ],
)
def test_settings_that_refuse_to_start_say_why(
    words: list[str], environment: dict[str, str], complaint: str, tmp_path: Path
) -> None:
    """One sentence and no traceback (issue 2, 5)."""
    answer = command(tmp_path, *words, **environment)
    assert answer.returncode == 2
    assert complaint in answer.stderr
    assert "Traceback" not in answer.stderr
