"""The shapes of what is typed as a note."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from samverk.access.codes import CodeView
from samverk.web.forms.common import AboutOther, choose, in_use


class Write(AboutOther):
    """A dated note."""

    text = forms.CharField(label=_("Vad vill du skriva?"), widget=forms.Textarea(attrs={"rows": 6}))
    category = forms.ChoiceField(
        label=_("Vad handlar det om?"), help_text=_("Det avgör vilka som får läsa, enligt samtyckena.")
    )
    happened_on = forms.DateField(label=_("Vilken dag gäller det?"), widget=forms.DateInput())
    field_order = ("text", "category", "happened_on", "about_other")

    def offer(self, categories: Iterable[CodeView], *, herself: bool) -> None:
        """Set the choices. What she writes herself she can always read."""
        choose(self, "category", in_use(categories))
        if herself:
            del self.fields["about_other"]


class Filter(forms.Form):
    """Which kinds the timeline shows."""

    slag = forms.MultipleChoiceField(label=_("Visa bara"), widget=forms.CheckboxSelectMultiple, required=False)

    def offer(self, kinds: Iterable[tuple[str, str]]) -> None:
        """Set the choices."""
        choose(self, "slag", list(kinds))
