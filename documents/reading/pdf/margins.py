"""Running headers and page numbers: lines at the edges of pages that come again from page to page."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from documents.notation.heads import find_heads
from documents.notation.lines import split_lines
from documents.reading.pdf.line import Line

_MOST_ROWS = 4  # of a page's first or last rows that may be furniture
_EDGE = 0.2  # of the page's height: how deep the margins may be
_NARROW_EDGE = 0.12
_SAME_HEIGHT = 3.0  # points
_APART = 1.6  # of the size: how far from the wording a number stands that comes only once
_SLOT = 3  # pages on which a place is taken by furniture, after which any line there is
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—|[(]?\s*(?:(?:page|p\.|стр\.?|страница|бет)\s*)?\d{1,4}(?:\s*(?:/|of|из)\s*\d{1,4})?\s*[-–—|\])]?|[-–—]?\s?[ivxl]{1,6}\s?[-–—]?",
    re.IGNORECASE,
)

Row = list[Line]


def mark_furniture(pages: Sequence[list[Line]], heights: Sequence[float]) -> None:
    """Give the lines of all pages that are no wording their ``kind``. ``pages`` in order, each with its height."""
    edges = [_edges(lines, height) for lines, height in zip(pages, heights, strict=True)]
    seen = _seen(edges)
    slots = Counter(slot for page, _ in enumerate(edges) for slot in _slots(edges[page], page, seen))
    for page, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        head = _head_of(lines)
        for is_top, rows in edges[page]:
            for at, row in enumerate(rows):
                apart = at + 1 >= len(rows) or abs(row[0].y - rows[at + 1][0].y) > _APART * row[0].size
                if any(line in head for line in row) and not _comes_elsewhere(row, is_top, page, seen, pages):
                    break
                repeated = _comes_again(row, is_top, page, seen)
                number = apart and _is_number(row) and _is_at_edge(row, height)
                if not (repeated or number or (at == 0 and slots[_slot(row, is_top)] >= _SLOT and not head and apart)):
                    break
                for line in row:
                    line.kind = "page_number" if _PAGE_NUMBER.fullmatch(line.text.strip()) else "running_header"


def _edges(lines: Iterable[Line], height: float) -> list[tuple[bool, list[Row]]]:
    """The rows next to the upper edge and next to the lower one, each from the edge inwards."""
    upright = sorted((line for line in lines if not line.turned), key=lambda line: -line.y)
    rows = [list(row) for _, row in groupby(upright, key=lambda line: round(line.y / _SAME_HEIGHT))]
    top = [row for row in rows[:_MOST_ROWS] if row[0].y >= (1 - _EDGE) * height]
    bottom = [row for row in rows[-_MOST_ROWS:] if row[0].y <= _EDGE * height and row not in top]
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


def _comes_again(row: Row, is_top: bool, page: int, seen: dict[Key, list[int]]) -> bool:
    """Whether each line of a row stands at the same height on one of the two pages before or behind too."""
    return all(any(0 < abs(other - page) <= 2 for other in seen[_key(line, is_top)]) for line in row)


def _comes_elsewhere(
    row: Row, is_top: bool, page: int, seen: dict[Key, list[int]], pages: Sequence[list[Line]]
) -> bool:
    """Whether a row that stands in the head of a document also stands on a page where no document begins."""
    return all(
        any(
            other != page and abs(other - page) <= 2 and not _head_of(pages[other])
            for other in seen[_key(line, is_top)]
        )
        for line in row
    )


def _head_of(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page that are the head of a document: its letterhead, which comes again with each document."""
    source = "\n".join(line.text for line in lines)
    heads = find_heads(source, split_lines(source))
    return [line for head in heads for line in lines[head.first : head.end]]


def _slots(sides: list[tuple[bool, list[Row]]], page: int, seen: dict[Key, list[int]]) -> Iterator[tuple[bool, int]]:
    for is_top, rows in sides:
        if rows and _comes_again(rows[0], is_top, page, seen):
            yield _slot(rows[0], is_top)


def _slot(row: Row, is_top: bool) -> tuple[bool, int]:
    return is_top, round(row[0].y / _SAME_HEIGHT)


def _is_number(row: Row) -> bool:
    return len(row) == 1 and _PAGE_NUMBER.fullmatch(row[0].text.strip()) is not None


def _is_at_edge(row: Row, height: float) -> bool:
    return not _NARROW_EDGE * height < row[0].y < (1 - _NARROW_EDGE) * height
