"""What a picture says besides what it shows: where and when it was taken, with what, edited by whom.

A scan of a signed paper needs none of it (security.md, attack 10). JPEG: ISO/IEC 10918-1 annex B; PNG: its
specification, chapter 11.
"""

from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs"}
)
_MARK, _IN_SCAN = 0xFF, frozenset({0x00, *range(0xD0, 0xD8)})
_APP0, _APP2, _APP14, _APP15, _COMMENT, _SCAN, _END = 0xE0, 0xE2, 0xEE, 0xEF, 0xFE, 0xDA, 0xD9
_JPEG_KEPT = frozenset({_APP0, _APP2, _APP14})
"""JFIF, the colour profile, and how colours are coded: without them the picture looks another."""


class Unreadable(ValueError):
    """A picture that is cut off, or is none."""


def without_metadata(content: bytes, kind: str) -> bytes:
    """The same picture without what it says of its making. `kind`: its media type. Other kinds come back as they are.

    Raises Unreadable when the picture's own structure does not hold.
    """
    try:
        if kind == "image/jpeg":
            return b"".join(_jpeg(content))
        if kind == "image/png":
            return b"".join(_png(content))
    except IndexError as error:
        raise Unreadable(kind) from error
    return content


def _jpeg(content: bytes) -> Iterator[bytes]:
    """The segments of the first picture, without EXIF (APP1), IPTC (APP13), comments and the makers' own.

    What some cameras hang on behind its end, such as a second picture with its own EXIF, is left out with them.
    """
    if not content.startswith(_JPEG):
        raise Unreadable("image/jpeg")
    yield _JPEG
    at = len(_JPEG)
    while True:
        if content[at] != _MARK:
            raise Unreadable("image/jpeg")
        marker = content[at + 1]
        if marker == _MARK:
            at += 1
            continue
        if marker == _END:
            yield content[at : at + 2]
            return
        stop = at + 2 + int.from_bytes((content[at + 2], content[at + 3]), "big")
        if stop > len(content):
            raise Unreadable("image/jpeg")
        if marker == _SCAN:
            stop = _after_scan(content, stop)
        if not (_APP0 <= marker <= _APP15 or marker == _COMMENT) or marker in _JPEG_KEPT:
            yield content[at:stop]
        at = stop


def _after_scan(content: bytes, at: int) -> int:
    """Where the next marker begins: in picture data 0xFF is followed by a zero or a restart number."""
    while not (content[at] == _MARK and content[at + 1] not in _IN_SCAN):
        at = content.find(_MARK, at + 1)
        if at < 0:
            raise Unreadable("image/jpeg")
    return at


def _png(content: bytes) -> Iterator[bytes]:
    """The chunks that the picture is drawn from, without texts, time and EXIF."""
    if not content.startswith(_PNG):
        raise Unreadable("image/png")
    yield _PNG
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        head = content[at : at + 8]
        if len(head) < 8:
            raise Unreadable("image/png")
        kind = head[4:]
        stop = at + 12 + int.from_bytes(head[:4], "big")
        if stop > len(content):
            raise Unreadable("image/png")
        if kind in _PNG_KEPT:
            yield content[at:stop]
        at = stop
