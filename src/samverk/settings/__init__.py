"""Settings: base, and what demo, production and test change in it."""
