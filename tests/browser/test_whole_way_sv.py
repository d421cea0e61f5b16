"""A new person, Maja Lind, goes through all eleven steps of domain.md §3, in Swedish, each at her own screen.

She has a phone. The coordinator (Anna), two officials (Bo with consent, Cia without) and a work place (Frida) sit at
theirs. Every page that any of them comes to is looked at (reader.py).
"""

from collections.abc import Callable

from tests.browser.conftest import Clock
from tests.browser.reader import Reader
from tests.browser.way import PAPER, Way, day, said
from tests.people import cast

GOAL = "Jag vill baka bröd som folk köar till."
OWN_WORDS = "Jag vaknar tidigt och är bra med händerna."
BOS_WORDS = "Har gesällbrev som bagare. Fem år på samma bageri."
DECISION = "Anmäla Maja till kursen i surdeg"


def test_all_eleven_steps(site: str, readers: Callable[..., Reader], clock: Clock) -> None:
    people = cast()
    seats = {name: readers(getattr(people, name)) for name in ("anna", "bo", "cia", "frida")}
    way = Way(people=people, make=readers, pass_days=clock.pass_days, **seats)
    referral_is_saved_half_done_and_taken_up_again(way)
    consent_on_paper_lets_the_team_read(way)
    intake_asks_for_more_and_accepts(way)
    the_first_talk_and_her_yes(way)
    she_consents_on_screen_and_others_come_in(way)
    mapping_begins_with_her_words(way)
    the_plan_is_written_together(way)
    the_plan_is_signed_by_all(way)
    a_meeting_is_called_and_answered(way)
    the_meeting_is_held_and_its_decision_becomes_a_commitment(way)
    measures_run_in_parallel(way)
    absence_reaches_the_contact_person_only(way)
    a_gap_in_her_livelihood_is_seen_ahead(way)
    the_contact_person_hands_over_warmly(way)
    the_case_is_closed_with_a_next_door(way)
    she_is_asked_how_it_went_and_taken_up_again(way)


def referral_is_saved_half_done_and_taken_up_again(way: Way) -> None:
    """Step 1: an official refers her, and does not get finished the first time."""
    bo = way.bo
    bo.open("my_referrals")
    bo.follow("Ny remiss")
    bo.press("Fortsätt till frågorna")
    bo.is_told("Personens namn")
    bo.fill({"Program": "Samverkan Nacka", "Personens namn": way.name, "Födelseår": "1979", "Kön": "Kvinna"})
    bo.press("Fortsätt till frågorna")
    case = way.find_case()
    bo.fill({"Varför nu?": "Sjukskriven i två år. Vill tillbaka, men orkar inte gå mellan oss alla."})
    bo.press("Spara och fortsätt senare")
    bo.sees(way.name, "Inte skickad än")
    for other in (way.anna, way.cia):
        other.open("referral", case=case, status=404)
    bo.open("my_referrals")
    bo.follow(way.name)
    bo.follow("Fortsätt skriva")
    bo.sees("Sjukskriven i två år.")
    bo.fill({"Vad har redan prövats?": "Arbetsprövning och rehab, vart för sig."})
    bo.press("Spara och gå vidare")
    bo.press("Skicka remissen")
    bo.is_told("Vad vill personen själv?")
    bo.open("write_referral", case=case)
    bo.fill({"Vad vill personen själv?": "Jag vill baka igen.", "Hur många handläggare träffar personen?": "7"})
    bo.fill({"Vilka parter är redan inblandade?": ["Försäkringskassan", "Region Stockholm"]})
    bo.press("Spara och gå vidare")
    bo.sees("Ser bara att någon väntar")


