"""What each party of a programme puts in of the joint costs, agreed beforehand (domain.md §5)."""

from collections.abc import Iterable
from decimal import Decimal

from samverk.domain.words import Rejection, gettext_noop

WHOLE = Decimal(100)
_SMALLEST = Decimal("0.01")


def demand_shares(shares: Iterable[Decimal | None]) -> None:
    """Rejection unless each agreed share (per cent; None: not agreed) is possible, and all together are at most 100."""
    agreed = [share for share in shares if share is not None]
    if not all(share.is_finite() and 0 <= share <= WHOLE and share == share.quantize(_SMALLEST) for share in agreed):
        raise Rejection(gettext_noop("Skriv andelen i procent, mellan 0 och 100, med högst två decimaler."), "share")
    if sum(agreed) > WHOLE:
        raise Rejection(
            gettext_noop("Andelarna blir tillsammans %(sum)s procent. De kan vara högst 100."),
            "share",
            sum=f"{sum(agreed):f}",
        )
