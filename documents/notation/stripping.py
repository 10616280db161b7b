"""Making a text plain that came in from outside: what nobody sees is taken out, letters are composed, places move along.

Nothing here is done unasked (``plain.py`` says what is plain): the Secretariat consents to every character that goes.
Composing letters (NFC) changes nothing that can be seen.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from documents.notation.contents import Package, ReadDocument, ReadParagraph
from documents.notation.lines import INVISIBLE, WHITE
from documents.notation.markers import Marker
from documents.notation.plain import as_ranges, name_of, odd_places
from documents.notation.read import Reading
from documents.notation.shown import Range, Shown

Removed = Mapping[str, int]
"""How many characters of each name were taken out."""
NOTHING: Removed = {}
_SPACES = re.compile(" +")


class Edit(NamedTuple):
    """The stretch from ``start`` to ``end`` was replaced by ``length`` characters."""

    start: int
    end: int
    length: int


class Moves:
    """Where the places of a text have gone."""

    def __init__(self, edits: list[Edit]) -> None:
        """The edits come in order and do not overlap."""
        self._edits = edits
        self._starts = [edit.start for edit in edits]
        grown = (edit.length - (edit.end - edit.start) for edit in edits)
        self._shifts = list(accumulate(grown, initial=0))

    def __call__(self, place: int) -> int:
        """The place of what stood at ``place``; of what was taken out, the place that it was taken from."""
        at = bisect_right(self._starts, place)
        if at and place < (edit := self._edits[at - 1]).end:
            return edit.start + self._shifts[at - 1] + min(place - edit.start, max(0, edit.length - 1))
        return place + self._shifts[at]


class Plain(NamedTuple):
    """A text made plain, what was taken out of it, and where its places have gone."""

    text: str
    removed: Removed
    moves: tuple[Moves, ...] = ()

    def moved(self, place: int) -> int:
        for move in self.moves:
            place = move(place)
        return place


def stripped(text: str, *, keep: str = WHITE + INVISIBLE, collapse: bool = False) -> Plain:
    """The text made plain but for what is to be kept: white space and what the reader drops by itself (podium/1).

    ``collapse``: no two spaces are left where something went, and none at the ends.

    >>> stripped("a\\ue000b").text
    'ab'
    """
    removed: Counter[str] = Counter()
    moves: list[Moves] = []
    # Once more after something went: it may have stood between a letter and its marks.
    while places := list(odd_places(text, besides=keep)):
        removed.update(name_of(text[at]) for at in places)
        moves.append(Moves([Edit(at, at + 1, 0) for at in places]))
        gone = frozenset(places)
        text = "".join(sign for at, sign in enumerate(text) if at not in gone)
    if removed and collapse:
        text, edits = _collapsed(text)
        moves.append(Moves(edits))
    if not unicodedata.is_normalized("NFC", text):
        text, edits = _composed(text)
        moves.append(Moves(edits))
    return Plain(text, dict(removed), tuple(moves))


def _composed(text: str) -> tuple[str, list[Edit]]:
    return _replaced(text, _composable(), lambda found: unicodedata.normalize("NFC", found[0]))


def _collapsed(text: str) -> tuple[str, list[Edit]]:
    return _replaced(text, _SPACES, lambda found: " " if found.start() > 0 and found.end() < len(text) else "")


def _replaced(text: str, pattern: re.Pattern[str], instead: Callable[[re.Match[str]], str]) -> tuple[str, list[Edit]]:
    parts: list[str] = []
    edits, end = [], 0
    for found in pattern.finditer(text):
        whole = instead(found)
        if whole != found[0]:
            parts += [text[end : found.start()], whole]
            edits.append(Edit(found.start(), found.end(), len(whole)))
            end = found.end()
    return "".join([*parts, text[end:]]), edits


@cache
def _composable() -> re.Pattern[str]:
    """Finds every stretch that NFC may change, each by itself: a letter with its marks, Hangul in parts, and letters that
    are another letter."""
    signs = list(map(chr, range(0x30000)))
    marks = as_ranges(sign for sign in signs if unicodedata.category(sign)[0] == "M")
    others = as_ranges(sign for sign in signs if not unicodedata.is_normalized("NFC", sign))
    return re.compile(f"(?s:.)[{marks}]+|[\u1100-\u1112\uac00-\ud7a3][\u1161-\u11c2]+|[{marks}{others}]+")


# ---- a source, before it is read


def plain_source(source: str, shown: Shown) -> tuple[str, Shown]:
    """The source made plain, with everything that its file shows beyond its letters at its new place.

    For a file that is read again after it was stripped; decisions by place (``corrections.py``) belong to one source and
    not to the other. Where they are to be kept, strip the reading instead, ``plain_reading``.
    """
    plain = stripped(source)
    return plain.text, _shown_at(plain, shown) if plain.moves else shown


def _shown_at(plain: Plain, shown: Shown) -> Shown:
    moved = plain.moved

    def span(src: Range) -> Range:
        return moved(src[0]), moved(src[1])

    return Shown(
        shown.paragraphs and tuple(map(moved, shown.paragraphs)),
        shown.bold and tuple(map(span, shown.bold)),
        tuple(
            one._replace(open=moved(one.open), author=stripped(one.author).text, raw=stripped(one.raw).text)
            for one in shown.tracked
        ),
        tuple(one._replace(src=span(one.src), mark=stripped(one.mark).text) for one in shown.aside),
        tuple(
            table._replace(src=span(table.src), rows=tuple(tuple(map(span, row)) for row in table.rows))
            for table in shown.tables
        ),
        tuple(notice._replace(at=moved(notice.at)) for notice in shown.notices),
    )


# ---- a reading, before it comes in


def plain_reading(reading: Reading) -> tuple[Reading, Removed]:
    """The reading of a paragraph made plain: its brackets and markers stay what they are, at their new places."""
    plain = stripped(reading.text, collapse=True)
    if not plain.moves:
        return reading, NOTHING

    def at(marker: Marker) -> Marker:
        start, end = plain.moved(marker.start), plain.moved(marker.end)
        named = marker.delegation and stripped(marker.delegation).text
        words = stripped(marker.words).text
        return marker._replace(delegation=named, raw=plain.text[start:end], start=start, end=end, words=words)

    spans = tuple(
        span._replace(open=plain.moved(span.open), close=plain.moved(span.close), markers=tuple(map(at, span.markers)))
        for span in reading.spans
    )
    faults = tuple(fault._replace(at=plain.moved(fault.at)) for fault in reading.faults)
    made = reading._replace(
        text=plain.text,
        spans=spans,
        markers=tuple(map(at, reading.markers)),
        orphans=tuple(map(at, reading.orphans)),
        faults=faults,
    )
    return made, plain.removed


def plain_package(package: Package) -> tuple[Package, Removed]:
    """Everything of a package that comes in, made plain, and what was taken out; its ``source`` stays as it came.

    The covering note, which is kept as it was laid out, also loses what nobody sees.
    """
    counted: Counter[str] = Counter()
    letter = package.letter and stripped(package.letter, keep=WHITE)
    if letter:
        counted.update(letter.removed)
    documents = tuple(_document(read, counted) for read in package.documents)
    return replace(package, letter=letter and letter.text, documents=documents), dict(counted)


def _document(read: ReadDocument, counted: Counter[str]) -> ReadDocument:
    def line(text: str) -> str:
        plain = stripped(text, collapse=True)
        counted.update(plain.removed)
        return plain.text

    return replace(
        read,
        title=read.title and line(read.title),
        header_lines=tuple(map(line, read.header_lines)),
        status_line=read.status_line and line(read.status_line),
        paragraphs=tuple(_paragraph(paragraph, counted) for paragraph in read.paragraphs),
        footnotes=tuple(
            replace(note, mark=stripped(note.mark).text, reading=_counted(note.reading, counted))
            for note in read.footnotes
        ),
        tables=tuple(
            replace(table, rows=tuple(tuple(_counted(cell, counted) for cell in row) for row in table.rows))
            for table in read.tables
        ),
    )


def _paragraph(paragraph: ReadParagraph, counted: Counter[str]) -> ReadParagraph:
    reading = _counted(paragraph.reading, counted)
    label = paragraph.label and stripped(paragraph.label, collapse=True).text
    return paragraph._replace(reading=reading, label=label or None)


def _counted(reading: Reading, counted: Counter[str]) -> Reading:
    made, removed = plain_reading(reading)
    counted.update(removed)
    return made
