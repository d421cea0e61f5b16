"""Each act on a case in plain words, as the participant reads it in the log of who has looked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# To open, and to write: the log tells which it was.
ACTS: dict[str, tuple[Promise, Promise]] = {
    "LogIn": (_("Loggade in"), _("Loggade in")),
    "SeeMyDay": (_("Såg ditt namn i en lista över sina ärenden"), _("Ändrade något som rör dig")),
    "SeeIntake": (_("Såg ditt namn i slussens kö"), _("Skrev i slussens kö")),
    "SetUp": (_("Öppnade inställningarna"), _("Ändrade i registret över personer")),
    "KeepLog": (_("Öppnade loggen"), _("Tog ut loggen om dig för kontroll")),
    "EraseLogPayload": (_("Öppnade loggen"), _("Raderade en uppgift ur loggen, som en lag kräver")),
    "ReadCase": (_("Läste ditt ärende"), _("Läste ditt ärende")),
    "ReadForControl": (
        _("Läste ditt ärende för kontroll eller beslut om ersättning"),
        _("Öppnade underlag för kontroll eller beslut om ersättning"),
    ),
    "StartReferral": (_("Började på en remiss om dig"), _("Började på en remiss om dig")),
    "WriteReferral": (_("Öppnade remissen om dig"), _("Skrev i remissen om dig")),
    "DecideIntake": (_("Öppnade remissen i slussen"), _("Lämnade besked om remissen")),
    "AnswerOffer": (_("Öppnade erbjudandet om plats"), _("Svarade på erbjudandet om plats")),
    "RecordConsent": (_("Öppnade formuläret för samtycke"), _("Skrev in ett samtycke")),
    "WithdrawConsent": (_("Öppnade sidan för att ta tillbaka samtycke"), _("Tog tillbaka ett samtycke")),
    "OpenScan": (_("Öppnade det inskannade samtycket"), _("Öppnade det inskannade samtycket")),
    "RecordGround": (
        _("Öppnade formuläret för att lämna ut en uppgift utan samtycke"),
        _("Skrev in eller avslutade en laglig grund för att lämna ut en uppgift"),
    ),
    "ChooseEvaluation": (
        _("Öppnade frågan om utvärdering"),
        _("Skrev in ditt svar om utvärdering"),
    ),
    "TakeExtract": (
        _("Tog ut uppgifter utan namn, för utvärdering. Dina var med"),
        _("Tog ut uppgifter utan namn, för utvärdering"),
    ),
    "SeeWhoLooked": (_("Såg efter vem som har tittat"), _("Såg efter vem som har tittat")),
    "SeeCalendar": (_("Hämtade tider för möten till sin kalender"), _("Hämtade tider för möten till sin kalender")),
    "TakeOut": (_("Hämtade allt om dig"), _("Hämtade allt om dig")),
    "AnswerEmergency": (
        _("Läste en fråga om att öppna ditt ärende i en nödsituation"),
        _("Sa ja till att öppna ditt ärende i en nödsituation"),
    ),
    "EndEmergency": (
        _("Avslutade att ditt ärende var öppnat i en nödsituation"),
        _("Avslutade att ditt ärende var öppnat i en nödsituation"),
    ),
    "ReadEmergencyNotice": (
        _("Läste att ditt ärende har öppnats i en nödsituation"),
        _("Läste att ditt ärende har öppnats i en nödsituation"),
    ),
    "AssignOfficial": (_("Öppnade sidan för att ta in någon i ärendet"), _("Ändrade vilka som är med i ärendet")),
    "AdmitParty": (_("Såg vilka parter som får möta dig"), _("Ändrade vilka parter som får möta dig")),
    "SetProtection": (_("Öppnade sidan om skydd av dina uppgifter"), _("Ändrade skyddet av dina uppgifter")),
    "AnswerProtection": (_("Öppnade sidan om skydd av dina uppgifter"), _("Svarade om skyddet av dina uppgifter")),
    "WriteNote": (_("Öppnade formuläret för anteckning"), _("Skrev en anteckning")),
    "WriteMapping": (_("Öppnade kartläggningen för att skriva"), _("Skrev i kartläggningen")),
    "SetGoal": (_("Öppnade målet för att skriva"), _("Skrev målet")),
    "WritePlan": (_("Öppnade planen för att skriva"), _("Skrev i planen")),
    "SignPlan": (_("Öppnade planen för att skriva under"), _("Skrev under planen")),
    "CallMeeting": (_("Öppnade kallelsen till ett möte"), _("Kallade till, flyttade eller ställde in ett möte")),
    "AnswerCall": (_("Öppnade en kallelse"), _("Svarade på en kallelse")),
    "PrepareMeeting": (_("Öppnade förberedelsen av ett möte"), _("Förberedde ett möte")),
    "WriteMinutes": (_("Öppnade minnesanteckningen för att skriva"), _("Skrev i minnesanteckningen")),
    "Promise": (_("Öppnade ett åtagande"), _("Skrev eller ändrade ett åtagande")),
    "RecordDecision": (_("Öppnade formuläret för beslut"), _("Skrev in ett beslut")),
    "WriteMeasure": (_("Öppnade en insats för att skriva"), _("Skrev om en insats")),
    "ReportAbsence": (_("Öppnade formuläret för frånvaro"), _("Anmälde frånvaro")),
    "AnswerAbsence": (_("Öppnade en frånvaro"), _("Svarade på en frånvaro")),
    "WriteLivelihood": (_("Öppnade försörjningen för att skriva"), _("Skrev om din försörjning")),
    "NameNext": (_("Öppnade en överlämning"), _("Förberedde eller avslutade en överlämning")),
    "TakeOver": (_("Öppnade en överlämning"), _("Svarade på en överlämning")),
    "CloseCase": (_("Öppnade formuläret för avslut"), _("Avslutade eller tog upp ditt ärende")),
    "WriteFollowUp": (_("Öppnade en uppföljning"), _("Skrev en uppföljning")),
    "ReportObstacle": (_("Öppnade formuläret för hinder"), _("Skrev om ett hinder")),
}

ELSE = (_("Öppnade något i ditt ärende"), _("Skrev något i ditt ärende"))

WHY: dict[str, Promise] = {
    "participant": _("det är ditt eget ärende"),
    "coordinator": _("håller ihop ditt ärende"),
    "official": _("är med i ditt ärende"),
    "referrer": _("har skickat remissen om dig"),
    "workplace": _("finns på din arbetsplats"),
    "team": _("sitter i teamet som läser remisser"),
    "emergency": _("öppnade ditt ärende i en nödsituation, med ett ja från en kollega"),
    "steering": _("sitter i programmets styrgrupp"),
    "evaluator": _("utvärderar programmet"),
    "employed": _("arbetar hos en av parterna"),
    "self": _("det är ditt eget ärende"),
    "operator": _("sköter systemet"),
    "system": _("sker av sig självt"),
}


def said(act: str, what: str) -> Promise:
    """What was done, in words: a write where `what` tells of one, otherwise a look."""
    look, write = ACTS.get(act, ELSE)
    return write if what else look


def reasons(capacities: tuple[str, ...]) -> list[Promise]:
    """Why it was allowed, in words."""
    return [WHY[capacity] for capacity in capacities if capacity in WHY]
