"""What is asked before anything is read for control."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.actions.control import LONGEST_MATTER


class Matter(forms.Form):
    """Which matter the reading concerns."""

    matter = forms.CharField(
        label=_("Vilket ärende hos er gäller det?"),
        help_text=_("Till exempel: prövning av sjukpenning. Deltagaren läser det du skriver."),
        max_length=LONGEST_MATTER,
        error_messages={"required": _("Skriv vilket ärende hos er det gäller.")},
    )
