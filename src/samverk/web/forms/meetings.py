"""The shapes of what is typed about meetings, answers and minutes."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from samverk.access.codes import CodeView
from samverk.access.meetings import InvitationView
from samverk.access.people import OfficialView
from samverk.domain.meetings import Question
from samverk.web.forms.common import HOW_SAID, AboutOther, choose, in_use

QUESTIONS = range(1, 6)
NO_DECISION = ("", _("Inget formellt beslut"))


def _many(label: Any, help_text: Any = "", *, required: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kryssa i minst en.")},
    )


class ChangeMeeting(forms.Form):
    """A meeting without its time, which is changed on a page of its own."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    purpose = forms.CharField(
        label=_("Vad ska mötet leda till?"),
        help_text=_("En eller två meningar som alla förstår."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    how = forms.ChoiceField(
        label=_("Hur träffas ni?"),
        choices=(("room", _("På plats")), ("phone", _("På telefon")), ("video", _("På video"))),
        initial="room",
        widget=forms.RadioSelect,
    )
    place = forms.CharField(label=_("Plats, telefonnummer eller länk"))
    interpreter = forms.CharField(
        label=_("Tolk"), required=False, max_length=60, help_text=_("Skriv språket om en tolk är bokad.")
    )
    officials = _many(_("Vilka ska vara med?"), _("Deltagaren och du är alltid bjudna."))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for n in QUESTIONS:
            self.fields[f"question_{n}"] = forms.CharField(
                label=_("Fråga %(n)s") % {"n": n}, required=False, max_length=300
            )
            self.fields[f"kind_{n}"] = forms.ChoiceField(label=_("Kräver beslut om"), required=False)

    def offer(self, who: Sequence[OfficialView], kinds: dict[str, CodeView], *, me: UUID | None) -> None:
        """Set the choices."""
        choose(self, "officials", [(str(o.account), f"{o.name}, {o.party_name}") for o in who if o.account != me])
        for n in QUESTIONS:
            choose(self, f"kind_{n}", [NO_DECISION, *in_use(kinds.values())])

    @property
    def head(self) -> list[BoundField]:
        """The fields before the questions."""
        return [bound for bound in self if not bound.name.startswith(("question_", "kind_"))]

    @property
    def rows(self) -> list[tuple[BoundField, BoundField]]:
        """The questions, each with the kind of decision that it takes."""
        return [(self[f"question_{n}"], self[f"kind_{n}"]) for n in QUESTIONS]

    def questions(self) -> list[Question]:
        """What the meeting shall answer."""
        data = self.cleaned_data
        return [Question(data[f"question_{n}"], data[f"kind_{n}"]) for n in QUESTIONS if data[f"question_{n}"]]

    def accounts(self) -> list[UUID]:
        """Who is called."""
        return [UUID(account) for account in self.cleaned_data["officials"]]


class CallMeeting(ChangeMeeting):
    """A whole meeting."""

    starts_at = forms.DateTimeField(label=_("När?"), widget=forms.DateTimeInput())
    field_order = ("purpose", "starts_at", "how", "place", "interpreter", "officials")


class MoveMeeting(forms.Form):
    """Another time."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    starts_at = forms.DateTimeField(label=_("Ny tid"), widget=forms.DateTimeInput())
    reason = forms.CharField(label=_("Varför flyttas mötet?"), widget=forms.Textarea(attrs={"rows": 2}))


class CancelMeeting(forms.Form):
    """Called off."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    reason = forms.CharField(label=_("Varför ställs mötet in?"), widget=forms.Textarea(attrs={"rows": 2}))


class AnswerCall(forms.Form):
    """Comes, other time, does not come: the answer is the button that was pressed."""

    text = forms.CharField(
        label=_("Vill du säga något?"),
        required=False,
        help_text=_("Skriv vilka tider som passar om du vill ha en annan tid."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    mandates = _many(_("Vad får du besluta vid bordet?"), _("Utöver det som redan står i din roll i programmet."))
    on_behalf = forms.ChoiceField(label=_("Hur kom svaret?"), choices=HOW_SAID, initial="spoken")

    def fit(self, call: InvitationView, kinds: dict[str, CodeView]) -> None:
        """Leave what this call asks for: mandates of officials, how it came when it is somebody else's answer."""
        if call.who == "official":
            choose(self, "mandates", in_use(kinds.values()))
        else:
            del self.fields["mandates"]
        if call.mine:
            del self.fields["on_behalf"]


class Guest(forms.Form):
    """Somebody whom she brings: an official in the case, or anyone else by name."""

    account = forms.ChoiceField(
        label=_("Någon som redan är med"),
        required=False,
        help_text=_("Den som inte får läsa något om deltagaren ser ändå kallelsen, men inget annat."),
    )
    name = forms.CharField(label=_("Eller någon annan: vad heter personen?"), max_length=200, required=False)

    def offer(self, who: Sequence[OfficialView], *, called: Iterable[UUID | None]) -> None:
        """Set the choices: those in the case who are not called yet."""
        there = set(called)
        free = [(str(o.account), f"{o.name}, {o.party_name}") for o in who if o.account not in there]
        choose(self, "account", [("", "–"), *free])


class OwnWords(forms.Form):
    """What she wants to bring up, or how it was."""

    text = forms.CharField(label=_("Med egna ord"), widget=forms.Textarea(attrs={"rows": 5}))
    on = forms.DateField(label=_("Vilken dag pratade ni?"), widget=forms.DateInput())
    on_behalf = forms.ChoiceField(label=_("Hur kom det fram?"), choices=HOW_SAID, initial="spoken")

    def for_herself(self) -> None:
        """She writes it now."""
        del self.fields["on"], self.fields["on_behalf"]


class Hold(forms.Form):
    """Who was really there."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    on = forms.DateField(label=_("Vilken dag hölls mötet?"), widget=forms.DateInput())
    present = _many(_("Vilka var med?"), required=True)
    also = forms.CharField(
        label=_("Någon mer som var med?"),
        required=False,
        help_text=_("Ett namn på varje rad."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def offer(self, calls: Iterable[InvitationView]) -> None:
        """Set the choices."""
        choose(self, "present", [(str(c.id), ", ".join(filter(None, (c.name, c.party_short)))) for c in calls])


class Point(AboutOther):
    """One point of the minutes."""

    part = forms.ChoiceField(
        label=_("Var i anteckningen?"),
        choices=(
            ("situation", _("Läget")),
            ("point", _("Det vi talade om")),
            ("conclusion", _("Vad vi kom fram till")),
        ),
        initial="point",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Text"),
        help_text=_("Skriv så att den det gäller känner igen sig."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    category = forms.ChoiceField(
        label=_("Vad handlar det om?"),
        initial="process",
        help_text=_("Det avgör vilka som får läsa, enligt samtyckena. Skriv en punkt för varje ämne."),
    )
    reason = forms.CharField(
        label=_("Varför lägger du till det i efterhand?"), widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("part", "text", "category", "about_other", "reason")

    def fit(self, categories: dict[str, CodeView], *, published: bool) -> None:
        """Set the choices; a reason is asked for only when the minutes are published."""
        choose(self, "category", in_use(categories.values()))
        if not published:
            del self.fields["reason"]


class Amend(forms.Form):
    """Another text of a point."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 5}))
    reason = forms.CharField(
        label=_("Varför ändrar du?"),
        help_text=_("Den gamla texten går fortfarande att läsa."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def fit(self, *, published: bool) -> None:
        """A reason is asked for only when the minutes are published."""
        if not published:
            del self.fields["reason"]


class Publish(forms.Form):
    """The minutes as they stand are done."""

    version = forms.IntegerField(widget=forms.HiddenInput())
