"""The three fates in words: ways, states, parties and windows; Egon's told months; kronor and chances as people say them."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samverk.fates.book import COLLABORATING, COUNTERACTING, INDEPENDENT, Assumption
from samverk.fates.doubt import COSTS, SAVES, UNKNOWN
from samverk.fates.states import State
from samverk.web.study_parts import language
from samverk.web.templatetags.look import NBSP

WAY_NAMES: dict[str, Promise] = {
    INDEPENDENT: _("Var för sig"),
    COUNTERACTING: _("Mot varandra"),
    COLLABORATING: _("Tillsammans"),
}
WAY_NOTES: dict[str, Promise] = {
    INDEPENDENT: _("Varje myndighet gör sitt, en i taget."),
    COUNTERACTING: _("Den enas insats bryter den andras."),
    COLLABORATING: _("En plan, samma mål, samordnade insatser."),
}
# What the picture tells apart, from work up: states that look alike in a life stand together.
GROUPS: dict[str, tuple[State, ...]] = {
    "job": (State.JOB,),
    "support": (State.SUBSIDISED,),
    "training": (State.TRAINING,),
    "treatment": (State.TREATMENT,),
    "wait": (State.ROUND, State.GAP_TRAINING, State.GAP_WORK),
    "ill": (State.SICK, State.RELAPSE),
    "pension": (State.PART_PENSION, State.PENSION),
    "dead": (State.DEAD,),
}
GROUP_OF: dict[State, str] = {state: group for group, states in GROUPS.items() for state in states}
GROUP_NAMES: dict[str, Promise] = {
    "job": _("arbete"),
    "support": _("arbete med stöd"),
    "training": _("arbetsträning"),
    "treatment": _("behandling"),
    "wait": _("väntan"),
    "ill": _("sjuk eller återfall"),
    "pension": _("sjukersättning"),
    "dead": _("död"),
}
STATE_NAMES: dict[str, Promise] = {
    "round": _("skickas runt mellan myndigheter"),
    "treatment": _("i behandling"),
    "gap_training": _("väntar på arbetsträning"),
    "training": _("i arbetsträning"),
    "gap_work": _("väntar på arbete"),
    "subsidised": _("i arbete med lönebidrag"),
    "job": _("i arbete utan stöd"),
    "sick": _("sjukskriven"),
    "relapse": _("i återfall"),
    "part_pension": _("har halv sjukersättning"),
    "pension": _("har hel sjukersättning"),
}
YEARS: dict[str, Promise] = {
    "work": _("i arbete"),
    "way": _("på väg"),
    "sick": _("sjuk eller i återfall"),
    "pension": _("med sjukersättning"),
    "dead": _("borta genom tidig död"),
}
PARTIES: dict[str, Promise] = {
    "state": _("Staten i övrigt"),
    "insurance": _("Försäkringskassan"),
    "employment": _("Arbetsförmedlingen"),
    "region": _("Regionen"),
    "municipality": _("Kommunen"),
    "employer": _("Arbetsgivaren"),
    "participant": pgettext_lazy("party", "Personen själv"),
    "public": _("Det offentliga tillsammans"),
    "society": _("Hela samhället"),
}
TONES = {
    "insurance": "fk",
    "employment": "af",
    "region": "region",
    "municipality": "kommun",
    "employer": "employer",
    "participant": "me",
}
SAYS: dict[str, tuple[Promise, str]] = {
    SAVES: (_("Sparar troligen"), "go"),
    COSTS: (_("Kostar troligen mer än det sparar"), "stop"),
    UNKNOWN: (_("Vi vet inte"), "late"),
}
UNITS: dict[str, Promise] = {
    "share": _("procent"),
    "share per month": _("procent i månaden"),
    "share per year": _("procent om året"),
    "log per year": _("procent om året"),
    "months": _("månader"),
    "ratio": _("gånger"),
    "odds ratio": _("gånger oddsen"),
    "hours": _("timmar"),
    "hours/month": _("timmar i månaden"),
    "visits/month": _("besök i månaden"),
    "days/month": _("dygn i månaden"),
    "SEK/month": _("kr i månaden"),
    "SEK/visit": _("kr per besök"),
    "SEK/day": _("kr per dygn"),
    "SEK/hour": _("kr i timmen"),
}
PERCENT = frozenset({"share", "share per month", "share per year", "log per year"})

# Egon's spells in the order of `samverk.fates.egon.TOLD`: a test counts them.
TOLD: Mapping[str, tuple[Promise, ...]] = {
    INDEPENDENT: (
        _("Nyår: avgiftning. Psykiatrin säger att drickandet måste upphöra först."),
        _("Behandlingshem i åtta veckor. Under tiden förlorar han lägenheten."),
        _("Han måste söka arbete för att få försörjningsstöd, och är sjukskriven i omgångar."),
        _("Beredskapsarbete med återvinning. Det går bra först, sedan uteblir måndagarna."),
        _("Två veckors drickande och akut inläggning. Platsen dras in."),
        _("En ny behandling, som slutar väl."),
        _("Lång kö, och en period av nedstämdhet."),
        _("Nytt beredskapsarbete med en ny arbetsledare. Närvaron sjunker."),
        _("Hjärtinfarkt på arbetet."),
        _("Tillbaka i beredskapsarbetet, sjukskriven på deltid."),
    ),
    COUNTERACTING: (
        _("Nyår, som i det första ödet."),
        _("Ett längre behandlingshem, just de veckor då han hade plats på institutet."),
        _("Platsen i den andra kön är borta. Man grälar över hans huvud."),
        _("Rakt ut i drickandet."),
        _("Ingen är överens om vad som ska komma först."),
        _("En bra plats hos kommunen, medan försäkringskassan talar om pension."),
        _("En konferens slutar i gräl. Den som kämpar för honom blir befordrad bort."),
        _("Hjärtinfarkt. Han kommer aldrig tillbaka."),
    ),
    COLLABORATING: (
        _("Första arbetsdagen: ett samtal med alla. En vecka senare är det bestämt."),
        _(
            "Utredning, sedan beredskapsarbete på en återvinning, med samtal vid sidan av. Återfall följs upp samma dag."
        ),
        _("Arbetskooperativ, och yrkesutbildning varvad med arbete."),
        _("Hans gamla kollegas firma anställer honom. Lönebidraget är 90 procent."),
        _("Kvar på firman, som nu betalar 30 procent av lönen själv."),
    ),
}
ENDS: Mapping[str, Promise] = {
    INDEPENDENT: _("Efter två år: beredskapsarbete och försörjningsstöd."),
    COUNTERACTING: _("Efter två år: hel sjukersättning, i 21 år till pensionen."),
    COLLABORATING: _("Efter två år: arbete med lönebidrag, som sjunker år för år."),
}


def label(assumption: Assumption) -> str:
    """What an assumption is called, with its way of working in front."""
    name = assumption.sv if language() == "sv" else assumption.en
    way = assumption.name.partition(".")[0]
    if way not in WAY_NAMES:
        return name
    return gettext("%(way)s: %(what)s") % {"way": WAY_NAMES[way], "what": name[:1].lower() + name[1:]}


def window(name: str) -> str:
    """What a window is called: “på 2 år”, “till pensionen”."""
    if name == "pension":
        return gettext("till pensionen")
    years = int(name.partition(" ")[0])
    return ngettext("på %(n)s år", "på %(n)s år", years) % {"n": years}


def plain(value: float) -> str:
    """A number with at most three figures that count, and the language's own decimal mark."""
    size = Decimal(f"{value:.3g}")
    exponent = size.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return number_format(size, places, use_l10n=True, force_grouping=True)


