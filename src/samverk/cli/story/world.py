"""What the words of a story mean: labels become ids, and its days move by one whole number of weeks."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone, translation
from django.utils.dateformat import format as format_date

from samverk.actions.referrals import Answers
from samverk.cli.code_file import standard_codes

HERSELF = "deltagaren"
EVERYTHING = "allt"
_IN_TEXT = re.compile(r"\{(\d{4}(?:-\d{2}-\d{2})?)\}")


class Mistake(Exception):
    """An argument cannot be read: says why, without file and line, which the player knows."""


@dataclass(slots=True)
class World:
    """Every label that has been given so far, and how far the story's days are moved."""

    shift: timedelta = timedelta()
    parties: dict[str, UUID] = field(default_factory=dict)
    programmes: dict[str, UUID] = field(default_factory=dict)
    accounts: dict[str, UUID] = field(default_factory=dict)
    participants: dict[str, UUID] = field(default_factory=dict)
    numbers: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Participants with an account: label → name and personal number, by which a referral finds her."""
    things: dict[str, UUID] = field(default_factory=dict)

    def day(self, text: str) -> date:
        """A day of the story as the day that it is played on."""
        try:
            return date.fromisoformat(text) + self.shift
        except ValueError:
            raise Mistake(f"“{text}” is no day. Write it as 1995-01-02.") from None

    def moment(self, at: datetime) -> datetime:
        """The wall clock of the story on the day that it is played on."""
        return timezone.make_aware(at + self.shift)

    def year(self, year: int) -> int:
        """A year of the story, moved by as many whole years as lie nearest."""
        return year + round(self.shift.days / 365.2425)

    def text(self, text: str) -> str:
        """The text with its days ({1996-08-31}) and years ({1969}) moved."""
        with translation.override("sv"):
            return _IN_TEXT.sub(self._in_words, text).strip()

    def _in_words(self, found: re.Match[str]) -> str:
        said = found[1]
        return str(self.year(int(said))) if len(said) == 4 else format_date(self.day(said), "j F")


Kind = Callable[[World, object], object]


def text(world: World, raw: object) -> str:
    """Words, with their days moved."""
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise Mistake("is to be words")
    return world.text(str(raw))


def word(world: World, raw: object) -> str:
    """A code or another single word: the actions know which there are."""
    if not isinstance(raw, str) or not raw.strip():
        raise Mistake("is to be one word")
    return raw.strip()


def number(world: World, raw: object) -> int:
    """A whole number."""
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise Mistake("is to be a whole number")
    return raw


def yes(world: World, raw: object) -> bool:
    """yes or no."""
    if not isinstance(raw, bool):
        raise Mistake("is to be yes or no")
    return raw


def day(world: World, raw: object) -> date:
    """A day of the story."""
    return world.day(str(raw))


def moment(world: World, raw: object) -> datetime:
    """A day and time of the story."""
    try:
        return world.moment(datetime.strptime(str(raw), "%Y-%m-%d %H:%M"))  # noqa: DTZ007 (a wall clock)
    except ValueError:
        raise Mistake(f"“{raw}” is no time. Write it as 1995-01-02 09:00.") from None


def _label(kind: str, labels: dict[str, UUID], raw: object) -> UUID:
    if str(raw) not in labels:
        known = ", ".join(sorted(labels)) or "none yet"
        raise Mistake(f"there is no {kind} “{raw}”. Known: {known}.")
    return labels[str(raw)]


def party(world: World, raw: object) -> UUID:
    """A party by its label."""
    return _label("party", world.parties, raw)


def party_or_herself(world: World, raw: object) -> UUID | None:
    """A party by its label, or the participant."""
    return None if raw == HERSELF else party(world, raw)


def account(world: World, raw: object) -> UUID:
    """Someone with an account, by label."""
    return _label("person", world.accounts, raw)


def account_or_herself(world: World, raw: object) -> UUID | None:
    """Someone with an account, by label, or the participant."""
    return None if raw == HERSELF else account(world, raw)


def programme(world: World, raw: object) -> UUID:
    """A programme by its label."""
    return _label("programme", world.programmes, raw)


def thing(world: World, raw: object) -> UUID:
    """What an earlier event has made, by the label that it was given there."""
    return _label("thing", world.things, raw)


def label_or_words(world: World, raw: object) -> UUID | str:
    """What an earlier event has made: by its label, or by the words that it begins with."""
    return world.things.get(str(raw)) or text(world, raw)


def categories(world: World, raw: object) -> list[str]:
    """Categories of information; “allt” for every one."""
    if raw == EVERYTHING:
        return [code.code for code in standard_codes() if code.list == "category"]
    return several(word)(world, raw)


def several(kind: Callable[[World, object], object]) -> Callable[[World, object], list]:  # type: ignore[type-arg]
    """A list of `kind`; one alone needs no list."""

    def read(world: World, raw: object) -> list[object]:
        return [kind(world, part) for part in (raw if isinstance(raw, list) else [raw])]

    return read


def answers(world: World, raw: object) -> Answers:
    """The answers of a referral: question code → words, with “officials” and “involved” beside them."""
    if not isinstance(raw, dict):
        raise Mistake("is to hold questions and answers")
    rest = {key: value for key, value in raw.items() if key not in ("officials", "involved")}
    return Answers(
        texts={key: text(world, value) for key, value in rest.items()},
        officials=number(world, raw["officials"]) if "officials" in raw else None,
        involved=several(party)(world, raw.get("involved", [])),
    )
