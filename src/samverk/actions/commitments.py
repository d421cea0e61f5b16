"""Commitments: made, kept, postponed, broken, released, taken up again. No change without its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from samverk.access import log
from samverk.access.declare import Promise, RecordDecision, WriteNote
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.actions import items, promises
from samverk.domain.commitments import Source, due_day, next_weekday, settled_day
from samverk.domain.parties import Capacity, Part
from samverk.domain.process import move
from samverk.domain.words import Conflict, Rejection, fitting, gettext_noop, required
from samverk.store.models import Assignment, Commitment, CommitmentMove, Item

CALL_ME = gettext_noop("Jag vill att någon ringer mig.")


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step of an agreed plan. `owner_party` None: the participant. `line_key`: the same in every version."""

    line_key: UUID
    what: str
    owner_party: UUID | None
    owner_account: UUID | None
    due: date
    category: str


def make(permit: Permit[Promise], *, promise: promises.NewPromise) -> UUID:
    """Promise something for oneself; the coordinator may write down what somebody else has promised."""
    herself = permit.as_herself
    mine = promise.by_participant if herself else promise.account == permit.actor.account
    if not mine and Capacity.COORDINATOR not in permit.capacities:
        raise Rejection(
            gettext_noop("Du kan bara lova för egen del. Be samordnaren skriva in vad någon annan har lovat."),
            "owner",
        )
    due_day(promise.due, permit.today)
    return promises.write(permit, promise=promise, source=Source.FREE, knows=mine)


def keep(
    permit: Permit[Promise], *, commitment: UUID, version: int, on: date | None = None, on_behalf: str = "spoken"
) -> None:
    """It is done, on the day `on` (today unless told)."""
    row = _mine(permit, commitment)
    day = settled_day(on or permit.today, row.item.happened_on, permit.today)
    _turn(permit, row, verb="keep", version=version, on_behalf=on_behalf, settled_on=day)


def break_(permit: Permit[Promise], *, commitment: UUID, version: int, reason: str, on_behalf: str = "spoken") -> None:
    """It will not be done, and why."""
    row = _mine(permit, commitment)
    reason = required(reason, "reason", gettext_noop("Skriv varför det inte blir av."))
    _turn(permit, row, verb="break", version=version, reason=reason, on_behalf=on_behalf, settled_on=permit.today)


def postpone(
    permit: Permit[Promise],
    *,
    commitment: UUID,
    version: int,
    due: date | None,
    reason: str,
    on_behalf: str = "spoken",
) -> None:
    """A new day, and why. The old one stays readable."""
    row = _mine(permit, commitment)
    day = due_day(due, permit.today)
    if day <= row.due:
        raise Rejection(gettext_noop("Välj en dag efter den som gäller nu."), "due")
    reason = required(reason, "reason", gettext_noop("Skriv varför det dröjer."))
    _turn(permit, row, verb="postpone", version=version, reason=reason, on_behalf=on_behalf, due=day)


def release(permit: Permit[Promise], *, commitment: UUID, version: int, reason: str) -> None:
    """The promise is no longer needed: the coordinator frees the promiser from it, and says why."""
    row = _found(permit, commitment)
    if Capacity.COORDINATOR not in permit.capacities:
        raise Rejection(gettext_noop("Bara samordnaren kan stryka ett åtagande. Be samordnaren om det."))
    reason = required(reason, "reason", gettext_noop("Skriv varför det inte behövs längre."))
    _turn(permit, row, verb="release", version=version, reason=reason, settled_on=permit.today)


def take_up_again(
    permit: Permit[Promise],
    *,
    commitment: UUID,
    version: int,
    due: date | None,
    reason: str = "",
    on_behalf: str = "spoken",
) -> None:
    """Promise anew what was broken, with a new day."""
    row = _mine(permit, commitment)
    day = due_day(due, permit.today)
    _turn(
        permit,
        row,
        verb="take_up_again",
        version=version,
        reason=fitting(reason, "reason"),
        on_behalf=on_behalf,
        due=day,
        settled_on=None,
    )


def call_me(permit: Permit[WriteNote], *, words: str = "") -> UUID:
    """“I want someone to call me”: a promise of the contact person's, for the next weekday."""
    items.check_open(permit)
    if not permit.as_herself:
        raise Rejection(gettext_noop("Bara deltagaren själv kan be att få bli uppringd."))
    who = (
        Assignment.objects.filter(
            case=permit.case.id, until__isnull=True, part__in=(Part.CONTACT, Part.REFERRER), account__isnull=False
        )
        .select_related("account")
        .order_by("part")
        .first()
    )
    if who is None:
        raise Rejection(
            gettext_noop("Du har ingen kontaktperson än. Ring programmet, så får du veta vem som tar emot dig.")
        )
    waits = Commitment.objects.filter(item__case=permit.case.id, source=Source.CALL, status="open").first()
    if waits is not None:
        raise Rejection(
            gettext_noop("Du har redan bett om det. %(name)s ska ringa senast %(day)s."),
            name=who.account.name,
            day=waits.due.isoformat(),
        )
    promise = promises.NewPromise(what=words.strip() or CALL_ME, due=next_weekday(permit.today), account=who.account_id)
    return promises.write(permit, promise=promise, source=Source.CALL, knows=True)


