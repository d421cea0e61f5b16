"""What the engine says of a register's file or mapping, in plain Swedish for whoever sent it: what is wrong, what to do."""

import re

from samverk.domain.words import Problem, gettext_noop
from samverk.evaluation.problems import Problem as EngineProblem

_X, _NAMES = r"“(?P<value>.*)”", r"(?P<names>.+)"
_SAID: tuple[tuple[str, str], ...] = (
    (rf"{_X} is not in \[(?P<table>\w+)\]",
     gettext_noop("”%(value)s” står inte i [%(table)s]. Lägg till värdet där, eller rätta raden.")),
    (r"1 took part, 0 is to be compared with",
     gettext_noop("Skriv 1 för den som deltog och 0 för den som jämförs. Eller översätt värdet i [groups].")),
    (r"(a day is written|write a day) as .*", gettext_noop("Skriv dagen så här: 2026-11-22.")),
    (r"a number, as 0\.5|write a number", gettext_noop("Skriv ett tal, till exempel 0,5.")),
    (r"what is told of the person differs between rows",
     gettext_noop("Grupp, startdag, ålder, kön och tid ska vara lika på alla rader för samma person.")),
    (r"her rows do not agree on when she was observed",
     gettext_noop("Den första och sista dagen ska vara lika på alla rader för samma person.")),
    (r"say whose spell it is", gettext_noop("Skriv personens löpnummer.")),
    (r"say which", gettext_noop("Cellen är tom. Skriv vad det gäller.")),
    (r"the stop day comes after the start day.*",
     gettext_noop("Stoppdagen ska komma efter startdagen. Räknas den sista dagen med, skriv last_day_counts = true.")),
    (r"a spell cannot go on after the last day observed",
     gettext_noop("Perioden slutar efter observed_until. Korta perioden, eller flytta den dagen.")),
    (r"a spell cannot start before the first day observed",
     gettext_noop("Perioden börjar före observed_from. Korta perioden, eller flytta den dagen.")),
    (r"the extent is above 0", gettext_noop("Omfattningen ska vara större än 0. Ta annars bort raden.")),
    (r"the extent is a share of full time.*",
     gettext_noop("Omfattningen är högst 1. Är den i procent, skriv extent_unit = \"percent\".")),
    (r"with her other spells of this kind.*",
     gettext_noop("Med personens andra rader av samma slag blir det mer än heltid. Rätta raderna.")),
    (r"(?P<n>\d+) different values.*", gettext_noop("Kolumnen har %(n)s olika värden. Är det rätt kolumn?")),
    (rf"{_X} is no setting", gettext_noop("”%(value)s” är ingen inställning. Ta bort raden, eller rätta stavningen.")),
    (r"\[(?P<table>\w+)\] is to be a table of texts",
     gettext_noop("Under [%(table)s] ska varje rad ha ett namn, ett likhetstecken och en text.")),
    (r"\[(?P<table>\w+)\] is for stream = .*|stream is to be .*",
     gettext_noop("Skriv stream = \"study\": filen ska bli en studies.")),
    (rf"{_X} in \[columns\] or \[always\] is none of {_NAMES}",
     gettext_noop("”%(value)s” är ingen kolumn hos oss. Välj bland: %(names)s.")),
    (r"(?P<name>\w+) stands both in .*",
     gettext_noop("%(name)s står både i [columns] och i [always]. Ta bort den ena.")),
    (r"(?P<name>\w+) is missing: .*",
     gettext_noop("%(name)s saknas. Skriv i [columns] vad den heter i filen, eller i [always] vad som gäller alla rader.")),
    (rf"(?P<name>\w+) is to be {_NAMES}", gettext_noop("%(name)s ska vara: %(names)s.")),
    (rf"the file has no column {_NAMES}\. It has (?P<has>.*)\. Mend \[columns\]",
     gettext_noop("Filen saknar kolumnen %(names)s. Den har: %(has)s. Rätta i [columns].")),
    (r"it is larger than .*|a mapping has names and values",
     gettext_noop("Det här är ingen översättning. Skriv den som i exemplet.")),
    (r"not readable as TOML.* \((?P<reason>.*)\)",
     gettext_noop("Översättningen går inte att läsa: %(reason)s. Jämför med exemplet.")),
    (r"not readable as (CSV|Parquet) .*",
     gettext_noop("Filen går inte att läsa. Välj en CSV-fil eller en Parquet-fil. Är bokstäverna av äldre slag, skriv"
                  " encoding = \"latin-1\" i översättningen.")),
)  # fmt: skip
ELSE = gettext_noop("Det går inte att räkna på: %(reason)s")


def in_words(problem: EngineProblem, field: str) -> Problem:
    """The engine's problem as a sentence that can be translated, on the form's `field`."""
    for pattern, text in _SAID:
        found = re.fullmatch(pattern, problem.text, re.S)
        if found:
            return Problem(text, field, dict(found.groupdict()))
    return Problem(ELSE, field, {"reason": problem.text})
