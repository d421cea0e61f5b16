"""What collaboration gives the person, the parties and society: a pure library over spells and prices.

No framework, no clock, no global chance: days come in as numbers, chance as a `numpy` generator. Start with
`spells.Spells`, `prices.PriceBook` and `costs.costs_of`; `docs/evaluation.md` shows the whole way.
"""
