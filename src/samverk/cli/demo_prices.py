"""The demonstration's price book: proposed by one invented price keeper, approved by another."""

from dataclasses import dataclass

from samverk.access.actor import actor_of
from samverk.access.declare_house import ApprovePrices, KeepPrices, SetUp
from samverk.access.people import parties
from samverk.access.prices import with_status
from samverk.actions import log_keeping, prices, setup
from samverk.cli.errors import CommandError
from samverk.cli.ready import let_in
from samverk.domain.parties import PartyTrust


@dataclass(frozen=True, slots=True)
class Keeper:
    """An invented price keeper of the demonstration."""

    name: str
    email: str
    kind: str
    """Of the party that she works for."""


KEEPERS = (
    Keeper("Hedvig Sandström", "hedvig.sandstrom@example.org", "fk"),
    Keeper("Tore Malmgren", "tore.malmgren@example.org", "region"),
)
TITLE = "ekonom"
WORDS = "Den första prisboken, med påhittade granskare: öppna källorna innan ni räknar. Det som saknar källa är tomt."


def approved_by_two() -> None:
    """In the demonstration: one invented keeper proposes the book, another approves it. CommandError without parties."""
    accounts = []
    with let_in(SetUp) as permit:
        of_kind = {view.kind: view.id for view in reversed(parties(permit).values())}
        for keeper in KEEPERS:
            if keeper.kind not in of_kind:
                raise CommandError(f"{keeper.name} has no party to work for: there is none of the kind {keeper.kind}.")
            account = setup.add_account(
                permit, email=keeper.email, name=keeper.name, title=TITLE, party=of_kind[keeper.kind]
            )
            log_keeping.entrust(permit, account=account, trust=PartyTrust.PRICE_KEEPER)
            accounts.append(account)
    proposer, approver = (actor_of(account) for account in accounts)
    if proposer is None or approver is None:
        raise CommandError("the price keepers have no accounts.")
    with let_in(KeepPrices, actor=proposer) as keeping:
        draft = with_status(keeping, "draft")
        if draft is None:
            raise CommandError("there is no price book to propose.")
        prices.propose(keeping, words=WORDS, version=draft.version)
    with let_in(ApprovePrices, actor=approver) as approving:
        proposed = with_status(approving, "proposed")
        if proposed is not None:
            prices.approve(approving, version=proposed.version)
