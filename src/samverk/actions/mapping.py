"""Mapping: one picture, made once, with the person. Each wording is a new item; none is ever lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from samverk.access import log
from samverk.access.declare import WriteMapping
from samverk.access.permit import Permit
from samverk.access.units import own_side
from samverk.actions import codes, hers, items
from samverk.domain.words import Conflict, Problem, Rejection, fitting, gettext_noop, required
from samverk.store.models import Code, Contribution, NeedMark


@dataclass(frozen=True, slots=True)
class Source:
    """An earlier investigation that is used again instead of being made once more."""

    what: str = ""
    by: str = ""
    on: date | None = None


def write(
    permit: Permit[WriteMapping],
    *,
    area: str,
    text: str,
    version: int,
    own_words: bool,
    on_behalf: str = "",
    source: Source | None = None,
    about_other: bool = False,
) -> UUID:
    """Write a new wording in `area` and return its id: her own words, or what the writer's party sees.

    `version`: the number of the wording that the writer had before her, 0 for none. Her words are written by
    herself, or by the coordinator on her behalf ("paper" or "spoken"). `about_other`: this wording is about someone
    else than the participant, who then sees only that something is not shown. An earlier wording keeps its own mark.
    """
    items.check_open(permit)
    codes.require(permit, list="mapping_area", code=area, field="area")
    text = required(text, "text", gettext_noop("Skriv något innan du sparar."))
    if permit.as_herself and not own_words:
        raise Rejection(gettext_noop("Du skriver dina egna ord. Det andra skriver parterna."), "text")
    how = hers.on_behalf(permit, how=on_behalf) if own_words else ""
    source = _checked(Source() if own_words or source is None else source, permit.today)
    hers.one_at_a_time(permit)
    owner = None if own_words else permit.actor.party
    mine = Q(item__owner__isnull=True) if owner is None else own_side(permit, "item__")
    live = Contribution.objects.filter(mine, item__case=permit.case.id, area=area, replaced_at__isnull=True)
    now = live.select_related("item").first()
    if now is not None:
        hers.must_read(permit, item=now.item_id, field="text")
    if (number := now.number if now else 0) != version:
        raise Conflict({"text": now.text if now else ""}, version=number)
    if now is not None:
        stands = (now.text, now.source, now.source_from, now.source_on, now.item.about_other)
        if stands == (text, source.what, source.by, source.on, about_other):
            return now.item_id
        Contribution.objects.filter(item=now.item_id).update(replaced_at=permit.at)
    item = items.put(
        permit,
        kind="contribution",
        owner=owner,
        category=Code.objects.get(list="mapping_area", code=area).attributes["category"],
        headline=" ".join(text.split()),
        about_other=about_other,
    )
    Contribution(
        item_id=item,
        area=area,
        text=text,
        on_behalf=how,
        source=source.what,
        source_from=source.by,
        source_on=source.on,
        number=version + 1,
    ).save(force_insert=True)
    hers.must_read(permit, item=item, field="text")
    log.wrote(permit, "mapping.written", item=item, area=area, number=version + 1, on_behalf=how or None)
    return item


def mark_needs(permit: Permit[WriteMapping], *, groups: Sequence[str], version: int) -> UUID:
    """Mark need groups, several or none, for oneself or one's party. Replaces what the same owner marked before."""
    items.check_open(permit)
    for group in groups:
        codes.require(permit, list="need_group", code=group, field="groups")
    hers.one_at_a_time(permit)
    owner = permit.actor.party
    mine = Q(item__owner__isnull=True) if owner is None else own_side(permit, "item__")
    now = NeedMark.objects.filter(mine, item__case=permit.case.id, replaced_at__isnull=True).first()
    if (number := now.number if now else 0) != version:
        raise Conflict({"groups": ", ".join(now.groups if now else [])}, version=number)
    if now is not None:
        NeedMark.objects.filter(item=now.item_id).update(replaced_at=permit.at)
    item = items.put(permit, kind="need_mark", owner=owner, category="process", headline="")
    NeedMark(item_id=item, groups=sorted(set(groups)), number=version + 1).save(force_insert=True)
    log.wrote(permit, "needs.marked", item=item, number=version + 1)
    return item


def _checked(source: Source, today: date) -> Source:
    what, by = fitting(source.what, "source"), fitting(source.by, "source_from")
    problems = []
    if (by or source.on) and not what:
        problems.append(Problem(gettext_noop("Skriv vilken utredning det är."), "source", {}))
    if what and not by:
        problems.append(Problem(gettext_noop("Skriv vem som gjorde utredningen."), "source_from", {}))
    if len(what) > 300:
        problems.append(Problem(gettext_noop("Korta texten till högst 300 tecken."), "source", {}))
    if len(by) > 200:
        problems.append(Problem(gettext_noop("Korta texten till högst 200 tecken."), "source_from", {}))
    if source.on and source.on > today:
        problems.append(Problem(gettext_noop("Utredningen kan inte vara gjord i framtiden."), "source_on", {}))
    if problems:
        raise Rejection.of(problems)
    return Source(what, by, source.on)
