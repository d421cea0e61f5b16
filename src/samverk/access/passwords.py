"""What a password may not be made of (OWASP ASVS 5.0.0, 6.1.2 and 6.2.11)."""

from typing import Any

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


def _words() -> frozenset[str]:
    names = " ".join(word for row in Party.objects.values_list("name", "short") for word in row).casefold()
    return OF_THE_HOUSE | {word for word in names.split() if len(word) >= SHORTEST}
