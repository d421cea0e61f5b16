"""The shapes of what is typed when a case, or a programme, ends."""

from collections.abc import Iterable, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.codes import CodeView
from samverk.access.people import OfficialView
from samverk.web.forms.common import choose, in_use


class Close(forms.Form):
    """Reason, destination, words and the next door."""

    reason = forms.ChoiceField(label=_("Varför avslutas ärendet?"))
    destination = forms.ChoiceField(label=_("Vart går personen vidare?"))
    words = forms.CharField(
        label=_("Hur gick det?"),
        help_text=_("Skriv så att deltagaren känner igen sig. Hen läser det här."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    next_door = forms.CharField(
        label=_("Vem kan personen vända sig till nu?"),
        help_text=_("Namn, plats eller telefon. Ingen lämnas utan nästa dörr."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv vart personen kan vända sig nu. Ingen lämnas utan nästa dörr.")},
    )
    closed_on = forms.DateField(label=_("Vilken dag?"), widget=forms.DateInput())
    confirmed = forms.BooleanField(label=_("Avsluta ändå. Det som inte är klart får stå kvar."), required=False)

    def offer(self, reasons: Iterable[CodeView], destinations: Iterable[CodeView], *, left: int) -> None:
        """Set the choices. The confirmation is asked for only when something is left, a next door not after a death."""
        destinations = list(destinations)
        chosen = self.data.get("destination")
        self.fields["next_door"].required = not any(
            c.code == chosen and c.attributes.get("followed") == "no" for c in destinations
        )
        for name, codes in (("reason", reasons), ("destination", destinations)):
            choose(self, name, [("", _("Välj")), *in_use(codes)])
        if not left:
            del self.fields["confirmed"]


class TakeUpAgain(forms.Form):
    """Why the case goes on, and who holds it."""

    words = forms.CharField(label=_("Varför tas ärendet upp igen?"), widget=forms.Textarea(attrs={"rows": 3}))
    contact = forms.ChoiceField(label=_("Kontaktperson"))

    def offer(self, officials: Sequence[OfficialView], *, held: bool) -> None:
        """Set the choices. Whoever still holds the case goes on holding it."""
        if held:
            del self.fields["contact"]
            return
        choose(self, "contact", [("", _("Välj")), *((str(o.account), f"{o.name}, {o.party_name}") for o in officials)])


class NextPlace(forms.Form):
    """Where she goes on, and who has said yes there."""

    place = forms.CharField(label=_("Vart går personen vidare?"), widget=forms.Textarea(attrs={"rows": 2}))
    accepted_by = forms.CharField(label=_("Vem har sagt ja där?"), max_length=200)
    accepted_on = forms.DateField(label=_("Vilken dag?"), widget=forms.DateInput())


class EndProgramme(forms.Form):
    """The last day of a programme."""

    stops_on = forms.DateField(label=_("Vilken dag slutar programmet?"), widget=forms.DateInput())
