"""The log: one event for every look and every write, allowed or refused, in the transaction of the thing itself.

Each event is one INSERT. What makes the log tamper-evident comes after, by the sequencer (access/ledger).
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import UUIDField

from samverk.access.actor import Actor
from samverk.access.declare_house import Act
from samverk.access.permit import A, Permit
from samverk.domain.information import Protection
from samverk.store.models import Case, Event, EventAbout
from samverk.store.models.events import SALT, Turn

LONGEST = 200
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode's controls, line ends and marks of direction: what could forge a line or turn a name round."""
_NUMBER = re.compile(r"(?<![0-9A-Fa-f-])\d{6}(?:\d{2})?[-+ ]?\d{4}(?![0-9A-Fa-f-])")
_FORMULA = "=+-@"
_ID: "UUIDField[UUID, UUID]" = UUIDField()
_MASKED = "••••••"


def refused(actor: Actor, act: type[Act], *, at: datetime, case: UUID | None, programme: UUID | None, id: UUID) -> None:
    """The door said no. Stands in the log of the person whose case it was, when there is such a case. One query more."""
    person = Case.objects.filter(id=case).values_list("person", flat=True).first() if case else None
    Event.objects.create(
        id=id,
        at=at,
        act=act.__name__,
        actor=actor.account,
        actor_name=plain(actor.name),
        party=actor.party,
        person=person,
        case=case,
        programme=programme,
        purpose=act.purpose.value,
        allowed=False,
        salt=secrets.token_bytes(SALT),
        turn=Turn(),
    )


def admitted(permit: Permit[A]) -> None:
    """The door said yes; what follows is a look, or a write that tells of itself."""
    permit._life.event = _add(permit, what="", item=None, detail={})


def wrote(permit: Permit[A], what: str, *, item: UUID | None = None, **detail: object) -> None:
    """A write was done: `what` is "thing.verb"; `detail` holds codes and ids, no words about a person.

    Outside a case, `person` in `detail` is whom it is about: it stands in her log.
    """
    _add(permit, what=what, item=item, detail={k: v for k, v in detail.items() if v is not None})


def showed(permit: Permit[A], people: Iterable[UUID]) -> None:
    """A list showed these people by name: the look at it stands in the log of each. One query, however many."""
    permit.check()
    event = permit._life.event
    if event is None:
        raise TypeError("the door has not logged this permit")
    own = {permit.actor.person}
    rows = [EventAbout(event=event, person=person) for person in sorted(set(people) - own)]
    EventAbout.objects.bulk_create(rows, ignore_conflicts=True)


def showed_cases(permit: Permit[A], cases: Iterable[UUID]) -> None:
    """The same, of the people whose cases these are. One query, or none when there are no cases."""
    permit.check()
    wanted = sorted(set(cases))
    if permit._life.event is None or not wanted:
        return
    prepared = [_ID.get_db_prep_value(id, connection) for id in (permit._life.event, *wanted)]
    marks = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO store_eventabout (event, person)"  # noqa: S608 (nothing but marks)
            f" SELECT DISTINCT %s, person_id FROM store_case WHERE id IN ({marks}) ON CONFLICT DO NOTHING",
            prepared,
        )


def plain(text: str) -> str:
    """`text` on one line, at most 200 characters, without control characters and marks of direction.

    No spreadsheet reads it as a formula, and what looks like a personal number is covered: neither belongs in the log
    (security.md, attack 12).
    """
    seen = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return _NUMBER.sub(_MASKED, seen).strip().lstrip(_FORMULA).strip()[:LONGEST]


def _add(permit: Permit[A], *, what: str, item: UUID | None, detail: dict[str, object]) -> UUID:
    case = permit.case if permit.act.target == "case" else None
    about = detail.get("person")
    if case is not None and case.protection is not Protection.NONE:
        # Her party's log controller is to see it without being let into anything about her.
        detail = {**detail, "protected": True}
    event = Event.objects.create(
        id=permit.new_id(),
        at=permit.at,
        act=permit.act.__name__,
        what=what,
        actor=permit.actor.account,
        actor_name=plain(permit.actor.name),
        party=permit.actor.party,
        capacity=",".join(sorted(permit.capacities)),
        person=case.person if case else about if isinstance(about, UUID) else None,
        case=case.id if case else None,
        programme=permit.programme if permit.act.target != "house" else None,
        item=item,
        purpose=permit.act.purpose.value,
        allowed=True,
        detail={k: _value(v) for k, v in detail.items()},
        salt=secrets.token_bytes(SALT),
        turn=Turn(),
    )
    return event.id


def _value(value: object) -> object:
    """Ids and numbers as they are, words made harmless."""
    if isinstance(value, int | bool):
        return value
    return plain(value) if isinstance(value, str) and not _is_id(value) else str(value)


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
