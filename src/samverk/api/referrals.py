"""Referrals: begun and saved as a draft, saved again, and sent."""

from typing import Annotated
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import AfterValidator, ConfigDict, Field

from samverk.access import referrals
from samverk.access.declare import WriteReferral
from samverk.access.declare_house import StartReferral
from samverk.access.door import door
from samverk.access.needs import demand_declared, needs
from samverk.access.permit import Permit
from samverk.access.referral_views import FormView
from samverk.actions import referrals as acts
from samverk.api.problems import REFUSALS, Detail, Meanwhile
from samverk.api.through import Once, actor, through
from samverk.domain.information import Protection

router = Router(tags=["referrals"])


def _without_nulls(text: str) -> str:
    return text.replace("\0", "")


# Not every database can hold the character zero; no sentence needs it.
Line = Annotated[str, Field(max_length=1000), AfterValidator(_without_nulls)]
Code = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9_]*$")]
FirstVersion = 1


class Strict(Schema):
    """A field with a misspelt name is told, not lost."""

    model_config = ConfigDict(extra="forbid")


class PersonIn(Strict):
    """Whom the referral is about. The personal number may be left out. No address: it is not needed here."""

    name: Line
    personal_number: Line = ""
    birth_year: Annotated[int, Field(ge=0, le=9999)] | None = None
    sex: Code = ""
    phone: Line = ""
    language: Line = ""
    protection: Protection = Protection.NONE


class AnswersIn(Strict):
    """What the jointly agreed form holds, half-done or whole: question code → text."""

    answers: Annotated[dict[Code, str], Field(max_length=200)] = {}
    officials: Annotated[int, Field(ge=-1_000_000, le=1_000_000)] | None = None
    parties: Annotated[list[UUID], Field(max_length=200)] = []

    def as_answers(self) -> acts.Answers:
        """The answers as the act takes them."""
        return acts.Answers(texts=self.answers, officials=self.officials, involved=self.parties)


class NewReferralIn(AnswersIn):
    """A referral to begin. `person` null: the participant refers herself."""

    programme: UUID
    person: PersonIn | None = None


class SaveIn(AnswersIn):
    """The form as the sender wants it to stand; `version` is the one that she read."""

    version: int


class SendIn(Strict):
    """The consent that an own referral needs: that the programme's parties may read it.

    `condition_of_benefit`: whether taking part is a condition of a benefit; must be told with it.
    """

    own_consent: bool = False
    condition_of_benefit: bool | None = None


class QuestionOut(Schema):
    """A question of the jointly agreed form."""

    code: str
    label: str
    help: str
    required: bool


class FormOut(Schema):
    """The form as it stands, for whoever may write it."""

    case: UUID
    status: str
    version: int
    questions: list[QuestionOut]
    answers: dict[str, str]
    officials: int | None
    parties: list[UUID]
    more_wanted: str


class SentOut(Schema):
    """A referral that has been sent."""

    case: UUID
    status: str


@router.post("/referrals", response={201: FormOut, 409: Detail} | REFUSALS, summary="Begin a referral")
@needs(StartReferral, WriteReferral)
def begin(request: HttpRequest, body: NewReferralIn, once: Once = "") -> Status[dict[str, object]]:
    """Begin a referral and keep what is written so far. Both or nothing."""
    person = None if body.person is None else acts.NewPerson(**body.person.model_dump())
    begun = through(request, StartReferral, lambda permit: _begin(request, permit, body, person), once=once)
    return Status(201, begun)


@router.get("/referrals/{uuid:case}", response={200: FormOut} | REFUSALS, summary="The referral as it stands")
@needs(WriteReferral)
def form(request: HttpRequest, case: UUID) -> dict[str, object]:
    """The form and its questions, for whoever may write it now."""
    view = through(request, WriteReferral, referrals.form_of, case=case)
    if view is None:
        raise Http404
    return _told(case, view)


@router.put("/referrals/{uuid:case}", response={200: FormOut, 409: Meanwhile} | REFUSALS, summary="Save a referral")
@needs(WriteReferral)
def save(request: HttpRequest, case: UUID, body: SaveIn) -> dict[str, object]:
    """Keep what is written so far. 409 when someone else has saved since `version` was read."""

    def do(permit: Permit[WriteReferral]) -> dict[str, object]:
        acts.save(permit, answers=body.as_answers(), version=body.version)
        return _form(permit)

    return through(request, WriteReferral, do, case=case)


@router.post("/referrals/{uuid:case}/send", response={200: SentOut, 409: Detail} | REFUSALS, summary="Send a referral")
@needs(WriteReferral)
def send(request: HttpRequest, case: UUID, body: SendIn, once: Once = "") -> dict[str, object]:
    """Send it. Its party keeps the responsibility until someone else has said yes."""

    def do(permit: Permit[WriteReferral]) -> dict[str, object]:
        acts.send(permit, own_consent=body.own_consent, condition_of_benefit=body.condition_of_benefit)
        view = referrals.referral_of(permit)
        return {"case": case, "status": view.status if view else ""}

    return through(request, WriteReferral, do, case=case, once=once)


def _begin(
    request: HttpRequest, permit: Permit[StartReferral], body: NewReferralIn, person: acts.NewPerson | None
) -> dict[str, object]:
    demand_declared(request, WriteReferral)
    case = acts.start(permit, programme=body.programme, person=person)
    # Inside the first door, so that an answer that cannot be taken leaves no empty referral behind.
    with door(actor(request), WriteReferral, case=case) as inner:
        if inner is None:
            raise LookupError(case)
        acts.save(inner, answers=body.as_answers(), version=FirstVersion)
        return _form(inner)


def _form(permit: Permit[WriteReferral]) -> dict[str, object]:
    view = referrals.form_of(permit)
    if view is None:
        raise LookupError(permit.case.id)
    return _told(permit.case.id, view)


def _told(case: UUID, view: FormView) -> dict[str, object]:
    return {
        "case": case,
        "status": view.status,
        "version": view.version,
        "questions": view.questions,
        "answers": view.texts,
        "officials": view.officials,
        "parties": view.involved,
        "more_wanted": view.more_wanted,
    }