def consent_on_paper_lets_the_team_read(way: Way) -> None:
    """Step 2: what she has signed on paper, scanned. Without it the team sees only that one waits."""
    bo = way.bo
    bo.follow("Samtycken: se vad som gäller")
    bo.follow("Skriv in ett samtycke")
    bo.press("Spara")
    bo.sees("behöver ändras")
    bo.fill(
        {
            "De här parterna får prata med varandra": ["Arbetsförmedlingen", "Nacka kommun"],
            "Ja till att dela uppgifter om": ["Planering och kontakter", "Arbete och utbildning", "Försörjning"],
            "Nej till att dela uppgifter om": ["Beroende"],
            "Krävs det att deltagaren är med för att få någon ersättning?": "Nej",
            "Egna ord om vad det inte ska gälla": "Inte det jag har sagt om min mamma.",
            "Hur har deltagaren sagt det?": "På papper",
            "Det underskrivna pappret, inskannat": PAPER,
        }
    )
    bo.press("Spara")
    bo.sees("Nacka kommun får veta", "Arbetsförmedlingen får veta")
    bo.open("send_referral", case=way.case)
    bo.sees("Kan läsa")
    bo.press("Skicka remissen")
    bo.sees("Väntar på teamets svar")


def intake_asks_for_more_and_accepts(way: Way) -> None:
    """Step 3: the team asks, gets an answer, says yes, and names a contact person."""
    anna, bo = way.anna, way.bo
    anna.open("intake")
    anna.follow(way.name)
    anna.sees("Jag vill baka igen.")
    anna.follow("Be om mer")
    anna.press("Skicka frågan")
    anna.is_told("Vad behöver ni veta mer?")
    anna.fill({"Vad behöver ni veta mer?": "Vilka tider på dygnet fungerar för henne?"})
    anna.press("Skicka frågan")
    bo.open("my_referrals")
    bo.sees("Vilka tider på dygnet fungerar för henne?")
    bo.follow(way.name)
    bo.follow("Svara teamet")
    bo.fill({"Vad har redan prövats?": "Arbetsprövning och rehab, vart för sig. Förmiddagar fungerar bäst."})
    bo.press("Spara och gå vidare")
    bo.press("Skicka remissen")
    anna.open("decide_intake", case=way.case)
    anna.sees("Förmiddagar fungerar bäst.")
    anna.follow("Säg ja")
    anna.fill({"Kontaktperson": "Anna", "Är det ett villkor för en ersättning att personen är med?": "Nej"})
    anna.press("Spara teamets ja")
    bo.open("my_referrals")
    bo.sees("Teamet sa ja. Personen ska svara.")


def the_first_talk_and_her_yes(way: Way) -> None:
    """Step 3: first a talk, then she says yes herself, on her phone."""
    way.anna.open("offer", case=way.case)
    way.anna.fill({"Dag för första samtalet": day(), "Vad svarade personen?": "Vill tänka på saken"})
    way.anna.fill({"Är det ett villkor för en ersättning att personen är med?": "Nej"})
    way.anna.press("Spara")
    way.maja_gets_an_account()
    maja = way.maja
    maja.go("/")
    maja.sees("Samverkan Nacka har plats för dig.")
    maja.follow("Svara ja eller nej")
    maja.sees("Det är frivilligt.")
    maja.press("Skicka mitt svar")
    maja.is_told("Vill du vara med?")
    maja.fill({"Vill du vara med?": "Ja, jag vill vara med"})
    maja.press("Skicka mitt svar")
    way.bo.open("referral", case=way.case)
    way.bo.sees("Personen sa ja")


def she_consents_on_screen_and_others_come_in(way: Way) -> None:
    """Step 2: who is in the case sees no more than what she has said yes to; whoever is not sees nothing."""
    maja, anna, cia = way.maja, way.anna, way.cia
    cia.open("case", case=way.case, status=404)
    maja.open("consents", case=way.case)
    maja.sees("Arbetsförmedlingen får veta")
    maja.follow("Säg ja eller nej")
    maja.fill(
        {
            "De här parterna får prata med varandra": ["Arbetsförmedlingen", "Nacka kommun"],
            "Ja till att dela uppgifter om": ["Social situation", "Hälsa", "Boende"],
            "Måste du vara med för att få någon ersättning?": "Nej",
        }
    )
    maja.press("Spara")
    maja.sees("från mig")
    for who in ("Cia", "Frida"):
        anna.open("people_in_case", case=way.case)
        anna.fill({"Vem": who})
        anna.press("Ta in i ärendet")
        anna.sees(who)
    cia.open("consents", case=way.case)
    cia.sees("Det finns inget samtycke som gäller din part.")
    cia.sees_not("Nacka kommun får veta")


