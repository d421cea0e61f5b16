"""The price book: a draft is changed, proposed, and approved by somebody else. What is approved is frozen."""

from dataclasses import asdict
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from samverk.access import log
from samverk.access.declare_house import ApprovePrices, KeepPrices, SetUp
from samverk.access.permit import Permit
from samverk.access.prices import KIND_LISTS, level_terms, price_terms, typed
from samverk.domain.price_book import (
    LevelTerms,
    PriceTerms,
    checked_level,
    checked_price,
    demand_one_level,
    demand_room,
    fingerprint,
)
from samverk.domain.price_table import Table
from samverk.domain.process import move
from samverk.domain.words import Conflict, Rejection, gettext_noop, required
from samverk.store.models import Code, PriceBookVersion, PriceLevel, PriceRow

NO_DRAFT = gettext_noop("Det finns inget utkast att ändra. Börja ett nytt.")
NOT_HERE = gettext_noop("Raden finns inte längre i utkastet. Gå tillbaka till utkastet och läs in det igen.")
UNDER_WAY = gettext_noop("Det finns redan en version som inte är klar. Gå vidare med den.")
NO_PROPOSAL = gettext_noop("Det finns inget förslag att svara på. Läs in sidan igen och se hur det står nu.")
CHANGED = gettext_noop("Prisboken har ändrats sedan du öppnade sidan. Läs igenom den igen.")
FOUR_EYES = gettext_noop("Du föreslog den här versionen. Någon annan prisboksansvarig ska godkänna den.")


def load(permit: Permit[SetUp], *, table: Table) -> int:
    """Lay the book that comes with the programme as the first draft; a house that has a book keeps it.

    Nobody has said yes to it: two price keepers propose and approve it. Returns how many rows came, prices and levels.
    """
    if PriceBookVersion.objects.exists():
        return 0
    _demand_kinds({price.kind for price in table.prices})
    book = PriceBookVersion.objects.create(id=permit.new_id(), number=1, made_at=permit.at)
    PriceRow.objects.bulk_create(
        PriceRow(id=permit.new_id(), book=book, key=permit.new_id(), position=n, **asdict(price))
        for n, price in enumerate(table.prices)
    )
    PriceLevel.objects.bulk_create(
        PriceLevel(id=permit.new_id(), book=book, key=permit.new_id(), **asdict(level)) for level in table.levels
    )
    rows = len(table.prices) + len(table.levels)
    log.wrote(permit, "price_book.loaded", book=book.id, rows=rows)
    return rows


def begin(permit: Permit[KeepPrices]) -> UUID:
    """Begin a new draft as a copy of the book in force. Returns its id. Rejection while another is under way."""
    if PriceBookVersion.objects.filter(status__in=("draft", "proposed")).exists():
        raise Rejection(UNDER_WAY)
    newest = PriceBookVersion.objects.aggregate(n=Max("number"))["n"] or 0
    try:
        with transaction.atomic():
            book = PriceBookVersion.objects.create(
                id=permit.new_id(), number=newest + 1, made_at=permit.at, made_by_id=permit.actor.account
            )
    except IntegrityError:
        raise Rejection(UNDER_WAY) from None
    PriceRow.objects.bulk_create(
        PriceRow(id=permit.new_id(), book=book, key=row.key, position=row.position, **asdict(price_terms(row)))
        for row in PriceRow.objects.filter(book__status="approved")
    )
    PriceLevel.objects.bulk_create(
        PriceLevel(id=permit.new_id(), book=book, key=row.key, **asdict(level_terms(row)))
        for row in PriceLevel.objects.filter(book__status="approved")
    )
    log.wrote(permit, "price_book.begun", book=book.id, number=book.number)
    return book.id


def add_price(permit: Permit[KeepPrices], *, terms: PriceTerms) -> UUID:
    """Add a price to the draft. Returns its id. Rejection when it is wrong, or another holds for the same days."""
    book = _draft(permit)
    terms = _checked(book, terms, besides=None)
    last = PriceRow.objects.filter(book=book).aggregate(n=Max("position"))["n"] or 0
    row = PriceRow.objects.create(
        id=permit.new_id(), book=book, key=permit.new_id(), position=last + 1, **asdict(terms)
    )
    _touched(permit, book, "price.added", row.key)
    return row.id


def change_price(permit: Permit[KeepPrices], *, row: UUID, terms: PriceTerms, version: int) -> None:
    """Change a price of the draft. Conflict when somebody else has changed it meanwhile."""
    book = _draft(permit)
    now = PriceRow.objects.filter(id=row, book=book).first()
    if now is None:
        raise Rejection(NOT_HERE)
    if now.version != version:
        raise Conflict(typed(price_terms(now)), version=now.version)
    terms = _checked(book, terms, besides=row)
    PriceRow.objects.filter(id=row).update(version=F("version") + 1, **asdict(terms))
    _touched(permit, book, "price.changed", now.key)


def remove_price(permit: Permit[KeepPrices], *, row: UUID, version: int) -> None:
    """Take a price out of the draft; approved versions keep it. Rejection when it has changed since it was read."""
    book = _draft(permit)
    now = PriceRow.objects.filter(id=row, book=book).first()
    if now is None:
        raise Rejection(NOT_HERE)
    if now.version != version:
        raise Rejection(CHANGED)
    now.delete()
    _touched(permit, book, "price.removed", now.key)


