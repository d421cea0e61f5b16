"""The one door: who may do what, decided and logged, and the frozen views that leave through it."""
