"""Tables in plain text, where they are plain: cells parted by upright strokes or tabs, or columns under a rule of dashes.

At least two rows of as many cells each on lines that follow one another. Anything else is wording, since nothing is
lost that way.
"""

import re
from collections.abc import Collection
from itertools import pairwise
from typing import NamedTuple

from documents.notation.labels import read_label
from documents.notation.lines import Lines
from documents.notation.shown import Range, Table

_RULE = re.compile(r"[\s|+:=_-]*[=_-]{3}[\s|+:=_-]*")
_COLUMNS = re.compile(r"[-=_]{3,}(?:\s{2,}[-=_]{3,})+")
_STROKES = re.compile(r"\s*\|\s*")
_TABS = re.compile(r"[ ]*\t\s*")
_WIDE = re.compile(r"\s{2,}")
_LONGEST_CELL = 200
_FEWEST_ROWS = 2


class PlainTable(NamedTuple):
    """A table on the lines from ``first`` to ``last``."""

    first: int
    last: int
    table: Table


def find_tables(source: str, lines: Lines, taken: Collection[int]) -> list[PlainTable]:
    """The tables of a text in order; none lies on lines that are ``taken``.

    What draws a table is kept in it, since every character has one place: a stroke ends the cell before it (or begins
    the first), a rule is a row of one cell.
    """
    if "|" not in source and "\t" not in source and "---" not in source:
        return []
    found: list[PlainTable] = []
    for at in [at for at in range(len(lines)) if _may_be_row(source, lines, at)]:
        if found and at <= found[-1].last:
            continue
        floor = found[-1].last + 1 if found else 0
        if at not in taken and (table := _table_from(source, lines, at, floor, taken)) is not None:
            found.append(table)
    return found


def _may_be_row(source: str, lines: Lines, at: int) -> bool:
    start, end = lines.starts[at], lines.ends[at]
    if source.find("|", start, end) >= 0 or source.find("\t", start, end) >= 0:
        return True
    return at + 1 < len(lines) and lines.texts[at + 1][0] in "-=_" and bool(_COLUMNS.fullmatch(lines.texts[at + 1]))


def _table_from(source: str, lines: Lines, at: int, floor: int, taken: Collection[int]) -> PlainTable | None:
    """The table whose first row is on this line; a rule above it is taken in, if it is not above the line ``floor``."""
    under_rule = at + 1 < len(lines) and _COLUMNS.fullmatch(lines.texts[at + 1])
    for way in (_STROKES, _TABS, _WIDE) if under_rule else (_STROKES, _TABS):
        rows: list[tuple[Range, ...]] = []
        cells = last = 0
        for line in range(at, len(lines)):
            if line in taken or (line > at and lines.gaps[line] != 1):
                break
            start, end = lines.starts[line], lines.ends[line]
            if _RULE.fullmatch(source, start, end):
                rows.append(((start, end),))
            elif row := _row(source, start, end, way, cells):
                rows.append(row)
                cells = len(row)
            else:
                break
            last = line
        if sum(1 for row in rows if len(row) > 1) >= _FEWEST_ROWS:
            if at > floor and at - 1 not in taken and lines.gaps[at] == 1 and _RULE.fullmatch(lines.texts[at - 1]):
                at -= 1
                rows.insert(0, ((lines.starts[at], lines.ends[at]),))
            return PlainTable(at, last, Table((lines.starts[at], lines.ends[last]), tuple(rows)))
    return None


def _row(source: str, start: int, end: int, way: re.Pattern[str], wanted: int) -> tuple[Range, ...]:
    """The cells of one line: as many as the rows before have; none where it is no row."""
    cuts = [match.end() for match in way.finditer(source, start, end) if start < match.start() and match.end() < end]
    edges = [start, *cuts, end]
    cells = list(pairwise(edges))
    if len(cells) < 2 or (wanted and len(cells) != wanted) or any(z - a > _LONGEST_CELL for a, z in cells):
        return ()
    first = source[slice(*cells[0])].strip()
    label = read_label(f"{first} ")
    if way is not _STROKES and label is not None and len(label.text) >= len(first.strip(" .:")):
        return ()  # a label and its paragraph, not two cells
    return tuple(cells)
