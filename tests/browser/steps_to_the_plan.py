"""Steps 1 to 5 of the whole way: from the referral to a plan that all have signed."""

from tests.browser.way import PAPER, Way, day

GOAL = "Jag vill baka bröd som folk köar till."
OWN_WORDS = "Jag vaknar tidigt och är bra med händerna."
BOS_WORDS = "Har gesällbrev som bagare. Fem år på samma bageri."


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
