"""Compiles the kernels that a page of the three fates asks for, or reads them from disk: before anyone waits for them.

`python -m samverk.fates.warm` does it in a process of its own, right after an installation.
"""

from samverk.fates.answer import Question, answer
from samverk.fates.doubt import doubt, tornado


def warm() -> None:
    """Asks the smallest question there is, once in each way. Half a minute the first time, about a second later."""
    question = Question()
    answer(question)
    doubt(question, draws=2)
    tornado(question)


if __name__ == "__main__":
    warm()
