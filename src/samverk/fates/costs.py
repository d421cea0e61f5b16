"""Costs as arrays: SEK per month by band and party, one-off costs by transition, and what a later month is worth.

A cost is what a party pays, less what it receives. Each price row is balanced: what one pays another receives, or it
goes OUTSIDE (used up) or comes from there (produced). So the parties' costs sum to the resources used, and a
transfer adds nothing to the total.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from samverk.fates.jit import Floats
from samverk.fates.states import BAND_FROM, BANDS, FIRST_BAND, LIVING, PARTIES, STATE_OF_BAND, STATES, Party, State

# Two ways in which an amount can move over the years: with prices (not at all in real terms), or with wages.
PRICES, WAGES = range(2)
GROWTHS = 2


@dataclass(frozen=True, slots=True)
class Costs:
    """What each party pays, net of what it receives, in SEK of one price year.

    monthly [growth, band, party] a month; one_off [state, next, party] at a transition; start [party] at month 0.
    """

    monthly: Floats = field(default_factory=lambda: np.zeros((GROWTHS, len(BANDS), PARTIES)))
    one_off: Floats = field(default_factory=lambda: np.zeros((LIVING, STATES, PARTIES)))
    start: Floats = field(default_factory=lambda: np.zeros(PARTIES))

    def band(self, name: str) -> Floats:
        """SEK a month by party in a band, before any growth. Raises ValueError when there is no such band."""
        return np.asarray(self.monthly[:, BANDS.index(name)].sum(axis=0))


def costs_from(monthly: Floats, one_off: Floats | None = None, start: Floats | None = None) -> Costs:
    """Costs from a plain array [band, party] or [state, party] in SEK a month, as a price book gives them.

    Raises ValueError when the shape is neither. Amounts follow prices; one-off costs and the start are optional.
    """
    made = Costs()
    if monthly.shape == (LIVING, PARTIES):
        monthly = monthly[STATE_OF_BAND]
    if monthly.shape != (len(BANDS), PARTIES):
        raise ValueError(
            f"costs are [band, party] {(len(BANDS), PARTIES)} or [state, party] {(LIVING, PARTIES)}, not {monthly.shape}"
        )
    made.monthly[PRICES] = monthly
    if one_off is not None:
        made.one_off[:] = one_off
    if start is not None:
        made.start[:] = start
    return made


def pay(parties: Floats, payer: Party, receiver: Party, amount: float) -> None:
    """Moves an amount from one party's account to another's; OUTSIDE has none."""
    if payer is not Party.OUTSIDE:
        parties[payer] += amount
    if receiver is not Party.OUTSIDE:
        parties[receiver] -= amount


def cost_of_path(path: Sequence[State], costs: Costs) -> Floats:
    """SEK by party of one told life, month by month, undiscounted and without growth or one-off costs but the start.

    Bands are counted from the first month of each stay in a state.
    """
    total = costs.start.copy()
    monthly = costs.monthly.sum(axis=0)
    stay = 0
    for month, state in enumerate(path):
        stay = stay + 1 if month and path[month - 1] == state else 0
        if month and not stay:
            total += costs.one_off[path[month - 1], state]
        if state is not State.DEAD:
            total += monthly[band_at(state, stay)]
    return total


def band_at(state: State, month: int) -> int:
    """The band of a state in the given month of the stay, counted from 0."""
    first, beyond = int(FIRST_BAND[state]), int(FIRST_BAND[state + 1])
    return first + int(np.searchsorted(BAND_FROM[first:beyond], month, side="right")) - 1


@dataclass(frozen=True, slots=True)
class Rates:
    """Real discount rates a year, each from a year of the account on: ((0, 0.035), (30, 0.03)) changes after thirty.

    Default 3.5 per cent (`evaluation.md`: 2, 3.5 and 5 are to be shown).
    """

    steps: tuple[tuple[int, float], ...] = ((0, 0.035),)

    def __post_init__(self) -> None:
        years = [year for year, _ in self.steps]
        if not years or years[0] != 0 or years != sorted(set(years)):
            raise ValueError("rates begin with year 0, and their years rise")
        if any(rate <= -1 for _, rate in self.steps):
            raise ValueError("a rate is above -1 (100 per cent a year)")

    def discount(self, months: int) -> Floats:
        """What one krona in month 0, 1, … is worth in month 0; the rate in force works from month to month."""
        yearly = np.array([rate for _, rate in self.steps])
        step = np.searchsorted([year * 12 for year, _ in self.steps], np.arange(months), side="right") - 1
        factors = (1.0 + yearly[step]) ** (-1.0 / 12.0)
        return np.concatenate(([1.0], np.cumprod(factors[:-1]))) if months else np.ones(0)


UNDISCOUNTED = Rates(((0, 0.0),))


def weights(months: int, rates: Rates, wage_growth: float = 0.0) -> Floats:
    """[growth, month]: discount times real growth for amounts that follow prices and wages (wage_growth a year)."""
    discount = rates.discount(months)
    growth = (1.0 + wage_growth) ** (np.arange(months) / 12.0)
    return np.vstack((discount, discount * growth))
