"""A fresh database file for invented people."""

from django.conf import settings

from samverk.cli.errors import CommandError
from samverk.cli.ready import database_file, make_ready, mark_of


def fresh_database() -> None:
    """Make the demonstration's database anew: what stood in the file is gone. Never outside the demonstration."""
    file = database_file()
    if not settings.SAMVERK_DEMO or file is None:
        raise CommandError("stories are played into a demonstration's own database file only.")
    if file.exists() and not mark_of(file).exists():
        raise CommandError(
            f"{file} was not made by a demonstration, and is left as it is. Choose another file with --file."
        )
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    make_ready()
