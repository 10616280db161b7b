"""A tree and its positions, written out: the one order in which every rendition prints brackets and markers.

Text, HTML, PDF and the screen all read the same pieces, so they cannot show different texts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from documents.notation.tree import Anchor, Bracket, Label, Node, Stamp, Text, Tree

Kind = Literal["text", "label", "open", "close", "gap", "marker"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One position to print: a delegation's house code and stance (``rules.md`` 2).

    ``places`` are its places in the imprint of its target; empty for a position taken in the product. ``raw`` is set
    for a marker that fits no position (``rules.md`` 7) and prints as it stands.
    """

    code: str
    stance: str
    reservation: bool = False
    places: tuple[int, ...] = ()
    raw: str = ""


Marks = Mapping[str | None, Sequence[Mark]]
"""Positions by target: the id of a bracket, or None for the paragraph as a whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of printed characters and what it is.

    ``open`` and ``close`` are the signs of ``bracket``; a ``marker`` is one parenthesis of ``bracket`` (None: the paragraph) with the
    ``marks`` that it prints; a ``gap`` is the white space or comma before a marker.
    """

    kind: Kind
    text: str
    bracket: str | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Close:
    bracket: Bracket


def marker(mark: Mark) -> str:
    """The parenthesis for one position, as the house writes it."""
    match mark.stance:
        case "support":
            return f"(+{mark.code}{' with reservation' if mark.reservation else ''})"
        case "oppose":
            return f"(-{mark.code})"
        case "tcb":
            return f"({mark.code} tcb)"
        case "keep_original":
            return f"({mark.code}: keep original)"
    return mark.raw


def write(tree: Tree, marks: Marks) -> str:
    """The paragraph as it prints: literal brackets, each followed by its markers."""
    return "".join(piece.text for piece in pieces(tree, marks))


def pieces(tree: Tree, marks: Marks) -> Iterator[Piece]:
    """What prints, in order. Markers stand at their anchors; where a target has none, after its closing sign.

    Several anchors of one target share its imprint; positions taken since print at the last of them, or behind the
    bracket where that stands inside it.
    """
    last_anchor = {node.of: node for node in _nodes(tree) if isinstance(node, Anchor)}
    marks = {target: [_detached(mark, target, last_anchor) for mark in taken] for target, taken in marks.items()}
    inside: set[str] = set()  # brackets that are open and whose last anchor was passed: the rest prints behind them
    behind: dict[str | None, list[Mark]] = defaultdict(list)
    waiting: set[str] = set()
    for node in _nodes(tree):
        match node:
            case Text(words):
                yield Piece("text", words)
            case Label(text):
                yield Piece("label", text)
            case Bracket():
                waiting.add(node.id)
                yield Piece("open", node.signs[0], bracket=node.id)
            case _Close(bracket):
                waiting.discard(bracket.id)
                yield Piece("close", bracket.signs[1], bracket=bracket.id)
                yield from _each(bracket.id, behind[bracket.id])
                if bracket.id not in last_anchor or bracket.id in inside:
                    yield from _new_markers(bracket.id, marks)
            case Anchor() if node.of in waiting:
                yield from _imprinted_inside(node, marks, behind[node.of])
                if node is last_anchor[node.of]:
                    inside.add(node.of)
            case Anchor():
                yield from _imprinted(node, marks)
                if node is last_anchor[node.of]:
                    yield from _new_markers(node.of, marks)
    if None not in last_anchor:
        yield from _new_markers(None, marks)


def _detached(mark: Mark, target: str | None, anchors: Mapping[str | None, Anchor]) -> Mark:
    """A position whose imprint is no longer in the tree prints like a new one: it must not vanish with its place."""
    return mark if target in anchors or not mark.places else replace(mark, places=())


def _nodes(tree: Tree) -> Iterator[Node | _Close]:
    waiting: list[Node | _Close] = list(reversed(tree))
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Bracket):
            waiting.append(_Close(node))
            waiting.extend(reversed(node.inside))


def _imprinted(anchor: Anchor, marks: Marks) -> Iterator[Piece]:
    """The source's own parentheses while their positions stand; rewritten where only some of them do."""
    present = {place: mark for mark in marks.get(anchor.of, ()) for place in mark.places}
    printed = 0
    for stamp in anchor.imprint:
        alive = [present[place] for place in stamp.places if place in present]
        if not alive:
            continue
        # A survivor that moves up takes over the first gap: "], (+B)" would print a comma that parted it from nothing.
        yield Piece("gap", (stamp if printed else anchor.imprint[0]).before)
        yield from _stamp(anchor.of, stamp, alive)
        printed += 1


def _imprinted_inside(anchor: Anchor, marks: Marks, behind: list[Mark]) -> Iterator[Piece]:
    """An attribution inside its bracket prints whole or not at all; what is left of a broken one goes ``behind``."""
    present = {place: mark for mark in marks.get(anchor.of, ()) for place in mark.places}
    for stamp in anchor.imprint:
        alive = [present[place] for place in stamp.places if place in present]
        if len(alive) == len(stamp.places):
            yield Piece("gap", stamp.before)
            yield Piece("marker", stamp.raw, bracket=anchor.of, marks=tuple(alive))
        else:
            behind.extend(alive)


def _stamp(target: str | None, stamp: Stamp, alive: list[Mark]) -> Iterator[Piece]:
    if len(alive) == len(stamp.places):
        yield Piece("marker", stamp.raw, bracket=target, marks=tuple(alive))
        return
    for at, mark in enumerate(alive):
        if at:
            yield Piece("gap", " ")
        yield Piece("marker", marker(mark), bracket=target, marks=(mark,))


def _new_markers(target: str | None, marks: Marks) -> Iterator[Piece]:
    yield from _each(target, [mark for mark in marks.get(target, ()) if not mark.places])


def _each(target: str | None, marks: Iterable[Mark]) -> Iterator[Piece]:
    for mark in marks:
        yield Piece("gap", " ")
        yield Piece("marker", marker(mark), bracket=target, marks=(mark,))
