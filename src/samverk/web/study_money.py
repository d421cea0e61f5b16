"""What a study's report says of money."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from samverk.domain.study import StudyPlan
from samverk.evaluation.comparison import Comparison
from samverk.web.study_drawing import Figure, bars
from samverk.web.study_parts import Part, Table, between, from_to, own_change, rate, word
from samverk.web.study_words import ACCOUNTS, PERSPECTIVES, TONES, chance, kronor, months, named, number, part, plain

BOTH = ("public", "society")


def money_parts(plan: StudyPlan, money: dict[str, Any], used: Comparison, kinds: Mapping[str, str]) -> Iterable[Part]:
    """The parties, over time, whether it pays and in which perspective; or why nothing is told in kronor."""
    if money["refused"]:
        lacking = _called(money["unpriced_kinds"], kinds)
        lead = (gettext("Utan pris: %(kinds)s.") % {"kinds": lacking},) if lacking else ()
        reasons = tuple(plain(reason) for reason in money["refused"])
        yield Part("kronor", gettext("Kronor"), lead, refused=reasons)
        return
    rows = money["accounts"]
    heads = (
        gettext("Part"), gettext("%(word)s per person och år") % {"word": word(used)}, gettext("Osäkerhet (95 %)"),
        gettext("Sannolikhet att ingen vinst finns"), gettext("Har lagt in, per person"),
    )  # fmt: skip
    table = Table(
        gettext("Vem som har fått mer och vem som har fått mindre"),
        heads,
        tuple(
            (
                named(ACCOUNTS, row["account"]), kronor(row["gain"], sign=True),
                between(row["low"], row["high"]),
                chance(row["no_gain"]), kronor(row["cost"]),
            )
            for row in rows
        ),
        gettext(
            "Plus: parten har fått mer eller betalat mindre. Det som en part betalar till en annan tar ut sig för hela"
            " samhället: där räknas bara arbete, vård och annat som har använts eller gjorts."
            " Osäkerheten gäller vilka som råkade vara med. Sannolikheten räknar också med att priserna är osäkra."
        ),
    )  # fmt: skip
    drawing = bars(
        [
            Figure(
                named(ACCOUNTS, row["account"]), kronor(row["gain"], sign=True), row["gain"], row["low"], row["high"],
                TONES.get(row["account"], "other"),
            )
            for row in rows
        ],
        title=gettext("%(word)s per person och år, för varje part") % {"word": word(used)},
        desc=gettext("Till höger om strecket har parten fått mer, till vänster mindre. Den tunna linjen är osäkerheten."),
    )  # fmt: skip
    told = [
        gettext(
            "Det offentliga är staten, Försäkringskassan, Arbetsförmedlingen, regionen, kommunen och det som inte går att"
            " fördela på någon av dem."
        )
    ]
    told += _about_prices(money, kinds)
    if money["unpriced"]:
        told.append(gettext("%(share)s av dagarna saknar pris och är inte med.") % {"share": chance(money["unpriced"])})
    if money["unpriced_services"]:
        services = _called(money["unpriced_services"], kinds)
        told.append(gettext("Kostnaden för det här saknas: %(kinds)s.") % {"kinds": services})
    yield Part("parter", gettext("Parterna"), tuple(told), drawing, (table,))
    if money["over_time"]:
        yield _over_time(money["over_time"], [row["account"] for row in rows], used)
    if money["pay_off"]:
        yield _pay_off(money["pay_off"])
    if money["worth"]:
        yield _worth(plan, money["worth"])


def _about_prices(money: dict[str, Any], kinds: Mapping[str, str]) -> Iterable[str]:
    """Which year's kronor they are, and what the price book has no amount for."""
    years = money.get("price_years")
    if years:
        one = gettext("Kronor i %(last)s års priser.")
        several = gettext("Priserna är från olika år, %(first)s till %(last)s.")
        yield (one if years[0] == years[1] else several) % {"first": years[0], "last": years[1]}
    if money.get("empty"):
        flows = [
            f"{_called([kind], kinds)} ({named(ACCOUNTS, payer)} → {named(ACCOUNTS, receiver)})"
            for kind, payer, receiver in money["empty"]
        ]
        yield gettext("Prisboken har inget belopp för det här, så det är inte med: %(flows)s.") % {
            "flows": ", ".join(flows)
        }


