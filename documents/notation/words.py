"""The words of a tree, numbered: how a person, with or without a script, says which words are meant.

A word is a run of letters, with their marks, and digits, or one other sign (a comma is a word of its own, so that ``[,] (-IRAN)`` can be
asked for). The closing sign of a bracket counts too, as a place to insert after it.
"""

import re
from dataclasses import dataclass

from documents.notation.tree import Bracket, Text, Tree

_RUN = r"\w[\w\u0300-\u036f\u0483-\u0487]*"
WORD = re.compile(rf"{_RUN}(?:[-’'‑]{_RUN})*|[^\w\s]")

Path = tuple[int, ...]
"""Child indexes from the root down to a node."""


@dataclass(frozen=True, slots=True)
class Word:
    """One numbered word. ``start`` and ``end`` are offsets in its text node; ``closes`` is set for a closing sign."""

    index: int
    text: str
    path: Path
    start: int
    end: int
    container: str | None
    closes: str | None = None


def words(tree: Tree) -> list[Word]:
    """Every word and closing sign, in the order of the text. The label is not a word: it never moves."""
    found: list[Word] = []
    _collect(tree, (), None, found)
    return found


def _collect(nodes: Tree, path: Path, container: str | None, found: list[Word]) -> None:
    for at, node in enumerate(nodes):
        here = (*path, at)
        if isinstance(node, Text):
            for match in WORD.finditer(node.words):
                found.append(Word(len(found), match[0], here, match.start(), match.end(), container))
        elif isinstance(node, Bracket):
            _collect(node.inside, here, node.id, found)
            found.append(Word(len(found), node.signs[1], here, 0, 0, container, closes=node.id))
