"""Every act that is done to a programme or the house, and what an act is. Those done to a case: access/declare.py."""

from typing import ClassVar

from samverk.domain.information import Purpose
from samverk.domain.parties import Capacity

_ANYONE = frozenset({Capacity.EMPLOYED, Capacity.SELF, Capacity.OPERATOR})


class Act:
    """Something that can be done. `who` may do it; `target` is what it is done to."""

    who: ClassVar[frozenset[Capacity]]
    target: ClassVar[str] = "case"
    """"case", "programme" or "house"."""
    while_case: ClassVar[frozenset[str]] = frozenset({"active"})
    """In which states of the case it can be done; said as a Rejection by the actions, not by the door."""
    purpose: ClassVar[Purpose] = Purpose.SUPPORT
    party_must: ClassVar[str] = ""
    """An attribute that the actor's kind of party has to have, as "yes", in the code list party_kind."""
    changes_sight: ClassVar[bool] = False
    """Whether it can take somebody's sight away: nobody reads about the person while it is done."""
    looks_beyond: ClassVar[bool] = False
    """Whether an act on a case looks for the same person in others, by the rule: a possible duplicate is recognised."""


class LogIn(Act):
    """Come in, or try to, or meet a limit: told to the log by the login itself. Nothing is shown by it."""

    target = "house"
    who = _ANYONE | {Capacity.EVALUATOR, Capacity.SYSTEM}


class SeeMyDay(Act):
    """One's own work list, or the participant's own start page."""

    target = "house"
    who = _ANYONE


class SeeProgrammes(Act):
    """The portfolio of programmes: open information, also for an evaluator who belongs to no party."""

    target = "house"
    who = _ANYONE | {Capacity.EVALUATOR}


class StartReferral(Act):
    """Begin a referral: any party's official, or the person herself."""

    changes_sight = True
    target = "house"
    who = frozenset({Capacity.EMPLOYED, Capacity.SELF})


class NameSubstitute(Act):
    """Say who stands in for whom while she is away, or that it is over."""

    changes_sight = True
    target = "house"
    who = frozenset({Capacity.EMPLOYED, Capacity.OPERATOR, Capacity.SYSTEM})


class AskForEmergency(Act):
    """Ask a second person of one's own party to open a case in which one has no part."""

    target = "house"
    who = frozenset({Capacity.EMPLOYED})


class AnswerEmergency(Act):
    """The second person's yes or no."""

    changes_sight = True
    target = "house"
    who = frozenset({Capacity.EMPLOYED})


class EndEmergency(Act):
    """End an emergency access before its time, or take a question back."""

    changes_sight = True
    target = "house"
    who = frozenset({Capacity.EMPLOYED})


class SetUp(Act):
    """Parties, units, accounts, code lists, roles: no case is seen."""

    changes_sight = True
    target = "house"
    who = frozenset({Capacity.OPERATOR, Capacity.SYSTEM})


class ProtectPerson(Act):
    """Raise the protection of the person behind a case, or agree to less: no case is seen."""

    target = "house"
    changes_sight = True
    who = frozenset({Capacity.OPERATOR, Capacity.SYSTEM})


class ImportProgrammes(Act):
    """Read a list of programmes from a file."""

    target = "house"
    who = frozenset({Capacity.OPERATOR, Capacity.SYSTEM})


class KeepLog(Act):
    """Check the log, take it out whole, countersign it: no page shows it."""

    target = "house"
    who = frozenset({Capacity.OPERATOR, Capacity.SYSTEM})


class EraseLogPayload(Act):
    """Erase what an event says, where a law demands it: its hash and numbers stay, and the log tells of it."""

    target = "house"
    who = frozenset({Capacity.OPERATOR, Capacity.SYSTEM})


class SeeOwnPartysLooks(Act):
    """Unusual looks by people of one's own party: for its log controller, who sees nothing of the cases."""

    target = "house"
    who = frozenset({Capacity.LOG_CONTROLLER})


class RunProgramme(Act):
    """Change what a programme is: phases, criteria, places, parties, roles."""

    changes_sight = True
    target = "programme"
    who = frozenset({Capacity.COORDINATOR, Capacity.OPERATOR, Capacity.SYSTEM})


