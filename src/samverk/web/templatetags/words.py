"""Kinds and states in words, for the templates."""

from django import template

from samverk.web import words

register = template.Library()


@register.filter
def kind_word(kind: str) -> str:
    """What an item in the timeline is."""
    return words.kind_word(kind)


@register.filter
def part_word(part: str) -> str:
    """What someone is in the case."""
    return str(words.PARTS.get(part, part))


@register.inclusion_tag("parts/tag.html")
def hand_over_tag(status: str) -> dict[str, str]:
    """How far a hand-over has come."""
    text, kind = words.HAND_OVER_STATES[status]
    return {"text": str(text), "kind": kind}


@register.inclusion_tag("parts/tag.html")
def follow_up_tag(status: str) -> dict[str, str]:
    """What has become of a follow-up."""
    text, kind = words.FOLLOW_UP_STATES[status]
    return {"text": str(text), "kind": kind}


@register.simple_tag
def point_word(point: str, months: int) -> str:
    """Which follow-up it is."""
    return words.point_word(point, months)
