"""Chapter 14, the log: whoever has the file and nothing else of Samverk finds any change (security.md, finding 6)."""

import ast
import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from samverk.access.ledger.export import whole_log
from samverk.access.ledger.keys import SigningKey
from samverk.access.ledger.sequencer import sequence_all
from samverk.store.models import Checkpoint, LogEntry, LogLeaf, LogTile
from tests.spec.c14_log.conftest import VERIFIER

pytestmark = pytest.mark.django_db


def entries(lines):
    return [n for n, row in enumerate(lines) if row["type"] == "entry"]


def middle(lines):
    """An entry about somebody, in the middle."""
    about = [n for n in entries(lines) if lines[n]["link"] and lines[n]["link"]["number"] > 2]
    return about[len(about) // 2]


def other(value):
    """Something else of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return value[:-1] + ("0" if value[-1:] != "0" else "1")
    return {"x": 1} if isinstance(value, dict) else "x"


def leaves_of(row, path=()):
    """Every single value in a line, by the way to it."""
    for name, value in row.items():
        if isinstance(value, dict) and value:
            yield from leaves_of(value, (*path, name))
        else:
            yield (*path, name)


def test_it_knows_nothing_of_samverk():
    """One file, the standard library and `cryptography` (issue 3, point 6)."""
    tree = ast.parse(VERIFIER.read_text(encoding="utf-8"))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    foreign = {name.split(".")[0] for name in named} - set(sys.stdlib_module_names)
    assert foreign == {"cryptography"}


def test_a_whole_log_is_right(lines, wrong, key):
    """Rebuilt from the entries, checkpoint for checkpoint."""
    assert wrong(lines, keys=[key.public]) == []
    assert len(entries(lines)) == LogEntry.objects.count() > 30


def test_every_value_in_an_entry_is_sealed(lines, wrong):
    """Each field of the event, of who did it, of the link, and the salts: one changed at a time, all are found."""
    n = middle(lines)
    ways = list(leaves_of({k: v for k, v in lines[n].items() if k != "type"}))
    assert len(ways) > 20
    unseen = []
    for way in ways:
        changed = copy.deepcopy(lines)
        inner = changed[n]
        for name in way[:-1]:
            inner = inner[name]
        inner[way[-1]] = other(inner[way[-1]])
        if not wrong(changed):
            unseen.append(way)
    assert unseen == []


def test_every_value_in_a_checkpoint_is_signed(lines, wrong):
    """Size, the one before, root, time, key, signature."""
    n = [n for n, row in enumerate(lines) if row["type"] == "checkpoint"][1]
    for name in lines[n].keys() - {"type"}:
        changed = copy.deepcopy(lines)
        changed[n][name] = other(changed[n][name])
        assert wrong(changed), name


def test_a_removed_entry_is_found(lines, wrong):
    """Wherever it stood."""
    for n in (entries(lines)[0], middle(lines), entries(lines)[-1]):
        assert wrong(lines[:n] + lines[n + 1 :])


def test_a_doubled_entry_is_found(lines, wrong):
    """Also with the next number of its own."""
    n = middle(lines)
    assert wrong([*lines[: n + 1], lines[n], *lines[n + 1 :]])


def test_two_entries_that_changed_places_are_found(lines, wrong):
    """Order is sealed."""
    first, second = entries(lines)[4:6]
    changed = list(lines)
    changed[first], changed[second] = lines[second], lines[first]
    assert wrong(changed)
    for n, m in ((first, second), (second, first)):
        changed[n] = {**changed[n], "number": lines[n]["number"]}
        assert lines[m]["number"] != lines[n]["number"]
    assert wrong(changed)


def test_an_inserted_entry_is_found(lines, wrong):
    """A forged event with all numbers after it moved up by one."""
    n = middle(lines)
    forged = copy.deepcopy(lines[n])
    forged["event"]["id"] = "00000000-0000-4000-8000-000000000000"
    changed = copy.deepcopy(lines)
    changed.insert(n, forged)
    for row in changed[n + 1 :]:
        if row["type"] == "entry":
            row["number"] += 1
    assert wrong(changed)


def test_a_removed_checkpoint_is_found(lines, wrong):
    """Each names the one before; the last is missed by the entries after the one before."""
    points = [n for n, row in enumerate(lines) if row["type"] == "checkpoint"]
    assert len(points) > 2
    for n in (points[0], points[1], points[-1]):
        assert wrong(lines[:n] + lines[n + 1 :])


def test_a_log_rewritten_whole_is_found_by_its_key(lines, wrong, key):
    """Whoever has the database but not the key can rewrite all of it, and not sign it."""
    LogEntry.objects.all().delete()
    for model in (LogLeaf, LogTile, Checkpoint):
        model.objects.all().delete()
    sequence_all(key=SigningKey(Ed25519PrivateKey.generate()))
    forged = [json.loads(line) for line in whole_log()]
    assert wrong(forged) == [], "without the published key it cannot be told"
    assert wrong(forged, keys=[key.public])


def test_a_log_rewritten_with_the_key_is_found_by_a_checkpoint_that_was_noted(lines, wrong, key):
    """The house itself cannot write another past once somebody has noted a checkpoint."""
    noted = [row for row in lines if row["type"] == "checkpoint"][1]
    known = (noted["size"], noted["root"])
    assert wrong(lines, known=[known]) == []
    for model in (LogEntry, LogLeaf, LogTile, Checkpoint):
        model.objects.all().delete()
    sequence_all(key=key, most=25)
    forged = [json.loads(line) for line in whole_log()]
    assert wrong(forged, keys=[key.public]) == []
    assert "the past has been rewritten" in wrong(forged, known=[known])[0]
    assert "is not in this file" in wrong(forged, known=[(9999, "ab")])[0]


def test_the_end_cut_off_is_found_by_a_checkpoint_that_was_noted(lines, wrong):
    """A shorter log is a right log of an earlier day: only who knew of a later one can tell (docs/log.md)."""
    points = [n for n, row in enumerate(lines) if row["type"] == "checkpoint"]
    newest = lines[points[-1]]
    shorter = lines[: points[-2] + 1]
    assert wrong(shorter) == []
    assert wrong(shorter, known=[(newest["size"], newest["root"])])


def verify(file, *words):
    """The verifier as one runs it, away from Samverk."""
    command = [sys.executable, "-I", str(VERIFIER), str(file), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")


def test_it_says_so_in_plain_words_with_an_exit_code(lines, key, tmp_path):
    """0 nothing wrong, 1 changed, 2 no log; no traceback."""
    file = tmp_path / "log.jsonl"
    file.write_text("".join(whole_log()), encoding="ascii")
    answer = verify(file, "--key", key.public)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith(f"RIGHT: {len(entries(lines))} entries, ")
    assert "The key is the file's own" in verify(file).stdout
    file.write_text(file.read_text().replace("Anna", "Ånna".encode("ascii", "ignore").decode() + "x"), encoding="ascii")
    answer = verify(file)
    assert answer.returncode == 1
    assert "who did it has been changed" in answer.stdout


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json\n",
        "[]\n",
        '{"type":"log","format":"other","scope":"all","key":""}\n',
        '{"type":"log","format":"samverk-log-1","scope":"all","key":"","key":"x"}\n',
        '{"type":"log","format":"samverk-log-1","scope":"all","key":""}\n{"type":"entry"}\n',
        '{"type":"log","format":"samverk-log-1","scope":"all","key":""}\n{"type":"secret","number":1}\n',
        '{"type":"log","format":"samverk-log-1","scope":"all","key":"é"}\n',
        '{"type":"log","format":"samverk-log-1","scope":"all","key":""}\n'
        '{"type":"entry","number":1.5,"link":null,"event":null}\n',
        '{"type":"log","format":"samverk-log-1","scope":"all","key":""}\n'
        '{"type":"entry","number":-1,"link":null,"event":null,"event_hash":"00"}\n',
    ],
)
def test_what_is_no_log_is_called_so(text, tmp_path):
    """Exit code 2, one sentence, no traceback."""
    file = tmp_path / "log.jsonl"
    file.write_bytes(text.encode("utf-8"))
    answer = verify(file)
    assert (answer.returncode, answer.stderr) == (2, "")
    assert answer.stdout.startswith("UNREADABLE: ")


def test_a_file_that_is_not_there_is_called_so():
    """The same for a file that cannot be opened."""
    assert verify(Path("/none/log.jsonl")).returncode == 2
