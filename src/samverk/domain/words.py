"""How the domain says no: sentences in plain Swedish that tell what to do, translated by the shells."""

from dataclasses import dataclass


def gettext_noop(text: str) -> str:
    """Mark `text` for the message catalogue; the reader's language is chosen in the shells."""
    return text


@dataclass(frozen=True)
class Problem:
    """One thing to mend: a sentence, the form field that it belongs to, and what to fill in."""

    text: str
    field: str
    params: dict[str, object]


class Rejection(Exception):
    """Input that cannot be taken as it stands. Nothing was written. Holds one problem or several."""

    def __init__(self, text: str, field: str = "", **params: object) -> None:
        super().__init__(text)
        self.problems: tuple[Problem, ...] = (Problem(text, field, params),)

    @classmethod
    def of(cls, problems: list[Problem]) -> "Rejection":
        """One rejection for all of `problems` (at least one)."""
        rejection = cls(problems[0].text, problems[0].field, **problems[0].params)
        rejection.problems = tuple(problems)
        return rejection


class Conflict(Rejection):
    """Someone else changed the same thing meanwhile.

    `theirs` is what now stands, by field, as a form would send it (several choices with ", " between); `version`
    what to save against next, when both texts have been seen.
    """

    def __init__(self, theirs: dict[str, str], *, version: int) -> None:
        super().__init__(
            gettext_noop(
                "Någon annan har ändrat här medan du skrev. Båda texterna står nedan. Skriv ihop dem och spara igen."
            )
        )
        self.theirs = theirs
        self.version = version


def required(text: str, field: str, problem: str) -> str:
    """`text` without outer white space; Rejection(`problem`) on `field` when nothing is left."""
    stripped = text.strip()
    if not stripped:
        raise Rejection(problem, field)
    return fitting(stripped, field)


LONGEST_TEXT = 20_000


def fitting(text: str, field: str) -> str:
    """`text` cleaned of control characters; Rejection when longer than 20,000 characters."""
    cleaned = "".join(c for c in text.replace("\r\n", "\n") if c in "\n\t" or c.isprintable()).strip()
    if len(cleaned) > LONGEST_TEXT:
        raise Rejection(
            gettext_noop("Texten är för lång: %(length)d tecken. Korta den till högst %(most)d."),
            field,
            length=len(cleaned),
            most=LONGEST_TEXT,
        )
    return cleaned
