"""The three fates: what does working together, past each other or against each other cost, for a person and for whom?

A pure library: no database, no clock, no chance but that of a seed. Begin with `answer` and `doubt`; the model, its
sources, its limits and what it must not be used for stand in docs/fates.md.
"""
