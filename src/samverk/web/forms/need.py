"""What is asked for when somebody is away, and in an emergency."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.substitutes import ColleagueView
from samverk.domain.for_a_time import HOURS, LONGEST_AWAY, LONGEST_REASON
from samverk.web.forms.common import choose

_SOMEBODY = {"required": _("Välj en person i listan."), "invalid_choice": _("Välj en person i listan.")}
_DAY = {"required": _("Välj en dag."), "invalid": _("Skriv ett datum, till exempel 2026-06-30.")}


class Substitute(forms.Form):
    """Who is away, who stands in, and which days. Whoever speaks for herself alone is not asked who is away."""

    absent = forms.ChoiceField(label=_("Vem är borta?"), error_messages=_SOMEBODY)
    substitute = forms.ChoiceField(
        label=_("Vem ersätter?"),
        help_text=_("Ersättaren ser och gör det som den som är borta får se och göra, inget mer."),
        error_messages=_SOMEBODY,
    )
    first = forms.DateField(label=_("Från och med"), widget=forms.DateInput(), error_messages=_DAY)
    last = forms.DateField(label=_("Till och med"), widget=forms.DateInput(), error_messages=_DAY)

    def __init__(
        self,
        *args: object,
        absents: Sequence[ColleagueView],
        substitutes: Sequence[ColleagueView],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["last"].help_text = _("Högst %(days)d dagar. Är det längre: lämna över ärendena i stället.") % {
            "days": LONGEST_AWAY
        }
        self.alone = absents[0].account if len(absents) == 1 else None
        if self.alone is not None:
            del self.fields["absent"]
            self.fields["substitute"].label = _("Vem ersätter dig?")
            self.fields["substitute"].help_text = _("Ersättaren ser och gör det som du får se och göra, inget mer.")
        else:
            choose(self, "absent", [("", _("Välj")), *map(_named, absents)])
        choose(self, "substitute", [("", _("Välj")), *map(_named, substitutes)])

    def who_is_away(self) -> UUID:
        """Who is away."""
        return self.alone or UUID(self.cleaned_data["absent"])


class Ask(forms.Form):
    """Whose case, and why it cannot wait."""

    number = forms.CharField(
        label=_("Personnummer eller samordningsnummer"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("Skriv personnumret eller samordningsnumret.")},
    )
    reason = forms.CharField(
        label=_("Varför måste ärendet öppnas nu?"),
        help_text=_("Minst en hel mening. Kollegan som svarar läser det, och personen själv."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv varför ärendet måste öppnas nu.")},
    )


class Answer(forms.Form):
    """Yes, and for how long."""

    hours = forms.TypedChoiceField(
        label=_("Hur länge får ärendet vara öppet?"),
        coerce=int,
        choices=[(hours, _("%(hours)d timmar") % {"hours": hours}) for hours in HOURS],
        initial=HOURS[0],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur länge."), "invalid_choice": _("Välj hur länge.")},
    )


def _named(one: ColleagueView) -> tuple[str, str]:
    return str(one.account), ", ".join(word for word in (one.name, one.title, one.unit) if word)
