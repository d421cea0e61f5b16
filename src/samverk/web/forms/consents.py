"""What the consent pages ask for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from samverk.actions.consents import NewSay
from samverk.days import add_months
from samverk.domain.information import Purpose
from samverk.domain.scopes import Way, between, one_way
from samverk.web.forms.common import choose

HERSELF = "herself"
STANDARD_MONTHS = 6
YES_NO = [("yes", _("Ja")), ("no", _("Nej"))]
Choices = Sequence[tuple[str, str]]


class ConsentForm(forms.Form):
    """What she says yes and no to, between whom, for what and until when."""

    one_way = False

    categories = forms.MultipleChoiceField(
        label=_("Ja till att dela uppgifter om"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kryssa i det som parterna får dela. Det du lämnar tomt får de inte dela."),
    )
    refusals = forms.MultipleChoiceField(
        label=_("Nej till att dela uppgifter om"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ett uttryckligt nej sparas också, så att ingen behöver fråga igen."),
    )
    purpose = forms.ChoiceField(
        label=_("Vad uppgifterna får användas till"),
        widget=forms.RadioSelect,
        choices=[
            (Purpose.SUPPORT.value, _("Stöd: att planera och hjälpa till")),
            (Purpose.CONTROL.value, _("Kontroll: att granska, eller besluta om ersättning")),
        ],
        initial=Purpose.SUPPORT.value,
        error_messages={"required": _("Välj stöd eller kontroll.")},
        help_text=_("Stöd och kontroll hålls isär. Ett ja till stöd är aldrig ett ja till kontroll."),
    )
    last_day = forms.DateField(
        label=_("Gäller till och med"),
        widget=forms.DateInput,
        help_text=_("Vanligast är ett halvår. Det går alltid att ta tillbaka tidigare."),
        error_messages={"required": _("Välj en sista dag."), "invalid": _("Skriv ett datum, till exempel 2026-06-30.")},
    )
    condition = forms.ChoiceField(
        label=_("Krävs det att deltagaren är med för att få någon ersättning?"),
        widget=forms.RadioSelect,
        choices=YES_NO,
        help_text=_("Om svaret är ja märks samtycket, eftersom det då är mindre fritt."),
        error_messages={"required": _("Svara ja eller nej.")},
    )
    words = forms.CharField(
        label=_("Egna ord om vad det inte ska gälla"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De parter som samtycket gäller läser det här."),
    )
    how = forms.ChoiceField(
        label=_("Hur har deltagaren sagt det?"),
        widget=forms.RadioSelect,
        choices=[("paper", _("På papper, med underskrift")), ("spoken", _("Muntligt, till mig"))],
        error_messages={"required": _("Välj papper eller muntligt.")},
    )
    scan = forms.FileField(
        label=_("Det underskrivna pappret, inskannat"),
        required=False,
        help_text=_("PDF, PNG eller JPEG. Högst 10 MB."),
    )
    gdpr_basis = forms.ChoiceField(
        label=_("Rättslig grund för att behandla uppgifterna (GDPR)"),
        required=False,
        help_text=_(
            "Samtycket bryter sekretessen mellan parterna. Grunden för behandlingen är en annan sak och står för sig."
        ),
    )

    def __init__(
        self,
        *args: object,
        parties: Choices,
        categories: Choices,
        bases: Choices,
        today: date,
        as_herself: bool,
        closed: Choices = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.add_parties(parties, as_herself=as_herself)
        if closed:
            self._add_inside(closed)
        for name in ("categories", "refusals"):
            self._choice(name).choices = categories
        self._choice("gdpr_basis").choices = [("", pgettext("legal basis", "Inte angiven")), *bases]
        self.fields["last_day"].initial = add_months(today, STANDARD_MONTHS)
        if as_herself:
            for name in ("how", "scan", "gdpr_basis"):
                del self.fields[name]
            self.fields["condition"].label = _("Måste du vara med för att få någon ersättning?")

    def _add_inside(self, closed: Choices) -> None:
        """A unit that writes for itself is let out to the rest of its own party by a yes of its own."""
        self.fields["inside"] = forms.MultipleChoiceField(
            label=_("Dela också inom parten"),
            required=False,
            choices=closed,
            widget=forms.CheckboxSelectMultiple,
            help_text=_(
                "Här har en enhet egen sekretess. Kryssa i om de andra hos samma part får läsa det som enheten skriver."
            ),
        )
        for name in ("parties", "givers", "receivers"):
            if name in self.fields:
                self.fields[name].required = False
        self.order_fields(["parties", "herself", "givers", "receivers", "inside"])

    def inside(self) -> list[UUID]:
        """The parties whose closed units are let out to the rest of their party."""
        return [UUID(party) for party in self.cleaned_data.get("inside", [])]

    def _choice(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])

    def add_parties(self, parties: Choices, *, as_herself: bool) -> None:
        """The fields that say between whom."""
        self.fields["parties"] = forms.MultipleChoiceField(
            label=_("De här parterna får prata med varandra"),
            error_messages={"required": _("Välj vilka parter det gäller.")},
            choices=parties,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["herself"] = forms.BooleanField(
            label=_("De får också läsa mina egna ord och min plan")
            if as_herself
            else _("De får också läsa deltagarens egna ord och plan"),
            required=False,
            initial=True,
        )
        self.order_fields(["parties", "herself"])

    def ways(self) -> tuple[Way, ...]:
        """Between whom, written out."""
        chosen = [UUID(party) for party in self.cleaned_data["parties"]]
        return between(chosen, herself=self.cleaned_data["herself"], inside=self.inside())

    def says(self) -> list[NewSay]:
        """Everything that she says, scope by scope."""
        data = self.cleaned_data
        purpose = Purpose(data["purpose"])
        return [
            NewSay(giver, receiver, category, purpose, refused)
            for giver, receiver in self.ways()
            for refused, categories in ((False, data["categories"]), (True, data["refusals"]))
            for category in categories
        ]

    def clean(self) -> dict[str, object]:
        """Yes or no to something, and not both to the same."""
        data = super().clean() or self.cleaned_data
        yes, no = set(data.get("categories", [])), set(data.get("refusals", []))
        if yes & no:
            self.add_error("refusals", gettext("Samma sak kan inte vara både ja och nej. Välj ett av dem."))
        elif not yes | no and not {"categories", "refusals"} & self.errors.keys():
            self.add_error("categories", gettext("Välj minst en sak att säga ja eller nej till."))
        return data


class OneWayForm(ConsentForm):
    """The same, where some tell and others get to know."""

    one_way = True

    def add_parties(self, parties: Choices, *, as_herself: bool) -> None:
        """Who tells, and who gets to know."""
        own = gettext("Mina egna ord och min plan") if as_herself else gettext("Deltagarens egna ord och plan")
        self.fields["givers"] = forms.MultipleChoiceField(
            label=_("Det här får lämnas ut"),
            help_text=_("Varje part lämnar bara det som den själv har skrivit."),
            error_messages={"required": _("Välj vem som får berätta.")},
            choices=[(HERSELF, own), *parties],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["receivers"] = forms.MultipleChoiceField(
            label=_("De här får veta"),
            error_messages={"required": _("Välj vem som får veta.")},
            choices=parties,
            widget=forms.CheckboxSelectMultiple,
        )
        self.order_fields(["givers", "receivers"])

    def ways(self) -> tuple[Way, ...]:
        """Between whom, written out."""
        data = self.cleaned_data
        givers = [None if giver == HERSELF else UUID(giver) for giver in data["givers"]]
        return one_way(givers, [UUID(receiver) for receiver in data["receivers"]], inside=self.inside())


class WithdrawForm(forms.Form):
    """Everything to some parties, or single parts."""

    parties = forms.MultipleChoiceField(label=_("Allt till en part"), required=False)
    rows = forms.MultipleChoiceField(label=_("Enskilda delar"), required=False)

    def __init__(self, *args: object, parties: Choices, rows: Mapping[UUID, object], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, choices in (("parties", parties), ("rows", [(str(id), "") for id in rows])):
            choose(self, name, choices)

    def clean(self) -> dict[str, object]:
        """Something is chosen."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("parties") and not data.get("rows"):
            self.add_error("parties", gettext("Kryssa i minst en sak som ska tas tillbaka."))
        return data
