"""Numba behind one typed door: kernels release the interpreter's lock and are compiled once, then kept on disk.

No kernel runs threads of its own. Whoever wants several hands them ranges (`split`), so that the number of threads
can never touch a result, and so that a server with threads may call in from any of them.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """Compiled, strictly in the order written: the same bits for every caller."""
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def inline(function: F) -> F:
    """Compiled into each kernel that uses it."""
    return cast(F, numba.njit(inline="always", error_model="numpy")(function))


def summing(function: F) -> F:
    """Compiled with sums taken in any order (wide registers): the same bits on the same machine."""
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"reassoc", "contract"})(function))


def split(work: Callable[[int, int], None], count: int, threads: int) -> None:
    """Calls work(first, beyond) over 0..count in ranges, on so many threads; waits, and raises what a range raised."""
    if threads < 1:
        raise ValueError(f"threads is {threads}, and has to be at least 1")
    if threads == 1 or count < 2:
        work(0, count)
        return
    pieces = min(count, threads * 8)
    edges = [count * n // pieces for n in range(pieces + 1)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, edges[:-1], edges[1:]))
