"""The shapes of what is typed in the price book."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverk.access.codes import Names
from samverk.access.prices import KIND_LISTS
from samverk.domain.price_book import LONGEST_INDEX, LONGEST_NAME, LONGEST_PERSPECTIVE, LevelTerms, PriceTerms
from samverk.web.forms.common import choose, in_use
from samverk.web.price_words import CONFIDENCES, DISTRIBUTIONS, FIELDS, NATURES, PARTIES, UNITS

_GROUPS: dict[str, Promise] = {
    "livelihood": _("Försörjning"),
    "measure": _("Insatser"),
    "price_kind": _("Annat som har ett pris"),
}
_ASSUMPTION = (("no", _("Nej, siffran har en källa")), ("yes", _("Ja, och det ska synas")))
_READ = [("", _("Inte sagt")), *CONFIDENCES.items()]
_SHORT = {"rows": 2}


def _of(words: Mapping[str, Promise]) -> list[tuple[str, Promise]]:
    return list(words.items())


def _amount(field: str, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=FIELDS[field], required=False, max_digits=12, decimal_places=2, **more)


class PriceForm(forms.Form):
    """One price of the draft."""

    kind = forms.ChoiceField(label=FIELDS["kind"])
    name = forms.CharField(
        label=FIELDS["name"], required=False, max_length=LONGEST_NAME,
        help_text=_("Behövs bara när samma sak har flera rader, till exempel lön och arbetsgivaravgift."),
    )  # fmt: skip
    payer = forms.ChoiceField(label=FIELDS["payer"])
    receiver = forms.ChoiceField(
        label=FIELDS["receiver"], choices=_of(PARTIES), initial="participant",
        help_text=_("Välj verkliga resurser när pengarna blir vård, arbetstid eller något annat som används."),
    )  # fmt: skip
    nature = forms.ChoiceField(label=FIELDS["nature"], choices=_of(NATURES))
    amount = _amount("amount", help_text=_("Lämna tomt när det inte finns någon källa. Hitta inte på en siffra."))
    unit = forms.ChoiceField(label=FIELDS["unit"], choices=_of(UNITS), initial="SEK/month")
    price_year = forms.IntegerField(label=FIELDS["price_year"], max_value=9999)
    low = _amount("low")
    high = _amount("high")
    distribution = forms.ChoiceField(
        label=FIELDS["distribution"], choices=_of(DISTRIBUTIONS),
        help_text=_("Allt utom fast behöver både lägsta och högsta."),
    )  # fmt: skip
    valid_from = forms.DateField(
        label=FIELDS["valid_from"], required=False, widget=forms.DateInput(),
        help_text=_("Lämna tomt om det inte finns någon gräns."),
    )  # fmt: skip
    valid_to = forms.DateField(label=FIELDS["valid_to"], required=False, widget=forms.DateInput())
    source = forms.CharField(
        label=FIELDS["source"], required=False, widget=forms.Textarea(attrs=_SHORT),
        help_text=_("Var siffran står, så att någon annan hittar den. För ett antagande: vad som antas."),
    )  # fmt: skip
    confidence = forms.ChoiceField(label=FIELDS["confidence"], choices=_READ, required=False)
    assumption = forms.ChoiceField(
        label=_("Är det ett antagande?"), choices=_ASSUMPTION, initial="no", widget=forms.RadioSelect()
    )
    perspective = forms.CharField(
        label=FIELDS["perspective"], required=False, max_length=LONGEST_PERSPECTIVE,
        help_text=_("Lämna tomt om priset gäller i alla."),
    )  # fmt: skip
    note = forms.CharField(
        label=FIELDS["note"], required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Varför just den här parten betalar, och vad siffran inte säger."),
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def offer(self, lists: Names, now: str = "") -> None:
        """Set the kinds to choose from; the one that stands `now` can be kept."""
        groups = [(str(_GROUPS[name]), in_use(lists[name].values(), now)) for name in KIND_LISTS]
        choose(self, "kind", [("", gettext("Välj …")), *groups])
        choose(self, "payer", [("", gettext("Välj …")), *_of(PARTIES)])

    def terms(self) -> PriceTerms:
        """What was typed."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        told["assumption"] = told["assumption"] == "yes"
        told["valid_to"] = _after(told["valid_to"])
        return PriceTerms(**told)


class LevelForm(forms.Form):
    """The level of an index in one year."""

    index = forms.CharField(
        label=FIELDS["index"], max_length=LONGEST_INDEX, help_text=_("Skriv samma namn för alla år.")
    )
    year = forms.IntegerField(label=FIELDS["year"], max_value=9999)
    level = forms.DecimalField(label=FIELDS["level"], max_digits=12, decimal_places=2)
    source = forms.CharField(label=FIELDS["source"], widget=forms.Textarea(attrs=_SHORT))
    confidence = forms.ChoiceField(label=FIELDS["confidence"], choices=_READ, required=False)
    note = forms.CharField(label=_("Anteckning"), required=False, widget=forms.Textarea(attrs=_SHORT))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def terms(self) -> LevelTerms:
        """What was typed."""
        return LevelTerms(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class VersionForm(forms.Form):
    """What was read when a button was pressed."""

    version = forms.IntegerField(widget=forms.HiddenInput())


class ProposeForm(VersionForm):
    """What is new in the draft."""

    words = forms.CharField(
        label=_("Vad är nytt, och varför?"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Den som ska godkänna läser det här först."),
    )  # fmt: skip


class SendBackForm(VersionForm):
    """Why a proposal is a draft again."""

    reason = forms.CharField(label=_("Vad behöver ändras?"), widget=forms.Textarea(attrs={"rows": 3}))


def _after(last: date | None) -> date | None:
    """The day after the last one; a day after which no calendar goes stays, and is refused as too late."""
    return last + timedelta(days=1) if last and last < date.max else last
