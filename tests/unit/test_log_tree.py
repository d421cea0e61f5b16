"""The Merkle tree against a naive one, written as RFC 6962 says it: roots, edges, proofs, and parts that are kept."""

import hashlib

import pytest

from samverk.access.ledger.form import canonical
from samverk.access.ledger.proofs import proofs
from samverk.access.ledger.tree import Frontier, path, root_from, whole
from samverk.store.models import LogLeaf, LogTile


def leaf(n: int) -> bytes:
    return hashlib.sha256(f"leaf {n}".encode()).digest()


LEAVES = [leaf(n) for n in range(70)]


def naive(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, from ready leaf hashes."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + naive(leaves[:k]) + naive(leaves[k:])).digest()


def test_the_root_is_that_of_the_rfc_at_every_size() -> None:
    frontier = Frontier()
    for size, one in enumerate(LEAVES, 1):
        frontier.append(one)
        assert (frontier.size, frontier.root()) == (size, naive(LEAVES[:size]))


def test_the_tree_goes_on_from_its_edge_alone() -> None:
    for size in range(1, 70):
        first = Frontier()
        for one in LEAVES[:size]:
            first.append(one)
        second = Frontier(first.size, first.hashes)
        second.append(leaf(99))
        assert second.root() == naive([*LEAVES[:size], leaf(99)])


def test_an_edge_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="does not belong"):
        Frontier(3, [leaf(1)])
    with pytest.raises(ValueError, match="no root"):
        Frontier().root()


def test_every_proof_leads_to_the_root_and_no_other_does() -> None:
    def part(first: int, end: int) -> bytes:
        return naive(LEAVES[first:end])

    for size in range(1, 35):
        root = naive(LEAVES[:size])
        for n in range(size):
            proof = path(n, size, part)
            assert root_from(n, size, LEAVES[n], proof) == root
            assert root_from(n, size, leaf(99), proof) != root
            assert root_from((n + 1) % size, size, LEAVES[n], proof) != root or size == 1
            assert root_from(n, size, LEAVES[n], [*proof, leaf(1)]) != root
            assert root_from(n, size, LEAVES[n], proof[:-1]) != root or not proof
            assert root_from(n, size + 40, LEAVES[n], proof) != root
    assert root_from(5, 5, LEAVES[5], []) is None


def test_what_is_not_there_is_missed() -> None:
    with pytest.raises(LookupError):
        whole(0, 4, lambda first, end: None)


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 255, 256, 257, 1000, 65_536 + 300])
def test_proofs_from_the_kept_parts_lead_to_the_root(size: int) -> None:
    """On both sides of each border at which a part becomes full; read by few queries."""
    frontier, leaves, tiles = Frontier(), [], []
    for n in range(size):
        one = leaf(n)
        leaves.append(LogLeaf(number=n + 1, hash=one))
        tiles += [LogTile(level=level, index=index, hash=hash) for level, index, hash in frontier.append(one)]
    LogLeaf.objects.bulk_create(leaves)
    LogTile.objects.bulk_create(tiles)
    assert len(tiles) == size // 256 + size // 65_536
    root = frontier.root()
    numbers = {n for n in (1, 2, 255, 256, 257, 258, 512, 513, size // 2 + 1, size - 1, size) if 1 <= n <= size}
    # What came after the checkpoint is no part of its tree.
    LogLeaf.objects.create(number=size + 1, hash=leaf(-1))
    for number, proof in proofs(numbers, size=size).items():
        assert root_from(number - 1, size, leaf(number - 1), proof) == root, number


@pytest.mark.django_db
def test_proofs_for_an_older_size_are_of_that_size() -> None:
    """A proof to the checkpoint that was shown, though the log has grown."""
    frontier, tiles = Frontier(), []
    for n in range(700):
        if n == 600:
            older = frontier.root()
        tiles += [LogTile(level=level, index=index, hash=hash) for level, index, hash in frontier.append(leaf(n))]
    LogLeaf.objects.bulk_create(LogLeaf(number=n + 1, hash=leaf(n)) for n in range(700))
    LogTile.objects.bulk_create(tiles)
    for number, proof in proofs([1, 300, 512, 513, 600], size=600).items():
        assert root_from(number - 1, 600, leaf(number - 1), proof) == older


def test_the_canonical_form_is_one_line_of_harmless_ascii() -> None:
    text = canonical({"b": 1, "a": 'é\n\u202e"<b>&', "c": [None, True]})
    assert text == b'{"a":"\\u00e9\\n\\u202e\\"\\u003cb\\u003e\\u0026","b":1,"c":[null,true]}'
    with pytest.raises(ValueError, match="Out of range"):
        canonical(float("nan"))
