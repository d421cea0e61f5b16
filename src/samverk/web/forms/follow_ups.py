"""The shapes of what is typed at a follow-up."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.codes import CodeView
from samverk.domain.follow_up import RATINGS, Status
from samverk.web.forms.common import choose, in_use

_AGREE = [
    ("", _("Vill inte svara")),
    ("5", _("5 – stämmer helt")),
    ("4", _("4 – stämmer ganska bra")),
    ("3", _("3 – varken eller")),
    ("2", _("2 – stämmer ganska dåligt")),
    ("1", _("1 – stämmer inte alls")),
]
_GOOD = [
    ("", _("Vill inte svara")),
    ("5", _("5 – mycket bra")),
    ("4", _("4 – ganska bra")),
    ("3", _("3 – varken bra eller dåligt")),
    ("2", _("2 – ganska dåligt")),
    ("1", _("1 – mycket dåligt")),
]


def _rating(label: Any, choices: list[tuple[str, Any]]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, required=False)


class Answers(forms.Form):
    """How things are, in questions put to her. Every question may be left."""

    all_optional = True

    words = forms.CharField(
        label=_("Hur har du det nu?"),
        help_text=_("Med dina egna ord, så kort eller långt du vill."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    livelihoods = forms.MultipleChoiceField(
        label=_("Vad lever du på nu?"),
        help_text=_("Välj allt som stämmer."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    occupation = forms.ChoiceField(label=_("Vad gör du om dagarna?"), required=False)
    health = forms.IntegerField(
        label=_("Hur är din hälsa i dag?"),
        help_text=_("0 är den sämsta hälsa du kan tänka dig, 100 den bästa."),
        min_value=0,
        max_value=100,
        required=False,
    )
    situation = _rating(_("Hur är din situation som helhet?"), _GOOD)
    confidence = _rating(_("Hur är din tilltro till dig själv?"), _GOOD)
    direction = _rating(_("Vet du vart du är på väg?"), _GOOD)
    whole_view = _rating(_("De såg hela mitt liv, inte bara sin egen bit."), _AGREE)
    taking_part = _rating(_("Jag var med och bestämde."), _AGREE)
    engagement = _rating(_("De brydde sig om hur det gick för mig."), _AGREE)
    enough_time = _rating(_("Det fanns tillräckligt med tid för mig."), _AGREE)
    continuity = _rating(_("Jag fick ha samma människor hela vägen."), _AGREE)
    how = forms.ChoiceField(label=_("Hur fick du svaren?"))
    answered_on = forms.DateField(label=_("Vilken dag gavs svaren?"), widget=forms.DateInput())
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def offer(
        self,
        livelihoods: Iterable[CodeView],
        occupations: Iterable[CodeView],
        ways: Iterable[CodeView],
        *,
        herself: bool,
    ) -> None:
        """Set the choices. She herself is not asked how or when she answered."""
        choose(self, "livelihoods", in_use(livelihoods))
        choose(self, "occupation", [("", _("Vill inte svara")), *in_use(occupations)])
        choose(self, "how", [("", _("Välj")), *in_use(ways)])
        if herself:
            del self.fields["how"], self.fields["answered_on"]

    def status(self) -> Status:
        """What was answered."""
        data = self.cleaned_data
        return Status(
            words=data["words"],
            livelihoods=data["livelihoods"],
            occupation=data["occupation"],
            health=data["health"],
            **{name: data[name] for name in RATINGS},
        )


class Miss(forms.Form):
    """That there was no answer this time."""

    reason = forms.ChoiceField(label=_("Varför blev det inget svar?"))
    text = forms.CharField(
        label=_("Med egna ord"),
        help_text=_("Behövs bara om du väljer Annat."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    next_try_on = forms.DateField(
        label=_("När försöker du igen?"),
        help_text=_("Lämna tomt om deltagaren inte vill svara."),
        widget=forms.DateInput(),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def offer(self, reasons: Iterable[CodeView]) -> None:
        """Set the choices."""
        choose(self, "reason", [("", _("Välj")), *in_use(reasons)])
