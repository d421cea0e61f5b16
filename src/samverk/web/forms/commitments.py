"""The shapes of what is typed about commitments."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.codes import CodeView
from samverk.access.people import OfficialView
from samverk.actions.promises import NewPromise
from samverk.web.forms.common import HOW_SAID, choose, in_use

HERSELF = "self"


class OwnPromise(forms.Form):
    """What one promises for oneself."""

    what = forms.CharField(label=_("Vad ska göras?"), widget=forms.Textarea(attrs={"rows": 2}))
    due = forms.DateField(label=_("Klart senast"), widget=forms.DateInput())

    def promise(self) -> NewPromise:
        """What has been typed, as the actions take it."""
        return NewPromise(what=self.cleaned_data["what"], due=self.cleaned_data["due"], by_participant=True)


class NewCommitment(OwnPromise):
    """What an official writes down: her own promise or, as coordinator, somebody else's."""

    owner = forms.ChoiceField(label=_("Vem lovar?"))
    category = forms.ChoiceField(
        label=_("Vad handlar det om?"), help_text=_("Det avgör vilka som får läsa, enligt samtyckena.")
    )
    decision_kind = forms.ChoiceField(
        label=_("Kräver beslut hemma"),
        required=False,
        help_text=_("Välj om myndigheten måste fatta ett formellt beslut innan löftet kan hållas."),
    )
    on_behalf = forms.ChoiceField(
        label=_("Om du skriver för någon annan: hur fick du veta det?"), choices=HOW_SAID, initial="spoken"
    )
    field_order = ("what", "owner", "due", "category", "decision_kind", "on_behalf")

    def promise(self) -> NewPromise:
        """What has been typed, as the actions take it."""
        told = self.cleaned_data
        herself = told["owner"] == HERSELF
        return NewPromise(
            what=told["what"],
            due=told["due"],
            by_participant=herself,
            account=None if herself else UUID(told["owner"]),
            category=told["category"],
            decision_kind=told["decision_kind"],
            on_behalf=told.get("on_behalf", "spoken"),
        )

    def offer(
        self,
        who: Sequence[OfficialView],
        categories: dict[str, CodeView],
        kinds: dict[str, CodeView],
        *,
        person: str = "",
        only: UUID | None = None,
    ) -> None:
        """Set the choices. `only`: the one account that may be chosen, when the writer is no coordinator."""
        named = [(str(o.account), f"{o.name}, {o.party_name}") for o in who if only in (None, o.account)]
        choose(self, "owner", [*([(HERSELF, person)] if person else []), *named])
        choose(self, "category", in_use(categories.values()))
        choose(
            self,
            "decision_kind",
            [("", _("Nej, inget beslut behövs")), *in_use(kinds.values())],
        )
        if only is not None:
            del self.fields["on_behalf"]


class Turn(forms.Form):
    """What all changes of a commitment carry."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    on_behalf = forms.ChoiceField(label=_("Hur fick du veta det?"), choices=HOW_SAID, initial="spoken")

    def for_promiser(self, mine: bool) -> None:
        """Whoever has promised need not say how she knows."""
        if mine:
            del self.fields["on_behalf"]


class Keep(Turn):
    """It is done."""

    on = forms.DateField(label=_("Vilken dag blev det klart?"), widget=forms.DateInput())
    field_order = ("on", "on_behalf")


class Postpone(Turn):
    """A new day."""

    due = forms.DateField(label=_("Ny dag"), widget=forms.DateInput())
    reason = forms.CharField(
        label=_("Varför dröjer det?"),
        help_text=_("Den gamla dagen går fortfarande att läsa."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("due", "reason", "on_behalf")


class Break(Turn):
    """It will not be done."""

    reason = forms.CharField(label=_("Varför blir det inte av?"), widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ("reason", "on_behalf")


class Release(Turn):
    """It is no longer needed."""

    reason = forms.CharField(label=_("Varför behövs det inte längre?"), widget=forms.Textarea(attrs={"rows": 2}))

    def for_promiser(self, mine: bool) -> None:
        """The coordinator frees somebody from a promise on her own account."""
        del self.fields["on_behalf"]


class TakeUpAgain(Turn):
    """Promised anew."""

    due = forms.DateField(label=_("Ny dag"), widget=forms.DateInput())
    reason = forms.CharField(label=_("Vad har ändrats?"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ("due", "reason", "on_behalf")


class CallMe(forms.Form):
    """What she wants to be called about."""

    words = forms.CharField(
        label=_("Vad vill du prata om?"),
        required=False,
        help_text=_("Du behöver inte skriva något."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
