"""What a programme's planning begins with: what is recorded of it, in numbers and without anyone's name."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from samverk.access.declare_house import SeeSteering
from samverk.access.permit import Permit
from samverk.access.programmes import FEWEST_TOLD
from samverk.domain.parties import Role
from samverk.store.models import Case, Programme, ProgrammeRole

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class PlanningView:
    """A programme as it is recorded. None: it is not, or they are too few to be told as a number."""

    programme: UUID
    programme_name: str
    meeting_rhythm: str
    places: int | None
    coordinators: int | None
    referrals: int | None
    """Referrals of the last 365 days."""


def planning_of(permit: Permit[SeeSteering]) -> PlanningView:
    """What is recorded of the programme. Three queries, however many people there are."""
    programme = Programme.objects.get(id=permit.programme)
    referrals = Case.objects.filter(programme=programme, opened_at__gt=permit.at - YEAR).count()
    coordinators = ProgrammeRole.objects.filter(programme=programme, role=Role.COORDINATOR.value).count()
    return PlanningView(
        programme=programme.id,
        programme_name=programme.name,
        meeting_rhythm=programme.meeting_rhythm,
        places=programme.places,
        coordinators=coordinators or None,
        referrals=referrals if referrals >= FEWEST_TOLD else None,
    )
