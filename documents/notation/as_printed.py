"""A paragraph as its print reads: the stream of its words and signs, with who stands behind each bracket.

The paragraph that stands is read back from its own print, by the same reader as the file: so whatever the notation cannot
say reads the same on both sides, and is no difference.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from documents.notation.build import build
from documents.notation.changes import Key
from documents.notation.lines import INVISIBLE, collapsed, unwrapped
from documents.notation.markers import Marker
from documents.notation.read import Reading, read_wording
from documents.notation.tree import Bracket, Text, Tree, bracket_ids
from documents.notation.words import WORD
from documents.notation.write import Marks, Piece, pieces

_VISIBLE = re.compile(rf"[^\s{re.escape(''.join(INVISIBLE))}]")


def squeezed(text: str) -> str:
    """The text without white space and what nobody sees: two prints that are equal so say the same."""
    return "".join(_VISIBLE.findall(text))


@dataclass(slots=True)
class Token:
    """A word, or the sign that opens or closes a bracket; ``end`` is where the sign's other half stands, ``depth`` in how
    many brackets the token stands. ``key`` is None where a word is none of the tree's, as an orphaned marker read back;
    ``apart`` says that white space stands before it."""

    kind: Literal["word", "open", "close"]
    text: str
    name: str = ""
    key: Key | None = None
    end: int = -1
    depth: int = 0
    apart: bool = True


def phrase(tokens: Sequence[Token]) -> str:
    """The words as they stand in the text."""
    return "".join(f" {token.text}" if token.apart else token.text for token in tokens if token.kind == "word").strip()


@dataclass(frozen=True, slots=True)
class Said:
    """What one delegation's marker says; ``code`` is "" where it fits no position and only ``raw`` can be shown.

    ``target`` is the bracket (None: the paragraph) that it is on record for, which may not be where it reads.
    """

    code: str
    stance: str
    reservation: bool
    raw: str
    target: str | None = None

    @property
    def sign(self) -> tuple[str, str, bool]:
        """What is said, whoever wrote it in whatever way."""
        return (self.code, self.stance, self.reservation) if self.code else ("", squeezed(self.raw), False)


@dataclass(slots=True)
class Side:
    """One side of the comparison: ``tree`` as the print reads, its tokens, and what is said by bracket's name.

    ``faithful`` is false where the print does not read back as what stands.
    """

    text: str
    reading: Reading
    tree: Tree
    names: list[str]
    tokens: list[Token] = field(default_factory=list)
    said: dict[str | None, list[Said]] = field(default_factory=dict)
    faithful: bool = True

    def fragment(self, name: str) -> str:
        """A bracket as it prints, with its markers."""
        if name not in self.names:
            return ""
        span = self.reading.spans[self.names.index(name)]
        end = max([span.close + 1, *(marker.end for marker in span.markers)])
        return self.text[span.open : end]


def file_side(reading: Reading, label: str | None, codes: Mapping[str, str]) -> Side:
    """The file's paragraph; ``codes`` are house codes by every spelling, in capitals."""
    names = (f"new:{number}" for number in range(1, len(reading.spans) + 1))
    side = _side(reading, label, list(names))
    words = 0
    for token in side.tokens:
        if token.kind == "word":
            token.key = ("new", words)
            words += 1
    side.said = _said(reading, side, codes, {})
    return side


def standing_side(tree: Tree, marks: Marks, label: str | None, codes: Mapping[str, str]) -> Side:
    """The paragraph that stands, read back from its print."""
    printed = list(pieces(tree, marks))
    reading = read_wording(printed_text(printed))
    side = _side(reading, label, [f"read:{number}" for number in range(len(reading.spans))])
    side.faithful = _named_as_on_record(side, tree)
    side.said = _said(reading, side, codes, _records(printed))
    return side


def printed_text(printed: list[Piece]) -> str:
    """What the pieces print, as a reader unwraps it."""
    return collapsed(unwrapped("".join(piece.text for piece in printed), odd=True))


def _side(reading: Reading, label: str | None, names: list[str]) -> Side:
    waiting = iter(names)
    tree = build(reading, label, lambda: next(waiting)).tree
    return Side(reading.text, reading, tree, names, tokens_of(tree))


