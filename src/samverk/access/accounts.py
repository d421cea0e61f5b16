"""Accounts as whoever sets up the house sees them: no case, no password."""

from dataclasses import dataclass
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from samverk.access.declare_house import SetUp
from samverk.access.permit import Permit
from samverk.domain.referrals import same_name
from samverk.store.models import Account, Case


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account."""

    id: UUID
    email: str
    name: str
    title: str
    party_name: str
    operator: bool
    participant: bool
    active: bool


def accounts(permit: Permit[SetUp]) -> list[AccountRow]:
    """Every account, by name."""
    permit.check()
    return [
        AccountRow(
            id=row.id,
            email=row.email,
            name=row.name,
            title=row.title,
            party_name=row.party.name if row.party else "",
            operator=row.operator,
            participant=row.person_id is not None,
            active=row.is_active,
        )
        for row in Account.objects.order_by("name")
    ]


def by_email(permit: Permit[SetUp], *, email: str) -> UUID | None:
    """The account with this address, or None."""
    permit.check()
    return Account.objects.filter(email=email.strip().lower()).values_list("id", flat=True).first()


def participant_of(permit: Permit[SetUp], *, case: UUID, name: str) -> UUID | None:
    """The participant of a case, for whoever knows both its number and her name; None otherwise."""
    permit.check()
    row = Case.objects.select_related("person").filter(id=case).first()
    return row.person_id if row is not None and same_name(row.person.name, name) else None


def password_path(permit: Permit[SetUp], *, account: UUID) -> str | None:
    """The path at which a password can be chosen, once and within three days. None without such an account."""
    permit.check()
    row = Account.objects.filter(id=account, is_active=True).first()
    if row is None:
        return None
    token = default_token_generator.make_token(row)
    path: str = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(row), "key": token})
    return path
