"""The tables are what the models say."""

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_no_model_has_changed_without_a_migration() -> None:
    """An installation is upgraded by its migrations, so none may be missing."""
    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0)
