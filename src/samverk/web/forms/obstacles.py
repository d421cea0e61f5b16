"""The shapes of what is typed about obstacles."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverk.web.forms.common import choose
from samverk.web.forms.measures import Choices, Codes

WITHOUT_NAMES = _("Skriv så att ingen kan räkna ut vem det gäller: inga namn, inga platser, ingen sjukdom.")


class _WithCode(forms.Form):
    code = forms.ChoiceField(label=_("Vilket slags hinder?"))

    def offer(self, codes: Codes) -> None:
        """Set the choices: what can be solved here first, then what lies in the rules of the country."""
        local = self._level(codes, "local")
        central = self._level(codes, "central")
        groups = [
            (gettext("Lokalt: går att lösa här"), local),
            (gettext("Centralt: ligger i regler och uppdrag"), central),
        ]
        choose(self, "code", [("", gettext("Välj …")), *groups])

    @staticmethod
    def _level(codes: Codes, level: str) -> Choices:
        return [(c.code, c.name) for c in codes.values() if c.active and c.attributes.get("level") == level]


class ReportForm(_WithCode):
    """What stands in the way."""

    words = forms.CharField(label=_("Vad hindrar?"), widget=forms.Textarea(attrs={"rows": 3}))


class SolveForm(forms.Form):
    """How it was solved."""

    solution = forms.CharField(label=_("Hur löste ni det?"), widget=forms.Textarea(attrs={"rows": 3}))


class PassOnForm(forms.Form):
    """What the steering group gets to know, and by when it decides."""

    summary = forms.CharField(
        label=_("Hindret, utan namn"), widget=forms.Textarea(attrs={"rows": 3}), help_text=WITHOUT_NAMES
    )
    decide_by = forms.DateField(label=_("Styrgruppen beslutar senast"), widget=forms.DateInput())


class RaiseForm(_WithCode):
    """An obstacle that belongs to no single case."""

    summary = forms.CharField(
        label=_("Vad hindrar?"), widget=forms.Textarea(attrs={"rows": 3}), help_text=WITHOUT_NAMES
    )
    decide_by = forms.DateField(label=_("Styrgruppen beslutar senast"), widget=forms.DateInput())


class DecideForm(forms.Form):
    """What was decided, and when."""

    decision = forms.CharField(label=_("Vad har styrgruppen beslutat?"), widget=forms.Textarea(attrs={"rows": 3}))
    on = forms.DateField(label=_("Dagen för beslutet"), widget=forms.DateInput())


class NationalForm(forms.Form):
    """What would have to change, and by whom."""

    words = forms.CharField(
        label=_("Vad behöver ändras, och vem kan göra det?"), widget=forms.Textarea(attrs={"rows": 3})
    )
    on = forms.DateField(label=_("Dagen då ni beslutade att skicka det vidare"), widget=forms.DateInput())
