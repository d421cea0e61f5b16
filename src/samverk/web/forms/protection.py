"""What is asked when somebody's identity is to be protected, or no longer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.domain.information import Protection

LEVELS = (
    (Protection.NONE.value, _("Inget skydd")),
    (Protection.SECRECY_MARKING.value, _("Sekretessmarkering")),
    (Protection.PROTECTED_REGISTRATION.value, _("Skyddad folkbokföring")),
    (Protection.FICTITIOUS.value, _("Fingerade personuppgifter")),
)


class Level(forms.Form):
    """The level, and why."""

    level = forms.ChoiceField(
        label=_("Vilket skydd?"),
        choices=LEVELS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vilket skydd det gäller.")},
    )
    reason = forms.CharField(
        label=_("Varför?"),
        help_text=_("Skriv inte var personen bor eller vistas, och inte vad hotet är."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv varför, till exempel vem som har beslutat om skyddet.")},
    )
