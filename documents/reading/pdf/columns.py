"""The order in which a page is read: down the columns where there are columns, with what stands across them between."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from documents.reading.pdf.rows import Segment

_LEAST_LINES = 4  # lines on either side that make a column
_FEW_LINES = 2
_LEAST_GUTTER = 0.8  # of the size
_LEAST_WIDTH = 0.22  # of the region: a column is not narrower
_FULL = 0.7  # of its column: a line of wording that was wrapped
_LEAST_FULL = 0.4  # of the lines: otherwise these are cells of a table, or labels and what they name
_DEEPEST = 4
_WIDE = 1.6  # of the usual distance: a line below a column that does not belong to it
_LETTERHEAD_GAP = 3.0  # of the size
_LETTERHEAD_ROWS = 9
_TABLE_ROWS = 3
_SAME_EDGE = 2.0  # points


@dataclass(slots=True)
class Row:
    """What is printed as one line: one segment, or several in a row."""

    segments: list[Segment]

    @property
    def y(self) -> float:
        return self.segments[0].y

    @property
    def size(self) -> float:
        return max(self.segments, key=lambda segment: segment.right - segment.left).size

    @property
    def left(self) -> float:
        return self.segments[0].left

    @property
    def right(self) -> float:
        return self.segments[-1].right


Block = list[Row]
"""Lines one below the other: a column, or what stands across the columns."""


def blocks(segments: Sequence[Segment]) -> list[Block]:
    """The segments of a page (from top to bottom) as blocks of rows in reading order."""
    found: list[Block] = []
    _read(list(segments), found, _DEEPEST)
    return [block for block in found if block]


def _read(segments: list[Segment], found: list[Block], depth: int) -> None:
    while segments and depth:
        split = _columns(segments)
        if split is None:
            break
        above, left, right, segments = split
        found += _with_letterhead(above)
        _read(left, found, depth - 1)
        _read(right, found, depth - 1)
    if segments:
        found += _with_letterhead(segments)


def _columns(
    segments: list[Segment],
) -> tuple[list[Segment], list[Segment], list[Segment], list[Segment]] | None:
    """The first columns from the top: what is above, the left one, the right ones, what is below."""
    region_left, region_right = min(s.left for s in segments), max(s.right for s in segments)
    width = region_right - region_left
    best = None
    for edge in _edges(segments, region_left + _LEAST_WIDTH * width, region_right - _LEAST_WIDTH * width):
        if not any(_parted(segments[a:z], edge, width) for a, z in _stretches(segments, edge, _LEAST_LINES)):
            continue
        # Where there are columns once on a page, a few lines beside each other are columns too.
        for start, end in _stretches(segments, edge, _FEW_LINES):
            parts = _parted(segments[start:end], edge, width, known=True)
            if parts is not None and (best is None or (start, start - end) < best[0]):
                above, left, right, below = parts
                best = (start, start - end), (segments[:start] + above, left, right, below + segments[end:])
    return best[1] if best else None


def _edges(segments: list[Segment], first: float, last: float) -> list[float]:
    """Left edges that several lines share, within the middle of the region."""
    count: dict[int, list[float]] = {}
    for segment in segments:
        if first < segment.left < last:
            count.setdefault(round(segment.left / 3), []).append(segment.left)
    return [min(lefts) - 1 for lefts in count.values() if len(lefts) >= _LEAST_LINES - 1]


def _stretches(segments: list[Segment], edge: float, least: int) -> list[tuple[int, int]]:
    """Where no line crosses the edge, with at least so many lines for either side."""
    found, start = [], 0
    for at, segment in enumerate(segments):
        if segment.left < edge < segment.right:
            if at - start >= 2 * least:
                found.append((start, at))
            start = at + 1
    if len(segments) - start >= 2 * least:
        found.append((start, len(segments)))
    return found


def _parted(
    stretch: list[Segment], edge: float, width: float, *, known: bool = False
) -> tuple[list[Segment], list[Segment], list[Segment], list[Segment]] | None:
    """A stretch that no line crosses: above, left and right column, below; None where these are no columns.

    ``known``: they are columns elsewhere on the page, so less proof is needed.
    """
    left = [segment for segment in stretch if segment.right <= edge]
    right = [segment for segment in stretch if segment.left >= edge]
    least = _FEW_LINES if known else _LEAST_LINES
    if len(right) < least or len(left) < least:
        return None
    top, bottom = right[0].y + right[0].size, right[-1].y - right[-1].size
    above = [segment for segment in left if segment.y > top]
    left = left[len(above) :]
    left, below = _end_of(left, bottom)
    if len(left) < least:
        return None
    gutter = edge + 1 - max(segment.right for segment in left)
    if gutter < _LEAST_GUTTER * median(segment.size for segment in left):
        return None
    if not known and not (_is_wording(left, width) and _is_wording(right, width)):
        return None
    return above, left, right, below


def _end_of(left: list[Segment], bottom: float) -> tuple[list[Segment], list[Segment]]:
    """The left column, and the lines below it that a wider gap parts from it where the right one has ended."""
    steps = [a.y - b.y for a, b in pairwise(left) if a.y > b.y]
    usual = median(steps) if steps else 0.0
    for at in range(1, len(left)):
        if left[at].y < bottom and left[at - 1].y - left[at].y > _WIDE * usual:
            return left[:at], left[at:]
    return left, []


def _is_wording(column: list[Segment], width: float) -> bool:
    """Whether most lines of a column are full, as wrapped wording is; a column within columns may be narrow."""
    rows: dict[int, list[Segment]] = {}
    for segment in column:
        rows.setdefault(round(segment.y), []).append(segment)
    left = min(segment.left for segment in column)
    breadth = max(segment.right for segment in column) - left
    if breadth < _LEAST_WIDTH * width:
        return False
    full = sum(row[-1].right - row[0].left >= _FULL * breadth for row in rows.values())
    return full >= _LEAST_FULL * len(rows)


# ---- rows


def rows_of(segments: Sequence[Segment]) -> list[Row]:
    """What stands on one height together, from top to bottom."""
    rows: list[Row] = []
    for segment in segments:
        if rows and abs(rows[-1].y - segment.y) < 0.25 * segment.size:
            rows[-1].segments.append(segment)
            rows[-1].segments.sort(key=lambda one: one.left)
        else:
            rows.append(Row([segment]))
    return rows


def _with_letterhead(segments: list[Segment]) -> list[Block]:
    """Rows as they stand; but a letterhead has an address on the left and a symbol on the right, each read by itself."""
    rows = rows_of(segments)
    end = _letterhead(rows)
    if not end:
        return [rows] if rows else []
    edge = min(row.segments[-1].left for row in rows[:end] if len(row.segments) > 1) - _SAME_EDGE
    parts = [segment for row in rows[:end] for segment in row.segments]
    left = rows_of([segment for segment in parts if segment.left < edge])
    right = rows_of([segment for segment in parts if segment.left >= edge])
    return [left, right, rows[end:]]


def _letterhead(rows: list[Row]) -> int:
    """How many of the first rows are a letterhead of two parts; none where only one row has anything on the right, or
    where all of many rows have something on both sides, as those of a table have."""
    end = found = both = 0
    edge = 0.0
    for at, row in enumerate(rows[:_LETTERHEAD_ROWS]):
        parts = row.segments
        if len(parts) == 2 and parts[1].left - parts[0].right >= _LETTERHEAD_GAP * row.size:
            edge = min(edge or parts[1].left, parts[1].left)
            found, both, end = found + 1, both + 1, at + 1
        elif edge and row.left >= edge - _SAME_EDGE:
            found, end = found + 1, at + 1
        elif len(parts) > 1 or (edge and row.right > edge):
            break
    crosses = any(row.left < edge - _SAME_EDGE and row.segments[0].right > edge for row in rows[:end])
    is_table = both == end >= _TABLE_ROWS
    return end if found > 1 and not crosses and not is_table else 0
