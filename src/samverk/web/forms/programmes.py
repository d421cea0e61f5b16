"""The form in which a coordinator changes her programme."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.programmes import ProgrammeToChange
from samverk.domain.process import Step
from samverk.domain.programmes import Change, Phase

STEPS = {
    Step.REFERRAL: _("Remiss"),
    Step.INTAKE: _("Sluss"),
    Step.MAPPING: _("Kartläggning"),
    Step.PLAN: _("Handlingsplan"),
    Step.MEASURES: _("Insatser"),
    Step.TRANSITION: _("Övergång"),
    Step.FOLLOW_UP: _("Uppföljning"),
}
NEW_ROWS = 2
MOST_ROWS = 30


class ProgrammeForm(forms.Form):
    """What the programme is, in its own words. Phases stand in numbered rows, with empty ones at the end."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    mandate = forms.CharField(
        label=_("Uppdrag"),
        help_text=_("Vad parterna har bestämt att programmet ska göra."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    target_group = forms.CharField(
        label=_("Målgrupp"),
        help_text=_("Vilka programmet är till för, så att den som läser kan känna igen sig."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    goals = forms.CharField(label=_("Mål"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    criteria = forms.CharField(
        label=_("Kriterier"),
        help_text=_("Skriv ett kriterium på varje rad."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    places = forms.IntegerField(
        label=_("Antal platser"), help_text=_("Lämna tomt om det inte finns någon gräns."), required=False
    )
    meeting_rhythm = forms.CharField(
        label=_("När teamet träffas"), help_text=_("Till exempel: varannan tisdag."), max_length=200, required=False
    )
    plan_review_days = forms.IntegerField(label=_("Dagar mellan planens avstämningar"))
    follow_up_months = forms.CharField(
        label=_("Uppföljning efter avslut, månader"), help_text=_("Till exempel: 6, 12, 18, 24."), max_length=100
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rows: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(min(max(rows, 1), MOST_ROWS))
        steps = [("", _("Välj steg")), *((step.value, word) for step, word in STEPS.items())]
        for n in self.numbers:
            self.fields[f"phase_{n}_id"] = forms.UUIDField(widget=forms.HiddenInput, required=False)
            self.fields[f"phase_{n}_sv"] = forms.CharField(label=_("Namn på svenska"), max_length=100, required=False)
            self.fields[f"phase_{n}_en"] = forms.CharField(label=_("Namn på engelska"), max_length=100, required=False)
            self.fields[f"phase_{n}_step"] = forms.ChoiceField(
                label=_("Steg i processen"), choices=steps, required=False
            )

    @classmethod
    def showing(cls, programme: ProgrammeToChange) -> "ProgrammeForm":
        """The form as the programme stands now."""
        initial: dict[str, object] = {name: getattr(programme, name) for name in cls.base_fields}
        for n, phase in enumerate(programme.phases):
            initial |= {
                f"phase_{n}_id": phase.id,
                f"phase_{n}_sv": phase.sv,
                f"phase_{n}_en": phase.en,
                f"phase_{n}_step": phase.step,
            }
        return cls(initial=initial, rows=len(programme.phases) + NEW_ROWS)

    @classmethod
    def sent(cls, data: Any) -> "ProgrammeForm":
        """The form as it came back, with as many phase rows as it was shown with."""
        numbers = [int(key.split("_")[1]) for key in data if _is_row(key)]
        return cls(data, rows=max(numbers, default=0) + 1)

    def rows(self) -> list[dict[str, forms.BoundField]]:
        """The phase rows, for the template."""
        return [{part: self[f"phase_{n}_{part}"] for part in ("id", "sv", "en", "step")} for n in self.numbers]

    def change(self) -> Change:
        """What has been typed, as the domain takes it."""
        d = self.cleaned_data
        return Change(
            name=d["name"],
            mandate=d["mandate"],
            target_group=d["target_group"],
            goals=d["goals"],
            criteria=d["criteria"],
            phases=[self._phase(n) for n in self.numbers],
            places=d["places"],
            meeting_rhythm=d["meeting_rhythm"],
            plan_review_days=d["plan_review_days"],
            follow_up_months=d["follow_up_months"],
        )

    def _phase(self, n: int) -> Phase:
        id: UUID | None = self.cleaned_data[f"phase_{n}_id"]
        return Phase(id, *(str(self.cleaned_data[f"phase_{n}_{part}"]) for part in ("step", "sv", "en")))


def _is_row(key: str) -> bool:
    parts = key.split("_")
    return len(parts) == 3 and parts[0] == "phase" and parts[1].isascii() and parts[1].isdigit() and len(parts[1]) < 3
