"""Every act there is: who may do it, on what, while the case stands how, and for what purpose."""

from typing import ClassVar

from samverk.domain.information import Purpose
from samverk.domain.parties import Capacity

_ANYONE = frozenset({Capacity.EMPLOYED, Capacity.SELF, Capacity.OPERATOR})
_P, _C, _O = Capacity.PARTICIPANT, Capacity.COORDINATOR, Capacity.OFFICIAL
_T, _R, _W = Capacity.TEAM, Capacity.REFERRER, Capacity.WORKPLACE
_LIVE = frozenset({"active"})
_UNDER_WAY = frozenset({"offered", "active"})
_BEFORE_END = frozenset({"referred", "offered", "active"})
_AFTER_CARE = frozenset({"closed"})
"""Support goes on after the closing: the contact person stays, and can be replaced."""
_ANY_STATUS = frozenset({"referred", "offered", "active", "closed", "ended"})


class Act:
    """Something that can be done. `who` may do it; `target` is what it is done to."""

    who: ClassVar[frozenset[Capacity]]
    target: ClassVar[str] = "case"
    """"case", "programme" or "house"."""
    while_case: ClassVar[frozenset[str]] = _LIVE
    """In which states of the case it can be done; said as a Rejection by the actions, not by the door."""
    purpose: ClassVar[Purpose] = Purpose.SUPPORT


class SeeMyDay(Act):
    """One's own work list, or the participant's own start page."""

    target = "house"
    who = _ANYONE


class SeeProgrammes(Act):
    """The portfolio of programmes: open information."""

    target = "house"
    who = _ANYONE


class StartReferral(Act):
    """Begin a referral: any party's official, or the person herself."""

    target = "house"
    who = frozenset({Capacity.EMPLOYED, Capacity.SELF})


class SetUp(Act):
    """Parties, units, accounts, code lists, roles: no case is seen."""

    target = "house"
    who = frozenset({Capacity.OPERATOR, Capacity.SYSTEM})


class ImportProgrammes(Act):
    """Read a list of programmes from a file."""

    target = "house"
    who = frozenset({Capacity.OPERATOR, Capacity.SYSTEM})


class RunProgramme(Act):
    """Change what a programme is: phases, criteria, places, parties, roles."""

    target = "programme"
    who = frozenset({Capacity.COORDINATOR, Capacity.OPERATOR, Capacity.SYSTEM})


class SeeIntake(Act):
    """The joint team's queue."""

    target = "programme"
    who = frozenset({_T, _C})


class SeeSteering(Act):
    """What the steering group sees: obstacles and counts, no names."""

    target = "programme"
    who = frozenset({Capacity.STEERING, _C})


class DecideObstacle(Act):
    """The steering group decides where rules collide, or passes it on to national level."""

    target = "programme"
    who = frozenset({Capacity.STEERING})


class RaiseObstacle(Act):
    """Tell the steering group of an obstacle that belongs to no single case."""

    target = "programme"
    who = frozenset({_T, _C, Capacity.STEERING})


class ReadCase(Act):
    """Open a case; what is seen in it is decided item by item."""

    who = frozenset({_P, _C, _O, _T, _R, _W})
    while_case = _ANY_STATUS


class WriteReferral(Act):
    """Save, send, complete, withdraw or reopen a referral."""

    who = frozenset({_R, _P})
    while_case = frozenset({"referred", "ended"})


class DecideIntake(Act):
    """Accept, decline or ask for more."""

    who = frozenset({_T, _C})
    while_case = frozenset({"referred"})


class AnswerOffer(Act):
    """The person's own yes or no to the programme."""

    who = frozenset({_P, _C})
    while_case = frozenset({"offered"})


class RecordConsent(Act):
    """Consents and refusals, on paper, on screen or spoken."""

    who = frozenset({_P, _C, _O, _R})
    while_case = _BEFORE_END | _AFTER_CARE


class WithdrawConsent(Act):
    """End a consent or a refusal. She may tell anyone she meets."""

    who = frozenset({_P, _C, _O, _R})
    while_case = _ANY_STATUS


