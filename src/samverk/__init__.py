"""Samverk: one person, one plan, several agencies."""
