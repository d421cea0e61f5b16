"""A study's figures and refusals in plain words. What a figure may be called is the engine's to say (evaluation.comparison)."""

import re
from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samverk.web.templatetags.look import NBSP, money, share

ACCOUNTS: dict[str, Promise] = {
    "state": _("Staten i övrigt"),
    "FK": _("Försäkringskassan"),
    "AF": _("Arbetsförmedlingen"),
    "region": _("Regionen"),
    "municipality": _("Kommunen"),
    "employer": _("Arbetsgivarna"),
    "participant": _("Deltagarna själva"),
    "unallocated": _("Går inte att fördela"),
    "public": _("Det offentliga"),
    "society": _("Hela samhället"),
}
TONES = {
    "FK": "fk",
    "AF": "af",
    "region": "region",
    "municipality": "kommun",
    "employer": "employer",
    "participant": "me",
}
COMPARISONS: dict[str, Promise] = {
    "none": _("Ingen jämförelse"),
    "matched": _("Liknande personer, matchade en och en"),
    "difference in differences": _("Två grupper över tid (difference in differences)"),
    "doubly robust": _("Två grupper över tid, vägda så att de liknar varandra (dubbelt robust)"),
    "randomised": _("Lottade grupper"),
}
OUTCOMES: dict[str, Promise] = {
    "improvement": _("Kronor per person och år, för varje part"),
    "self_support": _("Hur många som försörjer sig själva"),
    "answers": _("Deltagarnas egna svar vid uppföljning"),
}
PERSPECTIVES: dict[str, Promise] = {
    "one year": _("Ett år"),
    "five years": _("Fem år"),
    "to pension age": _("Fram till pensionen"),
}
STATUSES: dict[str, Promise] = {"draft": _("Utkast"), "locked": _("Låst"), "dropped": _("Bortlagd")}
RUNS: dict[str, Promise] = {
    "queued": _("Väntar"),
    "running": _("Räknar"),
    "done": _("Klar"),
    "failed": _("Gick inte"),
}
STEPS: dict[str, Promise] = {
    "": _("Väntar på sin tur"),
    "data": _("Hämtar uppgifter utan namn"),
    "people": _("Ser efter vilka som kan vara med"),
    "support": _("Räknar egen försörjning"),
    "money": _("Räknar kronor"),
    "comparison": _("Jämför grupperna"),
    "sensitivity": _("Prövar vad svaret hänger på"),
    "done": _("Klar"),
}
FLOW: dict[str, Promise] = {
    "all": _("Personer i programmet"),
    "not_started": _("Har inte börjat"),
    "protected": _("Har skyddade personuppgifter"),
    "said_no": _("Har sagt nej till att vara med"),
    "not_asked": _("Har inte svarat på frågan om att vara med"),
    "unseen": _("Har inga uppgifter än"),
    "outside": _("Började vid en annan tid eller har en annan ålder än studien gäller"),
    "short": _("Har för få uppgifter om tiden före start"),
    "studied": _("Deltagare som är med i studien"),
    "compared": _("Andra, som de jämförs med"),
    "followed": _("Deltagare som har följts under tiden efter"),
    "lost": _("Deltagare som inte har följts så länge: bortfall, eller så har tiden inte gått"),
}
MEASURES: dict[str, Promise] = {
    "health": _("Egen skattning av hälsan, 0 till 100"),
    "index": _("Hälsa som EQ-5D-index: 1 är full hälsa"),
    "situation": _("Sin situation, 1 till 5"),
    "confidence": _("Tilltro till sig själv, 1 till 5"),
    "direction": _("Är på väg åt rätt håll, 1 till 5"),
    "whole_view": _("Parterna såg helheten, 1 till 5"),
    "taking_part": _("Fick vara med och bestämma, 1 till 5"),
    "engagement": _("Möttes med engagemang, 1 till 5"),
    "enough_time": _("Fick tillräckligt med tid, 1 till 5"),
    "continuity": _("Fick ha kvar samma kontakter, 1 till 5"),
}
VALUE_SETS: dict[str, Promise] = {
    "": _("Räkna inget index"),
    "SE-3L-experience-TTO": _("Svenska värden av egen erfarenhet, 3L (Burström 2014)"),
    "SE-5L-experience-TTO": _("Svenska värden av egen erfarenhet, 5L (Burström 2020)"),
    "SE-5L-social-cTTO": _("Svenska samhällsvärden, 5L (Sun 2022)"),
}
SEXES: dict[str, Promise] = {"woman": _("Kvinnor"), "man": _("Män"), "other": _("Annat"), "": _("Inte känt")}
_P, _N, _X = r"(?P<p>[\d.]+)%", r"(?P<n>\d+)", r"(?P<x>[\d.]+)"
_MOST, _LEAST = r"at most (?P<most>[\d.]+)%", r"at least (?P<least>\d+)"
REASONS: tuple[tuple[str, Promise], ...] = (
    (
        rf"{_N} participants are too few: {_LEAST}",
        _("%(n)s deltagare är för få att jämföra. Det behövs minst %(least)s."),
    ),
    (
        rf"{_N} in comparison are too few: {_LEAST}",
        _("%(n)s personer att jämföra med är för få. Det behövs minst %(least)s."),
    ),
    (
        rf"{_P} of the participants have nobody like them.*",
        _("%(p)s %% av deltagarna har ingen lik sig att jämföras med."),
    ),
    (rf"{_P} of the participants find no match", _("%(p)s %% av deltagarna har ingen lik sig att jämföras med.")),
    (
        rf"after weighting the groups still differ by {_X} standard deviations",
        _("Grupperna är för olika även när de vägs mot varandra (%(x)s standardavvikelser)."),
    ),
    (
        rf"the comparison rests on only {_N} people in effect",
        _("Jämförelsen vilar i praktiken på bara %(n)s personer."),
    ),
    (
        r"(the )?trends before (cannot|have to) be shown.*",
        _("Det går inte att se hur grupperna utvecklades före start. Det behövs minst två perioder."),
    ),
    (
        rf"the groups did not move alike before \(p = {_X}\).*",
        _("Grupperna utvecklades olika redan före start (p = %(x)s). De hade skilt sig åt ändå."),
    ),
    (rf"{_P} dropped out: {_MOST}", _("%(p)s %% har fallit bort. Högst %(most)s %% får göra det.")),
    (
        rf"drop-out differs by -?{_P} between the groups: {_MOST}",
        _("Bortfallet skiljer %(p)s procentenheter mellan grupperna. Det får skilja högst %(most)s."),
    ),
    (r"the groups cannot be made comparable.*", _("Grupperna går inte att göra jämförbara.")),
    (r"(an interval|a mean).* needs at least two people.*", _("För få personer har följts för att räkna på.")),
    (r"there is nobody to draw from", _("Ingen har följts både före och efter.")),
    (
        r"fewer than (?P<n>\d+) people are in the study.*",
        _("Färre än %(n)s personer är med. Om så få sägs ingenting, för det skulle gå att räkna ut vilka de är."),
    ),
    (
        r"fewer than (?P<n>\d+) people were observed both before and after",
        _("Färre än %(n)s personer har följts både före och efter start."),
    ),
    (
        rf"{_P} of the days have no price: {_MOST}",
        _("%(p)s %% av dagarna saknar pris i prisboken. Planen tillåter högst %(most)s %%."),
    ),
    (
        r"(?P<what>[^:]*): (?P<n>\d+) days of spells have no price.*",
        _("Det saknas pris på %(what)s (%(n)s dagar). Be prisboksansvarig om ett pris."),
    ),
    (
        r"(row \d+, )?extent: with her other spells.*",
        _("Någon har mer än hel försörjning av samma slag på samma dag. Rätta uppgifterna."),
    ),
    (
        r"(?P<what>[^:]*): it is priced by the piece.*",
        _("Priset på %(what)s gäller per styck, men uppgifterna gäller en tid."),
    ),
)
UNKNOWN = _("Uppgifterna går inte att räkna på. Be den som sköter systemet läsa det här: %(text)s")
SAID: tuple[tuple[Promise, Promise], ...] = (
    (
        _("Så här mycket har det förändrats för dem som har följts."),
        _("Att programmet har gjort skillnaden. Vi vet inte hur det hade gått annars."),
    ),
    (
        _("Så här säker är siffran, med den sannolikhet som står bredvid."),
        _("Siffran ensam, utan sannolikheten att ingen vinst finns."),
    ),
    (
        _("Vem som har fått mer och vem som har fått mindre."),
        _("Att en parts vinst är samhällets. Den kan vara en annan parts utgift."),
    ),
    (
        _("Vad som gäller för dem som är med i studien."),
        _("Att det gäller alla. De som har sagt nej eller fallit bort kan ha det på ett annat sätt."),
    ),
)


