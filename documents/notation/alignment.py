"""Two prints of one paragraph laid upon each other: which words and brackets are the same ones, and what became of the
others.

The way from one to the other that costs least, where each step is something that is done in a room: a bracket falls and
its words stay or go, a bracket comes round words or with its own, its words are others. A word that changes without a
bracket costs as much as any of these, so that it is believed only where nothing else explains it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Literal

from documents.notation.as_printed import Said, Side, Token

MOST_STEPS = 150_000
"""Places looked at in one paragraph before giving up: one of a thousand words with twenty changes needs a tenth of it."""
MOST_IN_ALL = 400_000
"""The same for a whole document: some ten seconds."""

_WORD = 1.0
_FALLS = 1.0
_COMES = 1.0
_SAYS_ELSE = 0.3
_SAYS_WHOLLY_ELSE = 1.0
_REWORDED = 1.0
_UNLIKE = 0.8
_FARTHEST = 24.0

What = Literal["same", "gone", "came", "pair", "reworded", "retained", "struck", "round", "put", "end"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the places ``old`` and ``new`` in the two streams where it begins, and for a pair what is inside it.

    ``end`` closes what ``retained`` or ``round`` opened: the sign at ``old`` or ``new``.
    """

    what: What
    old: int = -1
    new: int = -1
    inside: tuple["Step", ...] = ()


@dataclass(slots=True)
class Effort:
    """How many places may still be looked at, over all paragraphs of a document."""

    left: int = MOST_IN_ALL


def align(old: Side, new: Side, effort: Effort) -> tuple[Step, ...] | None:
    """The cheapest way from one print to the other; None where it is too long to find."""
    search = _Search(old, new, effort)
    try:
        found = search.between((0, len(old.tokens)), (0, len(new.tokens)))
    except _TooLong:
        return None
    return found[1] if found else None


def align_inside(old: Side, new: Side, pair: Step, effort: Effort) -> tuple[Step, ...] | None:
    """The same for what stands inside two brackets that are one, word by word."""
    news = (pair.new + 1, new.tokens[pair.new].end)
    try:
        found = _Search(old, new, effort).between((pair.old + 1, old.tokens[pair.old].end), news)
    except _TooLong:
        return None
    return found[1] if found else None


class _TooLong(Exception):
    pass


Range = tuple[int, int]
Found = tuple[float, tuple[Step, ...]]
_Move = tuple[float, int, int, Step]


