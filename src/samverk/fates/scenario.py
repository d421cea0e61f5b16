"""A question as plain data and back: what a shared link and a file for `samverk fates run` hold. Never anything else.

Only what differs from the shipped book is written, so a link stays short; the data hold parameters and no person's data.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from samverk.fates.answer import Question
from samverk.fates.book import standard
from samverk.fates.costs import Rates
from samverk.fates.person import Person
from samverk.fates.states import state

# Changes when the same parameters no longer mean the same.
VERSION = 1
MOST_PERSONS = 50
KNOWN = {"version", "persons", "values", "rates", "years"}
KNOWN_OF_PERSON = {"age", "pension_age", "start", "values", "count"}


def data_of(question: Question) -> dict[str, Any]:
    """The question as JSON can hold it. Raises ValueError for one with costs of its own or calibrated values."""
    if question.costs is not None:
        raise ValueError("a price book of its own is not shared by link")
    before = standard()
    changed = {a.name: a.value for a in question.book if a != before[a.name]}
    if dict(question.book.assumptions) != dict(before.with_values(changed).assumptions):
        raise ValueError("values with sources and ranges of their own are not shared by link")
    return {
        "version": VERSION,
        "persons": [
            {
                "age": person.age,
                "pension_age": person.pension_age,
                "start": person.start.name.lower(),
                "values": dict(person.values),
                "count": person.count,
            }
            for person in question.persons
        ],
        "values": changed,
        "rates": [list(step) for step in question.rates.steps],
        "years": list(question.years),
    }


def question_of(data: Mapping[str, Any]) -> Question:
    """The question that some data ask. What is left out is as shipped. Raises ValueError saying what is wrong."""
    if data.get("version") != VERSION:
        raise ValueError(f"this is version {VERSION}, and the data say {data.get('version')!r}")
    only(data, KNOWN)
    persons = data.get("persons", [{}])
    if not isinstance(persons, list) or not 1 <= len(persons) <= MOST_PERSONS:
        raise ValueError(f"persons is a list of 1 to {MOST_PERSONS}")
    try:
        made = Question(
            persons=tuple(person_of(person) for person in persons),
            book=standard().with_values(numbers(data.get("values", {}))),
            rates=Rates(tuple((int(year), float(rate)) for year, rate in data.get("rates", [[0, 0.035]]))),
            years=tuple(int(year) for year in data.get("years", [2, 10])),
        )
        for person in made.persons:
            made.book.with_values(person.values)
    except (KeyError, TypeError, AttributeError) as wrong:
        raise ValueError(str(wrong).strip('"')) from wrong
    return made


def person_of(data: Mapping[str, Any]) -> Person:
    """One person of the data."""
    only(data, KNOWN_OF_PERSON)
    shipped = Person()
    return replace(
        shipped,
        age=int(data.get("age", shipped.age)),
        pension_age=int(data.get("pension_age", shipped.pension_age)),
        start=state(str(data.get("start", "round"))),
        values=MappingProxyType(numbers(data.get("values", {}))),
        count=float(data.get("count", 1)),
    )


def only(data: Mapping[str, Any], known: set[str]) -> None:
    """Raises ValueError for what nobody here understands: nothing is left out in silence."""
    unknown = sorted(set(data) - known)
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: unknown; there are {', '.join(sorted(known))}")


def numbers(data: Mapping[str, Any]) -> dict[str, float]:
    """Names with numbers."""
    return {str(name): float(value) for name, value in data.items()}


def fingerprint(question: Question) -> str:
    """Sixteen hexadecimal digits of the parameters and of the whole book beneath them: the same ask the same."""
    book = [(a.name, a.value, a.low, a.high, a.distribution) for a in question.book]
    people = [
        (p.age, p.pension_age, int(p.start), sorted(numbers(p.values).items()), float(p.count))
        for p in question.persons
    ]
    rates = [(int(year), float(rate)) for year, rate in question.rates.steps]
    text = json.dumps([VERSION, book, people, rates, question.years])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
