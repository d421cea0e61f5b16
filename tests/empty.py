"""A house in which nobody has moved in yet, for the tests that set one up themselves."""

from django.apps import apps
from django.db import connection


def empty_house() -> None:
    """Take out everyone whom the tests share. The test's own transaction brings them back."""
    with connection.cursor() as cursor:
        for model in apps.get_app_config("store").get_models():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 (own names)
