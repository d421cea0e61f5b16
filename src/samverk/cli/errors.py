"""How a command says no: one sentence for whoever typed it, and an exit code. Never a traceback."""

from django.utils import translation
from django.utils.translation import gettext

from samverk.domain.words import Rejection


class CommandError(Exception):
    """Something that whoever typed the command can mend. Its text is all that is shown."""


def said(rejection: Rejection) -> str:
    """A rejection's sentences in English, where the catalogue has them."""
    with translation.override("en"):
        return " ".join(gettext(p.text) % p.params if p.params else gettext(p.text) for p in rejection.problems)
