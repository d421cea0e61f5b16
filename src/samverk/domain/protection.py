"""Protected identity: which level protects more, and what may be set where.

Source of the levels: the Tax Agency's population registration (folkbokföring): secrecy marking, protected population
registration, and fictitious personal data.
"""

from samverk.domain.information import Protection
from samverk.domain.words import Rejection, gettext_noop

ORDER = (Protection.NONE, Protection.SECRECY_MARKING, Protection.PROTECTED_REGISTRATION, Protection.FICTITIOUS)
"""The weakest first."""


def raises(before: Protection, after: Protection) -> bool:
    """Whether `after` protects her more than `before`. Rejection when it cannot be set on somebody who is here already.

    Fictitious data are a new identity: put on the record that holds the old one they would lead from the one to the
    other. They begin with a referral under the new name.
    """
    if after is before:
        raise Rejection(gettext_noop("Skyddet är redan så. Välj en annan nivå, eller lämna sidan."), "level")
    if after is Protection.FICTITIOUS:
        raise Rejection(
            gettext_noop(
                "Fingerade uppgifter börjar i en ny remiss under det nya namnet, så att inget leder från det gamla."
            ),
            "level",
        )
    return ORDER.index(after) > ORDER.index(before)
