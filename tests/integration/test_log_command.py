"""`samverk log`: the key, the check, taking it out, countersigning and erasing, from the shell (docs/log.md)."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from samverk.access.ledger.keys import make_key, read_key
from samverk.cli import log, main, party
from samverk.store.models import Countersignature, Event, LogEntry, Party, PartyRole
from tests.build import active_case
from tests.people import cast

pytestmark = pytest.mark.django_db
VERIFIER = Path(__file__).resolve().parents[2] / "tools" / "verify_log.py"


@pytest.fixture(autouse=True)
def _environment(monkeypatch, settings, tmp_path):
    """What a command sets in its own process does not reach the next test; a key file of the test's own."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ["DJANGO_SETTINGS_MODULE"])
    settings.SAMVERK_LOG_KEY = tmp_path / "keys" / "log.key"


@pytest.fixture
def run(capsys, monkeypatch):
    # The tables are there: migrations are not what is tried here.
    monkeypatch.setattr(log, "demand_ready", lambda: None)
    monkeypatch.setattr(party, "demand_ready", lambda: None)

    def run(*words):
        code = main.main(list(words))
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return run


def verified(file):
    """What the verifier says, away from Samverk."""
    command = [sys.executable, "-I", str(VERIFIER), str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def house(run):
    active_case(cast())
    assert run("log", "key")[0] == 0


def test_the_key_is_made_once_and_for_its_owner_alone(run, settings):
    """Mode 0600, never replaced; its public half is told."""
    code, out, _ = run("log", "key")
    assert code == 0
    file = settings.SAMVERK_LOG_KEY
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    assert b"PRIVATE KEY" in before
    assert "PRIVATE" not in out
    code, _, err = run("log", "key")
    assert code == 1
    assert "is there already" in err
    assert file.read_bytes() == before


@pytest.mark.parametrize("words", [["sequence"], ["verify"], ["export", "x"], ["erase", "1", "--ground", "x"]])
def test_without_a_key_nothing_is_sealed(run, words):
    """And one is told how to make one."""
    code, _, err = run("log", *words)
    assert code == 1
    assert "Make one with `samverk log key`" in err


def test_a_file_that_is_no_key_is_called_so(run, settings):
    """One sentence."""
    settings.SAMVERK_LOG_KEY.parent.mkdir()
    settings.SAMVERK_LOG_KEY.write_text("no key")
    assert "holds no key that can be read" in run("log", "sequence")[2]


@pytest.mark.usefixtures("house")
def test_a_whole_log_is_called_whole_and_a_changed_one_not(run):
    """Exit codes for scripts: 0, then 1 with what is wrong."""
    code, out, _ = run("log", "verify")
    assert code == 0
    assert "The log is whole." in out
    Event.objects.filter(id=LogEntry.objects.get(number=5).event).update(actor_name="Ingen")
    code, out, _ = run("log", "verify")
    assert code == 1
    assert "WRONG: entry 5: its event has been changed." in out
    assert Event.objects.filter(what="log.verified").count() == 2


@pytest.mark.usefixtures("house")
def test_an_old_key_is_accepted_only_when_it_is_told(run, settings, tmp_path):
    """After a move to a new key."""
    run("log", "sequence")
    public = read_key(settings.SAMVERK_LOG_KEY).public
    settings.SAMVERK_LOG_KEY = tmp_path / "new.key"
    make_key(settings.SAMVERK_LOG_KEY)
    assert run("log", "verify")[0] == 1
    assert run("log", "verify", "--key", public)[0] == 0


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("hers", [False, True])
def test_what_is_taken_out_is_found_right_elsewhere(run, tmp_path, hers):
    """The whole log, or one person's."""
    file = tmp_path / "log.jsonl"
    words = ["--person", str(cast().egon.person)] if hers else []
    code, out, _ = run("log", "export", str(file), *words)
    assert code == 0
    assert f"{len(file.read_text().splitlines())} lines in" in out
    answer = verified(file)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert Event.objects.filter(what="log.exported").count() == 1
    assert run("log", "export", str(tmp_path / "none" / "x"))[0] == 1


@pytest.mark.usefixtures("house")
def test_what_is_new_is_laid_at_the_end_elsewhere(run, tmp_path):
    """Another machine asks for what came after its newest checkpoint, and has the whole log; a log that does not go on
    from there gives nothing (ASVS 5.0.0, 16.4.3).
    """
    file = tmp_path / "elsewhere.jsonl"
    file.write_text(run("log", "export", "-")[1])
    before = json.loads(file.read_text().splitlines()[-1])["size"]
    code, out, _ = run("log", "export", "-", "--since", str(before))
    new = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    # The command's own passage of the door, and what it did there.
    assert [row["number"] for row in new if row["type"] == "entry"] == [before + 1, before + 2]
    assert new[-1]["size"] == before + 2
    with file.open("a") as opened:
        opened.write(out)
    answer = verified(file)
    assert (answer.returncode, answer.stderr) == (0, "")
    code, out, err = run("log", "export", "-", "--since", str(before + 99))
    assert (code, out) == (1, "")
    assert "does not go on from there" in err


@pytest.mark.usefixtures("house")
def test_a_party_countersigns(run, tmp_path):
    """With a key of its own, once a checkpoint; the check looks at it too, and the verifier away from here."""
    key = tmp_path / "af.key"
    words = ["log", "countersign", "--party", "AF", "--key", str(key)]
    code, out, _ = run(*words)
    assert code == 0
    assert "Arbetsförmedlingen has signed the first" in out
    assert run("log", "verify")[0] == 0
    file = tmp_path / "log.jsonl"
    run("log", "export", str(file))
    answer = verified(file)
    assert "1 countersignatures" in answer.stdout
    Countersignature.objects.update(signature=bytes(64))
    code, out, _ = run("log", "verify")
    assert code == 1
    assert "the countersignature of Arbetsförmedlingen is wrong" in out


@pytest.mark.usefixtures("house")
def test_an_entry_is_erased_by_law(run, tmp_path):
    """With a ground; once; not the erasure itself. The log stays whole, here and elsewhere."""
    run("log", "sequence")
    event = LogEntry.objects.get(number=7).event
    assert run("log", "erase", "7", "--ground", "artikel 17, beslut 12/2026")[0] == 0
    assert not Event.objects.filter(id=event).exists()
    assert LogEntry.objects.get(number=7).event == event
    code, out, _ = run("log", "verify")
    assert code == 0
    assert "1 erased by law" in out
    file = tmp_path / "log.jsonl"
    run("log", "export", str(file))
    answer = verified(file)
    assert answer.returncode == 0
    assert "1 erased by law" in answer.stdout
    erasure = LogEntry.objects.get(event=Event.objects.get(what="log.payload_erased").id)
    for number in ("7", str(erasure.number), "99999"):
        assert run("log", "erase", number, "--ground", "x")[0] == 1
    assert run("log", "erase", "8", "--ground", " ")[0] == 1


@pytest.mark.usefixtures("house")
def test_an_erasure_that_nothing_tells_of_is_found_elsewhere(run, tmp_path):
    """Whoever has the database removes an event and calls it erased: the verifier asks by what right."""
    run("log", "sequence")
    Event.objects.filter(id=LogEntry.objects.get(number=7).event).delete()
    file = tmp_path / "log.jsonl"
    run("log", "export", str(file))
    answer = verified(file)
    assert answer.returncode == 1
    assert "entry 7 is erased, and nothing in the log says by what right" in answer.stdout


@pytest.mark.usefixtures("house")
def test_a_log_controller_is_entrusted_and_relieved(run):
    """`samverk party controller`."""
    assert run("party", "controller", "cia@example.org")[0] == 0
    assert run("party", "controller", "cia@example.org")[0] == 1
    assert "Cia <cia@example.org>, Försäkringskassan, since " in run("party", "controller")[1]
    assert run("party", "controller", "cia@example.org", "--end")[0] == 0
    assert run("party", "controller", "cia@example.org", "--end")[0] == 1
    assert run("party", "controller", "nobody@example.org")[0] == 1
    assert PartyRole.objects.get().ended_at is not None


@pytest.mark.usefixtures("house")
def test_a_party_hides_its_staff(run):
    """`samverk party hide-staff`, and back."""
    assert run("party", "hide-staff", "AF")[0] == 0
    assert Party.objects.get(short="AF").hides_names
    assert run("party", "hide-staff", "AF", "--show")[0] == 0
    assert not Party.objects.get(short="AF").hides_names
