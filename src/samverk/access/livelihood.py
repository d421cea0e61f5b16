"""Livelihood as it leaves through the door: the line, where it breaks, and what being active costs."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samverk.access import codes
from samverk.access.codes import CodeView
from samverk.access.declare import WriteLivelihood
from samverk.access.may import may
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.days import Days, through
from samverk.domain.livelihood import (
    WHOLE,
    Estimate,
    Gap,
    Spell,
    SpellTerms,
    covered_through,
    gaps,
    holes,
    line,
    loss,
)
from samverk.store.models import LivelihoodEstimate, LivelihoodSpell

Codes = dict[str, dict[str, CodeView]]


@dataclass(frozen=True, slots=True)
class SpellView:
    """One livelihood. `owner_name` empty: her own word. `tone`: the colour of who pays."""

    id: UUID
    owner_name: str
    kind_name: str
    covers: bool
    terms: SpellTerms
    payer: str
    tone: str
    wrong: bool
    wrong_reason: str
    now: bool
    version: int
    may_change: bool


@dataclass(frozen=True, slots=True)
class EstimateView:
    """Before and during, each month. `loss` is what she loses; 0 when nothing."""

    id: UUID
    terms: Estimate
    loss: int
    words: str
    on_behalf: str
    told_on: date
    version: int


@dataclass(frozen=True, slots=True)
class LivelihoodView:
    """The line as the reader may see it.

    `covered_through`: the last day before the next hole; None when none is ahead (or nothing is told).
    `over`: days whose shares sum to more than a whole. `holes`: all days without anything, for the drawing.
    """

    spells: tuple[SpellView, ...]
    wrong: tuple[SpellView, ...]
    gaps: tuple[Gap, ...]
    holes: tuple[Days, ...]
    over: tuple[Days, ...]
    covered_through: date | None
    covered_now: bool
    expected_now: int | None
    estimate: EstimateView | None
    may_write: bool

    @property
    def told(self) -> bool:
        """Whether anything is told at all."""
        return bool(self.spells)


def livelihood_of(permit: Permit[A], *, estimate: bool = True) -> LivelihoodView:
    """The livelihood line of the case that the reader may see. Two queries, one without the `estimate`."""
    words = codes.names("livelihood", "party_kind")
    rows = (
        LivelihoodSpell.objects.filter(visible(permit, "item__"))
        .select_related("item", "item__owner", "payer")
        .order_by("first_day", "item__created_at")
    )
    views = [_spell(permit, row, words) for row in rows]
    valid = tuple(view for view in views if not view.wrong)
    spells = tuple(as_spell(view) for view in valid)
    today = permit.today
    until = covered_through(spells, today)
    return LivelihoodView(
        spells=valid,
        wrong=tuple(view for view in views if view.wrong),
        gaps=gaps(spells, today) if spells else (),
        holes=holes(spells, today) if spells else (),
        over=tuple(segment.days for segment in line(spells) if segment.share > WHOLE),
        covered_through=until if spells else None,
        covered_now=bool(spells) and (until is None or until >= today),
        expected_now=_expected(valid),
        estimate=_estimate(permit) if estimate else None,
        may_write=may(permit, WriteLivelihood),
    )


def as_spell(view: SpellView) -> Spell:
    """The spell as the rules read it."""
    days = through(view.terms.first_day, view.terms.last_day)
    return Spell(view.terms.kind, days, view.terms.share, view.covers)


def _spell(permit: Permit[A], row: LivelihoodSpell, words: Codes) -> SpellView:
    kind = words["livelihood"][row.kind]
    owner = None if permit.as_herself else permit.actor.party
    payer = row.payer.kind if row.payer else kind.attributes.get("payer", "other")
    tone = words["party_kind"].get(payer)
    return SpellView(
        id=row.item_id,
        owner_name=row.item.owner.short if row.item.owner else "",
        kind_name=kind.name,
        covers=kind.covers,
        terms=SpellTerms(
            kind=row.kind,
            share=row.share,
            first_day=row.first_day,
            last_day=row.last_day,
            payer=row.payer_id,
            payer_name=row.payer_name,
            monthly=row.monthly,
            certain=row.certain,
        ),
        payer=row.payer_name or (row.payer.name if row.payer else ""),
        tone=tone.attributes.get("tone", "other") if tone else "other",
        wrong=row.wrong_since is not None,
        wrong_reason=row.wrong_reason,
        now=permit.today in through(row.first_day, row.last_day),
        version=row.version,
        may_change=row.item.owner_id == owner and row.wrong_since is None and may(permit, WriteLivelihood),
    )


def _expected(spells: tuple[SpellView, ...]) -> int | None:
    """The month's sum now; None unless every livelihood that runs tells its amount."""
    now = [spell.terms.monthly for spell in spells if spell.now and spell.covers]
    known = [sum_ for sum_ in now if sum_ is not None]
    return sum(known) if now and len(known) == len(now) else None


def _estimate(permit: Permit[A]) -> EstimateView | None:
    row = (
        LivelihoodEstimate.objects.filter(visible(permit, "item__"))
        .select_related("item")
        .order_by("-item__created_at")
        .first()
    )
    if row is None:
        return None
    terms = Estimate(
        monthly_before=row.monthly_before,
        monthly_during=row.monthly_during,
        travel=row.travel,
        meals=row.meals,
        child_care=row.child_care,
    )
    return EstimateView(
        id=row.item_id,
        terms=terms,
        loss=loss(terms),
        words=row.words,
        on_behalf=row.on_behalf,
        told_on=row.item.happened_on,
        version=row.version,
    )
