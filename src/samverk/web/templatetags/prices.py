"""How the price book is said in templates."""

from django import template

from samverk.domain.price_book import PriceTerms
from samverk.web import price_words

register = template.Library()


@register.filter
def price_says(terms: PriceTerms, field: str) -> str:
    """One field of a price in words."""
    return price_words.said(terms, field)


@register.filter
def price_tone(party: str) -> str:
    """A party's colour."""
    return price_words.TONES.get(party, "other")


@register.filter
def price_group(group: str) -> str:
    """What the prices of a group are for."""
    return str(price_words.GROUPS[group])


@register.filter
def price_state(status: str) -> str:
    """The state of a version."""
    return str(price_words.STATES[status][0])


@register.filter
def price_state_mark(status: str) -> str:
    """The tag's mark for the state of a version."""
    return price_words.STATES[status][1]
