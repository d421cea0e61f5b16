"""The pages' addresses, gathered from each area. No personal number ever stands in one."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("samverk.web.views.home")),
    path("", include("samverk.web.views.cases")),
    path("", include("samverk.web.views.my_day")),
    path("", include("samverk.web.views.commitments")),
    path("", include("samverk.web.views.meetings")),
    path("", include("samverk.web.views.answers")),
    path("", include("samverk.web.views.minutes")),
    path("", include("samverk.web.views.decisions")),
    path("", include("samverk.web.views.programmes")),
    path("", include("samverk.web.views.consents")),
    path("", include("samverk.web.views.grounds")),
    path("", include("samverk.web.views.case_people")),
    path("", include("samverk.web.views.looks")),
    path("", include("samverk.web.views.referrals")),
    path("", include("samverk.web.views.intake")),
    path("", include("samverk.web.views.hand_overs")),
    path("", include("samverk.web.views.follow_ups")),
    path("", include("samverk.web.views.closing")),
    path("", include("samverk.web.views.notes")),
    path("", include("samverk.web.views.measures")),
    path("", include("samverk.web.views.absence")),
    path("", include("samverk.web.views.livelihood")),
    path("", include("samverk.web.views.obstacles")),
    path("", include("samverk.web.views.mapping")),
    path("", include("samverk.web.views.plans")),
    path("", include("samverk.web.views.plan_draft")),
    path("sprak/", include("django.conf.urls.i18n")),
]
