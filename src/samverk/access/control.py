"""Reading for control or a decision on a benefit: apart from support in what is shown, and in her log.

Support never implies control (domain.md §3.2). What is shown is decided by the rule of the door for the act's own
purpose. Two grounds that serve support alone are no cover here: that she took a party along to a meeting, and that a
party must find its own promise.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from samverk.access import codes
from samverk.access.actor import Actor
from samverk.access.declare import ReadCase, ReadForControl
from samverk.access.may import may
from samverk.access.permit import A, Permit
from samverk.access.referrals import UNSENT
from samverk.access.sight import visible
from samverk.access.substitutes import acts_for
from samverk.domain.information import Purpose
from samverk.domain.parties import Part
from samverk.store.models import (
    Answer,
    Assignment,
    Consent,
    Contribution,
    ControlReading,
    FormalDecision,
    Item,
    LegalGround,
    LivelihoodSpell,
    Measure,
    Meeting,
    MinutesPoint,
    Note,
    Referral,
)

MOST = 200
"""So many things are shown at once, the newest."""
_NAMED_BY_CODE = ("livelihood", "measure")
"""Kinds whose heading says who pays or provides; what it is stands in a code of the list of the same name."""
FOR_SUPPORT_ALONE = ("own_promise", "brought_by_participant")
"""Grounds that let a party find its promise or its call: they are no ground for control."""
_WORDS = (
    (Note, "text"),
    (Contribution, "text"),
    (Answer, "text"),
    (MinutesPoint, "text"),
    (FormalDecision, "reason"),
)


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One reading for control: when, by whom, in which matter, and how many things were shown."""

    id: UUID
    at: datetime
    by: str
    party_name: str
    tone: str
    matter: str
    count: int


@dataclass(frozen=True, slots=True)
class ControlView:
    """The readings that the reader may know of, newest first: all for herself, for an official her own party's."""

    readings: tuple[ReadingView, ...]
    may_read: bool


@dataclass(frozen=True, slots=True)
class ShownView:
    """One thing that was shown for control. `conditional`: under a consent given as a condition of a benefit."""

    id: UUID
    kind: str
    category: str
    headline: str
    words: str
    on: date
    owner: str
    tone: str
    conditional: bool


@dataclass(frozen=True, slots=True)
class ReadView:
    """One reading with what of it the reader may see now, newest first."""

    reading: ReadingView
    things: tuple[ShownView, ...]


def decides_on_benefits(actor: Actor) -> bool:
    """Whether `actor` works for a party of a kind that decides on benefits: an attribute of the code, not code."""
    kind = codes.names("party_kind")["party_kind"].get(actor.party_kind)
    return kind is not None and kind.attributes.get(ReadForControl.party_must) == "yes"


def control_of(permit: Permit[ReadCase]) -> ControlView | None:
    """The readings so far, and whether the reader may make one; None for whoever has nothing to do with it."""
    if not permit.as_herself and not decides_on_benefits(permit.actor):
        return None
    rows = _readings(permit).order_by("-item__created_at")
    return ControlView(tuple(_view(row) for row in rows), _may_read(permit))


def reading_of(permit: Permit[A], reading: UUID) -> ReadView | None:
    """One reading: for an official what she may still see of it for control, for herself what the party was shown."""
    row = _readings(permit).filter(item=reading).first()
    if row is None or not (permit.as_herself or _admits(permit)):
        return None
    shown = {UUID(id) for id in row.shown}
    seen = _things(permit).filter(id__in=shown) if permit.as_herself else _for_control(permit).filter(id__in=shown)
    return ReadView(_view(row), _shown(permit, seen))


def things_for_control(permit: Permit[ReadForControl]) -> tuple[UUID, ...] | None:
    """What the reader may see now for control; None where she may not read for control at all."""
    if not _admits(permit):
        return None
    rows = _for_control(permit).order_by("-happened_on", "-created_at", "-id")
    return tuple(rows.values_list("id", flat=True)[:MOST])


def _may_read(permit: Permit[ReadCase]) -> bool:
    return may(permit, ReadForControl) and _admits(permit)


def _admits(permit: Permit[A]) -> bool:
    """Whoever decides on her benefit is not her contact person (domain.md §3.2)."""
    contact = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=permit.at),
        acts_for(permit),
        case=permit.case.id,
        part=Part.CONTACT,
    )
    return decides_on_benefits(permit.actor) and not contact.exists()


def _readings(permit: Permit[A]) -> QuerySet[ControlReading]:
    """Another party's readings are hers to know, and nobody else's, whatever consents there are."""
    rows = ControlReading.objects.filter(visible(permit, "item__")).select_related("item__owner", "item__created_by")
    return rows if permit.as_herself else rows.filter(item__owner=permit.actor.party)


