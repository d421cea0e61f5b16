"""What `samverk fates run` tells: one set of rounded figures, as text, as JSON, and as CSV. The doubt comes first.

Figures are rounded (whole SEK, chances and years to a thousandth), so that the same file gives the same bytes also where
a machine takes its sums in another order.
"""

import csv
import io
import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from samverk.cli.fates_file import Run
from samverk.fates.answer import COLUMNS, Answer, answer
from samverk.fates.book import PRICE_YEAR, WAYS
from samverk.fates.doubt import COSTS, SAVES, Doubt, doubt, tornado
from samverk.fates.scenario import fingerprint

SAYS = {SAVES: "it saves, most probably", COSTS: "it costs more, most probably"}
NEVER_FOR = (
    "Not for decisions about a person, and no evidence that collaboration works: the gains are assumptions put in. "
    "See docs/fates.md."
)
YEARS = {"work": "in work", "way": "on the way", "sick": "ill or in relapse", "pension": "on pension", "dead": "dead"}
MOST_BARS = 10


def figures(run: Run, *, threads: int = 1) -> dict[str, Any]:
    """All figures of a run, as JSON can hold them: SEK of PRICE_YEAR, for all people together. Sums are discounted."""
    found, unsure = answer(run.question), doubt(run.question, draws=run.draws, seed=run.seed, threads=threads)
    bars = tornado(run.question, way=run.way, against=run.against, threads=threads)[:MOST_BARS]
    book = run.question.book
    changed = [
        {"name": a.name, "value": _fine(a.value), "low": _fine(a.low), "high": _fine(a.high), "source": a.source}
        for a in book
        if a.changed
    ]
    return {
        "title": run.title,
        "parameters": fingerprint(run.question),
        "seed": run.seed,
        "draws": run.draws,
        "people": _fine(run.people),
        "price_year": PRICE_YEAR,
        "way": run.way,
        "against": run.against,
        "verdicts": list(_verdicts(run, unsure)),
        "years_per_person": _years(run, found),
        "costs": _costs(found),
        "accounts": list(_accounts(run, found)),
        "matters_most": [
            {
                "name": bar.name,
                "guess": bar.guess,
                "saving_low": round(bar.saving_low),
                "saving_high": round(bar.saving_high),
            }
            for bar in bars
        ],
        "changed": changed,
        "guesses": list(found.guesses),
        "not_for": NEVER_FOR,
    }


def _verdicts(run: Run, unsure: Doubt) -> Iterator[dict[str, Any]]:
    for window in unsure.windows:
        for column in ("public", "society"):
            one = unsure.verdict(window, column, run.way, run.against)
            yield {
                "window": window,
                "for": column,
                "no_saving": _fine(one.no_saving),
                "error": _fine(one.error),
                "says": one.says,
                "saving": round(one.saving),
                "low": round(one.low),
                "high": round(one.high),
                "from_guesses": _fine(one.guessed),
            }


def _years(run: Run, found: Answer) -> dict[str, dict[str, float]]:
    return {way: {name: _fine(line.years[name] / run.people) for name in YEARS} for way, line in found.lines.items()}


def _costs(found: Answer) -> dict[str, dict[str, dict[str, int]]]:
    return {
        way: {
            window: {name: round(float(line.costs[n, place])) for place, name in enumerate(COLUMNS)}
            for n, window in enumerate(found.windows)
        }
        for way, line in found.lines.items()
    }


def _accounts(run: Run, found: Answer) -> Iterator[dict[str, Any]]:
    for one in found.accounts(run.way, run.against):
        yield {
            "party": one.party,
            "saving": {window: round(saved) for window, saved in zip(found.windows, one.saving, strict=True)},
            "laid_out_most": round(one.deepest),
            "in_month": one.deepest_month,
            "money_back_in_month": one.pays_off,
        }


