"""Changes to a tree: what tabling, retaining, striking and withdrawing do to the wording.

Every function is total over the words it is given by :func:`documents.notation.words.words`; where an edit cannot be
done as asked it raises :class:`CannotEdit` with a code, and nothing is changed. No edit loses a word it was not asked
to take, or a bracket id.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from documents.notation.tree import (
    MAX_DEPTH,
    Anchor,
    Bracket,
    Label,
    Node,
    Text,
    Tree,
    bracket_ids,
    joined,
    walk,
    wording,
)
from documents.notation.words import Path, Word, words


class CannotEdit(ValueError):
    """The edit cannot be done on this tree. ``code`` says why; ``bracket`` names the bracket in the way, if one is."""

    def __init__(self, code: str, bracket: str | None = None) -> None:
        super().__init__(code)
        self.code, self.bracket = code, bracket


@dataclass(frozen=True, slots=True)
class Insert:
    """Put ``text`` after the word ``after`` (-1: before the first word), in a bracket of the id ``new``."""

    after: int
    text: str
    new: str


@dataclass(frozen=True, slots=True)
class Delete:
    """Put the words ``first`` to ``last`` in a bracket of the id ``new``; deleting is asked for by its marker."""

    first: int
    last: int
    new: str


@dataclass(frozen=True, slots=True)
class Replace:
    """Bracket the words ``first`` to ``last`` as ``out`` and put ``text`` after them in a bracket ``new``."""

    first: int
    last: int
    text: str
    out: str
    new: str


Edit = Insert | Delete | Replace


def apply(edit: Edit, tree: Tree) -> Tree:
    """The tree with the edit done. Raises CannotEdit: ``no-such-word``, ``no-words``, ``crosses-a-bracket``,
    ``already-a-bracket``, ``too-deep``."""
    match edit:
        case Insert(after, text, new):
            result = _insert(tree, after, Bracket(new, (_wording(text),)))
        case Delete(first, last, new):
            result = _wrap(tree, first, last, new)
        case Replace(first, last, text, out, new):
            wrapped = _wrap(tree, first, last, out)
            closing = next(word.index for word in words(wrapped) if word.closes == out)
            result = _insert(wrapped, closing, Bracket(new, (_wording(text),)))
    if _depth(result) > MAX_DEPTH:
        raise CannotEdit("too-deep")
    return joined(result)


def retain(tree: Tree, bracket_id: str) -> Tree:
    """The bracket falls and its words stay (``rules.md`` 18); brackets inside it go on standing."""
    return _resolved(tree, bracket_id, keep=True)


def strike(tree: Tree, bracket_id: str) -> Tree:
    """The words of the bracket go, and with them all brackets inside it (``rules.md`` 19)."""
    return _resolved(tree, bracket_id, keep=False)


def reword(tree: Tree, bracket_id: str, text: str) -> Tree:
    """Other words in a bracket of this id; its label and the places of markers stay.

    Raises CannotEdit: ``no-words``, ``same-words``, ``brackets-inside`` (they would be lost with the words they hold).
    """
    bracket = next((node for node in walk(tree) if isinstance(node, Bracket) and node.id == bracket_id), None)
    if bracket is None:
        raise CannotEdit("no-such-bracket", bracket_id)
    if within := bracket_ids(bracket.inside):
        raise CannotEdit("brackets-inside", within[0])
    new = _wording(text)
    if wording(bracket.inside, with_label=False).split() == new.words.split():
        raise CannotEdit("same-words", bracket_id)
    labels = [part for node in bracket.inside if isinstance(node, Label) for part in (node, Text(" "))]
    anchors = [node for node in bracket.inside if isinstance(node, Anchor)]
    return _with_inside(tree, bracket_id, joined([*labels, new, *anchors]))


def _with_inside(nodes: Tree, bracket_id: str, inside: Tree) -> Tree:
    return tuple(
        node
        if not isinstance(node, Bracket)
        else replace(node, inside=inside if node.id == bracket_id else _with_inside(node.inside, bracket_id, inside))
        for node in nodes
    )


def _wording(text: str) -> Text:
    plain = " ".join(text.split())
    if not plain:
        raise CannotEdit("no-words")
    return Text(plain)


def _depth(tree: Tree) -> int:
    return 1 + max((_depth(node.inside) for node in tree if isinstance(node, Bracket)), default=-1)


# ---- putting in

Change = Callable[[Tree, int], Tree]


def _at(tree: Tree, path: Path, change: Change) -> Tree:
    """The tree with the children of the node above ``path`` changed by ``change(children, index)``."""
    head, *rest = path
    if not rest:
        return change(tree, head)
    outer = tree[head]
    assert isinstance(outer, Bracket)
    return (*tree[:head], replace(outer, inside=_at(outer.inside, tuple(rest), change)), *tree[head + 1 :])


def _insert(tree: Tree, after: int, new: Bracket) -> Tree:
    if after == -1:
        return _insert_first(tree, new)
    word = _word(words(tree), after)

    def put(children: Tree, at: int) -> Tree:
        node = children[at]
        if isinstance(node, Text):
            left, right = node.words[: word.end], node.words[word.end :]
            before, behind = (*children[:at], Text(left)), (Text(right), *children[at + 1 :])
        else:
            before, behind = children[: at + 1], children[at + 1 :]
        return _spaced(*_past_anchors(before, joined(behind)), new)

    return _at(tree, word.path, put)


def _insert_first(tree: Tree, new: Bracket) -> Tree:
    at = next((i + 1 for i, node in enumerate(tree) if isinstance(node, Label)), 0)
    return _spaced(tree[:at], tree[at:], new)


def _past_anchors(before: Tree, behind: Tree) -> tuple[Tree, Tree]:
    """Markers stay with what they belong to: new words go behind them, never between a bracket and its markers."""
    at = 0
    while at < len(behind) and isinstance(behind[at], Anchor):
        at += 1
    return (*before, *behind[:at]), behind[at:]


def _spaced(before: Tree, behind: Tree, new: Bracket) -> Tree:
    last, first = (before[-1] if before else None), (behind[0] if behind else None)
    tight = last is None or (isinstance(last, Text) and re.search(r"[\s(\[«“]\Z", last.words))
    lead = () if tight else (Text(" "),)
    glued = isinstance(first, Bracket) or (isinstance(first, Text) and re.match(r"[\w(«“]", first.words))
    return (*before, *lead, new, *((Text(" "),) if glued else ()), *behind)


# ---- putting a bracket round words


def _word(all_words: Sequence[Word], index: int) -> Word:
    if not 0 <= index < len(all_words):
        raise CannotEdit("no-such-word")
    return all_words[index]


def _wrap(tree: Tree, first: int, last: int, new: str) -> Tree:
    everything = words(tree)
    start, end = _word(everything, first), _word(everything, last)
    if first > last or start.closes:
        raise CannotEdit("no-such-word")
    level = _common(start.path[:-1], end.path[:-1])
    _must_not_cross(everything, start, end, level)
    if level == 0 and all(word.closes for word in (*everything[:first], *everything[last + 1 :])):
        return _wrapped_whole(tree, new)

    def put(children: Tree, _: int) -> Tree:
        left, middle, right = _cut(children, start, end, level)
        alone = [node for node in middle if not isinstance(node, Anchor)]
        if len(alone) == 1 and isinstance(alone[0], Bracket):
            raise CannotEdit("already-a-bracket", alone[0].id)
        if level and not any(_holds_words(node) for node in (*left, *right)):
            raise CannotEdit("already-a-bracket", _bracket_at(tree, start.path[:level]))
        inside, outside = _with_their_anchors(middle, right)
        return (*left, Bracket(new, joined(inside)), *outside)

    return _at(tree, (*start.path[:level], 0), put)


def _common(one: Path, other: Path) -> int:
    """How many steps from the root two paths share."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _must_not_cross(everything: Sequence[Word], start: Word, end: Word, level: int) -> None:
    """A selection takes a bracket whole or lies within it: brackets nest, they never cross."""
    before = everything[start.index - 1] if start.index else None
    if len(start.path) > level + 1 and before and before.path[: level + 1] == start.path[: level + 1]:
        raise CannotEdit("crosses-a-bracket", start.container)
    behind = next((word for word in everything[end.index + 1 :] if not word.closes), None)
    if len(end.path) > level + 1 and behind and behind.path[: level + 1] == end.path[: level + 1]:
        raise CannotEdit("crosses-a-bracket", end.container)


