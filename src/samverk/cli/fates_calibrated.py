"""`samverk fates calibrate EXTRACT`: which assumptions the cases tell of, how surely, and whether it holds for others."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samverk.cli.fates_extract import read_extract
from samverk.fates.book import standard
from samverk.fates.calibrate import LEAST_EVENTS, LEAST_PEOPLE, calibrate
from samverk.fates.stays import stays

TOO_FEW = (
    f"too few cases: fewer than {LEAST_PEOPLE} people, or fewer than {LEAST_EVENTS} to whom it did or did not happen"
)


def figures(file: Path, *, way: str) -> dict[str, Any]:
    """What the extract's cases tell, with the shipped book before it."""
    people, digest = read_extract(file)
    found = calibrate(stays(people), standard(), way=way)
    usable = {one.name for one in found.usable}
    return {
        "extract": digest,
        "people": len(people),
        "way": way,
        "values": [
            {
                "name": one.name,
                "value": _fine(one.value),
                "low": _fine(one.low),
                "high": _fine(one.high),
                "shipped": _fine(one.before),
                "people": one.people,
                "events": one.events,
                "used": one.name in usable,
            }
            for one in found.values
        ],
        "too_few": list(found.too_few),
        "checks": [
            {
                "name": one.name,
                "foretold": _fine(one.expected),
                "low": one.low,
                "high": one.high,
                "happened": one.happened,
                "holds": one.holds,
                "better_than_shipped": _fine(one.gain),
            }
            for one in found.checks
        ],
    }


def as_json(told: Mapping[str, Any]) -> str:
    """The figures as JSON."""
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def as_csv(told: Mapping[str, Any]) -> str:
    """One row for each assumption that cases could tell of; the cells of one with too few are empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["name", "value", "low", "high", "shipped", "people", "events", "used"])
    writer.writerows(one.values() for one in told["values"])
    writer.writerows([name, "", "", "", "", "", "", "too few"] for name in told["too_few"])
    return text.getvalue()


def as_text(told: Mapping[str, Any]) -> str:
    """What was found, and the lines that a file for `samverk fates run` can take over: the whole is such lines."""
    lines = [
        f"# {told['people']} people who lived in the {told['way']} way, extract {told['extract'][:16]}.",
        "# Cases tell what happened, not what working together did: its effects stay assumptions.",
        "",
    ]
    for one in told["values"]:
        if not one["used"]:
            lines += [f"# {one['name']}: {one['value']:g}, but it did not hold for the people held back: not used.", ""]
            continue
        lines += [
            f"[assumptions.{one['name']}]",
            f"value = {one['value']!r}   # shipped: {one['shipped']:g}",
            f"low = {one['low']!r}",
            f"high = {one['high']!r}",
            f'source = "{one["people"]} people of extract {told["extract"][:16]}, {one["events"]} events"',
            "",
        ]
    lines += [f"# {name}: {TOO_FEW}. The shipped value stands." for name in told["too_few"]]
    lines += ["", "# Held back: what two thirds of the people foretold of the others."]
    for one in told["checks"]:
        says = "holds" if one["holds"] else "does not hold"
        against = "better" if one["better_than_shipped"] > 0 else "no better"
        lines.append(
            f"# {one['name']}: {one['foretold']:.1f} events foretold ({one['low']} to {one['high']}), "
            f"{one['happened']} happened: {says}; {against} than as shipped."
        )
    if not told["checks"]:
        lines.append("# Too few people to hold any back: nothing has been checked.")
    return "\n".join(lines) + "\n"


def _fine(value: float) -> float:
    """Four figures that count."""
    return float(f"{value:.4g}")