def from_plan(permit: Permit[A], *, steps: Sequence[PlanStep]) -> None:
    """Let the commitments follow an agreed plan: one a step, the same one for the same `line_key`.

    What is kept or released stays as it is. An open promise whose step has gone is released; every change is
    kept in its history.
    """
    there = {
        row.line_key: row
        for row in Commitment.objects.filter(item__case=permit.case.id, source=Source.PLAN).select_related(
            "item", "owner_account", "owner_party"
        )
    }
    for step in steps:
        row = there.pop(step.line_key, None)
        if row is None:
            promise = promises.NewPromise(
                what=step.what,
                due=step.due,
                by_participant=step.owner_party is None,
                account=step.owner_account,
                party=step.owner_party,
                category=step.category,
            )
            promises.write(permit, promise=promise, source=Source.PLAN, line_key=step.line_key, knows=True)
        elif row.status in ("open", "broken"):
            _follow(permit, row, step)
    for row in there.values():
        if row.status == "open":
            _turn(permit, row, verb="release", version=row.version, settled_on=permit.today, on_behalf="")


def settle_by_decision(permit: Permit[RecordDecision], *, commitment: UUID, kept: bool, on: date | None) -> None:
    """The party's formal decision keeps its promise, or breaks it."""
    row = Commitment.objects.select_related("item").get(item=commitment)
    _turn(permit, row, verb="keep" if kept else "break", version=row.version, settled_on=on or permit.today)


def _follow(permit: Permit[A], row: Commitment, step: PlanStep) -> None:
    """Write what the new version of the plan says, and what stood before."""
    old = (row.what, row.due, row.owner_party_id, row.owner_account_id, row.item.category)
    new = (step.what, step.due, step.owner_party, step.owner_account, step.category)
    again = row.status == "broken" and step.due >= permit.today
    if old == new and not again:
        return
    verb = "take_up_again" if again else "change"
    _keep_history(
        permit,
        row,
        verb=verb,
        due=step.due,
        old_what=row.what if row.what != step.what else "",
        old_owner=_owner_name(row) if old[2:4] != new[2:4] else "",
    )
    row.status = move("commitment", row.status, "take_up_again") if again else row.status
    row.settled_on = None if again else row.settled_on
    row.what, row.due, row.by_participant = step.what, step.due, step.owner_party is None
    row.owner_party_id, row.owner_account_id = step.owner_party, step.owner_account
    row.version += 1
    row.save()
    Item.objects.filter(id=row.item_id).update(headline=step.what[:300], category=step.category)
    if step.owner_party is not None and old[2] != step.owner_party:
        promises.make_findable(permit, item=row.item_id, party=step.owner_party)
    log.wrote(permit, "commitment.changed", item=row.item_id, line=step.line_key)


def _found(permit: Permit[Promise], commitment: UUID) -> Commitment:
    items.check_open(permit)
    row = (
        Commitment.objects.filter(visible(permit, "item__"), item=commitment)
        .select_related("item", "owner_account", "owner_party")
        .first()
    )
    if row is None:
        raise Rejection(gettext_noop("Åtagandet finns inte. Läs in sidan igen."))
    return row


def _mine(permit: Permit[Promise], commitment: UUID) -> Commitment:
    """The commitment, for whoever promised it, or for the coordinator on the promiser's word."""
    row = _found(permit, commitment)
    if not promises.may_settle(permit, row=row):
        raise Rejection(gettext_noop("Bara den som har lovat kan ändra på löftet. Be samordnaren om hjälp."))
    return row


def _turn(
    permit: Permit[A],
    row: Commitment,
    *,
    verb: str,
    version: int,
    reason: str = "",
    on_behalf: str = "",
    due: date | None = None,
    settled_on: date | None = None,
) -> None:
    """Move the commitment on, keeping what stood before. Conflict when someone else was first."""
    if row.version != version:
        raise Conflict({"due": row.due.isoformat(), "reason": _last_reason(row)}, version=row.version)
    after = move("commitment", row.status, verb)
    changed = Commitment.objects.filter(item=row.item_id, version=version).update(
        status=after, due=due or row.due, settled_on=settled_on, version=F("version") + 1
    )
    if not changed:
        row.refresh_from_db()
        raise Conflict({"due": row.due.isoformat(), "reason": _last_reason(row)}, version=row.version)
    if promises.is_promiser(permit, row=row):
        on_behalf = ""
    _keep_history(permit, row, verb=verb, due=due or row.due, reason=reason, on_behalf=on_behalf)
    log.wrote(permit, f"commitment.{after}" if verb != "postpone" else "commitment.postponed", item=row.item_id)


def _owner_name(row: Commitment) -> str:
    if row.owner_account is not None:
        return row.owner_account.name
    return row.owner_party.name if row.owner_party is not None else ""


def _last_reason(row: Commitment) -> str:
    last = CommitmentMove.objects.filter(commitment=row.item_id).order_by("-at").first()
    return last.reason if last else ""


def _keep_history(
    permit: Permit[A],
    row: Commitment,
    *,
    verb: str,
    due: date,
    reason: str = "",
    on_behalf: str = "",
    old_what: str = "",
    old_owner: str = "",
) -> None:
    CommitmentMove(
        id=permit.new_id(),
        commitment=row,
        at=permit.at,
        by_id=permit.actor.account,
        verb=verb,
        on_behalf=on_behalf,
        reason=reason,
        old_due=row.due,
        new_due=due,
        old_what=old_what,
        old_owner=old_owner,
    ).save(force_insert=True)
