"""What came of a question, in numbers and kept for whoever asks the same: the exact fates at once, the doubt by draws."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from samverk.fates.answer import COLUMNS, Account, Answer, answer
from samverk.fates.book import COLLABORATING, INDEPENDENT
from samverk.fates.doubt import Bar, Doubt, Verdict, doubt, tornado
from samverk.fates.states import PARTY_NAMES
from samverk.web.fates_asked import FIRST_YEAR, Asked
from samverk.web.fates_engine import ENGINE

SEED = 1
# A page draws as often as it can in half a second: what is said of chance then holds within two of a hundred.
MOST_DRAWS, FEWEST_DRAWS = 1000, 200
DRAWN_MONTHS = 276_000
BARS = 12


@dataclass(frozen=True, slots=True)
class Gain:
    """One party in one window: the probability that it gains nothing, and its gain in SEK (median, 95 per cent)."""

    party: str
    window: str
    none: float
    saving: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Worth:
    """Whether it pays, with the doubt in it. `draws`: how many sets of assumptions it rests on."""

    draws: int
    windows: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    gains: tuple[Gain, ...]
    accounts: tuple[Account, ...]
    invest: tuple[str, ...]
    win: tuple[str, ...]
    bars: tuple[Bar, ...]

    def of(self, window: str) -> tuple[Gain, ...]:
        """Every party in one window."""
        return tuple(gain for gain in self.gains if gain.window == window)


def fates(asked: Asked) -> Answer:
    """The fates, exactly: some milliseconds. Raises ValueError for values that cannot stand together."""
    return _fates(replace(asked, year=FIRST_YEAR))


def worth(asked: Asked) -> Worth:
    """Whether it pays: half a second the first time. Raises ValueError as `fates`, Busy while others draw for long."""
    return _worth(replace(asked, year=FIRST_YEAR))


def draws_for(asked: Asked) -> int:
    """How many draws the page can make: fewer for a long life, and for a group with several kinds of people."""
    kinds = len(asked.question().persons)
    return int(min(MOST_DRAWS, max(FEWEST_DRAWS, DRAWN_MONTHS // (asked.months * kinds))) // 100 * 100)


@lru_cache(maxsize=64)
def _fates(asked: Asked) -> Answer:
    found = answer(asked.question())
    if not all(np.isfinite(line.costs).all() for line in found.lines.values()):
        raise ValueError("nobody is left alive to reckon with")
    return found


@lru_cache(maxsize=256)
def _worth(asked: Asked) -> Worth:
    found, question = _fates(asked), asked.question()
    with ENGINE.turn():
        drawn = doubt(question, draws=draws_for(asked), seed=SEED, ways=(INDEPENDENT, COLLABORATING))
        bars = tornado(question)
    invest, win = found.investments()
    return Worth(
        draws=len(drawn.inputs),
        windows=found.windows,
        verdicts=tuple(drawn.verdict(window) for window in found.windows),
        gains=tuple(_gains(drawn)),
        accounts=found.accounts(),
        invest=invest,
        win=win,
        bars=tuple(bar for bar in bars[:BARS] if bar.width > 0),
    )


def _gains(drawn: Doubt) -> list[Gain]:
    saved = drawn.savings()
    low, middle, high = np.quantile(saved, (0.025, 0.5, 0.975), axis=0)
    none = drawn.no_saving()
    return [
        Gain(party, window, *(float(found[w, COLUMNS.index(party)]) for found in (none, middle, low, high)))
        for w, window in enumerate(drawn.windows)
        for party in (*PARTY_NAMES, "society")
    ]
