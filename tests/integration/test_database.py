"""The run is on the database that it says, and people find their names where Swedish puts them."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_was_asked_for() -> None:
    asked = os.environ.get("SAMVERK_DATABASE", "sqlite").partition(":")[0]
    assert connection.vendor == asked
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if asked == "postgresql" else "SELECT sqlite_version()")
        assert cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite sorts by code point")
def test_names_sort_as_in_swedish() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT n FROM unnest(ARRAY['Östen', 'Zara', 'Ärla', 'Åke', 'anna', 'Bo']) AS t(n) ORDER BY n")
        assert [name for (name,) in cursor.fetchall()] == ["anna", "Bo", "Zara", "Åke", "Ärla", "Östen"]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")
def test_the_tests_role_is_no_superuser() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
