"""Changing who may log in: another name, address or party, and an account that is taken into use again."""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import F, Q

from samverk.access import log
from samverk.access.declare_house import SetUp
from samverk.access.permit import Permit
from samverk.actions import leaving
from samverk.domain.words import Rejection, fitting, gettext_noop, required
from samverk.store.models import Account, Party, PartyRole, Person, ProgrammeRole, Substitution

LONGEST = 200
_TOO_LONG = gettext_noop("Korta texten till högst 200 tecken.")


def change(
    permit: Permit[SetUp],
    *,
    account: UUID,
    email: str | None = None,
    name: str | None = None,
    title: str | None = None,
    party: UUID | None = None,
) -> None:
    """Change an account; None leaves a thing as it is. A participant's own name follows that of her login.

    With a new address every session that is open ends, since it is part of what a session is checked against
    (store.models.Account). Rejection when the address is taken, or when the account may not change party.
    """
    row = Account.objects.get(id=account)
    changes: dict[str, object] = {}
    if email is not None:
        changes["email"] = _free(email, account)
    if name is not None:
        changes["name"] = _line(required(name, "name", gettext_noop("Skriv ett namn.")), "name")
    if title is not None:
        changes["title"] = _line(fitting(title, "title"), "title")
    if party is not None:
        _demand_free_to_move(permit, row, party)
        changes |= {"party_id": party, "unit_id": None}
    changes = {field: value for field, value in changes.items() if getattr(row, field) != value}
    if not changes:
        raise Rejection(gettext_noop("Kontot ser redan ut så."), "account")
    Account.objects.filter(id=account).update(**changes)
    if "email" in changes:
        # Where one may log in with an address that is kept there.
        EmailAddress.objects.filter(user_id=account).update(email=changes["email"], verified=False)
    if "name" in changes and row.person_id is not None:
        Person.objects.filter(id=row.person_id).update(name=changes["name"], version=F("version") + 1)
    what = " ".join(sorted(field.removesuffix("_id") for field in changes))
    log.wrote(permit, "account.changed", account=account, fields=what, person=row.person_id)


def reopen(permit: Permit[SetUp], *, account: UUID) -> None:
    """Take a closed account into use again, with the password and the second factor that it had."""
    if not Account.objects.filter(id=account, is_active=False).update(is_active=True):
        raise Rejection(gettext_noop("Kontot är redan öppet."), "account")
    log.wrote(permit, "account.reopened", account=account)


def _free(email: str, account: UUID) -> str:
    address = required(email, "email", gettext_noop("Skriv en e-postadress.")).lower()
    others = Account.objects.filter(email=address).exclude(id=account).exists()
    if others or EmailAddress.objects.filter(email__iexact=address).exclude(user_id=account).exists():
        raise Rejection(gettext_noop("Det finns redan ett konto med den e-postadressen."), "email")
    return address


def _line(text: str, field: str) -> str:
    if len(text) > LONGEST:
        raise Rejection(_TOO_LONG, field)
    return " ".join(text.split())


def _demand_free_to_move(permit: Permit[SetUp], row: Account, party: UUID) -> None:
    """Rejection while anything that the account can see or answers for belongs to the party that it would leave."""
    if row.person_id is not None or row.operator:
        raise Rejection(gettext_noop("Bara den som arbetar hos en part kan byta part."), "party")
    if not Party.objects.filter(id=party).exists():
        raise Rejection(gettext_noop("Välj en part i listan."), "party")
    if row.party_id == party:
        return
    count = leaving.cases_held(permit, account=row.id)
    if count:
        raise Rejection(
            gettext_noop("Kontot kan inte byta part än. Antal ärenden som först måste lämnas över: %(count)d."),
            "party",
            count=count,
        )
    roles = ProgrammeRole.objects.filter(account=row).select_related("programme").order_by("programme__name", "role")
    names = [f"{role.programme.name} ({role.role})" for role in roles]
    trusted = PartyRole.objects.filter(account=row, ended_at__isnull=True).order_by("role")
    names += [role.role.replace("_", " ") for role in trusted]
    if names:
        raise Rejection(
            gettext_noop("Kontot kan inte byta part än. Avsluta först rollerna: %(roles)s."),
            "party",
            roles=", ".join(names),
        )
    ahead = Q(ended_at__isnull=True, until__gt=permit.at)
    if Substitution.objects.filter(ahead, Q(absent=row) | Q(substitute=row)).exists():
        raise Rejection(
            gettext_noop("Kontot kan inte byta part än. Avsluta först att någon ersätter, eller ersätts."), "party"
        )
