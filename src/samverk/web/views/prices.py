"""The price book: in force, its versions and what differs; the draft, its proposal, and the second person's answer."""

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext

from samverk.access import codes
from samverk.access import prices as access
from samverk.access.declare_house import ApprovePrices, KeepPrices, SeePrices
from samverk.access.permit import A, Permit
from samverk.access.prices import BookView, ChangesView, HeadView, LevelView, PriceView
from samverk.actions import prices as acts
from samverk.domain.price_book import ACCOUNTS
from samverk.domain.price_table import written
from samverk.web import act, asked
from samverk.web.forms import prices as forms
from samverk.web.needs import needs
from samverk.web.price_words import PARTIES, told
from samverk.web.shown import sent, show

_BOM = "\ufeff"
"""So that a spreadsheet reads å, ä and ö."""


class _Seen(NamedTuple):
    book: BookView | None
    draft: HeadView | None
    proposed: HeadView | None
    may_keep: bool


@needs(SeePrices)
def price_book(request: HttpRequest) -> HttpResponse:
    """The book in force, by kind; one payer's rows when one is asked for."""
    payer = _payer(request)

    def see(permit: Permit[SeePrices]) -> _Seen:
        heads = {head.status: head for head in access.versions(permit)}
        approved = heads.get("approved")
        book = access.whole(permit, approved, payer=payer) if approved else None
        return _Seen(book, heads.get("draft"), heads.get("proposed"), access.may_keep(permit))

    return _shown(request, act.look(request, SeePrices, see), payer)


@needs(SeePrices)
def price_version(request: HttpRequest, number: int) -> HttpResponse:
    """One version, whatever became of it."""
    payer = _payer(request)

    def see(permit: Permit[SeePrices]) -> _Seen:
        head = access.numbered(permit, number)
        book = access.whole(permit, head, payer=payer) if head else None
        return _Seen(book, None, None, access.may_keep(permit))

    seen = act.look(request, SeePrices, see)
    if seen.book is None:
        raise Http404
    return _shown(request, seen, payer)


@needs(SeePrices)
def price_versions(request: HttpRequest) -> HttpResponse:
    """Every version, and who answers for it."""
    heads = act.look(request, SeePrices, access.versions)
    return render(request, "prices/versions.html", {"heads": heads})


@needs(SeePrices)
def price_changes(request: HttpRequest, number: int) -> HttpResponse:
    """What a version changed, row by row: since the one before it, or since another that is asked for."""
    other = asked.number(request, "mot")

    def see(permit: Permit[SeePrices]) -> ChangesView | None:
        head = access.numbered(permit, number)
        if head is None or (other and access.numbered(permit, other) is None):
            return None
        return access.changes(permit, head, against=other or access.compared_with(permit, head))

    view = act.look(request, SeePrices, see)
    if view is None:
        raise Http404
    return render(request, "prices/changes.html", {"view": view, "rows": told(view)})


