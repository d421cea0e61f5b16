"""What is asked of the three fates: from an address to a question and back. Parameters alone, never anybody's data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverk.fates.answer import Question
from samverk.fates.book import LIMITS, Assumption, standard
from samverk.fates.costs import Rates
from samverk.fates.egon import EGON
from samverk.fates.person import Person
from samverk.fates.states import State, state
from samverk.web.fates_words import PERCENT, STATE_NAMES, label, plain, shown, unit

EGONS, ONE, GROUP, AREA = "egon", "person", "grupp", "omrade"
WHO = ((EGONS, _("Egon")), (ONE, _("En person")), (GROUP, _("En grupp")), (AREA, _("Ett område")))
CARE = (("", _("Vet inte")), ("ja", _("Ja")), ("nej", _("Nej")))
RATES = (("2", "2 %"), ("", "3,5 %"), ("5", "5 %"))
STATES = tuple(STATE_NAMES.items())
# domain.md section 8: the share of working age with public support for more than a year (FRISAM).
SHARE_OF_AREA = 0.05
MOST_PEOPLE = 1_000_000
MOST_RESIDENTS = 10_000_000
# How the need groups of the mapping differ. No source says: each is a value inside the book's own range, and a guess.
NEEDS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "psykiska": {"needs_treatment": 0.8},
        "fysiska": {"needs_treatment": 0.5},
        "arbete": {"needs_treatment": 0.2},
        "sociala": {"needs_treatment": 0.5, "relapse_gap": 0.044},
    }
)
STARTS = {"fysiska": State.SICK}
FIELDS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        EGONS: (),
        ONE: ("alder", "pension", "start", "vard", "lon"),
        GROUP: ("alder", "pension", *NEEDS),
        AREA: ("alder", "pension", "invanare"),
    }
)
"""What each choice of whom asks for; what stands in the other fields is of no concern."""
# What has moved the answer most in the tornado; the others stand folded below.
FIRST = (
    "collaborating.success",
    "collaborating.wait",
    "collaborating.conflict",
    "collaborating.relapse",
    "collaborating.coordination",
    "independent.conflict",
    "success_training",
    "relapse_gap",
)
FIRST_AGE, FIRST_PENSION, FIRST_YEAR = 42, 65, 5
MARK = "a."
"""Before the name of an assumption in an address."""
# How many times the end of its range a value without natural ends may be: amounts, and growth from year to year.
FAR, FAR_GROWTH = 10, 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as somebody typed it, in numbers; what is None stands as shipped. Wages are SEK a month."""

    who: str = EGONS
    age: int = FIRST_AGE
    pension: int = FIRST_PENSION
    start: str = "round"
    care: str = ""
    wage: int | None = None
    groups: tuple[int, ...] = (0, 0, 0, 0)
    residents: int = 0
    rate: str = ""
    year: int = FIRST_YEAR
    values: tuple[tuple[str, float], ...] = ()

    @property
    def people(self) -> int:
        """How many it is about."""
        if self.who == GROUP:
            return sum(self.groups)
        return max(1, round(self.residents * SHARE_OF_AREA)) if self.who == AREA else 1

    @property
    def months(self) -> int:
        """The length of the account."""
        return EGON.months if self.who == EGONS else (self.pension - self.age) * 12

    def question(self) -> Question:
        """The question for the model. Raises ValueError for values that cannot stand together."""
        book = standard()
        values = dict(self.values)
        if self.wage is not None:
            values["wage_level"] = self.wage / book["price_wage"].value
        return Question(
            persons=self._persons(values),
            # What a person has of her own stands above the book, so that there it would change nothing.
            book=book.with_values({name: value for name, value in values.items() if not self._own(name)}),
            rates=Rates(((0, float(self.rate or "3.5") / 100),)),
        )

    def _own(self, name: str) -> bool:
        return self.who == EGONS and name in EGON.values

    def _persons(self, values: Mapping[str, float]) -> tuple[Person, ...]:
        if self.who == EGONS:
            own = {**EGON.values, **{name: value for name, value in values.items() if self._own(name)}}
            return (Person(age=EGON.age, pension_age=EGON.pension_age, start=EGON.start, values=MappingProxyType(own)),)
        age, pension = self.age * 12, self.pension * 12
        if self.who == GROUP:
            return tuple(
                Person(
                    age=age,
                    pension_age=pension,
                    start=STARTS.get(need, State.ROUND),
                    values=MappingProxyType({n: v for n, v in NEEDS[need].items() if n not in values}),
                    count=count,
                )
                for need, count in zip(NEEDS, self.groups, strict=True)
                if count
            )
        care = {"ja": {"needs_treatment": 1.0}, "nej": {"needs_treatment": 0.0}}.get(self.care, {})
        own = care if self.who == ONE else {}
        start = state(self.start) if self.who == ONE else State.ROUND
        return (
            Person(age=age, pension_age=pension, start=start, values=MappingProxyType(own), count=float(self.people)),
        )

    def query(self) -> str:
        """The address' part after the question mark: all that differs from what is shipped, and nothing else."""
        given: dict[str, object] = {}
        if self.who != EGONS:
            given |= {"vem": self.who, "alder": self.age, "pension": self.pension}
        if self.who == ONE:
            given |= {"start": self.start, "vard": self.care, "lon": self.wage or ""}
        if self.who == GROUP:
            given |= dict(zip(NEEDS, self.groups, strict=True))
        if self.who == AREA:
            given["invanare"] = self.residents
        given |= {"ranta": self.rate, "ar": self.year if self.year != FIRST_YEAR else ""}
        book = standard()
        given |= {MARK + name: f"{shown(book[name], value):.6g}" for name, value in self.values}
        return urlencode(
            {name: value for name, value in given.items() if value != "" and not (name in NEEDS and value == 0)}
        )