class SeeIntake(Act):
    """The joint team's queue."""

    target = "programme"
    who = frozenset({Capacity.TEAM, Capacity.COORDINATOR})


class SeeSteering(Act):
    """What the steering group sees: obstacles and counts, no names."""

    target = "programme"
    who = frozenset({Capacity.STEERING, Capacity.COORDINATOR})


class SeeFollowUps(Act):
    """How many were asked how it went and how many answered, a point at a time: figures, no names."""

    target = "programme"
    who = frozenset({Capacity.STEERING, Capacity.COORDINATOR, Capacity.EVALUATOR})


class DecideObstacle(Act):
    """The steering group decides where rules collide, or passes it on to national level."""

    target = "programme"
    who = frozenset({Capacity.STEERING})


class RaiseObstacle(Act):
    """Tell the steering group of an obstacle that belongs to no single case."""

    target = "programme"
    who = frozenset({Capacity.TEAM, Capacity.COORDINATOR, Capacity.STEERING})


class SeeExtracts(Act):
    """What an extract for evaluation would rest on and how many it would hold, and those that were taken."""

    target = "programme"
    who = frozenset({Capacity.EVALUATOR, Capacity.COORDINATOR, Capacity.STEERING})


class TakeExtract(Act):
    """Take figures about the programme's people, without names, out of the house."""

    target = "programme"
    who = frozenset({Capacity.EVALUATOR})


class DecideEvaluation(Act):
    """Record, or end, the principal's decision that everyone is in the extracts except those who say no."""

    changes_sight = True
    target = "programme"
    who = frozenset({Capacity.COORDINATOR, Capacity.STEERING})


class KeepCalendar(Act):
    """Make or stop the private address from which one's own calendar programme fetches one's meetings."""

    target = "house"
    who = frozenset({Capacity.EMPLOYED, Capacity.SELF})


class SeeCalendar(Act):
    """What a calendar programme fetches from that address: when one has a meeting, and nothing else."""

    target = "house"
    who = frozenset({Capacity.EMPLOYED, Capacity.SELF})


class SeePrices(Act):
    """The price book: open information about no one, for everyone who works here, steers or evaluates."""

    target = "house"
    who = frozenset({Capacity.EMPLOYED, Capacity.STEERING, Capacity.EVALUATOR, Capacity.PRICE_KEEPER})


class KeepPrices(Act):
    """Change the draft of the price book, and propose it."""

    target = "house"
    who = frozenset({Capacity.PRICE_KEEPER})


class ApprovePrices(Act):
    """Approve a proposed price book, as somebody else than who proposed it; or send it back with a reason."""

    target = "house"
    who = frozenset({Capacity.PRICE_KEEPER})


class SeeStudies(Act):
    """The studies of a programme: what is asked, what is locked, what has been run. No figures."""

    target = "programme"
    who = frozenset({Capacity.EVALUATOR})


class DefineStudy(Act):
    """Write a study's plan, lock it, or drop it."""

    target = "programme"
    who = frozenset({Capacity.EVALUATOR})


class TakeInRegister(Act):
    """Take a register extract, of running numbers, into a study's draft; replace it or erase it."""

    target = "programme"
    who = frozenset({Capacity.EVALUATOR})


class RunStudy(Act):
    """Ask for a run of a locked plan."""

    target = "programme"
    who = frozenset({Capacity.EVALUATOR})


class CarryOutStudy(Act):
    """Take a run on, tell how far it has come, and keep its figures: the machine's own work, person by person unseen."""

    target = "house"
    who = frozenset({Capacity.SYSTEM})


class SeeResults(Act):
    """A locked study's figures, and what they were made of."""

    target = "programme"
    who = frozenset({Capacity.EVALUATOR})


class SeeGains(Act):
    """What has changed for the programme's people: newest figures, no names, small groups withheld."""

    target = "programme"
    who = frozenset({Capacity.STEERING, Capacity.COORDINATOR, Capacity.EVALUATOR})


class SeeOwnProgrammes(Act):
    """The programmes that one evaluates: where an evaluator, who may work for no party, comes in."""

    target = "house"
    who = frozenset({Capacity.EVALUATOR})
