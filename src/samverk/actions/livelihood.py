"""Livelihood: spells told, corrected and marked as wrong; and what it costs her to be active."""

from dataclasses import asdict
from uuid import UUID

from django.db.models import F

from samverk.access import log
from samverk.access.codes import names
from samverk.access.declare import WriteLivelihood
from samverk.access.permit import Permit
from samverk.access.sight import visible
from samverk.actions import codes, hers, items, past
from samverk.days import through
from samverk.domain.livelihood import (
    Estimate,
    Spell,
    SpellTerms,
    checked_estimate,
    checked_spell,
    demand_none_alone,
)
from samverk.domain.words import Conflict, Problem, Rejection, fitting, gettext_noop, required
from samverk.store.models import Item, LivelihoodEstimate, LivelihoodSpell, Party

NOT_HERE = gettext_noop("Uppgiften finns inte här. Gå tillbaka till försörjningen och läs in den igen.")
NOT_YOURS = gettext_noop("Uppgiften hör till någon annan. Be den som skrev den att ändra.")
WRONG_ALREADY = gettext_noop("Uppgiften är redan markerad som fel. Lägg till en ny i stället.")


def add(permit: Permit[WriteLivelihood], *, terms: SpellTerms) -> UUID:
    """Tell of one livelihood: hers when she tells it, otherwise the official's party's. Returns its id."""
    items.check_open(permit)
    _check(permit, terms, was=None)
    item = items.put(
        permit,
        kind="livelihood",
        owner=None if permit.as_herself else permit.actor.party,
        category="livelihood",
        headline=_headline(terms),
        happened_on=min(terms.first_day, permit.today),
    )
    LivelihoodSpell(item_id=item, **_columns(terms)).save(force_insert=True)
    log.wrote(permit, "livelihood.added", item=item, kind=terms.kind, share=terms.share)
    return item


def change(permit: Permit[WriteLivelihood], *, spell: UUID, terms: SpellTerms, version: int) -> None:
    """Correct a spell, or say when it ends. Conflict when someone else changed it meanwhile."""
    row = _found(permit, spell)
    if row.version != version:
        raise Conflict(_texts(row), version=row.version)
    _check(permit, terms, was=row)
    same = LivelihoodSpell.objects.filter(item=spell, version=version)
    if not same.update(version=F("version") + 1, **_columns(terms)):
        row.refresh_from_db()
        raise Conflict(_texts(row), version=row.version)
    Item.objects.filter(id=spell).update(headline=_headline(terms), happened_on=min(terms.first_day, permit.today))
    log.wrote(permit, "livelihood.changed", item=spell, kind=terms.kind, share=terms.share)


def mark_wrong(permit: Permit[WriteLivelihood], *, spell: UUID, reason: str) -> None:
    """The spell was never true. It stays, marked, with the reason, and counts no more."""
    row = _found(permit, spell)
    text = required(reason, "reason", gettext_noop("Skriv vad som är fel."))
    LivelihoodSpell.objects.filter(item=row.item_id).update(
        wrong_since=permit.at, wrong_reason=text, version=F("version") + 1
    )
    log.wrote(permit, "livelihood.marked_wrong", item=spell)


def estimate(
    permit: Permit[WriteLivelihood],
    *,
    terms: Estimate,
    words: str = "",
    on_behalf: str = "",
    estimate: UUID | None = None,
    version: int = 0,
) -> UUID:
    """What she has each month before and during. Hers, whoever types it. Returns its id.

    `on_behalf`: "paper" or "spoken", demanded of an official. `estimate`, `version`: the one to change.
    """
    items.check_open(permit)
    checked_estimate(terms)
    text = fitting(words, "words")
    on_behalf = "" if permit.as_herself else hers.how_told(permit, how=on_behalf)
    columns = {**asdict(terms), "words": text, "on_behalf": on_behalf}
    if estimate is None:
        estimate = items.put(
            permit,
            kind="livelihood_estimate",
            owner=None,
            category="livelihood",
            headline=text.splitlines()[0] if text else "",
        )
        LivelihoodEstimate(item_id=estimate, **columns).save(force_insert=True)
    else:
        _change_estimate(permit, estimate, version, columns)
    log.wrote(permit, "livelihood.estimated", item=estimate, on_behalf=on_behalf or None)
    return estimate


def _change_estimate(permit: Permit[WriteLivelihood], estimate: UUID, version: int, columns: dict[str, object]) -> None:
    seen = LivelihoodEstimate.objects.filter(visible(permit, "item__"), item=estimate)
    if not seen.exists():
        raise Rejection(NOT_HERE)
    same = LivelihoodEstimate.objects.filter(item=estimate, version=version)
    if not same.update(version=F("version") + 1, **columns):
        now = seen.get()
        raise Conflict({name: str(getattr(now, name)) for name in columns}, version=now.version)


def _found(permit: Permit[WriteLivelihood], spell: UUID) -> LivelihoodSpell:
    """The spell, when it is one's own to change."""
    items.check_open(permit)
    row = LivelihoodSpell.objects.select_related("item").filter(visible(permit, "item__"), item=spell).first()
    if row is None:
        raise Rejection(NOT_HERE)
    if row.item.owner_id != (None if permit.as_herself else permit.actor.party):
        raise Rejection(NOT_YOURS)
    if row.wrong_since is not None:
        raise Rejection(WRONG_ALREADY)
    return row


def _check(permit: Permit[WriteLivelihood], terms: SpellTerms, *, was: LivelihoodSpell | None) -> None:
    """`was`: the spell as it stands, when it is changed; a kind that is out of use since may stay."""
    problems: list[Problem] = []
    try:
        codes.require(permit, list="livelihood", code=terms.kind, field="kind", kept=was.kind if was else "")
    except Rejection as rejection:
        problems.extend(rejection.problems)
    try:
        checked_spell(terms, today=permit.today, born=past.born(permit))
    except Rejection as rejection:
        problems.extend(rejection.problems)
    if terms.payer and not Party.objects.filter(id=terms.payer).exists():
        problems.append(Problem(gettext_noop("Välj en part i listan."), "payer", {}))
    if problems:
        raise Rejection.of(problems)
    covers = {code: view.covers for code, view in names("livelihood")["livelihood"].items()}
    demand_none_alone(terms, covers=covers[terms.kind], others=_others(permit, covers, was))


def _others(permit: Permit[WriteLivelihood], covers: dict[str, bool], besides: LivelihoodSpell | None) -> list[Spell]:
    """The spells that the writer may see: what she may not see must not be told by a refusal either."""
    rows = LivelihoodSpell.objects.filter(visible(permit, "item__"), wrong_since__isnull=True)
    rows = rows.exclude(item=besides.item_id) if besides else rows
    return [Spell(r.kind, through(r.first_day, r.last_day), r.share, covers.get(r.kind, True)) for r in rows]


def _columns(terms: SpellTerms) -> dict[str, object]:
    columns = {**asdict(terms), "payer_name": fitting(terms.payer_name, "payer_name")}
    columns["payer_id"] = columns.pop("payer")
    return columns


def _texts(row: LivelihoodSpell) -> dict[str, str]:
    names = ("kind", "share", "first_day", "last_day", "payer_name", "monthly", "certain")
    now = {name: getattr(row, name) for name in names} | {"payer": row.payer_id}
    return {name: "" if value is None else str(value) for name, value in now.items()}


def _headline(terms: SpellTerms) -> str:
    """A name: who pays."""
    if terms.payer_name.strip():
        return terms.payer_name.strip()
    party = Party.objects.filter(id=terms.payer).first() if terms.payer else None
    return party.name if party else ""