def shown(assumption: Assumption, value: float) -> float:
    """A value as it is typed: shares as per cent."""
    return value * 100 if assumption.unit in PERCENT else value


def unit(assumption: Assumption) -> str:
    """The unit as it stands after a value."""
    return str(UNITS.get(assumption.unit, assumption.unit))


def with_unit(assumption: Assumption, value: float) -> str:
    """“20 % i månaden”, “4 månader”."""
    return f"{plain(shown(assumption, value))}{NBSP}{unit(assumption)}"


def kronor(value: float, *, sign: bool = False) -> str:
    """SEK with as many figures as can be meant: “−53 000 kr”, “1,3 miljoner kr”."""
    mark = "−" if value < -499 else "+" if sign and value > 499 else ""
    size = abs(value)
    if size >= 1e9:
        return mark + gettext("%(n)s miljarder kr").replace(" ", NBSP) % {"n": _figures(size / 1e9)}
    if size >= 1e6:
        return mark + gettext("%(n)s miljoner kr").replace(" ", NBSP) % {"n": _figures(size / 1e6)}
    return mark + gettext("%(n)s kr").replace(" ", NBSP) % {"n": number_format(round(size, -3), 0, force_grouping=True)}


def _figures(value: float) -> str:
    return number_format(Decimal(f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"))


def of_100(share: float) -> str:
    """A probability as so many of a hundred: never none and never all."""
    if share < 0.01:
        return gettext("färre än 1 av 100")
    if share > 0.99:
        return gettext("fler än 99 av 100")
    return gettext("%(n)s av 100") % {"n": round(100 * share)}


def years(value: float) -> str:
    """A number of years with one decimal: “3,4 år”."""
    return gettext("%(n)s år").replace(" ", NBSP) % {"n": number_format(Decimal(f"{value:.1f}"))}


def after(month: int | None) -> str:
    """When a party has its money back, from the month in which it has: None is never, 0 that nothing is laid out."""
    if month is None:
        return gettext("aldrig")
    if month == 0:
        return gettext("lägger aldrig ut")
    if month < 24:
        return ngettext("efter %(n)s månad", "efter %(n)s månader", month) % {"n": month}
    return gettext("efter %(n)s år") % {"n": number_format(Decimal(f"{month / 12:.1f}"))}
