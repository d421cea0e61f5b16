"""Swedish personal identity numbers and coordination numbers (samordningsnummer).

Source of the check digit and of the day + 60 for coordination numbers: Folkbokföringslagen (1991:481) §§ 18-18 a
and the Tax Agency's description of their form.
"""

from datetime import date

from samverk.domain.words import Rejection, gettext_noop

_UNREADABLE = gettext_noop(
    "Numret går inte att läsa. Skriv tolv siffror, till exempel ÅÅÅÅMMDD-NNNN, eller lämna fältet tomt."
)
_WRONG = gettext_noop("Numret stämmer inte. Kontrollera siffrorna, eller lämna fältet tomt.")


def personal_number(text: str, today: date) -> str:
    """`text` as twelve digits; "" for no number, which is allowed. Rejection on "personal_number" otherwise.

    Ten digits are read as born within the last hundred years ("+" instead of "-": before that).
    """
    raw = text.strip().replace(" ", "")
    if not raw:
        return ""
    older = "+" in raw
    digits = raw.replace("-", "").replace("+", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in (10, 12):
        raise Rejection(_UNREADABLE, "personal_number")
    if len(digits) == 10:
        century = today.year // 100
        # A coordination number has 60 added to the day: taken away, the two compare as days.
        if f"{century}{digits[:4]}{int(digits[4:6]) % 60:02d}" > f"{today:%Y%m%d}":
            century -= 1
        digits = f"{century - older}{digits}"
    day = int(digits[6:8])
    try:
        born = date(int(digits[:4]), int(digits[4:6]), day - 60 if day > 60 else day)
    except ValueError:
        raise Rejection(_WRONG, "personal_number") from None
    if born > today or born.year < 1900 or _luhn(digits[2:11]) != int(digits[11]):
        raise Rejection(_WRONG, "personal_number")
    return digits


def birth_year(number: str) -> int | None:
    """The year of birth that a twelve-digit number tells, or None without a number."""
    return int(number[:4]) if number else None


def _luhn(nine: str) -> int:
    doubled = (int(d) * (2 if n % 2 == 0 else 1) for n, d in enumerate(nine))
    return -sum(d // 10 + d % 10 for d in doubled) % 10
