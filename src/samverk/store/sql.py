"""A condition written as SQL, for what stands in nearly every query.

Putting such conditions together from query objects took longer, each time, than the database took to answer.
"""

import re
from collections.abc import Mapping
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


class Condition(Func):
    """`sql` with {name} for the columns that `columns` lead to and :name for `values`. True or false.

    None as a value is SQL's NULL: nothing equals it.
    """

    output_field = BooleanField()

    def __init__(self, sql: str, *, columns: Mapping[str, str], values: Mapping[str, object]) -> None:
        super().__init__(*(F(path) for path in columns.values()))
        self.sql = sql
        self.names = tuple(columns)
        self.values = dict(values)

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """The text with this query's own column names, and the values in their order."""
        written = [compiler.compile(expression)[0] for expression in self.get_source_expressions()]
        return filled(self.sql.format(**dict(zip(self.names, written, strict=True))), self.values, connection)


def filled(sql: str, values: Mapping[str, object], connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
    """`sql` with a place for each :name, and what stands there in `values`, as the database wants it."""
    ready = {name: _prepared(value, connection) for name, value in values.items()}
    return _VALUE.sub("%s", sql), tuple(ready[name] for name in _VALUE.findall(sql))


def _prepared(value: object, connection: BaseDatabaseWrapper) -> Any:
    return None if value is None else _FIELDS[type(value)].get_db_prep_value(value, connection)
