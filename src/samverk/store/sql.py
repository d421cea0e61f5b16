"""A condition written as SQL, for what stands in nearly every query.

Putting such conditions together from query objects took longer, each time, than the database took to answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, CharField, DateTimeField, F, Func, UUIDField
from django.db.models.sql.compiler import SQLCompiler

_FIELDS: dict[type, Any] = {
    UUID: UUIDField(),
    datetime: DateTimeField(),
    bool: BooleanField(),
    str: CharField(),
}
_VALUE = re.compile(r":([a-z]+)\b")


@dataclass(frozen=True, slots=True)
class Kept:
    """A question with :name for values. PostgreSQL keeps its plan in a function, elsewhere it stands in the query.

    Planning it anew in each query took PostgreSQL longer than answering it.
    """

    name: str
    takes: Mapping[str, str]
    """The names of the values, with PostgreSQL's types."""
    gives: str
    """The columns of the answer, with PostgreSQL's types."""
    text: str
    of_the_asker: tuple[str, ...] | None = None
    """None: it has the asker's own rights, and tells nothing that the text would not. Else it has the owner's, and
    answers only when these values are what the door has signed."""

    @property
    def call(self) -> str:
        """The same question, asked of the function."""
        values = ", ".join(f":{value}" for value in self.takes)
        return f"SELECT * FROM {self.name}({values})"  # noqa: S608 (our own fixed words)

    @property
    def signature(self) -> str:
        """What the function is called, with the types of what it takes."""
        return f"{self.name}({', '.join(self.takes.values())})"

    @property
    def function(self) -> str:
        """What makes the function."""
        places = {value: f"${n}" for n, value in enumerate(self.takes, 1)}
        body = "RETURN QUERY " + _VALUE.sub(lambda found: places[found[1]], self.text) + ";"
        rights = known = ""
        if self.of_the_asker is not None:
            rights, known = (
                "SECURITY DEFINER SET search_path = public, pg_temp",
                "DECLARE told jsonb := samverk_told();",
            )
            others = " OR ".join(
                f"{places[value]} IS DISTINCT FROM (told ->> '{value}')::{self.takes[value]}"
                for value in self.of_the_asker
            )
            body = f"IF told IS NULL OR {others} THEN RETURN; END IF; {body}"
        return (
            f"CREATE OR REPLACE FUNCTION {self.signature} RETURNS TABLE ({self.gives}) "
            f"LANGUAGE plpgsql STABLE ROWS 50 {rights} AS $$ {known} BEGIN {body} END $$"
        )


@dataclass(frozen=True, slots=True)
class Text:
    """A text in SQL, and the same with its questions asked of PostgreSQL's functions."""

    plain: str
    on_postgresql: str

    def on(self, vendor: str) -> str:
        """The text for a database of this kind."""
        return self.on_postgresql if vendor == "postgresql" else self.plain


class Condition(Func):
    """`sql` with {name} for the columns that `columns` lead to and :name for `values`. True or false.

    None as a value is SQL's NULL: nothing equals it.
    """

    output_field = BooleanField()

    def __init__(self, sql: str | Text, *, columns: Mapping[str, str], values: Mapping[str, object]) -> None:
        super().__init__(*(F(path) for path in columns.values()))
        self.sql = sql
        self.names = tuple(columns)
        self.values = dict(values)

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """The text with this query's own column names, and the values in their order."""
        written = [compiler.compile(expression)[0] for expression in self.get_source_expressions()]
        text = self.sql if isinstance(self.sql, str) else self.sql.on(connection.vendor)
        sql = text.format(**dict(zip(self.names, written, strict=True)))
        return filled(sql, self.values, connection)


def filled(sql: str, values: Mapping[str, object], connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
    """`sql` with a place for each :name, and what stands there in `values`, as the database wants it."""
    ready = {name: _prepared(value, connection) for name, value in values.items()}
    return _VALUE.sub("%s", sql), tuple(ready[name] for name in _VALUE.findall(sql))


def _prepared(value: object, connection: BaseDatabaseWrapper) -> Any:
    return None if value is None else _FIELDS[type(value)].get_db_prep_value(value, connection)