@dataclass(slots=True)
class _Search:
    old: Side
    new: Side
    effort: Effort
    looked_at: int = 0
    pairs: dict[tuple[int, int], Found | None] = field(default_factory=dict)

    def between(self, olds: Range, news: Range) -> Found | None:
        """The cheapest way through two stretches, from their beginnings to their ends; None where it is too far."""
        start, goal = (olds[0], news[0]), (olds[1], news[1])
        cost: dict[Range, float] = {start: 0.0}
        came_from: dict[Range, tuple[Range, Step]] = {}
        done: set[Range] = set()
        waiting: list[tuple[float, int, Range]] = [(0.0, 0, start)]
        while waiting:
            so_far, _, here = heappop(waiting)
            if here == goal:
                return so_far, _path(came_from, start, goal)
            if here in done:
                continue
            done.add(here)
            self.looked_at += 1
            self.effort.left -= 1
            if self.looked_at > MOST_STEPS or self.effort.left < 0:
                raise _TooLong
            for price, o, n, step in self.moves(here, olds, news):
                there, total = (o, n), so_far + price
                if total <= _FARTHEST + min(olds[1] - olds[0], news[1] - news[0]) and total < cost.get(there, 1e9):
                    cost[there] = total
                    came_from[there] = here, step
                    heappush(waiting, (total, -(o + n), there))
        return None

    def moves(self, here: Range, olds: Range, news: Range) -> list[_Move]:
        o, n = here
        old = self.old.tokens[o] if o < olds[1] else None
        new = self.new.tokens[n] if n < news[1] else None
        in_round = n < news[1] and self.new.tokens[n].depth > self.new.tokens[news[0]].depth
        found: list[_Move] = []
        if old and new and old.kind == new.kind == "word" and old.text == new.text:
            found.append((0.0, o + 1, n + 1, Step("same", o, n)))
        if old and new and old.kind == new.kind == "open" and (pair := self.pair(o, n)):
            what: What = "reworded" if _leaf(self.old, o) and _words_changed(pair[1]) else "pair"
            found.append((pair[0], old.end + 1, new.end + 1, Step(what, o, n, pair[1])))
        if old:
            found.extend(self._old_alone(old, o, n, in_round=in_round))
        if new:
            found.extend(self._new_alone(new, o, n, in_round=in_round))
        return found

    def _old_alone(self, old: Token, o: int, n: int, *, in_round: bool) -> list[_Move]:
        if old.kind == "close":
            return [(0.0, o + 1, n, Step("end", old=o))]
        if old.kind == "open":
            struck = (_FALLS, old.end + 1, n, Step("struck", o))
            return [struck, (_FALLS, o + 1, n, Step("retained", o))]
        return [] if in_round else [(_WORD, o + 1, n, Step("gone", o))]

    def _new_alone(self, new: Token, o: int, n: int, *, in_round: bool) -> list[_Move]:
        if new.kind == "close":
            return [(0.0, o, n + 1, Step("end", new=n))]
        if new.kind == "word":
            return [] if in_round else [(_WORD, o, n + 1, Step("came", new=n))]
        return [(_COMES, o, new.end + 1, Step("put", new=n)), (_COMES, o, n + 1, Step("round", new=n))]

    def pair(self, o: int, n: int) -> Found | None:
        """What it costs to take two brackets for the same one, and what changed in it."""
        if (o, n) not in self.pairs:
            self.pairs[o, n] = self._paired(o, n)
        return self.pairs[o, n]

    def _paired(self, o: int, n: int) -> Found | None:
        old, new = self.old.tokens[o], self.new.tokens[n]
        price = _says_else(self.old.said.get(old.name, ()), self.new.said.get(new.name, ()))
        before, after = self.old.tokens[o + 1 : old.end], self.new.tokens[n + 1 : new.end]
        if _leaf(self.old, o) and _leaf(self.new, n):
            words, others = [t.text for t in before], [t.text for t in after]
            if words != others:
                price += _REWORDED + _UNLIKE * (1 - likeness(words, others))
            steps = [Step("gone", at) for at in range(o + 1, old.end)] if words != others else []
            return price, tuple(steps) or _same((o, old), (n, new))
        found = self.between((o + 1, old.end), (n + 1, new.end))
        return (price + found[0], found[1]) if found else None


def _path(came_from: dict[Range, tuple[Range, Step]], start: Range, goal: Range) -> tuple[Step, ...]:
    steps: list[Step] = []
    here = goal
    while here != start:
        here, step = came_from[here]
        steps.append(step)
    return tuple(reversed(steps))


def _same(old: tuple[int, Token], new: tuple[int, Token]) -> tuple[Step, ...]:
    ways = zip(range(old[0] + 1, old[1].end), range(new[0] + 1, new[1].end), strict=True)
    return tuple(Step("same", o, n) for o, n in ways)


def _leaf(side: Side, at: int) -> bool:
    """Whether no bracket stands in this one."""
    return all(token.kind == "word" for token in side.tokens[at + 1 : side.tokens[at].end])


def _words_changed(steps: Sequence[Step]) -> bool:
    return any(step.what in ("gone", "came") for step in steps)


def first_with(said: Sequence[Said], stance: str) -> str:
    """The first delegation that holds this sign; "" where nobody does."""
    return next((one.code for one in said if one.stance == stance), "")


def _says_else(old: Sequence[Said], new: Sequence[Said]) -> float:
    differing = {one.sign for one in old} ^ {one.sign for one in new}
    return min(_SAYS_WHOLLY_ELSE, _SAYS_ELSE * len(differing))


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How many of the words of both are the same, whatever their order: 0 to 1."""
    if not one and not other:
        return 1.0
    shared = (Counter(one) & Counter(other)).total()
    return 2 * shared / (len(one) + len(other))
