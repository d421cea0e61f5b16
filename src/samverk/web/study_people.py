"""What a study's report says of people: who is in it, how they support themselves, what they answered."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from samverk.evaluation.comparison import Comparison
from samverk.web.study_drawing import Figure, bars
from samverk.web.study_parts import Part, Table, between, language, own_change
from samverk.web.study_words import FLOW, MEASURES, SEXES, kronor, named, number, part, plain

LEFT = (
    "all",
    "not_started",
    "protected",
    "said_no",
    "not_asked",
    "unseen",
    "outside",
    "short",
    "studied",
    "compared",
    "followed",
    "lost",
)


def flow_part(found: dict[str, Any]) -> Part:
    """From the programme to the study: how many are not in it, and why."""
    flow = found["flow"]
    whole = gettext("Personer i registeruttaget") if found["source"] != "extract" else named(FLOW, "all")
    rows = tuple((whole if name == "all" else named(FLOW, name), number(flow[name])) for name in LEFT if name in flow)
    note = gettext("Antal under gränsen visas inte, och inte heller det som skulle avslöja dem.")
    return Part(
        "flode",
        gettext("Vilka som är med"),
        tables=(Table(gettext("Från programmet till studien"), (gettext("Vilka"), gettext("Antal")), rows, note),),
    )


def support_part(support: dict[str, Any]) -> Part:
    """How many support themselves, at each point in time."""
    points = support["points"]
    names = [_when(row["months"]) for row in points]
    rows = tuple((name, part(row["share"]), number(row["n"])) for name, row in zip(names, points, strict=True))
    heads = (gettext("När"), gettext("Försörjer sig själva"), gettext("Antal följda"))
    drawing = bars(
        [
            Figure(name, part(row["share"]), row["share"], tone="me")
            for name, row in zip(names, points, strict=True)
            if row["share"] is not None
        ],
        title=gettext("Andel som försörjer sig själva"),
        desc=gettext("Hela bredden är alla deltagare som har följts."),
        whole=1.0,
    )
    lead = []
    change = support["change"]
    if change:
        told = {name: f"{100 * change[name]:+.0f}".replace("-", "−") for name in ("mean", "low", "high")}
        if change["comparison"] == "none":
            text = gettext("Skillnad från före till efter: %(mean)s procentenheter (osäkerhet %(low)s till %(high)s).")
        else:
            text = gettext(
                "Skillnad mot dem som deltagarna jämförs med: %(mean)s procentenheter (osäkerhet %(low)s till %(high)s)."
            )
        lead.append(text % told)
    title = gettext("Andel som bara lever på egen försörjning")
    refused = tuple(plain(reason) for reason in support["refused"])
    shown = drawing if drawing.bars else None
    return Part("egen", gettext("Egen försörjning"), tuple(lead), shown, (Table(title, heads, rows),), refused)


def _when(month: int) -> str:
    if month == 0:
        return gettext("Dagen före start")
    if month < 0:
        return gettext("%(n)s månader före start") % {"n": -month}
    return gettext("%(n)s månader efter start") % {"n": month}


def groups_part(groups: dict[str, Any], used: Comparison) -> Part:
    """The public change by sex and by age, withheld for few."""
    heads = (gettext("Vilka"), gettext("Per person och år"), gettext("Osäkerhet (95 %)"), gettext("Antal"))

    def rows(of: Sequence[dict[str, Any]], names: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
        return tuple(
            (
                named(names, row["name"]), kronor(row["mean"], sign=True),
                "" if row["mean"] is None else between(row["low"], row["high"]),
                number(row["n"]),
            )
            for row in of
        )  # fmt: skip

    ages = {row["name"]: row["name"].replace("-", "–") + " " + gettext("år") for row in groups["age"] if row["name"]}
    note = gettext(
        "Det som skulle säga något om färre personer än gränsen visas inte, inte heller genom att räkna baklänges."
    )
    return Part(
        "vilka",
        gettext("Kön och ålder"),
        (gettext("Förändring för det offentliga tillsammans."), *own_change(used)),
        None,
        (
            Table(gettext("Kön"), heads, rows(groups["sex"], dict(SEXES))),
            Table(gettext("Ålder vid start"), heads, rows(groups["age"], {**ages, "": SEXES[""]}), note),
        ),
    )


def answers_part(answers: Sequence[dict[str, Any]], index: dict[str, Any] | None) -> Part:
    """The participants' own answers, and how many did not answer. `index`: what the EQ-5D index rests on."""
    heads = (
        gettext("När"),
        gettext("Medel"),
        gettext("Osäkerhet (95 %)"),
        gettext("Har svarat"),
        gettext("Har inte svarat"),
    )
    when = {0: gettext("Vid start"), 1: gettext("Vid avslut")}
    tables = [
        Table(
            named(MEASURES, measure),
            heads,
            tuple(
                (
                    when.get(row["months"], gettext("%(n)s månader efter avslut") % {"n": row["months"]}),
                    gettext("visas inte") if row["mean"] is None else _score(row["mean"], measure),
                    ""
                    if row["mean"] is None
                    else gettext("%(low)s till %(high)s")
                    % {"low": _score(row["low"], measure), "high": _score(row["high"], measure)},
                    number(row["answered"]), number(row["missed"]),
                )
                for row in answers
                if row["measure"] == measure
            ),
        )
        for measure in dict.fromkeys(row["measure"] for row in answers)
    ]  # fmt: skip
    return Part("svar", gettext("Deltagarnas egna svar"), _index_lead(index), None, tuple(tables), _no_index(index))


