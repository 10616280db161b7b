"""Running headers and page numbers: lines at the edges of pages that come again from page to page."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from documents.notation.heads import find_heads
from documents.notation.lines import split_lines
from documents.reading.pdf.line import Line
from documents.reading.pdf.notes import usual_size

_MOST_ROWS = 4  # of a page's first or last rows that may be furniture
_EDGE = 0.2  # of the page's height: how deep the margins may be
_NARROW_EDGE = 0.12
_SAME_HEIGHT = 3.0  # points
_APART = 1.6  # of the size: how far from the wording a number stands that comes only once
_SLOT = 3  # pages on which a place is taken by furniture, after which any line there is
_SMALLER = 0.9  # of the size of the wording
_ENDS = (".", ";", ":", ",")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—|[(]?\s*(?:(?:page|p\.|стр\.?|страница|бет)\s*)?\d{1,4}(?:\s*(?:/|of|из)\s*\d{1,4})?\s*[-–—|\])]?|[-–—]?\s?[ivxl]{1,6}\s?[-–—]?",
    re.IGNORECASE,
)

Row = list[Line]


def mark_furniture(pages: Sequence[list[Line]], heights: Sequence[float]) -> None:
    """Give the lines of all pages that are no wording their ``kind``. ``pages`` in order, each with its height."""
    margins = _Margins(pages, heights)
    for page in range(len(pages)):
        for is_top, rows in margins.edges[page]:
            for row in margins.furniture(page, is_top, rows):
                for line in row:
                    line.kind = "page_number" if _PAGE_NUMBER.fullmatch(line.text.strip()) else "running_header"


class _Margins:
    """The rows at the edges of all pages: where they stand, and on which pages again."""

    def __init__(self, pages: Sequence[list[Line]], heights: Sequence[float]) -> None:
        self.heights = heights
        self.edges = [_edges(lines, height) for lines, height in zip(pages, heights, strict=True)]
        self.heads = [_head_of(lines, height) for lines, height in zip(pages, heights, strict=True)]
        self.size = usual_size(line for lines in pages for line in lines)
        self.seen = _seen(self.edges)
        self.slots = Counter(
            _slot(rows[0], is_top)
            for page, sides in enumerate(self.edges)
            for is_top, rows in sides
            if rows and self.comes_again(rows[0], is_top, page)
        )

    def furniture(self, page: int, is_top: bool, rows: list[Row]) -> list[Row]:
        """The rows from the edge inwards that are no wording: as many as stand together apart from it."""
        count = 0
        while count < min(len(rows), _MOST_ROWS) and self.is_furniture(page, is_top, rows, count):
            count += 1
        while 0 < count < len(rows) and not _is_apart(rows, count - 1):
            count -= 1  # a line of wording that is the same on two pages
        return rows[:count]

    def is_furniture(self, page: int, is_top: bool, rows: list[Row], at: int) -> bool:
        """Whether this row is no wording, where those between it and the edge are none."""
        row, head = rows[at], self.heads[page]
        in_head = any(id(line) in head for line in row)
        if self.comes_again(row, is_top, page) and (not in_head or self.comes_elsewhere(row, is_top, page)):
            return True
        if in_head or not _is_apart(rows, at) or not _is_at_edge(row, self.heights[page]):
            return False
        if _is_number(row) or (at == 0 and not head and self.slots[_slot(row, is_top)] >= _SLOT):
            return True
        return at == 0 and is_top and page > 0 and _is_small(row, self.size)

    def comes_again(self, row: Row, is_top: bool, page: int) -> bool:
        """Whether each line of a row stands at the same height on one of the two pages before or behind too."""
        return all(any(0 < abs(other - page) <= 2 for other in self.seen[_key(line, is_top)]) for line in row)

    def comes_elsewhere(self, row: Row, is_top: bool, page: int) -> bool:
        """Whether a row that stands in the head of a document also stands on a page where no document begins."""
        return all(
            any(0 < abs(other - page) <= 2 and not self.heads[other] for other in self.seen[_key(line, is_top)])
            for line in row
        )


def _edges(lines: Iterable[Line], height: float) -> list[tuple[bool, list[Row]]]:
    """The rows next to the upper edge and next to the lower one, each from the edge inwards."""
    upright = sorted((line for line in lines if not line.turned), key=lambda line: -line.y)
    rows = [list(row) for _, row in groupby(upright, key=lambda line: round(line.y / _SAME_HEIGHT))]
    top = [row for row in rows[: _MOST_ROWS + 1] if row[0].y >= (1 - _EDGE) * height]
    bottom = [row for row in rows[-_MOST_ROWS - 1 :] if row[0].y <= _EDGE * height and row not in top]
    return [(True, top), (False, bottom[::-1])]


Key = tuple[bool, int, str]


def _key(line: Line, is_top: bool) -> Key:
    return is_top, round(line.y / _SAME_HEIGHT), _DIGITS.sub("#", line.text.strip())


def _seen(edges: Sequence[list[tuple[bool, list[Row]]]]) -> dict[Key, list[int]]:
    """On which pages each line stands, figures aside."""
    seen: dict[Key, list[int]] = defaultdict(list)
    for page, sides in enumerate(edges):
        for is_top, rows in sides:
            for line in (line for row in rows for line in row):
                seen[_key(line, is_top)].append(page)
    return seen


def _head_of(lines: Sequence[Line], height: float) -> set[int]:
    """The lines of a page that are the head of a document (by identity): its letterhead comes again with each document.

    None begins at the foot of a page: what looks like one there is a running footer.
    """
    above = [line for line in lines if line.y > _EDGE * height]
    source = "\n".join(line.text for line in above)
    heads = find_heads(source, split_lines(source))
    return {id(line) for head in heads for line in above[head.first : head.end]}


def _is_apart(rows: list[Row], at: int) -> bool:
    """Whether a wider gap lies between a row and the next one inwards."""
    row = rows[at]
    return at + 1 >= len(rows) or abs(row[0].y - rows[at + 1][0].y) > _APART * row[0].size


def _slot(row: Row, is_top: bool) -> tuple[bool, int]:
    return is_top, round(row[0].y / _SAME_HEIGHT)


def _is_number(row: Row) -> bool:
    return len(row) == 1 and _PAGE_NUMBER.fullmatch(row[0].text.strip()) is not None


def _is_small(row: Row, size: float) -> bool:
    """Whether a row is set smaller than the wording and ends no sentence: a header that comes only once."""
    return all(line.size <= _SMALLER * size and not line.text.endswith(_ENDS) for line in row)


def _is_at_edge(row: Row, height: float) -> bool:
    return not _NARROW_EDGE * height < row[0].y < (1 - _NARROW_EDGE) * height
