"""The source beside what was understood of it: every line that holds something stands in one row, in its order.

A row is a stretch of source and what it was taken for. Page furniture, footnotes and tables in the middle of a paragraph
stay in its row, since the reader's eye goes from one line of the source to the next.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from documents.notation.contents import Package, ReadDocument
from documents.notation.lines import Lines, split_lines, unwrapped
from documents.notation.shown import Range

LONGEST = 40_000
"""Characters of source in one row; what is longer goes on in rows of its own, so that no page grows without bound."""
MOST_ROWS, MOST_CHARACTERS = 200, 200_000
"""Rows, and characters of source, on one page."""
LETTER_LINES = 40
"""Lines of the covering note in one row."""


@dataclass(frozen=True, slots=True)
class Inside:
    """Something in the middle of a row that is none of its wording; ``index`` is among the artefacts, footnotes or
    tables of the document, by ``kind``."""

    kind: str
    index: int
    src: Range


@dataclass(frozen=True, slots=True)
class Row:
    """``src`` begins and ends with a line; ``at`` names the row: the beginning of its paragraph, else of its first line.

    ``kind`` is ``letter``, ``header``, ``status``, ``title``, ``paragraph``, ``footnote``, ``table``, ``page_number``,
    ``running_header`` or ``other``; ``index`` is among those of the document, -1 where there is only one. ``goes_on``
    says that it is the rest of the row before.
    """

    kind: str
    at: int
    src: Range
    index: int = -1
    inside: tuple[Inside, ...] = ()
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The covering note (``document`` is None) or a document, with its rows; ``src`` reaches to the next part."""

    document: int | None
    src: Range
    rows: tuple[Row, ...]

    def row_at(self, place: int) -> int:
        """The index of the row that a place of the source lies in, or of the last one before it."""
        return max(0, bisect_right(self.rows, place, key=lambda row: row.src[0]) - 1)


@dataclass(frozen=True, slots=True)
class Beside:
    """A package laid out; ``numbers`` are the line numbers of ``lines``, from 1, as an editor counts them."""

    package: Package
    lines: Lines
    numbers: Sequence[int]
    parts: tuple[Part, ...]

    def part_at(self, place: int) -> int:
        """The index of the part that a place of the source lies in."""
        return max(0, bisect_right(self.parts, place, key=lambda part: part.src[0]) - 1)

    def lines_of(self, src: Range) -> range:
        """The indexes of the lines that lie in a stretch of source."""
        return _lines_of(self.lines, src)


def lay_out(package: Package) -> Beside:
    """The rows of a package, in time proportional to its source."""
    lines = split_lines(package.source)
    begins = [document.begins for document in package.documents]
    parts = []
    first = begins[0] if begins else len(package.source)
    if package.letter is not None:
        parts.append(Part(None, (0, first), tuple(_letter(lines, first))))
    for index, document in enumerate(package.documents):
        start = begins[index] if parts else 0
        end = begins[index + 1] if index + 1 < len(begins) else len(package.source)
        parts.append(Part(index, (start, end), tuple(_document(package.source, lines, document, end))))
    return Beside(package, lines, list(accumulate(lines.gaps)), tuple(parts))


def pages(part: Part) -> list[range]:
    """The rows of a part in portions that a page can show: so many rows, and so many characters of source."""
    found, first, characters = [], 0, 0
    for at, row in enumerate(part.rows):
        long = row.src[1] - row.src[0]
        if at > first and (at - first >= MOST_ROWS or characters + long > MOST_CHARACTERS):
            found.append(range(first, at))
            first, characters = at, 0
        characters += long
    return [*found, range(first, len(part.rows))]


def _letter(lines: Lines, end: int) -> Iterator[Row]:
    within = _lines_of(lines, (0, end))
    for first in range(0, len(within), LETTER_LINES):
        some = within[first : first + LETTER_LINES]
        yield from _cut(lines, Row("letter", lines.starts[some[0]], (lines.starts[some[0]], lines.ends[some[-1]])))


