"""The form in which a register extract is tried and taken in."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverk.access.registers import MOST_BYTES
from samverk.evaluation.register_mapping import LONGEST

_MEGABYTES = MOST_BYTES >> 20


class RegisterForm(forms.Form):
    """A file, and how its columns are to be read."""

    file = forms.FileField(
        label=_("Fil"),
        help_text=format_lazy(_("CSV eller Parquet, högst {most} MB."), most=_MEGABYTES),
        error_messages={"required": _("Välj en fil."), "empty": _("Filen är tom. Välj en annan.")},
    )
    mapping = forms.CharField(
        label=_("Översättning"),
        help_text=_(
            "Behövs om filens kolumner heter något annat än våra. Lämna tomt första gången, så får du en början."
        ),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        max_length=LONGEST,
        required=False,
    )
    mapping_file = forms.FileField(
        label=_("Översättning som fil"),
        help_text=_("TOML eller JSON. Den gäller i stället för rutan ovanför."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_file(self) -> "UploadedFile[bytes]":
        """The file, not larger than may be read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            text = gettext("Filen är för stor. Den får vara högst %(most)s MB.")
            raise forms.ValidationError(text % {"most": _MEGABYTES})
        return file

    def clean_mapping_file(self) -> str:
        """The text of the mapping's file; "" where none was sent."""
        file = self.cleaned_data["mapping_file"]
        if file is None:
            return ""
        try:
            if (file.size or 0) > LONGEST:
                raise ValueError(file.size)
            return str(file.read().decode("utf-8-sig"))
        except ValueError:
            raise forms.ValidationError(
                _("Det här är ingen översättning. Välj en TOML-fil eller en JSON-fil.")
            ) from None

    @property
    def said(self) -> str:
        """The mapping that holds: the file's, or what stands in the box."""
        return str(self.cleaned_data["mapping_file"] or self.cleaned_data["mapping"])
