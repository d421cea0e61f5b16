"""Nobody should lose money by being active: a loss is flagged before she signs."""

from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.declare import ReadCase, WriteLivelihood
from samverk.access.livelihood import livelihood_of
from samverk.actions import livelihood as acts
from samverk.domain.livelihood import Estimate
from samverk.domain.words import Conflict, Rejection
from samverk.store.models import Item, LivelihoodEstimate
from tests.build import done
from tests.people import Cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
POORER = Estimate(monthly_before=9000, monthly_during=9300, travel=600, meals=200)


def told(who: Actor, case: UUID, terms: Estimate = POORER, **more: object) -> UUID:
    return done(who, WriteLivelihood, lambda p: acts.estimate(p, terms=terms, **more), case=case)  # type: ignore[arg-type]


def warning(who: Actor, case: UUID) -> int:
    view = done(who, ReadCase, livelihood_of, case=case)
    return view.estimate.loss if view.estimate else 0


def test_a_loss_is_flagged_for_those_who_may_know(people: Cast, case: UUID) -> None:
    """Expected before and during, with extra costs (domain.md §3.8): she would lose 500 kronor a month."""
    told(people.egon, case)
    readers = (people.egon, people.anna, people.bo, people.cia, people.dag)
    assert [warning(who, case) for who in readers] == [500, 500, 500, 0, 0]


def test_no_loss_no_flag(people: Cast, case: UUID) -> None:
    """Without an estimate, or with enough, nothing is flagged."""
    assert warning(people.egon, case) == 0
    told(people.egon, case, Estimate(monthly_before=9000, monthly_during=9800, travel=800))
    assert warning(people.egon, case) == 0


def test_it_is_hers_whoever_types_it(people: Cast, case: UUID) -> None:
    """An official says how she knows it; the item's owner is the participant."""
    with pytest.raises(Rejection) as caught:
        told(people.anna, case)
    assert caught.value.problems[0].field == "on_behalf"
    id = told(people.anna, case, on_behalf="spoken")
    assert Item.objects.get(id=id).owner_id is None
    view = done(people.egon, ReadCase, livelihood_of, case=case).estimate
    assert view is not None
    assert (view.on_behalf, view.loss) == ("spoken", 500)


def test_sums_that_cannot_be_right_name_their_fields(people: Cast, case: UUID) -> None:
    """All at once, beside each field."""
    with pytest.raises(Rejection) as caught:
        told(people.egon, case, Estimate(monthly_before=-1, monthly_during=2_000_000, travel=-5))
    assert {problem.field for problem in caught.value.problems} == {"monthly_before", "monthly_during", "travel"}
    assert not LivelihoodEstimate.objects.exists()


def test_two_who_change_it_at_the_same_time(people: Cast, case: UUID) -> None:
    """Egon and Anna write at once: the second sees both figures."""
    id = told(people.egon, case)
    more = Estimate(monthly_before=9000, monthly_during=9500)
    told(people.anna, case, more, on_behalf="paper", estimate=id, version=1)
    with pytest.raises(Conflict) as caught:
        told(people.egon, case, POORER, estimate=id, version=1)
    assert (caught.value.theirs["monthly_during"], caught.value.version) == ("9500", 2)
    with pytest.raises(Rejection, match="finns inte här"):
        told(people.cia, case, more, on_behalf="paper", estimate=id, version=2)
    assert LivelihoodEstimate.objects.get().monthly_during == 9500
