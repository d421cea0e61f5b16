"""A register extract is taken into a study's draft, replaced, or erased: also after the lock, when the work is done."""

from dataclasses import replace
from uuid import UUID

from samverk.access import log
from samverk.access.declare_house import TakeInRegister
from samverk.access.permit import Permit
from samverk.access.registers import Register
from samverk.domain.study import plan_of
from samverk.domain.words import Conflict, Rejection, gettext_noop
from samverk.store.models import Study, StudyRun

NOT_COMPARED = gettext_noop("Planen jämför inte med någon. Välj först i planen vad deltagarna ska jämföras med.")
LOCKED = gettext_noop("Planen är låst på sin fil. En annan fil blir en ny studie som följer på den här.")


def take(permit: Permit[TakeInRegister], *, study: UUID, register: Register, version: int) -> None:
    """Take the file into the draft, in place of the one that is there. Its hash becomes part of the plan.

    Rejection where the plan is locked or compares with nobody; Conflict where somebody else saved meanwhile.
    """
    row = _own(permit, study)
    plan = plan_of(row.text)
    if row.status != "draft":
        raise Rejection(LOCKED)
    if plan.comparison == "none":
        raise Rejection(NOT_COMPARED)
    if row.version != version:
        raise Conflict({"question": plan.question}, version=row.version)
    row.file, row.file_name, row.version = register.content, register.name, row.version + 1
    row.text = replace(plan, file=register.hash).text
    row.file_told = {
        "mapping": register.mapping,
        "given": register.given,
        "rows": register.rows,
        "people": register.people,
        "took_part": register.took_part,
        "kinds": list(register.kinds),
        "invented": register.invented,
    }
    row.save(update_fields=["text", "version", "file", "file_name", "file_told"])
    log.wrote(
        permit, "study.register_taken", item=row.id, rows=register.rows, people=register.people,
        given=register.given, hash=register.hash,
    )  # fmt: skip


def erase(permit: Permit[TakeInRegister], *, study: UUID) -> None:
    """Erase the file. Of a locked study also what was taken out for its runs: its report stands, but it cannot be run again.

    Rejection where there is no file, or while a run goes on.
    """
    row = _own(permit, study)
    if row.file is None:
        raise Rejection(gettext_noop("Det finns ingen fil att radera. Läs in sidan igen."))
    row.file = None
    if row.status == "draft":
        row.text, row.version = replace(plan_of(row.text), file="").text, row.version + 1
        row.file_name, row.file_told = "", {}
    else:
        runs = StudyRun.objects.filter(study=row)
        if runs.filter(status__in=("queued", "running")).exists():
            raise Rejection(gettext_noop("En körning pågår. Vänta tills den är klar."))
        runs.update(data="")
    row.save(update_fields=["text", "version", "file", "file_name", "file_told"])
    log.wrote(permit, "study.register_erased", item=row.id)


def _own(permit: Permit[TakeInRegister], study: UUID) -> Study:
    row = Study.objects.select_for_update().filter(id=study, programme=permit.programme).first()
    if row is None:
        raise Rejection(gettext_noop("Studien finns inte. Läs in sidan igen."))
    return row
