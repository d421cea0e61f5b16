"""Whom to bring into a case."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.case_people import CandidateView
from samverk.access.people import PartyView
from samverk.web.forms.common import choose


class PartyForm(forms.Form):
    """One party."""

    party = forms.ChoiceField(
        label=_("Part"),
        error_messages={"required": _("Välj en part i listan."), "invalid_choice": _("Välj en part i listan.")},
    )

    def __init__(self, *args: object, choices: Sequence[PartyView], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        named = [(str(party.id), party.name) for party in choices]
        choose(self, "party", [("", _("Välj")), *named])


class AssignForm(forms.Form):
    """One person, chosen among those who work at the programme's parties."""

    account = forms.ChoiceField(
        label=_("Vem"),
        help_text=_("Den som tas in får veta det som deltagaren har sagt ja till, inget mer."),
        error_messages={"required": _("Välj en person i listan."), "invalid_choice": _("Välj en person i listan.")},
    )

    def __init__(self, *args: object, candidates: Sequence[CandidateView], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in candidates:
            words = f"{one.name}, {one.title}" if one.title else one.name
            groups.setdefault(one.party_name, []).append((str(one.account), words))
        choose(self, "account", [("", _("Välj")), *groups.items()])
