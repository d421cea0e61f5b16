"""What the person says about who may know what: consents, refusals, withdrawals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from samverk.access import log
from samverk.access.declare import RecordConsent, WithdrawConsent
from samverk.access.permit import A, Permit
from samverk.actions import codes, items
from samverk.domain.files import Unreadable, without_metadata
from samverk.domain.information import Purpose
from samverk.domain.words import Rejection, fitting, gettext_noop
from samverk.store.models import Attachment, Consent, ConsentDocument, Party, Unit

LARGEST_SCAN = 10 * 1024 * 1024
SCAN_KINDS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
LONGEST_WORDS = 600
"""The printed document holds them on its one page."""
LONGEST = timedelta(days=2 * 366)
HOW = frozenset({"paper", "screen", "spoken"})


@dataclass(frozen=True, slots=True)
class NewSay:
    """One scope that she says yes or no to. `giver` None: she herself; a party to itself: from its closed units."""

    giver: UUID | None
    receiver: UUID
    category: str
    purpose: Purpose = Purpose.SUPPORT
    refused: bool = False

    @property
    def scope(self) -> tuple[UUID | None, UUID, str, str]:
        """What it is about, whether yes or no."""
        return (self.giver, self.receiver, self.category, self.purpose.value)


def record(
    permit: Permit[RecordConsent],
    *,
    says: Sequence[NewSay],
    last_day: date,
    how: str,
    condition_of_benefit: bool,
    words: str = "",
    scan: bytes | None = None,
    gdpr_basis: str = "",
) -> UUID:
    """Record what she signed at one moment. Returns the document's id.

    `last_day`: the last day it holds. `how`: "paper" (a scan may be attached), "screen" or "spoken".
    `gdpr_basis`: the legal ground of processing, a code of that list or blank. It is another thing than the
    consent, which lifts secrecy. A consent ends an earlier refusal of the same scope, and the other way round.
    """
    items.check_open(permit)
    _check_how(permit, how=how, scan=scan)
    if gdpr_basis:
        codes.require(permit, list="gdpr_basis", code=gdpr_basis, field="gdpr_basis")
    document = ConsentDocument(
        id=permit.new_id(),
        person_id=permit.case.person,
        case_id=permit.case.id,
        given_at=permit.at,
        how=how,
        condition_of_benefit=condition_of_benefit,
        gdpr_basis=gdpr_basis,
        words=_short(words),
        scan=None if scan is None else _keep_scan(permit, scan),
        recorded_by_id=permit.actor.account,
    )
    document.save(force_insert=True)
    write(permit, document=document.id, says=says, last_day=last_day)
    log.wrote(permit, "consent.recorded", document=document.id, count=len(says))
    return document.id


def write(permit: Permit[A], *, document: UUID, says: Sequence[NewSay], last_day: date) -> None:
    """Write the scopes of one document, ending what stood about the same scopes before."""
    _check_says(permit, says)
    if last_day < permit.today:
        raise Rejection(gettext_noop("Sista dagen har redan varit. Välj en dag framåt i tiden."), "last_day")
    if last_day > permit.today + LONGEST:
        raise Rejection(gettext_noop("Ett samtycke kan gälla högst två år. Välj en tidigare dag."), "last_day")
    stops_at = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time()))
    _end_the_same(permit, says)
    Consent.objects.bulk_create(
        Consent(
            id=permit.new_id(),
            document_id=document,
            person_id=permit.case.person,
            giver_id=say.giver,
            receiver_id=say.receiver,
            category=say.category,
            purpose=say.purpose.value,
            refused=say.refused,
            starts_at=permit.at,
            stops_at=stops_at,
        )
        for say in says
    )


def withdraw(permit: Permit[WithdrawConsent], *, consents: Sequence[UUID]) -> int:
    """End these consents or refusals now. Returns how many were still in force. Asking twice does no harm.

    A party's official may end only what her party sends or receives: she may not know of the rest.
    """
    if not consents:
        raise Rejection(gettext_noop("Välj vad du vill ta tillbaka."), "rows")
    mine = Consent.objects.filter(id__in=consents, person=permit.case.person, ended_at__isnull=True)
    if not permit.as_herself:
        party = permit.actor.party
        mine = mine.filter(Q(giver=party) | Q(receiver=party))
    ended = mine.update(ended_at=permit.at)
    log.wrote(permit, "consent.withdrawn", count=ended)
    return ended


def withdraw_all(permit: Permit[WithdrawConsent], *, receivers: Sequence[UUID]) -> None:
    """End every consent that lets these parties know anything. What she has refused them stays refused.

    She may tell any official, also one who may not know what there is to end: therefore nothing is returned.
    """
    if not receivers:
        raise Rejection(gettext_noop("Välj vad du vill ta tillbaka."), "parties")
    live = Consent.objects.filter(person=permit.case.person, refused=False, ended_at__isnull=True)
    for receiver in dict.fromkeys(receivers):
        live.filter(receiver=receiver).update(ended_at=permit.at)
        log.wrote(permit, "consent.withdrawn", receiver=receiver)


def _check_how(permit: Permit[A], *, how: str, scan: bytes | None) -> None:
    if how not in HOW:
        raise Rejection(gettext_noop("Välj hur deltagaren har sagt det: på papper, på skärmen eller muntligt."), "how")
    if how == "screen" and not permit.as_herself:
        raise Rejection(
            gettext_noop("På skärmen kan bara deltagaren själv säga ja. Välj papper eller muntligt."), "how"
        )
    if scan is not None and how != "paper":
        raise Rejection(gettext_noop("Ett inskannat papper hör till ett samtycke på papper. Välj papper."), "how")


def _short(words: str) -> str:
    words = fitting(words, "words")
    if len(words) > LONGEST_WORDS:
        raise Rejection(
            gettext_noop("Korta texten till högst %(most)d tecken, så att samtycket får plats på ett papper."),
            "words",
            most=LONGEST_WORDS,
        )
    return words


def _check_says(permit: Permit[A], says: Sequence[NewSay]) -> None:
    if not says:
        raise Rejection(gettext_noop("Välj minst en sak som du säger ja eller nej till."), "says")
    inside = {say.receiver for say in says if say.giver == say.receiver}
    if inside - set(Unit.objects.filter(party__in=inside, closed=True).values_list("party", flat=True)):
        raise Rejection(gettext_noop("En part kan inte lämna uppgifter till sig själv."), "says")
    if len({say.scope for say in says}) < len(says):
        raise Rejection(gettext_noop("Samma sak kan inte stå två gånger. Välj ja eller nej."), "says")
    parties = {say.receiver for say in says} | {say.giver for say in says if say.giver is not None}
    if Party.objects.filter(id__in=parties).count() < len(parties):
        raise Rejection(gettext_noop("Välj parter i listan."), "says")
    codes.require_all(permit, list="category", codes={say.category for say in says}, field="says")


def _end_the_same(permit: Permit[A], says: Sequence[NewSay]) -> None:
    """Compared here and not in SQL: a form about many parties would make a condition too deep for SQLite."""
    scopes = {say.scope for say in says}
    live = Consent.objects.filter(person=permit.case.person, ended_at__isnull=True)
    rows = live.values_list("id", "giver", "receiver", "category", "purpose")
    same = [id for id, *scope in rows if tuple(scope) in scopes]
    if same:
        live.filter(id__in=same).update(ended_at=permit.at)


def _keep_scan(permit: Permit[A], scan: bytes) -> Attachment:
    if len(scan) > LARGEST_SCAN:
        raise Rejection(gettext_noop("Filen är för stor. Den får vara högst 10 MB."), "scan")
    kind = next((kind for start, kind in SCAN_KINDS.items() if scan.startswith(start)), None)
    if kind is None:
        raise Rejection(gettext_noop("Filen går inte att läsa. Välj en PDF eller en bild (PNG eller JPEG)."), "scan")
    try:
        scan = without_metadata(scan, kind)
    except Unreadable as error:
        raise Rejection(gettext_noop("Bilden går inte att läsa. Skanna pappret igen."), "scan") from error
    kept = Attachment(
        id=permit.new_id(),
        person_id=permit.case.person,
        content_type=kind,
        content=scan,
        sha256=sha256(scan).hexdigest(),
        created_at=permit.at,
    )
    kept.save(force_insert=True)
    return kept
