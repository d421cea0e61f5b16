"""Every model, gathered so that Django finds them."""

from samverk.store.models.calendar import CalendarFeed
from samverk.store.models.cases import Assignment, Case, CasePhase
from samverk.store.models.closing import Closing, NextPlace
from samverk.store.models.codes import Code
from samverk.store.models.commitments import Commitment, CommitmentMove
from samverk.store.models.consents import Consent, ConsentDocument, LegalGround
from samverk.store.models.control import ControlReading
from samverk.store.models.decisions import FormalDecision
from samverk.store.models.evaluation import EvaluationChoice, EvaluationDecision, Extract
from samverk.store.models.events import Event, EventAbout
from samverk.store.models.follow_ups import FollowUp, FollowUpAnswer, HealthWording
from samverk.store.models.hand_overs import HandOver, HandOverWords
from samverk.store.models.items import Attachment, Item, Note
from samverk.store.models.livelihood import LivelihoodEstimate, LivelihoodSpell
from samverk.store.models.log import Checkpoint, Countersignature, LogEntry, LogLeaf, LogTile
from samverk.store.models.mapping import Contribution, NeedMark
from samverk.store.models.measures import Absence, Measure, MeasureMove, WageSubsidyStep
from samverk.store.models.meetings import (
    AgendaQuestion,
    Invitation,
    Meeting,
    MeetingMove,
    MeetingWords,
    MinutesAmendment,
    MinutesPoint,
)
from samverk.store.models.need import EmergencyAccess, Substitution
from samverk.store.models.obstacles import Obstacle, SteeringMatter
from samverk.store.models.party_roles import PartyRole
from samverk.store.models.people import Account, Clearance, Party, Person, Unit
from samverk.store.models.plans import Goal, Plan, PlanLine, PlanReview, PlanSignature
from samverk.store.models.prices import PriceBookVersion, PriceLevel, PriceRow
from samverk.store.models.programmes import (
    Criterion,
    Programme,
    ProgrammeParty,
    ProgrammePhase,
    ProgrammeRole,
)
from samverk.store.models.protection import ProtectionChange
from samverk.store.models.referrals import Answer, Referral
from samverk.store.models.studies import Study, StudyRun

__all__ = [
    "Absence",
    "Account",
    "AgendaQuestion",
    "Answer",
    "Assignment",
    "Attachment",
    "CalendarFeed",
    "Case",
    "CasePhase",
    "Checkpoint",
    "Clearance",
    "Closing",
    "Code",
    "Commitment",
    "CommitmentMove",
    "Consent",
    "ConsentDocument",
    "Contribution",
    "ControlReading",
    "Countersignature",
    "Criterion",
    "EmergencyAccess",
    "EvaluationChoice",
    "EvaluationDecision",
    "Event",
    "EventAbout",
    "Extract",
    "FollowUp",
    "FollowUpAnswer",
    "FormalDecision",
    "Goal",
    "HandOver",
    "HandOverWords",
    "HealthWording",
    "Invitation",
    "Item",
    "LegalGround",
    "LivelihoodEstimate",
    "LivelihoodSpell",
    "LogEntry",
    "LogLeaf",
    "LogTile",
    "Measure",
    "MeasureMove",
    "Meeting",
    "MeetingMove",
    "MeetingWords",
    "MinutesAmendment",
    "MinutesPoint",
    "NeedMark",
    "NextPlace",
    "Note",
    "Obstacle",
    "Party",
    "PartyRole",
    "Person",
    "Plan",
    "PlanLine",
    "PlanReview",
    "PlanSignature",
    "PriceBookVersion",
    "PriceLevel",
    "PriceRow",
    "Programme",
    "ProgrammeParty",
    "ProgrammePhase",
    "ProgrammeRole",
    "ProtectionChange",
    "Referral",
    "SteeringMatter",
    "Study",
    "StudyRun",
    "Substitution",
    "Unit",
    "WageSubsidyStep",
]