def _cut(children: Tree, start: Word, end: Word, level: int) -> tuple[Tree, Tree, Tree]:
    """The children before, of and behind the selection; a text at either border is cut at the word."""
    a, b = start.path[level], end.path[level]
    left, middle, right = children[:a], children[a : b + 1], children[b + 1 :]
    tail = middle[-1]
    if isinstance(tail, Text):
        middle, right = (*middle[:-1], Text(tail.words[: end.end])), (Text(tail.words[end.end :]), *right)
    head = middle[0]
    if isinstance(head, Text):
        left, middle = (*left, Text(head.words[: start.start])), (Text(head.words[start.start :]), *middle[1:])
    return left, middle, right


def _holds_words(node: Node) -> bool:
    return isinstance(node, Bracket | Label) or (isinstance(node, Text) and bool(node.words.strip()))


def _bracket_at(tree: Tree, path: Path) -> str | None:
    node: Node | None = None
    for at in path:
        node = (node.inside if isinstance(node, Bracket) else tree)[at]
    return node.id if isinstance(node, Bracket) else None


def _wrapped_whole(tree: Tree, new: str) -> Tree:
    alone = [node for node in tree if not isinstance(node, Anchor)]
    if len(alone) == 1 and isinstance(alone[0], Bracket):
        raise CannotEdit("already-a-bracket", alone[0].id)
    own = tuple(node for node in tree if isinstance(node, Anchor) and node.of is None)
    return (Bracket(new, tuple(node for node in tree if node not in own)), *own)


