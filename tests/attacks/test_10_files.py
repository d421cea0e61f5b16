"""Attack 10 (security.md): a file says nothing but what it shows, and is decided anew each time it is opened."""

import struct
import zlib
from uuid import UUID

import pytest

from samverk.access.declare import AssignOfficial, RecordConsent
from samverk.actions import cases, consents
from samverk.domain.files import Unreadable, without_metadata
from samverk.domain.words import Rejection
from samverk.store.models import Attachment, ConsentDocument, Person
from tests.attacks.world import World
from tests.build import browser, done

pytestmark = pytest.mark.django_db
SECRET = b"Kanarie59.3293N18.0686E"
"""Where a picture was taken, as a telephone writes it."""


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
JPEG_KEPT = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0") + segment(0xDB, b"\0" * 65)
JPEG_PLAIN = b"\xff\xd8" + JPEG_KEPT + SCAN + b"\xff\xd9"
JPEG = (
    b"\xff\xd8"
    + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    + segment(0xE1, b"Exif\0\0" + SECRET)
    + segment(0xED, b"Photoshop 3.0\0" + SECRET)
    + segment(0xFE, SECRET)
    + segment(0xDB, b"\0" * 65)
    + SCAN
    + b"\xff\xd9"
    + b"\xff\xd8"
    + segment(0xE1, b"Exif\0\0" + SECRET)
    + b"\xff\xd9"
)
PNG_PLAIN = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\0"))
    + chunk(b"IEND", b"")
)
PNG = (
    PNG_PLAIN[:33]
    + chunk(b"tEXt", b"Author\0" + SECRET)
    + chunk(b"eXIf", SECRET)
    + chunk(b"iTXt", SECRET)
    + PNG_PLAIN[33:]
    + SECRET
)
PDF = b"%PDF-1.4\n%signed\n%%EOF\n"


def kept(world: World, scan: bytes, *, receiver: UUID | None = None) -> UUID:
    """Anna scans what Egon has signed: that Bo's party (or `receiver`) may know his own words about work."""
    says = [consents.NewSay(None, receiver or world.people.af, "work")]
    return done(
        world.people.anna,
        RecordConsent,
        lambda p: consents.record(p, says=says, last_day=p.today, how="paper", condition_of_benefit=False, scan=scan),
        case=world.case,
    )


@pytest.mark.parametrize(("scan", "plain"), [(JPEG, JPEG_PLAIN), (PNG, PNG_PLAIN)], ids=["jpeg", "png"])
def test_a_picture_loses_what_it_says_of_its_making(scan: bytes, plain: bytes, world: World) -> None:
    """Where, when, by whom and with what it was taken goes before it is kept; what it shows stays, bit by bit."""
    document = kept(world, scan)
    stored = bytes(Attachment.objects.get(id=_scan_of(document)).content)
    assert SECRET in scan
    assert stored == plain
    assert browser(world.people.bo).get(_address(world, document)).content == plain


@pytest.mark.parametrize("cut", [JPEG[:40], PNG[:40], JPEG_PLAIN[:-2], b"\xff\xd8\xff\xe1\xff\xff"])
def test_a_picture_that_is_cut_off_is_refused_with_a_sentence(cut: bytes, world: World) -> None:
    """It might hide anything behind the cut; nothing is saved."""
    with pytest.raises(Rejection) as rejection:
        kept(world, cut)
    assert rejection.value.problems[0].field == "scan"


def test_what_is_no_picture_is_left_as_it_is() -> None:
    """A PDF is kept bit by bit: what is signed is not rewritten. docs/security.md says that its metadata stays."""
    assert without_metadata(PDF, "application/pdf") == PDF
    with pytest.raises(Unreadable):
        without_metadata(b"GIF89a", "image/png")


def test_a_file_is_sent_as_what_it_is_and_under_a_neutral_name(world: World) -> None:
    """To be saved, not opened in the page; no type guessed; no name of hers; nothing kept on the way."""
    for scan, kind, name in ((PDF, "application/pdf", "samtycke.pdf"), (PNG, "image/png", "samtycke.png")):
        answer = browser(world.people.bo).get(_address(world, kept(world, scan)))
        assert answer["Content-Type"] == kind
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store"


def test_what_calls_itself_a_picture_is_judged_by_what_it_is(world: World) -> None:
    """HTML under a picture's name is refused: the first bytes decide."""
    with pytest.raises(Rejection):
        kept(world, b"<html><script>alert(1)</script>")


def test_the_link_to_a_file_is_decided_anew(world: World) -> None:
    """Kept from before: closed when need to know has ended, when the identity is protected, and to other parties."""
    people = world.people
    document = kept(world, PDF, receiver=people.fk)
    address = _address(world, document)
    cia = browser(people.cia)
    assert cia.get(address).status_code == 200
    assert browser(people.bo).get(address).status_code == 404
    assert browser(people.dag).get(address).status_code == 404
    Person.objects.filter(id=people.egon.person).update(protection="fictitious")
    assert cia.get(address).status_code == 404
    Person.objects.filter(id=people.egon.person).update(protection="none")
    assert cia.get(address).status_code == 200
    account = people.cia.account
    assert account is not None
    done(people.anna, AssignOfficial, lambda p: cases.let_go(p, account=account), case=world.case)
    assert cia.get(address).status_code == 404


def _scan_of(document: UUID) -> UUID:
    scan = ConsentDocument.objects.get(id=document).scan_id
    assert scan is not None
    return scan


def _address(world: World, document: UUID) -> str:
    return f"/arenden/{world.case}/samtycken/{document}/papper/"
