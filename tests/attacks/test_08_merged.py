"""Attack 8 (security.md): two people who look like one never share what one of them has said yes to.

Samverk merges nobody. It shows a possible duplicate to the team, who decide what they do; each consent holds for the
person who gave it.
"""

import ast
from pathlib import Path
from uuid import UUID, uuid4

import pytest

import samverk
from samverk.access import declare
from samverk.access.declare import WriteReferral
from samverk.actions import referrals
from samverk.store.models import Consent, Item, Person
from tests.attacks.reach import words
from tests.attacks.world import CANARY, World, canary
from tests.build import browser, done, partys_referral

pytestmark = pytest.mark.django_db
SRC = Path(samverk.__file__).parent


def namesake(world: World, word: str) -> tuple[UUID, UUID]:
    """Another Egon Jönsson, born the same year, whom Cia's party refers. Gives his case and his person."""
    people = world.people
    case = partys_referral(people, by=people.cia, sent=False, name="Egon Jönsson", birth_year=1952)
    told = referrals.Answers(texts=dict.fromkeys(("why_now", "tried", "wishes"), word))
    done(people.cia, WriteReferral, lambda p: referrals.save(p, answers=told, version=2), case=case)
    done(people.cia, WriteReferral, referrals.send, case=case)
    person = Item.objects.filter(case=case).values_list("person", flat=True).first()
    assert person is not None
    return case, person


def test_a_namesake_gets_nothing_of_his_consents(world: World) -> None:
    """Bo, who may read Egon, reads nothing of the other; nor does Egon himself."""
    word = canary()
    case, _person = namesake(world, word)
    assert Person.objects.filter(name="Egon Jönsson").count() == 2
    assert word in words(browser(world.people.cia).get(f"/arenden/{case}/remiss/"))
    for name in ("anna", "bo", "dag", "egon"):
        client = browser(world.readers[name])
        for path in (f"/arenden/{case}/", f"/arenden/{case}/remiss/", f"/api/cases/{case}", "/sluss/"):
            assert word not in words(client.get(path)), (name, path)


def test_the_namesakes_consent_opens_nothing_of_egons(world: World) -> None:
    """What the one says yes to is about the one: Dag, to whom the other says yes, reads no more of Egon."""
    people, places = world.people, (f"/arenden/{world.case}/anteckningar/", f"/api/cases/{world.case}")
    before = [set(CANARY.findall(words(browser(people.dag).get(path)))) for path in places]
    _case, person = namesake(world, canary())
    for row in Consent.objects.filter(person=people.egon.person, receiver=people.af, ended_at__isnull=True):
        row.pk, row.person_id, row.receiver_id = uuid4(), person, people.region
        row.save(force_insert=True)
    after = [set(CANARY.findall(words(browser(people.dag).get(path)))) for path in places]
    assert before == after


def test_no_act_merges_people() -> None:
    """No act does it, and no action moves a thing or a consent from one person to another.

    Whoever builds it has to show here that consents do not widen.
    """
    assert not [name for name in vars(declare) if "Merge" in name]
    moving = [
        f"{path.relative_to(SRC)}:{node.lineno}"
        for path in (SRC / "actions").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("update", "bulk_update")
        and {keyword.arg for keyword in node.keywords} & {"person", "person_id", "owner", "owner_id"}
    ]
    assert moving == []
