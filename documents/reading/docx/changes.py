"""Tracked changes, written down as brackets: ``[wording] (+AUTHOR)`` for what was inserted, ``(-AUTHOR)`` for what was
deleted, one inside the other as in the file."""

import re
from typing import NamedTuple

from documents.notation.lines import BLANK, INVISIBLE, collapsed
from documents.notation.markers import positions
from documents.notation.shown import Change as Kind
from documents.notation.shown import Tracked
from documents.reading.docx.looks import Look
from documents.reading.docx.names import Element, attribute, name
from documents.reading.docx.notices import notice
from documents.reading.docx.source import Source

_LONGEST_AUTHOR = 100  # characters that are printed; a marker that is longer is none (documents/notation/markers.py)
_MINUTE = len("2022-09-28T16:05")
_IN_NO_MARKER = re.compile(rf"[\[\]()［］（）{INVISIBLE}\x00-\x1f\x7f]+")
_SQUARE = re.compile(r"[\[\]［］]")
_PARENTHESES = re.compile(r"[(（][^()（）]*[)）]")
_KINDS: dict[str, Kind] = {
    name("w:ins"): "ins",
    name("w:moveTo"): "ins",
    name("w:del"): "del",
    name("w:moveFrom"): "del",
}
KINDS = frozenset(_KINDS)
_AUTHOR, _DATE = name("w:author"), name("w:date")
_DONE = {"ins": "inserted", "del": "deleted"}


class Change(NamedTuple):
    """One tracked change; ``author`` is empty and ``date`` None where the file does not say."""

    kind: Kind
    author: str
    date: str | None

    def by_same(self, other: "Change | None") -> bool:
        return other is not None and self[:2] == other[:2]

    def goes_on_in(self, other: "Change") -> bool:
        """Whether two neighbours are one change: Word cuts one wherever the look or the second changes."""
        return self[:2] == other[:2] and (self.date or "")[:_MINUTE] == (other.date or "")[:_MINUTE]

    @property
    def who(self) -> str:
        return f"by {collapsed(self.author)}" if self.author else "by nobody that the file names"

    @property
    def done(self) -> str:
        return f"{_DONE[self.kind]} {self.who}"


NOBODYS_DELETION = Change("del", "", None)
"""Deleted text that stands in no deletion."""


class Piece(NamedTuple):
    """Text of one look; ``changes`` are those it lies in, outermost first."""

    text: str
    look: Look
    changes: tuple[Change, ...] = ()

    @property
    def is_blank(self) -> bool:
        return not self.text.strip(BLANK)


def change_of(element: Element) -> Change:
    """What a ``w:ins``, ``w:del``, ``w:moveTo`` or ``w:moveFrom`` says. A move is a deletion and an insertion."""
    return Change(_KINDS[str(element.tag)], attribute(element, _AUTHOR), attribute(element, _DATE) or None)


def in_whole(pieces: list[Piece], marks: tuple[Change | None, ...]) -> Change | None:
    """The change that all words of a paragraph lie in, if one of ``marks``, the changes of the paragraph ends before
    and behind them, is part of it: then it was the paragraph that was inserted or deleted."""
    outermost = [piece.changes[0] if piece.changes else None for piece in pieces if not piece.is_blank]
    if not outermost:
        return marks[-1]
    first = outermost[0]
    if first is None or not any(first.by_same(mark) for mark in marks):
        return None
    return first if all(first.by_same(other) for other in outermost) else None


def as_a_whole(pieces: list[Piece], change: Change) -> list[Piece]:
    """The pieces of a paragraph, its label too, all in one change."""
    return [
        piece._replace(
            changes=(change, *(piece.changes[1:] if piece.changes and change.by_same(piece.changes[0]) else ()))
        )
        for piece in pieces
    ]


def write_pieces(out: Source, pieces: list[Piece]) -> list[int]:
    """Write the pieces of one line down, with a bracket round each change; the place where each piece begins."""
    places = [0] * len(pieces)
    _write(out, pieces, 0, len(pieces), 0, places)
    return places


def _write(out: Source, pieces: list[Piece], at: int, last: int, depth: int, places: list[int]) -> None:
    while at < last:
        piece = pieces[at]
        if len(piece.changes) <= depth:
            places[at] = out.length
            out.write(piece.text, piece.look)
            at += 1
            continue
        end = at + 1
        while end < last and _goes_on(pieces[end - 1], pieces[end], depth):
            end += 1
        _write_change(out, pieces, at, end, depth, places)
        at = end


def _goes_on(piece: Piece, following: Piece, depth: int) -> bool:
    return len(following.changes) > depth and piece.changes[depth].goes_on_in(following.changes[depth])


def _write_change(out: Source, pieces: list[Piece], at: int, end: int, depth: int, places: list[int]) -> None:
    change = pieces[at].changes[depth]
    text = "".join(piece.text for piece in pieces[at:end])
    start = out.length
    if not text.strip(BLANK):  # white space only: as if accepted
        if change.kind == "ins":
            _write(out, pieces, at, end, depth + 1, places)
        else:
            places[at:end] = [start] * (end - at)
        return
    if not _is_balanced(text) or _is_only_markers(text):
        _write(out, pieces, at, end, depth + 1, places)
        said = f"This stands in the text as if it were not a tracked change; it was {change.done}"
        out.notices.append(notice("tracked-change", start, said, text))
        return
    before, behind = _taken_off(pieces, at, end)
    out.write(before)
    start = out.length
    out.write("[")
    _write(out, pieces, at, end, depth + 1, places)
    raw = marker_of(change)
    out.write(f"] {raw}" if raw else "]")
    out.write(behind)
    out.tracked.append(Tracked(start, change.kind, change.author if raw else "", change.date, raw))


def _taken_off(pieces: list[Piece], at: int, end: int) -> tuple[str, str]:
    """The white space at the two ends of a change, which goes outside its bracket: ``the [new] (+EVR) boats``."""
    before, behind = "", ""
    while True:
        bare = pieces[at].text.lstrip(" \t")
        before += pieces[at].text[: len(pieces[at].text) - len(bare)]
        pieces[at] = pieces[at]._replace(text=bare)
        if bare:
            break
        at += 1
    while True:
        end -= 1
        bare = pieces[end].text.rstrip(" \t")
        behind = pieces[end].text[len(bare) :] + behind
        pieces[end] = pieces[end]._replace(text=bare)
        if bare:
            return before, behind


def marker_of(change: Change) -> str:
    """The parenthesis for a change; empty where nobody is named."""
    name_of = collapsed(_IN_NO_MARKER.sub(" ", change.author))[:_LONGEST_AUTHOR].rstrip()
    return f"({'+' if change.kind == 'ins' else '-'}{name_of})" if name_of else ""


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in _SQUARE.findall(text):
        depth += 1 if sign in "[［" else -1
        if depth < 0:
            return False
    return depth == 0


def _is_only_markers(text: str) -> bool:
    """Whether somebody typed, or took out, positions and no wording: those belong to a bracket that is there already."""
    if _PARENTHESES.sub("", text).strip(f"{BLANK},"):
        return False
    return all(map(positions, _PARENTHESES.findall(text)))
