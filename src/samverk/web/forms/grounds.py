"""Letting another party read one thing without consent."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.grounds import OwnItem
from samverk.access.people import PartyView
from samverk.web.forms.common import choose
from samverk.web.templatetags.look import date_only
from samverk.web.words import kind_word


class Ground(forms.Form):
    """One item, one receiver, one rule."""

    item = forms.ChoiceField(
        label=_("Vilken uppgift?"),
        help_text=_("Bara det som din egen part har skrivit."),
        error_messages={"required": _("Välj en uppgift i listan.")},
    )
    receiver = forms.ChoiceField(label=_("Vem får läsa?"), error_messages={"required": _("Välj en part i listan.")})
    ground = forms.CharField(
        label=_("Vilken bestämmelse ger rätt till det?"), help_text=_("Lag och paragraf räcker."), max_length=200
    )

    def __init__(self, *args: object, items: Sequence[OwnItem], receivers: Sequence[PartyView], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        named = [(str(one.id), f"{date_only(one.on)}: {kind_word(one.kind)}, {one.text[:80]}") for one in items]
        choose(self, "item", [("", _("Välj")), *named])
        parties = [(str(party.id), party.name) for party in receivers]
        choose(self, "receiver", [("", _("Välj")), *parties])
