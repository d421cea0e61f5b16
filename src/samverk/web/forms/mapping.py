"""Forms of the joint picture."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.web.forms.common import AboutOther, OnHerBehalf, choose


class OwnWords(forms.Form):
    """The person's own words in one area."""

    text = forms.CharField(
        label=_("Med dina ord"),
        help_text=_("Skriv så mycket eller lite du vill. Du kan ändra när som helst."),
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Skriv något innan du sparar.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class HerWords(OnHerBehalf, OwnWords):
    """Her words, written down by the coordinator."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Deltagarens egna ord")


class PartysView(AboutOther):
    """A party's signed contribution in one area."""

    text = forms.CharField(
        label=_("Vad din part ser"),
        help_text=_("Börja med det som fungerar. Det du skriver signeras med ditt namn och din part."),
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Skriv något innan du sparar.")},
    )
    source = forms.CharField(
        label=_("Bygger på en tidigare utredning"),
        help_text=_("Skriv vilken. Det som redan är utrett behöver inte göras om."),
        required=False,
        max_length=300,
    )
    source_from = forms.CharField(label=_("Vem gjorde utredningen?"), required=False, max_length=200)
    source_on = forms.DateField(label=_("När gjordes den?"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("text", "about_other", "source", "source_from", "source_on", "version")


class NeedGroups(forms.Form):
    """Which sorts of need there are: several, or none."""

    groups = forms.MultipleChoiceField(
        label=_("Behov"),
        help_text=_("Markera flera, en eller ingen."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, choices: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choose(self, "groups", choices)
