"""How far back a livelihood may begin: a slip of the pen in the year would bend every line that is drawn of it."""

from datetime import date
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.declare import WriteLivelihood
from samverk.actions import livelihood
from samverk.domain.information import Protection
from samverk.domain.livelihood import SpellTerms
from samverk.domain.past import FARTHEST_BACK_YEARS
from samverk.domain.words import Rejection
from samverk.store.models import Code, LivelihoodSpell, Person
from tests.build import a_spell, browser, done
from tests.people import Cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def born(people: Cast, year: int | None, protection: Protection = Protection.NONE) -> None:
    Person.objects.filter(id=people.egon.person).update(birth_year=year, protection=protection.value)


def refused(people: Cast, case: UUID, first: date) -> str:
    with pytest.raises(Rejection) as caught:
        a_spell(people, case, by=people.egon, first_day=first)
    (problem,) = caught.value.problems
    assert problem.field == "first_day"
    return problem.text % problem.params


def test_not_before_she_was_born(people: Cast, case: UUID) -> None:
    """The year before her birth year is refused, her birth year itself is taken (a pension for a child: issue 2)."""
    born(people, TODAY.year - 20)
    assert refused(people, case, date(TODAY.year - 21, 12, 31)).startswith("Dagen ligger före födelseåret.")
    assert a_spell(people, case, by=people.egon, first_day=date(TODAY.year - 20, 1, 1))


def test_not_more_than_sixty_years_back(people: Cast, case: UUID) -> None:
    """Whoever is older than that still did not begin in 1890; sixty years cover a working life."""
    for year in (None, TODAY.year - 80):
        born(people, year)
        assert "mer än 60 år tillbaka" in refused(people, case, date(TODAY.year - FARTHEST_BACK_YEARS - 1, 12, 31))
        assert a_spell(people, case, by=people.egon, share=10, first_day=date(TODAY.year - FARTHEST_BACK_YEARS, 1, 1))
    assert LivelihoodSpell.objects.count() == 2


def test_a_refusal_does_not_tell_a_fictitious_identitys_year(people: Cast, case: UUID) -> None:
    """Her year of birth is shown to nobody, and must not be found by trying (security.md, attack 9)."""
    born(people, TODAY.year - 20, Protection.FICTITIOUS)
    assert a_spell(people, case, by=people.egon, first_day=date(TODAY.year - 40, 1, 1))


def test_the_page_says_it_beside_the_day(people: Cast, case: UUID) -> None:
    """422, what was typed is kept, and the sentence asks gently (house.md: errors)."""
    told = {"kind": "social_assistance", "share": "100", "first_day": "1890-01-01", "certain": "True"}
    answer = browser(people.egon).post(f"/arenden/{case}/forsorjning/ny/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Är året rätt?" in page
    assert "1890-01-01" in page


def test_a_kind_that_is_out_of_use_stays_where_it_stands(people: Cast, case: UUID) -> None:
    """Whoever says when such a spell ends is not made to call it something else; a new one cannot have it (ADR 003)."""
    spell = a_spell(people, case)
    Code.objects.filter(list="livelihood", code="social_assistance").update(active=False)
    row = LivelihoodSpell.objects.get(item=spell)
    terms = SpellTerms(kind=row.kind, share=row.share, first_day=row.first_day, last_day=TODAY)
    done(people.anna, WriteLivelihood, lambda p: livelihood.change(p, spell=spell, terms=terms, version=1), case=case)
    with pytest.raises(Rejection, match="alternativen"):
        a_spell(people, case, share=1)
    page = browser(people.anna).get(f"/arenden/{case}/forsorjning/").content.decode()
    assert "Försörjningsstöd" in page
    new = browser(people.anna).get(f"/arenden/{case}/forsorjning/ny/").content.decode()
    assert 'value="social_assistance"' not in new
