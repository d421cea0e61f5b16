"""Who may read which canary, worked out from the rows themselves and the table in world.py.

Every text field of every model is searched, so that what a new model holds is looked for without being remembered.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import CharField, JSONField, Model, TextField

from samverk.access.actor import Actor
from samverk.store.models import Consent, ConsentDocument, Item, LegalGround, SteeringMatter
from tests.attacks.world import CANARY, World

IN_THE_CASE = frozenset({"anna", "bo", "cia", "dag", "frida"})


class Oracle:
    """What everyone may read in the world as it stands now."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.items = {item.id: item for item in Item.objects.all()}
        self.grounds = set(LegalGround.objects.filter(ended_at__isnull=True).values_list("item", "receiver"))
        self._of: dict[tuple[type[Model], Any], Item | None] = {}

    @cached_property
    def canaries(self) -> dict[str, list[Model]]:
        """Each canary, and the rows that hold it."""
        found: defaultdict[str, list[Model]] = defaultdict(list)
        for model in apps.get_app_config("store").get_models():
            texts = [field.name for field in model._meta.fields if isinstance(field, CharField | TextField | JSONField)]
            for row in model._base_manager.all() if texts else ():
                for word in {word for name in texts for word in CANARY.findall(str(getattr(row, name)))}:
                    found[word].append(row)
        return dict(found)

    def may(self, name: str) -> set[str]:
        """The canaries that the reader may see."""
        return {word for word, rows in self.canaries.items() if any(self._row(name, row) for row in rows)}

    def hidden(self, name: str) -> set[str]:
        """The ids of the items that she may not see."""
        return {str(id) for id, item in self.items.items() if not self._item(name, item)}

    def item_of(self, row: Model) -> Item | None:
        """The item that a row is, belongs to, or hangs on."""
        if isinstance(row, Item):
            return self.items[row.id]
        key = (type(row), row.pk)
        if key not in self._of:
            self._of[key] = self._looked_up(row)
        return self._of[key]

    def _looked_up(self, row: Model) -> Item | None:
        for field in row._meta.fields:
            target, id = field.related_model, getattr(row, field.attname)
            if not isinstance(target, type) or id is None:
                continue
            if target is Item or any(
                inner.primary_key and inner.related_model is Item for inner in target._meta.fields
            ):
                return self.items[id]
        return None

    def _row(self, name: str, row: Model) -> bool:
        item = self.item_of(row)
        return self._item(name, item) if item is not None else name in set(self._by_hand(row))

    def _item(self, name: str, item: Item) -> bool:
        world, who = self.world, self.world.readers[name]
        if who.person is not None:
            return bool(item.person_id == who.person and not item.about_other)
        if item.case_id != world.case or name not in IN_THE_CASE:
            return False
        party = self._party(who)
        return (
            item.owner_id == party
            or (item.owner_id, item.category) in world.yes[party]
            or (item.id, party) in self.grounds
        )

    def _party(self, who: Actor) -> UUID:
        assert who.party is not None
        return who.party

    def _by_hand(self, row: Model) -> Iterator[str]:
        """Texts that belong to no item. In a log, an attempt or a person's own row nobody reads a word."""
        parties = {who.party: name for name, who in self.world.readers.items() if name in IN_THE_CASE}
        if isinstance(row, SteeringMatter):
            yield from ("anna", "stig")
        elif isinstance(row, ConsentDocument):
            yield "egon"
            for giver, receiver in Consent.objects.filter(document=row.id).values_list("giver", "receiver"):
                yield from (parties[party] for party in (giver, receiver) if party in parties)
