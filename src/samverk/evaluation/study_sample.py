"""Invented people for a whole study, from the file to the report: to learn on, and to show without anyone's data.

What is put in is known (`Sample`), so whoever reads the report can see what it found of it. Kinds and payers are those
of the house's first price book. Everything in it says that it is generated, and so does every page made of it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from samverk.days import add_months
from samverk.evaluation.calendar import day_number
from samverk.evaluation.study_data import PEOPLE, SPELLS, StudyData

GENERATED = "generated"
"""The source of data that are invented."""
_MEETINGS = (1, 3, 6)
"""Months after the start in which the team meets, for two hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What is put in. Chances are of a change in a month, 0 to 1; months are counted from each person's own start.

    `leaves`, `leaves_with`: from benefit to work, without and with the programme. `pension`: from benefit to disability
    pension, the same for all. `lost`: the share that was followed for 18 months only, the same in both groups.
    """

    people: int = 600
    first_start: date = date(2018, 1, 1)
    starts: int = 12
    months_before: int = 24
    months_after: int = 36
    leaves: float = 0.020
    leaves_with: float = 0.035
    pension: float = 0.003
    lost: float = 0.08

    def truth(self, month: int) -> float:
        """How much larger a share lives on a wage `month` months after the start because of the programme, 0 to 1."""

        def share(leaves: float) -> float:
            gone = leaves + (1 - leaves) * self.pension
            return leaves / gone * (1 - (1 - gone) ** month)

        return share(self.leaves_with) - share(self.leaves)


def generated(recipe: Sample, generator: np.random.Generator) -> StudyData:
    """People by the recipe, half of them in the programme. The same recipe and state of the generator: the same people."""
    people: dict[str, list[Any]] = {name: [] for name in PEOPLE}
    livelihood: dict[str, list[Any]] = {name: [] for name in SPELLS}
    services: dict[str, list[Any]] = {name: [] for name in SPELLS}
    for person in range(1, recipe.people + 1):
        group = int(generator.random() < 0.5)
        start = add_months(recipe.first_start, int(generator.integers(recipe.starts)))
        followed = 18 if generator.random() < recipe.lost else recipe.months_after
        first, until = add_months(start, -recipe.months_before), add_months(start, followed)
        told = (
            person, day_number(start), day_number(first), day_number(until), f"{start.year}-Q{(start.month + 2) // 3}",
            int(generator.integers(20, 62)), "woman" if generator.random() < 0.55 else "man", group, 0,
        )  # fmt: skip
        _add(people, told)
        sick = generator.random() < 0.6
        benefit = ("sickness_benefit", "FK") if sick else ("social_assistance", "municipality")
        ends, after = _leaves(recipe, recipe.leaves_with if group else recipe.leaves, generator)
        change = add_months(start, min(ends, followed))
        for (kind, payer), begins, stops in ((benefit, first, change), (after, change, until)):
            if begins < stops:
                _add(livelihood, (person, kind, day_number(begins), day_number(stops), 1.0, payer, GENERATED))
        if group:
            for kind, month, extent, payer in (
                ("programme_place", 0, 1.0, ""),
                *(("meeting_hour", month, 2.0, "municipality") for month in _MEETINGS),
            ):
                day = day_number(add_months(start, month))
                _add(services, (person, kind, day, day + 1, extent, payer, GENERATED))
    return StudyData(people=people, livelihood=livelihood, services=services, source=GENERATED)


def _leaves(recipe: Sample, leaves: float, generator: np.random.Generator) -> tuple[int, tuple[str, str]]:
    """The month in which she leaves benefit, and for what: kind and payer."""
    for month in range(1, recipe.months_after + 1):
        if generator.random() < leaves:
            return month, ("wage", "employer")
        if generator.random() < recipe.pension:
            return month, ("disability_pension", "FK")
    return recipe.months_after, ("wage", "employer")


def _add(table: dict[str, list[Any]], row: tuple[Any, ...]) -> None:
    for name, value in zip(table, row, strict=True):
        table[name].append(value)
