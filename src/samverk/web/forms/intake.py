"""What the intake pages ask for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.codes import CodeView
from samverk.access.intake import ContactChoice
from samverk.web.forms.common import HOW_SAID, choose, in_use

CONDITION = [("yes", _("Ja")), ("no", _("Nej")), ("unknown", _("Vet inte"))]
PRIORITY = [(0, _("Efter väntetid")), (1, _("Före de andra")), (2, _("Först av alla"))]
KNOWN = {"yes": True, "no": False, "unknown": None}
SAID = {known: word for word, known in KNOWN.items()}


class Accept(forms.Form):
    """The team's yes, and who becomes contact person."""

    use_required_attribute = False

    contact = forms.ChoiceField(
        label=_("Kontaktperson"),
        help_text=_("Den som håller i trådarna från första dagen. Aldrig den som beslutar om personens ersättning."),
        error_messages={
            "required": _("Välj en kontaktperson som arbetar i programmet."),
            "invalid_choice": _("Välj en kontaktperson som arbetar i programmet."),
        },
    )
    condition = forms.ChoiceField(
        label=_("Är det ett villkor för en ersättning att personen är med?"),
        widget=forms.RadioSelect,
        choices=CONDITION,
        help_text=_("Personen får veta det innan hen svarar."),
        error_messages={"required": _("Svara ja, nej eller vet inte.")},
    )

    def __init__(self, *args: Any, contacts: Iterable[ContactChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(
            self, "contact", [(str(c.account), ", ".join(w for w in (c.name, c.title, c.party) if w)) for c in contacts]
        )

    @property
    def known_condition(self) -> bool | None:
        """Whether taking part is a condition of a benefit; None: not known."""
        return KNOWN[self.cleaned_data["condition"]]


class AskForMore(forms.Form):
    """What the team needs to know."""

    use_required_attribute = False

    wanted = forms.CharField(
        label=_("Vad behöver ni veta mer?"),
        widget=forms.Textarea,
        help_text=_("Den som skickade remissen läser det här. Platsen i kön är kvar."),
        error_messages={"required": _("Skriv vad ni behöver veta mer.")},
    )


class Decline(forms.Form):
    """The team's no: why, and where to instead."""

    use_required_attribute = False

    reason = forms.ChoiceField(
        label=_("Skäl"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett skäl."), "invalid_choice": _("Välj ett skäl i listan.")},
    )
    text = forms.CharField(label=_("Förklara med egna ord"), widget=forms.Textarea, required=False)
    next_door = forms.CharField(
        label=_("Vart kan personen vända sig i stället?"),
        widget=forms.Textarea,
        help_text=_("En mottagare, ett namn och helst ett telefonnummer. Ingen lämnas utan nästa dörr."),
        error_messages={"required": _("Skriv vart personen kan vända sig i stället. Ingen lämnas utan nästa dörr.")},
    )

    def __init__(self, *args: Any, reasons: Mapping[str, CodeView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "reason", in_use(reasons.values()))


class Priority(forms.Form):
    """How far forward in the queue, and why."""

    use_required_attribute = False

    priority = forms.TypedChoiceField(
        label=_("Plats i kön"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=PRIORITY,
        error_messages={"required": _("Välj ett av alternativen i listan.")},
    )
    reason = forms.CharField(
        label=_("Varför?"),
        widget=forms.Textarea,
        required=False,
        help_text=_("Behövs inte när väntetiden bestämmer."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class HerAnswer(forms.Form):
    """Her own yes or no."""

    use_required_attribute = False

    answer = forms.ChoiceField(
        label=_("Vill du vara med?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Ja, jag vill vara med")), ("no", _("Nej, inte nu"))],
        error_messages={"required": _("Välj ja eller nej.")},
    )
    condition = forms.ChoiceField(
        label=_("Är det ett villkor för en ersättning att du är med?"),
        widget=forms.RadioSelect,
        choices=CONDITION,
        help_text=_("Ett villkor betyder att du kan förlora ersättningen om du säger nej. Fråga om du är osäker."),
        error_messages={"required": _("Svara ja, nej eller vet inte.")},
    )
    next_door = forms.CharField(
        label=_("Om du säger nej: vad vill du ha i stället?"),
        widget=forms.Textarea,
        required=False,
    )

    def __init__(self, *args: Any, known: bool | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        if known is not None:
            # The team knows, and the page has told her: she is not asked for what the agencies decide.
            del self.fields["condition"]

    @property
    def known_condition(self) -> bool | None:
        """Whether taking part is a condition of a benefit: as the team said, else as she says."""
        return self.known if self.known is not None else KNOWN[self.cleaned_data["condition"]]


class RecordedAnswer(forms.Form):
    """Her answer, recorded by the contact person after the first talk."""

    use_required_attribute = False

    talked_on = forms.DateField(
        label=_("Dag för första samtalet"),
        widget=forms.DateInput,
        error_messages={
            "required": _("Skriv vilken dag ni hade det första samtalet. Svaret kommer efter det."),
            "invalid": _("Skriv dagen som år-månad-dag, till exempel 2026-03-09."),
        },
    )
    answer = forms.ChoiceField(
        label=_("Vad svarade personen?"),
        widget=forms.RadioSelect,
        choices=[("later", _("Vill tänka på saken")), ("yes", _("Ja, vill vara med")), ("no", _("Nej"))],
        error_messages={"required": _("Välj vad personen svarade.")},
    )
    how = forms.ChoiceField(
        label=_("Hur fick du svaret?"),
        widget=forms.RadioSelect,
        choices=HOW_SAID,
        initial="spoken",
    )
    condition = forms.ChoiceField(
        label=_("Är det ett villkor för en ersättning att personen är med?"),
        widget=forms.RadioSelect,
        choices=CONDITION,
        help_text=_("Berätta vad det betyder: ersättningen kan påverkas av ett nej."),
        error_messages={"required": _("Svara ja, nej eller vet inte.")},
    )
    next_door = forms.CharField(
        label=_("Vid nej: vad händer i stället?"),
        widget=forms.Textarea,
        required=False,
        help_text=_("Vem tar vid, och när. Den som skickade remissen har kvar ansvaret och får veta."),
    )

    @property
    def known_condition(self) -> bool | None:
        """Whether taking part is a condition of a benefit; None: not known."""
        return KNOWN[self.cleaned_data["condition"]]
