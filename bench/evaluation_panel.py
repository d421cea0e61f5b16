"""What every way of the benchmark gets."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverk.evaluation.cumulative import Cumulative
from samverk.evaluation.spells import Spells


@dataclass(frozen=True)
class Panel:
    """The same spells for everyone, and prices a month: a rival's own tables are made before the clock starts."""

    spells: Spells
    prices: Cumulative
    parties: tuple[str, ...]
    month_start: npt.NDArray[np.int32]  # the first day of each month, and the day after the last
    monthly: npt.NDArray[np.float64]  # [kind, party], SEK a month
