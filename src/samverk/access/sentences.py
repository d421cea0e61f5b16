"""A problem as the reader sees it: in her language, with its figures filled in."""

from django.utils.translation import gettext

from samverk.domain.words import Problem


def sentence(problem: Problem) -> str:
    """The problem in the reader's language."""
    text = gettext(problem.text)
    return text % problem.params if problem.params else text
