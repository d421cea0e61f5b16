"""Absence: told to the contact person only, in one step, and answered by somebody who reaches out."""

from datetime import date, timedelta
from uuid import UUID

from samverk.access import log
from samverk.access.declare import AnswerAbsence, ReportAbsence
from samverk.access.permit import Permit
from samverk.access.sight import visible
from samverk.actions import items
from samverk.domain.parties import Part
from samverk.domain.process import move
from samverk.domain.words import Rejection, fitting, gettext_noop, required
from samverk.store.models import Absence, Assignment, Programme


def report(permit: Permit[ReportAbsence], *, day: date, words: str = "") -> str:
    """She did not come that day. Returns the name of the contact person, who alone gets to know.

    The report belongs to the contact person's party, to which it is addressed; the reporter gets a receipt.
    Told twice by the same party, it stands once.
    """
    items.check_open(permit)
    if day > permit.today:
        raise Rejection(gettext_noop("Den dagen har inte varit än. Välj i dag eller en tidigare dag."), "day")
    if day < permit.case.opened_at.date():
        raise Rejection(gettext_noop("Den dagen var före ärendets början. Välj en senare dag."), "day")
    text = fitting(words, "words")
    contact = (
        Assignment.objects.filter(case=permit.case.id, part=Part.CONTACT, until__isnull=True)
        .select_related("account")
        .first()
    )
    if contact is None:
        raise Rejection(gettext_noop("Just nu finns ingen kontaktperson. Ring programmet och berätta."))
    reporter = permit.actor.party
    same = Absence.objects.filter(item__case=permit.case.id, day=day, reporter=reporter, status="reported")
    if not same.exists():
        _write(permit, day=day, words=text, contact=contact)
    return contact.account.name


def answer(permit: Permit[AnswerAbsence], *, absence: UUID, on: date, who: str, words: str = "") -> None:
    """Somebody has reached out to her: who, on what day, and what came of it."""
    items.check_open(permit)
    row = Absence.objects.filter(visible(permit, "item__"), item__owner=permit.actor.party, item=absence).first()
    if row is None:
        raise Rejection(gettext_noop("Frånvaron finns inte här. Gå tillbaka till listan och läs in den igen."))
    name = required(who, "who", gettext_noop("Skriv vem som hörde av sig."))
    if on > permit.today or on < row.day:
        raise Rejection(gettext_noop("Välj en dag från frånvaron fram till i dag."), "on")
    after = move("absence", row.status, "reach")
    waiting = Absence.objects.filter(item=absence, status=row.status)
    text = fitting(words, "words")
    if not waiting.update(status=after, reached_on=on, reached_by=name[:200], reached_words=text):
        raise Rejection(items.NO_LONGER_OPEN)
    log.wrote(permit, "absence.answered", item=absence)


def _write(permit: Permit[ReportAbsence], *, day: date, words: str, contact: Assignment) -> None:
    days = Programme.objects.values_list("absence_answer_days", flat=True).get(id=permit.programme)
    item = items.put(
        permit,
        kind="absence",
        owner=contact.party_id,
        unit=contact.account.unit_id,
        category="absence",
        headline=words.splitlines()[0] if words else "",
        happened_on=day,
    )
    Absence(
        item_id=item,
        day=day,
        words=words,
        reporter_id=permit.actor.party,
        answer_by=permit.today + timedelta(days=days),
    ).save(force_insert=True)
    log.wrote(permit, "absence.reported", item=item)