def named(names: Mapping[str, Promise], name: str) -> str:
    """The word for a code; the code itself where there is none."""
    return str(names[name]) if name in names else name


def plain(reason: str) -> str:
    """An engine's reason as a sentence for whoever reads the page."""
    for pattern, text in REASONS:
        found = re.fullmatch(pattern, reason)
        if found:
            return str(text) % found.groupdict()
    return str(UNKNOWN) % {"text": reason}


def said(text: str, params: Mapping[str, int | str]) -> str:
    """One of a run's reasons, in the reader's language."""
    return plain(str(params["text"])) if text == "engine" else gettext(text) % params


def kronor(value: float | None, *, sign: bool = False) -> str:
    """To the nearest hundred: more would say more than is known. "+" where it is wanted and there is something."""
    if value is None:
        return gettext("visas inte")
    rounded = Decimal(round(value / 100) * 100)
    return ("+" if sign and rounded > 0 else "") + money(rounded)


def chance(value: float) -> str:
    """A probability: never nothing and never certain."""
    if value < 0.01:
        return gettext("mindre än 1 %").replace(" %", f"{NBSP}%")
    if value > 0.99:
        return gettext("mer än 99 %").replace(" %", f"{NBSP}%")
    return share(Decimal(round(100 * value)))


def part(value: float | None) -> str:
    """A share of people; "visas inte" where it is withheld."""
    return gettext("visas inte") if value is None else share(Decimal(round(100 * value)))


def number(value: int | None) -> str:
    """A count of people; "visas inte" where it is withheld."""
    return gettext("visas inte") if value is None else str(value)


def months(value: float | None) -> str:
    """How long it takes; None is never."""
    if value is None:
        return gettext("aldrig")
    if value < 1:
        return gettext("mindre än en månad")
    if value < 36:
        return ngettext("%(n)s månad", "%(n)s månader", round(value)) % {"n": round(value)}
    return gettext("%(n)s år") % {"n": f"{value / 12:.1f}".rstrip("0").rstrip(".").replace(".", ",")}
