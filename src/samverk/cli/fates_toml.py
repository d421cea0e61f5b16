"""Reading a TOML file field by field: what is missing, misspelt or of the wrong sort is said with the place it has."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from samverk.cli.errors import CommandError

LARGEST = 64 * 1024


def read(file: Path) -> "Fields":
    """The whole file as fields. CommandError, with the line, when it cannot be read as TOML."""
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(f"{file} is larger than {LARGEST // 1024} kB: it is none of these files.")
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{file}: cannot be read ({error.strerror}). Check the name.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{file}: not in UTF-8. Save it as UTF-8.") from None
    try:
        return Fields(file, "", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise CommandError(f"{file}: not readable as TOML: {error}. Mend that line.") from None


@dataclass(frozen=True, slots=True)
class Fields:
    """One table of the file. `where` is its path, as “persons[2].” for the second of several."""

    file: Path
    where: str
    data: Mapping[str, Any]

    def fail(self, name: str, text: str) -> NoReturn:
        """Raises CommandError that names the file and the field."""
        raise CommandError(f"{self.file}: {self.where}{name}: {text}")

    def only(self, *known: str) -> None:
        """CommandError for a field that nobody reads: a misspelt one would otherwise say nothing."""
        for name in self.data:
            if name not in known:
                self.fail(name, f"there is no such field. There are: {', '.join(known)}.")

    def number(self, name: str, default: float | None = None) -> float:
        """A finite number; the default when the field is not there, and CommandError without one."""
        value = self.data.get(name, default)
        if value is None:
            self.fail(name, "is missing. Write a number.")
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.fail(name, f"is to be a number, as 0.25, and not {value!r}.")
        return float(value)

    def whole(self, name: str, default: int | None = None, *, least: int = 1, most: int = 10**9) -> int:
        """A whole number between two ends."""
        value = self.data.get(name, default)
        if value is None:
            self.fail(name, "is missing. Write a whole number.")
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.fail(name, f"is to be a whole number from {least} to {most}, and not {value!r}.")
        return value

    def text(self, name: str, default: str = "") -> str:
        """A text."""
        value = self.data.get(name, default)
        if not isinstance(value, str):
            self.fail(name, f"is to be a text in quotation marks, and not {value!r}.")
        return value

    def one_of(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """One of some words."""
        value = self.text(name, default)
        if value not in choices:
            self.fail(name, f"is to be one of {', '.join(choices)}, and not {value!r}.")
        return value

    def table(self, name: str) -> "Fields":
        """The table of that name; an empty one when it is not there."""
        value = self.data.get(name, {})
        if not isinstance(value, dict):
            self.fail(name, f"is to be a table: write [{self.where}{name}] and its fields below.")
        return Fields(self.file, f"{self.where}{name}.", value)

    def tables(self, name: str, *, most: int) -> tuple["Fields", ...]:
        """All tables of that name, in their order; none when there are none."""
        value = self.data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value) or len(value) > most:
            self.fail(name, f"is to be at most {most} tables: write [[{name}]] above the fields of each.")
        return tuple(Fields(self.file, f"{name}[{n}].", one) for n, one in enumerate(value, start=1))

    def numbers(self, name: str) -> dict[str, float]:
        """A table of names with numbers."""
        inner = self.table(name)
        return {one: inner.number(one) for one in inner.data}
