"""Need to know: what somebody has to do with a case, apart from what she may read in it. See domain.consent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samverk.domain.parties import ROLES_THAT_COVER_CASES, Role


@dataclass(frozen=True, slots=True)
class Assigned:
    """An account works in a case for a party, from `since` up to, not including, `until`."""

    account: UUID
    party: UUID
    case: UUID
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Holds:
    """An account holds a role in a programme."""

    account: UUID
    programme: UUID
    role: Role


@dataclass(frozen=True, slots=True)
class StandsIn:
    """For a time, and until it is ended, `substitute` does for `party` what `absent` does."""

    absent: UUID
    substitute: UUID
    party: UUID
    since: datetime
    until: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A second person of `party` has opened the case to `account` in an emergency."""

    account: UUID
    party: UUID
    case: UUID
    approved_at: datetime
    until: datetime
    ended_at: datetime | None = None


Fact = Assigned | Holds | StandsIn | Opened


def needs(facts: Iterable[Fact], *, account: UUID, party: UUID, case: UUID, programme: UUID, at: datetime) -> bool:
    """Whether `account` of `party` needs to know of the case in its programme at `at`.

    Assigned to it, or in a role that covers it, or standing in for a colleague who is (whoever stands in for the
    substitute gets nothing by that), or let in in an emergency.
    """
    known = tuple(facts)
    mine = {account} | {
        fact.absent
        for fact in known
        if isinstance(fact, StandsIn)
        and (fact.substitute, fact.party) == (account, party)
        and _within(at, fact.since, fact.until, fact.ended_at)
    }
    for fact in known:
        match fact:
            case Assigned():
                if (
                    fact.account in mine
                    and (fact.party, fact.case) == (party, case)
                    and _within(at, fact.since, fact.until)
                ):
                    return True
            case Holds():
                if fact.account in mine and fact.programme == programme and fact.role in ROLES_THAT_COVER_CASES:
                    return True
            case Opened():
                if (fact.account, fact.party, fact.case) == (account, party, case) and _within(
                    at, fact.approved_at, fact.until, fact.ended_at
                ):
                    return True
    return False


def _within(at: datetime, since: datetime, *ends: datetime | None) -> bool:
    return since <= at and all(end is None or at < end for end in ends)
