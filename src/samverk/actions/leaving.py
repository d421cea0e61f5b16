"""When an official leaves, her cases are handed over, not lost (domain.md §3.9)."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from samverk.access import log
from samverk.access.declare_house import SetUp
from samverk.access.permit import Permit
from samverk.domain.parties import Part, Role
from samverk.domain.words import Rejection, gettext_noop
from samverk.store.models import Account, Assignment, Case, Programme, ProgrammeRole

UNDER_WAY = ("referred", "offered", "active")


def deactivate(permit: Permit[SetUp], *, account: UUID) -> None:
    """Close an account. Rejection while its holder has a part in a case under way, or is anyone's contact person.

    Rejection also while she is the last open account with the role of coordinator in a programme with cases under way.
    No case is seen: only how many must be handed over first.
    """
    count = cases_held(permit, account=account)
    if count:
        raise Rejection(
            gettext_noop("Kontot kan inte stängas än. Antal ärenden som först måste lämnas över: %(count)d."),
            "account",
            count=count,
        )
    if alone := _coordinated_alone(account):
        raise Rejection(
            gettext_noop("Kontot kan inte stängas än. Ge först någon annan rollen samordnare i: %(programmes)s."),
            "account",
            programmes=", ".join(alone),
        )
    if not Account.objects.filter(id=account, is_active=True).update(is_active=False):
        raise Rejection(gettext_noop("Kontot är redan stängt."), "account")
    log.wrote(permit, "account.deactivated", account=account)


def _coordinated_alone(account: UUID) -> list[str]:
    """The names of the programmes with cases under way in which nobody else who can log in is coordinator."""
    role = ProgrammeRole.objects.filter(role=Role.COORDINATOR.value)
    another = role.filter(programme=OuterRef("pk"), account__is_active=True).exclude(account=account)
    under_way = Case.objects.filter(programme=OuterRef("pk"), status__in=UNDER_WAY)
    hers = Programme.objects.filter(id__in=role.filter(account=account).values("programme"))
    return list(hers.filter(Exists(under_way), ~Exists(another)).order_by("name").values_list("name", flat=True))


def cases_held(permit: Permit[SetUp], *, account: UUID) -> int:
    """How many cases under way an account has a part in, counting those that are closed and still have it as contact."""
    permit.check()
    held = Assignment.objects.filter(
        Q(case__status__in=UNDER_WAY) | Q(case__status="closed", part=Part.CONTACT), account=account, until__isnull=True
    )
    return held.values("case").distinct().count()
