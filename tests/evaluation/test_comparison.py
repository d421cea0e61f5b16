"""A text says no more than its comparison bears."""

import pytest

from samverk.evaluation.comparison import CAVEATS, Comparison, checked, word
from samverk.evaluation.problems import Refused

CLAIMS = [
    "The effect was SEK 1,000 a month.",
    "Effekten är 1 000 kronor i månaden.",
    "Programmets effekter syns efter ett år.",
    "En samhällsekonomisk nettoeffekt.",
    "It had no effect.",
    "Cost-effective from the first year",
    "The programme's impact on income",
    "Samverkan ledde till fler i arbete.",
    "Fler arbetar tack vare samverkan.",
    "Fewer were sick because of the programme",
    "This caused a fall in benefit.",
    "Minskningen beror på insatsen.",
    "It led to work for 40",
    "Samverkan påverkade ekonomin",
    "The programme resulted in savings.",
    "Insatsen medförde lägre kostnader",
    "The programme contributed to this.",
]
CHANGES = [
    "Försörjningen förändrades med 1 000 kronor i månaden.",
    "The change was SEK 1,000 a month.",
    "Före och efter: skillnaden i månadsmedel gånger tolv.",
    "People were ledig for a month; in the lead team.",
    "",
]


@pytest.mark.parametrize("text", CLAIMS)
def test_without_a_comparison_no_text_claims_an_effect(text: str) -> None:
    with pytest.raises(Refused, match="without a comparison a text says change"):
        checked(text, Comparison.NONE)
    with pytest.raises(Refused):
        checked(text.upper(), Comparison.NONE)


@pytest.mark.parametrize("text", CHANGES)
def test_a_change_may_be_told(text: str) -> None:
    assert checked(text, Comparison.NONE) == text


@pytest.mark.parametrize("text", CLAIMS)
@pytest.mark.parametrize("comparison", [one for one in Comparison if one is not Comparison.NONE])
def test_with_a_comparison_the_word_may_be_said(text: str, comparison: Comparison) -> None:
    assert checked(text, comparison) == text


@pytest.mark.parametrize("language", CAVEATS)
def test_the_caveat_may_say_what_it_is_not(language: str) -> None:
    assert checked(CAVEATS[language], Comparison.NONE)
    with pytest.raises(Refused):
        checked(
            CAVEATS[language] + " " + CAVEATS[language].replace("inte en ", "en ").replace("not an ", "an "),
            Comparison.NONE,
        )


def test_what_it_is_called_follows_the_comparison() -> None:
    assert {word(one, "sv") for one in Comparison if one is not Comparison.NONE} == {"effekt"}
    assert (word(Comparison.NONE, "sv"), word(Comparison.NONE, "en")) == ("förändring", "change")
    assert checked(word(Comparison.NONE, "en"), Comparison.NONE)
    with pytest.raises(Refused):
        checked(word(Comparison.RANDOMISED, "en"), Comparison.NONE)