class Number(forms.Field):
    """A number with a decimal comma or point, and spaces between the thousands."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        """The number typed. Raises ValidationError for anything else."""
        text = "".join(str(value or "").split()).replace(",", ".").replace("−", "-")
        try:
            number = float(text) if text else None
        except ValueError:
            raise ValidationError(gettext("Skriv ett tal, till exempel 12 eller 2,5.")) from None
        if number is not None and number - number != 0:
            raise ValidationError(gettext("Skriv ett tal, till exempel 12 eller 2,5."))
        return number


class Whole(Number):
    """A whole number, with limits told in one sentence."""

    def __init__(self, low: int, high: int, **more: object) -> None:
        super().__init__(required=False, **more)  # type: ignore[arg-type]
        self.low, self.high = low, high

    def clean(self, value: Any) -> Any:
        """The number typed. Raises ValidationError for a broken one, or one outside the limits."""
        words = {"low": plain_whole(self.low), "high": plain_whole(self.high)}
        wrong = ValidationError(gettext("Skriv ett helt tal mellan %(low)s och %(high)s.") % words)
        try:
            number = super().clean(value)
        except ValidationError:
            raise wrong from None
        if number is None:
            return None
        if number != round(number) or not self.low <= number <= self.high:
            raise wrong
        return round(number)


class FatesForm(forms.Form):
    """Who it is about, and every assumption that is not a definition. A field left empty stands as shipped."""

    all_optional = True
    vem = forms.ChoiceField(label=_("Vem gäller det?"), choices=WHO, required=False, widget=forms.RadioSelect)
    alder = Whole(16, 74, label=_("Ålder i dag, år"))
    pension = Whole(17, 75, label=_("Ålder vid pension, år"))
    start = forms.ChoiceField(label=_("Var hen är nu"), choices=STATES, required=False)
    vard = forms.ChoiceField(label=_("Behöver hen vård eller behandling först?"), choices=CARE, required=False)
    lon = Whole(1, 39_900, label=_("Lön som hen kan få, kr i månaden före skatt"))
    psykiska = Whole(0, MOST_PEOPLE, label=_("Med mest psykiska behov"))
    fysiska = Whole(0, MOST_PEOPLE, label=_("Med mest fysiska behov"))
    arbete = Whole(0, MOST_PEOPLE, label=_("Med mest behov av arbete"))
    sociala = Whole(0, MOST_PEOPLE, label=_("Med mest sociala behov"))
    invanare = Whole(20, MOST_RESIDENTS, label=_("Invånare mellan 20 och 64 år i området"))
    ranta = forms.ChoiceField(
        label=_("Ränta om året"), choices=RATES, required=False, widget=forms.Select(attrs={"form": "fates"})
    )
    ar = Whole(0, 59, label=_("År från i dag"))

    def __init__(self, data: QueryDict) -> None:
        given = data.copy()
        for name, first in (("vem", EGONS), ("alder", str(FIRST_AGE)), ("pension", str(FIRST_PENSION))):
            given[name] = given.get(name) or first
        super().__init__(given, auto_id="f-%s")
        for assumption in uncertain():
            self.fields[MARK + assumption.name] = Moved(assumption)

    def clean(self) -> dict[str, object]:
        """What belongs together: a pension after today, and somebody in the group. Raises ValidationError."""
        found = dict(super().clean() or {})
        who = found.get("vem") or EGONS
        for name in set().union(*FIELDS_OF.values()) - set(FIELDS_OF[who]):
            self.errors.pop(name, None)
            found[name] = None
        begins, ends = found.get("alder") or FIRST_AGE, found.get("pension") or FIRST_PENSION
        if who != EGONS and "pension" not in self.errors and ends <= begins:
            self.add_error("pension", gettext("Pensionen kommer efter åldern i dag. Skriv en högre ålder."))
        if who == GROUP and not any(found.get(need) for need in NEEDS) and not set(NEEDS) & set(self.errors):
            self.add_error("psykiska", gettext("Skriv hur många de är i minst en av grupperna."))
        if who == AREA and not found.get("invanare") and "invanare" not in self.errors:
            self.add_error("invanare", gettext("Skriv hur många invånare området har."))
        return found

    def asked(self) -> Asked:
        """What a valid form asks."""
        found = self.cleaned_data
        first = Asked()
        values = [
            (name.removeprefix(MARK), field.value_of(found[name]))
            for name, field in self.fields.items()
            if isinstance(field, Moved) and found[name] is not None
        ]
        asked = Asked(
            who=found["vem"] or EGONS,
            age=found["alder"] or first.age,
            pension=found["pension"] or first.pension,
            start=found["start"] or first.start,
            care=found["vard"] or "",
            wage=found["lon"],
            groups=tuple(found[need] or 0 for need in NEEDS),
            residents=found["invanare"] or 0,
            rate=found["ranta"],
            year=first.year if found["ar"] is None else found["ar"],
            values=tuple(sorted(values)),
        )
        return relevant(asked)

    def moved(self, *, first: bool) -> list[tuple[BoundField, "Moved"]]:
        """The fields of the assumptions that stand first, or the others."""
        wanted = {name: field for name, field in self.fields.items() if isinstance(field, Moved)}
        ahead = [MARK + name for name in FIRST]
        return [(self[name], wanted[name]) for name in (ahead if first else [n for n in wanted if n not in ahead])]


class Moved(Number):
    """An assumption that can be moved: typed as it is shown (shares as per cent). Empty: as it stands."""

    def __init__(self, assumption: Assumption) -> None:
        super().__init__(required=False, label=label(assumption))
        self.assumption = assumption
        self.low, self.high = limits(assumption)

    def value_of(self, typed: float) -> float:
        """The model's value of what was typed."""
        return round(typed / 100, 12) if self.assumption.unit in PERCENT else typed

    def clean(self, value: Any) -> Any:
        """The number typed. Raises ValidationError for a broken one, or one that the unit cannot have."""
        number = super().clean(value)
        if number is not None and not self.low <= number <= self.high:
            words = {"low": plain(self.low), "high": plain(self.high), "unit": unit(self.assumption)}
            raise ValidationError(gettext("Skriv ett tal mellan %(low)s och %(high)s %(unit)s.") % words)
        return number


