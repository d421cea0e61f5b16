"""A study's plan: written, changed, locked before anyone sees results, dropped; and the asking for a run."""

from dataclasses import replace
from uuid import UUID

from django.db.models import Max

from samverk.access import log
from samverk.access.declare_house import DefineStudy, RunStudy
from samverk.access.permit import Permit
from samverk.access.studies import installed, price_books
from samverk.domain.process import move
from samverk.domain.study import StudyPlan, checked, plan_of
from samverk.domain.words import Conflict, Rejection, gettext_noop
from samverk.evaluation.comparison import claims_in
from samverk.store.models import Study, StudyRun

NOT_INSTALLED = gettext_noop(
    "Det som räknar är inte installerat här. Be den som sköter systemet att installera samverk[evaluation]."
)


def define(permit: Permit[DefineStudy], *, plan: StudyPlan) -> UUID:
    """A new study as a draft. `plan.follows` names, by id, the study that it follows. Returns its id."""
    follows = _followed(permit, plan)
    plan = _ready(permit, plan)
    last = Study.objects.filter(programme=permit.programme).aggregate(last=Max("number"))["last"] or 0
    row = Study(
        id=permit.new_id(),
        programme_id=permit.programme,
        number=last + 1,
        text=plan.text,
        made_by_id=_account(permit.actor.account),
        made_at=permit.at,
        follows_id=follows,
    )
    row.save(force_insert=True)
    log.wrote(permit, "study.defined", item=row.id, number=row.number)
    return row.id


def change(permit: Permit[DefineStudy], *, study: UUID, plan: StudyPlan, version: int) -> None:
    """Another plan for a draft; its register stays as long as it compares. Conflict where somebody else saved meanwhile."""
    row = _own(permit, study)
    if row.status != "draft":
        raise Rejection(
            gettext_noop("Planen är låst och kan inte ändras. Gör en ny studie som säger vilken den följer på.")
        )
    if row.version != version:
        raise Conflict({"question": plan_of(row.text).question}, version=row.version)
    _followed(permit, plan)
    plan = _ready(permit, replace(plan, file=plan_of(row.text).file))
    row.text, row.version = plan.text, row.version + 1
    if plan.comparison == "none":
        row.file, row.file_name, row.file_told = None, "", {}
    row.save(update_fields=["text", "version", "file", "file_name", "file_told"])
    log.wrote(permit, "study.changed", item=row.id)


def lock(permit: Permit[DefineStudy], *, study: UUID, version: int) -> str:
    """Lock the plan for good. Returns its hash, which stands in the log.

    Which other results of the programme had been opened by then is written into the plan first: whoever reads it can
    judge for herself whether the question was asked with the answer in sight.
    """
    row = _own(permit, study)
    row.status = move("study", row.status, "lock")
    if row.version != version:
        raise Conflict({"question": plan_of(row.text).question}, version=row.version)
    seen = Study.objects.filter(programme=permit.programme, opened_at__isnull=False).order_by("number")
    plan = replace(plan_of(row.text), seen_before=tuple(str(id) for id in seen.values_list("id", flat=True)))
    plan = checked(plan, claims=claims_in(plan.question))
    row.text, row.hash = plan.text, plan.hash
    row.locked_by_id, row.locked_at = permit.actor.account, permit.at
    row.save(update_fields=["status", "text", "hash", "locked_by", "locked_at"])
    log.wrote(permit, "study.locked", item=row.id, number=row.number, hash=row.hash)
    return row.hash


def drop(permit: Permit[DefineStudy], *, study: UUID) -> None:
    """Put a draft away. It stays in the list as dropped, and its file is erased."""
    row = _own(permit, study)
    row.status = move("study", row.status, "drop")
    row.file, row.file_name, row.file_told = None, "", {}
    row.save(update_fields=["status", "file", "file_name", "file_told"])
    log.wrote(permit, "study.dropped", item=row.id)


def ask_for_run(permit: Permit[RunStudy], *, study: UUID, counted_before: bool = False) -> UUID:
    """Put a run of a locked plan in the queue. Returns its id. Rejection before the lock, and while another goes on.

    `counted_before`: its figures are there already (the demonstration's), so that nothing has to be able to count.
    """
    row = _own(permit, study)
    if row.status != "locked":
        raise Rejection(gettext_noop("Lås planen först. Resultat kan bara tas fram av en låst plan."))
    if not (installed() or counted_before):
        raise Rejection(NOT_INSTALLED)
    if row.file is None and plan_of(row.text).comparison != "none":
        raise Rejection(
            gettext_noop("Registeruttaget är raderat. Studien kan inte köras igen, men rapporten står kvar.")
        )
    if StudyRun.objects.filter(study=row, status__in=("queued", "running")).exists():
        raise Rejection(gettext_noop("En körning pågår redan. Vänta tills den är klar."))
    run = StudyRun(id=permit.new_id(), study=row, asked_by_id=_account(permit.actor.account), asked_at=permit.at)
    run.save(force_insert=True)
    log.wrote(permit, "study.run_asked", item=row.id, run=run.id)
    return run.id


def stop(permit: Permit[RunStudy], *, study: UUID) -> None:
    """Give up a run that waits, or that has not been heard of for a quarter of an hour: then another can be asked for."""
    row = _own(permit, study)
    run = StudyRun.objects.filter(study=row, status__in=("queued", "running")).first()
    if run is None:
        raise Rejection(gettext_noop("Ingen körning pågår. Läs in sidan igen."))
    since = run.started_at or run.asked_at
    if run.status == "running" and (permit.at - since).total_seconds() < 900:
        raise Rejection(gettext_noop("Körningen pågår. Den kan stoppas om den inte är klar efter en kvart."))
    run.status = move("study_run", run.status, "stop")
    run.ended_at = permit.at
    run.reasons = [[gettext_noop("Körningen stoppades av den som beställde den."), {}]]
    run.save(update_fields=["status", "ended_at", "reasons"])
    log.wrote(permit, "study.run_stopped", item=row.id, run=run.id)


def _own(permit: Permit[DefineStudy] | Permit[RunStudy], study: UUID) -> Study:
    row = Study.objects.select_for_update().filter(id=study, programme=permit.programme).first()
    if row is None:
        raise Rejection(gettext_noop("Studien finns inte. Läs in sidan igen."))
    return row


def _followed(permit: Permit[DefineStudy], plan: StudyPlan) -> UUID | None:
    if not plan.follows:
        return None
    found = Study.objects.filter(id=UUID(plan.follows), programme=permit.programme).exclude(status="draft").first()
    if found is None:
        raise Rejection(gettext_noop("Studien som den följer på finns inte. Läs in sidan igen."), "follows")
    return found.id


def _ready(permit: Permit[DefineStudy], plan: StudyPlan) -> StudyPlan:
    """The plan of a draft, checked."""
    if plan.comparison == "none":
        plan = replace(plan, file="")
    if plan.prices and plan.prices not in {book.fingerprint for book in price_books(permit)}:
        raise Rejection(gettext_noop("Välj en prisbok som är godkänd."), "prices")
    if "improvement" not in plan.outcomes:
        plan = replace(plan, prices="")
    return checked(plan, claims=claims_in(f"{plan.question}\n{plan.why}"), draft=True)


def _account(account: UUID | None) -> UUID:
    if account is None:
        raise Rejection(gettext_noop("Bara den som har ett konto kan göra det här."))
    return account
