"""What a password may not be (OWASP ASVS 5.0.0, 6.1.2, 6.2.11 and 6.2.12)."""

import hashlib
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samverk.store.models import Party

OF_THE_HOUSE = frozenset(
    (
        "arbetsförmedlingen", "deltagare", "deltagaren", "finsam", "försäkringskassan", "handläggare", "handläggaren",
        "kommun", "kommunen", "lösenord", "lösenordet", "password", "region", "regionen", "rehab", "rehabilitering",
        "samordnare", "samordnaren", "samordningsförbundet", "samverk", "sluss", "slussen", "socialtjänsten",
        "välkommen",
    )
)  # fmt: skip
"""The list of words of the house that ASVS asks for. The names of the parties are added as they stand."""
LEFT = 8
"""So many letters are to be left when the words of the house are taken away."""
SHORTEST = 4
"""A shorter word in a party's name ("i", "och") is nobody's guess."""


class NotOfTheHouse:
    """Refuses a password that is little but words which everyone here would try: Samverk, an agency's name."""

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError when fewer than eight letters are left without the words of the house."""
        left = told = password.casefold()
        for word in sorted(_words(), key=len, reverse=True):
            left = left.replace(word, " ")
        if left != told and sum(letter.isalpha() for letter in left) < LEFT:
            raise ValidationError(
                _("Det är för lätt att gissa ord som Samverk eller en myndighets namn. Lägg till egna ord."),
                code="password_of_the_house",
            )

    def get_help_text(self) -> str:
        """The rule as it is told where a password is chosen."""
        return _("Använd inte bara ord som alla här kan gissa, som Samverk eller en myndighets namn.")


class NotLeaked:
    """Refuses a password that others have lost: one in the list that SAMVERK_BREACHED_PASSWORDS names, if there is one.

    The list is that of Pwned Passwords as text, ordered by hash: a line each, SHA-1 in capitals, then perhaps a colon
    and how often it was lost. It may hold a thousand million lines: it is searched where it lies, some forty reads.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError when it stands in the list."""
        file: Path | None = settings.SAMVERK_BREACHED_PASSWORDS
        # The list's own form. Nothing is kept of it, and nothing rests on its strength.
        mark = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
        if file is None:
            return
        with file.open("rb") as lines:
            if _stands_in(lines, mark, size=file.stat().st_size):
                raise ValidationError(
                    _("Det lösenordet har läckt någon annanstans. Välj ett annat."), code="password_leaked"
                )

    def get_help_text(self) -> str:
        """The rule as it is told where a password is chosen."""
        return _("Använd inget lösenord som du har på något annat ställe.")


def _stands_in(lines: BinaryIO, mark: bytes, *, size: int) -> bool:
    """Whether a line of the ordered list begins with `mark`."""
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        lines.seek(max(middle - 1, 0))
        if middle:
            lines.readline()
        start = lines.tell()
        found = lines.read(len(mark)) if start < high else b""
        if found == mark:
            return True
        if found and found < mark:
            low = start + 1
        else:
            high = middle
    return False


def _words() -> frozenset[str]:
    names = " ".join(word for row in Party.objects.values_list("name", "short") for word in row).casefold()
    return OF_THE_HOUSE | {word for word in names.split() if len(word) >= SHORTEST}
