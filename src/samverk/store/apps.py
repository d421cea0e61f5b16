"""The Django application that holds every model of Samverk."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """All models live under the one label "store"."""

    name = "samverk.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
