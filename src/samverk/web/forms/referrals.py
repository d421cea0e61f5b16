"""What the referral pages ask for. The jointly agreed form is made of the questions in the code list."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.codes import CodeView
from samverk.access.people import PartyView
from samverk.access.referral_views import FormView, ProgrammeChoice
from samverk.actions.referral_answers import FIELD
from samverk.actions.referrals import Answers, NewPerson
from samverk.domain.information import Protection
from samverk.web.forms.common import HOW_SAID, choose, in_use


class Start(forms.Form):
    """Which programme. All that the person herself has to choose."""

    use_required_attribute = False

    programme = forms.ChoiceField(
        label=_("Program"),
        error_messages={
            "required": _("Välj ett program i listan."),
            "invalid_choice": _("Välj ett program i listan."),
        },
    )

    def __init__(self, *args: Any, programmes: Iterable[ProgrammeChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(p.id), f"{p.name}, {p.place}" if p.place else p.name) for p in programmes]
        choose(self, "programme", choices if len(choices) == 1 else [("", _("Välj program")), *choices])

    @property
    def chosen(self) -> UUID:
        """The chosen programme."""
        return UUID(self.cleaned_data["programme"])


class StartOther(Start):
    """Which programme, and whom it is about. No address is asked for."""

    name = forms.CharField(label=_("Personens namn"), error_messages={"required": _("Skriv personens namn.")})
    personal_number = forms.CharField(
        label=_("Personnummer eller samordningsnummer"),
        required=False,
        help_text=_("Tolv siffror. Lämna tomt om personen inte har något nummer, eller inte vill säga det."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    birth_year = forms.IntegerField(
        label=_("Födelseår"),
        required=False,
        help_text=_("Behövs bara utan personnummer. Fyra siffror."),
        error_messages={"invalid": _("Skriv födelseåret med fyra siffror, till exempel 1974.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sex = forms.ChoiceField(
        label=_("Kön"),
        required=False,
        help_text=_("Används bara i statistik, för att se att stödet är jämställt."),
    )
    phone = forms.CharField(label=_("Telefon"), required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    language = forms.CharField(
        label=_("Språk, om det behövs tolk"), required=False, help_text=_("Till exempel arabiska eller teckenspråk.")
    )
    protection = forms.ChoiceField(
        label=_("Har personen skyddade personuppgifter?"),
        widget=forms.RadioSelect,
        initial=Protection.NONE.value,
        choices=[
            (Protection.NONE.value, _("Nej, eller vet inte")),
            (Protection.SECRECY_MARKING.value, _("Ja, sekretessmarkering")),
            (Protection.PROTECTED_REGISTRATION.value, _("Ja, skyddad folkbokföring")),
            (Protection.FICTITIOUS.value, _("Ja, fingerade personuppgifter")),
        ],
        help_text=_(
            "Vid ja: skriv aldrig adress, bostadsort eller skola någonstans i remissen. "
            "Vid de två sista kan bara de parter som har fått klartecken se personen här."
        ),
    )

    def __init__(self, *args: Any, sexes: Mapping[str, CodeView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "sex", [("", _("Inte uppgivet")), *in_use(sexes.values())])

    def person(self) -> NewPerson:
        """Whom the referral is about."""
        told = dict(self.cleaned_data)
        del told["programme"]
        return NewPerson(**(told | {"protection": Protection(told["protection"])}))


class Text(forms.CharField):
    """An answer that may be left for later: sending asks for it, saving does not."""

    def validate(self, value: str) -> None:
        """Take half-done answers."""


class Questions(forms.Form):
    """The jointly agreed form: a text for each question, how many officials, which parties."""

    use_required_attribute = False

    def __init__(self, *args: Any, view: FormView, parties: Iterable[PartyView], **kwargs: Any) -> None:
        initial: dict[str, Any] = {FIELD + code: text for code, text in view.texts.items()}
        initial |= {"officials": view.officials, "version": view.version, "parties": [str(id) for id in view.involved]}
        super().__init__(*args, **(kwargs | {"initial": initial}))
        for question in view.questions:
            self.fields[FIELD + question.code] = Text(
                label=question.label,
                help_text=question.help,
                required=question.required,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.fields["officials"] = forms.IntegerField(
            label=_("Hur många handläggare träffar du?") if view.own else _("Hur många handläggare träffar personen?"),
            required=False,
            error_messages={"invalid": _("Skriv hur många handläggare det är, med en siffra.")},
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )
        self.fields["parties"] = forms.MultipleChoiceField(
            label=_("Vilka har du kontakt med redan?") if view.own else _("Vilka parter är redan inblandade?"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(str(party.id), party.name) for party in parties],
            error_messages={"invalid_choice": _("Välj parter i listan.")},
        )
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)

    def answers(self) -> Answers:
        """What is written so far."""
        told = self.cleaned_data
        return Answers(
            texts={name.removeprefix(FIELD): text for name, text in told.items() if name.startswith(FIELD)},
            officials=told["officials"],
            involved=[UUID(id) for id in told["parties"]],
        )


class SendOther(forms.Form):
    """Send another person's referral: nothing more to fill in."""


class SendOwn(forms.Form):
    """Send one's own referral, with the consent that it needs."""

    use_required_attribute = False

    own_consent = forms.BooleanField(
        label=_("Ja, parterna här ovanför får läsa min anmälan"),
        error_messages={
            "required": _("Kryssa i att programmets parter får läsa din anmälan. Annars kan de inte ta emot den.")
        },
        help_text=_("Det gäller i sex månader. Du kan ta tillbaka det när du vill."),
    )
    condition_of_benefit = forms.TypedChoiceField(
        label=_("Måste du vara med för att få någon ersättning?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Ja")), ("no", _("Nej"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        error_messages={"required": _("Svara ja eller nej: krävs det att du är med?")},
        help_text=_("Om svaret är ja märks samtycket, eftersom det då är mindre fritt."),
    )


class Tell(forms.Form):
    """How the person was told."""

    how = forms.ChoiceField(
        label=_("Hur berättade du?"),
        widget=forms.RadioSelect,
        choices=HOW_SAID,
        error_messages={"required": _("Välj hur du berättade: muntligt eller på papper.")},
    )