def _document(source: str, lines: Lines, document: ReadDocument, end: int) -> Iterator[Row]:
    things = _things(document)
    rows = list(_head(source, lines, document))
    at = rows[-1].src[1] if rows else document.begins
    for row in _gathered(things):
        rows.extend(_between(lines, at, row.src[0], document))
        rows.append(row)
        at = max(at, row.src[1])
    rows.extend(_between(lines, at, end, document))
    for row in rows:
        yield from _cut(lines, row)


def _head(source: str, lines: Lines, document: ReadDocument) -> Iterator[Row]:
    """A row for the header lines and one for the status line: they follow one another from the document's first line."""
    first = bisect_left(lines.starts, document.begins)
    status = first + len(document.header_lines)
    if status > first:
        yield Row("header", lines.starts[first], (lines.starts[first], lines.ends[status - 1]))
    if document.status_line is not None:
        one = unwrapped(source[lines.starts[status] : lines.ends[status]], odd=lines.odd)
        last = status if one == document.status_line or status + 1 >= len(lines) else status + 1
        yield Row("status", lines.starts[status], (lines.starts[status], lines.ends[last]))


def _things(document: ReadDocument) -> list[Row]:
    """Everything of which the reading knows where it stands, in order; a paragraph before what lies inside it."""
    things = [Row("paragraph", found.src[0], found.src, at) for at, found in enumerate(document.paragraphs)]
    things += [Row(found.kind, found.src[0], found.src, at) for at, found in enumerate(document.artefacts)]
    things += [Row("footnote", found.src[0], found.src, at) for at, found in enumerate(document.footnotes)]
    things += [Row("table", found.src[0], found.src, at) for at, found in enumerate(document.tables)]
    return sorted(things, key=lambda row: (row.src[0], -row.src[1]))


def _gathered(things: Iterable[Row]) -> Iterator[Row]:
    """The things with those that lie inside another one put into it."""
    outer: Row | None = None
    inside: list[Inside] = []
    for row in things:
        if outer is not None and row.src[0] < outer.src[1]:
            inside.append(Inside(row.kind, row.index, row.src))
            continue
        if outer is not None:
            yield replace(outer, inside=tuple(inside))
        outer, inside = row, []
    if outer is not None:
        yield replace(outer, inside=tuple(inside))


def _between(lines: Lines, start: int, end: int, document: ReadDocument) -> Iterator[Row]:
    """What no part of the reading has a place for: the title. Its lines need not follow one another."""
    if within := _lines_of(lines, (start, end)):
        kind = "title" if document.title is not None else "other"
        yield Row(kind, lines.starts[within[0]], (lines.starts[within[0]], lines.ends[within[-1]]))


def _cut(lines: Lines, row: Row) -> Iterator[Row]:
    """The row, in several where it is too long: at the end of a line, or within one that is too long itself."""
    start, end = row.src
    if end - start <= LONGEST:
        yield row
        return
    cuts = [start]
    for line in _lines_of(lines, row.src):
        here, stop = max(lines.starts[line], start), min(lines.ends[line], end)
        if stop - cuts[-1] > LONGEST and here > cuts[-1]:
            cuts.append(here)
        while stop - cuts[-1] > LONGEST:
            cuts.append(cuts[-1] + LONGEST)
    for number, (first, last) in enumerate(zip(cuts, [*cuts[1:], end], strict=True)):
        inside = tuple(thing for thing in row.inside if first <= thing.src[0] < last)
        yield replace(row, at=first if number else row.at, src=(first, last), inside=inside, goes_on=number > 0)


def _lines_of(lines: Lines, src: Range) -> range:
    """The lines that begin in a stretch, and the one that it begins within."""
    first = bisect_left(lines.starts, src[0])
    if first and lines.ends[first - 1] > src[0]:
        first -= 1
    return range(first, bisect_left(lines.starts, src[1]))
