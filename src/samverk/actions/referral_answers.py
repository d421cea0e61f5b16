"""The answers to a form whose questions are data: each is an item of its own, so that its category decides."""

from collections.abc import Mapping
from uuid import UUID

from samverk.access.permit import A, Permit
from samverk.actions import items
from samverk.domain.words import Problem, Rejection, fitting, gettext_noop
from samverk.store.models import Answer, Code

FIELD = "question_"
"""What the form field of a question begins with, so that no code can be taken for another field."""


def texts_of(permit: Permit[A], *, form: UUID) -> dict[str, str]:
    """What stands in the form now: question code → text."""
    permit.check()
    return dict(Answer.objects.filter(form=form).values_list("question", "text"))


def write(permit: Permit[A], *, form: UUID, owner: UUID | None, own: bool, texts: Mapping[str, str]) -> None:
    """Keep the answers, each with its question as it was asked. `own`: in the words that ask her herself.

    A question that is left out is not touched. Rejection with all answers that are too long.
    """
    told = _fitting(texts)
    there = {answer.question: answer for answer in Answer.objects.filter(form=form)}
    for question in _questions():
        text = told.get(question.code)
        answer = there.get(question.code)
        if text is None or text == (answer.text if answer else ""):
            continue
        if answer is not None:
            Answer.objects.filter(item=answer.item_id).update(text=text, asked=_asked(question, own))
            continue
        item = items.put(permit, kind="answer", owner=owner, category=question.attributes["category"], headline="")
        Answer(
            item_id=item,
            form_id=form,
            question=question.code,
            asked=_asked(question, own),
            text=text,
            position=question.position,
        ).save(force_insert=True)


def demand_whole(permit: Permit[A], *, form: UUID, own: bool) -> None:
    """Rejection with every required question that has no answer."""
    texts = texts_of(permit, form=form)
    missing = [
        Problem(
            gettext_noop("Svara på frågan ”%(question)s” innan du skickar."),
            FIELD + question.code,
            {"question": _asked(question, own)},
        )
        for question in _questions()
        if question.attributes.get("required") and not texts.get(question.code)
    ]
    if missing:
        raise Rejection.of(missing)


def _fitting(texts: Mapping[str, str]) -> dict[str, str]:
    told: dict[str, str] = {}
    problems: list[Problem] = []
    for code, text in texts.items():
        try:
            told[code] = fitting(text, FIELD + code)
        except Rejection as rejection:
            problems.extend(rejection.problems)
    if problems:
        raise Rejection.of(problems)
    return told


def _questions() -> list[Code]:
    return list(Code.objects.filter(list="referral_question", active=True).order_by("position"))


def _asked(question: Code, own: bool) -> str:
    wording: str = (question.attributes.get("own_sv") if own else None) or question.sv
    return wording