def mapping_begins_with_her_words(way: Way) -> None:
    """Step 4: her own words first, on her phone; then what a party sees, signed."""
    maja, bo, cia = way.maja, way.bo, way.cia
    maja.open("my_plan")
    maja.follow("Min situation, med mina ord")
    maja.open("mapping_write", case=way.case, area="strengths")
    maja.press("Spara")
    maja.is_told("Med dina ord")
    maja.fill({"Med dina ord": OWN_WORDS})
    maja.press("Spara")
    maja.sees(OWN_WORDS)
    bo.open("mapping", case=way.case)
    bo.sees(OWN_WORDS)
    bo.open("mapping_write", case=way.case, area="work")
    bo.fill({"Vad din part ser": BOS_WORDS, "Bygger på en tidigare utredning": "Arbetsprövning i våras"})
    bo.fill({"Vem gjorde utredningen?": "AMI i Nacka", "När gjordes den?": day(-90)})
    bo.press("Spara")
    bo.sees(BOS_WORDS)
    maja.open("mapping", case=way.case)
    maja.sees(BOS_WORDS)
    maja.follow("Markera vad du behöver")
    maja.fill({"Behov": ["Arbete", "Fysiska"]})
    maja.press("Spara")
    cia.open("mapping", case=way.case)
    cia.sees("En del visas inte för dig.")
    cia.sees_not(OWN_WORDS, BOS_WORDS)


def the_plan_is_written_together(way: Way) -> None:
    """Step 5: her goal, steps for her and two parties, rights and duties, money, and what she would lose."""
    maja, anna = way.maja, way.anna
    maja.open("goal", case=way.case)
    maja.fill({"Mitt mål, med mina ord": GOAL})
    maja.press("Spara målet")
    anna.open("plan", case=way.case)
    anna.sees(GOAL)
    anna.press("Börja på planen")
    steps = (
        ("Anna", "Ordna en plats att arbetsträna på", "Nacka kommun"),
        ("Bo", "Boka en kurs i surdeg", "Arbetsförmedlingen"),
    )
    for who, what, party in steps:
        anna.follow("Lägg till: Steg för andra")
        anna.fill({"Vad?": what, "Vem?": who, "Klart senast": day(30)})
        anna.fill({"Vem bestämmer om det?": party, "Vem betalar?": party, "Vad handlar det om?": "Arbete"})
        anna.press("Spara")
    anna.follow("Lägg till: Steg för Maja")
    anna.press("Spara")
    anna.is_told("Vad?")
    anna.fill({"Vad?": "Baka hemma tre dagar i veckan", "Vem?": way.name, "Klart senast": day(14)})
    anna.fill({"Vem bestämmer om det?": way.name, "Vad handlar det om?": "Planering"})
    anna.press("Spara")
    anna.follow("Lägg till: Rättigheter")
    anna.fill({"Vad?": "Byta kontaktperson", "Vem?": way.name})
    anna.press("Spara")
    anna.follow("Lägg till: Skyldigheter")
    anna.fill({"Vad?": "Ringa samma dag om något ändras", "Vem?": "Nacka kommun"})
    anna.press("Spara")
    anna.follow("Ändra dagarna")
    anna.fill({"Vi ser över planen": day(60), "Planen gäller till och med": day(180)})
    anna.press("Spara")
    maja.open("livelihood_estimate", case=way.case)
    maja.fill({"Pengar per månad i dag": "11000", "Pengar per månad under insatsen": "10800"})
    maja.fill({"Resor som tillkommer, kronor per månad": "300"})
    maja.press("Spara beräkningen")
    maja.open("plan", case=way.case)
    maja.sees("Baka hemma tre dagar i veckan")
    anna.open("plan_draft", case=way.case)
    anna.press("Lägg fram förslaget")


