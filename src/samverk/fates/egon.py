"""Egon Jönsson, three times (SOU 1996:85, retold in egon.md): his told months, his parameter sets, his pension sum.

One composite person is no evidence. His sets say which values make his story an ordinary one; they calibrate the
demonstration, and nothing is to be concluded from them. The story names few dates: where it gives a length it stands
as `told`, and the rest of the two years is allotted by us.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from samverk.evaluation.prices import Price, PriceBook, Unit
from samverk.fates.answer import Question, fate
from samverk.fates.book import COLLABORATING, COUNTERACTING, INDEPENDENT, WAYS
from samverk.fates.costs import cost_of_path
from samverk.fates.person import Person
from samverk.fates.priced import costs_of_book
from samverk.fates.states import Party, State
from samverk.fates.told import Likelihood, likelihood, posterior

# From 1 January 1995, when he is 42, to the old-age pension at 65; from 1997, at 44, that is the source's 21 years.
CLOCK_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Spell:
    """So many months in a state; told says that the source gives this length (or its end), else it is allotted."""

    state: State
    months: int
    told: bool
    what: str


S = State
TOLD: Mapping[str, tuple[Spell, ...]] = MappingProxyType(
    {
        INDEPENDENT: (
            Spell(S.ROUND, 1, False, "New Year: detoxification; psychiatry says that the drinking must stop first"),
            Spell(S.TREATMENT, 2, True, "treatment home, eight weeks; the flat is lost meanwhile"),
            Spell(S.GAP_TRAINING, 4, False, "must seek work for his assistance; sick-listed by turns; some months"),
            Spell(S.TRAINING, 3, False, "relief job in recycling: good at first, then Mondays missed"),
            Spell(S.RELAPSE, 1, False, "two weeks' drinking, emergency; the relief job is withdrawn"),
            Spell(S.TREATMENT, 2, False, "a treatment period ends in good shape"),
            Spell(S.GAP_TRAINING, 2, True, "long queue: a depressive period, two months"),
            Spell(S.TRAINING, 3, False, "new relief job, new leader; attendance falls"),
            Spell(S.SICK, 2, True, "heart attack at work; a couple of months"),
            Spell(S.TRAINING, 4, False, "back in the relief job, part-time sick-listed"),
        ),
        COUNTERACTING: (
            Spell(S.ROUND, 1, False, "New Year, as in the first fate"),
            Spell(S.TREATMENT, 4, False, "a longer treatment home, in the weeks of the place at the institute"),
            Spell(S.ROUND, 3, False, "the place in the other queue is lost; a quarrel over his head"),
            Spell(S.RELAPSE, 2, False, "straight to drinking"),
            Spell(S.ROUND, 2, False, "nobody agrees on what comes first"),
            Spell(S.TRAINING, 3, False, "a good place by the municipality, as the insurance office raises pension"),
            Spell(S.ROUND, 4, False, "a conference ends in a row; the official who fights for him is promoted away"),
            Spell(S.SICK, 5, False, "heart attack; he never returns"),
        ),
        COLLABORATING: (
            Spell(S.ROUND, 1, True, "first working day: admission talk; a week later it is decided"),
            Spell(S.TRAINING, 6, True, "assessment, then relief job in metal recycling with talk therapy; half a year"),
            Spell(S.TRAINING, 5, False, "work cooperative, vocational training in turns with work"),
            Spell(S.SUBSIDISED, 6, True, "his former colleague's firm, 90 per cent wage subsidy"),
            Spell(S.SUBSIDISED, 6, True, "second half of 1996: the firm pays 30 per cent"),
        ),
    }
)
# What the source projects after 1996, to 65.
PROJECTED: Mapping[str, tuple[Spell, ...]] = MappingProxyType(
    {
        INDEPENDENT: (
            Spell(S.TRAINING, 72, False, "relief work and social assistance until 50"),
            Spell(S.SUBSIDISED, 60, True, "sheltered public work from 50"),
            Spell(S.PART_PENSION, 60, True, "half disability pension from 55"),
            Spell(S.PENSION, 60, True, "full from 60"),
        ),
        COUNTERACTING: (Spell(S.PENSION, 252, True, "full disability pension from 1 January 1997, 21 years"),),
        COLLABORATING: (
            Spell(S.SUBSIDISED, 132, True, "wage subsidy 50 per cent, 30 from 1998"),
            Spell(
                S.PART_PENSION, 120, True, "partial disability pension from 55, the rest worked at 30 per cent subsidy"
            ),
        ),
    }
)

# His three sets: what is his in every way, and in each. All lie within the ranges of the assumptions, and were fitted
# to the story by us; 0.044 is the published relapse of alcohol dependence (`relapse_gap`).
HIS: Mapping[str, float] = MappingProxyType(
    {
        "needs_treatment": 0.6,
        "wait_treatment": 2.5,
        "months_treatment": 2.5,
        "months_training": 5,
        "renew_training": 0.6,
        "success_training": 0.34,
        "relapse_gap": 0.044,
        "sick_gap": 0.025,
        "months_sick": 4,
        "sick_back": 0.4,
    }
)
SETS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        INDEPENDENT: MappingProxyType({}),
        COUNTERACTING: MappingProxyType(
            {"counteracting.pension": 3, "counteracting.direct": 0.1, "counteracting.conflict": 0.1}
        ),
        COLLABORATING: MappingProxyType({"collaborating.wait": 0.5, "collaborating.direct": 0.7}),
    }
)
# The same man in all three: his values, and those of each way (which touch that way alone).
EGON = Person(
    age=42 * 12,
    pension_age=65 * 12,
    start=State.ROUND,
    values=MappingProxyType({**HIS, **{name: value for way in WAYS for name, value in SETS[way].items()}}),
)

# The sketch's pension, without the supplementary pension.
PENSION = PriceBook(
    (
        Price(
            kind="pension",
            payer="FK",
            receiver="participant",
            amount=6000,
            unit=Unit.MONTH,
            price_year=1996,
            source="SOU 1996:85, Ingvar Nilsson/SEE: SEK 6,000 a month; the price year is taken to be the book's",
        ),
    )
)


def path(spells: tuple[Spell, ...]) -> tuple[State, ...]:
    """The spells as states, month by month."""
    return tuple(spell.state for spell in spells for _ in range(spell.months))


def told_path(way: str) -> tuple[State, ...]:
    """His 24 months in a way; in the counteracting one also the first of his pension, which is what it led to."""
    months = path(TOLD[way])
    return (*months, State.PENSION) if way == COUNTERACTING else months


def pension_sum() -> float:
    """SEK paid in disability pension in the second fate, from the price row: 21 x 12 x 6,000, undiscounted."""
    return float(
        cost_of_path(path(PROJECTED[COUNTERACTING]), costs_of_book(PENSION, on=date(1997, 1, 1)))[Party.INSURANCE]
    )


@dataclass(frozen=True, slots=True)
class Told:
    """One told path against each way: his own set should fit it best, and find it ordinary.

    fits [way]: the path under that way; probable [way]: how probable each way is once the path is told (a third each
    before); others [way]: log chance of the other fates' told paths under the way this one belongs to.
    """

    way: str
    fits: Mapping[str, Likelihood]
    probable: Mapping[str, float]
    others: Mapping[str, float]


def told(way: str, *, seed: int = 1, count: int = 4000) -> Told:
    """How his told months in a way fit each of his three sets."""
    question = Question(persons=(EGON,))
    fates = {each: fate(question, EGON, each) for each in WAYS}
    fits = {each: likelihood(fates[each], told_path(way), seed=seed, count=count) for each in WAYS}
    chances = posterior([fits[each].log_chance for each in WAYS])
    return Told(
        way=way,
        fits=MappingProxyType(fits),
        probable=MappingProxyType(dict(zip(WAYS, chances, strict=True))),
        others=MappingProxyType(
            {
                each: likelihood(fates[way], told_path(each), seed=seed, count=2).log_chance
                for each in WAYS
                if each != way
            }
        ),
    )
