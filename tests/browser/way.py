"""What the walks share: the people at their screens, the case, and days as forms take them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from samverk.access.actor import Actor, actor_of, system_actor
from samverk.access.declare_house import SetUp
from samverk.access.door import door
from samverk.actions import setup
from samverk.store.models import Case, Person
from tests.browser.reader import Reader
from tests.people import Cast

PAPER: dict[str, object] = {
    "name": "samtycke.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n%signed\n%%EOF\n",
}


@dataclass
class Way:
    """Everyone on the way through one case. The participant comes in when she has an account."""

    people: Cast
    make: Callable[..., Reader]
    anna: Reader
    bo: Reader
    cia: Reader
    frida: Reader
    pass_days: Callable[[int], None]
    name: str = "Maja Lind"
    case: UUID = field(init=False)
    maja: Reader = field(init=False)

    def new_day(self, days: int = 1) -> None:
        """Days go by, and everyone logs in again."""
        self.pass_days(days)
        for reader in (self.anna, self.bo, self.cia, self.frida, self.maja):
            reader.log_in()

    def find_case(self) -> UUID:
        """Maja's case, once the referral is begun."""
        self.case = Case.objects.get(person__name=self.name).id
        return self.case

    def maja_gets_an_account(self) -> None:
        """Whoever runs Samverk lets her in; from here she reads on her own phone."""
        self.maja = self.make(new_account(Person.objects.get(name=self.name).id, self.name), phone=True)


def new_account(person: UUID, name: str) -> Actor:
    """An account for a participant."""
    with door(system_actor("test"), SetUp) as permit:
        assert permit is not None
        account = setup.add_account(permit, email="maja@example.org", name=name, person=person)
    actor = actor_of(account)
    assert actor is not None
    return actor


def day(ahead: int = 0) -> str:
    """A day as a form takes it, so many days from today."""
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def said(ahead: int) -> str:
    """The same day as pages say it in Swedish, without the year."""
    months = [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ]
    that: date = timezone.localdate() + timedelta(days=ahead)
    return f"{that.day} {months[that.month - 1]}"
