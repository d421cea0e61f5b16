"""What is said about a person, whose it is, and for what it may be read."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Purpose(StrEnum):
    """Why something is read. Control is never implied by support (domain.md §3.2)."""

    SUPPORT = "support"
    CONTROL = "control"


class Protection(StrEnum):
    """Protected identity, the three levels of Swedish population registration, and none."""

    NONE = "none"
    SECRECY_MARKING = "secrecy_marking"
    PROTECTED_REGISTRATION = "protected_registration"
    FICTITIOUS = "fictitious"


@dataclass(frozen=True, slots=True)
class Thing:
    """An item about a person, as the rule of the door sees it. `owner` None: the participant herself."""

    id: UUID
    person: UUID
    owner: UUID | None
    category: str
    about_other: bool = False
    unit: UUID | None = None
    """The closed unit of the owner that wrote it; None: the whole party may read what is its own."""
