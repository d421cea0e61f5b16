"""The shapes of what is typed about measures and absences."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverk.access.codes import CodeView
from samverk.access.people import PartyView
from samverk.domain.measures import SubsidyStep, Terms
from samverk.web.forms.common import IN_A_NOTE, choose, in_use

Codes = Mapping[str, CodeView]
Choices = list[tuple[str, Any]]
SUBSIDY_ROWS = 6


def _uuid(value: str) -> UUID | None:
    return UUID(value) if value else None


class MeasureForm(forms.Form):
    """Everything that is agreed about a measure. Most of it may be filled in later."""

    kind = forms.ChoiceField(label=_("Vilken insats?"))
    words = forms.CharField(
        label=_("Vad ska hända, och varför?"),
        help_text=IN_A_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    provider = forms.TypedChoiceField(
        label=_("Vem ger insatsen?"), required=False, coerce=_uuid, empty_value=None, help_text=_("Välj en part …")
    )
    provider_name = forms.CharField(
        label=_("… eller skriv ett namn"),
        required=False,
        max_length=200,
        help_text=_("Till exempel en skola eller ett företag."),
    )
    payer = forms.TypedChoiceField(label=_("Vem betalar?"), required=False, coerce=_uuid, empty_value=None)
    extent = forms.IntegerField(
        label=_("Omfattning i procent"), required=False, min_value=1, max_value=100, help_text=_("100 är heltid.")
    )
    hours = forms.CharField(
        label=_("Dagar och tider"), required=False, max_length=200, help_text=_("Till exempel ”måndag–torsdag, 8–14”.")
    )
    planned_start = forms.DateField(label=_("Planerad start"), required=False, widget=forms.DateInput())
    planned_end = forms.DateField(label=_("Planerat slut, till och med"), required=False, widget=forms.DateInput())
    limit_on = forms.DateField(
        label=_("Sista dagen enligt lag"), required=False, widget=forms.DateInput(),
        help_text=_("Bara om en regel sätter en gräns. Efter den dagen behövs ett nytt beslut."),
    )  # fmt: skip
    limit_rule = forms.CharField(
        label=_("Vilken regel?"), required=False, help_text=_("Till exempel ”sex månader, sedan nytt beslut”.")
    )
    workplace = forms.TypedChoiceField(label=_("Arbetsplats"), required=False, coerce=_uuid, empty_value=None)
    supervisor = forms.CharField(label=_("Handledare"), required=False, max_length=200)
    insurance = forms.ChoiceField(
        label=_("Vem försäkrar deltagaren på platsen?"), required=False,
        help_text=_("Behövs för varje plats. Utan försäkring blir det en varning och ett hinder."),
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def offer(self, kinds: Codes, insurances: Codes, parties: Iterable[PartyView], now: Terms | None) -> None:
        """Set the choices; what stands already can be kept, even when it has gone out of use."""
        there = list(parties)
        employers_first = sorted(there, key=lambda party: (party.tone != "employer", party.name))
        named = [(str(party.id), party.name) for party in there]
        none = ("", gettext("Inte bestämt"))
        choose(self, "kind", [("", gettext("Välj …")), *in_use(kinds.values(), now.kind if now else "")])
        choose(self, "insurance", [none, *in_use(insurances.values(), now.insurance if now else "")])
        choose(self, "provider", [none, *named])
        choose(self, "payer", [none, *named])
        choose(self, "workplace", [none, *((str(party.id), party.name) for party in employers_first)])

    def terms(self) -> Terms:
        """What was typed."""
        names = Terms.__dataclass_fields__
        return Terms(**{name: value for name, value in self.cleaned_data.items() if name in names})


class Move(forms.Form):
    """What every change of state carries."""

    version = forms.IntegerField(widget=forms.HiddenInput())

    def offer(self, reasons: Codes, outcomes: Codes, *, mistake: bool, uninsured: bool) -> None:
        """Set the choices, and take away the confirmation that is not needed."""
        if "reason" in self.fields:
            fitting = {
                code: view
                for code, view in reasons.items()
                if view.attributes.get("free") == "yes" or (view.attributes.get("for") == "mistake") == mistake
            }
            choose(self, "reason", [("", gettext("Välj …")), *in_use(fitting.values())])
        if "outcome" in self.fields:
            choose(self, "outcome", in_use(outcomes.values()))
        if "uninsured_anyway" in self.fields and not uninsured:
            del self.fields["uninsured_anyway"]


class Plan(Move):
    """From when, until when."""

    start = forms.DateField(label=_("Planerad start"), widget=forms.DateInput())
    end = forms.DateField(label=_("Planerat slut, till och med"), required=False, widget=forms.DateInput())


class Wait(Move):
    """What is waited for."""

    words = forms.CharField(label=_("Vad väntar vi på?"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class Start(Move):
    """When it began."""

    on = forms.DateField(label=_("Första dagen"), widget=forms.DateInput())
    uninsured_anyway = forms.BooleanField(
        label=_("Vi börjar ändå, fast ingen försäkrar deltagaren på platsen"), required=False
    )


class Extend(Move):
    """Until when, by which decision."""

    planned_end = forms.DateField(label=_("Nytt slut, till och med"), widget=forms.DateInput())
    decided_on = forms.DateField(label=_("Dagen för det nya beslutet"), widget=forms.DateInput())
    decision = forms.CharField(
        label=_("Vilket beslut?"), max_length=300, help_text=_("Beslutets nummer, eller vem som beslutade.")
    )
    limit_on = forms.DateField(
        label=_("Ny sista dag enligt lag"), required=False, widget=forms.DateInput(),
        help_text=_("Om beslutet flyttar gränsen."),
    )  # fmt: skip


class Complete(Move):
    """How it ended."""

    on = forms.DateField(label=_("Sista dagen"), widget=forms.DateInput())
    outcome = forms.ChoiceField(label=_("Hur gick det?"), widget=forms.RadioSelect())
    words = forms.CharField(
        label=_("Vad blev bättre, och vad är nästa steg?"),
        help_text=IN_A_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Drop(Move):
    """Why it will not be."""

    reason = forms.ChoiceField(label=_("Varför?"))
    words = forms.CharField(
        label=_("Skälet med egna ord"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Bara om du har valt ”Annat”."),
    )  # fmt: skip


class BreakOff(Drop):
    """Why it ended before its time, and when."""

    on = forms.DateField(label=_("Sista dagen"), widget=forms.DateInput())
    field_order = ("on", "reason", "words")


class SubsidyForm(forms.Form):
    """How a wage subsidy falls: up to six steps, each a day and a per cent. Empty rows count for nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(
        self, data: Mapping[str, object] | None = None, *, steps: Iterable[SubsidyStep] = (), version: int = 0
    ):
        first: dict[str, object] = {"version": version}
        for n, step in enumerate(steps):
            first |= {f"day_{n}": step.starts_on, f"percent_{n}": step.percent}
        super().__init__(data, initial=first)
        for n in range(SUBSIDY_ROWS):
            number = {"n": n + 1}
            self.fields[f"day_{n}"] = forms.DateField(
                label=gettext("Steg %(n)s, från och med") % number, required=False, widget=forms.DateInput()
            )
            self.fields[f"percent_{n}"] = forms.IntegerField(
                label=gettext("Steg %(n)s, procent av lönen") % number, required=False, min_value=0, max_value=100
            )

    def clean(self) -> dict[str, object]:
        """A row is whole or empty."""
        data: dict[str, object] = super().clean() or {}
        for n in range(SUBSIDY_ROWS):
            day, percent = data.get(f"day_{n}"), data.get(f"percent_{n}")
            if day is not None and percent is None and f"percent_{n}" not in self.errors:
                self.add_error(f"percent_{n}", gettext("Skriv hur många procent av lönen bidraget är."))
            if percent is not None and day is None and f"day_{n}" not in self.errors:
                self.add_error(f"day_{n}", gettext("Skriv från vilken dag det gäller."))
        return data

    def steps(self) -> list[SubsidyStep]:
        """The steps that were typed."""
        rows = [(self.cleaned_data[f"day_{n}"], self.cleaned_data[f"percent_{n}"]) for n in range(SUBSIDY_ROWS)]
        return [SubsidyStep(day, percent) for day, percent in rows if isinstance(day, date)]


class AbsenceForm(forms.Form):
    """A day, and words for whoever wants to say more. Nothing else."""

    day = forms.DateField(label=_("Vilken dag?"), widget=forms.DateInput())
    words = forms.CharField(
        label=_("Vill du säga något mer?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class AnswerForm(forms.Form):
    """Who reached out, when, and what came of it."""

    who = forms.CharField(label=_("Vem hörde av sig?"), max_length=200)
    on = forms.DateField(label=_("Vilken dag?"), widget=forms.DateInput())
    words = forms.CharField(label=_("Vad kom ni fram till?"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
