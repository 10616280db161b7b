"""The characters of a page, one after the other, put together to pieces; nothing is judged of the page here."""

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from documents.reading.pdf import pdfium
from documents.reading.pdf.frame import Frame, along
from documents.reading.pdf.looks import Look, Looks
from documents.reading.pdf.objects import alone
from documents.reading.pdf.page import Sign
from documents.reading.pdf.pdfium import Handle

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
UNREADABLE = "\ufffd"
SOFT_HYPHEN = "\xad"
_HYPHENS = "-\xad\u2010"
_MARKS = (0x02, 0xFFFE)  # PDFium's own sign for a hyphen that ends a line
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
# Word sets the signs of its lists in symbol fonts, and where it makes a PDF those keep their private places.
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "◻", "\uf02d": "−"}
_FAR = 1.0  # of the size: a step within one object that is no gap between words of one line
_FAR_BEHIND_SPACE = 2.5


@dataclass(slots=True)
class Run:
    """Characters of one text object that follow one another, in its direction of reading."""

    look: Look
    handle: Handle
    y: float
    signs: list[Sign] = field(default_factory=list)


@dataclass(slots=True)
class Signs:
    """The runs of a page, the text objects that they are of, and the characters that say nothing."""

    runs: list[Run] = field(default_factory=list)
    seen: set[Handle] = field(default_factory=set)
    unreadable: int = 0
    hyphens: list[tuple[Run, int]] = field(default_factory=list)  # where PDFium does not say which hyphen it is


class SignReader:
    """Reads the characters of one page after another of a file; knows what was found out of its fonts."""

    def __init__(self) -> None:
        self.bold_fonts: dict[Handle, bool] = {}
        self.usual: dict[Handle, dict[int, str]] = {}  # of each font: the characters that need no second look

    def read(self, text: Handle, frame: Frame) -> Signs:
        """The characters of ``text``, which are those of a page or of objects of it that stand alone."""
        found = Signs()
        looks, place = Looks(text, frame, self.bold_fonts), _Place(text, frame)
        run: Run | None = None
        handle, usual = 0, dict[int, str]()
        last_left = last_right = far = back = 0.0
        # This loop runs a million times for a long file: it asks and calls no more than it must.
        for at in range(pdfium.count_signs(text)):
            owner = pdfium.object_at(text, at)
            if not owner:
                continue  # a space or a line end that PDFium adds
            if owner != handle:
                handle, run = owner, None
                look = looks.of(handle, at)
                place.begin(look, at)
                found.seen.add(handle)
                usual = self.usual.setdefault(look.font, {})
                back = 0.5 * look.size
            left, right, y = place.of(at)
            if run is None or left - last_right > far or left < last_left - back or abs(y - run.y) > 0.4 * back:
                run = Run(look, handle, y)
                found.runs.append(run)
            code = pdfium.sign_at(text, at)
            sign = usual.get(code) or self._unusual(found, run, place, at, code)
            run.signs.append(Sign(left, right, sign))
            last_left, last_right = left, right
            far = (_FAR_BEHIND_SPACE if sign == " " else _FAR) * look.size
        return found

    def _unusual(self, found: Signs, run: Run, place: "_Place", at: int, code: int) -> str:
        """A character that is met for the first time in its font, or needs a look each time; what is unreadable is
        counted."""
        if code in _MARKS:
            found.hyphens.append((run, len(run.signs)))
            return SOFT_HYPHEN
        if pdfium.is_unmapped_at(place.text, at):
            found.unreadable += 1
            return chr(code) if _is_letter_like(code) else UNREADABLE
        sign = chr(code) if 0x20 <= code < 0x7F or 0xA0 <= code < 0x2000 else _rare(found, code)
        if not sign.isdigit():
            if len(sign) == 1 and sign != UNREADABLE and unicodedata.category(sign) not in ("Co", "Cn"):
                self.usual[run.look.font][code] = sign
            return sign
        return sign.translate(SUPERSCRIPTS) if place.is_raised(at) else sign


