"""The forms in which an evaluator plans a study, and locks it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from samverk.access.studies import PriceBookChoice
from samverk.domain.study import OUTCOMES as ALL_OUTCOMES
from samverk.domain.study import PERSPECTIVES as ALL_PERSPECTIVES
from samverk.domain.study import RATES, StudyPlan
from samverk.web.forms.common import choose
from samverk.web.study_parts import rate
from samverk.web.study_words import COMPARISONS, OUTCOMES, PERSPECTIVES, VALUE_SETS

_PERCENT = ("kept", "most_unpriced")
_SEVERAL = ("outcomes", "perspectives", "self_supporting")


class PlanForm(forms.Form):
    """A study's plan, in the order in which one thinks of it."""

    question = forms.CharField(
        label=_("Frågan"),
        help_text=_("Vad ska studien svara på? Fråga efter en förändring eller en skillnad."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    why = forms.CharField(
        label=_("Varför en ny studie behövs"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    quarter_from = forms.CharField(
        label=_("Började tidigast"),
        help_text=_("Ett kvartal, till exempel 2024-Q1. Lämna tomt om det inte finns någon gräns."),
        max_length=7,
        required=False,
    )
    quarter_to = forms.CharField(label=_("Började senast"), max_length=7, required=False)
    age_from = forms.IntegerField(label=_("Ålder vid start, från"), initial=16)
    age_to = forms.IntegerField(label=_("Ålder vid start, till"), initial=67)
    months_before = forms.IntegerField(label=_("Månader före start som räknas"), initial=12)
    after_from = forms.IntegerField(
        label=_("Tiden efter börjar, månader efter start"),
        help_text=_("Välj en tid då de flesta har hunnit bli klara."),
        initial=12,
    )
    after_to = forms.IntegerField(label=_("Tiden efter slutar, månader efter start"), initial=24)
    comparison = forms.ChoiceField(
        label=_("Deltagarna jämförs med"),
        help_text=_(
            "Utan jämförelse visar siffrorna bara vad som har förändrats. Med en jämförelse tar du in ett registeruttag i"
            " nästa steg."
        ),
        widget=forms.RadioSelect,
        choices=list(COMPARISONS.items()),
        initial="none",
    )
    outcomes = forms.MultipleChoiceField(
        label=_("Utfall"), widget=forms.CheckboxSelectMultiple, choices=list(OUTCOMES.items()), initial=ALL_OUTCOMES
    )
    self_supporting = forms.MultipleChoiceField(
        label=_("Räknas som egen försörjning"), widget=forms.CheckboxSelectMultiple, required=False, initial=("wage",)
    )
    value_set = forms.ChoiceField(
        label=_("EQ-5D-index räknas med"),
        help_text=_("Välj värden för det formulär som deltagarna svarar på. De ger olika tal och blandas aldrig."),
        choices=list(VALUE_SETS.items()),
        required=False,
    )
    prices = forms.ChoiceField(label=_("Prisbok"), help_text=_("Behövs för att räkna i kronor."), required=False)
    perspectives = forms.MultipleChoiceField(
        label=_("Hur långt fram"),
        widget=forms.CheckboxSelectMultiple,
        choices=list(PERSPECTIVES.items()),
        initial=ALL_PERSPECTIVES,
        required=False,
    )
    rates = forms.MultipleChoiceField(
        label=_("Ränta om året"),
        widget=forms.CheckboxSelectMultiple,
        initial=[str(one) for one in RATES],
        required=False,
    )
    kept = forms.DecimalField(
        label=_("Så mycket finns kvar året efter, procent"),
        help_text=_("Ett antagande om tiden bortom den som någon har följts. 100 betyder att allt består."),
        min_value=0,
        max_value=100,
    )
    pension_age = forms.IntegerField(label=_("Pensionsålder"), initial=67)
    meeting_hours = forms.DecimalField(
        label=_("Ett möte tar, timmar"), help_text=_("Ett antagande: mötens längd skrivs inte upp."), initial=1
    )
    most_unpriced = forms.DecimalField(
        label=_("Dagar utan pris, högst procent"),
        help_text=_("Saknar fler dagar pris räknas inga kronor."),
        min_value=0,
        max_value=50,
        initial=5,
    )
    least = forms.IntegerField(label=_("Minsta grupp som visas"), help_text=_("Antal personer, minst 5."), initial=5)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def offer(self, books: Iterable[PriceBookChoice], livelihoods: Iterable[tuple[str, str]], *, follows: bool) -> None:
        """The price books and sorts of livelihood that can be chosen; why, only where it follows another study."""
        told = [
            (book.fingerprint, now("Version %(n)s, gäller nu") % {"n": book.number} if book.in_force
             else now("Version %(n)s") % {"n": book.number})
            for book in books
        ]  # fmt: skip
        choose(self, "prices", [("", now("Ingen prisbok")), *told])
        choose(self, "self_supporting", livelihoods)
        choose(self, "rates", [(str(one), rate(one)) for one in RATES])
        if told:
            self.fields["prices"].initial = told[0][0]
        if not follows:
            del self.fields["why"]

    def plan(self, *, follows: str) -> StudyPlan:
        """What has been typed, as the domain takes it."""
        told: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        told |= {name: float(told[name]) / 100 for name in _PERCENT}
        told |= {name: tuple(told[name]) for name in _SEVERAL}
        told |= {"rates": tuple(float(one) for one in told["rates"]), "meeting_hours": float(told["meeting_hours"])}
        return StudyPlan(**told, follows=follows)

    @staticmethod
    def showing(plan: StudyPlan) -> dict[str, Any]:
        """How the form stands for a plan."""
        told: dict[str, Any] = {name: getattr(plan, name) for name in PlanForm.base_fields if hasattr(plan, name)}
        told |= {name: round(100 * getattr(plan, name), 6) for name in _PERCENT}
        return told | {"rates": [str(one) for one in plan.rates]}


class LockForm(forms.Form):
    """The lock, which cannot be undone."""

    confirmed = forms.BooleanField(
        label=_("Jag har läst planen. Den kan inte ändras efter det här."),
        error_messages={"required": _("Läs planen och kryssa i rutan för att låsa den.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