def _over_time(years: Sequence[dict[str, Any]], accounts: Sequence[str], used: Comparison) -> Part:
    shown = [year for year in years if year["gain"] is not None]
    rows = tuple(
        (named(ACCOUNTS, account), *(kronor(year["gain"][account], sign=True) for year in shown))
        for account in accounts
    )
    people = (gettext("Antal följda"), *(number(year["n"]) for year in shown))
    heads = (gettext("Part"), *(gettext("År %(n)s") % {"n": year["year"]} for year in shown))
    table = Table(
        gettext("Förändring per person och år, mot tiden före start"),
        heads,
        (*rows, people),
        gettext("Den som har följts kortare tid än ett halvår av ett år är inte med i det året."),
    )
    drawing = bars(
        [
            Figure(
                gettext("År %(n)s") % {"n": year["year"]},
                kronor(year["gain"]["public"], sign=True),
                year["gain"]["public"],
            )
            for year in shown
        ],
        title=gettext("Det offentliga tillsammans, år för år"),
        desc=gettext("Förändring per person och år, mot tiden före start."),
    )
    return Part("tid", gettext("Över tid"), own_change(used), drawing if shown else None, (table,) if shown else ())


def _pay_off(rows: Sequence[dict[str, Any]]) -> Part:
    heads = (
        gettext("Part"), gettext("Betalt efter"), gettext("Med ränta"), gettext("Osäkerhet (95 %)"),
        gettext("Sannolikhet: aldrig"),
    )  # fmt: skip
    told = tuple(
        (
            named(ACCOUNTS, row["account"]), months(row["simple"]), months(row["discounted"]),
            from_to(months(row["low"]), months(row["high"])),
            chance(row["never"]),
        )
        for row in rows
    )  # fmt: skip
    note = gettext("Räknat som om det som har hänt fortsätter. Räntan är %(rate)s om året.") % {
        "rate": rate(rows[0]["rate"])
    }
    drawing = bars(
        [Figure(named(ACCOUNTS, row["account"]), chance(row["never"]), row["never"]) for row in rows],
        title=gettext("Sannolikhet att pengarna aldrig kommer tillbaka"),
        desc=gettext("För varje part som har lagt in något. Hela bredden är säkert."),
        whole=1.0,
    )
    title = gettext("När det som parten har lagt in är betalt")
    return Part("betalt", gettext("Betalar det sig?"), (), drawing, (Table(title, heads, told, note),))


def _worth(plan: StudyPlan, rows: Sequence[dict[str, Any]]) -> Part:
    heads = (
        gettext("Tid och ränta"), gettext("Kvar när insatserna är betalda"), gettext("Osäkerhet (95 %)"),
        gettext("Sannolikhet att det lönar sig"), gettext("Sannolikhet att det inte gör det"),
    )  # fmt: skip
    tables = []
    accounts = list(dict.fromkeys(row["account"] for row in rows))
    for account in [one for one in BOTH if one in accounts] + [one for one in accounts if one not in BOTH]:
        told = tuple(
            (
                f"{named(PERSPECTIVES, row['perspective'])}, {rate(row['rate'])}", kronor(row["value"], sign=True),
                between(row["low"], row["high"]),
                chance(row["pays"]), chance(row["does_not"]),
            )
            for row in rows
            if row["account"] == account
        )  # fmt: skip
        tables.append(Table(named(ACCOUNTS, account), heads, told))
    lead = gettext(
        "Kronor per person. Ett antagande: %(kept)s av det som har hänt ett år finns kvar året efter. Bortom den tid som"
        " någon har följts är det en gissning."
    ) % {"kept": part(plan.kept)}
    return Part("perspektiv", gettext("På ett år, på fem år och till pensionen"), (lead,), None, tuple(tables))


def tried_part(tried: dict[str, Any], kinds: Mapping[str, str], used: Comparison) -> Part:
    """What the public change becomes when it is worked out in other ways."""
    words = {
        "weighted": gettext("Med hänsyn till vilka som har fallit bort"),
        "trimmed": gettext("Utan de fem procent som skiljer sig mest"),
    }
    rows = []
    for row in tried["rows"]:
        if row["what"] == "price":
            name = gettext("Priset på %(kind)s, lägst och högst") % {
                "kind": kinds.get(row["kind"], row["kind"]).lower()
            }
            rows.append((name, between(*sorted((row["low"], row["high"])))))
        else:
            rows.append((words[row["what"]], kronor(row["value"], sign=True)))
    if tried["bounds"]:
        rows.append(
            (
                gettext("Om alla som saknas hade det sämst, eller bäst"),
                between(tried["bounds"]["lowest"], tried["bounds"]["highest"]),
            )
        )
    heads = (gettext("Om vi räknar så här"), gettext("För det offentliga, per person och år"))
    title = gettext("Samma förändring, räknad på andra sätt")
    return Part(
        "provat",
        gettext("Vad svaret hänger på"),
        own_change(used),
        None,
        (Table(title, heads, tuple(rows)),) if rows else (),
    )


def _called(codes: Sequence[str], kinds: Mapping[str, str]) -> str:
    return ", ".join(kinds.get(code, code).lower() for code in codes)
