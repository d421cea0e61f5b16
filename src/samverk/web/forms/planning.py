"""The form of a programme's numbers, from which its queue is simulated. Loaded only where the fates can be asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.fates.planning import ENDS, WHOLE
from samverk.fates.queueing import Programme

LABELS = {
    "referrals": (_("Remisser på ett år"), ""),
    "places": (_("Platser"), _("Så många som kan vara med samtidigt.")),
    "stay_days": (_("Dagar i programmet"), _("I genomsnitt, om ingen behövde vänta på ett möte.")),
    "steps": (_("Steg i programmet"), _("Varje steg slutar med ett beslut på teamets möte.")),
    "coordinators": (_("Antal samordnare"), ""),
    "hours": (_("Timmar i veckan per samordnare"), _("Den tid som går till deltagarna.")),
    "case_hours": (_("Timmar i veckan per deltagare"), ""),
    "after_days": (_("Dagar med samordnare efteråt"), _("Hur länge samordnaren är kvar när platsen är ledig igen.")),
    "intake_every": (_("Dagar mellan slussens möten"), _("Varje vecka är 7, varannan vecka 14.")),
    "agenda": (_("Remisser per slussmöte"), _("Så många som ett möte hinner med.")),
    "team_every": (_("Dagar mellan teamets möten"), _("En gång i månaden är 30.")),
}


class PlanningForm(forms.Form):
    """A programme's numbers. `told`: what the address says, or what to begin with."""

    def __init__(self, told: Any) -> None:
        super().__init__(told)
        for name, (label, help_text) in LABELS.items():
            least, most = ENDS[name]
            wrong = _("Skriv ett tal från %(least)s till %(most)s.") % {"least": f"{least:g}", "most": f"{most:g}"}
            common: dict[str, Any] = {
                "label": label,
                "help_text": help_text,
                "error_messages": dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
                "widget": forms.NumberInput(attrs={"step": 1 if name in WHOLE else "any"}),
            }
            self.fields[name] = (
                forms.IntegerField(min_value=int(least), max_value=int(most), **common)
                if name in WHOLE
                else forms.FloatField(min_value=least, max_value=most, **common)
            )

    def clean(self) -> dict[str, Any]:
        """A coordinator has time for at least one participant."""
        found = super().clean() or {}
        if found.get("hours", 0) < found.get("case_hours", 0):
            self.add_error("case_hours", _("En samordnare behöver hinna med minst en deltagare. Skriv färre timmar."))
        return found

    def programme(self) -> Programme:
        """The programme that was typed; only of a valid form."""
        return Programme(**self.cleaned_data)