def as_json(told: Mapping[str, Any]) -> str:
    """The figures as JSON."""
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def as_csv(told: Mapping[str, Any]) -> str:
    """The figures as one table: what, way, window, name, value, low, high. An empty cell says that there is none."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["what", "way", "window", "name", "value", "low", "high"])
    for key in ("parameters", "seed", "draws", "people", "price_year"):
        writer.writerow([key, "", "", "", told[key], "", ""])
    way = told["way"]
    for one in told["verdicts"]:
        place = (way, one["window"], one["for"])
        writer.writerow(["probability of no saving", *place, one["no_saving"], "", ""])
        writer.writerow(["median saving, SEK", *place, one["saving"], one["low"], one["high"]])
    for name, years in told["years_per_person"].items():
        writer.writerows(["years per person", name, "pension", what, value, "", ""] for what, value in years.items())
    for name, windows in told["costs"].items():
        for window, parties in windows.items():
            writer.writerows(["cost, SEK", name, window, party, value, "", ""] for party, value in parties.items())
    for one in told["matters_most"]:
        low, high = sorted((one["saving_low"], one["saving_high"]))
        writer.writerow(["saving when it alone moves, SEK", way, "pension", one["name"], "", low, high])
    for one in told["changed"]:
        writer.writerow(["changed here", "", "", one["name"], one["value"], one["low"], one["high"]])
    writer.writerows(["guess", "", "", name, "", "", ""] for name in told["guesses"])
    return text.getvalue()


def as_text(told: Mapping[str, Any]) -> str:
    """The figures to be read, the doubt first."""
    way, against = told["way"], told["against"]
    lines = [
        told["title"],
        f"{told['people']:,.6g} people. Sums in thousand SEK of {told['price_year']}, discounted. "
        f"{told['draws']:,} draws, seed {told['seed']}. Parameters {told['parameters']}.",
        "",
        f"Does the {way} way save anything against the {against} one?",
    ]
    for one in told["verdicts"]:
        says = SAYS.get(one["says"], one["says"])
        whom = "public parties" if one["for"] == "public" else "all of society"
        lines.append(
            f"  {one['window']:<9} {whom:<15} probability of no saving {one['no_saving']:.2f}: {says}. "
            f"Saving {_thousands(one['saving'])} ({_thousands(one['low'])} to {_thousands(one['high'])})"
        )
    guessed = next(one["from_guesses"] for one in told["verdicts"][::-1] if one["for"] == "public")
    lines.append(f"  {100 * guessed:.0f} per cent of the spread to pension comes from guesses.")
    lines += ["  In brackets: 95 per cent of the draws, for an average person under uncertain assumptions.", ""]
    lines += _table("Years until the old-age pension, per person", told["years_per_person"], YEARS)
    lines += ["", *_savings(told), "", "What matters most (the saving to pension when one assumption alone moves):"]
    for one in told["matters_most"]:
        mark = " (guess)" * one["guess"]
        lines.append(
            f"  {one['name'] + mark:<40} {_thousands(one['saving_low']):>12} to {_thousands(one['saving_high']):>12}"
        )
    if told["changed"]:
        lines += ["", "Changed here:"]
        lines += [f"  {one['name']} = {one['value']:g} ({one['source']})" for one in told["changed"]]
    guesses = f"{len(told['guesses'])} assumptions are guesses: {', '.join(told['guesses'])}."
    lines += ["", *textwrap.wrap(guesses, 110), "", *textwrap.wrap(NEVER_FOR, 110)]
    return "\n".join(lines) + "\n"


def _thousands(amount: int) -> str:
    """An amount in thousands: more digits than that would look surer than anyone is."""
    return f"{round(amount / 1000):,}"


def _table(title: str, by_way: Mapping[str, Mapping[str, float]], names: Mapping[str, str]) -> list[str]:
    lines = [f"{title + ':':<44}" + "".join(f"{way:>15}" for way in WAYS)]
    return lines + [
        f"  {word:<42}" + "".join(f"{by_way[way][name]:>15.2f}" for way in WAYS) for name, word in names.items()
    ]


def _savings(told: Mapping[str, Any]) -> list[str]:
    windows: Sequence[str] = list(told["accounts"][0]["saving"])
    lines = [f"{'What each party gains, expected:':<44}" + "".join(f"{name:>15}" for name in windows)]
    for one in told["accounts"]:
        lines.append(f"  {one['party']:<42}" + "".join(f"{_thousands(one['saving'][name]):>15}" for name in windows))
    invest = [one for one in told["accounts"] if one["laid_out_most"] and one["party"] not in ("public", "society")]
    for one in invest:
        back = one["money_back_in_month"]
        when = f"has it back in month {back}" if back else "does not get it back"
        lines.append(
            f"  {one['party']} lays out {_thousands(one['laid_out_most'])} at most (month {one['in_month']}), and {when}."
        )
    return lines


def _fine(value: float) -> float:
    """Rounded to what can be told."""
    return round(float(value), 3)