def the_plan_is_signed_by_all(way: Way) -> None:
    """Step 5: a loss is flagged before she signs; it holds when she and both parties have said yes."""
    maja, anna, bo, cia = way.maja, way.anna, way.bo, way.cia
    maja.go("/")
    maja.open("plan", case=way.case)
    maja.sees("Du ser ut att förlora")
    maja.open("livelihood_estimate", case=way.case)
    maja.fill({"Pengar per månad under insatsen": "11500"})
    maja.press("Spara beräkningen")
    maja.open("plan", case=way.case)
    maja.sees_not("Du ser ut att förlora")
    maja.press("Ja, det här är min plan")
    for reader in (anna, bo):
        reader.open("plan", case=way.case)
        reader.press("Skriv under")
    anna.open("plan", case=way.case)
    anna.sees("Alla hade sagt ja")
    cia.open("plan", case=way.case)
    cia.sees("Det finns en plan, men samtycket låter inte din part läsa den.")
    cia.sees_not(GOAL, "Baka hemma")
    maja.open("plan_print", case=way.case)
    maja.open("commitments", case=way.case)
    maja.sees("Boka en kurs i surdeg")


def a_meeting_is_called_and_answered(way: Way) -> None:
    """Step 6: called with its questions, answered by each, prepared with her."""
    maja, anna, bo = way.maja, way.anna, way.bo
    anna.open("case", case=way.case)
    anna.follow("Nytt möte")
    anna.press("Skicka kallelsen")
    anna.is_told("Vad ska mötet leda till?")
    anna.fill(
        {
            "Vad ska mötet leda till?": "Att Maja har en plats från nästa månad.",
            "När?": f"{day(1)}T09:00",
            "Plats, telefonnummer eller länk": "Biblioteket i Sickla",
            "Vilka ska vara med?": ["Bo"],
            "Fråga 1": "Vilken kurs?",
        }
    )
    anna.page.get_by_label("Kräver beslut om").first.select_option(label="Kurs- eller utbildningsplats")
    anna.press("Skicka kallelsen")
    anna.sees("Ingen som kommer kan besluta om det här")
    maja.go("/")
    maja.follow("Svara på kallelsen")
    maja.press("Jag kommer")
    maja.sees("Du har svarat att du kommer.")
    maja.follow("Skriv vad du vill ta upp")
    maja.fill({"Med egna ord": "Jag vill börja klockan sju."})
    maja.press("Spara")
    maja.follow("Jag vill ta med någon")
    maja.fill({"Eller någon annan: vad heter personen?": "Min syster Siv"})
    maja.press(BRING)
    bo.open("meetings", case=way.case)
    bo.follow("Att Maja har en plats")
    bo.sees("Jag vill börja klockan sju.", "Min syster Siv")
    bo.follow("Svara på kallelsen")
    bo.press("Jag kommer")
    anna.open("meetings", case=way.case)
    anna.follow("Att Maja har en plats")
    anna.sees_not("Ingen som kommer kan besluta om det här")


BRING = "Bjud in"


def the_meeting_is_held_and_its_decision_becomes_a_commitment(way: Way) -> None:
    """Step 6: minutes in plain words; the decision has an owner and a day; at home it is decided formally."""
    way.new_day(2)
    maja, anna, bo = way.maja, way.anna, way.bo
    anna.open("meetings", case=way.case)
    anna.follow("Att Maja har en plats")
    anna.follow("Mötet har varit")
    anna.press("Spara")
    anna.follow("Skriv text")
    anna.fill({"Var i anteckningen?": "Vad vi kom fram till", "Text": "Maja börjar på kursen och arbetstränar."})
    anna.press("Spara texten")
    anna.follow("Skriv in beslut")
    anna.fill({"Vad ska göras?": DECISION, "Vem lovar?": "Bo", "Klart senast": day(7)})
    anna.fill({"Vad handlar det om?": "Arbete", "Kräver beslut hemma": "Kurs- eller utbildningsplats"})
    anna.press("Spara beslutet")
    maja.open("meetings", case=way.case)
    maja.follow("Att Maja har en plats")
    maja.sees(DECISION)
    maja.follow("Läs minnesanteckningen")
    maja.sees("Texten skrivs just nu.")
    anna.follow("Anteckningen är klar")
    anna.press("Ja, den är klar")
    maja.page.reload()
    maja.sees("Maja börjar på kursen och arbetstränar.")
    maja.follow("← Att Maja")
    maja.follow("Skriv hur det blev")
    maja.fill({"Med egna ord": "Alla lyssnade på mig."})
    maja.press("Spara")
    bo.open("decisions", case=way.case)
    bo.sees("inget beslut än")
    bo.follow("Skriv in beslutet")
    bo.press("Spara beslutet")
    bo.sees("behöver ändras")
    bo.fill(
        {
            "Hur gick det?": "Ja",
            "Vad är beslutat?": "Maja får en plats på kursen.",
            "Varför?": "Den leder till arbete.",
            "Lag och paragraf": "Förordningen om arbetsmarknadspolitiska program, 5 §",
            "Vem har beslutat?": "Bo",
            "Beslutsfattarens titel": "arbetsförmedlare",
            "Vilken dag?": day(),
        }
    )
    bo.press("Spara beslutet")
    bo.sees("i tid")
    maja.open("decisions", case=way.case)
    maja.sees("Maja får en plats på kursen.")


