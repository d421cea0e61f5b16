"""Who takes part, and in which capacity someone acts."""

from enum import StrEnum


class Capacity(StrEnum):
    """What someone is to the case, programme or house at hand. One may be several things."""

    PARTICIPANT = "participant"
    COORDINATOR = "coordinator"
    OFFICIAL = "official"
    REFERRER = "referrer"
    WORKPLACE = "workplace"
    TEAM = "team"
    STEERING = "steering"
    EVALUATOR = "evaluator"
    EMPLOYED = "employed"
    """Anyone who acts for a party, before any case is at hand."""
    SELF = "self"
    """Anyone who is a participant, before any case is at hand."""
    EMERGENCY = "emergency"
    """Let in for a short time by a second person of one's own party, to read."""
    SUBSTITUTE = "substitute"
    """Acts only because a colleague is away; stands beside what that colleague is."""
    LOG_CONTROLLER = "log_controller"
    """Who checks the log for her own party (loggkontrollant)."""
    PRICE_KEEPER = "price_keeper"
    """Who keeps the house's price book (prisboksansvarig); at least two are needed."""
    OPERATOR = "operator"
    """Who sets up parties, people and programmes; sees no case."""
    SYSTEM = "system"
    """A named system act: import, set-up, planned follow-ups."""


class Role(StrEnum):
    """A recorded role in a programme."""

    COORDINATOR = "coordinator"
    TEAM = "team"
    STEERING = "steering"
    EVALUATOR = "evaluator"


class PartyTrust(StrEnum):
    """What somebody is trusted with inside her own party."""

    LOG_CONTROLLER = "log_controller"
    PRICE_KEEPER = "price_keeper"
    """For the whole house, though she works for one party."""


ROLES_THAT_COVER_CASES = frozenset({Role.COORDINATOR, Role.TEAM})


class Part(StrEnum):
    """What someone who is assigned to a case does in it."""

    CONTACT = "contact"
    OFFICIAL = "official"
    REFERRER = "referrer"
    WORKPLACE = "workplace"
