"""Who acts: a frozen picture of an account, or a named system act. The shells never see the account's row."""

from dataclasses import dataclass
from uuid import UUID

from samverk.store.models import Account


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. An official has `party`, a participant has `person`, a system actor has neither."""

    account: UUID | None
    name: str
    party: UUID | None = None
    party_name: str = ""
    party_kind: str = ""
    unit: UUID | None = None
    person: UUID | None = None
    title: str = ""
    language: str = "sv"
    operator: bool = False
    system: bool = False


def system_actor(name: str) -> Actor:
    """The actor of planned work, import and set-up: may do only acts that name Capacity.SYSTEM."""
    return Actor(account=None, name=name, system=True)


def actor_of(account: UUID) -> Actor | None:
    """The actor behind an account in use, or None."""
    row = Account.objects.filter(id=account, is_active=True).first()
    return None if row is None else frozen(row)


def frozen(row: Account) -> Actor:
    """The actor that `row` is."""
    return Actor(
        account=row.id,
        name=row.name,
        party=row.party_id,
        party_name=row.party.name if row.party else "",
        party_kind=row.party.kind if row.party else "",
        unit=row.unit_id,
        person=row.person_id,
        title=row.title,
        language=row.language,
        operator=row.operator,
    )
