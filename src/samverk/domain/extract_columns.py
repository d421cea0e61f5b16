"""What an extract for evaluation holds: its tables, and each column with its unit and meaning in two languages."""

from dataclasses import dataclass

DAY = "day"
"""Days from her own start: the day she said yes to the programme is 0, the day before it is -1."""
STOP = "day, does not count"
CODE = "code"
BAND = "years, as 40-44"
QUARTER = "year and quarter, as 2026-Q1"
SEVERAL = "codes with + between"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its unit, and what it means."""

    name: str
    unit: str
    sv: str
    en: str

    @property
    def is_number(self) -> bool:
        """Whether its cells are whole numbers; texts otherwise."""
        return self.unit not in _TEXTS


_TEXTS = (CODE, BAND, QUARTER, SEVERAL)
_PERSON = Column("person", "number", "Löpnummer, lottat för varje uttag", "Running number, drawn anew for each extract")

PEOPLE = (
    _PERSON,
    Column("start_quarter", QUARTER, "Kvartalet då hon började", "The quarter in which she started"),
    Column("age_band", BAND, "Ålder när hon började, i femårsklasser", "Age at the start, in bands of five years"),
    Column("sex", CODE, "Kön enligt personnumret; tomt: inte känt", "Sex by the personal number; empty: not known"),
    Column("observed_from", DAY, "Första dagen som något är känt om", "The first day about which anything is known"),
    Column("observed_until", STOP, "Första dagen som inget är känt om", "The first day about which nothing is known"),
    Column(
        "support_months_before",
        "months",
        "Månader med offentlig försörjning före remissen; tomt: inget är känt om tiden före",
        "Months on public support before the referral; empty: nothing is known of the time before",
    ),
    Column("referred_day", DAY, "Dagen då väntan började", "The day on which waiting began"),
    Column(
        "contact_days", "days", "Dagar med en kontaktperson, från start", "Days with a contact person, from the start"
    ),
    Column("meetings", "count", "Hållna flerpartssamtal", "Multi-party meetings held"),
    Column("parties_present", "count", "Olika parter som har varit med på dem", "Different parties present at them"),
    Column("plan_agreed_day", DAY, "Dagen då planen först var överens", "The day on which a plan was first agreed"),
    Column("measures", "count", "Insatser som har börjat", "Measures that have begun"),
    Column(
        "measures_in_parallel",
        "count",
        "Flest insatser på samma dag",
        "The most measures under way on one and the same day",
    ),
    Column("hand_overs", "count", "Överlämningar som någon har bett om", "Hand-overs that somebody asked for"),
    Column(
        "hand_overs_warm",
        "count",
        "Varav varma: den nya sa ja och träffade henne innan den förra släppte",
        "Of these warm: the next one said yes and met her before the former one let go",
    ),
    Column("ended_day", DAY, "Dagen för avslutet; tomt: pågår", "The day of the closing; empty: under way"),
    Column("closing_reason", CODE, "Varför ärendet avslutades", "Why the case was closed"),
    Column("destination", CODE, "Vart hon gick", "Where she went"),
)
LIVELIHOOD = (
    _PERSON,
    Column("kind", CODE, "Slag av försörjning", "Kind of livelihood"),
    Column("share", "per cent", "Andel av hel försörjning", "Share of a whole livelihood"),
    Column("from_day", DAY, "Första dagen", "The first day"),
    Column("to_day", STOP, "Dagen efter den sista", "The day after the last"),
    Column("goes_on", "0 or 1", "1: pågick när tiden för uttaget var slut", "1: went on when the observation ended"),
    Column("payer", CODE, "Slag av part som betalar", "Kind of party that pays"),
    Column("decided", "0 or 1", "1: beslutad, 0: bara väntad", "1: decided, 0: only expected"),
)
MEASURES = (
    _PERSON,
    Column("kind", CODE, "Slag av insats", "Kind of measure"),
    Column("status", CODE, "ongoing, completed eller broken_off", "ongoing, completed or broken_off"),
    Column("extent", "per cent", "Omfattning; tomt: inte angiven", "Extent; empty: not told"),
    Column("proposed_day", DAY, "Dagen då den föreslogs", "The day on which it was proposed"),
    Column("from_day", DAY, "Första dagen", "The first day"),
    Column("to_day", STOP, "Dagen efter den sista; tomt: pågår", "The day after the last; empty: under way"),
    Column("provider", CODE, "Slag av part som ger den", "Kind of party that gives it"),
    Column("payer", CODE, "Slag av part som betalar", "Kind of party that pays"),
    Column("outcome", CODE, "Hur det gick", "How it went"),
)
MEETINGS = (
    _PERSON,
    Column("day", DAY, "Dagen för mötet", "The day of the meeting"),
    Column(
        "officials",
        "count",
        "Tjänstemän som var med. Mötets längd sparas inte: timmarna är ett antagande i beräkningen",
        "Officials present. The length is not recorded: hours are an assumption of the calculation",
    ),
    Column("parties", "count", "Parter som var med", "Parties present"),
    Column("participant", "0 or 1", "1: deltagaren var med", "1: the participant was present"),
)
_RATING = "1 to 5"
_LEVEL = "level, 1 the best (see instrument)"
FOLLOW_UPS = (
    _PERSON,
    Column("point", CODE, "start, end eller after", "start, end or after"),
    Column("months", "months", "Månader efter avslutet", "Months after the closing"),
    Column("day", DAY, "Dagen för svaret, eller då det skulle ha kommit", "The day of the answer, or when it was due"),
    Column("status", CODE, "done eller missed", "done or missed"),
    Column("missed", CODE, "Varför svaret uteblev", "Why there was no answer"),
    Column("livelihoods", SEVERAL, "Försörjning, med egna svar", "Livelihood, by her own answer"),
    Column("occupation", CODE, "Sysselsättning", "Occupation"),
    Column("health", "0 to 100", "Egen skattning av hälsan", "Her own rating of her health"),
    Column("situation", _RATING, "Sin situation", "Her situation"),
    Column("confidence", _RATING, "Tilltro till sig själv", "Confidence in herself"),
    Column("direction", _RATING, "Att vara på väg åt rätt håll", "Being on the way in the right direction"),
    Column("whole_view", _RATING, "Att parterna såg helheten", "That the parties saw the whole"),
    Column("taking_part", _RATING, "Att få vara med och bestämma", "Taking part in the decisions"),
    Column("engagement", _RATING, "Att bli mött med engagemang", "Being met with engagement"),
    Column("enough_time", _RATING, "Att få tillräckligt med tid", "Enough time"),
    Column("continuity", _RATING, "Att få ha kvar samma kontakter", "Continuity"),
    Column("mobility", _LEVEL, "Rörlighet", "Mobility"),
    Column("self_care", _LEVEL, "Hygien", "Self-care"),
    Column("usual_activities", _LEVEL, "Vanliga aktiviteter", "Usual activities"),
    Column("pain", _LEVEL, "Smärtor och besvär", "Pain and discomfort"),
    Column("anxiety", _LEVEL, "Oro och nedstämdhet", "Anxiety and depression"),
    Column("instrument", CODE, "Formuläret som nivåerna hör till: 3L eller 5L", "The form of the levels: 3L or 5L"),
    Column("declined", SEVERAL, "Frågor hon inte ville svara på", "Questions she did not want to answer"),
)
ANSWERED = tuple(column.name for column in FOLLOW_UPS[6:])
"""What is answered in a follow-up, by the names that the answers have."""
TABLES: dict[str, tuple[Column, ...]] = {
    "people": PEOPLE,
    "livelihood": LIVELIHOOD,
    "measures": MEASURES,
    "meetings": MEETINGS,
    "follow_ups": FOLLOW_UPS,
}
