"""Letting another party read one thing without consent."""

from collections.abc import Iterable, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.codes import CodeView
from samverk.access.grounds import OwnItem
from samverk.access.people import PartyView
from samverk.web.forms.common import choose, in_use
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
    ground = forms.ChoiceField(
        label=_("Vilken bestämmelse ger rätt till det?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj en bestämmelse i listan.")},
    )
    words = forms.CharField(
        label=_("Lag och paragraf"),
        help_text=_("Behövs vid uppgiftsskyldighet och annan grund."),
        max_length=200,
        required=False,
    )
    last_day = forms.DateField(
        label=_("Gäller till och med"),
        help_text=_("Lämna tomt om det gäller tills ni avslutar det."),
        required=False,
        widget=forms.DateInput(),
    )

    def __init__(
        self,
        *args: object,
        items: Sequence[OwnItem],
        receivers: Sequence[PartyView],
        grounds: Iterable[CodeView],
        **more: object,
    ) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        named = [(str(one.id), f"{date_only(one.on)}: {kind_word(one.kind)}, {one.text[:80]}") for one in items]
        choose(self, "item", [("", _("Välj")), *named])
        parties = [(str(party.id), party.name) for party in receivers]
        choose(self, "receiver", [("", _("Välj")), *parties])
        choose(self, "ground", in_use(code for code in grounds if code.attributes.get("by_itself") != "yes"))
