"""The tree of a paragraph: runs of text, a label, brackets that hold trees, and the places where markers print.

A tree holds wording only. Who wants a bracket and who refuses it is said by rows that carry the bracket's id
(``rules.md`` 12); a tree never names a delegation, except in the imprint of an imported text, which keeps how the
source spelled its markers (``rules.md`` 13).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

MAX_DEPTH = 64


@dataclass(frozen=True, slots=True)
class Text:
    """Wording as it prints, white space included."""

    words: str


@dataclass(frozen=True, slots=True)
class Label:
    """A paragraph's label with its own punctuation (``PP5.``, ``(a)``); frozen once it is printed."""

    text: str

    @property
    def name(self) -> str:
        """The label as people say it: without a closing full stop or colon."""
        return self.text.rstrip(".:")


@dataclass(frozen=True, slots=True)
class Stamp:
    """One parenthesis of markers as the source printed it.

    ``before`` is what stood between it and what came before (white space, commas); ``places`` numbers the positions
    that it printed, counted from 0 over all stamps of its target.
    """

    before: str
    raw: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the markers of a bracket (``of`` is its id) or of the whole paragraph (``of`` is None) print.

    Only imported targets have one: other markers print right after the closing sign of their bracket.
    """

    of: str | None
    imprint: tuple[Stamp, ...] = ()


@dataclass(frozen=True, slots=True)
class Bracket:
    """Contested wording between square brackets; ``id`` is its name for life."""

    id: str
    inside: "Tree"
    signs: str = "[]"


Node = Text | Label | Bracket | Anchor
Tree = tuple[Node, ...]


def walk(tree: Tree) -> Iterator[Node]:
    """Every node, in the order of the text; a bracket comes before what it holds."""
    waiting: list[Node] = list(reversed(tree))
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Bracket):
            waiting.extend(reversed(node.inside))


def brackets(tree: Tree) -> list[Bracket]:
    """The brackets in order of their opening signs."""
    return [node for node in walk(tree) if isinstance(node, Bracket)]


def bracket_ids(tree: Tree) -> list[str]:
    """The ids of all brackets, in order of opening."""
    return [bracket.id for bracket in brackets(tree)]


def find(tree: Tree, bracket_id: str) -> Bracket:
    """The bracket of this id. Raises KeyError where the tree has none."""
    for bracket in brackets(tree):
        if bracket.id == bracket_id:
            return bracket
    raise KeyError(bracket_id)


def parents(tree: Tree) -> dict[str, str | None]:
    """For each bracket the id of the next one outward, or None at the root."""
    found: dict[str, str | None] = {}
    waiting: list[tuple[Node, str | None]] = [(node, None) for node in reversed(tree)]
    while waiting:
        node, outer = waiting.pop()
        if isinstance(node, Bracket):
            found[node.id] = outer
            waiting.extend((inner, node.id) for inner in reversed(node.inside))
    return found


def label(tree: Tree) -> str | None:
    """The paragraph's label without closing punctuation, wherever it stands; None where there is none."""
    return next((node.name for node in walk(tree) if isinstance(node, Label)), None)


def wording(tree: Tree, *, with_label: bool = True) -> str:
    """The words alone: no brackets, no markers."""
    return "".join(
        node.words if isinstance(node, Text) else node.text
        for node in walk(tree)
        if isinstance(node, Text) or (with_label and isinstance(node, Label))
    )


def whole_bracket(tree: Tree) -> Bracket | None:
    """The root bracket that holds every word of the paragraph, if there is one (``rules.md`` 15).

    A label is no word of the paragraph, and neither is punctuation left outside: ``13. […]``, ``[PP5a. …] (+VIE).``
    """
    roots = [node for node in tree if isinstance(node, Bracket)]
    if len(roots) != 1:
        return None
    outside = "".join(node.words for node in tree if isinstance(node, Text))
    return None if any(sign.isalnum() for sign in outside) else roots[0]


def joined(nodes: Iterable[Node]) -> Tree:
    """The nodes with neighbouring texts made one and empty ones left out, in depth too."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Bracket):
            node = replace(node, inside=joined(node.inside))
        if isinstance(node, Text) and result and isinstance(result[-1], Text):
            result[-1] = Text(result[-1].words + node.words)
        elif not (isinstance(node, Text) and not node.words):
            result.append(node)
    return tuple(result)


def to_json(tree: Tree) -> list[Any]:
    """The tree as JSON values: a text is a string, other nodes are objects of one leading key."""
    return [_node_to_json(node) for node in tree]


def _node_to_json(node: Node) -> Any:
    # Texts are half of all nodes and brackets most of the rest; a match statement asks for each class in turn, slowly.
    if isinstance(node, Text):
        return node.words
    if isinstance(node, Bracket):
        plain = {"bracket": node.id, "inside": [_node_to_json(inner) for inner in node.inside]}
        return plain if node.signs == "[]" else plain | {"signs": node.signs}
    if isinstance(node, Anchor):
        return {"anchor": node.of, "imprint": [[one.before, one.raw, list(one.places)] for one in node.imprint]}
    return {"label": node.text}


def from_json(values: list[Any]) -> Tree:
    """The tree that :func:`to_json` wrote. Raises ValueError on anything else."""
    return tuple(_node_from_json(value) for value in values)


def _node_from_json(value: Any) -> Node:
    match value:
        case str():
            return Text(value)
        case {"label": str(text)}:
            return Label(text)
        case {"bracket": str(id_), "inside": list(inside)}:
            return Bracket(id_, from_json(inside), value.get("signs", "[]"))
        case {"anchor": of, "imprint": list(stamps)} if of is None or isinstance(of, str):
            return Anchor(of, tuple(Stamp(before, raw, tuple(places)) for before, raw, places in stamps))
    raise ValueError(f"not a node of a tree: {value!r:.80}")


def ids_in_json(values: list[Any]) -> Iterator[str]:
    """The ids of all brackets of a tree that :func:`to_json` wrote, without making the tree."""
    waiting = list(values)
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict) and "bracket" in node:
            yield node["bracket"]
            waiting.extend(node["inside"])
