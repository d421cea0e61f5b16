"""What an act has to read whole, in the case or programme at hand, because its rule holds for all of it.

A plan is proposed with every line, also those that the writer may not read; an absence told twice stands once. What is
shown still passes the rule of the door. PostgreSQL is told these kinds with who asks (store/security.sql).
"""

from samverk.access import declare as acts
from samverk.access import declare_house

_REFERRAL = frozenset({"referral", "answer"})
_PLAN = frozenset({"plan", "plan_line", "plan_signature", "plan_review", "goal", "commitment"})
_MEETING = frozenset({"meeting", "meeting_words", "minutes_point", "commitment"})
_FOLLOW_UP = frozenset({"follow_up", "follow_up_answer"})

WHOLE: dict[type[declare_house.Act], frozenset[str]] = {
    acts.WriteReferral: _REFERRAL,
    acts.DecideIntake: _REFERRAL,
    acts.AnswerOffer: _REFERRAL,
    acts.WriteMapping: frozenset({"contribution", "need_mark"}),
    acts.SetGoal: frozenset({"goal"}),
    acts.WritePlan: _PLAN,
    acts.SignPlan: _PLAN,
    acts.Promise: frozenset({"commitment", "plan", "plan_line"}),
    acts.CallMeeting: _MEETING,
    acts.AnswerCall: _MEETING,
    acts.PrepareMeeting: _MEETING,
    acts.WriteMinutes: _MEETING,
    acts.WriteMeasure: frozenset({"measure", "plan", "obstacle"}),
    acts.ReportAbsence: frozenset({"absence"}),
    acts.AnswerAbsence: frozenset({"absence"}),
    acts.WriteLivelihood: frozenset({"livelihood", "livelihood_estimate"}),
    acts.NameNext: frozenset({"hand_over", "commitment", "measure"}) | _FOLLOW_UP,
    acts.TakeOver: frozenset({"hand_over", "commitment"}),
    acts.CloseCase: frozenset({"closing", "next_place", "commitment", "measure", "plan"}) | _FOLLOW_UP,
    acts.WriteFollowUp: _FOLLOW_UP,
    acts.ReportObstacle: frozenset({"obstacle", "measure"}),
    declare_house.SeeFollowUps: frozenset({"follow_up"}),
    declare_house.DecideObstacle: frozenset({"obstacle"}),
    declare_house.RunProgramme: frozenset({"next_place"}),
    acts.ChooseEvaluation: frozenset({"evaluation_choice"}),
    declare_house.SeeExtracts: frozenset({"evaluation_choice"}),
    declare_house.TakeExtract: _FOLLOW_UP
    | {"evaluation_choice", "livelihood", "measure", "meeting", "plan", "closing"},
}
