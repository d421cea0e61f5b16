"""Everything about the participant that she may see in one case, from the very views that her pages show."""

from dataclasses import dataclass
from datetime import timedelta

from samverk.access import (
    case_people,
    cases,
    closing,
    commitments,
    consents,
    decisions,
    follow_ups,
    grounds,
    hand_overs,
    livelihood,
    mapping,
    measures,
    meetings,
    minutes,
    notes,
    obstacles,
    plans,
    referral_views,
    referrals,
    timeline,
)
from samverk.access.declare import ReadCase, TakeOut
from samverk.access.declare_house import SeeMyDay
from samverk.access.mapping import ContributionView
from samverk.access.measures import AbsenceView
from samverk.access.permit import Permit
from samverk.store.models import Event

COPIES_IN_AN_HOUR = 5
"""A copy of everything is hundreds of looks at once: nobody needs more of them (OWASP ASVS 5.0.0, 15.2.2)."""


@dataclass(frozen=True, slots=True)
class MeetingWithMinutes:
    """A meeting with what was written down at it."""

    meeting: meetings.MeetingView
    minutes: minutes.MinutesView


@dataclass(frozen=True, slots=True)
class Everything:
    """One case, whole. Each part is what a page of hers is made of."""

    case: cases.CaseView
    people: tuple[case_people.AssignedView, ...]
    consents: consents.ConsentsView
    grounds: tuple[grounds.GroundView, ...]
    referral: referral_views.ReferralView | None
    goals: tuple[plans.GoalView, ...]
    mapping: mapping.MappingView
    mapping_history: tuple[ContributionView, ...]
    plans: tuple[plans.PlanPage, ...]
    meetings: tuple[MeetingWithMinutes, ...]
    commitments: tuple[commitments.CommitmentView, ...]
    decisions: tuple[decisions.DecisionView, ...]
    measures: tuple[measures.MeasureDetail, ...]
    absences: tuple[AbsenceView, ...]
    livelihood: livelihood.LivelihoodView
    hand_overs: tuple[hand_overs.HandOverView, ...]
    follow_ups: tuple[follow_ups.FollowUpView, ...]
    closings: tuple[closing.ClosingView, ...]
    next_places: tuple[closing.NextPlaceView, ...]
    obstacles: obstacles.ObstaclesView
    notes: tuple[notes.NoteView, ...]
    timeline: tuple[timeline.TimelineRow, ...]


def copies_in_an_hour(permit: Permit[TakeOut]) -> int:
    """How many copies of the case she has asked for in the last hour, with this one: the log counts. One query."""
    since = permit.at - timedelta(hours=1)
    rows = Event.objects.filter(person=permit.case.person, case=permit.case.id, act=TakeOut.__name__, at__gt=since)
    return rows.count()


def everything(permit: Permit[ReadCase]) -> Everything:
    """All of the permit's case. TypeError for anyone but the participant: others have no such right.

    Queries grow with the number of meetings, measures and plan versions: it is done once, not at each look.
    """
    if not permit.as_herself:
        raise TypeError("only the participant takes out everything")
    today = permit.today
    decided = decisions.decisions_of(permit, today)
    picture = mapping.mapping_of(permit)
    return Everything(
        case=cases.open_case(permit),
        people=case_people.people_in(permit, former=True),
        consents=consents.consents_of(permit),
        grounds=grounds.grounds_of(permit).live,
        referral=referrals.referral_of(permit),
        goals=plans.goals_of(permit),
        mapping=picture,
        mapping_history=tuple(view for area in picture.areas for view in mapping.history_of(permit, area=area.code)),
        plans=_plans(permit),
        meetings=tuple(
            MeetingWithMinutes(view, minutes.minutes_of(permit, view, today))
            for view in meetings.meetings_of(permit, today)
        ),
        commitments=commitments.commitments_of(permit, today),
        decisions=(*(view for promise in decided.promises for view in promise.decisions), *decided.others),
        measures=_measures(permit),
        absences=measures.absences_of(permit).absences,
        livelihood=livelihood.livelihood_of(permit),
        hand_overs=hand_overs.hand_overs_of(permit),
        follow_ups=follow_ups.follow_ups_of(permit),
        closings=closing.closings_of(permit),
        next_places=closing.next_places_of(permit),
        obstacles=obstacles.obstacles_of(permit),
        notes=_notes(permit),
        timeline=_timeline(permit),
    )


def her_cases(permit: Permit[SeeMyDay]) -> list[cases.CaseRow] | None:
    """The participant's cases, those under way first; None for anyone else."""
    if permit.actor.person is None:
        return None
    return [*_paged(permit, closed=False), *_paged(permit, closed=True)]


def _paged(permit: Permit[SeeMyDay], *, closed: bool) -> list[cases.CaseRow]:
    found: list[cases.CaseRow] = []
    while rows := cases.my_cases(permit, closed=closed, start=len(found)):
        found += rows
    return found


def _plans(permit: Permit[ReadCase]) -> tuple[plans.PlanPage, ...]:
    """The plan as it stands, a draft too, then every other version that she may see, the newest first."""
    now = plans.plan_of(permit)
    if now is None:
        return ()
    shown = now.plan.number if now.plan else 0
    numbers = sorted({version.number for version in now.versions} - {shown}, reverse=True)
    pages = [plans.plan_of(permit, number=number) for number in numbers]
    return (now, *(page for page in pages if page is not None))


def _measures(permit: Permit[ReadCase]) -> tuple[measures.MeasureDetail, ...]:
    seen = measures.measures_of(permit)
    found = [measures.measure(permit, view.id) for view in (*seen.live, *seen.past)]
    return tuple(detail for detail in found if detail is not None)


def _notes(permit: Permit[ReadCase]) -> tuple[notes.NoteView, ...]:
    found: list[notes.NoteView] = []
    more = True
    while more:
        page = notes.notes_of(permit, start=len(found))
        found += page.rows
        more = page.more and bool(page.rows)
    return tuple(found)


def _timeline(permit: Permit[ReadCase]) -> tuple[timeline.TimelineRow, ...]:
    page = timeline.timeline(permit)
    found = list(page.rows)
    while page.older:
        page = timeline.timeline(permit, before=page.older)
        found += page.rows
    return tuple(found)
