"""Programmes: read in from a list, and changed by whoever runs them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from samverk.access import log
from samverk.access.declare_house import ImportProgrammes, RunProgramme
from samverk.access.permit import Permit
from samverk.domain.programmes import Change, Phase, check_numbers, criteria_of, months_of, phases_of
from samverk.domain.words import Conflict, Rejection, fitting, gettext_noop, required
from samverk.store.models import CasePhase, Criterion, Programme, ProgrammePhase


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One legible row of a list. `key` tells it from every other, in whatever list it stands."""

    name: str
    place: str
    county: str
    key: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    added: int
    there_already: int


def import_programmes(permit: Permit[ImportProgrammes], *, rows: Sequence[ImportRow], source: str) -> ImportReport:
    """Add the programmes that are not there yet. What is there, and may have been changed since, stays as it is.

    Nothing tells whether an imported programme takes people in: its kind is left open, so that no referral is
    sent to a programme that nobody runs here.
    """
    source = required(source, "source", gettext_noop("Skriv var listan kommer ifrån."))[:100]
    there = set(Programme.objects.exclude(source_key="").values_list("source_key", flat=True))
    new = {row.key: row for row in rows if row.key not in there}
    Programme.objects.bulk_create(
        Programme(
            id=permit.new_id(),
            name=row.name[:200],
            place=row.place[:200],
            county=row.county[:100],
            kind="",
            follow_up_months=[6, 12, 18, 24],
            source=source,
            source_key=key,
        )
        for key, row in new.items()
    )
    report = ImportReport(added=len(new), there_already=len({row.key for row in rows}) - len(new))
    if report.added:
        log.wrote(permit, "programmes.imported", added=report.added, there_already=report.there_already)
    return report


def change(permit: Permit[RunProgramme], *, change: Change, version: int) -> None:
    """Change what the programme is. Conflict when someone else changed it meanwhile.

    A phase that a case has been in keeps its row, so that the case's way stays readable: it can be renamed, and
    tied to another step, but not taken away.
    """
    programme = Programme.objects.get(id=permit.programme)
    if programme.version != version:
        raise Conflict(_texts(programme), version=programme.version)
    check_numbers(change)
    phases, criteria = phases_of(change.phases), criteria_of(change.criteria)
    changed = Programme.objects.filter(id=programme.id, version=version).update(
        name=required(change.name, "name", gettext_noop("Skriv programmets namn."))[:200],
        mandate=fitting(change.mandate, "mandate"),
        target_group=fitting(change.target_group, "target_group"),
        goals=fitting(change.goals, "goals"),
        places=change.places,
        meeting_rhythm=fitting(change.meeting_rhythm, "meeting_rhythm")[:200],
        plan_review_days=change.plan_review_days,
        follow_up_months=months_of(change.follow_up_months),
        version=F("version") + 1,
    )
    if not changed:
        programme.refresh_from_db()
        raise Conflict(_texts(programme), version=programme.version)
    Criterion.objects.filter(programme=programme).delete()
    Criterion.objects.bulk_create(
        Criterion(id=permit.new_id(), programme=programme, text=text, position=n) for n, text in enumerate(criteria)
    )
    _write_phases(permit, phases)
    log.wrote(permit, "programme.changed", programme_id=programme.id, version=version + 1)


def _texts(programme: Programme) -> dict[str, str]:
    criteria = Criterion.objects.filter(programme=programme).order_by("position").values_list("text", flat=True)
    return {
        "name": programme.name,
        "mandate": programme.mandate,
        "target_group": programme.target_group,
        "goals": programme.goals,
        "criteria": "\n".join(criteria),
        "meeting_rhythm": programme.meeting_rhythm,
        "places": "" if programme.places is None else str(programme.places),
        "plan_review_days": str(programme.plan_review_days),
        "follow_up_months": ", ".join(str(month) for month in programme.follow_up_months),
    }


def _write_phases(permit: Permit[RunProgramme], phases: Sequence[Phase]) -> None:
    rows = {row.id: row for row in ProgrammePhase.objects.filter(programme=permit.programme)}
    kept = {phase.id for phase in phases}
    gone = [row for id, row in rows.items() if id not in kept]
    used = CasePhase.objects.filter(phase__in=gone).select_related("phase").first()
    if used is not None:
        raise Rejection(
            gettext_noop("Fasen ”%(name)s” går inte att ta bort: någon har varit i den. Byt namn på den i stället."),
            name=used.phase.sv,
        )
    ProgrammePhase.objects.filter(id__in=[row.id for row in gone]).delete()
    for position, phase in enumerate(phases):
        if phase.id in rows:
            ProgrammePhase.objects.filter(id=phase.id).update(
                step=phase.step, sv=phase.sv[:100], en=phase.en[:100], position=position
            )
        else:
            ProgrammePhase.objects.create(
                id=permit.new_id(),
                programme_id=permit.programme,
                step=phase.step,
                sv=phase.sv[:100],
                en=phase.en[:100],
                position=position,
            )
