"""The Merkle tree of RFC 6962: growing it from its edge alone, and proofs that something stands in it."""

from collections.abc import Callable, Iterable

from samverk.access.ledger.form import node_hash

TILE = 8
"""The hash of every full part of 256 ** n leaves is kept (store.models.LogTile)."""


class Frontier:
    """The roots of the full parts from the left, largest first: all that is needed to go on, and to tell the root."""

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        """A tree of `size` leaves. ValueError when `hashes` are not one for each one in `size`, written in binary."""
        self.size = size
        self.hashes = list(hashes)
        if len(self.hashes) != size.bit_count():
            raise ValueError("the frontier does not belong to this size")

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf. Returns the full parts that became ready and are kept: (level, index from the left, hash)."""
        ready = []
        height, node = 0, leaf
        while self.size >> height & 1:
            node = node_hash(self.hashes.pop(), node)
            height += 1
            if height % TILE == 0:
                ready.append((height // TILE, self.size >> height, node))
        self.hashes.append(node)
        self.size += 1
        return ready

    def root(self) -> bytes:
        """The hash of the whole tree. ValueError of an empty one: no checkpoint is made of it."""
        if not self.hashes:
            raise ValueError("an empty log has no root")
        *rest, root = self.hashes
        for part in reversed(rest):
            root = node_hash(part, root)
        return root


def path(leaf: int, size: int, part: Callable[[int, int], bytes]) -> list[bytes]:
    """The inclusion proof of leaf `leaf` (from 0) in a tree of `size`, from below: RFC 6962, 2.1.1.

    `part(first, end)` gives the root of the leaves from `first` up to but not including `end`.
    """
    first, end, proof = 0, size, []
    while end - first > 1:
        middle = first + _half(end - first)
        if leaf < middle:
            proof.append(part(middle, end))
            end = middle
        else:
            proof.append(part(first, middle))
            first = middle
    return proof[::-1]


def whole(first: int, end: int, known: Callable[[int, int], bytes | None]) -> bytes:
    """The root of the leaves from `first` up to `end`, put together from what `known(first, end)` gives."""
    found = known(first, end)
    if found is not None:
        return found
    if end - first < 2:
        raise LookupError(f"leaf {first} is not there")
    middle = first + _half(end - first)
    return node_hash(whole(first, middle, known), whole(middle, end, known))


def root_from(leaf: int, size: int, hash: bytes, proof: Iterable[bytes]) -> bytes | None:
    """The root that the proof leads to from the leaf; None when it has not the right length. RFC 9162, 2.1.3.2."""
    if not 0 <= leaf < size:
        return None
    node, last = leaf, size - 1
    for sibling in proof:
        if last == 0:
            return None
        if node & 1 or node == last:
            hash = node_hash(sibling, hash)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            hash = node_hash(hash, sibling)
        node, last = node >> 1, last >> 1
    return hash if last == 0 else None


def _half(n: int) -> int:
    """The largest power of two below `n` (at least 2)."""
    return 1 << (n - 1).bit_length() - 1
