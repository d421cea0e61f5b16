"""Whoever runs the house, at the command line."""

import os

import pytest

from samverk.cli import main
from samverk.domain.words import Rejection
from samverk.store.models import Event
from tests.people import Cast, cast


class Shell:
    """Commands as they are typed, and what came of them."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def said(self, *words: str) -> str:
        """What a command that is done says."""
        code, out, err = self._run(*words)
        assert (code, err) == (0, ""), err
        return out

    def refused(self, *words: str) -> str:
        """The one sentence of a command that is not done; nothing is written."""
        written = Event.objects.exclude(what="").count()
        code, out, err = self._run(*words)
        assert (code, out, len(err.strip().splitlines())) == (1, "", 1), (out, err)
        assert Event.objects.exclude(what="").count() == written
        return err

    def told(self, what: str, **detail: str) -> bool:
        """Whether the log tells of it, with this detail, done at the command line."""
        wanted = {f"detail__{name}": value for name, value in detail.items()}
        return Event.objects.filter(what=what, actor_name="command line", **wanted).exists()

    def _run(self, *words: str) -> tuple[int, str, str]:
        code = main.main(list(words))
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err


@pytest.fixture
def shell(db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The command line. Refusals are in the words of the rule, whatever the catalogue makes of them."""

    def said(rejection: Rejection) -> str:
        return " ".join(problem.text % problem.params for problem in rejection.problems)

    monkeypatch.setattr("samverk.cli.errors.said", said)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ["DJANGO_SETTINGS_MODULE"])
    monkeypatch.setenv("SAMVERK_DATABASE", os.environ.get("SAMVERK_DATABASE", ""))
    return Shell(capsys)


@pytest.fixture
def people(db: None) -> Cast:
    """Everyone, in one programme."""
    return cast()