def _index_lead(index: dict[str, Any] | None) -> tuple[str, ...]:
    if not index or not index["set"]:
        return ()
    told = {"set": index["set"], "version": index["version"], "source": index["source"]}
    return (
        gettext(
            "EQ-5D-index är räknat med %(set)s, version %(version)s (%(source)s). Index med andra värden kan inte jämföras."
        )
        % told,
    )


def _no_index(index: dict[str, Any] | None) -> tuple[str, ...]:
    """The forms that were answered and have no index, and why."""
    if not index:
        return ()
    if not index["set"]:
        text = gettext("Svaren på EQ-5D %(form)s har inget index: planen valde inga värden att räkna med.")
    else:
        text = gettext("Svaren på EQ-5D %(form)s har inget index: planens värden gäller ett annat formulär.")
    return tuple(text % {"form": form} for form in index["left"])


def _score(value: float, measure: str) -> str:
    return _decimal(value, 3 if measure == "index" else 1)


def _decimal(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", "," if language() == "sv" else ".")


def checks_part(checks: dict[str, Any]) -> Part:
    """What was examined before anything was compared."""
    rows = [
        (gettext("Deltagare"), str(checks["treated"])),
        (gettext("Att jämföra med"), str(checks["controls"])),
        (gettext("Deltagare utan någon lik sig"), part(checks["without"])),
        (
            gettext("Största olikhet efter vägning, i standardavvikelser"),
            _decimal(checks["imbalance"], 2),
        ),
        (gettext("Bortfall bland deltagarna"), part(checks["lost_treated"])),
        (gettext("Bortfall bland de andra"), part(checks["lost_controls"])),
        (gettext("Så stark måste en okänd skillnad vara för att ta bort allt"), part(checks["robustness"])),
    ]
    if checks["p"] is not None:
        rows.append((gettext("Olika utveckling före start (p-värde)"), _decimal(checks["p"], 2)))
    note = gettext(
        "En okänd skillnad är något som ingen har mätt. Den skulle behöva förklara så stor del av det som är kvar att"
        " förklara, både i vilka som var med och i hur det gick."
    )
    table = Table(gettext("Det som prövades först"), (gettext("Vad"), gettext("Hur det är")), tuple(rows), note)
    return Part("jamforelse", gettext("Håller jämförelsen?"), (), None, (table,))
