"""The shape of a formal decision."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.codes import CodeView
from samverk.access.decisions import BasisView
from samverk.web.forms.common import IN_A_NOTE, choose, in_use
from samverk.web.templatetags.look import date_only

OUTCOMES = (("granted", _("Ja")), ("partly", _("Delvis")), ("refused", _("Nej")))


class Decision(forms.Form):
    """What the party has decided."""

    kind = forms.ChoiceField(label=_("Beslut om"))
    outcome = forms.ChoiceField(label=_("Hur gick det?"), choices=OUTCOMES, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Vad är beslutat?"), help_text=_("I vanliga ord."), widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(label=_("Varför?"), help_text=IN_A_NOTE, widget=forms.Textarea(attrs={"rows": 3}))
    legal_ground = forms.CharField(label=_("Lag och paragraf"), max_length=300)
    decider = forms.CharField(label=_("Vem har beslutat?"), max_length=200)
    decider_title = forms.CharField(label=_("Beslutsfattarens titel"), max_length=200)
    decided_on = forms.DateField(label=_("Vilken dag?"), widget=forms.DateInput())
    appeal_how = forms.CharField(
        label=_("Hur kan beslutet överklagas?"),
        required=False,
        help_text=_("Behövs om svaret är nej eller delvis."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    appeal_until = forms.DateField(label=_("Överklaga senast"), required=False, widget=forms.DateInput())
    basis = forms.ChoiceField(
        label=_("Vilket underlag bygger beslutet på?"),
        required=False,
        help_text=_("Det som andra delar som stöd är inget underlag för kontroll. Läs först under Underlag."),
    )
    category = forms.ChoiceField(
        label=_("Vad handlar det om?"), help_text=_("Det avgör vilka andra som får läsa, enligt samtyckena.")
    )
    settles = forms.BooleanField(
        label=_("Löftet är därmed avgjort"),
        required=False,
        initial=True,
        help_text=_("Vid ja eller delvis räknas löftet som hållet, vid nej som inte av."),
    )

    def offer(
        self,
        kinds: dict[str, CodeView],
        categories: dict[str, CodeView],
        bases: Sequence[BasisView],
        *,
        promised: bool,
    ) -> None:
        """Set the choices; without a promise there is none to settle, without a reading nothing to cite."""
        choose(self, "kind", in_use(kinds.values()))
        choose(self, "category", in_use(categories.values()))
        read = [(str(one.id), f"{date_only(one.on)}: {one.matter}") for one in bases]
        choose(self, "basis", [("", _("Bara det som vi själva har")), *read])
        if not bases:
            del self.fields["basis"]
        if not promised:
            del self.fields["settles"]
