"""The form in which the licensee writes in the wording of the five health questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverk.access.health_wording import WordingView
from samverk.domain.follow_up import DIMENSIONS
from samverk.domain.health_wording import INSTRUMENTS

LANGUAGE_WORDS = {"sv": _("Svenska"), "en": _("Engelska")}


class WordingForm(forms.Form):
    """One language's wording: a heading and the levels of each question, one a line."""

    instrument = forms.ChoiceField(
        label=_("Vilket formulär gäller licensen?"),
        choices=[("3L", _("Med 3 svar på varje fråga (3L)")), ("5L", _("Med 5 svar på varje fråga (5L)"))],
        widget=forms.RadioSelect,
    )
    licence = forms.CharField(
        label=_("Er licens"), help_text=_("Vem som har gett er licensen, och dess nummer."), max_length=500
    )
    lead = forms.CharField(
        label=_("Inledning"),
        help_text=_("Det som formuläret säger före frågorna."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(len(DIMENSIONS)):
            nth = {"n": number + 1}
            self.fields[f"heading_{number}"] = forms.CharField(
                label=gettext("Fråga %(n)d: rubrik") % nth, max_length=500
            )
            self.fields[f"levels_{number}"] = forms.CharField(
                label=gettext("Fråga %(n)d: svaren") % nth,
                help_text=_("Ett svar på varje rad, det bästa först."),
                widget=forms.Textarea(attrs={"rows": max(INSTRUMENTS.values())}),
            )

    @staticmethod
    def showing(view: WordingView | None) -> dict[str, object]:
        """What stands, as the fields show it."""
        if view is None:
            return {"version": 0}
        shown: dict[str, object] = {
            "instrument": view.instrument,
            "licence": view.licence,
            "lead": view.lead,
            "version": view.version,
        }
        for number, one in enumerate(view.questions):
            shown |= {f"heading_{number}": one.heading, f"levels_{number}": "\n".join(one.levels)}
        return shown


class StopForm(forms.Form):
    """That the questions are asked no more."""

    version = forms.IntegerField(widget=forms.HiddenInput)