def _things(permit: Permit[A]) -> QuerySet[Item]:
    """What has been said and decided. A part is shown with its whole: answers of what was sent, minutes that are out."""
    referrals = Referral.objects.filter(visible(permit, "item__")).exclude(status__in=UNSENT)
    meetings = Meeting.objects.filter(visible(permit, "item__"), status="minuted")
    wrong = LivelihoodSpell.objects.filter(item=OuterRef("pk"), wrong_since__isnull=False)
    mistaken = Measure.objects.filter(item=OuterRef("pk"), status="mistaken")
    answers = Answer.objects.filter(item=OuterRef("pk"), form__in=referrals.values("item")).exclude(text="")
    points = MinutesPoint.objects.filter(item=OuterRef("pk"), meeting__in=meetings.values("item"))
    return (
        Item.objects.filter(visible(permit), happened_on__lte=permit.today)
        .filter(~Q(headline="") | Q(kind__in=_NAMED_BY_CODE) | Q(Exists(answers)) | Q(Exists(points)))
        .exclude(Q(kind="control_reading") | Q(Exists(wrong)) | Q(Exists(mistaken)))
    )


def _for_control(permit: Permit[A]) -> QuerySet[Item]:
    """What is shown to an official: her own party's, and what a consent or a ground covers for control."""
    party = permit.actor.party
    grounds = LegalGround.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=permit.at),
        item=OuterRef("pk"),
        receiver=party,
        starts_at__lte=permit.at,
    )
    soft, other = (grounds.filter(ground__in=FOR_SUPPORT_ALONE), grounds.exclude(ground__in=FOR_SUPPORT_ALONE))
    said = _live(permit).filter(person=OuterRef("person"), category=OuterRef("category"))
    mine, of_party = said.filter(giver__isnull=True), said.filter(giver=OuterRef("owner"))
    yes = (Q(owner__isnull=True) & _says_yes(mine)) | _says_yes(of_party)
    return _things(permit).filter(Q(owner=party) | ~Q(Exists(soft)) | Q(Exists(other)) | yes)


def _says_yes(said: QuerySet[Consent]) -> Q:
    return Q(Exists(said.filter(refused=False))) & ~Q(Exists(said.filter(refused=True)))


def _live(permit: Permit[A]) -> QuerySet[Consent]:
    """What she has said to the reader's party about control, in force now."""
    return Consent.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=permit.at),
        receiver=permit.actor.party,
        purpose=Purpose.CONTROL.value,
        starts_at__lte=permit.at,
        stops_at__gt=permit.at,
    )


def _view(row: ControlReading) -> ReadingView:
    party = row.item.owner
    return ReadingView(
        id=row.item_id,
        at=row.item.created_at,
        by=row.item.created_by.name if row.item.created_by else "",
        party_name=party.name if party else "",
        tone=codes.tones().get(party.kind, "other") if party else "other",
        matter=row.matter,
        count=len(row.shown),
    )


def _shown(permit: Permit[A], things: QuerySet[Item]) -> tuple[ShownView, ...]:
    """The things with their words: two queries, however many they are."""
    words = [Subquery(model._default_manager.filter(item=OuterRef("pk")).values(text)[:1]) for model, text in _WORDS]
    codes_of = [
        Subquery(model._default_manager.filter(item=OuterRef("pk")).values("kind")[:1])
        for model in (LivelihoodSpell, Measure)
    ]
    names = codes.names(*_NAMED_BY_CODE)
    asked = Subquery(Answer.objects.filter(item=OuterRef("pk")).values("asked")[:1])
    marked = set(
        _live(permit)
        .filter(
            Q(document__condition_of_benefit=True) | Q(document__case__support_condition=True),
            person=permit.case.person,
            refused=False,
        )
        .values_list("giver", "category")
    )
    tone = codes.tones()
    rows = things.select_related("owner").annotate(
        words=Coalesce(*words, Value(""), output_field=TextField()), asked=asked, code=Coalesce(*codes_of)
    )
    return tuple(
        ShownView(
            id=row.id,
            kind=row.kind,
            category=row.category,
            headline=_heading(names, row.kind, row.code, row.headline or row.asked or ""),
            words=row.words,
            on=row.happened_on,
            owner=row.owner.short if row.owner else "",
            tone=tone.get(row.owner.kind, "other") if row.owner else "me",
            conditional=row.owner_id != permit.actor.party and (row.owner_id, row.category) in marked,
        )
        for row in rows.order_by("-happened_on", "-created_at", "-id")
    )


def _heading(names: codes.Names, kind: str, code: str | None, headline: str) -> str:
    return ", ".join(part for part in (codes.word(names, kind, code) if code else "", headline) if part)
