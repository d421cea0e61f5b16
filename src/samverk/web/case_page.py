"""What the case page shows, gathered from each area behind one permit, and what of it needs somebody now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from samverk.access import (
    case_people,
    cases,
    closing,
    codes,
    commitments,
    consents,
    emergency,
    follow_ups,
    hand_overs,
    livelihood,
    measures,
    meetings,
    plans,
    referrals,
    timeline,
)
from samverk.access.declare import ReadCase
from samverk.access.permit import Permit
from samverk.domain.information import Purpose
from samverk.domain.livelihood import GapKind
from samverk.web import timebars
from samverk.web.templatetags.look import ago

TIMELINE_ROWS = 8


@dataclass(frozen=True, slots=True)
class Alarm:
    """One line of "Behöver dig nu": what, where to mend it, how near or late it is."""

    text: str
    note: str
    url: str
    due: date | None
    kind: str
    party: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class PhaseMark:
    """A phase as it is drawn."""

    name: str
    note: str
    state: str


def compose(permit: Permit[ReadCase]) -> dict[str, Any]:
    """The page's context: the case's head and each area's frozen views.

    What a case cannot have yet, or has no longer, is not asked for: a page keeps to its number of queries.
    """
    case = cases.open_case(permit)
    page: dict[str, Any] = {"case": case, "emergency_notices": emergency.notices(permit)}
    if case.only_workplace:
        return page
    says = consents.consents_of(permit).says
    if case.as_herself or case.i_coordinate or _may_know_how_far(permit, says):
        page["phases"] = [_mark(phase, permit.today) for phase in case.phases]
    page["people_card"] = case_people.people_in(permit)
    page["consents_card"] = consents.summary(permit, says)
    page["no_consent"] = not case.as_herself and not any(
        say.in_force and not say.refused and say.receiver == permit.actor.party and say.purpose == Purpose.SUPPORT
        for say in says
    )
    page["timeline"] = timeline.timeline(permit, limit=TIMELINE_ROWS) if not case.as_herself else None
    if case.status in ("active", "closed"):
        page |= _under_way(permit, works=case.emergency_until is None)
    if case.status == "closed":
        page |= _ended(permit)
    if case.status in ("referred", "offered", "ended"):
        page["referral"] = referrals.referral_of(permit)
    page["alarms"] = _alarms(page, permit.today)
    return page


def _under_way(permit: Permit[ReadCase], *, works: bool) -> dict[str, Any]:
    """`works`: not for whoever only reads, in an emergency: what waits to be answered is not hers to answer."""
    today = permit.today
    promised = commitments.commitments_of(permit, today, history=False)
    still = [view for view in promised if view.open]
    live = measures.measures_of(permit)
    money = livelihood.livelihood_of(permit, estimate=permit.as_herself)
    return {
        "plan": plans.card_of(permit),
        "next_meeting": meetings.next_meeting(permit, today),
        "commitments_open": still,
        "commitments_mine": [view for view in promised if view.by_participant and (view.open or _new(view, today))],
        "commitments_theirs": [
            view for view in promised if not view.by_participant and (view.open or _new(view, today))
        ],
        "next_own": next((view for view in still if view.by_participant), None),
        "measures": live,
        "absences": measures.absences_of(permit) if works and not permit.as_herself else None,
        "money": timebars.livelihood_card(money, live.all, today),
        "hand_overs_live": [view for view in hand_overs.hand_overs_of(permit) if view.live],
    }


def _ended(permit: Permit[ReadCase]) -> dict[str, Any]:
    words = codes.names("closing_reason", "destination")
    ends = closing.closings_of(permit)
    points = follow_ups.follow_ups_of(permit)
    last = ends[0] if ends else None
    return {
        "closing": last,
        "closing_reason": codes.word(words, "closing_reason", last.reason) if last else "",
        "closing_destination": codes.word(words, "destination", last.destination) if last else "",
        "may_take_up_again": closing.may_take_up_again(permit),
        "follow_up_points": [view for view in points if view.status in ("planned", "missed")],
        "follow_up_now": follow_ups.now(points),
        "follow_up_next": follow_ups.coming(points),
        "follow_up_end": follow_ups.ask_about_end(permit, points),
    }


def _may_know_how_far(permit: Permit[ReadCase], says: tuple[consents.SayView, ...]) -> bool:
    """Whether she lets the reader's party know about planning: how far she has come is part of that."""
    mine = [
        say
        for say in says
        if say.in_force and say.receiver == permit.actor.party and say.giver is None and say.purpose == "support"
    ]
    return any(say.category == "process" and not say.refused for say in mine)


def _new(view: commitments.CommitmentView, today: date) -> bool:
    """Settled so lately that it is worth seeing."""
    return view.settled_on is not None and (today - view.settled_on).days <= 14


def _mark(phase: cases.PhaseView, today: date) -> PhaseMark:
    if phase.since is None or phase.state == "ahead":
        return PhaseMark(phase.name, "", phase.state)
    if phase.state == "now":
        return PhaseMark(phase.name, gettext("sedan %(since)s") % {"since": _span(phase.since, today)}, "now")
    return PhaseMark(phase.name, _span(phase.since, phase.until or today), "done")


