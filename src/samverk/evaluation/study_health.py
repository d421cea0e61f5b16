"""The EQ-5D index of a study: made of her states by the value set that the plan names, or not at all."""

import math
from typing import Any

from samverk.evaluation.health import SETS, score
from samverk.evaluation.study_data import STATE, StudyData

INDEX = "index"
"""The measure that states become: 1 is full health, 0 as bad as dead."""


def weighed(measure: str, value: float, value_set: str) -> tuple[str, float] | None:
    """An answer as the study counts it: a state as its index, anything else as it is.

    None where the state has no index: no set is named, or it is for another form. Raises `Invalid` for no state.
    """
    if not measure.startswith(STATE):
        return measure, value
    levels = _levels(measure)
    if value_set not in SETS or SETS[value_set].levels != levels:
        return None
    return INDEX, value if math.isnan(value) else score(f"{value:.0f}", value_set, levels=levels).value


def about_index(data: StudyData, value_set: str) -> dict[str, Any] | None:
    """What the index rests on: the set with its version and source, and the forms whose states have none. None: no states."""
    forms = sorted({str(measure) for measure in data.answers["measure"] if str(measure).startswith(STATE)})
    if not forms:
        return None
    chosen = SETS.get(value_set)
    left = [form.removeprefix(STATE) for form in forms if chosen is None or chosen.levels != _levels(form)]
    told = {"set": chosen.name, "version": chosen.version, "source": chosen.source} if chosen else {"set": ""}
    return {**told, "left": left}


def _levels(measure: str) -> int:
    return int(measure.removeprefix(STATE)[:1])
