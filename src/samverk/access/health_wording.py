"""The wording of the five health questions, as a page asks them and as the licensee changes it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samverk.access.codes import reader_language
from samverk.access.declare_house import RunProgramme
from samverk.access.permit import A, Permit
from samverk.domain.health_wording import LANGUAGES, Question
from samverk.store.models import HealthWording, Programme


@dataclass(frozen=True, slots=True)
class WordingView:
    """One version of it. `questions` in the order of domain.follow_up.DIMENSIONS, levels from the best."""

    id: UUID
    instrument: str
    language: str
    licence: str
    lead: str
    questions: tuple[Question, ...]
    version: int
    written_at: datetime
    written_by: str


@dataclass(frozen=True, slots=True)
class WordingsToChange:
    """What stands in a programme, by language; None where nothing does."""

    programme_name: str
    wordings: tuple[tuple[str, WordingView | None], ...]


def asked(permit: Permit[A]) -> WordingView | None:
    """The wording in which the permit's programme asks: the reader's language, or the one there is. One query."""
    rows = HealthWording.objects.filter(programme=permit.programme, replaced_at__isnull=True)
    found = {row.language: row for row in rows.select_related("written_by").order_by("language")}
    row = found.get(reader_language()) or next(iter(found.values()), None)
    return view_of(row) if row else None


def to_change(permit: Permit[RunProgramme]) -> WordingsToChange:
    """What whoever runs the programme has written in. Two queries."""
    rows = HealthWording.objects.filter(programme=permit.programme, replaced_at__isnull=True)
    found = {row.language: view_of(row) for row in rows.select_related("written_by")}
    return WordingsToChange(
        programme_name=Programme.objects.values_list("name", flat=True).get(id=permit.programme),
        wordings=tuple((language, found.get(language)) for language in LANGUAGES),
    )


def view_of(row: HealthWording) -> WordingView:
    """One version as a view. Asks for its writer unless the row was read with her."""
    return WordingView(
        id=row.id,
        instrument=row.instrument,
        language=row.language,
        licence=row.licence,
        lead=row.lead,
        questions=tuple(Question(one["heading"], tuple(one["levels"])) for one in row.questions),
        version=row.version,
        written_at=row.written_at,
        written_by=row.written_by.name if row.written_by else "",
    )
