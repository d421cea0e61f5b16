"""A party without consent is a normal case: it meets her in her presence only, when she takes it along."""

from uuid import UUID

import pytest

from samverk.access.commitments import commitments_of
from samverk.access.declare import PrepareMeeting, ReadCase, WriteMinutes
from samverk.actions import meetings, minutes
from samverk.actions.promises import BROUGHT, NewPromise
from samverk.domain.words import Rejection
from samverk.store.models import Commitment, Invitation, LegalGround
from tests.build import browser, done, is_refused
from tests.people import Cast
from tests.spec.c06_meetings.scene import AFTER, START, TODAY, answer, call, hold, opened, seen

pytestmark = pytest.mark.django_db


def bring(people: Cast, case: UUID, id: UUID, account: UUID | None) -> None:
    """Egon takes somebody along."""
    assert account is not None
    done(people.egon, PrepareMeeting, lambda p: meetings.bring(p, meeting=id, account=account), case=case)


def test_she_may_take_along_a_party_that_has_no_consent(people: Cast, case: UUID) -> None:
    """In some programmes a party stood outside the consents and met the person in her presence (domain.md §3.2)."""
    id = call(people, case)
    assert seen(people.cia, case, id) is None
    bring(people, case, id, people.cia.account)
    view = opened(people.cia, case, id)
    assert view.mine is not None
    assert view.mine.status == "waiting"
    answer(people.cia, case, id, "comes")
    assert [c.status for c in opened(people.egon, case, id).invitations if c.name == "Cia"] == ["comes"]
    assert LegalGround.objects.get(receiver=people.fk).ground == BROUGHT


def test_she_sees_the_call_and_nothing_else(people: Cast, case: UUID) -> None:
    """The call alone crosses the border: neither minutes nor anybody's promises (design.md, the rule of the door)."""
    id = call(people, case)
    bring(people, case, id, people.cia.account)
    hold(people, case, id)
    promise = NewPromise("Boka plats på kursen", due=START.date(), account=people.bo.account)
    done(people.anna, WriteMinutes, lambda p: minutes.decide(p, meeting=id, promise=promise), case=case, at=AFTER)
    done(
        people.anna,
        WriteMinutes,
        lambda p: minutes.add_point(p, meeting=id, part="point", text="Egon sover dåligt.", category="process"),
        case=case,
        at=AFTER,
    )
    assert done(people.cia, ReadCase, lambda p: commitments_of(p, TODAY), case=case, at=AFTER) == ()
    page = browser(people.cia).get(f"/arenden/{case}/moten/{id}/anteckning/").content.decode()
    assert "sover dåligt" not in page


def test_what_it_promises_at_the_table_it_can_find(people: Cast, case: UUID) -> None:
    """A promise nobody can find must never happen (domain.md §3): heard at the table, it is seen by who gave it."""
    id = call(people, case)
    bring(people, case, id, people.cia.account)
    hold(people, case, id)
    promise = NewPromise("Besked om sjukpenning", due=AFTER.date(), account=people.cia.account)
    done(people.anna, WriteMinutes, lambda p: minutes.decide(p, meeting=id, promise=promise), case=case, at=AFTER)
    (mine,) = done(people.cia, ReadCase, lambda p: commitments_of(p, TODAY), case=case, at=AFTER)
    assert (mine.what, mine.mine) == ("Besked om sjukpenning", True)


def test_only_she_or_the_coordinator_for_her_takes_along(people: Cast, case: UUID) -> None:
    """It is her choice: no official lets another in."""
    assert is_refused(people.bo, PrepareMeeting, case=case)
    assert is_refused(people.cia, PrepareMeeting, case=case)


def test_nobody_from_outside_the_case_and_nobody_twice(people: Cast, case: UUID) -> None:
    """Refused beside the field, and nothing is written."""
    id = call(people, case)
    for account in (people.bo.account, people.stig.account):
        with pytest.raises(Rejection) as refused:
            bring(people, case, id, account)
        assert refused.value.problems[0].field == "account"
    assert Invitation.objects.filter(meeting=id).count() == 3
    assert not LegalGround.objects.exists()


def test_she_chooses_from_a_list_or_writes_a_name(people: Cast, case: UUID) -> None:
    """On one page: an official in the case, a personal representative or a friend by name; one of them is needed."""
    id, egon = call(people, case), browser(people.egon)
    address = f"/arenden/{case}/moten/{id}/ta-med/"
    empty = egon.post(address, {"account": "", "name": ""})
    assert (empty.status_code, "Skriv namnet" in empty.content.decode()) == (422, True)
    assert "Cia, Försäkringskassan" in empty.content.decode()
    assert "Bo, Arbetsförmedlingen" not in empty.content.decode()
    assert egon.post(address, {"account": str(people.cia.account), "name": ""}).status_code == 302
    assert egon.post(address, {"account": "", "name": "Personliga ombudet Siv"}).status_code == 302
    names = {c.name for c in opened(people.egon, case, id).invitations}
    assert {"Cia", "Personliga ombudet Siv"} <= names
    assert Commitment.objects.count() == 0
