"""How likely is a told life? The chance of a path of months under a way, and how it stands among that way's own paths."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samverk.fates.answer import Fate
from samverk.fates.jit import Floats, Ints, kernel
from samverk.fates.lives import Bytes
from samverk.fates.process import LONGEST
from samverk.fates.states import LIVING, State

DEAD = LIVING


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A told path against one way. log_chance is of exactly these months (natural logarithm; -inf: impossible).

    typical: share of the way's own paths of the same length that are no more probable than the told one (0.5 is
    ordinary, near 0 far-fetched); monthly: mean chance to be where the path is told to be, month by month; surprises:
    how many of its months are not the likeliest state of that month.
    """

    log_chance: float
    typical: float
    error: float
    monthly: float
    surprises: int


@kernel
def log_chance(
    path: Bytes,
    end: Floats,
    broken: Floats,
    cells: Ints,
    limited: Ints,
    route: Floats,
    deadly: Floats,
    mortality: Floats,
) -> float:
    """The logarithm of the chance of being in path[t] in each month t, in the first month of a stay at t = 0."""
    stay = np.zeros(LONGEST + 1)
    stay[0] = 1.0
    total = 0.0
    for t in range(path.shape[0] - 1):
        i, j = path[t], path[t + 1]
        if i == DEAD:
            if j != DEAD:
                return -np.inf
            continue
        lives = np.exp(-deadly[i] * mortality[t])
        if j == DEAD:
            total += np.log(1.0 - lives)
            continue
        stay = moved(stay, end[i], broken[i], cells[i] - 1, limited[i], route[:, i, j], i == j)
        mass = stay.sum()
        if mass <= 0.0:
            return -np.inf
        total += np.log(mass * lives)
        stay /= mass
    return total


@kernel
def moved(stay: Floats, end: Floats, broken: Floats, last: int, limited: int, to: Floats, same: bool) -> Floats:
    """By month of the stay, who of those in a state are in the told one a month later: moved there, or (same) still there."""
    later = np.zeros_like(stay)
    for d in range(last + 1):
        going = max(1.0 - end[d] - broken[d], 0.0)
        limit = 0.0
        if d == last and limited:
            limit = going
            going = 0.0
        later[0] += stay[d] * (end[d] * to[0] + broken[d] * to[1] + limit * to[2])
        if same:
            later[min(d + 1, last)] += stay[d] * going
    return later


@kernel
def log_chances(
    paths: Bytes,
    end: Floats,
    broken: Floats,
    cells: Ints,
    limited: Ints,
    route: Floats,
    deadly: Floats,
    mortality: Floats,
) -> Floats:
    """The same for many paths."""
    out = np.empty(paths.shape[0])
    for n in range(paths.shape[0]):
        out[n] = log_chance(paths[n], end, broken, cells, limited, route, deadly, mortality)
    return out


def likelihood(fate: Fate, path: Sequence[State], *, seed: int = 1, count: int = 4000) -> Likelihood:
    """How a told path, from the first month of the account on, fits a fate. `count` paths of its own are compared.

    Raises ValueError when the path is longer than the account or does not begin where the person does.
    """
    months = np.array([int(state) for state in path], dtype=np.uint8)
    if not 1 <= len(months) <= fate.person.months:
        raise ValueError(f"a path has 1 to {fate.person.months} months")
    if months[0] != fate.person.start:
        raise ValueError(f"the account begins in {fate.person.start.name.lower()}")
    process = fate.process
    arrays = (process.end, process.broken, process.cells, process.limited, process.route, process.deadly)
    own = fate.lives(count, seed, with_paths=True).paths
    assert own is not None  # noqa: S101 - asked for
    told = float(log_chance(months, *arrays, fate.mortality))
    others = log_chances(np.ascontiguousarray(own[:, : len(months)]), *arrays, fate.mortality)
    typical = float(np.mean(others <= told + 1e-9))
    share = fate.expected().share[: len(months)]
    return Likelihood(
        log_chance=told,
        typical=typical,
        error=float(np.sqrt(typical * (1 - typical) / count)),
        monthly=float(share[np.arange(len(months)), months].mean()),
        surprises=int((share.argmax(axis=1) != months).sum()),
    )


def posterior(log_chances: Sequence[float]) -> tuple[float, ...]:
    """How probable each way is once the path is told, if all were equally probable before."""
    logs = np.asarray(log_chances, dtype=float)
    if not np.isfinite(logs.max()):
        raise ValueError("the path is impossible in every way")
    weight = np.exp(logs - logs.max())
    return tuple(float(w) for w in weight / weight.sum())
