"""People by the thousand, written past the actions: what a bench measures on. The same for the same size.

Every person has one case with ten items, of her own and of four parties of twenty, an official of each of these, and
consents that let the first read most of the second's. An official has some fifty cases, a programme two hundred people. One more person has 20,000
items that her official may not see.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

PARTIES = 20
ITEMS_EACH = 10
CASES_EACH = 50
IN_PROGRAMME = 200
HIDDEN = 20_000
SHOWN = 60
"""Of the person with much that is hidden: what her official sees."""
CATEGORIES = ("process", "work", "livelihood", "social", "health", "addiction", "housing")
_SORTS = {name: n for n, name in enumerate(("party", "person", "case", "account", "programme", "row", "item"), 1)}
DAY = timedelta(days=1)


def id_of(sort: str, n: int) -> UUID:
    """The n-th id of a sort, spread over the whole range as a real one is."""
    mixed = (n * 0x9E3779B97F4A7C15 + _SORTS[sort] * 0xD1B54A32D192ED03) % 2**64
    return UUID(int=(mixed << 64) | (_SORTS[sort] << 56) | n)


@dataclass(frozen=True)
class Crowd:
    """How many there are, and who asks about whom."""

    people: int
    now: datetime

    @property
    def officials(self) -> int:
        """Enough for four in each case."""
        return max(PARTIES, self.people * 4 // CASES_EACH)

    def officials_of(self, person: int) -> list[int]:
        """The four in a case: of four parties one after another, each with some fifty cases."""
        each = self.officials // PARTIES
        return [((person + k) % PARTIES) * each + person // PARTIES % each for k in range(4)]

    def party_of(self, official: int) -> int:
        """Whose official she is."""
        return official // (self.officials // PARTIES) % PARTIES


def fill(crowd: Crowd) -> None:
    """Write everybody and everything."""
    from samverk.store import models

    now, day = crowd.now, crowd.now.date()
    everyone = range(crowd.people + 1)
    programmes = crowd.people // IN_PROGRAMME + 1
    _write(
        models.Party,
        ({"id": id_of("party", n), "name": f"Part {n}", "short": f"P{n}", "kind": "af"} for n in range(PARTIES)),
    )
    _write(models.Programme, ({"id": id_of("programme", n), "name": f"Program {n}"} for n in range(programmes)))
    _write(models.Person, ({"id": id_of("person", n), "name": f"Person {n}"} for n in everyone))
    _write(
        models.Account,
        (
            {
                "id": id_of("account", n),
                "email": f"{n}@example.org",
                "name": f"Tjänsteman {n}",
                "party_id": id_of("party", crowd.party_of(n)),
            }
            for n in range(crowd.officials)
        ),
    )
    _write(
        models.Case,
        (
            {
                "id": id_of("case", n),
                "person_id": id_of("person", n),
                "programme_id": id_of("programme", n // IN_PROGRAMME),
                "status": "active",
                "opened_at": now - (n % 700) * DAY,
                "started_on": day - (n % 700) * DAY,
            }
            for n in everyone
        ),
    )
    _write(models.Assignment, _assignments(crowd))
    _write(
        models.ConsentDocument,
        (
            {
                "id": id_of("case", n),
                "person_id": id_of("person", n),
                "case_id": id_of("case", n),
                "given_at": now - 30 * DAY,
                "how": "paper",
                "condition_of_benefit": False,
            }
            for n in everyone
        ),
    )
    _write(models.Consent, _consents(crowd))
    _write(models.Item, _items(crowd))


def _assignments(crowd: Crowd) -> Iterator[dict[str, object]]:
    for n in range(crowd.people + 1):
        for k, official in enumerate(crowd.officials_of(n)):
            yield {
                "id": id_of("row", n * 4 + k),
                "case_id": id_of("case", n),
                "account_id": id_of("account", official),
                "party_id": id_of("party", crowd.party_of(official)),
                "part": "contact" if k == 0 else "official",
                "since": crowd.now - 20 * DAY,
            }


def _consents(crowd: Crowd) -> Iterator[dict[str, object]]:
    """From her and from the second party to the first, in every category but two; and back in one."""
    n_row = 0
    for n in range(crowd.people + 1):
        first, second = (id_of("party", (n + k) % PARTIES) for k in range(2))
        ways = [(None, first, c) for c in CATEGORIES[:5]] + [(second, first, c) for c in CATEGORIES[:5]]
        for giver, receiver, category in [*ways, (first, second, "work")]:
            n_row += 1
            yield {
                "id": id_of("row", 10_000_000 + n_row),
                "document_id": id_of("case", n),
                "person_id": id_of("person", n),
                "giver_id": giver,
                "receiver_id": receiver,
                "category": category,
                "purpose": "support",
                "starts_at": crowd.now - 30 * DAY,
                "stops_at": crowd.now + 300 * DAY,
            }


def _items(crowd: Crowd) -> Iterator[dict[str, object]]:
    def item(n: int, person: int, owner: UUID | None, category: str) -> dict[str, object]:
        return {
            "id": id_of("item", n),
            "person_id": id_of("person", person),
            "case_id": id_of("case", person),
            "owner_id": owner,
            "category": category,
            "kind": "note",
            "headline": f"Anteckning {n}",
            "happened_on": crowd.now.date() - (n % 300) * DAY,
            "created_at": crowd.now - (n % 300) * DAY,
        }

    n = 0
    for person in range(crowd.people):
        for k in range(ITEMS_EACH):
            n += 1
            owner = None if k == 0 else id_of("party", (person + k % 4) % PARTIES)
            yield item(n, person, owner, CATEGORIES[(person + k) % 7])
    much = crowd.people
    for k in range(HIDDEN + SHOWN):
        n += 1
        hidden = k % ((HIDDEN + SHOWN) // SHOWN) != 0
        owner = id_of("party", (much + (7 + k % 5 if hidden else 0)) % PARTIES)
        yield item(n, much, owner, CATEGORIES[k % 7])


def _write(model: Any, rows: Iterable[dict[str, object]]) -> None:
    """COPY on PostgreSQL, one prepared statement on SQLite. What a row does not say is the field's default."""
    from django.db import connection

    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    defaults = {field.attname: field.get_default() for field in fields if not field.primary_key}
    table = model._meta.db_table
    values = (tuple({**defaults, **row}[name] for name in names) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from psycopg.types.json import Jsonb

            # PostgreSQL does not copy into a table whose owner is under row security, too.
            cursor.execute("SELECT relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table])
            (forced,) = cursor.fetchone()
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row([Jsonb(v) if isinstance(v, dict | list) else v for v in row])
            if forced:
                cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            cursor.execute(f"ANALYZE {table}")
        else:
            marks = ", ".join(["?"] * len(names))
            cursor.execute("BEGIN")
            plain = (tuple(_plain(v) for v in row) for row in values)
            cursor.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", plain)  # noqa: S608
            cursor.execute("COMMIT")


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    return value
