"""What a figure may be called. Without a comparison it is a change, never an effect: no text gets past `checked`."""

import re
from enum import StrEnum

from samverk.evaluation.problems import Refused


class Comparison(StrEnum):
    """With whom the participants are compared: a required field of everything that is estimated."""

    NONE = "none"
    MATCHED = "matched"
    DIFFERENCE_IN_DIFFERENCES = "difference in differences"
    DOUBLY_ROBUST = "doubly robust"
    RANDOMISED = "randomised"

    @property
    def may_say_effect(self) -> bool:
        """Whether what is found may be called an effect."""
        return self is not Comparison.NONE


WORDS = {
    "sv": {False: "förändring", True: "effekt"},
    "en": {False: "change", True: "effect"},
}
# The only sentences in which a figure without a comparison may stand beside the word.
CAVEATS = {
    "sv": "Siffran visar en förändring, inte en effekt: ingen jämförelse har gjorts.",
    "en": "The figure shows a change, not an effect: no comparison has been made.",
}
_CLAIMS = re.compile(
    r"""(?ix)
    \b(?: \w*effekt\w* | \w*effect\w* | impact\w* | caus(?:e|ed|es|ing|al|ally) | causation | orsak\w*
      | påverka\w* | inverka\w* | kausal\w* | tack\s+vare | thanks\s+to | due\s+to | because\s+of | på\s+grund\s+av
      | l(?:ed|ett)(?:er|de|t)?\s+till | le(?:d|ads?)\s+to | resulter\w*\s+i | result(?:ed|s|ing)?\s+in
      | medför\w* | beror\s+på | attribut\w+\s+to | bidr(?:ar|og|agit)\s+till | contribut\w+\s+to )\b
    """
)


def word(comparison: Comparison, language: str) -> str:
    """What a difference found with this comparison is called, in "sv" or "en"."""
    return WORDS[language][comparison.may_say_effect]


def claims_in(text: str) -> list[str]:
    """The words of the text that claim that one thing brought about another. The caveats are left aside."""
    for caveat in CAVEATS.values():
        text = text.replace(caveat, " ")
    return _CLAIMS.findall(text)


def checked(text: str, comparison: Comparison) -> str:
    """The text itself, if it claims no more than the comparison bears; else `Refused`.

    It goes by words, so it also stops "no effect": where nothing was compared, nothing is known of effects at all.
    """
    if comparison.may_say_effect:
        return text
    found = claims_in(text)
    if found:
        raise Refused(f"without a comparison a text says change: take away {', '.join(repr(one) for one in found)}")
    return text