def tokens_of(tree: Tree) -> list[Token]:
    """The words and signs of a tree in order; words have no key yet."""
    found: list[Token] = []
    _collect(tree, 0, found)
    return found


def _collect(nodes: Tree, depth: int, found: list[Token]) -> None:
    for node in nodes:
        if isinstance(node, Text):
            for match in WORD.finditer(node.words):
                apart = match.start() == 0 or node.words[match.start() - 1].isspace()
                found.append(Token("word", match[0], depth=depth, apart=apart))
        elif isinstance(node, Bracket):
            opens = Token("open", node.signs[0], node.id, depth=depth)
            found.append(opens)
            _collect(node.inside, depth + 1, found)
            opens.end = len(found)
            found.append(Token("close", node.signs[1], node.id, depth=depth + 1))


# ---- what was read back, brought to what is on record


def _named_as_on_record(side: Side, tree: Tree) -> bool:
    """Give the tokens the keys and ids of the tree that stands. False where they do not follow each other.

    What prints as a marker and is read back as words stands in between; it has no key.
    """
    ids: dict[str, str] = {}
    actual = tokens_of(tree)
    numbers = list(accumulate((token.kind != "open" for token in actual), initial=0))
    at = 0
    for token in side.tokens:
        if at == len(actual) or actual[at].text != token.text:
            continue
        if token.kind == "word" and actual[at].kind == "word":
            token.key = ("old", numbers[at])
        elif token.kind == actual[at].kind:
            ids[token.name] = actual[at].name
            token.name = actual[at].name
        at += 1
    side.names = [ids.get(name, name) for name in side.names]
    return at == len(actual) and set(ids.values()) == set(bracket_ids(tree))


def _records(printed: list[Piece]) -> dict[int, str | None]:
    """By the number of visible characters before each printed marker: the target that it is on record for."""
    found: dict[int, str | None] = {}
    visible = 0
    for piece in printed:
        if piece.kind == "marker":
            found[visible] = piece.bracket
        visible += len(squeezed(piece.text))
    return found


def _said(
    reading: Reading, side: Side, codes: Mapping[str, str], records: Mapping[int, str | None]
) -> dict[str | None, list[Said]]:
    read: list[tuple[str | None, tuple[Marker, ...]]] = [(None, reading.markers)]
    read += [(name, span.markers) for name, span in zip(side.names, reading.spans, strict=True)]
    found: dict[str | None, list[Said]] = {}
    orphaned = {(marker.start, marker.end) for marker in reading.orphans}
    for target, markers in read:
        mine = [m for m in sorted(markers, key=lambda m: m.start) if (m.start, m.end) not in orphaned and m.delegation]
        where = [records.get(len(squeezed(reading.text[: m.start])), target) for m in mine]
        found[target] = _one_each([_saying(m, codes, at) for m, at in zip(mine, where, strict=True)])
    return found


def _saying(marker: Marker, codes: Mapping[str, str], target: str | None) -> Said:
    code = codes.get("".join((marker.delegation or "").split()).upper(), "")
    position = stance_of(marker)
    if not code or position is None:
        return Said("", "", False, marker.raw, target)
    return Said(code, *position, marker.raw, target)


def _one_each(said: list[Said]) -> list[Said]:
    """One statement a delegation and target; whoever says two different things has said neither (``rules.md`` 7)."""
    signs: dict[str, set[tuple[str, str, bool]]] = {}
    for one in said:
        signs.setdefault(one.code, set()).add(one.sign)
    found: dict[tuple[str, str, bool], Said] = {}
    for one in said:
        if one.code and len(signs[one.code]) > 1:
            one = Said("", "", False, one.raw, one.target)
        found.setdefault(one.sign, one)
    return list(found.values())


def stance_of(marker: Marker) -> tuple[str, bool] | None:
    """Stance and reservation; None where the marker says something that is neither (``rules.md`` 2, 7).

    A reservation without a sign is a pending position.
    """
    match marker.stance:
        case "support" | "oppose" | "tcb" | "keep_original":
            return marker.stance, False
        case "reservation":
            if re.match(r"[(（]\s*[-–—−－]", marker.raw):
                return None
            return ("support", True) if re.match(r"[(（]\s*[+＋]", marker.raw) else ("tcb", False)
    return None
