"""The shapes of what is typed about hand-overs."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.hand_overs import HeldPart
from samverk.access.people import OfficialView
from samverk.web import words
from samverk.web.forms.common import choose


class Name(forms.Form):
    """Who takes over what, and by when."""

    former = forms.ChoiceField(label=_("Vilket uppdrag lämnas över?"))
    next = forms.ChoiceField(label=_("Vem tar över?"))
    what = forms.CharField(
        label=_("Vad behöver den som tar över veta?"),
        help_text=_("Var ni står, vad som är lovat och vad deltagaren själv vill ska vara känt."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    by_when = forms.DateField(label=_("Klart senast"), widget=forms.DateInput())

    def offer(self, parts: Sequence[HeldPart], officials: Sequence[OfficialView]) -> None:
        """Set the choices."""
        self._choose("former", [(f"{p.part}:{p.account}", self._label(p)) for p in parts])
        self._choose("next", [(str(o.account), f"{o.name}, {o.party_name}") for o in officials])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        choose(self, name, [("", _("Välj")), *choices])

    @staticmethod
    def _label(part: HeldPart) -> str:
        return f"{words.PARTS[part.part]}: {part.name}, {part.party}"


class Confirm(forms.Form):
    """Nothing to type: the button says it."""


class Reason(forms.Form):
    """Why not."""

    reason = forms.CharField(label=_("Varför?"), widget=forms.Textarea(attrs={"rows": 3}))


class Decline(Reason):
    """Why the one who is named cannot take over."""

    reason = forms.CharField(
        label=_("Varför kan du inte ta över?"),
        help_text=_("Skriv om ditt arbete, inte om deltagaren."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Met(forms.Form):
    """That the next one and the participant have met."""

    met_on = forms.DateField(label=_("Vilken dag träffades ni?"), widget=forms.DateInput())
    where = forms.CharField(label=_("Var?"), max_length=200)
    together = forms.BooleanField(label=_("Den som lämnar över var med"), required=False)