class OpenScan(Act):
    """Open the signed paper behind a consent: decided anew each time."""

    who = frozenset({_P, _C, _O, _R})
    while_case = _ANY_STATUS


class RecordGround(Act):
    """Another legal ground than consent, for exactly one item of one's own party and one receiver; or its end."""

    who = frozenset({_C, _O, _R})
    while_case = _ANY_STATUS


class SeeWhoLooked(Act):
    """Who has read or written about her, and who was refused: for the person herself."""

    who = frozenset({_P})
    while_case = _ANY_STATUS


class AssignOfficial(Act):
    """Bring an official into the case, or let her go."""

    who = frozenset({_C})
    while_case = _UNDER_WAY


class AdmitParty(Act):
    """Say which parties may meet a person whose identity is protected: she herself, or a party that already does."""

    who = frozenset({_P, _C, _R})
    while_case = _BEFORE_END | _AFTER_CARE


class WriteNote(Act):
    """A dated note in the timeline, or "I want someone to call me"."""

    who = frozenset({_P, _C, _O})
    while_case = _BEFORE_END | _AFTER_CARE


class WriteMapping(Act):
    """The person's own words, or a party's signed contribution, in one area."""

    who = frozenset({_P, _C, _O})
    while_case = _UNDER_WAY


class SetGoal(Act):
    """The goal in her own words; every wording is kept."""

    who = frozenset({_P, _C})
    while_case = _UNDER_WAY


class WritePlan(Act):
    """Sub-goals, steps, rights and duties, money, limit in time; propose, take back, extend."""

    who = frozenset({_P, _C})


class SignPlan(Act):
    """Say yes to a proposed plan, for oneself or one's party."""

    who = frozenset({_P, _C, _O})


class CallMeeting(Act):
    """Call, move or cancel a multi-party meeting, and say what it shall decide."""

    who = frozenset({_C, _O})
    while_case = _UNDER_WAY


class AnswerCall(Act):
    """Comes, other time, does not come."""

    who = frozenset({_P, _C, _O, _W})
    while_case = _UNDER_WAY


class PrepareMeeting(Act):
    """What she wants to bring up, prepared with her beforehand."""

    who = frozenset({_P, _C})
    while_case = _UNDER_WAY


class WriteMinutes(Act):
    """Hold the meeting; minutes, decisions as commitments; publish and amend."""

    who = frozenset({_C, _O})
    while_case = _UNDER_WAY


class Promise(Act):
    """Make, keep, postpone, break or release a commitment."""

    who = frozenset({_P, _C, _O})


class RecordDecision(Act):
    """A party's formal decision, taken at home on the meeting's proposal."""

    who = frozenset({_C, _O})


class WriteMeasure(Act):
    """Propose, plan, start, extend, end a measure."""

    who = frozenset({_C, _O})


class ReportAbsence(Act):
    """The work place tells the contact person, in one step."""

    who = frozenset({_P, _C, _O, _W})


class AnswerAbsence(Act):
    """Somebody has reached out."""

    who = frozenset({_C, _O})


class WriteLivelihood(Act):
    """Spells of livelihood with shares, and what is expected before and during."""

    who = frozenset({_P, _C, _O})
    while_case = _UNDER_WAY


class NameNext(Act):
    """Name the next contact of a hand-over, call it off, or release when it is warm."""

    who = frozenset({_C})
    while_case = _UNDER_WAY | _AFTER_CARE


class TakeOver(Act):
    """The next contact accepts or declines, and says that she has met the person."""

    who = frozenset({_C, _O})
    while_case = _UNDER_WAY | _AFTER_CARE


class CloseCase(Act):
    """Close with reason and destination, or take up again."""

    who = frozenset({_C})
    while_case = frozenset({"active", "closed"})


class WriteFollowUp(Act):
    """How it went, 6, 12, 18 and 24 months after the end."""

    who = frozenset({_P, _C, _O})
    while_case = frozenset({"closed", "active"})


class ReportObstacle(Act):
    """Tell of an obstacle, local or central; solve it or pass it on."""

    who = frozenset({_C, _O, _T})
    while_case = _UNDER_WAY
