"""The shapes of what is typed about livelihood."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverk.access.people import PartyView
from samverk.domain.livelihood import Estimate, SpellTerms
from samverk.web.forms.common import HOW_SAID, choose, in_use
from samverk.web.forms.measures import Codes

SURE = (("True", _("Det är beslutat")), ("False", _("Det är väntat, men inte beslutat")))


def _uuid(value: str) -> UUID | None:
    return UUID(value) if value else None


class SpellForm(forms.Form):
    """One livelihood."""

    kind = forms.ChoiceField(label=_("Vilken försörjning?"))
    share = forms.IntegerField(
        label=_("Andel i procent"), min_value=1, max_value=100, initial=100, help_text=_("100 är hela försörjningen.")
    )
    first_day = forms.DateField(label=_("Från och med"), widget=forms.DateInput())
    last_day = forms.DateField(
        label=_("Till och med"), required=False, widget=forms.DateInput(), help_text=_("Lämna tomt om det gäller tills vidare.")
    )  # fmt: skip
    certain = forms.TypedChoiceField(
        label=_("Hur säkert är det?"), choices=SURE, coerce=lambda value: value == "True", initial="True",
        widget=forms.RadioSelect(),
    )  # fmt: skip
    payer = forms.TypedChoiceField(label=_("Vem betalar?"), required=False, coerce=_uuid, empty_value=None)
    payer_name = forms.CharField(label=_("… eller skriv ett namn"), required=False, max_length=200)
    monthly = forms.IntegerField(
        label=_("Kronor per månad"), required=False, min_value=0, help_text=_("Ungefär, det som kommer in på kontot.")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def offer(self, kinds: Codes, parties: Iterable[PartyView], now: SpellTerms | None) -> None:
        """Set the choices; what stands already can be kept."""
        choose(self, "kind", [("", gettext("Välj …")), *in_use(kinds.values(), now.kind if now else "")])
        named = [(str(party.id), party.name) for party in parties]
        choose(self, "payer", [("", gettext("Inte sagt")), *named])

    def terms(self) -> SpellTerms:
        """What was typed."""
        return SpellTerms(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class WrongForm(forms.Form):
    """Why a livelihood was never true."""

    reason = forms.CharField(label=_("Vad är fel?"), widget=forms.Textarea(attrs={"rows": 2}))


class EstimateForm(forms.Form):
    """What she has to live on each month, before and during."""

    monthly_before = forms.IntegerField(
        label=_("Pengar per månad i dag"), min_value=0, help_text=_("Kronor efter skatt.")
    )
    monthly_during = forms.IntegerField(
        label=_("Pengar per månad under insatsen"), min_value=0, help_text=_("Kronor efter skatt.")
    )
    travel = forms.IntegerField(label=_("Resor som tillkommer, kronor per månad"), min_value=0, initial=0)
    meals = forms.IntegerField(label=_("Mat som tillkommer, kronor per månad"), min_value=0, initial=0)
    child_care = forms.IntegerField(label=_("Barnomsorg som tillkommer, kronor per månad"), min_value=0, initial=0)
    words = forms.CharField(
        label=_("Något mer som spelar roll?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    on_behalf = forms.ChoiceField(
        label=_("Hur fick du veta det?"), choices=HOW_SAID, initial="spoken", widget=forms.RadioSelect(),
        help_text=_("Uppgifterna är deltagarens egna, även när du skriver in dem."),
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def for_herself(self) -> None:
        """She need not say how she knows."""
        del self.fields["on_behalf"]

    def estimate(self) -> Estimate:
        """The sums that were typed."""
        sums = Estimate.__dataclass_fields__
        return Estimate(**{name: value for name, value in self.cleaned_data.items() if name in sums})
