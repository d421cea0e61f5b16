"""Forms of the joint picture."""

from django import forms
from django.utils.translation import gettext_lazy as _

HOW = [("spoken", _("Deltagaren sa det till mig")), ("paper", _("Deltagaren skrev det på papper"))]


class OwnWords(forms.Form):
    """The person's own words in one area."""

    text = forms.CharField(
        label=_("Med dina ord"),
        help_text=_("Skriv så mycket eller lite du vill. Du kan ändra när som helst."),
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Skriv något innan du sparar.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class HerWords(OwnWords):
    """Her words, written down by the coordinator."""

    on_behalf = forms.ChoiceField(
        label=_("Hur fick du orden?"),
        choices=HOW,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj om deltagaren sa det eller skrev det på papper.")},
    )
    field_order = ["text", "on_behalf", "version"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["text"].label = _("Deltagarens egna ord")
        self.fields["text"].help_text = _("Skriv så som deltagaren säger det.")


class PartysView(forms.Form):
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
        self.fields["groups"].choices = choices  # type: ignore[attr-defined]
