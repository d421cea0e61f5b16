"""One picture, made once, with the person: who writes what, and that every wording stays."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.declare import ReadCase, WriteMapping
from samverk.access.mapping import AreaView, MappingView, card_of, history_of, mapping_of
from samverk.actions import mapping
from samverk.domain.words import Conflict, Rejection
from samverk.store.models import Contribution, Event, Item
from tests.build import active_case, done, is_refused, own_referral
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)


def writes(who: Actor, case: UUID, text: str, *, area: str = "health", version: int = 0, **more: object) -> UUID:
    own = bool(more.pop("own_words", who.person is not None))
    return done(
        who,
        WriteMapping,
        lambda p: mapping.write(p, area=area, text=text, version=version, own_words=own, **more),  # type: ignore[arg-type]
        case=case,
    )


def picture(who: Actor, case: UUID) -> MappingView:
    return done(who, ReadCase, mapping_of, case=case)


def area(who: Actor, case: UUID, code: str = "health") -> AreaView:
    return next(a for a in picture(who, case).areas if a.code == code)


def field(caught: pytest.ExceptionInfo[Rejection]) -> str:
    return caught.value.problems[0].field


def test_what_works_comes_first(people: Cast, case: UUID) -> None:
    """The picture starts from strengths and interests (domain.md §3.4, a salutogenic view)."""
    assert [a.code for a in picture(people.egon, case).areas][:2] == ["strengths", "interests"]


def test_her_own_words_stand_first_whoever_wrote_first(people: Cast, case: UUID) -> None:
    """The person's own words stand first and may contradict; then each party's, signed (domain.md §3.4)."""
    writes(people.bo, case, "Klarar inte heltid.")
    writes(people.egon, case, "Jag orkar mer än ni tror.")
    seen = area(people.anna, case)
    assert seen.own is not None
    assert seen.own.text == "Jag orkar mer än ni tror."
    assert [(c.text, c.party_name, c.written_by) for c in seen.parties] == [
        ("Klarar inte heltid.", "Arbetsförmedlingen", "Bo")
    ]


def test_each_wording_stays_readable(people: Cast, case: UUID) -> None:
    """What was written when by whom stays readable (issue 2)."""
    writes(people.egon, case, "Ont i ryggen.")
    writes(people.egon, case, "Mindre ont sedan jag tränar.", version=1)
    wordings = done(people.anna, ReadCase, lambda p: history_of(p, area="health"), case=case)
    assert [(w.text, w.number, w.replaced_at is None) for w in wordings] == [
        ("Mindre ont sedan jag tränar.", 2, True),
        ("Ont i ryggen.", 1, False),
    ]
    own = area(people.egon, case).own
    assert own is not None
    assert own.number == 2


def test_the_same_words_again_make_no_new_version(people: Cast, case: UUID) -> None:
    """Saving without a change writes nothing: the history tells only of changes."""
    first = writes(people.egon, case, "Ont i ryggen.")
    assert writes(people.egon, case, "Ont i ryggen.", version=1) == first
    assert Contribution.objects.count() == 1


def test_two_who_write_at_once_both_keep_their_text(people: Cast, case: UUID) -> None:
    """Whoever saves second is shown both texts; nothing is overwritten (house.md)."""
    writes(people.egon, case, "Först.")
    with pytest.raises(Conflict) as caught:
        writes(people.anna, case, "Samtidigt.", own_words=True, on_behalf="spoken", version=0)
    assert caught.value.theirs == {"text": "Först."}
    assert Contribution.objects.get().text == "Först."


def test_the_coordinator_writes_her_words_down_and_says_how(people: Cast, case: UUID) -> None:
    """What is the participant's is hers whoever types it, and the row says how it came (issue 2)."""
    item = writes(people.anna, case, "Jag sover dåligt.", own_words=True, on_behalf="spoken")
    assert Item.objects.get(id=item).owner is None
    own = area(people.egon, case).own
    assert own is not None
    assert (own.on_behalf, own.written_by) == ("spoken", "Anna")


@pytest.mark.parametrize(("who", "how"), [("anna", ""), ("anna", "screen"), ("bo", "spoken")])
def test_nobody_else_puts_words_in_her_mouth(people: Cast, case: UUID, who: str, how: str) -> None:
    """Only the coordinator writes her words, and says whether they were spoken or on paper."""
    with pytest.raises(Rejection) as caught:
        writes(getattr(people, who), case, "Jag vill inget.", own_words=True, on_behalf=how)
    assert field(caught) == "on_behalf"
    assert not Contribution.objects.exists()


def test_a_party_without_consent_sees_only_its_own(people: Cast, case: UUID) -> None:
    """Without consent nothing crosses an agency border; a mark says that something is there (design.md)."""
    writes(people.egon, case, "Jag dricker inte längre.", area="addiction")
    writes(people.bo, case, "Har skött alla möten.", area="addiction")
    assert area(people.cia, case, "addiction").withheld
    writes(people.cia, case, "Sjukskriven i perioder.", area="addiction")
    for who in (people.cia, people.dag):
        seen = area(who, case, "addiction")
        assert seen.own is None
        assert [c.party_name for c in seen.parties] == (["Försäkringskassan"] if who is people.cia else [])
        assert seen.withheld


