"""A paragraph as somebody chooses to read it: some brackets fall and their words stay, some go with their words, and
whatever is not said to do either stands as printed.

Which bracket does what is decided by whoever asks; here is only what becomes of the wording.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from documents.notation import edit
from documents.notation.tree import Tree, bracket_ids, whole_bracket, wording
from documents.notation.write import write

Way = Literal["retain", "strike", "leave"]
"""What a reading does with a bracket: its words stay without it, go with it, or stand in it."""

_SIGNS_THAT_MEET = re.compile(r"[,;:]\s?[,;:.]|(?<!\.)\.\.(?!\.)")


@dataclass(frozen=True, slots=True)
class ReadAs:
    """The wording of one reading; empty where nothing of the paragraph is left.

    ``left`` are the brackets that stand in it, in order of opening. ``meeting`` are signs of punctuation that came to
    stand side by side, for the pen to look at: a reading never repairs them (``rules.md`` 21).
    """

    tree: Tree
    left: tuple[str, ...] = ()
    meeting: tuple[str, ...] = ()


def read_as(tree: Tree, ways: Mapping[str, Way]) -> ReadAs:
    """The paragraph with each bracket treated as ``ways`` says; one that it does not name is left."""
    whole = whole_bracket(tree)
    if whole is not None and ways.get(whole.id) == "strike":
        return ReadAs(())  # with its left-over punctuation (rules.md 15)
    read = edit.decided(tree, {id_: way == "retain" for id_, way in ways.items() if way != "leave"})
    left = tuple(bracket_ids(read))
    if not left and _has_words(tree) and not _has_words(read):
        return ReadAs(())
    return ReadAs(read, left, tuple((_meeting(read) - _meeting(tree)).elements()))


def _has_words(tree: Tree) -> bool:
    return any(sign.isalnum() for sign in wording(tree, with_label=False))


def _meeting(tree: Tree) -> Counter[str]:
    found = _SIGNS_THAT_MEET.findall(write(tree, {}))  # a bracket's sign between them keeps them apart
    return Counter("".join(signs.split()) for signs in found)
