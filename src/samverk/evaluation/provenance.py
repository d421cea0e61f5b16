"""Where a figure comes from, so that it can be made again to the same bits: data, prices, method, code."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata, resources
from typing import Any

import numpy as np

from samverk.evaluation.comparison import Comparison
from samverk.evaluation.prices import PriceBook
from samverk.evaluation.spells import Spells

_LIBRARIES = ("numpy", "numba", "scipy", "statsmodels", "csdid", "drdid")
_SHORT = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """All that decides a figure. Two figures with the same `key` were made of the same and have the same bits."""

    data: str
    prices: str
    method: str
    parameters: str
    code: str
    libraries: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """Sixteen hexadecimal digits that stand for all of it."""
        return _digest(json.dumps(asdict(self), sort_keys=True).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that can be printed: its unit, what it was compared with, and where it comes from. None may be left out."""

    value: float
    unit: str
    comparison: Comparison
    provenance: Provenance


def provenance(
    streams: Sequence[Spells], book: PriceBook, method: str, parameters: Mapping[str, Any] | None = None
) -> Provenance:
    """Of a figure made by this method from these spells and prices. Parameters are what JSON can hold, the seed among them."""
    return Provenance(
        data=data_hash(streams),
        prices=book.version,
        method=method,
        parameters=json.dumps(parameters or {}, sort_keys=True),
        code=code_version(),
        libraries=tuple((name, metadata.version(name)) for name in _LIBRARIES),
    )


def data_hash(streams: Sequence[Spells]) -> str:
    """Of what the spells say, whatever order they came in (SHA-256, sixteen digits)."""
    whole = hashlib.sha256()
    for spells in sorted(streams, key=lambda one: one.stream):
        whole.update(f"{spells.stream}|{spells.kinds}|{spells.payers}|{spells.sources}|".encode())
        whole.update(json.dumps(spells.people.tolist()).encode())
        for column in (
            spells.offsets, spells.observed_from, spells.observed_until, spells.kind, spells.start, spells.stop,
            spells.extent, spells.payer, spells.source,
        ):  # fmt: skip
            whole.update(f"|{column.dtype}|{column.size}|".encode())
            whole.update(np.ascontiguousarray(column).tobytes())
    return whole.hexdigest()[:_SHORT]


def code_version() -> str:
    """The package's version and a digest of this library's own files: it changes with any change in them."""
    digest = hashlib.sha256()
    files = [file for file in resources.files("samverk.evaluation").iterdir() if file.name.endswith(".py")]
    for file in sorted(files, key=lambda one: one.name):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return f"{metadata.version('samverk')}+{digest.hexdigest()[:_SHORT]}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_SHORT]
