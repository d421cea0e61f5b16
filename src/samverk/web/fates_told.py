"""The answer in words and tables: where people are, what each party pays, whether it pays, and what moves it most."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from samverk.fates.answer import COLUMNS, Answer
from samverk.fates.book import WAYS, Assumption, Book, standard
from samverk.fates.doubt import Bar
from samverk.web.fates_asked import EGONS, GROUP, ONE, Asked, stands
from samverk.web.fates_drawing import Strip
from samverk.web.fates_reckoned import Worth
from samverk.web.fates_words import (
    GROUP_NAMES,
    PARTIES,
    SAYS,
    STATE_NAMES,
    TONES,
    WAY_NAMES,
    YEARS,
    after,
    kronor,
    label,
    of_100,
    window,
    with_unit,
    years,
)
from samverk.web.study_drawing import Bars, Figure, bars
from samverk.web.study_parts import Table

TOLD_YEARS = (0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 40, 50)
SMALL = 1_000
"""SEK for each person: a party that lays out or gains less than this is not named."""


@dataclass(frozen=True, slots=True)
class Said:
    """One window's verdict. `none` is said first, and `rest` after it."""

    window: str
    none: str
    share: str
    says: str
    tone: str
    rest: str


def subject(asked: Asked) -> str:
    """Whom the figures are about, in one sentence."""
    if asked.who == EGONS:
        return gettext("Egon, 42 år. Han skickas runt mellan myndigheterna.")
    people = asked.people
    if asked.who == ONE:
        words = {"age": asked.age, "where": STATE_NAMES[asked.start]}
        return gettext("En person som är %(age)s år: %(where)s.") % words
    told = {"n": number_format(people, 0, force_grouping=True), "age": asked.age}
    if asked.who == GROUP:
        return ngettext("%(n)s person, %(age)s år.", "%(n)s personer, %(age)s år.", people) % told
    return (
        ngettext(
            "%(n)s person, %(age)s år: fem procent av områdets invånare i arbetsför ålder.",
            "%(n)s personer, %(age)s år: fem procent av områdets invånare i arbetsför ålder.",
            people,
        )
        % told
    )


def moved(asked: Asked) -> list[str]:
    """What whoever asks has changed, each with what it stood on."""
    book = standard()
    told = []
    for name, value in asked.values:
        now, before = with_unit(book[name], value), with_unit(book[name], stands(book[name], asked))
        told.append(
            gettext("%(what)s %(now)s (stod på %(before)s)") % {"what": label(book[name]), "now": now, "before": before}
        )
    if asked.rate:
        told.append(gettext("ränta %(rate)s %% om året") % {"rate": asked.rate})
    return told


def sentences(drawn: Sequence[Strip], year: int) -> list[str]:
    """The picture for whoever does not see it: a sentence for each way."""
    told = []
    for strip in drawn:
        parts = [f"{piece.count} {piece.name}" for piece in strip.at(year) if piece.count]
        words = {"way": strip.name, "year": year, "parts": ", ".join(parts)}
        told.append(gettext("%(way)s, år %(year)s, av 100: %(parts)s.") % words)
    return told


def year_tables(drawn: Sequence[Strip]) -> tuple[Table, ...]:
    """For each way: where a hundred people are, in the years that are told and in the last one."""
    return tuple(
        Table(
            strip.name,
            (gettext("År"), *map(str, GROUP_NAMES.values())),
            tuple(
                (str(year), *map(str, strip.years[year]))
                for year in sorted({*(n for n in TOLD_YEARS if n < len(strip.years)), len(strip.years) - 1})
            ),
        )
        for strip in drawn
    )


def years_table(found: Answer, people: int) -> Table:
    """Years to pension in each kind of month, for one person on average."""
    rows = tuple(
        (str(name), *(years(found.lines[way].years[key] / people) for way in WAYS)) for key, name in YEARS.items()
    )
    return Table(gettext("År till pensionen, i genomsnitt för en person"), (gettext("Tid"), *_ways()), rows)


def cost_tables(found: Answer) -> tuple[Table, ...]:
    """For each window: what each party pays net in each way, for all people together."""
    note = gettext(
        "Ett minus är en inkomst: skatt, avgifter eller lön. Det som en part betalar till en annan tar ut sig."
    )
    return tuple(
        Table(
            gettext("Kostnad %(window)s") % {"window": window(name)},
            (gettext("Part"), *_ways()),
            tuple(
                (str(PARTIES[party]), *(kronor(float(found.lines[way].costs[n, COLUMNS.index(party)])) for way in WAYS))
                for party in PARTIES
            ),
            note,
        )
        for n, name in enumerate(found.windows)
    )


def verdicts(worth: Worth) -> list[Said]:
    """For each window, for the public parties together: first the probability that nothing is saved."""
    told = []
    for name, verdict in zip(worth.windows, worth.verdicts, strict=True):
        words, tone = SAYS[verdict.says]
        amounts = {
            "middle": kronor(verdict.saving, sign=True),
            "low": kronor(verdict.low),
            "high": kronor(verdict.high),
        }
        rest = gettext("Mitt i räkningarna: %(middle)s. Nitton av tjugo ligger mellan %(low)s och %(high)s.") % amounts
        told.append(
            Said(window(name), of_100(verdict.no_saving), f"{100 * verdict.no_saving:.1f}%", str(words), tone, rest)
        )
    return told


