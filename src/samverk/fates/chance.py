"""Chance without a generator: a number is a function of (seed, life, draw), so order and threads cannot change it.

The mixer is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
generators", variant 13 of Stafford's constants), used on a counter.
"""

import math

import numpy as np
from numpy.typing import NDArray

from samverk.fates.jit import Floats, inline, kernel

GAMMA = np.uint64(0x9E3779B97F4A7C15)
OTHER = np.uint64(0xD1B54A32D192ED03)
FIRST = np.uint64(0xBF58476D1CE4E5B9)
SECOND = np.uint64(0x94D049BB133111EB)
LOW = np.uint64(0xFFFFFFFF)
S27 = np.uint64(27)
S30 = np.uint64(30)
S31 = np.uint64(31)
S32 = np.uint64(32)
HALF = 2.0**-32


@inline
def mixed(word: np.uint64) -> np.uint64:
    """The word with each bit depending on every other."""
    word = (word ^ (word >> S30)) * FIRST
    word = (word ^ (word >> S27)) * SECOND
    return word ^ (word >> S31)


@inline
def key_of(seed: np.uint64, life: np.uint64) -> np.uint64:
    """The key of one life: everything that happens in it is drawn from this and a draw's number."""
    return mixed(mixed(seed * GAMMA + OTHER) ^ (life * GAMMA + GAMMA))


@inline
def word_of(key: np.uint64, draw: np.uint64) -> np.uint64:
    """64 bits for one draw of a life."""
    return mixed(key + draw * GAMMA + OTHER)


@inline
def upper(word: np.uint64) -> float:
    """A number in [0, 1) from the upper half of the word."""
    return float(word >> S32) * HALF


@inline
def lower(word: np.uint64) -> float:
    """A number in [0, 1) from the lower half of the word."""
    return float(word & LOW) * HALF


@kernel
def uniforms(seed: int, first: int, beyond: int, draws: int) -> Floats:
    """Numbers in (0, 1) by [life, draw] for the lives first..beyond."""
    out = np.empty((beyond - first, draws))
    for row in range(beyond - first):
        key = key_of(np.uint64(seed), np.uint64(first + row))
        for draw in range(draws):
            out[row, draw] = upper(word_of(key, np.uint64(draw))) + 0.5 * HALF
    return out


@kernel
def normals(seed: int, first: int, beyond: int, draws: int) -> Floats:
    """Standard normal numbers by [life, draw] (Box and Muller 1958), for the lives first..beyond."""
    out = np.empty((beyond - first, draws))
    for row in range(beyond - first):
        key = key_of(np.uint64(seed), np.uint64(first + row))
        for draw in range(draws):
            word = word_of(key, np.uint64(draw))
            radius = math.sqrt(-2.0 * math.log(upper(word) + 0.5 * HALF))
            out[row, draw] = radius * math.cos(2.0 * math.pi * lower(word))
    return out


@kernel
def normal_share(values: Floats) -> Floats:
    """The share of a standard normal distribution below each value."""
    out = np.empty_like(values)
    for n in range(values.shape[0]):
        out[n] = 0.5 * math.erfc(-values[n] / math.sqrt(2.0))
    return out


@kernel
def draws_of(seed: int, first: int, beyond: int, states: int, stride: int, visits: int) -> NDArray[np.uint64]:
    """The words [life, state, visit] that lives first..beyond draw: for other programs that are to live the same.

    A state's draws begin at stride times its number (`lives.VISITS`).
    """
    out = np.empty((beyond - first, states, visits), dtype=np.uint64)
    for row in range(beyond - first):
        key = key_of(np.uint64(seed), np.uint64(first + row))
        for state in range(states):
            for visit in range(visits):
                out[row, state, visit] = word_of(key, np.uint64(state * stride + visit))
    return out
