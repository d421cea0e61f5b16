"""Secrets of the second factor sealed in the database, and everything sealed anew with the newest key."""

from dataclasses import dataclass

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from samverk.store.models import Person, Referral
from samverk.store.sealed import FACTOR, Unreadable

__all__ = ["Resealed", "SealedFactors", "Unreadable", "reseal"]

_ONE = ("secret", "seed")
_SEVERAL = "migrated_codes"
"""Where allauth keeps what it asks its adapter to encrypt."""


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals the secret of an authenticator app, and the seed that recovery codes are made of."""

    def encrypt(self, text: str) -> str:
        """`text` as it is kept."""
        return FACTOR.close(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What was kept. Unreadable when no key opens it."""
        return FACTOR.open(encrypted_text)


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many rows were sealed anew."""

    people: int
    referrals: int
    factors: int


def reseal() -> Resealed:
    """Seal all personal numbers, what referrers told, and second factors with the newest of SAMVERK_DATA_KEYS.

    For the owner of the tables, outside the door: nobody is shown anything. In one transaction; what was never sealed
    becomes so. Unreadable, and nothing changed, when a key is lacking.
    """
    with transaction.atomic():
        # All are read before any is written: SQLite promises nothing about rows that change while they are read.
        numbers = list(Person.objects.exclude(personal_number="").values_list("pk", "personal_number"))
        people = sum(Person.objects.filter(pk=pk).update(personal_number=number) for pk, number in numbers)
        words = list(Referral.objects.values_list("pk", "told"))
        referrals = sum(Referral.objects.filter(pk=pk).update(told=told) for pk, told in words)
        factors = sum(_reseal_factor(row) for row in list(Authenticator.objects.select_for_update()))
    return Resealed(people, referrals, factors)


def _reseal_factor(row: Authenticator) -> int:
    data = dict(row.data)
    for name in _ONE:
        if isinstance(data.get(name), str):
            data[name] = FACTOR.close(FACTOR.open(data[name]))
    if isinstance(data.get(_SEVERAL), list):
        data[_SEVERAL] = [FACTOR.close(FACTOR.open(text)) for text in data[_SEVERAL]]
    return Authenticator.objects.filter(pk=row.pk).update(data=data) if data != row.data else 0