def measures_run_in_parallel(way: Way) -> None:
    """Step 7: work training with an insurance, and a course at the same time."""
    anna, bo, maja = way.anna, way.bo, way.maja
    anna.open("measures", case=way.case)
    anna.follow("Ny insats")
    anna.fill({"Vilken insats?": "Arbetsträning", "Arbetsplats": "Metallåtervinningen", "Vem ger insatsen?": "Metall"})
    anna.fill({"Planerad start": day(), "Planerat slut, till och med": day(120), "Omfattning i procent": "50"})
    anna.press("Spara som förslag")
    anna.sees("Ingen har sagt vem som försäkrar deltagaren")
    anna.follow("Ändra insatsen")
    anna.fill({"Vem försäkrar deltagaren på platsen?": "Arbetsgivarens försäkring"})
    anna.press("Spara ändringen")
    anna.sees_not("Ingen har sagt vem som försäkrar deltagaren")
    begin(anna)
    bo.open("measure_new", case=way.case)
    bo.fill({"Vilken insats?": "Kurs", "Vem ger insatsen?": "Arbetsförmedlingen", "Omfattning i procent": "25"})
    bo.press("Spara som förslag")
    begin(bo)
    maja.open("measures", case=way.case)
    maja.sees("Arbetsträning", "Kurs", "Metallåtervinningen")
    way.cia.open("measures", case=way.case)
    way.cia.sees_not("Arbetsträning · ", "Metallåtervinningen")


def begin(reader: Reader) -> None:
    """It is planned, and begins today."""
    reader.follow("Planera insatsen")
    reader.fill({"Planerad start": day()})
    reader.press("Spara som planerad")
    reader.follow("Insatsen har börjat")
    reader.fill({"Första dagen": day()})
    reader.press("Spara starten")
    reader.sees("Insatsen pågår.")


def absence_reaches_the_contact_person_only(way: Way) -> None:
    """Step 7: the work place reports it in one step, and somebody reaches out."""
    frida, anna = way.frida, way.anna
    frida.open("case", case=way.case)
    frida.sees_not(GOAL, OWN_WORDS)
    frida.follow("Anmäl frånvaro")
    frida.fill({"Vilken dag?": day(), "Vill du säga något mer?": "Hon brukar ringa."})
    frida.press("Skicka")
    frida.sees("Tack")
    way.bo.open("absences", case=way.case)
    way.bo.sees_not("Hon brukar ringa.")
    anna.go("/")
    anna.open("absences", case=way.case)
    anna.sees("Hon brukar ringa.")
    anna.follow("Jag har hört av mig")
    anna.fill({"Vem hörde av sig?": "Anna", "Vilken dag?": day(), "Vad kom ni fram till?": "Bussen gick inte."})
    anna.press("Spara")
    anna.sees("någon har hört av sig")


def a_gap_in_her_livelihood_is_seen_ahead(way: Way) -> None:
    """Step 8: what ends without a successor is an alarm weeks ahead, for her too."""
    anna, maja = way.anna, way.maja
    for kind, first, last in (("Försörjningsstöd", -200, 20), ("Lön med lönebidrag", 40, None)):
        anna.open("livelihood_new", case=way.case)
        anna.fill({"Vilken försörjning?": kind, "Från och med": day(first)})
        if last is not None:
            anna.fill({"Till och med": day(last)})
        anna.press("Spara")
    anna.sees(f"Ingen försörjning från {said(21)}")
    anna.open("case", case=way.case)
    anna.sees(f"Ingen försörjning från {said(21)}")
    maja.open("livelihood", case=way.case)
    maja.sees(f"Ingen försörjning från {said(21)}")


