"""The words of the model: the states a life is in, how a stay ends, who pays, and which price bands there are.

From `domain.md` section 7; the steps of the falling wage subsidy from Egon's third fate (`egon.md`).
"""

from enum import IntEnum

import numpy as np


class State(IntEnum):
    """Where a person is in a month. A month belongs to one state, whole."""

    ROUND = 0
    TREATMENT = 1
    GAP_TRAINING = 2
    TRAINING = 3
    GAP_WORK = 4
    SUBSIDISED = 5
    JOB = 6
    SICK = 7
    RELAPSE = 8
    PART_PENSION = 9
    PENSION = 10
    DEAD = 11


class Exit(IntEnum):
    """How a stay in a state ends: as it was meant to, broken off, or because a time limit is met."""

    END = 0
    BREAK = 1
    LIMIT = 2


class Party(IntEnum):
    """Who pays and who receives. OUTSIDE is nobody: what is used up, or produced."""

    STATE = 0
    INSURANCE = 1
    EMPLOYMENT = 2
    REGION = 3
    MUNICIPALITY = 4
    EMPLOYER = 5
    PARTICIPANT = 6
    OUTSIDE = 7


LIVING = len(State) - 1
STATES = len(State)
EXITS = len(Exit)
PARTIES = len(Party) - 1
PUBLIC = (Party.STATE, Party.INSURANCE, Party.EMPLOYMENT, Party.REGION, Party.MUNICIPALITY)
PARTY_NAMES = tuple(party.name.lower() for party in Party if party is not Party.OUTSIDE)
# Groups in which months are told: work, way, sick, pension.
WORK = (State.SUBSIDISED, State.JOB)
WAITS = (State.ROUND, State.GAP_TRAINING, State.GAP_WORK)
PENSIONS = (State.PART_PENSION, State.PENSION)

# A band is a stretch of a stay with one price. Each state has one, but for subsidised work, whose subsidy falls:
# 90, 70, 50 and then 30 per cent from months 0, 6, 12 and 24 (egon.md, fate 3: January 1996, July, 1997, 1998).
FALLS = (0, 6, 12, 24)
BANDS: tuple[str, ...] = (
    "round",
    "treatment",
    "gap_training",
    "training",
    "gap_work",
    "subsidised_1",
    "subsidised_2",
    "subsidised_3",
    "subsidised_4",
    "job",
    "sick",
    "relapse",
    "part_pension",
    "pension",
)
STATE_OF_BAND = np.array([0, 1, 2, 3, 4, 5, 5, 5, 5, 6, 7, 8, 9, 10], dtype=np.int64)
# Band n of a state runs from month BAND_FROM[n] of the stay (counted from 0) to where the next begins.
BAND_FROM = np.array([0, 0, 0, 0, 0, *FALLS, 0, 0, 0, 0, 0], dtype=np.int64)
# The bands of state s are FIRST_BAND[s] .. FIRST_BAND[s + 1].
FIRST_BAND = np.searchsorted(STATE_OF_BAND, np.arange(LIVING + 1)).astype(np.int64)


def state(name: str) -> State:
    """The state of that name, in small letters; raises KeyError with the known names."""
    try:
        return State[name.upper()]
    except KeyError:
        raise KeyError(f"no state is called {name!r}; there are {', '.join(s.name.lower() for s in State)}") from None
