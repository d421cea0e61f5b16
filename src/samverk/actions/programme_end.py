"""Ending a programme: not while a case in it lacks an accepted next place (domain.md §4)."""

from datetime import date

from django.db.models import Exists, F, OuterRef

from samverk.access import log
from samverk.access.declare_house import RunProgramme
from samverk.access.permit import Permit
from samverk.domain.words import Rejection, gettext_noop
from samverk.store.models import Case, NextPlace, Programme

OPEN = ("referred", "offered", "active")


def end(permit: Permit[RunProgramme], *, stops_on: date) -> None:
    """Let the programme stop on a day. Rejection with the number of cases that have nowhere to go on."""
    programme = Programme.objects.get(id=permit.programme)
    if programme.starts_on is not None and stops_on <= programme.starts_on:
        raise Rejection(gettext_noop("Programmet kan inte sluta innan det börjar."), "stops_on")
    places = NextPlace.objects.filter(item__case=OuterRef("pk"))
    without = Case.objects.filter(~Exists(places), programme=programme, status__in=OPEN).count()
    if without:
        raise Rejection(
            gettext_noop(
                "Programmet kan inte avslutas än. Antal ärenden som saknar en nästa plats där någon har sagt ja: "
                "%(count)d. Avsluta dem, eller skriv nästa plats i vart och ett."
            ),
            "stops_on",
            count=without,
        )
    Programme.objects.filter(id=programme.id).update(stops_on=stops_on, version=F("version") + 1)
    log.wrote(permit, "programme.ended", stops_on=stops_on)
