"""One's own calendar: the page where its address is made and stopped, and what a calendar programme fetches."""

from datetime import timedelta
from secrets import token_urlsafe

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST
from icalendar import Calendar, Event

from samverk.access.calendar import CalendarView, EntryView, feed_of, fetch
from samverk.access.declare_house import KeepCalendar
from samverk.actions.calendar import make_address, stop_address
from samverk.web import act
from samverk.web.needs import needs, public

LENGTH = timedelta(hours=1)
"""A meeting has a beginning alone; calendars show what has no length as nothing."""
BYTES = 32
"""Of chance in an address: 256 bits."""
EVERY = timedelta(hours=1)
"""How often a programme is asked to come back."""


@needs(KeepCalendar)
def calendar(request: HttpRequest) -> HttpResponse:
    """Whether one has an address, what it gives, and how it is stopped."""
    feed = act.look(request, KeepCalendar, feed_of)
    return _page(request, feed=feed)


@needs(KeepCalendar)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """A new address, shown this once."""
    token = token_urlsafe(BYTES)
    act.done(request, KeepCalendar, lambda permit: make_address(permit, token=token), form=Form(request.POST))
    address = request.build_absolute_uri(reverse("calendar_feed", kwargs={"token": token}))
    return _page(request, address=address)


@needs(KeepCalendar)
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """The address gives nothing from now on."""
    act.done(request, KeepCalendar, stop_address, form=Form(request.POST))
    messages.success(request, gettext("Klart. Adressen ger inte längre några möten."))
    return redirect("calendar")


@public("a calendar programme: its address holds 256 random bits, and passes the door as its holder")
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of whoever made the address, without names, parties or matters."""
    return HttpResponse(
        written(fetch(token), request),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="samverk.ics"', "Cache-Control": "no-store"},
    )


def written(view: CalendarView, request: HttpRequest) -> bytes:
    """The calendar as text (RFC 5545), the same for the same meetings."""
    with translation.override(view.language):
        book = Calendar()
        book.add("prodid", "-//Samverk//Samverk//SV")
        book.add("version", "2.0")
        book.add("x-wr-calname", "Samverk")
        book.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
        for entry in view.entries:
            book.add_component(_entry(entry, request))
        return bytes(book.to_ical())


def _entry(entry: EntryView, request: HttpRequest) -> Event:
    found = Event()
    found.add("uid", f"{entry.meeting}@samverk")
    found.add("dtstamp", entry.called_at)
    found.add("dtstart", entry.starts_at)
    found.add("duration", LENGTH)
    found.add("sequence", entry.version)
    found.add("class", "PRIVATE")
    found.add("summary", gettext("Möte"))
    found.add("location", gettext("se Samverk"))
    where = reverse("meeting", kwargs={"case": entry.case, "meeting": entry.meeting})
    found.add("url", request.build_absolute_uri(where))
    return found


def _page(request: HttpRequest, **more: object) -> HttpResponse:
    herself = act.actor(request).person is not None
    return render(request, "calendar/calendar.html", {"as_herself": herself, **more})


urlpatterns = [
    path("min-kalender/", calendar, name="calendar"),
    path("min-kalender/ny-adress/", make, name="calendar_make"),
    path("min-kalender/stoppa/", stop, name="calendar_stop"),
    path("kalender/<str:token>/samverk.ics", feed, name="calendar_feed"),
]