def add_level(permit: Permit[KeepPrices], *, terms: LevelTerms) -> UUID:
    """Add an index's level in one year to the draft. Returns its id. Rejection when that year has one."""
    book = _draft(permit)
    terms = checked_level(terms)
    demand_one_level(terms, _levels(book, besides=None))
    row = PriceLevel.objects.create(id=permit.new_id(), book=book, key=permit.new_id(), **asdict(terms))
    _touched(permit, book, "price_level.added", row.key)
    return row.id


def change_level(permit: Permit[KeepPrices], *, row: UUID, terms: LevelTerms, version: int) -> None:
    """Change a level of the draft. Conflict when somebody else has changed it meanwhile."""
    book = _draft(permit)
    now = PriceLevel.objects.filter(id=row, book=book).first()
    if now is None:
        raise Rejection(NOT_HERE)
    if now.version != version:
        raise Conflict(typed(level_terms(now)), version=now.version)
    terms = checked_level(terms)
    demand_one_level(terms, _levels(book, besides=row))
    PriceLevel.objects.filter(id=row).update(version=F("version") + 1, **asdict(terms))
    _touched(permit, book, "price_level.changed", now.key)


def remove_level(permit: Permit[KeepPrices], *, row: UUID, version: int) -> None:
    """Take a level out of the draft. Rejection when it has changed since it was read."""
    book = _draft(permit)
    now = PriceLevel.objects.filter(id=row, book=book).first()
    if now is None:
        raise Rejection(NOT_HERE)
    if now.version != version:
        raise Rejection(CHANGED)
    now.delete()
    _touched(permit, book, "price_level.removed", now.key)


def propose(permit: Permit[KeepPrices], *, words: str, version: int) -> None:
    """Propose the draft as it was read at `version`, with what is new in it. Another price keeper then approves it."""
    book = _draft(permit)
    text = required(words, "words", gettext_noop("Skriv vad som är nytt, och varför."))
    if book.version != version:
        raise Rejection(CHANGED)
    if not PriceRow.objects.filter(book=book).exists():
        raise Rejection(gettext_noop("Utkastet har inga priser. Lägg till det första."))
    book.status = move("price_book", book.status, "propose")
    book.proposed_at, book.proposed_by_id, book.proposed_words = permit.at, permit.actor.account, text
    book.version += 1
    book.save()
    log.wrote(permit, "price_book.proposed", book=book.id, number=book.number)


def approve(permit: Permit[ApprovePrices], *, version: int) -> None:
    """Approve what was read at `version`: it holds from now, and nothing in it is changed any more.

    Rejection for whoever proposed it (four eyes), and when the proposal is another than was read.
    """
    book = _proposal(permit)
    if book.proposed_by_id == permit.actor.account:
        raise Rejection(FOUR_EYES)
    if book.version != version:
        raise Rejection(CHANGED)
    rows = [price_terms(row) for row in PriceRow.objects.filter(book=book)]
    PriceBookVersion.objects.filter(status="approved").update(
        status=move("price_book", "approved", "replace"), replaced_at=permit.at
    )
    book.status = move("price_book", book.status, "approve")
    book.approved_at, book.approved_by_id = permit.at, permit.actor.account
    book.fingerprint = fingerprint(rows, _levels(book, besides=None))
    book.save()
    log.wrote(
        permit,
        "price_book.approved",
        book=book.id,
        number=book.number,
        fingerprint=book.fingerprint,
        proposed_by=book.proposed_by_id,
    )


def send_back(permit: Permit[ApprovePrices], *, reason: str, version: int) -> None:
    """Send the proposal back to be a draft, with what is wrong. Also whoever proposed it may take it back."""
    book = _proposal(permit)
    text = required(reason, "reason", gettext_noop("Skriv vad som behöver ändras."))
    if book.version != version:
        raise Rejection(CHANGED)
    book.status = move("price_book", book.status, "send_back")
    book.sent_back_at, book.sent_back_by_id, book.sent_back_words = permit.at, permit.actor.account, text
    book.version += 1
    book.save()
    log.wrote(permit, "price_book.sent_back", book=book.id, number=book.number)


def _draft(permit: Permit[KeepPrices]) -> PriceBookVersion:
    """The draft, held until this act is done: what is proposed is what stands."""
    permit.check()
    book = PriceBookVersion.objects.select_for_update().filter(status="draft").first()
    if book is None:
        raise Rejection(NO_DRAFT)
    return book


def _proposal(permit: Permit[ApprovePrices]) -> PriceBookVersion:
    permit.check()
    book = PriceBookVersion.objects.select_for_update().filter(status="proposed").first()
    if book is None:
        raise Rejection(NO_PROPOSAL)
    return book


def _checked(book: PriceBookVersion, terms: PriceTerms, *, besides: UUID | None) -> PriceTerms:
    terms = checked_price(terms)
    _demand_kinds({terms.kind})
    same = PriceRow.objects.filter(book=book, kind=terms.kind)
    demand_room(terms, [price_terms(row) for row in same if row.id != besides])
    return terms


def _levels(book: PriceBookVersion, *, besides: UUID | None) -> list[LevelTerms]:
    return [level_terms(row) for row in PriceLevel.objects.filter(book=book) if row.id != besides]


def _demand_kinds(kinds: set[str]) -> None:
    known = set(Code.objects.filter(list__in=KIND_LISTS, code__in=kinds, active=True).values_list("code", flat=True))
    if kinds - known:
        raise Rejection(gettext_noop("Välj ett av alternativen i listan."), "kind")


def _touched(permit: Permit[KeepPrices], book: PriceBookVersion, what: str, key: UUID) -> None:
    PriceBookVersion.objects.filter(id=book.id).update(version=F("version") + 1)
    log.wrote(permit, what, book=book.id, key=key)
