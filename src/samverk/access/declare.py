"""Every act that is done to a case: who may do it, while the case stands how, and for what purpose."""

from samverk.access.declare_house import Act
from samverk.domain.information import Purpose
from samverk.domain.parties import Capacity

_P, _C, _O = Capacity.PARTICIPANT, Capacity.COORDINATOR, Capacity.OFFICIAL
_T, _R, _W = Capacity.TEAM, Capacity.REFERRER, Capacity.WORKPLACE
_LIVE = frozenset({"active"})
_UNDER_WAY = frozenset({"offered", "active"})
_BEFORE_END = frozenset({"referred", "offered", "active"})
_AFTER_CARE = frozenset({"closed"})
"""Support goes on after the closing: the contact person stays, and can be replaced."""
_ANY_STATUS = frozenset({"referred", "offered", "active", "closed", "ended"})


class ReadCase(Act):
    """Open a case; what is seen in it is decided item by item."""

    who = frozenset({_P, _C, _O, _T, _R, _W, Capacity.EMERGENCY})
    while_case = _ANY_STATUS


class ReadForControl(Act):
    """Read what she has said yes to for control or a decision on a benefit. Never her contact person (domain.md §3.2)."""

    who = frozenset({_O})
    while_case = _ANY_STATUS
    purpose = Purpose.CONTROL
    party_must = "decides_benefits"


class WriteReferral(Act):
    """Save, send, complete, withdraw or reopen a referral."""

    changes_sight = True
    looks_beyond = True
    who = frozenset({_R, _P})
    while_case = frozenset({"referred", "ended"})


class DecideIntake(Act):
    """Accept, decline or ask for more."""

    changes_sight = True
    looks_beyond = True
    who = frozenset({_T, _C})
    while_case = frozenset({"referred"})


class AnswerOffer(Act):
    """The person's own yes or no to the programme."""

    changes_sight = True
    who = frozenset({_P, _C})
    while_case = frozenset({"offered"})


class RecordConsent(Act):
    """Consents and refusals, on paper, on screen or spoken."""

    changes_sight = True
    who = frozenset({_P, _C, _O, _R})
    while_case = _BEFORE_END | _AFTER_CARE


class WithdrawConsent(Act):
    """End a consent or a refusal. She may tell anyone she meets."""

    changes_sight = True
    who = frozenset({_P, _C, _O, _R})
    while_case = _ANY_STATUS


class OpenScan(Act):
    """Open the signed paper behind a consent: decided anew each time."""

    who = frozenset({_P, _C, _O, _R})
    while_case = _ANY_STATUS


class RecordGround(Act):
    """Another legal ground than consent, for exactly one item of one's own party and one receiver; or its end."""

    changes_sight = True
    who = frozenset({_C, _O, _R})
    while_case = _ANY_STATUS


class ChooseEvaluation(Act):
    """Say yes or no to being in extracts for evaluation, without a name. At any time, and to the one she meets."""

    changes_sight = True
    who = frozenset({_P, _C})
    while_case = _ANY_STATUS


class SeeWhoLooked(Act):
    """Who has read or written about her, and who was refused: for the person herself."""

    who = frozenset({_P})
    while_case = _ANY_STATUS


class TakeOut(Act):
    """Take home a copy of everything about oneself that one may see."""

    who = frozenset({_P})
    while_case = _ANY_STATUS


class ReadEmergencyNotice(Act):
    """Say that one has read that one's case was opened in an emergency."""

    who = frozenset({_P})
    while_case = _ANY_STATUS


class AssignOfficial(Act):
    """Bring an official into the case, or let her go."""

    changes_sight = True
    who = frozenset({_C})
    while_case = _UNDER_WAY


class AdmitParty(Act):
    """Say which parties may meet a person whose identity is protected: she herself, or a party that already does."""

    changes_sight = True
    who = frozenset({_P, _C, _R})
    while_case = _BEFORE_END | _AFTER_CARE


class SetProtection(Act):
    """Say how her identity is protected: more at once, less when a second person agrees."""

    changes_sight = True
    who = frozenset({_C, _R})
    while_case = _ANY_STATUS


class AnswerProtection(Act):
    """Say yes or no, as a second person of another party, to less protection."""

    changes_sight = True
    who = frozenset({_C, _O, _R})
    while_case = _ANY_STATUS


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

    changes_sight = True
    who = frozenset({_C})
    while_case = _UNDER_WAY | _AFTER_CARE


class TakeOver(Act):
    """The next contact accepts or declines, and says that she has met the person."""

    changes_sight = True
    who = frozenset({_C, _O})
    while_case = _UNDER_WAY | _AFTER_CARE


class CloseCase(Act):
    """Close with reason and destination, or take up again."""

    changes_sight = True
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
