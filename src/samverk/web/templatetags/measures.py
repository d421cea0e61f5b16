"""How the states of measures and obstacles are said."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()

_STATES: dict[str, tuple[Promise, str]] = {
    "proposed": (_("föreslagen"), ""),
    "planned": (_("planerad"), ""),
    "waiting": (_("i kö"), "late"),
    "ongoing": (_("pågår"), "go"),
    "completed": (_("avslutad"), "go"),
    "broken_off": (_("avbruten"), ""),
    "not_relevant": (_("blev inte av"), ""),
    "mistaken": (_("skrevs in av misstag"), ""),
}
_MOVES: dict[str, Promise] = {
    "propose": _("Föreslogs"),
    "plan": _("Planerades"),
    "wait": _("Ställdes i kö"),
    "start": _("Började"),
    "extend": _("Förlängdes"),
    "complete": _("Avslutades"),
    "break_off": _("Avbröts"),
    "drop": _("Blev inte av"),
    "mistake": _("Markerades som misstag"),
}
_OBSTACLES: dict[str, tuple[Promise, str]] = {
    "reported": (_("hos teamet"), "late"),
    "steering": (_("hos styrgruppen"), "late"),
    "decided": (_("beslutat"), "go"),
    "national": (_("skickat till nationell nivå"), ""),
    "solved": (_("löst"), "go"),
}
_LEVELS: dict[str, Promise] = {"local": _("lokalt"), "central": _("centralt")}


@register.filter
def measure_state(status: str) -> str:
    """Where a measure stands, in words."""
    return str(_STATES[status][0])


@register.filter
def measure_mark(status: str) -> str:
    """The kind of tag that a measure's state gets."""
    return _STATES[status][1]


@register.filter
def measure_move(verb: str) -> str:
    """What was done to a measure."""
    return str(_MOVES[verb])


@register.filter
def obstacle_state(status: str) -> str:
    """Who has an obstacle now, or how it ended."""
    return str(_OBSTACLES[status][0])


@register.filter
def obstacle_mark(status: str) -> str:
    """The kind of tag that an obstacle's state gets."""
    return _OBSTACLES[status][1]


@register.filter
def obstacle_level(level: str) -> str:
    """Where an obstacle can be solved: here, or only by rules for the whole country."""
    return str(_LEVELS.get(level, level))
