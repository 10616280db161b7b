"""A paragraph typed anew as somebody would like it: the smallest sensible changes that lead there, word by word.

The square brackets stay where they are, so every stretch between two of them is compared with the same stretch: a
change lies within one bracket or outside of all, and none is torn apart.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from documents.notation.edit import Delete, Edit, Insert, Replace, apply, retain, strike
from documents.notation.tree import Bracket, Text, Tree, brackets
from documents.notation.words import WORD, Word, words

_OPENING, _CLOSING = "[［", "]］"
_TOKEN = re.compile(rf"[{re.escape(_OPENING + _CLOSING)}]|{WORD.pattern}")


class CannotRewrite(ValueError):
    """The typed text leads nowhere. ``code``: ``same-words``, ``other-brackets`` (their signs are not those that stand
    there), ``emptied`` (all words of ``bracket`` are gone), ``no-place`` (words where a bracket opens right behind
    another)."""

    def __init__(self, code: str, bracket: str | None = None) -> None:
        super().__init__(code)
        self.code, self.bracket = code, bracket


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What the typed text comes to. ``edits`` stand in the order of the text, each numbered on the wording it was typed
    on. ``beside`` are brackets all of whose words were typed anew: they stay, and the new words stand behind them."""

    edits: tuple[Edit, ...]
    beside: tuple[str, ...] = ()


def as_typed(tree: Tree) -> str:
    """The paragraph as somebody begins to rewrite it: words and square brackets, without label and markers."""
    return " ".join("".join(_prints(tree)).split())


def _prints(tree: Tree) -> Iterator[str]:
    for node in tree:
        if isinstance(node, Text):
            yield node.words
        elif isinstance(node, Bracket):
            yield from (node.signs[0], *_prints(node.inside), node.signs[1])


def rewritten(tree: Tree, text: str, new_id: Callable[[], str]) -> Rewriting:
    """The changes that make the paragraph read as ``text``. Raises CannotRewrite.

    Two changes with a word or two between them become one where that saves more signs than it says words twice.
    """
    old, new = _stretches(tree), _typed(text)
    if [one.entry for one in old] != [one.entry for one in new]:
        raise CannotRewrite("other-brackets")
    edits: list[Edit] = []
    beside: list[str] = []
    for before, after in zip(old, new, strict=True):
        for change in _changes(before.texts, [word[0] for word in after.typed]):
            edit = _edit(before, change, _slice(text, after, change), new_id)
            if isinstance(edit, Insert) and edit.after == before.whole_closes:
                beside.append(str(before.whole))
            edits.append(edit)
    if not edits:
        raise CannotRewrite("same-words")
    return Rewriting(tuple(edits), tuple(beside))


# ---- stretches: the words between two signs


@dataclass(slots=True)
class _Stretch:
    """``entry`` is the sign before it ("" at the beginning) and ``after`` the word it follows, None where that is an
    opening sign. ``whole`` is the bracket that holds these words and nothing else, ``whole_closes`` its closing sign."""

    entry: str = ""
    after: int | None = -1
    numbered: list[Word] = field(default_factory=list)
    typed: list[re.Match[str]] = field(default_factory=list)
    whole: str | None = None
    whole_closes: int | None = None

    @property
    def texts(self) -> list[str]:
        return [word.text for word in self.numbered]


def _stretches(tree: Tree) -> list[_Stretch]:
    """The stretches of a tree, in order."""
    leaves = {b.id for b in brackets(tree) if not any(isinstance(node, Bracket) for node in b.inside)}
    found = [_Stretch()]
    numbered = iter(words(tree))

    def collect(nodes: Tree) -> None:
        for node in nodes:
            if isinstance(node, Text):
                found[-1].numbered += [next(numbered) for _ in WORD.finditer(node.words)]
            elif isinstance(node, Bracket):
                inside = _Stretch("[", None, whole=node.id if node.id in leaves else None)
                found.append(inside)
                collect(node.inside)
                closing = next(numbered)
                inside.whole_closes = closing.index if inside.whole else None
                found.append(_Stretch("]", closing.index))

    collect(tree)
    return found


def _typed(text: str) -> list[_Stretch]:
    found = [_Stretch()]
    for match in _TOKEN.finditer(text):
        if match[0] in _OPENING or match[0] in _CLOSING:
            found.append(_Stretch("[" if match[0] in _OPENING else "]"))
        else:
            found[-1].typed.append(match)
    return found


# ---- changes of one stretch

_Change = tuple[int, int, int, int]
"""The old words from, to and the new words from, to, as difflib counts them."""


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Change]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    found: list[_Change] = []
    for tag, *ends in codes:
        if tag == "equal":
            continue
        change: _Change = (ends[0], ends[1], ends[2], ends[3])
        if found and _better_as_one(found[-1], change):
            change = (found[-1][0], change[1], found.pop()[2], change[3])
        found.append(change)
    return found


def _better_as_one(one: _Change, other: _Change) -> bool:
    """Whether a bracket less is worth the words between the two said twice: one word for each bracket that is saved."""
    between = other[0] - one[1]
    saved = _brackets_of(one) + _brackets_of(other) - 2
    return 0 < between <= saved


def _brackets_of(change: _Change) -> int:
    return (change[1] > change[0]) + (change[3] > change[2])


def _slice(text: str, after: _Stretch, change: _Change) -> str:
    begin, end = change[2], change[3]
    return text[after.typed[begin].start() : after.typed[end - 1].end()] if end > begin else ""


def _edit(stretch: _Stretch, change: _Change, text: str, new_id: Callable[[], str]) -> Edit:
    begin, end = change[0], change[1]
    numbered = stretch.numbered
    if begin == end and begin == 0 and stretch.after is None:
        # Nothing can be put right behind an opening sign: the first word is said again.
        if not numbered:
            raise CannotRewrite("no-place")
        end, text = 1, f"{text} {numbered[0].text}"
    if stretch.whole_closes is not None and (begin, end) == (0, len(numbered)):
        if not text:
            raise CannotRewrite("emptied", stretch.whole)
        return Insert(stretch.whole_closes, text, new_id())
    if begin == end:
        place = numbered[begin - 1].index if begin else stretch.after
        assert place is not None, "a stretch behind an opening sign was dealt with"
        return Insert(place, text, new_id())
    first, last = numbered[begin].index, numbered[end - 1].index
    return Replace(first, last, text, new_id(), new_id()) if text else Delete(first, last, new_id())


def carried_out(edits: Sequence[Edit], tree: Tree) -> Tree:
    """The tree with all of the edits done, each numbered on ``tree``; they touch different words.

    Raises edit.CannotEdit, and nothing is done.
    """
    for edit in sorted(edits, key=_begins, reverse=True):
        tree = apply(edit, tree)
    return tree


def carried(edit: Edit, tree: Tree) -> Tree:
    """The tree as if the edit had been tabled and carried: the words that should go are gone, no bracket is new.

    Raises edit.CannotEdit.
    """
    tree = apply(edit, tree)
    match edit:
        case Insert(new=new):
            return retain(tree, new)
        case Delete(new=out):
            return strike(tree, out)
        case Replace(out=out, new=new):
            return retain(strike(tree, out), new)


def _begins(edit: Edit) -> float:
    return edit.after + 0.5 if isinstance(edit, Insert) else edit.first
