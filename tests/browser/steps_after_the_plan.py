"""Steps 6 to 11 of the whole way: from the first meeting to the follow-up."""

from tests.browser.reader import Reader
from tests.browser.way import Way, day, said

GOAL = "Jag vill baka bröd som folk köar till."
OWN_WORDS = "Jag vaknar tidigt och är bra med händerna."
DECISION = "Anmäla Maja till kursen i surdeg"


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
    maja.fill({"Hur har du det nu?": "Bageriet lade ner."})
    maja.press("Spara och fortsätt en annan gång")
    maja.sees("Det som är svarat är sparat.")
    maja.follow("Fortsätt svara")
    maja.press("Spara och gå vidare")
    maja.fill({"Hur är din tilltro till dig själv?": "Vill inte svara"})
    maja.press("Spara och gå vidare")
    maja.fill({"Vad lever du på nu?": ["A-kassa"]})
    maja.press("Spara och gå vidare")
    maja.fill({"Hur är din hälsa i dag?": "70"})
    maja.press("Spara och gå vidare")
    maja.fill({"Jag var med och bestämde.": "Stämmer helt"})
    maja.press("Spara och gå vidare")
    maja.press("Spara och gå vidare")
    maja.press("Spara, jag är klar")
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