def gain_tables(worth: Worth) -> tuple[Table, ...]:
    """For each window: each party, first the probability that it gains nothing, then what it gains."""
    heads = (gettext("Part"), gettext("Ingen vinst i"), gettext("Mitt i räkningarna"), gettext("Nitton av tjugo"))
    return tuple(
        Table(
            gettext("Vinst %(window)s, mot att arbeta var för sig") % {"window": window(name)},
            heads,
            tuple(
                (
                    str(PARTIES[gain.party]), of_100(gain.none), kronor(gain.saving, sign=True),
                    gettext("%(low)s till %(high)s") % {"low": kronor(gain.low), "high": kronor(gain.high)},
                )
                for gain in worth.of(name)
            ),
        )
        for name in worth.windows
    )  # fmt: skip


def invest_table(worth: Worth) -> Table:
    """How much each party has laid out at the most, and when it has it back, with the assumptions as they stand."""
    return Table(
        gettext("Vem som lägger ut, och när det är tillbaka"),
        (gettext("Part"), gettext("Mest utlagt"), gettext("Tillbaka")),
        tuple(
            (str(PARTIES[account.party]), kronor(account.deepest), after(account.pays_off))
            for account in worth.accounts
        ),
    )


def investing(worth: Worth, people: int) -> list[str]:
    """Who has to invest for whom, with the assumptions as they stand; small change is left out."""
    told = []
    small = SMALL * people
    by = {account.party: account for account in worth.accounts}
    invest = [party for party in worth.invest if by[party].saving[0] < -small]
    win = [party for party in worth.win if by[party].saving[-1] > small]
    if invest:
        told.append(gettext("Lägger ut under de första två åren: %(parties)s.") % {"parties": _list(invest)})
    if win:
        told.append(gettext("Får mer till pensionen: %(parties)s.") % {"parties": _list(win)})
    if alone := [party for party in invest if party not in win]:
        text = gettext("Får inte tillbaka det själv: %(parties)s. De lägger ut för de andra.")
        told.append(text % {"parties": _list(alone)})
    return told


def gain_drawing(worth: Worth, name: str) -> Bars:
    """What each party gains in a window, with its interval; the probability that it gains nothing stands beside it."""
    return bars(
        [
            Figure(
                str(PARTIES[gain.party]), of_100(gain.none), gain.saving, gain.low, gain.high,
                TONES.get(gain.party, "other"),
            )
            for gain in worth.of(name)
        ],
        title=gettext("Vinst %(window)s, part för part") % {"window": window(name)},
        desc=gettext(
            "Talet säger i hur många räkningar parten inte vinner något. Till höger om strecket vinner den, till vänster"
            " förlorar den. Den tunna linjen är osäkerheten."
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lever:
    """One bar of the tornado: from and to in per cent across, with where nothing is saved."""

    name: str
    guess: bool
    low: str
    high: str
    saving_low: str
    saving_high: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Tornado:
    """What matters most, widest first; `zero` is where nothing is saved."""

    levers: tuple[Lever, ...]
    zero: str


def tornado(worth: Worth, book: Book) -> Tornado:
    """The bars of what matters most."""
    ends = [end for bar in worth.bars for end in (bar.saving_low, bar.saving_high)]
    lowest, highest = min([0.0, *ends]), max([0.0, *ends])
    span = (highest - lowest) or 1.0

    def at(value: float) -> float:
        return (value - lowest) / span * 100

    return Tornado(tuple(_lever(bar, book[bar.name], at) for bar in worth.bars), f"{at(0.0):.2f}%")


def _lever(bar: Bar, assumption: Assumption, at: Callable[[float], float]) -> Lever:
    first, last = sorted((at(bar.saving_low), at(bar.saving_high)))
    return Lever(
        name=label(assumption),
        guess=bar.guess,
        low=with_unit(assumption, bar.low),
        high=with_unit(assumption, bar.high),
        saving_low=kronor(bar.saving_low, sign=True),
        saving_high=kronor(bar.saving_high, sign=True),
        x=f"{first:.2f}%",
        width=f"{last - first:.2f}%",
    )


def tornado_table(told: Tornado) -> Table:
    """The same as a table."""
    return Table(
        gettext("Det som betyder mest, till pensionen"),
        (gettext("Antagande"), gettext("Lågt"), gettext("Vinst då"), gettext("Högt"), gettext("Vinst då"), gettext("Gissning")),
        tuple(
            (one.name, one.low, one.saving_low, one.high, one.saving_high, gettext("ja") if one.guess else gettext("nej"))
            for one in told.levers
        ),
    )  # fmt: skip


def guessed(book: Book) -> list[tuple[str, str, str]]:
    """Every guess: what it is called, its value, and what the book says of where it comes from."""
    return [(label(a), with_unit(a, a.value), a.source) for a in book if a.guess]


def _ways() -> Iterable[str]:
    return (str(WAY_NAMES[way]) for way in WAYS)


def _list(parties: Sequence[str]) -> str:
    names = [str(PARTIES[party]) for party in parties]
    return (
        names[0]
        if len(names) == 1
        else gettext("%(some)s och %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}
    )
