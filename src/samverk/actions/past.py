"""Days that have been, about the person of the case: none before she was born."""

from datetime import date

from samverk.access.permit import A, Permit
from samverk.domain.information import Protection
from samverk.domain.past import too_far_back
from samverk.domain.words import Rejection


def born(permit: Permit[A]) -> int | None:
    """Her year of birth, where a refusal may tell it: never that of whoever has a fictitious identity."""
    case = permit.case
    return None if case.protection is Protection.FICTITIOUS else case.birth_year


def demand(permit: Permit[A], *, day: date, field: str) -> None:
    """Rejection on `field` when `day` lies before she was born, or further back than anything Samverk holds."""
    problems = too_far_back(day, field, today=permit.today, born=born(permit))
    if problems:
        raise Rejection.of(problems)