def test_the_mark_is_the_same_for_one_and_for_many_and_absent_where_all_is_seen(people: Cast, case: UUID) -> None:
    """One mark a section, naming neither author nor category; none where nothing is hidden (design.md)."""
    writes(people.egon, case, "Ett.", area="housing")
    one = area(people.cia, case, "housing")
    writes(people.bo, case, "Två.", area="housing")
    assert area(people.cia, case, "housing") == one
    assert not area(people.cia, case, "work").withheld
    assert not any(a.withheld for a in picture(people.egon, case).areas)


def test_history_hides_what_the_picture_hides(people: Cast, case: UUID) -> None:
    """Lists show nothing of what is invisible: forbidden and absent look the same (design.md)."""
    writes(people.egon, case, "Hemligt för FK.")
    assert done(people.cia, ReadCase, lambda p: history_of(p, area="health"), case=case) == ()


def test_an_earlier_investigation_is_named_not_repeated(people: Cast, case: UUID) -> None:
    """Earlier investigations are reused: what, whose, and when (domain.md §3.4)."""
    day = timezone.localdate() - timedelta(days=400)
    source = mapping.Source(what="Arbetsprövning", by="AMI", on=day)
    writes(people.bo, case, "Klarar halvtid.", area="work", source=source)
    seen = area(people.egon, case, "work").parties[0]
    assert (seen.source, seen.source_from, seen.source_on) == ("Arbetsprövning", "AMI", day)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"text": "   "}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"area": "okänt"}, "area"),
        ({"source": mapping.Source(what="Arbetsprövning")}, "source_from"),
        ({"source": mapping.Source(by="AMI")}, "source"),
        (
            {"source": mapping.Source(what="A", by="AMI", on=timezone.localdate() + timedelta(days=2))},
            "source_on",
        ),
    ],
)
def test_bad_input_is_refused_on_its_field(people: Cast, case: UUID, change: dict[str, object], wrong: str) -> None:
    """Rejected input leaves no trace, and the answer names the field (issue 2)."""
    with pytest.raises(Rejection) as caught:
        writes(people.bo, case, **({"text": "Klarar halvtid."} | change))  # type: ignore[arg-type]
    assert field(caught) == wrong
    assert not Contribution.objects.exists()
    assert not Event.objects.filter(what="mapping.written").exists()


def test_the_mapping_waits_for_her_own_yes(people: Cast) -> None:
    """No picture is drawn of someone who has not been let in (domain.md §3.3)."""
    case = own_referral(people)
    with pytest.raises(Rejection):
        writes(people.egon, case, "För tidigt.")
    assert is_refused(people.eva, WriteMapping, case=case)


def test_the_writing_leaves_an_event_without_words(people: Cast, case: UUID) -> None:
    """No change without its event; the log holds codes and ids only (design.md)."""
    item = writes(people.bo, case, "Klarar halvtid.")
    event = Event.objects.get(what="mapping.written")
    assert (event.item, event.detail["area"], event.actor_name) == (item, "health", "Bo")
    assert "halvtid" not in str(event.detail)


def test_need_groups_are_several_or_none_and_each_says_whose(people: Cast, case: UUID) -> None:
    """Need groups may be marked, several at once, none required (domain.md §3.4)."""

    def mark(who: Actor, groups: list[str], version: int = 0) -> None:
        done(who, WriteMapping, lambda p: mapping.mark_needs(p, groups=groups, version=version), case=case)

    assert picture(people.egon, case).needs == ()
    mark(people.bo, ["work", "mental"])
    mark(people.egon, [])
    assert [(n.party_name, n.codes) for n in picture(people.anna, case).needs] == [
        ("Arbetsförmedlingen", ("mental", "work")),
        ("", ()),
    ]
    assert [n.party_name for n in picture(people.cia, case).needs] == []
    mark(people.bo, ["work"], version=1)
    with pytest.raises(Conflict):
        mark(people.bo, ["social"], version=1)
    with pytest.raises(Rejection) as caught:
        mark(people.bo, ["okänd"], version=2)
    assert field(caught) == "groups"


def test_what_the_referral_told_is_not_asked_again(people: Cast, case: UUID) -> None:
    """Referral answers that the reader may see stand beside; others see nothing of them (domain.md §3.4)."""
    assert "Jag vill svarva igen." in {hint.text for hint in picture(people.bo, case).told}
    assert picture(people.cia, case).told == ()


def test_the_case_page_holds_her_words_and_counts_only_what_is_seen(people: Cast, case: UUID) -> None:
    """Counts show nothing of what is invisible (design.md)."""
    writes(people.egon, case, "Jag kan svarva.", area="strengths")
    writes(people.bo, case, "Klarar halvtid.", area="work")
    cards = [done(who, ReadCase, card_of, case=case) for who in (people.egon, people.anna, people.cia)]
    assert [(card.filled, card.words) for card in cards] == [(2, "Jag kan svarva.")] * 2 + [(0, "")]
