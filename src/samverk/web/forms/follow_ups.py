"""The shapes of what is typed at a follow-up."""

from collections.abc import Collection, Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.codes import CodeView
from samverk.access.health_wording import WordingView
from samverk.domain.follow_up import DIMENSIONS, QUESTIONS, Status
from samverk.web.forms.common import choose, in_use

DECLINED = "declined"
"""The choice "Vill inte svara": an answer of its own, neither a zero nor an empty field."""
_NO = (DECLINED, _("Vill inte svara"))
_AGREE = [
    ("5", _("Stämmer helt")),
    ("4", _("Stämmer ganska bra")),
    ("3", _("Varken eller")),
    ("2", _("Stämmer ganska dåligt")),
    ("1", _("Stämmer inte alls")),
    _NO,
]
_GOOD = [
    ("5", _("Mycket bra")),
    ("4", _("Ganska bra")),
    ("3", _("Varken bra eller dåligt")),
    ("2", _("Ganska dåligt")),
    ("1", _("Mycket dåligt")),
    _NO,
]


def _number(value: str) -> int | str:
    return value if value == DECLINED else int(value)


def _rating(label: Any = "", choices: Iterable[tuple[str, Any]] = ()) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=list(choices), coerce=_number, empty_value=None, widget=forms.RadioSelect, required=False
    )


class Answers(forms.Form):
    """How things are, in questions put to her. Every question may be left, or answered with a no."""

    all_optional = True

    words = forms.CharField(
        label=_("Hur har du det nu?"),
        help_text=_("Med dina egna ord, så kort eller långt du vill."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    words_declined = forms.BooleanField(label=_("Vill inte svara på hur jag har det"), required=False)
    situation = _rating(_("Hur är din situation som helhet?"), _GOOD)
    confidence = _rating(_("Hur är din tilltro till dig själv?"), _GOOD)
    direction = _rating(_("Hur väl vet du vart du är på väg?"), _GOOD)
    livelihoods = forms.MultipleChoiceField(
        label=_("Vad lever du på nu?"),
        help_text=_("Välj allt som stämmer."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    occupation = forms.ChoiceField(label=_("Vad gör du om dagarna?"), widget=forms.RadioSelect, required=False)
    health = forms.IntegerField(
        label=_("Hur är din hälsa i dag?"),
        help_text=_("Skriv ett tal. 0 är den sämsta hälsa du kan tänka dig, 100 den bästa."),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        required=False,
    )
    health_declined = forms.BooleanField(label=_("Vill inte svara på hur min hälsa är"), required=False)
    mobility = _rating()
    self_care = _rating()
    usual_activities = _rating()
    pain = _rating()
    anxiety = _rating()
    whole_view = _rating(_("De såg hela mitt liv, inte bara sin egen bit."), _AGREE)
    taking_part = _rating(_("Jag var med och bestämde."), _AGREE)
    engagement = _rating(_("De brydde sig om hur det gick för mig."), _AGREE)
    enough_time = _rating(_("Det fanns tillräckligt med tid för mig."), _AGREE)
    continuity = _rating(_("Jag fick ha samma människor hela vägen."), _AGREE)
    how = forms.ChoiceField(label=_("Hur fick du svaren?"))
    answered_on = forms.DateField(label=_("Vilken dag gavs svaren?"), widget=forms.DateInput())
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    wording = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def offer(
        self,
        livelihoods: Iterable[CodeView],
        occupations: Iterable[CodeView],
        ways: Iterable[CodeView],
        *,
        wording: WordingView | None,
    ) -> None:
        """Set the choices; the five health questions in the licensee's words."""
        choose(self, "livelihoods", [*in_use(livelihoods), _NO])
        choose(self, "occupation", [*in_use(occupations), _NO])
        choose(self, "how", [("", _("Välj")), *in_use(ways)])
        if wording is not None:
            self.initial["wording"] = wording.id
            for name, question in zip(DIMENSIONS, wording.questions, strict=True):
                self.fields[name].label = question.heading
                levels = [(str(level), text) for level, text in enumerate(question.levels, start=1)]
                choose(self, name, [*levels, _NO])

    def ask_only(self, names: Collection[str], *, herself: bool) -> None:
        """Leave out every question but `names`. She herself is not asked how or when she answered."""
        kept = {*names, *(f"{name}_declined" for name in names), "version"}
        kept |= {"wording"} if set(names) & set(DIMENSIONS) else set()
        kept |= set() if herself else {"how", "answered_on"}
        self.fields = {name: field for name, field in self.fields.items() if name in kept}

    def status(self) -> Status:
        """What was answered, and what she does not want to answer."""
        data = self.cleaned_data
        values: dict[str, Any] = {}
        declined = []
        for name in QUESTIONS:
            value = data.get(name)
            no = value == DECLINED or bool(data.get(f"{name}_declined"))
            if isinstance(value, list) and DECLINED in value:
                no, value = True, [one for one in value if one != DECLINED]
            if no:
                declined.append(name)
            if name in data and value not in (DECLINED, None):
                values[name] = value
        return Status(**values, declined=tuple(declined))

    @staticmethod
    def showing(told: Status) -> dict[str, object]:
        """What was answered before, as the fields show it."""
        shown: dict[str, object] = {name: getattr(told, name) for name in QUESTIONS}
        shown["livelihoods"] = list(told.livelihoods)
        for name in told.declined:
            if f"{name}_declined" in Answers.base_fields:
                shown[f"{name}_declined"] = True
            else:
                shown[name] = [DECLINED] if name == "livelihoods" else DECLINED
        return shown

    def label_of(self, name: str) -> str:
        """How a question is put."""
        return str(self.fields[name].label)

    def answer_of(self, name: str, value: object) -> str:
        """A chosen value in the words of the list."""
        choices = cast(Iterable[tuple[Any, Any]], cast(forms.ChoiceField, self.fields[name]).choices)
        words = {str(key): str(text) for key, text in choices}
        return words.get(str(value), str(value))


class Miss(forms.Form):
    """That there was no answer this time."""

    reason = forms.ChoiceField(label=_("Varför blev det inget svar?"))
    text = forms.CharField(
        label=_("Med egna ord"),
        help_text=_("Behövs bara om du väljer Annat."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    next_try_on = forms.DateField(
        label=_("När försöker du igen?"),
        help_text=_("Lämna tomt om deltagaren inte vill svara."),
        widget=forms.DateInput(),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def offer(self, reasons: Iterable[CodeView], *, last: bool) -> None:
        """Set the choices. `last`: nobody asks again after this try."""
        choose(self, "reason", [("", _("Välj")), *in_use(reasons)])
        if last:
            del self.fields["next_try_on"]
