"""Proofs that an entry stands in the log, from hashes alone. Few queries: full parts of 256 leaves are kept."""

from collections.abc import Iterable

from django.db.models import Q

from samverk.access.ledger.tree import TILE, path, whole
from samverk.store.models import LogLeaf, LogTile

_RANGES = 200
"""Parts of the tree in one query."""


def proofs(numbers: Iterable[int], *, size: int) -> dict[int, list[bytes]]:
    """For each entry in `numbers` (from 1), its inclusion proof in the tree of the first `size` entries, from below."""
    wanted = sorted(set(numbers))
    known = _Known(wanted, size)
    return {number: path(number - 1, size, known.part) for number in wanted}


class _Known:
    """The hashes that the proofs are put together from, and what has been put together already."""

    def __init__(self, numbers: list[int], size: int) -> None:
        width = 1 << TILE
        self._found: dict[tuple[int, int], bytes] = {}
        blocks = {(number - 1) // width for number in numbers} | {size // width}
        self._leaves(sorted(blocks), width, size)
        level, above = 1, width
        while above <= size:
            blocks = {(number - 1) // (above * width) for number in numbers} | {size // (above * width)}
            self._tiles(level, sorted(blocks), width, size // above)
            level, above = level + 1, above * width

    def part(self, first: int, end: int) -> bytes:
        """The root of the leaves from `first` up to `end`."""
        root = self._found[first, end] = whole(first, end, lambda a, b: self._found.get((a, b)))
        return root

    def _leaves(self, blocks: list[int], width: int, size: int) -> None:
        for start in range(0, len(blocks), _RANGES):
            within = Q()
            for block in blocks[start : start + _RANGES]:
                within |= Q(number__gt=block * width, number__lte=min((block + 1) * width, size))
            for row in LogLeaf.objects.filter(within):
                self._found[row.number - 1, row.number] = bytes(row.hash)

    def _tiles(self, level: int, blocks: list[int], width: int, there: int) -> None:
        span = 1 << (TILE * level)
        for start in range(0, len(blocks), _RANGES):
            within = Q()
            for block in blocks[start : start + _RANGES]:
                within |= Q(index__gte=block * width, index__lt=min((block + 1) * width, there))
            for row in LogTile.objects.filter(within, level=level):
                self._found[row.index * span, (row.index + 1) * span] = bytes(row.hash)
