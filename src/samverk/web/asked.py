"""What an address asks for after its question mark, where anything may stand."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest


def number(request: HttpRequest, name: str) -> int:
    """The number asked for under `name`; 0 when none is."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def id_of(text: str) -> UUID | None:
    """The id that `text` is, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None


def day_of(text: str) -> date | None:
    """The day that `text` is (2026-01-31), or None; also when no calendar here could hold the days around it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year < 3000 else None
