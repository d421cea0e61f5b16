"""Forms of the goal and the plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.web.forms.common import OnHerBehalf, choose

REVIEW_MISSING = _("Välj vilken dag ni ska se över planen.")
LIMIT_MISSING = _("Välj vilken dag planen gäller till.")
Choices = list[tuple[str, str]]


class Goal(forms.Form):
    """The goal in her own words."""

    text = forms.CharField(
        label=_("Mitt mål, med mina ord"),
        help_text=_("Vad vill du ska bli annorlunda? Skriv så som du skulle säga det."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv målet med dina egna ord.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class HerGoal(OnHerBehalf, Goal):
    """Her goal, written down by the coordinator."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Målet, med deltagarens egna ord")


class Line(forms.Form):
    """One line of the draft. Which fields it has depends on what it is."""

    text = forms.CharField(
        label=_("Vad?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv vad det gäller.")},
    )
    who = forms.ChoiceField(label=_("Vem?"), error_messages={"required": _("Välj vem det gäller.")})
    due = forms.DateField(label=_("Klart senast"), error_messages={"required": _("Välj en dag då det ska vara klart.")})
    decides = forms.ChoiceField(label=_("Vem bestämmer om det?"))
    pays = forms.ChoiceField(label=_("Vem betalar?"))
    category = forms.ChoiceField(
        label=_("Vad handlar det om?"),
        help_text=_("Det avgör vilka som får läsa raden. Samtycket säger vem som får läsa vad."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: object, kind: str, who: Choices, parties: Choices, categories: Choices, name: str, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.kind = kind
        choices: dict[str, Choices] = {
            "who": [("", str(_("Välj"))), *who],
            "decides": [("participant", name), *parties],
            "pays": [("nothing", str(_("Det kostar inget"))), *parties],
            "category": categories,
        }
        for field, options in choices.items():
            choose(self, field, options)
        for field in _LEFT_OUT[kind]:
            del self.fields[field]
        self.fields["text"].help_text = _HELP[kind]


_LEFT_OUT = {
    "step": (),
    "right": ("due", "decides", "pays"),
    "duty": ("due", "decides", "pays"),
    "sub_goal": ("who", "due", "decides", "pays"),
}
_HELP = {
    "step": _("Skriv vad som ska göras, så att alla förstår det. Ett steg i taget."),
    "right": _("Skriv vad den har rätt till, till exempel ”byta kontaktperson”."),
    "duty": _("Skriv vad den ska göra, till exempel ”ringa samma dag om något ändras”."),
    "sub_goal": _("Något på vägen som går att nå och märka."),
}


class Dates(forms.Form):
    """When the draft shall be reviewed, and the last day it holds."""

    review_on = forms.DateField(label=_("Vi ser över planen"), error_messages={"required": REVIEW_MISSING})
    limit_on = forms.DateField(
        label=_("Planen gäller till och med"),
        help_text=_("Den kan förlängas när ni har följt upp den."),
        error_messages={"required": LIMIT_MISSING},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class Review(forms.Form):
    """How it went, when to look next, and whether the plan goes on longer."""

    text = forms.CharField(
        label=_("Vad kom ni fram till?"),
        help_text=_("Vad har gått bra? Vad behöver ändras? Om planen förlängs: varför?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Skriv vad ni kom fram till.")},
    )
    review_on = forms.DateField(label=_("Nästa uppföljning"), error_messages={"required": REVIEW_MISSING})
    limit_on = forms.DateField(
        label=_("Planen gäller till och med"),
        help_text=_("Välj en senare dag om planen ska förlängas."),
        error_messages={"required": LIMIT_MISSING},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class Yes(forms.Form):
    """A yes to the plan as it was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class HerYes(Yes):
    """Her yes, recorded by the coordinator."""

    how = forms.ChoiceField(
        label=_("Hur sa deltagaren ja?"),
        choices=[("spoken", _("Muntligt, till mig")), ("paper", _("Skrev under på papper"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj om det var muntligt eller på papper.")},
    )


class Nothing(forms.Form):
    """A button and nothing to fill in."""