def _span(start: date, stop: date) -> str:
    """How long, in the largest unit that says it: days, weeks, months."""
    days = max((stop - start).days, 1)
    if days < 14:
        return ngettext("%(n)d dag", "%(n)d dagar", days) % {"n": days}
    if days < 98:
        return gettext("%(n)d veckor") % {"n": round(days / 7)}
    return gettext("%(n)d månader") % {"n": round(days / 30.44)}


def _alarms(page: dict[str, Any], today: date) -> list[Alarm]:
    """What needs somebody now, the nearest day first. Only from what the reader already sees on the page."""
    if page["case"].status not in ("active", "closed"):
        return []
    found = [*_of_livelihood(page), *_of_promises(page, today), *_of_absence(page), *_of_plan(page, today)]
    found += [*_of_meeting(page), *_of_measures(page, today), *_of_consents(page)]
    if page["case"].status == "active" and not any(who.part == "contact" for who in page["people_card"]):
        url = reverse("hand_overs", args=[page["case"].id])
        found.append(Alarm(gettext("Ingen är kontaktperson nu."), "", url, today, "stop"))
    return sorted(found, key=lambda alarm: alarm.due or date.max)


def _of_livelihood(page: dict[str, Any]) -> list[Alarm]:
    url = reverse("livelihood", args=[page["case"].id])
    texts = {
        GapKind.GAP: gettext("Försörjning saknas"),
        GapKind.ENDS: gettext("Försörjningen slutar utan fortsättning"),
        GapKind.LESS: gettext("Försörjningen blir mindre"),
    }
    if not page["money"].view.told and page["case"].i_coordinate and page["case"].status == "active":
        return [Alarm(gettext("Försörjningen är inte inskriven än"), "", url, None, "")]
    return [Alarm(texts[gap.kind], "", url, gap.days.start, "late") for gap in page["money"].view.gaps[:2]]


def _of_measures(page: dict[str, Any], today: date) -> list[Alarm]:
    """What goes on without insurance, past its limit in law, or past its own day."""
    found = []
    for view in page["measures"].live:
        url = reverse("measure", args=[page["case"].id, view.id])
        if view.uninsured:
            found.append(Alarm(gettext("Ingen försäkrar deltagaren på platsen"), view.kind_name, url, today, "stop"))
        if view.limit is not None:
            note = view.kind_name
            found.append(Alarm(gettext("Tiden enligt lag går ut"), note, url, view.terms.limit_on, "late"))
        elif view.late_end:
            found.append(
                Alarm(gettext("Insatsen skulle ha slutat"), view.kind_name, url, view.terms.planned_end, "late")
            )
        elif view.late_start:
            found.append(
                Alarm(gettext("Insatsen skulle ha börjat"), view.kind_name, url, view.terms.planned_start, "late")
            )
    return found


def _of_consents(page: dict[str, Any]) -> list[Alarm]:
    """A consent that ends soon: to be asked for again in time, by whoever holds the threads."""
    if not page["case"].i_coordinate:
        return []
    url = reverse("consents", args=[page["case"].id])
    words = gettext("Samtycket till %(party)s tar slut")
    return [
        Alarm(words % {"party": view.name}, "", url, view.last_day, "late")
        for view in page["consents_card"]
        if view.ends_soon
    ]


def _of_promises(page: dict[str, Any], today: date) -> list[Alarm]:
    return [
        Alarm(
            text=view.what,
            note=gettext("lovat %(when)s") % {"when": ago(view.made_on, today)},
            url=reverse("commitment", args=[page["case"].id, view.id]),
            due=view.due,
            kind="late",
            party=view.party_short if not view.by_participant else page["case"].name,
            tone=view.tone,
        )
        for view in page["commitments_open"]
        if view.late
    ]


def _of_absence(page: dict[str, Any]) -> list[Alarm]:
    url = reverse("absences", args=[page["case"].id])
    return [
        Alarm(gettext("Kom inte. Någon behöver höra av sig."), view.words, url, view.answer_by, "late")
        for view in (page["absences"].waiting if page["absences"] else ())
    ]


def _of_plan(page: dict[str, Any], today: date) -> list[Alarm]:
    plan, url = page["plan"], reverse("plan", args=[page["case"].id])
    found = []
    if plan.i_shall_sign:
        found.append(Alarm(gettext("Planen väntar på er underskrift"), "", url, None, ""))
    if plan.review_on is not None and (plan.review_on - today).days <= 28:
        kind = "late" if plan.review_late else ""
        found.append(Alarm(gettext("Planen ska ses över"), "", url, plan.review_on, kind))
    if plan.limit_on is not None and (plan.limit_near or plan.limit_passed):
        found.append(Alarm(gettext("Planens tid tar slut"), "", url, plan.limit_on, "late"))
    return found


def _of_meeting(page: dict[str, Any]) -> list[Alarm]:
    meeting = page["next_meeting"]
    if meeting is None or meeting.mine is None or meeting.mine.status != "waiting":
        return []
    url = reverse("meeting_answer", args=[page["case"].id, meeting.id, meeting.mine.id])
    return [Alarm(gettext("Svara på kallelsen till mötet"), "", url, meeting.day, "")]
