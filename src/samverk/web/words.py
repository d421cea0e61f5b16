"""Words for the kinds and states that are no code lists, in one place."""

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

Words = dict[str, Promise]

KINDS: Words = {
    "absence": _("Frånvaro"),
    "answer": _("Svar i remissen"),
    "closing": _("Avslut"),
    "commitment": _("Åtagande"),
    "contribution": _("Kartläggning"),
    "control_reading": _("Läst för kontroll"),
    "decision": _("Beslut"),
    "evaluation_choice": _("Svar om utvärdering"),
    "follow_up": _("Uppföljning"),
    "follow_up_answer": _("Svar vid uppföljning"),
    "goal": _("Mål"),
    "hand_over": _("Överlämning"),
    "livelihood": _("Försörjning"),
    "livelihood_estimate": _("Beräkning av pengar"),
    "measure": _("Insats"),
    "meeting": _("Flerpartssamtal"),
    "meeting_words": _("Inför och efter samtalet"),
    "minutes_point": _("Minnesanteckning"),
    "need_mark": _("Behov"),
    "next_place": _("Nästa plats"),
    "note": _("Anteckning"),
    "obstacle": _("Hinder"),
    "plan": _("Handlingsplan"),
    "plan_line": _("Steg i planen"),
    "plan_review": _("Avstämning av planen"),
    "plan_signature": _("Underskrift"),
    "referral": _("Remiss"),
}
"""What an item in the timeline is."""

PARTS: Words = {
    "contact": _("Kontaktperson"),
    "official": _("Handläggare"),
    "referrer": _("Remittent"),
    "workplace": _("Arbetsplats"),
}

HAND_OVER_STATES: dict[str, tuple[Promise, str]] = {
    "named": (_("Väntar på svar"), "late"),
    "accepted": (_("Har sagt ja, ska träffas"), ""),
    "met": (_("Har träffats, kan lämnas över"), "go"),
    "released": (_("Överlämnat"), "go"),
    "declined": (_("Sa nej"), ""),
    "cancelled": (_("Avbruten"), ""),
}
"""State → word and the kind of its tag."""

FOLLOW_UP_STATES: dict[str, tuple[Promise, str]] = {
    "planned": (_("Planerad"), ""),
    "done": (_("Besvarad"), "go"),
    "missed": (_("Inget svar än"), "late"),
    "cancelled": (_("Inställd"), ""),
}
"""State → word and the kind of its tag."""


def kind_word(kind: str) -> str:
    """What an item is, in the reader's language."""
    return str(KINDS.get(kind) or gettext("Händelse"))


def point_word(point: str, months: int) -> str:
    """Which follow-up it is: at the start, at the end, or so many months after."""
    if point == "start":
        return gettext("Läget vid start")
    if point == "end":
        return gettext("Läget vid avslut")
    return ngettext("%(n)s månad efter avslutet", "%(n)s månader efter avslutet", months) % {"n": months}
