"""A printed line as a line of the source: its characters, with spaces where there are gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from documents.reading.pdf.columns import Row
from documents.reading.pdf.page import Piece, Range, Sign
from documents.reading.pdf.signs import SUPERSCRIPTS

_GAP_WITH_SPACES = 0.17  # of the size: a gap between words in a file that has spaces of its own
_GAP_WITHOUT = 0.14
_TABULATED = 2.5  # of the size: a gap that stays visible in the text
_MOST_LETTER_GAP = 0.5  # of the size: letters set wide apart
_SPACES = " \xa0"


@dataclass(slots=True)
class Line:
    """A line of the source, where it stands on its page, and which of its characters are bold."""

    page: int
    text: str
    bold: list[Range]
    left: float
    right: float
    y: float
    size: float
    block: int
    first: float  # how broad its first word is
    turned: bool = False
    kind: str = ""  # "running_header", "page_number" or "footnote"; empty: wording
    mark: str = ""  # of the footnote that begins here


def line_of(row: Row, page: int, block: int) -> Line | None:
    """The line that a row prints; None where it prints nothing that can be seen."""
    text, bold = _written([piece for segment in row.segments for piece in segment.pieces])
    if not text.strip(_SPACES):
        return None
    return Line(page, text, bold, row.left, row.right, row.y, row.size, block, _first_word(row))


def _first_word(row: Row) -> float:
    """How broad the first word of a row is."""
    start: float | None = None
    end = 0.0
    for sign in (sign for piece in row.segments[0].pieces for sign in piece.signs):
        if sign.text == " " and start is not None:
            break
        if sign.text != " ":
            start = sign.left if start is None else start
            end = sign.right
    return max(0.0, end - start) if start is not None else 0.0


def _written(pieces: Sequence[Piece]) -> tuple[str, list[Range]]:
    pieces = _once(pieces)
    spaced = any(piece.spaced for piece in pieces)
    usual = _usual_gap(pieces)
    parts: list[str] = []
    bold: list[Range] = []
    length = 0
    last: Sign | None = None
    for piece in pieces:
        start = length
        least = usual + (_GAP_WITH_SPACES if spaced else _GAP_WITHOUT) * piece.size
        for sign in piece.signs:
            if last is not None and last.text not in _SPACES and sign.text not in _SPACES:
                gap = sign.left - last.right
                if gap > least:
                    parts.append("   " if gap > _TABULATED * piece.size else " ")
                    length += len(parts[-1])
            word = sign.text.translate(SUPERSCRIPTS) if piece.raised and sign.text.isdigit() else sign.text
            if not parts and word in _SPACES:
                continue
            if word == " " and parts and parts[-1][-1] == " ":
                last = sign
                continue
            parts.append(word)
            length += len(word)
            last = sign
        if piece.bold and length > start:
            bold.append((start, length))
    text = "".join(parts).rstrip(" ")
    return text, _joined((start, min(end, len(text))) for start, end in bold if start < len(text))


def _once(pieces: Sequence[Piece]) -> list[Piece]:
    """Without the second of two pieces that print the same words at one place: so is bold faked."""
    kept: list[Piece] = []
    for piece in pieces:
        twin = next((one for one in reversed(kept[-4:]) if _is_twin(one, piece)), None)
        if twin is None:
            kept.append(piece)
        else:
            twin.bold = True
    return kept


def _is_twin(one: Piece, other: Piece) -> bool:
    near = abs(one.left - other.left) < 0.15 * one.size and abs(one.y - other.y) < 0.15 * one.size
    return near and one.text.strip() != "" and one.text == other.text


def _usual_gap(pieces: Iterable[Piece]) -> float:
    """How far apart the letters of a line are set: nothing mostly, more where it is set wide."""
    gaps: list[float] = []
    size = 1.0
    for piece in pieces:
        size = piece.size
        last = None
        for sign in piece.signs[:200]:
            if last is not None and last.text not in _SPACES and sign.text not in _SPACES:
                gaps.append(sign.left - last.right)
            last = sign
    return min(max(0.0, median(gaps)), _MOST_LETTER_GAP * size) if gaps else 0.0


def _joined(ranges: Iterable[Range]) -> list[Range]:
    joined: list[Range] = []
    for start, end in ranges:
        if joined and start - joined[-1][1] <= 0:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
