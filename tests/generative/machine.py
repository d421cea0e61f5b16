"""What can happen to Egon's case: the rules of the histories. See histories.py and test_histories.py."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from samverk.access import declare, declare_house
from samverk.access.actor import system_actor
from samverk.actions import cases, consents, emergency, grounds, hand_overs, notes, protection, substitutes, units
from samverk.domain.consent import Ground, Say
from samverk.domain.information import Protection, Thing
from samverk.domain.parties import Part
from samverk.store.models import Consent, EmergencyAccess, HandOver, Item, LegalGround, Substitution
from tests.build import EGONS_NUMBER
from tests.generative.happenings import WHAT, happens, often
from tests.generative.histories import CATEGORIES, History, House, midnight_after
from tests.generative.worlds import TICK, Assigned, Opened, StandsIn

DONE: Counter[str] = Counter()
"""What has been done over all histories of a run: acts by name, "looks", and "refused"."""
READERS = ("bo", "berit", "anna", "cia", "mona", "dag", "egon")
OFFICIALS = st.sampled_from(("bo", "berit", "mona", "cia"))
SYSTEM = system_actor("test")
REASON = "Hon svarar inte, och grannen har ringt."


class Door(RuleBasedStateMachine):
    """What can happen to Egon's case."""

    kept: House

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.told = History.begin(self.kept)
        self.book = self.told.book
        people = self.kept.people
        self.parties: dict[str, UUID | None] = {
            "herself": None,
            "municipality": people.municipality,
            "af": people.af,
            "fk": people.fk,
            "region": people.region,
        }
        self.turn = 0

    def teardown(self) -> None:
        try:
            for name in READERS:
                self.told.check(name)
        finally:
            DONE.update(self.told.done)
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    def look(self) -> None:
        """Those for whom most changes, and one of the others in turn."""
        self.turn += 1
        for name in ("bo", "berit", READERS[2 + self.turn % (len(READERS) - 2)]):
            self.told.check(name)

    @rule(data=st.data())
    def something_happens(self, data: st.DataObject) -> None:
        """Any of the things that can happen now. What is possible only at times is three times as likely then."""
        possible = [name for name, (when, _) in WHAT.items() if when(self) for _ in range(often(when))]
        name = data.draw(st.sampled_from(possible), label="what")
        getattr(self, name)(**{word: data.draw(among, label=word) for word, among in WHAT[name][1].items()})

    def in_case(self, name: str, act: type[declare_house.Act], do: Callable[..., object]) -> tuple[bool, object]:
        return self.told.act(self.told.actor(name), act, do, case=self.kept.case)

    @happens(
        giver=st.sampled_from(("herself", "municipality", "af", "fk")),
        receiver=st.sampled_from(("municipality", "af", "fk", "region")),
        category=st.sampled_from(CATEGORIES),
        refused=st.booleans(),
        days=st.sampled_from((0, 1, 30)),
    )
    def she_says(self, giver: str, receiver: str, category: str, refused: bool, days: int) -> None:
        say = consents.NewSay(self.parties[giver], self.parties[receiver], category, refused=refused)  # type: ignore[arg-type]
        last_day = timezone.localdate(self.told.now) + timedelta(days=days)
        done, _ = self.in_case(
            "egon",
            declare.RecordConsent,
            lambda p: consents.record(p, says=[say], last_day=last_day, how="screen", condition_of_benefit=False),
        )
        if done:
            now = self.told.now
            self.end(lambda s: (s.giver, s.receiver, s.category, s.purpose.value) == say.scope)
            stops = midnight_after(now, days)
            assert say.receiver is not None
            self.book.says.append(
                Say(self.book.person, say.giver, say.receiver, category, say.purpose, refused, now, stops)
            )
        self.look()

    def end(self, which: Callable[[Say], bool]) -> None:
        """Write down that what she had said of this is over."""
        self.book.says = [
            replace(s, ended_at=self.told.now) if s.ended_at is None and which(s) else s for s in self.book.says
        ]

    @happens(receiver=st.sampled_from(("municipality", "af", "fk", "region")), category=st.sampled_from(CATEGORIES))
    def she_takes_back(self, receiver: str, category: str) -> None:
        party = self.parties[receiver]
        rows = list(Consent.objects.filter(receiver=party, category=category).values_list("id", flat=True))
        if rows and self.in_case("egon", declare.WithdrawConsent, lambda p: consents.withdraw(p, consents=rows))[0]:
            self.end(lambda s: s.receiver == party and s.category == category)
        self.look()

    @happens(who=st.sampled_from(("anna", "bo", "cia")), receiver=st.sampled_from(("municipality", "af", "region")))
    def she_tells_somebody_to_take_all_back(self, who: str, receiver: str) -> None:
        party = self.parties[receiver]
        assert party is not None
        if self.in_case(who, declare.WithdrawConsent, lambda p: consents.withdraw_all(p, receivers=[party]))[0]:
            self.end(lambda s: s.receiver == party and not s.refused)
        self.look()

    @happens(who=OFFICIALS)
    def assign(self, who: str) -> None:
        account = self.kept.officials[who]
        if self.in_case("anna", declare.AssignOfficial, lambda p: cases.assign(p, account=account))[0]:
            party = self.told.asks(who).party
            assert party is not None
            self.book.assigned.append(Assigned(account, party, self.kept.case, self.told.now))
        self.look()

    @happens(who=OFFICIALS)
    def let_go(self, who: str) -> None:
        account = self.kept.officials[who]
        if self.in_case("anna", declare.AssignOfficial, lambda p: cases.let_go(p, account=account))[0]:
            self.leaves(account)
        self.look()

    def leaves(self, account: UUID) -> None:
        self.book.assigned = [
            replace(a, until=self.told.now) if a.account == account and a.until is None else a
            for a in self.book.assigned
        ]

    @happens(next=st.sampled_from(("berit", "mona", "cia")))
    def bo_hands_over(self, next: str) -> None:
        """Named, accepted, met, released: whoever comes next is in the case from the naming, Bo until the release."""
        bo, account = self.kept.officials["bo"], self.kept.officials[next]
        today = timezone.localdate(self.told.now)
        named, _ = self.in_case(
            "anna",
            declare.NameNext,
            lambda p: hand_overs.name(p, part=Part.OFFICIAL, next=account, what="Allt.", by_when=today, former=bo),
        )
        if not named:
            return
        municipality = self.kept.people.municipality
        known = {thing.id for thing in self.book.items}
        (item,) = Item.objects.filter(case=self.kept.case).exclude(id__in=known).values_list("id", flat=True)
        self.book.items.append(Thing(item, self.book.person, municipality, "process"))
        party = self.told.asks(next).party
        assert party is not None
        if not any(a.account == account and a.until is None for a in self.book.assigned):
            self.book.assigned.append(Assigned(account, party, self.kept.case, self.told.now))
        self.look()
        (row,) = HandOver.objects.filter(item=item).values_list("id", flat=True)
        met = {"met_on": today, "where": "Här", "together": True}
        for who, act, step in (
            (next, declare.TakeOver, lambda p: hand_overs.accept(p, hand_over=row)),
            (next, declare.TakeOver, lambda p: hand_overs.met(p, hand_over=row, **met)),  # type: ignore[arg-type]
            ("anna", declare.NameNext, lambda p: hand_overs.release(p, hand_over=row)),
        ):
            if not self.in_case(who, act, step)[0]:
                return
        self.leaves(bo)
        self.look()

    @happens(
        pair=st.sampled_from((("bo", "berit"), ("anna", "mona"), ("berit", "bo"), ("bo", "cia"))),
        ahead=st.integers(0, 1),
        days=st.integers(0, 2),
    )
    def stand_in(self, pair: tuple[str, str], ahead: int, days: int) -> None:
        absent, substitute = pair
        away, instead = self.kept.officials[absent], self.kept.officials[substitute]
        first = timezone.localdate(self.told.now) + timedelta(days=ahead)
        last = first + timedelta(days=days)
        done, _ = self.told.act(
            self.told.actor(absent),
            declare_house.NameSubstitute,
            lambda p: substitutes.record(p, absent=away, substitute=instead, first=first, last=last),
        )
        if done:
            since = self.told.now if ahead == 0 else midnight_after(self.told.now, 0)
            party = self.told.asks(absent).party
            assert party is not None
            self.book.stands_in.append(
                StandsIn(party, away, instead, since, midnight_after(self.told.now, ahead + days))
            )
        self.look()

    @happens(when=lambda self: bool(self.book.stands_in), which=st.integers(0, 99))
    def stop_standing_in(self, which: int) -> None:
        n = which % len(self.book.stands_in)
        one = self.book.stands_in[n]
        (row,) = Substitution.objects.filter(
            absent=one.absent, substitute=one.substitute, since=one.since, until=one.until
        ).values_list("id", flat=True)[:1]
        who = next(name for name, account in self.kept.officials.items() if account == one.absent)
        act = declare_house.NameSubstitute
        if self.told.act(self.told.actor(who), act, lambda p: substitutes.end(p, substitution=row))[0]:
            self.book.stands_in[n] = replace(one, ended_at=self.told.now)
        self.look()

    @happens(
        who=st.sampled_from(("berit", "mona")), answer=st.sampled_from(("yes", "yes", "yes", "no", "none", "herself"))
    )
    def emergency(self, who: str, answer: str) -> None:
        asked, row = self.told.act(
            self.told.actor(who),
            declare_house.AskForEmergency,
            lambda p: emergency.ask(p, number=EGONS_NUMBER, reason=REASON),
        )
        assert asked
        assert isinstance(row, UUID)
        self.look()
        second = who if answer == "herself" else {"berit": "bo", "mona": "anna"}[who]
        if answer in ("yes", "herself"):
            done, _ = self.told.act(
                self.told.actor(second), declare_house.AnswerEmergency, lambda p: emergency.approve(p, emergency=row)
            )
            assert not (done and answer == "herself")
            party = self.told.asks(who).party
            assert party is not None
            shut = self.book.protection in (Protection.PROTECTED_REGISTRATION, Protection.FICTITIOUS)
            known = not shut or (self.book.person, party) in self.book.cleared
            if done and known:
                until = self.told.now + timedelta(hours=24)
                account = self.kept.officials[who]
                self.book.opened.append(Opened(party, account, self.kept.case, self.told.now, until))
        elif answer == "no":
            self.told.act(
                self.told.actor(second), declare_house.AnswerEmergency, lambda p: emergency.decline(p, emergency=row)
            )
        self.look()

    @happens(when=lambda self: bool(self.book.opened), which=st.integers(0, 99))
    def end_emergency(self, which: int) -> None:
        n = which % len(self.book.opened)
        one = self.book.opened[n]
        row = EmergencyAccess.objects.values_list("id", flat=True).get(account=one.account, approved_at=one.approved_at)
        who = next(name for name, account in self.kept.officials.items() if account == one.account)
        if self.told.act(self.told.actor(who), declare_house.EndEmergency, lambda p: emergency.end(p, emergency=row))[
            0
        ]:
            self.book.opened[n] = replace(one, ended_at=self.told.now)
        self.look()

    @happens(
        who=st.sampled_from(("egon", "anna", "bo", "berit", "cia")),
        category=st.sampled_from(CATEGORIES),
        about_other=st.booleans(),
    )
    def write(self, who: str, category: str, about_other: bool) -> None:
        done, item = self.in_case(
            who,
            declare.WriteNote,
            lambda p: notes.write(p, text="Något.", category=category, about_other=about_other),
        )
        if done:
            asks = self.told.asks(who)
            assert isinstance(item, UUID)
            self.book.items.append(Thing(item, self.book.person, asks.party, category, about_other, asks.unit))
        self.look()

    @happens(who=st.sampled_from(("anna", "bo")), which=st.integers(0, 99), receiver=st.sampled_from(("fk", "af")))
    def the_law_says(self, who: str, which: int, receiver: str) -> None:
        asks, party = self.told.asks(who), self.parties[receiver]
        own = [thing for thing in self.book.items if thing.owner == asks.party]
        item = own[which % len(own)].id
        assert party is not None
        done, _ = self.in_case(
            who,
            declare.RecordGround,
            lambda p: grounds.record(p, item=item, receiver=party, ground="osl_10_2"),
        )
        if done:
            self.book.grounds.append(Ground(item, party, self.told.now))
        self.look()

    @happens(when=lambda self: any(g.ended_at is None for g in self.book.grounds), which=st.integers(0, 99))
    def the_law_says_no_more(self, which: int) -> None:
        n = which % len(self.book.grounds)
        one = self.book.grounds[n]
        row = LegalGround.objects.values_list("id", flat=True).get(
            item=one.item, receiver=one.receiver, starts_at=one.starts_at
        )
        thing = next(thing for thing in self.book.items if thing.id == one.item)
        who = "anna" if thing.owner == self.kept.people.municipality else "bo"
        if self.in_case(who, declare.RecordGround, lambda p: grounds.end(p, ground=row))[0]:
            self.book.grounds[n] = replace(one, ended_at=self.told.now)
        self.look()

    @happens(
        when=lambda self: self.turn > 15,
        level=st.sampled_from((Protection.PROTECTED_REGISTRATION, Protection.SECRECY_MARKING)),
    )
    def protect(self, level: Protection) -> None:
        done, at_once = self.in_case(
            "anna", declare.SetProtection, lambda p: protection.set_level(p, level=level, reason="Skatteverket.")
        )
        if done and at_once:
            self.book.protection = level
            if level is Protection.PROTECTED_REGISTRATION:
                self.book.cleared.add((self.book.person, self.kept.people.municipality))
        self.look()

    @happens(when=lambda self: self.book.protection is not Protection.NONE and self.turn % 4 == 0)
    def unprotect(self) -> None:
        asked, at_once = self.in_case(
            "anna", declare.SetProtection, lambda p: protection.set_level(p, level=Protection.NONE, reason="Slut.")
        )
        assert not at_once
        self.look()
        case = self.kept.case
        lowered, _ = self.told.act(SYSTEM, declare_house.SetUp, lambda p: protection.lower_by_operator(p, case=case))
        assert lowered or not asked
        if lowered:
            self.book.protection = Protection.NONE
            self.book.cleared.clear()
        self.look()

    @happens(
        when=lambda self: self.book.protection is Protection.PROTECTED_REGISTRATION,
        party=st.sampled_from(("af", "fk", "municipality")),
        out=st.booleans(),
    )
    def admit(self, party: str, out: bool) -> None:
        known = self.parties[party]
        assert known is not None
        act = protection.shut_out if out else protection.admit
        if self.in_case("egon", declare.AdmitParty, lambda p: act(p, party=known))[0]:
            change = self.book.cleared.discard if out else self.book.cleared.add
            change((self.book.person, known))
        self.look()

    @happens(who=st.sampled_from(("bo", "berit")), inside=st.booleans())
    def change_units(self, who: str, inside: bool) -> None:
        account, unit = self.kept.officials[who], self.kept.unit if inside else None
        assert self.told.act(SYSTEM, declare_house.SetUp, lambda p: units.place(p, account=account, unit=unit))[0]
        self.book.unit_of.pop(account, None)
        if unit is not None:
            self.book.unit_of[account] = unit
        self.nothing_is_carried_over_the_border()
        self.look()

    @happens(closed=st.booleans())
    def border(self, closed: bool) -> None:
        act, unit = units.close if closed else units.open_up, self.kept.unit
        if self.told.act(SYSTEM, declare_house.SetUp, lambda p: act(p, unit=unit))[0]:
            change = self.book.closed.add if closed else self.book.closed.discard
            change(unit)
            if closed:
                self.nothing_is_carried_over_the_border()
        self.look()

    def nothing_is_carried_over_the_border(self) -> None:
        for n, one in enumerate(self.book.stands_in):
            away, instead = self.book.unit_of.get(one.absent), self.book.unit_of.get(one.substitute)
            if away in self.book.closed and instead != away and one.ended_at is None and one.until > self.told.now:
                self.book.stands_in[n] = replace(one, ended_at=self.told.now)

    @happens(step=st.sampled_from((timedelta(minutes=5), timedelta(hours=20), timedelta(days=9))))
    def time_passes(self, step: timedelta) -> None:
        self.told.now += step
        self.look()

    @happens(before=st.booleans())
    def something_ends_or_begins_by_itself(self, before: bool) -> None:
        """To the very moment, or to the last one before it."""
        ahead = sorted(moment for moment in self.book.moments() if moment > self.told.now + TICK)
        if ahead:
            self.told.now = ahead[0] - TICK if before else ahead[0]
        self.look()
