"""What the pages of evaluation's data ask for."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.codes import CodeView
from samverk.web.forms.common import choose, in_use

SAYS = (("yes", _("Ja, det är okej")), ("no", _("Nej, jag vill inte vara med")))
HER_SAYS = (("yes", _("Ja")), ("no", _("Nej")))
HOW = (("spoken", _("Muntligt, vid ett möte eller på telefon")), ("paper", _("På papper")))


class ChoiceForm(forms.Form):
    """Her yes or no. An official who writes it down says how it was told."""

    says = forms.ChoiceField(
        label=_("Får uppgifter om dig, utan namn, vara med när samverkan utvärderas?"),
        choices=SAYS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Svara ja eller nej.")},
    )
    on_behalf = forms.ChoiceField(
        label=_("Hur sa deltagaren det?"),
        choices=HOW,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur deltagaren sa det.")},
    )

    def __init__(self, *args: object, as_herself: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if as_herself:
            del self.fields["on_behalf"]
        else:
            self.fields["says"].label = _("Vad har deltagaren svarat?")
            choose(self, "says", HER_SAYS)


class DecisionForm(forms.Form):
    """The principal's decision."""

    words = forms.CharField(label=_("Vad är beslutat?"), widget=forms.Textarea(attrs={"rows": 4}))
    ground = forms.ChoiceField(label=_("Laglig grund"), widget=forms.RadioSelect)
    decider = forms.CharField(label=_("Vem har beslutat?"), max_length=200)
    decider_title = forms.CharField(label=_("Beslutsfattarens titel"), max_length=200)
    decided_on = forms.DateField(label=_("Vilken dag?"), widget=forms.DateInput())
    until = forms.DateField(label=_("Gäller till och med"), widget=forms.DateInput())

    def offer(self, grounds: Iterable[CodeView]) -> None:
        """Set the choices of legal ground."""
        choose(self, "ground", in_use(grounds))