def _with_their_anchors(middle: Tree, right: Tree) -> tuple[Tree, Tree]:
    """Brackets taken in whole bring their markers along: an anchor further on moves in, right behind its bracket.

    Left outside, it would print behind the new bracket and be read as said of that one.
    """
    ids = set(bracket_ids(middle))
    stray = {node.of: node for node in right if isinstance(node, Anchor) and node.of in ids}
    if not stray:
        return middle, right
    inside: list[Node] = []
    for node in middle:
        inside.append(node)
        if isinstance(node, Bracket) and node.id in stray:
            inside.append(stray[node.id])
    return tuple(inside), tuple(node for node in right if node not in stray.values())


# ---- taking a bracket away


@dataclass(frozen=True, slots=True)
class _Seam:
    """A place where something was taken out: white space may have to close over it."""


def _resolved(tree: Tree, bracket_id: str, *, keep: bool) -> Tree:
    if bracket_id not in bracket_ids(tree):
        raise CannotEdit("no-such-bracket", bracket_id)
    return decided(tree, {bracket_id: keep})


def decided(tree: Tree, ways: Mapping[str, bool]) -> Tree:
    """The tree with several brackets taken away at once: the words of each stay (True) or go (False).

    The same as :func:`retain` and :func:`strike` one after another; what stands inside a struck bracket goes with it.
    """
    gone = set(ways)
    for struck in (node for node in walk(tree) if isinstance(node, Bracket) and ways.get(node.id) is False):
        gone.update(bracket_ids(struck.inside))
    return joined(_closed(_without(tree, ways, gone)))


def _without(nodes: Tree, ways: Mapping[str, bool], gone: set[str]) -> list[Node | _Seam]:
    result: list[Node | _Seam] = []
    for node in nodes:
        if isinstance(node, Anchor) and node.of in gone:
            continue
        if not isinstance(node, Bracket):
            result.append(node)
        elif node.id in ways:
            result.append(_Seam())
            result.extend(_without(node.inside, ways, gone) if ways[node.id] else ())
            result.append(_Seam())
        else:
            result.append(replace(node, inside=joined(_closed(_without(node.inside, ways, gone)))))
    return result


def _closed(nodes: Sequence[Node | _Seam]) -> list[Node]:
    """White space closed over the seams: one space between words, none before a comma. Words are never touched."""
    result: list[Node] = []
    seam = False
    for node in nodes:
        if isinstance(node, _Seam):
            seam = True
            continue
        if seam and isinstance(node, Text) and isinstance(result[-1] if result else None, Text | None):
            last = result.pop().words if result else ""  # type: ignore[union-attr]
            node = Text(_stitched(last, node.words))
        result.append(node)
        seam = seam and isinstance(node, Text) and not node.words
    return result


def _stitched(left: str, right: str) -> str:
    if not left or (left[-1].isspace() and right[:1].isspace()):
        right = right.lstrip()
    if left[-1:].isspace() and right[:1] in tuple(",.;:)"):
        left = left.rstrip()
    return left + right
