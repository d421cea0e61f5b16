"""Personal numbers and second factors are encrypted in the database (docs/adr/021, ASVS 5.0.0 11.3)."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import FieldError
from django.db import connection

from samverk.access.sealing import Unreadable, reseal
from samverk.cli.main import main
from samverk.store.models import Account, Event, Person, Referral
from samverk.store.sealed import FACTOR, MARK, NUMBER, TOLD
from tests.build import EGONS_NUMBER, partys_referral
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OLD, NEW = "an-old-key-of-the-tests-with-fifty-characters-0123", "a-newer-key-of-the-tests-with-fifty-characters-0123"


@pytest.fixture
def people(settings: Any) -> Cast:
    settings.SAMVERK_DATA_KEYS = [OLD]
    return cast()


@pytest.fixture
def case(people: Cast) -> object:
    """Rut, whom an official refers by her number, and Anna with an app and recovery codes."""
    anna = Account.objects.get(id=people.anna.account)
    Authenticator.objects.filter(user=anna).delete()
    TOTP.activate(anna, SECRET)
    RecoveryCodes.activate(anna)
    return partys_referral(people, by=people.cia, name="Rut", personal_number=EGONS_NUMBER, birth_year=None)


def as_stored() -> str:
    """Every text of these tables, as whoever reads the database or its backup meets it."""
    texts = []
    with connection.cursor() as cursor:
        for table in ("store_person", "store_referral", "store_event", "mfa_authenticator"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 (fixed words)
            texts += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(texts)


def test_neither_number_nor_secret_stands_in_the_database(case: object) -> None:
    """Nor what the referrer told, in which the number stands again; the code is found and checked all the same."""
    stored = as_stored()
    assert stored.count(MARK) == 4
    assert EGONS_NUMBER not in stored
    assert SECRET not in stored
    assert Person.objects.get(personal_number=EGONS_NUMBER).personal_number == EGONS_NUMBER
    assert Referral.objects.get().told["personal_number"] == EGONS_NUMBER
    factor = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert FACTOR.open(factor.data["secret"]) == SECRET


def test_a_number_is_found_whole_and_in_no_other_way(case: object) -> None:
    """Equal, or one of several; part of one is nobody's to search for. None is none."""
    assert Person.objects.filter(personal_number__in=[EGONS_NUMBER, "190001010000"]).count() == 1
    assert Person.objects.filter(personal_number="").count() == Person.objects.count() - 1
    with pytest.raises(FieldError):
        Person.objects.filter(personal_number__startswith="19").exists()


def test_what_is_changed_or_moved_opens_nothing(settings: Any) -> None:
    """A letter changed, a value laid in another column, another house's key: each is refused in words."""
    settings.SAMVERK_DATA_KEYS = [OLD]
    sealed = NUMBER.close(EGONS_NUMBER)
    other = "A" if sealed[-6] != "A" else "B"
    for wrong in (sealed[:-6] + other + sealed[-5:], sealed[:-8]):
        with pytest.raises(Unreadable):
            NUMBER.open(wrong)
    with pytest.raises(Unreadable):
        FACTOR.open(sealed)
    assert TOLD.close("samma") != TOLD.close("samma")
    settings.SAMVERK_DATA_KEYS = [NEW]
    with pytest.raises(Unreadable, match="does not hold the key"):
        NUMBER.open(sealed)


def test_a_key_is_changed_with_the_house_open(case: object, people: Cast, settings: Any, capsys: Any) -> None:
    """With the new key first everything is found and read under both; after `keys rotate` the old one is not needed."""
    settings.SAMVERK_DATA_KEYS = [NEW, OLD]
    assert Person.objects.filter(personal_number=EGONS_NUMBER).count() == 1
    assert Person.objects.filter(personal_number__in=[EGONS_NUMBER]).count() == 1
    before = as_stored()
    assert main(["keys", "rotate"]) == 0
    assert "1 personal numbers, 1 referrals, 2 second factors" in capsys.readouterr().out
    settings.SAMVERK_DATA_KEYS = [NEW]
    assert before != as_stored()
    assert Person.objects.get(personal_number=EGONS_NUMBER).personal_number == EGONS_NUMBER
    assert Referral.objects.get().told["personal_number"] == EGONS_NUMBER
    assert len(RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes()) > 5
    assert Event.objects.get(what="keys.rotated").detail == {"people": 1, "referrals": 1, "factors": 2}


def test_without_the_old_key_nothing_is_changed(case: object, settings: Any, capsys: Any) -> None:
    """A key that was lost is told at once, and nothing is half sealed."""
    settings.SAMVERK_DATA_KEYS = [NEW]
    before = as_stored()
    assert main(["keys", "rotate"]) == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert as_stored() == before


def test_what_was_never_sealed_becomes_so(people: Cast) -> None:
    """An installation from before the columns were sealed: read as it stands, and sealed by the same command."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_person SET personal_number = %s WHERE name = %s", [EGONS_NUMBER, "Egon Jönsson"])
    assert Person.objects.get(id=people.egon.person).personal_number == EGONS_NUMBER
    reseal()
    assert EGONS_NUMBER not in as_stored()
    assert Person.objects.get(personal_number=EGONS_NUMBER).id == people.egon.person
