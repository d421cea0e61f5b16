"""What several forms have in common."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.codes import CodeView

HOW_SAID = (("spoken", _("Muntligt")), ("paper", _("På papper")))


def choose(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Give a choice field of a form its choices."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def in_use(codes: Iterable[CodeView], now: str = "") -> list[tuple[str, str]]:
    """The codes that can be chosen, and the one that stands `now`, with their words."""
    return [(code.code, code.name) for code in codes if code.active or code.code == now]


class AboutOther(forms.Form):
    """The mark on what an official writes about somebody else than the participant (domain.consent)."""

    about_other = forms.BooleanField(
        label=_("Handlar om någon annan än deltagaren"),
        help_text=_("Då visas texten inte för deltagaren, bara att det finns något som inte visas."),
        required=False,
    )


IN_A_NOTE = _("Handlar något om någon annan? Skriv det i en anteckning och markera det där.")
"""Beside what the participant always reads: her measures, and what has been decided about her."""


class OnHerBehalf(forms.Form):
    """The participant's words, written down by the coordinator."""

    on_behalf = forms.ChoiceField(
        label=_("Hur fick du orden?"),
        choices=(("spoken", _("Deltagaren sa det till mig")), ("paper", _("Deltagaren skrev det på papper"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj om deltagaren sa det eller skrev det på papper.")},
    )
    field_order = ("text", "on_behalf", "version")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["text"].help_text = _("Skriv så som deltagaren säger det.")
