"""The Django application that holds every model of Samverk."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoreConfig(AppConfig):
    """All models live under the one label "store"."""

    name = "samverk.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Guard the tables again whenever they have been migrated: a new one is never left open."""
        post_migrate.connect(_guard, sender=self)


def _guard(using: str, **_: Any) -> None:
    from samverk.store import security

    security.install(using)
