"""What an address asks for after its question mark, where anything may stand."""

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
