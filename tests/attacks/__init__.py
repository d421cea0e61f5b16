"""The twelve attacks of the threat model, each on every channel there is (docs/security.md)."""
