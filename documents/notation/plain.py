"""Plain text: letters, marks, digits, signs and spaces that everybody can see. The one place of this policy.

An invisible sign in an agreed text is the attack special to this trade, so what nobody sees is refused where it is typed,
and named. Plain text is in normal form NFC and holds nothing but

* letters, digits, punctuation and symbols that leave ink, the space and the line feed;
* marks that stand on a letter, two at most. NFC leaves none on the letters of English, Russian and Kazakh; the scripts
  that need marks keep them.

So refused are control characters but the line feed, format characters (bidi signs, joiners, tags), private use,
surrogates, code points that mean nothing yet, line and paragraph separators, every space but the common one (a no-break
space is a look-alike), variation selectors, enclosing marks, and the letters and symbols of ``_BLANK``, which leave none.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from documents.notation.lines import INVISIBLE, WHITE

MOST_MARKS = 2
"""Marks that may stand on one letter; more of them are a pile that hides what is beside it."""
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Me", "Zl", "Zp", "Zs"})
# Grapheme joiner, Hangul and Khmer fillers, Mongolian and other variation selectors, the blank Braille pattern, the
# object and replacement characters (which stand for something that is lost), the blank note head, the Khitan filler.
_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc\ufffd\U0001d159\U00016fe4"
) | frozenset(map(chr, range(0xFE00, 0xFE10)))
_ALLOWED = frozenset(" \n")
_PLAIN_BYTES = bytes(range(0x20, 0x7F)) + b"\n"
_FAR = 0x40000  # from here on Unicode has only tags, variation selectors and private use
_FURTHEST_MARK = 8  # spacing marks between a letter and the mark in question; nobody writes as many
_CONTROLS = {0x00: "NULL", 0x09: "TABULATION", 0x0B: "LINE TABULATION", 0x0D: "CARRIAGE RETURN", 0x7F: "DELETE"}


class Odd(NamedTuple):
    """A character that is not plain: what it is called, the number of the word it stands in and its own, from 1."""

    character: str
    name: str
    word: int
    at: int


class NotPlainText(ValueError):
    """A text cannot be taken as it was typed; ``odd`` says why."""

    def __init__(self, odd: Odd) -> None:
        super().__init__(odd.name)
        self.odd = odd


def as_plain(typed: str) -> str:
    """What was typed, in the form in which it is stored: NFC, line ends as line feeds; nobody sees the difference.

    Raises NotPlainText, which counts in the text as it was typed.

    >>> as_plain("cafe\\u0301\\r\\n") == "caf\\xe9\\n"
    True
    """
    text = typed.replace("\r\n", "\n")
    if (odd := first_odd(text)) is not None:
        raise NotPlainText(odd)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def first_odd(text: str) -> Odd | None:
    """The first character of ``text`` that is not plain, or None."""
    for at in odd_places(text):
        return Odd(text[at], name_of(text[at]), _word(text, at), at + 1)
    return None


def odd_places(text: str, *, besides: str = "") -> Iterator[int]:
    """The places of all characters that are not plain, but for those ``besides``."""
    if text.isascii() and not text.encode().translate(None, _PLAIN_BYTES + besides.encode("ascii", "ignore")):
        return
    for found in _candidates(besides).finditer(text):
        if _is_odd(text, found.start()):
            yield found.start()


def odd_in_source(source: str) -> Iterator[int]:
    """The same for a file that was taken in: its white space and what the reader drops are not among them."""
    return odd_places(source, besides=WHITE + INVISIBLE)


def name_of(sign: str) -> str:
    """A character by its code point and its Unicode name: ``U+200B ZERO WIDTH SPACE``."""
    code = ord(sign)
    return f"U+{code:04X} {unicodedata.name(sign, '') or _nameless(code, unicodedata.category(sign))}"


def _nameless(code: int, category: str) -> str:
    if category == "Cc":
        return f"CONTROL CHARACTER {_CONTROLS.get(code, '')}".rstrip()
    return {"Co": "PRIVATE USE CHARACTER", "Cs": "SURROGATE"}.get(category, "UNASSIGNED CHARACTER")


def _word(text: str, at: int) -> int:
    """The number of the word that holds the place, or that the place follows in mid-air."""
    before = text[:at]
    return max(1, len(before.split()) + (before[-1:].isspace() or not before))


# ---- one character


def _is_odd(text: str, at: int) -> bool:
    sign = text[at]
    category = unicodedata.category(sign)
    if category in _REFUSED or sign in _BLANK or ord(sign) >= _FAR:
        return sign not in _ALLOWED
    return category in ("Mn", "Mc") and not _stands_on_a_letter(text, at)


def _stands_on_a_letter(text: str, at: int) -> bool:
    """Whether a mark has a letter under it, and not too many others; those that NFC takes into the letter do not count."""
    first = at
    while unicodedata.category(text[first])[0] == "M":
        first -= 1
        if first < 0 or at - first > _FURTHEST_MARK:
            return False
    if not unicodedata.category(text[first]).startswith("L"):
        return False
    pile = unicodedata.normalize("NFC", text[first : at + 1])
    return sum(1 for sign in pile if unicodedata.category(sign) == "Mn") <= MOST_MARKS


@cache
def _candidates(besides: str) -> re.Pattern[str]:
    """Finds every character that has to be looked at: one pass over the text in C, and nothing else in most texts.

    What lies beyond the Basic Multilingual Plane is looked at one by one: a set with all its ranges takes ten times as
    long to compare with, and for every letter.
    """
    inside = (chr(code) for code in range(0x10000))
    kept = frozenset(besides) | _ALLOWED
    odd = (sign for sign in inside if sign not in kept and (sign in _BLANK or _class_of(sign) in _LOOKED_AT))
    return re.compile(f"[{as_ranges(odd)}\U00010000-\U0010ffff]")


_LOOKED_AT = _REFUSED | {"Mn", "Mc"}
_class_of = unicodedata.category


def as_ranges(signs: Iterable[str]) -> str:
    """The inside of a set of a regular expression; the signs come in order."""
    ranges: list[list[int]] = []
    for sign in signs:
        code = ord(sign)
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)
