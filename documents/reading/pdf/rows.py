"""Pieces of a page put together to segments: what stands on one base line without a gap that a column would need."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from documents.reading.pdf.page import Piece

_GAP = 1.1  # of the size: more than this between two pieces may be the gap between two columns
_SAME_LINE = 0.22  # of the size: base lines that differ less are one
_SMALL = 0.87  # of the size of its neighbour: a piece that may be raised or lowered
_NEAR = 0.7  # of the size: how near its neighbour it stands then
_HIGHEST, _LOWEST = 0.75, -0.35
_LEAST_RISE = 0.12


@dataclass(slots=True)
class Segment:
    """Pieces on one base line, from left to right. ``size`` is that of most of its letters."""

    pieces: list[Piece]
    y: float
    size: float
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        self.left, self.right = self.pieces[0].left, max(piece.right for piece in self.pieces)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _Row:
    y: float
    size: float
    pieces: list[Piece]


def segments(pieces: Iterable[Piece]) -> list[Segment]:
    """The segments of a page, from top to bottom and from left to right."""
    made = [segment for row in _rows(pieces) for segment in _cut(row)]
    made.sort(key=lambda segment: (-segment.y, segment.left))
    return made


def _rows(pieces: Iterable[Piece]) -> list[_Row]:
    """The larger pieces first: they make the lines, to which small ones are raised."""
    rows: dict[int, list[_Row]] = {}
    for piece in sorted(pieces, key=lambda piece: -piece.size):
        row = _row_of(rows, piece)
        if row is None:
            rows.setdefault(int(piece.y), []).append(_Row(piece.y, piece.size, [piece]))
        else:
            piece.raised = piece.size <= _SMALL * row.size and piece.y - row.y > _LEAST_RISE * row.size
            row.pieces.append(piece)
    return [row for near in rows.values() for row in near]


def _row_of(rows: dict[int, list[_Row]], piece: Piece) -> _Row | None:
    here = int(piece.y)
    near = [row for y in (here, here - 1, here + 1, here - 2, here + 2) for row in rows.get(y, ())]
    for row in near:
        if abs(row.y - piece.y) <= _SAME_LINE * min(row.size, piece.size):
            return row
    for y in range(here - 16, here + 8):
        for row in rows.get(y, ()):
            rise = (piece.y - row.y) / row.size
            if piece.size <= _SMALL * row.size and _LOWEST <= rise <= _HIGHEST and _touches(row, piece):
                return row
    return None


def _touches(row: _Row, piece: Piece) -> bool:
    reach = _NEAR * row.size
    return any(other.left - reach <= piece.right and piece.left <= other.right + reach for other in row.pieces)


def _cut(row: _Row) -> list[Segment]:
    row.pieces.sort(key=lambda piece: piece.left)
    groups: list[list[Piece]] = []
    right = 0.0
    for piece in row.pieces:
        if groups and piece.left - right <= _GAP * row.size:
            groups[-1].append(piece)
        elif piece.text.strip():
            groups.append([piece])
        else:
            continue  # white space far from any word
        right = max(right, piece.right) if len(groups[-1]) > 1 else piece.right
    return [Segment(group, _base(group), _usual_size(group)) for group in groups]


def _base(group: list[Piece]) -> float:
    largest = max(group, key=lambda piece: piece.size)
    return largest.y


def _usual_size(group: list[Piece]) -> float:
    if len(group) == 1:
        return group[0].size
    letters: dict[float, int] = {}
    for piece in group:
        size = round(piece.size, 1)
        letters[size] = letters.get(size, 0) + len(piece.signs)
    return max(letters, key=lambda size: letters[size])