def stands(assumption: Assumption, asked: Asked | None) -> float:
    """The value that an empty field means: Egon's own, or the book's."""
    own = EGON.values.get(assumption.name) if asked is None or asked.who == EGONS else None
    return assumption.value if own is None else own


@cache
def uncertain() -> tuple[Assumption, ...]:
    """The assumptions that have a range: the others are definitions."""
    return tuple(a for a in standard() if a.distribution != "fixed" and a.low < a.high)


def limits(assumption: Assumption) -> tuple[float, float]:
    """What may be typed: what the unit can have, else from nothing to some times the end of the range."""
    far = FAR_GROWTH if assumption.unit in PERCENT else FAR
    low, high = LIMITS.get(assumption.unit, (0.0, float(f"{assumption.high * far:.2g}")))
    return shown(assumption, low), shown(assumption, high)


def plain_whole(value: int) -> str:
    """A whole number with its thousands apart."""
    return f"{value:,}".replace(",", "\u00a0")


def relevant(asked: Asked) -> Asked:
    """The same without what its choice of whom does not ask for: one question has one address."""
    kept: dict[str, object] = {"who": asked.who, "rate": asked.rate, "values": asked.values}
    if asked.who != EGONS:
        kept |= {"age": asked.age, "pension": asked.pension}
    if asked.who == ONE:
        kept |= {"start": asked.start, "care": asked.care, "wage": asked.wage}
    if asked.who == GROUP:
        kept["groups"] = asked.groups
    if asked.who == AREA:
        kept["residents"] = asked.residents
    made = Asked(**kept)  # type: ignore[arg-type]
    return Asked(**kept, year=min(asked.year, (made.months - 1) // 12))  # type: ignore[arg-type]
