"""What the chapter's tests share: a case closed with a follow-up near, answers to it, and a wording to ask in."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from samverk.access import follow_ups as seen
from samverk.access.actor import Actor
from samverk.access.declare import ReadCase, WriteFollowUp
from samverk.access.declare_house import RunProgramme
from samverk.access.follow_ups import FollowUpView
from samverk.actions import follow_ups, health_wording
from samverk.domain.follow_up import Status
from samverk.domain.health_wording import INSTRUMENTS, Wording, wording
from samverk.store.models import FollowUp, HealthWording
from tests.build import done
from tests.people import Cast


def soon() -> date:
    """A week from now: when somebody who did not answer is asked again."""
    return timezone.localdate() + timedelta(days=7)


def first(case: UUID) -> FollowUp:
    """The first of the case's points but the end's."""
    return FollowUp.objects.filter(item__case=case).exclude(point="end").order_by("due_on")[0]


def view(who: Actor, case: UUID) -> FollowUpView:
    """The same point, as `who` sees it."""
    found = done(who, ReadCase, lambda p: seen.follow_up(p, id=first(case).item_id), case=case)
    assert found is not None
    return found


def tell(who: Actor, case: UUID, status: Status, **more: object) -> None:
    """`who` writes answers to the first point, as it stands; `more` as in the action."""
    row = first(case)
    given: dict[str, object] = {"how": "" if who.person else "phone"}
    done(
        who,
        WriteFollowUp,
        lambda p: follow_ups.answer(
            p,
            follow_up=row.item_id,
            version=row.version,
            status=status,
            answered_on=p.today,
            **(given | more),  # type: ignore[arg-type]
        ),
        case=case,
    )


def miss(people: Cast, case: UUID, *, reason: str = "not_reached", at: datetime | None = None, **more: object) -> None:
    """Anna asked, and got no answer."""
    row = first(case)
    done(
        people.anna,
        WriteFollowUp,
        lambda p: follow_ups.miss(
            p,
            follow_up=row.item_id,
            version=row.version,
            reason=reason,
            **more,  # type: ignore[arg-type]
        ),
        case=case,
        at=at,
    )


def own_words(instrument: str = "5L", language: str = "sv", word: str = "Nivå") -> Wording:
    """A wording of the tests' own: no questionnaire's words stand anywhere in the house."""
    levels = "\n".join(f"{word} {n}" for n in range(1, INSTRUMENTS[instrument] + 1))
    return wording(
        instrument=instrument,
        language=language,
        licence="Prov 1",
        lead=f"Inledning {word}",
        headings=[f"{word} rubrik {n}" for n in range(1, 6)],
        levels=[levels] * 5,
    )


def write_in(people: Cast, words: Wording, *, version: int = 0) -> HealthWording:
    """Anna, who runs the programme, writes in a wording."""
    done(
        people.anna,
        RunProgramme,
        lambda p: health_wording.write(p, wording=words, version=version),
        programme=people.programme,
    )
    return HealthWording.objects.get(language=words.language, replaced_at__isnull=True)
