"""The columns of a study's register file in plain words, and an example of a mapping."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COLUMNS: dict[str, Promise] = {
    "person": _("Personens löpnummer"),
    "group": _("1 för den som deltog, 0 för den som jämförs"),
    "start_day": _("Dagen då deltagaren började. För den som jämförs: motsvarande dag"),
    "kind": _("Slag av försörjning eller insats, som det heter i prisboken"),
    "start": _("Periodens första dag"),
    "stop": _("Dagen efter den sista"),
    "extent": _("Del av heltid: 0,5 är halvtid"),
    "payer": _("Vem som betalar: FK, AF, municipality, region, employer, eller tomt"),
    "observed_from": _("Första dagen som registret vet något om personen"),
    "observed_until": _("Dagen efter den sista som registret vet något om personen"),
    "age": _("Kan utelämnas. Ålder vid start"),
    "sex": _("Kan utelämnas. woman, man eller other"),
    "team": _("Kan utelämnas. Teamets nummer"),
    "stream": _("Kan utelämnas. livelihood för försörjning, service för insats"),
    "source": _("Kan utelämnas. Var raden kommer ifrån"),
}
EXAMPLE = """stream = "study"
last_day_counts = true
extent_unit = "percent"
open_stop = ["", "9999-12-31"]

[columns]
person = "lopnr"
group = "arm"
start_day = "startdag"
kind = "forman"
start = "fran"
stop = "till"
extent = "omf"

[always]
payer = "FK"
observed_from = "2022-01-01"
observed_until = "2025-01-01"

[kinds]
SJP = "sickness_benefit"

[groups]
I = "1"
K = "0"
"""
