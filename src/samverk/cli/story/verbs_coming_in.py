"""Verbs of coming in: referral, consent, intake, and who works in the case."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from samverk.access import consents as consent_views
from samverk.access import referrals as referral_views
from samverk.access.declare import (
    AnswerOffer,
    AssignOfficial,
    DecideIntake,
    ReadCase,
    RecordConsent,
    WithdrawConsent,
    WriteReferral,
)
from samverk.access.declare_house import StartReferral
from samverk.access.permit import Permit
from samverk.actions import cases, consents, intake, referrals
from samverk.cli.story import world as w
from samverk.cli.story.verb import Arg, Verb
from samverk.cli.story.world import Mistake, World
from samverk.domain.information import Protection, Purpose
from samverk.domain.parties import Part


def _whom(world: World, raw: object) -> referrals.NewPerson:
    """A participant with an account by her label; anyone else by name and what is known."""
    if isinstance(raw, str):
        if raw not in world.numbers:
            raise Mistake(f"there is no participant “{raw}” in the cast. Write “name:” and what is known instead.")
        name, number = world.numbers[raw]
        return referrals.NewPerson(name=name, personal_number=number)
    if not isinstance(raw, dict) or "name" not in raw:
        raise Mistake("is to be a participant of the cast, or hold a name")
    unknown = set(raw) - {"name", "born", "sex", "phone", "language", "protection"}
    if unknown:
        raise Mistake(f"“{sorted(unknown)[0]}” is not known about a person here")
    try:
        protection = Protection(str(raw.get("protection", "none")))
    except ValueError:
        raise Mistake(f"“{raw['protection']}” is no level of protection") from None
    return referrals.NewPerson(
        name=w.text(world, raw["name"]),
        birth_year=world.year(w.number(world, raw["born"])) if "born" in raw else None,
        sex=str(raw.get("sex", "")),
        phone=str(raw.get("phone", "")),
        language=str(raw.get("language", "")),
        protection=protection,
    )


def _form(permit: Permit[WriteReferral], **_: object) -> int:
    form = referral_views.form_of(permit)
    if form is None:
        raise Mistake("there is no referral that can be written.")
    return form.version


def _says(
    givers: Sequence[UUID | None], to: Sequence[UUID], about: Sequence[str], *, refused: bool, purpose: str
) -> list[consents.NewSay]:
    return [
        consents.NewSay(giver, receiver, category, purpose=Purpose(purpose), refused=refused)
        for giver in givers
        for receiver in to
        if giver != receiver
        for category in about
    ]


def _record(
    permit: Permit[RecordConsent],
    *,
    source: Sequence[UUID | None],
    to: Sequence[UUID],
    about: Sequence[str],
    until: date,
    how: str,
    words: str,
    condition: bool,
    refused: bool,
    purpose: str,
) -> UUID:
    return consents.record(
        permit,
        says=_says(source, to, about, refused=refused, purpose=purpose),
        last_day=until,
        how=how,
        condition_of_benefit=condition,
        words=words,
    )


def _in_force(permit: Permit[ReadCase], *, to: UUID, **_: object) -> list[UUID]:
    says = consent_views.consents_of(permit).in_force
    return [say.id for say in says if to in (say.receiver, say.giver) and not say.refused]


_CONSENT = {
    "source": Arg(w.several(w.party_or_herself)),
    "to": Arg(w.several(w.party)),
    "about": Arg(w.categories),
    "until": Arg(w.day),
    "how": Arg(w.word, "screen"),
    "words": Arg(w.text, ""),
    "condition": Arg(w.yes, False),
    "purpose": Arg(w.word, "support"),
}

VERBS: dict[str, Verb] = {
    "start referral": Verb(
        StartReferral,
        lambda permit, *, programme, whom: referrals.start(permit, programme=programme, person=whom),
        {"programme": Arg(w.programme), "whom": Arg(_whom, None)},
    ),
    "write referral": Verb(
        WriteReferral,
        lambda permit, *, answers, seen: referrals.save(permit, answers=answers, version=seen),
        {"answers": Arg(w.answers)},
        look=_form,
        look_act=WriteReferral,
    ),
    "send referral": Verb(
        WriteReferral,
        lambda permit, *, own_consent, condition: referrals.send(
            permit, own_consent=own_consent, condition_of_benefit=condition
        ),
        {"own_consent": Arg(w.yes, False), "condition": Arg(w.yes, None)},
    ),
    "withdraw referral": Verb(WriteReferral, lambda permit: referrals.withdraw(permit)),
    "reopen referral": Verb(WriteReferral, lambda permit: referrals.reopen(permit)),
    "tell outcome": Verb(WriteReferral, lambda permit, *, how: referrals.tell(permit, how=how), {"how": Arg(w.word)}),
    "consent": Verb(RecordConsent, lambda permit, **said: _record(permit, refused=False, **said), _CONSENT),
    "refuse consent": Verb(RecordConsent, lambda permit, **said: _record(permit, refused=True, **said), _CONSENT),
    "withdraw consent": Verb(
        WithdrawConsent,
        lambda permit, *, to, seen: consents.withdraw(permit, consents=seen),
        {"to": Arg(w.party)},
        look=_in_force,
    ),
    "accept": Verb(
        DecideIntake,
        lambda permit, *, contact, condition: intake.accept(permit, contact=contact, support_condition=condition),
        {"contact": Arg(w.account), "condition": Arg(w.yes, None)},
    ),
    "decline": Verb(
        DecideIntake,
        lambda permit, *, reason, words, next_door: intake.decline(
            permit, reason=reason, text=words, next_door=next_door
        ),
        {"reason": Arg(w.word), "words": Arg(w.text, ""), "next_door": Arg(w.text)},
    ),
    "ask for more": Verb(
        DecideIntake, lambda permit, *, wanted: intake.ask_for_more(permit, wanted=wanted), {"wanted": Arg(w.text)}
    ),
    "talk": Verb(AnswerOffer, lambda permit, *, on: intake.talk(permit, on=on), {"on": Arg(w.day)}),
    "say yes": Verb(
        AnswerOffer,
        lambda permit, *, condition, how, talked_on: intake.say_yes(
            permit, support_condition=condition, how=how, talked_on=talked_on
        ),
        {"condition": Arg(w.yes, None), "how": Arg(w.word, "screen"), "talked_on": Arg(w.day, None)},
    ),
    "say no": Verb(
        AnswerOffer,
        lambda permit, *, next_door, how, talked_on: intake.say_no(
            permit, next_door=next_door, how=how, talked_on=talked_on
        ),
        {"next_door": Arg(w.text, ""), "how": Arg(w.word, "screen"), "talked_on": Arg(w.day, None)},
    ),
    "assign": Verb(
        AssignOfficial,
        lambda permit, *, whom, workplace: cases.assign(
            permit, account=whom, part=Part.WORKPLACE if workplace else Part.OFFICIAL
        ),
        {"whom": Arg(w.account), "workplace": Arg(w.yes, False)},
    ),
    "let go": Verb(
        AssignOfficial, lambda permit, *, whom: cases.let_go(permit, account=whom), {"whom": Arg(w.account)}
    ),
}
