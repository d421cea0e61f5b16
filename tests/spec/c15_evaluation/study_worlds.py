"""Invented people for studies: as an extract gives them, and as a register does with a group to compare with."""

from dataclasses import replace
from typing import Any

import numpy as np

from samverk.evaluation.calendar import day_of
from samverk.evaluation.prices import Distribution, Nature, Price, PriceBook, Unit
from samverk.evaluation.study_data import StudyData
from samverk.evaluation.synthetic import World, WorldRecipe, generate_world


def a_book() -> PriceBook:
    """Prices of the invented world: benefit and wage, and what a training place and a meeting cost."""

    def row(kind: str, payer: str, receiver: str, amount: float, unit: Unit, **more: Any) -> Price:
        given = {"low": 0.8 * amount, "high": 1.2 * amount, "distribution": Distribution.TRIANGULAR} | more
        return Price(
            kind=kind, payer=payer, receiver=receiver, amount=amount, unit=unit, price_year=2020,
            source="invented", assumption=True, name=f"{kind} {receiver}", **given,
        )  # fmt: skip

    return PriceBook(
        (
            row("benefit", "FK", "participant", 10_000.0, Unit.MONTH),
            row("benefit", "participant", "municipality", 2_000.0, Unit.MONTH),
            row("wage", "employer", "participant", 25_000.0, Unit.MONTH),
            row("wage", "participant", "municipality", 6_000.0, Unit.MONTH),
            row("wage", "employer", "state", 8_000.0, Unit.MONTH),
            row("wage", "resources", "employer", 36_000.0, Unit.MONTH, nature=Nature.RESOURCE),
            row("training", "AF", "resources", 9_000.0, Unit.MONTH, nature=Nature.RESOURCE),
            row("meeting", "municipality", "resources", 900.0, Unit.EACH, nature=Nature.RESOURCE),
        ),
        note="invented",
    )


def a_world(people: int = 120, seed: int = 7, *, leaves_with_programme: float = 0.05) -> World:
    """Some two years of invented people, half of them in the programme."""
    recipe = WorldRecipe(people=people, leaves_with_programme=leaves_with_programme)
    return generate_world(recipe, np.random.default_rng(seed))


def an_extract(people: int = 120, seed: int = 7, *, lost: int = 0, **recipe: float) -> StudyData:
    """What case work gives: participants alone, with a training place and three meetings each.

    The `lost` last of them were not followed for longer than a year.
    """
    data = a_register(people, seed, **recipe)
    mine = [n for n, group in enumerate(data.people["group"]) if group]
    chosen = {data.people["person"][n] for n in mine}
    gone = {data.people["person"][n] for n in mine[len(mine) - lost :]}
    table = {name: [column[n] for n in mine] for name, column in data.people.items()}
    until = {
        person: start + 366 if person in gone else stop
        for person, start, stop in zip(table["person"], table["start"], table["observed_until"], strict=True)
    }
    table["observed_until"] = list(until.values())
    services: dict[str, list[Any]] = {name: [] for name in data.services}
    answers: dict[str, list[Any]] = {name: [] for name in data.answers}
    for person, start in zip(table["person"], table["start"], strict=True):
        rows = [("training", start + 30, start + 210, 1.0, "AF")]
        rows += [("meeting", start + day, start + day + 1, 1.0, "municipality") for day in (5, 60, 120)]
        for kind, first, stop, extent, payer in rows:
            for name, value in zip(services, (person, kind, first, stop, extent, payer, "case work"), strict=True):
                services[name].append(value)
        for months, value in ((0, 40.0 + person % 20), (6, float("nan") if person in gone else 55.0 + person % 20)):
            for name, one in zip(answers, (person, months, "health", value), strict=True):
                answers[name].append(one)
    return replace(
        data,
        people=table,
        livelihood=_clipped(data.livelihood, chosen, until),
        services=services,
        answers=answers,
        flow={"said_no": 9, "protected": 2, "not_started": 0},
        source="extract",
    )


def a_register(people: int = 120, seed: int = 7, **recipe: float) -> StudyData:
    """Participants and comparison people, as a register extract gives them."""
    world = a_world(people, seed, **recipe)
    spells = world.livelihood
    n = world.treated.size
    until = spells.observed_until.tolist()
    born = np.random.default_rng(seed).integers(25, 62, n)
    day = day_of(int(world.windows.after_from[0]))
    quarter = f"{day.year}-Q{(day.month + 2) // 3}"
    return StudyData(
        people={
            "person": world.windows.people.tolist(),
            "start": world.windows.after_from.tolist(),
            "observed_from": spells.observed_from.tolist(),
            "observed_until": until,
            "quarter": [quarter] * n,
            "age": born.tolist(),
            "sex": ["woman" if k % 2 else "man" for k in range(n)],
            "group": world.treated.astype(int).tolist(),
            "team": [0] * n,
        },
        livelihood={
            "person": spells.people[spells.owner].tolist(),
            "kind": [spells.kinds[k] for k in spells.kind],
            "start": spells.start.tolist(),
            "stop": spells.stop.tolist(),
            "extent": spells.extent.tolist(),
            "payer": [spells.payers[k] for k in spells.payer],
            "source": ["invented"] * len(spells),
        },
        services={name: [] for name in ("person", "kind", "start", "stop", "extent", "payer", "source")},
        source="register",
    )


def _clipped(table: Any, people: set[int], until: dict[int, int]) -> dict[str, list[Any]]:
    """The spells of some people, as far as each was observed."""
    rows = [n for n, person in enumerate(table["person"]) if person in people and table["start"][n] < until[person]]
    found = {name: [column[n] for n in rows] for name, column in table.items()}
    found["stop"] = [min(stop, until[person]) for stop, person in zip(found["stop"], found["person"], strict=True)]
    return found


def as_register_csv(data: StudyData) -> str:
    """The same people as a register extract file: one row a spell, with what is known of the person on each."""
    of = {person: n for n, person in enumerate(data.people["person"])}
    lines = ["person,group,start_day,kind,start,stop,extent,payer,observed_from,observed_until,age,sex"]
    for n, person in enumerate(data.livelihood["person"]):
        who = of[person]
        days = [day_of(int(data.people[name][who])) for name in ("start", "observed_from", "observed_until")]
        first, stop = (day_of(int(data.livelihood[name][n])) for name in ("start", "stop"))
        told = (
            f"p{person:04}", data.people["group"][who], days[0], data.livelihood["kind"][n], first, stop,
            data.livelihood["extent"][n], data.livelihood["payer"][n], days[1], days[2],
            data.people["age"][who], data.people["sex"][who],
        )  # fmt: skip
        lines.append(",".join(str(one) for one in told))
    return "\n".join(lines) + "\n"
