"""What may be typed into a text: letters, marks, digits, punctuation and spaces that everybody can see.

An invisible sign in an agreed text is the attack special to this trade, so it is refused where it is typed, by name.
"""

import unicodedata
from dataclasses import dataclass

_ALLOWED_SPACES = " \n\r\t"
_HIDDEN_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"


@dataclass(frozen=True, slots=True)
class Odd:
    """A character that is not plain: its code point and name, and the number of the word it stands in, from 1."""

    character: str
    name: str
    word: int


def first_odd(text: str) -> Odd | None:
    """The first character of ``text`` that may not be typed, or None."""
    for at, sign in enumerate(text):
        if sign in _ALLOWED_SPACES or not _is_odd(sign):
            continue
        name = unicodedata.name(sign, "unnamed character")
        return Odd(
            sign, f"U+{ord(sign):04X} {name}", len(text[:at].split()) + (text[:at][-1:].isspace() or not text[:at]) or 1
        )
    return None


def _is_odd(sign: str) -> bool:
    category = unicodedata.category(sign)
    if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"):
        return True
    return sign in _HIDDEN_LETTERS or 0xFE00 <= ord(sign) <= 0xFE0F or 0xE0100 <= ord(sign) <= 0xE01EF
