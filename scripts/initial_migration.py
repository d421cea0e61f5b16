"""Write the one migration of the unreleased house anew: each model whole, after those that it leads to.

    DJANGO_SETTINGS_MODULE=samverk.settings.test .venv/bin/python scripts/initial_migration.py

As makemigrations writes it, fields, indexes and constraints come one by one, and Django builds its models again for
each: making a database took ten seconds, most of them so. From the first release on, makemigrations is right again.
"""

from pathlib import Path

import django
from django.apps import apps
from django.db.migrations import CreateModel, Migration
from django.db.migrations.state import ModelState
from django.db.migrations.writer import MigrationWriter
from django.db.models import Model
from django.utils import translation

FILE = Path(__file__).resolve().parents[1] / "src/samverk/store/migrations/0001_initial.py"


def in_order(models: list[type[Model]]) -> list[type[Model]]:
    """Each after those that it leads to; in the order of their names where both would do."""
    found: list[type[Model]] = []
    waiting = sorted(models, key=lambda model: model.__name__)
    while waiting:
        ready = next(model for model in waiting if not _leads_to(model) & set(waiting) - {model})
        waiting.remove(ready)
        found.append(ready)
    return found


def _leads_to(model: type[Model]) -> set[type[Model]]:
    return {field.related_model for field in model._meta.get_fields() if field.is_relation and field.concrete}  # type: ignore[misc]


def main() -> None:
    """Write the file."""
    django.setup()
    translation.deactivate_all()
    states = [ModelState.from_model(model) for model in in_order(list(apps.get_app_config("store").get_models()))]
    migration = type("Migration", (Migration,), {"initial": True, "operations": [
        CreateModel(
            name=s.name,
            fields=list(s.fields.items()),
            options={name: value for name, value in s.options.items() if value},
            bases=s.bases,
            managers=s.managers,
        )
        for s in states
    ]})("0001_initial", "store")  # fmt: skip
    FILE.write_text(MigrationWriter(migration, include_header=False).as_string(), encoding="utf-8")


if __name__ == "__main__":
    main()
