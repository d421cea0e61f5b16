"""Parties and their units, accounts, and the people whom it is all about."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from samverk.store.models.base import Row
from samverk.store.sealed import SealedNumber


class Party(Row):
    """An agency, employer or association that takes part. `kind` is a code of the list party_kind."""

    name = models.CharField(max_length=200, unique=True)
    short = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    hides_names = models.BooleanField(default=False)
    """Its staff is at risk: in the log the participant reads what they work as, not their names."""

    SENSITIVITY: ClassVar = dict.fromkeys(("id", "name", "short", "kind", "hides_names"), "open")


class Unit(Row):
    """A part of a party: an office, a health centre."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    closed = models.BooleanField(default=False)
    """Secrecy inside the party: what the unit writes is read by the unit, and by others where she has said yes."""

    SENSITIVITY: ClassVar = dict.fromkeys(("id", "party", "name", "closed"), "open")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["party", "name"], name="one_unit_name")]


class Person(Row):
    """The participant. A personal number is optional: some have none, some may not tell it."""

    name = models.CharField(max_length=200)
    personal_number = SealedNumber(max_length=100, blank=True)
    """Encrypted in the database; twelve digits here."""
    birth_year = models.PositiveSmallIntegerField(null=True)
    sex = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=60, blank=True)
    """The language she wants to speak, where an interpreter is needed."""
    protection = models.CharField(max_length=30, default="none")
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = {
        "id": "internal",
        "name": "personal",
        "personal_number": "secret",
        "birth_year": "personal",
        "sex": "personal",
        "phone": "personal",
        "address": "secret",
        "language": "personal",
        "protection": "secret",
        "version": "internal",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["personal_number"],
                condition=~models.Q(personal_number=""),
                name="one_personal_number",
            )
        ]


class Clearance(Row):
    """A party that may meet a person whose identity is protected."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    SENSITIVITY: ClassVar = dict.fromkeys(("id", "person", "party"), "secret")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "party"], name="one_clearance")]


class Accounts(BaseUserManager["Account"]):
    """Accounts come with their party, since every request needs both."""

    def get_queryset(self) -> models.QuerySet["Account"]:
        return super().get_queryset().select_related("party")


class Account(AbstractBaseUser):
    """Who logs in: an official of a party, or a participant."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="sv")
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.OneToOneField(Person, null=True, on_delete=models.PROTECT, related_name="+")
    operator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects = Accounts()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    SENSITIVITY: ClassVar = {
        "id": "internal",
        "password": "secret",
        "last_login": "internal",
        "email": "internal",
        "name": "internal",
        "title": "internal",
        "language": "internal",
        "party": "internal",
        "unit": "internal",
        "person": "personal",
        "operator": "internal",
        "is_active": "internal",
    }

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is checked against: with a new password or a new address, those that are open end."""
        told = f"{self.password}\n{self.email}"
        return salted_hmac("samverk: session", told, secret=secret, algorithm="sha256").hexdigest()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(party__isnull=True) | models.Q(person__isnull=True),
                name="account_is_party_or_person",
            )
        ]
