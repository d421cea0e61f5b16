"""The sealed log: a Merkle tree over the events, a chain for each person, and signed checkpoints (docs/log.md)."""
