"""What somebody is trusted with inside her own party."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.people import Account, Party


class PartyRole(Row):
    """A role in one party (domain.parties.PartyTrust), from when until when."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    SENSITIVITY: ClassVar = dict.fromkeys(("id", "party", "account", "role", "since", "ended_at"), "internal")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "account", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="one_live_party_role",
            )
        ]
