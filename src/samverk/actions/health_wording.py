"""Writing in the wording of the five health questions, by whoever runs the programme and has the licence."""

from django.db.models import Max, QuerySet

from samverk.access import log
from samverk.access.declare_house import RunProgramme
from samverk.access.permit import Permit
from samverk.domain.health_wording import Wording
from samverk.domain.words import Conflict, Rejection, gettext_noop
from samverk.store.models import HealthWording


def write(permit: Permit[RunProgramme], *, wording: Wording, version: int) -> None:
    """Put `wording` in the place of what stands in its language. `version` 0: nothing stands.

    Conflict when someone else wrote meanwhile. Rejection on `instrument` when another language has another form: the
    levels of two forms are never mixed.
    """
    live = _live(permit)
    row = live.filter(language=wording.language).first()
    _check_version(row, version)
    if live.exclude(language=wording.language).exclude(instrument=wording.instrument).exists():
        raise Rejection(
            gettext_noop("På det andra språket står ett annat formulär. Välj samma, eller ta bort det först."),
            "instrument",
        )
    live.filter(language=wording.language).update(replaced_at=permit.at)
    before = HealthWording.objects.filter(programme=permit.programme, language=wording.language)
    number = (before.aggregate(last=Max("version"))["last"] or 0) + 1
    HealthWording(
        id=permit.new_id(),
        programme_id=permit.programme,
        instrument=wording.instrument,
        language=wording.language,
        licence=wording.licence,
        lead=wording.lead,
        questions=[{"heading": one.heading, "levels": list(one.levels)} for one in wording.questions],
        version=number,
        written_at=permit.at,
        written_by_id=permit.actor.account,
    ).save(force_insert=True)
    log.wrote(
        permit,
        "health_wording.written",
        language=wording.language,
        instrument=wording.instrument,
        version=number,
    )


def stop(permit: Permit[RunProgramme], *, language: str, version: int) -> None:
    """Ask no more in these words. What has been answered stays, with the words it was answered to."""
    row = _live(permit).filter(language=language).first()
    _check_version(row, version)
    if row is None:
        raise Rejection(gettext_noop("Det finns inga frågor på det språket."))
    HealthWording.objects.filter(id=row.id).update(replaced_at=permit.at)
    log.wrote(permit, "health_wording.stopped", language=language, version=row.version)


def _live(permit: Permit[RunProgramme]) -> QuerySet[HealthWording]:
    return HealthWording.objects.filter(programme=permit.programme, replaced_at__isnull=True)


def _check_version(row: HealthWording | None, version: int) -> None:
    if (row.version if row else 0) != version:
        raise Conflict(_texts(row), version=row.version if row else 0)


def _texts(row: HealthWording | None) -> dict[str, str]:
    if row is None:
        return {}
    texts = {"instrument": row.instrument, "licence": row.licence, "lead": row.lead}
    for number, one in enumerate(row.questions):
        texts |= {f"heading_{number}": one["heading"], f"levels_{number}": "\n".join(one["levels"])}
    return texts
