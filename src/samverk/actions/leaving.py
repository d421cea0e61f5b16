"""When an official leaves, her cases are handed over, not lost (domain.md §3.9)."""

from uuid import UUID

from django.db.models import Q

from samverk.access import log
from samverk.access.declare_house import SetUp
from samverk.access.permit import Permit
from samverk.domain.parties import Part
from samverk.domain.words import Rejection, gettext_noop
from samverk.store.models import Account, Assignment

UNDER_WAY = ("referred", "offered", "active")


def deactivate(permit: Permit[SetUp], *, account: UUID) -> None:
    """Close an account. Rejection while its holder has a part in a case under way, or is anyone's contact person.

    No case is seen: only how many must be handed over first.
    """
    count = cases_held(permit, account=account)
    if count:
        raise Rejection(
            gettext_noop("Kontot kan inte stängas än. Antal ärenden som först måste lämnas över: %(count)d."),
            "account",
            count=count,
        )
    if not Account.objects.filter(id=account, is_active=True).update(is_active=False):
        raise Rejection(gettext_noop("Kontot är redan stängt."), "account")
    log.wrote(permit, "account.deactivated", account=account)


def cases_held(permit: Permit[SetUp], *, account: UUID) -> int:
    """How many cases under way an account has a part in, counting those that are closed and still have it as contact."""
    permit.check()
    held = Assignment.objects.filter(
        Q(case__status__in=UNDER_WAY) | Q(case__status="closed", part=Part.CONTACT), account=account, until__isnull=True
    )
    return held.values("case").distinct().count()
