"""Plans for the tests, built by the real acts: a draft with a step for Egon and one for Bo, proposed, signed."""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.declare import SetGoal, SignPlan, WritePlan
from samverk.actions import plans, signing
from samverk.domain.plan import LineKind
from samverk.store.models import Plan
from tests.build import done
from tests.kept import kept
from tests.people import Cast

GOAL = "Jag vill svarva igen, och ha råd att fiska med Erik."


def in_days(days: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=days)


def goal(people: Cast, case: UUID, text: str = GOAL, version: int = 0) -> UUID:
    """Egon writes his goal."""
    return done(people.egon, SetGoal, lambda p: plans.set_goal(p, text=text, version=version), case=case)


def line(people: Cast, case: UUID, new: plans.NewLine, who: Actor | None = None) -> UUID:
    """Anna, unless another is told, adds a line to the draft."""
    return done(who or people.anna, WritePlan, lambda p: plans.add_line(p, line=new), case=case)


def egons_step(text: str = "Skriva tre rader om vad jag kan", category: str = "process") -> plans.NewLine:
    """A step that Egon takes himself, within two weeks."""
    return plans.NewLine(LineKind.STEP, text, category=category, by_participant=True, due=in_days(14))


def bos_step(people: Cast, text: str = "Plats på kurs i numerisk svarvning", category: str = "work") -> plans.NewLine:
    """A step that Bo takes, decided and paid by his party, within a month."""
    return plans.NewLine(
        LineKind.STEP,
        text,
        category=category,
        account=people.bo.account,
        due=in_days(30),
        decides=people.af,
        pays=people.af,
    )


@kept
def draft(people: Cast, case: UUID) -> tuple[UUID, UUID]:
    """A goal, and a draft with Egon's step and Bo's. Returns the keys of the two."""
    goal(people, case)
    done(people.anna, WritePlan, plans.begin, case=case)
    return line(people, case, egons_step()), line(people, case, bos_step(people))


@kept
def proposed(people: Cast, case: UUID) -> tuple[UUID, UUID]:
    """The same draft, put before everyone."""
    keys = draft(people, case)
    done(people.anna, WritePlan, plans.propose, case=case)
    return keys


def yes(who: Actor, case: UUID) -> bool:
    """Someone says yes to the proposal as it stands, for herself or her party."""
    version = Plan.objects.get(item__case=case, status="proposed").version
    return done(who, SignPlan, lambda p: signing.sign(p, version=version), case=case)


@kept
def agreed(people: Cast, case: UUID) -> tuple[UUID, UUID]:
    """The same plan, to which Egon and Bo have said yes."""
    keys = proposed(people, case)
    yes(people.egon, case)
    yes(people.bo, case)
    return keys