def the_contact_person_hands_over_warmly(way: Way) -> None:
    """Step 9: named, accepted, met, and only then released."""
    anna, bo, maja = way.anna, way.bo, way.maja
    anna.open("hand_overs", case=way.case)
    anna.follow("Lämna över ett uppdrag")
    anna.fill({"Vilket uppdrag lämnas över?": "Kontaktperson", "Vem tar över?": "Bo", "Klart senast": day(10)})
    anna.fill({"Vad behöver den som tar över veta?": "Maja vill att man ringer före nio."})
    anna.press("Be hen ta över")
    maja.go("/")
    maja.sees("Bo ska ta över efter Anna.")
    bo.go("/")
    bo.open("hand_overs", case=way.case)
    bo.follow("Från Anna till Bo")
    bo.press("Ja, jag tar över")
    bo.follow("Från Anna till Bo")
    bo.follow("Vi har träffats")
    bo.fill({"Vilken dag träffades ni?": day(), "Var?": "På bageriet", "Den som lämnar över var med": True})
    bo.press("Spara")
    anna.open("hand_overs", case=way.case)
    anna.follow("Från Anna till Bo")
    anna.press("Lämna över till Bo nu")
    anna.follow("Från Anna till Bo")
    anna.sees("Bo tog över")
    maja.open("people_in_case", case=way.case)
    maja.sees("kontaktperson")


def the_case_is_closed_with_a_next_door(way: Way) -> None:
    """Step 11: reason, destination, next door; what is left open is said, and follow-ups are planned."""
    anna, maja = way.anna, way.maja
    anna.open("close_case", case=way.case)
    anna.sees("Det här är inte klart")
    anna.press("Avsluta ärendet")
    anna.is_told("Vem kan personen vända sig till nu?")
    anna.fill({"Varför avslutas ärendet?": "Målet är nått", "Vart går personen vidare?": "Arbete"})
    anna.fill({"Hur gick det?": "Maja bakar på Sickla bageri.", "Vem kan personen vända sig till nu?": "Ring Bo."})
    anna.fill({"Vilken dag?": day(), "Avsluta ändå. Det som inte är klart får stå kvar.": True})
    anna.press("Avsluta ärendet")
    maja.go("/")
    maja.sees("Maja bakar på Sickla bageri.", "Ring Bo.")
    anna.open("follow_ups", case=way.case)
    anna.sees("Uppföljning")
    assert anna.page.locator("section.card h2").count() == 4


def she_is_asked_how_it_went_and_taken_up_again(way: Way) -> None:
    """Step 10: after half a year she answers on her phone; it did not last, and the case goes on from where it was."""
    way.new_day(180)
    maja, anna = way.maja, way.anna
    maja.go("/")
    maja.sees("Det är dags att berätta hur du har det.")
    maja.follow("Svara på frågorna")
    maja.press("Spara svaren")
    maja.sees("Svara på minst en fråga innan du sparar.")
    maja.fill({"Hur har du det nu?": "Bageriet lade ner.", "Vad lever du på nu?": ["A-kassa"]})
    maja.fill({"Hur är din hälsa i dag?": "70", "Jag var med och bestämde.": "5"})
    maja.press("Spara svaren")
    maja.sees("Bageriet lade ner.")
    anna.open("take_up_again", case=way.case)
    anna.fill({"Varför tas ärendet upp igen?": "Bageriet lade ner, och Maja vill ha stöd igen."})
    anna.press("Ta upp ärendet igen")
    anna.open("case", case=way.case)
    anna.sees(way.name)
    maja.go("/")
    maja.open("plan", case=way.case)
    maja.sees(GOAL)
    maja.open("timeline", case=way.case)
    way.cia.open("timeline", case=way.case)
    way.cia.sees_not(GOAL, DECISION, "Bageriet lade ner.")