@needs(SeePrices)
def price_csv(request: HttpRequest, number: int) -> HttpResponse:
    """A version as a file: all that the engine needs, and every note."""

    def see(permit: Permit[SeePrices]) -> tuple[HeadView, str] | None:
        head = access.numbered(permit, number)
        return (head, written(access.table(permit, head))) if head else None

    found = act.look(request, SeePrices, see)
    if found is None:
        raise Http404
    head, text = found
    name = "-".join(word for word in ("prisbok", str(head.number), head.fingerprint or head.status) if word)
    return HttpResponse(
        _BOM + text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


@needs(KeepPrices)
def price_draft(request: HttpRequest) -> HttpResponse:
    """The draft, to be changed row by row; a button that begins one where there is none."""
    form = Form(sent(request))
    if form.is_valid() and act.done(request, KeepPrices, acts.begin, form=form):
        messages.success(request, gettext("Utkastet är en kopia av den prisbok som gäller."))
        return redirect("price_draft")

    def see(permit: Permit[KeepPrices]) -> tuple[BookView | None, HeadView | None]:
        head = access.with_status(permit, "draft")
        return (access.whole(permit, head) if head else None), access.with_status(permit, "proposed")

    book, proposed = act.look(request, KeepPrices, see)
    return show(request, "prices/draft.html", form, book=book, proposed=proposed)


@needs(KeepPrices)
def price_new(request: HttpRequest) -> HttpResponse:
    """Add a price to the draft."""
    _drafted(request)
    form = forms.PriceForm(sent(request))
    form.offer(codes.names(*access.KIND_LISTS))
    if form.is_valid():
        terms = form.terms()
        if act.done(request, KeepPrices, lambda permit: acts.add_price(permit, terms=terms), form=form):
            messages.success(request, gettext("Priset ligger i utkastet."))
            return redirect("price_draft")
    return show(request, "prices/price.html", form, view=None)


@needs(KeepPrices)
def price_change(request: HttpRequest, row: UUID) -> HttpResponse:
    """Change a price of the draft."""
    view = _price(request, row)
    form = forms.PriceForm(sent(request), initial=access.typed(view.terms) | {"version": view.version})
    form.offer(codes.names(*access.KIND_LISTS), view.terms.kind)
    if form.is_valid():
        terms, version = form.terms(), form.cleaned_data["version"] or 0
        if act.done(
            request,
            KeepPrices,
            lambda permit: acts.change_price(permit, row=row, terms=terms, version=version),
            form=form,
        ):
            messages.success(request, gettext("Priset är ändrat i utkastet."))
            return redirect("price_draft")
    return show(request, "prices/price.html", form, view=view)


@needs(KeepPrices)
def price_remove(request: HttpRequest, row: UUID) -> HttpResponse:
    """Take a price out of the draft."""
    view = _price(request, row)
    form = forms.VersionForm(sent(request), initial={"version": view.version})
    if form.is_valid():
        version = form.cleaned_data["version"]
        if act.done(request, KeepPrices, lambda permit: acts.remove_price(permit, row=row, version=version), form=form):
            messages.success(request, gettext("Raden är borttagen ur utkastet."))
            return redirect("price_draft")
    return show(request, "prices/remove.html", form, view=view, level=None)


@needs(KeepPrices)
def price_level_new(request: HttpRequest) -> HttpResponse:
    """Add a year of an index to the draft."""
    _drafted(request)
    form = forms.LevelForm(sent(request))
    if form.is_valid():
        terms = form.terms()
        if act.done(request, KeepPrices, lambda permit: acts.add_level(permit, terms=terms), form=form):
            messages.success(request, gettext("Indextalet ligger i utkastet."))
            return redirect("price_draft")
    return show(request, "prices/level.html", form, view=None)


@needs(KeepPrices)
def price_level_change(request: HttpRequest, row: UUID) -> HttpResponse:
    """Change a year of an index in the draft."""
    view = _level(request, row)
    form = forms.LevelForm(sent(request), initial=access.typed(view.terms) | {"version": view.version})
    if form.is_valid():
        terms, version = form.terms(), form.cleaned_data["version"] or 0
        if act.done(
            request,
            KeepPrices,
            lambda permit: acts.change_level(permit, row=row, terms=terms, version=version),
            form=form,
        ):
            messages.success(request, gettext("Indextalet är ändrat i utkastet."))
            return redirect("price_draft")
    return show(request, "prices/level.html", form, view=view)


@needs(KeepPrices)
def price_level_remove(request: HttpRequest, row: UUID) -> HttpResponse:
    """Take a year of an index out of the draft."""
    view = _level(request, row)
    form = forms.VersionForm(sent(request), initial={"version": view.version})
    if form.is_valid():
        version = form.cleaned_data["version"]
        if act.done(request, KeepPrices, lambda permit: acts.remove_level(permit, row=row, version=version), form=form):
            messages.success(request, gettext("Raden är borttagen ur utkastet."))
            return redirect("price_draft")
    return show(request, "prices/remove.html", form, view=None, level=view)


@needs(KeepPrices)
def price_propose(request: HttpRequest) -> HttpResponse:
    """Propose the draft, with all that has changed before one's eyes."""
    view = act.look(request, KeepPrices, lambda permit: _since(permit, "draft"))
    if view is None:
        raise Http404
    form = forms.ProposeForm(sent(request))
    if form.is_valid():
        typed = form.cleaned_data
        if act.done(request, KeepPrices, lambda permit: acts.propose(permit, **typed), form=form):
            messages.success(request, gettext("Förslaget väntar på att någon annan prisboksansvarig godkänner det."))
            return redirect("price_versions")
    return show(request, "prices/propose.html", form, view=view, rows=told(view))


@needs(ApprovePrices)
def price_review(request: HttpRequest) -> HttpResponse:
    """Approve what another has proposed, or send it back with a reason."""
    view = act.look(request, ApprovePrices, lambda permit: _since(permit, "proposed"))
    if view is None:
        raise Http404
    yes = request.POST.get("answer") == "yes"
    form = (forms.VersionForm if yes else forms.SendBackForm)(sent(request))
    if form.is_valid():
        typed = form.cleaned_data

        def answer(permit: Permit[ApprovePrices]) -> None:
            acts.approve(permit, **typed) if yes else acts.send_back(permit, **typed)

        if act.done(request, ApprovePrices, answer, form=form):
            words = gettext("Prisboken gäller från och med nu.") if yes else gettext("Förslaget är ett utkast igen.")
            messages.success(request, words)
            return redirect("price_book" if yes else "price_draft")
    no = forms.SendBackForm() if yes else form
    return show(request, "prices/review.html", form, no=no, view=view, rows=told(view))


def _since(permit: Permit[A], status: str) -> ChangesView | None:
    head = access.with_status(permit, status)
    return access.changes(permit, head, against=access.compared_with(permit, head)) if head else None


def _shown(request: HttpRequest, seen: _Seen, payer: str) -> HttpResponse:
    payers = [(code, word) for code, word in PARTIES.items() if code != "participant"]
    context = {**seen._asdict(), "payer": payer, "payers": payers, "payer_name": PARTIES.get(payer, "")}
    return render(request, "prices/book.html", context)


def _payer(request: HttpRequest) -> str:
    payer = request.GET.get("betalare", "")
    return payer if payer in ACCOUNTS else ""


def _drafted(request: HttpRequest) -> None:
    """404 where there is no draft to add to."""
    if act.look(request, KeepPrices, lambda permit: access.with_status(permit, "draft")) is None:
        raise Http404


def _price(request: HttpRequest, row: UUID) -> PriceView:
    view = act.look(request, KeepPrices, lambda permit: access.price_in_draft(permit, row))
    if view is None:
        raise Http404
    return view


def _level(request: HttpRequest, row: UUID) -> LevelView:
    view = act.look(request, KeepPrices, lambda permit: access.level_in_draft(permit, row))
    if view is None:
        raise Http404
    return view


urlpatterns = [
    path("prisbok/", price_book, name="price_book"),
    path("prisbok/versioner/", price_versions, name="price_versions"),
    path("prisbok/versioner/<int:number>/", price_version, name="price_version"),
    path("prisbok/versioner/<int:number>/andrat/", price_changes, name="price_changes"),
    path("prisbok/versioner/<int:number>/csv/", price_csv, name="price_csv"),
    path("prisbok/utkast/", price_draft, name="price_draft"),
    path("prisbok/utkast/pris/", price_new, name="price_new"),
    path("prisbok/utkast/pris/<uuid:row>/", price_change, name="price_change"),
    path("prisbok/utkast/pris/<uuid:row>/ta-bort/", price_remove, name="price_remove"),
    path("prisbok/utkast/index/", price_level_new, name="price_level_new"),
    path("prisbok/utkast/index/<uuid:row>/", price_level_change, name="price_level_change"),
    path("prisbok/utkast/index/<uuid:row>/ta-bort/", price_level_remove, name="price_level_remove"),
    path("prisbok/utkast/foresla/", price_propose, name="price_propose"),
    path("prisbok/granska/", price_review, name="price_review"),
]
