"""An edit made on an older wording, moved onto the present one, without guessing.

Between two wordings that follow each other by one act, the words that neither came nor went are the same words in the
same order; that is how an edit finds its place again. Where the words that it touches were themselves touched, or two
insertions want the same place, the answer is a conflict, and a person decides.
"""

from dataclasses import replace
from itertools import combinations

from documents.notation.edit import Delete, Edit, Insert, Replace
from documents.notation.tree import Tree, bracket_ids, brackets, parents, wording
from documents.notation.words import Word, words


class Conflict(Exception):
    """The edit cannot be moved without a guess."""


def rebase(edit: Edit, old: Tree, new: Tree) -> Edit:
    """The same edit, said of ``new``. Raises Conflict.

    ``new`` follows from ``old`` by one act: brackets came (with new words inside, or round old ones), went (their words
    with them, or not), or hold other words than before.
    """
    if old == new:
        return edit
    moved = _Moved.between(old, new)
    match edit:
        case Insert(after):
            return replace(edit, after=moved.place(after))
        case Delete(first, last) | Replace(first, last):
            first, last = moved.range(first, last)
            return replace(edit, first=first, last=last)


class _Moved:
    """Where the words of the old tree stand in the new one."""

    def __init__(self, old: list[Word], new: list[Word], to: dict[int, int], came: list[tuple[int, int]]) -> None:
        self.old, self.new, self.to, self.came = old, new, to, came

    @classmethod
    def between(cls, old: Tree, new: Tree) -> "_Moved":
        before, after = set(bracket_ids(old)), set(bracket_ids(new))
        old_words, new_words = words(old), words(new)
        inserted, struck = _came_and_went(old, new, before, after)
        kept = [w for w in old_words if not w.closes and w.container not in struck]
        found = [w for w in new_words if not w.closes and w.container not in inserted]
        to = {w.index: f.index for w, f in zip(kept, found, strict=True)}
        closing = {w.closes: w.index for w in new_words if w.closes}
        to |= {w.index: closing[w.closes] for w in old_words if w.closes in closing}
        came = [_extent(new_words, id_) for id_ in after - before]
        return cls(old_words, new_words, to, came)

    def word(self, index: int) -> int:
        if index not in self.to:
            raise Conflict
        return self.to[index]

    def place(self, after: int) -> int:
        """The place of an insertion: it must not touch words that came, nor the end of a new bracket."""
        moved = -1 if after == -1 else self.word(after)
        for first, last in self.came:
            if (
                first <= moved <= last
                or (first == moved + 1 and self._is_new_text(first))
                or (moved == -1 and first == 0)
            ):
                raise Conflict
        if after != -1 and moved > 0 and self._follows_new(after, moved):
            raise Conflict
        return moved

    def _is_new_text(self, index: int) -> bool:
        return index not in self.to.values()

    def _follows_new(self, after: int, moved: int) -> bool:
        """A closing sign after which something new has come, behind markers that belong to the sign."""
        following = self.new[moved + 1] if moved + 1 < len(self.new) else None
        return following is not None and self._is_new_text(following.index)

    def range(self, first: int, last: int) -> tuple[int, int]:
        start, end = self.word(first), self.word(last)
        for index in range(first, last + 1):
            if not self.old[index].closes:
                self.word(index)
        if any(not (z < start or a > end) or self._touches(a, z, start, end) for a, z in self.came):
            raise Conflict
        return start, end

    def _touches(self, came_first: int, came_last: int, start: int, end: int) -> bool:
        """New words right behind the selection, or before the paragraph's first word: were they meant too?"""
        if not self._is_new_text(came_first):
            return False
        return came_first == self._behind(start, end) or (came_first == 0 and came_last + 1 == start)

    def _behind(self, start: int, end: int) -> int:
        """What comes right behind the words from ``start`` to ``end``: the closing sign of a bracket that they hold whole
        goes with them."""
        behind = end + 1
        while behind < len(self.new) and (closes := self.new[behind].closes) and _extent(self.new, closes)[0] >= start:
            behind += 1
        return behind


def _extent(new_words: list[Word], id_: str) -> tuple[int, int]:
    """The first word and the closing sign of a bracket."""
    closing = next(w for w in new_words if w.closes == id_)
    inside = [w.index for w in new_words if w.path[: len(closing.path)] == closing.path]
    return inside[0], closing.index


def _came_and_went(old: Tree, new: Tree, before: set[str], after: set[str]) -> tuple[set[str | None], set[str | None]]:
    """Which of the new brackets brought their words, and which of the lost ones took them along.

    Tried, fewest first, until the words that stayed are the same on both sides. Raises Conflict where none fits.
    """
    up_new, up_old = parents(new), parents(old)
    reworded = _reworded(old, new, before & after)
    new_words, old_words = words(new), words(old)
    for came in _choices(after - before):
        inside_new = _within(came, up_new) | reworded
        rest = [w.text for w in new_words if not w.closes and w.container not in inside_new]
        for went in _choices(before - after):
            inside_old = _within(went, up_old) | reworded
            if rest == [w.text for w in old_words if not w.closes and w.container not in inside_old]:
                return inside_new, inside_old
    raise Conflict


def _reworded(old: Tree, new: Tree, stayed: set[str]) -> set[str | None]:
    """Brackets without brackets inside whose words are others now: none of those words is the same word any more."""
    before, after = _bare(old), _bare(new)
    return {id_ for id_ in stayed if id_ in before and id_ in after and before[id_] != after[id_]}


def _bare(tree: Tree) -> dict[str, str]:
    return {
        bracket.id: wording(bracket.inside, with_label=False)
        for bracket in brackets(tree)
        if not bracket_ids(bracket.inside)
    }


def _choices(ids: set[str]) -> list[set[str]]:
    """Every choice of the ids, for the few that one act touches; for more, all or none."""
    ordered = sorted(ids)
    if len(ordered) > 4:
        return [set(), set(ordered)]
    return [set(some) for count in range(len(ordered) + 1) for some in combinations(ordered, count)]


def _within(ids: set[str], up: dict[str, str | None]) -> set[str | None]:
    found: set[str | None] = set()
    for id_ in up:
        outer: str | None = id_
        while outer is not None:
            if outer in ids:
                found.add(id_)
                break
            outer = up[outer]
    return found