def _rare(found: Signs, code: int) -> str:
    if code > 0x10FFFF or 0xD800 <= code < 0xE000 or code == 0xFFFD:
        found.unreadable += 1
        return UNREADABLE
    sign = chr(code)
    if sign.isspace() or code in (0x1C, 0x1D, 0x1E, 0x1F):
        return sign if code >= 0x2000 and code not in (0x2028, 0x2029) else " "
    category = unicodedata.category(sign)
    if category == "Cc":
        found.unreadable += 1
        return UNREADABLE
    if sign in _BULLETS:
        return _BULLETS[sign]
    if category in ("Co", "Cn"):
        found.unreadable += 1
    return _LIGATURES.get(sign, sign)


def _is_letter_like(code: int) -> bool:
    return 0x20 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 and unicodedata.category(chr(code)) != "Cc"


class _Place:
    """Where characters stand: along their own direction of reading, and the base line across it."""

    def __init__(self, text: Handle, frame: Frame) -> None:
        self.text, self.frame = text, frame
        self.heading, self.size, self.y, self.left = 0, 0.0, 0.0, frame.left
        self.is_plain = False
        self.loose = raw.FS_RECTF()
        self.loose_at = ctypes.addressof(self.loose)
        self.numbers = [ctypes.c_double() for _ in range(4)]
        self.numbers_at = [ctypes.addressof(number) for number in self.numbers]

    def begin(self, look: Look, at: int) -> None:
        """What follows, from the character at ``at``, is of another object; it has one base line for all of them."""
        self.heading, self.size = look.heading, look.size
        self.is_plain = look.heading == 0 and self.frame.turns == 0
        self.y = self._origin(at)[1] - self.frame.bottom

    def of(self, at: int) -> tuple[float, float, float]:
        """Left, right and base line."""
        if not self.is_plain:
            return self._turned(at)
        pdfium.loose_box_at(self.text, at, self.loose_at)
        return self.loose.left - self.left, self.loose.right - self.left, self.y

    def is_raised(self, at: int) -> bool:
        """Whether a figure stands high and small on its own, as a face draws figures for notes."""
        if not self.is_plain:
            return False
        pdfium.tight_box_at(self.text, at, *self.numbers_at)
        bottom, top = self.numbers[2].value - self.frame.bottom, self.numbers[3].value - self.frame.bottom
        return bottom - self.y > 0.2 * self.size and 0 < top - bottom < 0.6 * self.size

    def _turned(self, at: int) -> tuple[float, float, float]:
        x, y = along(self.heading, *self.frame.shown(*self._origin(at)))
        pdfium.tight_box_at(self.text, at, *self.numbers_at)
        left, right, bottom, top = (number.value for number in self.numbers)
        corners = [along(self.heading, *self.frame.shown(*corner)) for corner in ((left, bottom), (right, top))]
        return x, max(x, *(corner[0] for corner in corners)), y

    def _origin(self, at: int) -> tuple[float, float]:
        pdfium.origin_at(self.text, at, self.numbers_at[0], self.numbers_at[1])
        return self.numbers[0].value, self.numbers[1].value


def settle_hyphens(page: Any, texts: list[Handle], signs: Signs, *, whole: bool) -> None:
    """Give hyphens that end a line the form that they have in the file: a hyphen, or a soft one that goes when the line
    is joined to the next. Switches all text objects of the page off."""
    for run, at in signs.hyphens:
        with alone(page, texts, [run.handle], whole=whole) as text:
            whole = False
            real = _last_hyphen(text)
        if at < len(run.signs):
            run.signs[at] = run.signs[at]._replace(text=real)


def _last_hyphen(text: Handle) -> str:
    codes: Iterator[int] = (pdfium.sign_at(text, at) for at in reversed(range(pdfium.count_signs(text))))
    last = next((chr(code) for code in codes if code < 0x110000 and chr(code) in _HYPHENS), SOFT_HYPHEN)
    return "-" if last == "\u2010" else last
