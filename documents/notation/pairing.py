"""Which paragraph of a file is which of those that stand: by what they print, then by label, then by their words."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from documents.notation.alignment import likeness
from documents.notation.as_printed import squeezed
from documents.notation.words import WORD

_ALIKE = 0.5
_ALIKE_ELSEWHERE = 0.8
_SAME_PLACE = 0.2
_LARGEST_GAP = 40_000  # pairs of paragraphs between two that print the same, compared word by word


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph as far as finding it again is concerned: its print and its label ("" for none)."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """Indexes of paragraphs: (old, new) for the same one, in order of the new; ``moved`` are those of them that stand
    elsewhere now; ``gone`` are of the old, ``came`` of the new."""

    pairs: tuple[tuple[int, int], ...]
    moved: frozenset[int]
    gone: tuple[int, ...]
    came: tuple[int, ...]


def paired(old: Sequence[Shown], new: Sequence[Shown]) -> Pairing:
    """Each paragraph with the one it is, if any; the order of the text counts for more than words alike elsewhere."""
    before, after = [squeezed(one.text) for one in old], [squeezed(one.text) for one in new]
    found: dict[int, int] = {}
    for olds, news in _gaps(before, after, found):
        _in_gap(old, new, olds, news, found)
    moved = _moved(old, new, before, after, found)
    taken = set(found.values())
    return Pairing(
        tuple(sorted(((o, n) for n, o in found.items()), key=lambda pair: pair[1])),
        frozenset(moved),
        tuple(o for o in range(len(old)) if o not in taken),
        tuple(n for n in range(len(new)) if n not in found),
    )


def _gaps(before: list[str], after: list[str], found: dict[int, int]) -> Iterator[tuple[range, range]]:
    """Puts the paragraphs that print the same into ``found`` (new: old) and gives what stands between them."""
    gaps = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            found.update(zip(range(c, d), range(a, b), strict=True))
        elif b > a and d > c:
            gaps.append((range(a, b), range(c, d)))
    yield from gaps


def _in_gap(old: Sequence[Shown], new: Sequence[Shown], olds: range, news: range, found: dict[int, int]) -> None:
    """Pairs in one gap, in order: equal labels first, then what is most alike between those."""
    fixed = [(o, n) for o, n in _by_label(old, new, olds, news) if _like(old[o], new[n]) >= _SAME_PLACE]
    edges = [*fixed, (olds.stop, news.stop)]
    o, n = olds.start, news.start
    for next_o, next_n in edges:
        for a, b in _by_words(old, new, range(o, next_o), range(n, next_n)):
            found[b] = a
        if next_o < olds.stop:
            found[next_n] = next_o
        o, n = next_o + 1, next_n + 1


def _by_label(old: Sequence[Shown], new: Sequence[Shown], olds: range, news: range) -> list[tuple[int, int]]:
    """Equal labels that occur once on both sides, as many as stand in the same order."""
    mine, theirs = Counter(old[o].label for o in olds), Counter(new[n].label for n in news)
    once = {label for label in mine if label and mine[label] == theirs[label] == 1}
    a, b = [o for o in olds if old[o].label in once], [n for n in news if new[n].label in once]
    same = SequenceMatcher(None, [old[o].label for o in a], [new[n].label for n in b], autojunk=False)
    return [(a[i + k], b[j + k]) for i, j, size in same.get_matching_blocks() for k in range(size)]


def _by_words(old: Sequence[Shown], new: Sequence[Shown], olds: range, news: range) -> list[tuple[int, int]]:
    """The pairs, in order, that are most alike all together; none that are not alike."""
    if not len(olds) or not len(news) or len(olds) * len(news) > _LARGEST_GAP:
        return list(zip(olds, news, strict=False)) if len(olds) == len(news) else []
    if len(olds) == len(news) == 1:
        alike, differ = _like(old[olds[0]], new[news[0]]), _differ(old[olds[0]], new[news[0]])
        return [(olds[0], news[0])] if alike >= (_ALIKE_ELSEWHERE if differ else _SAME_PLACE) else []
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    scores = [[_score(old[o], new[n]) for n in news] for o in olds]
    for i in reversed(range(len(olds))):
        for j in reversed(range(len(news))):
            both = best[i + 1][j + 1] + scores[i][j] if scores[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    found, i, j = [], 0, 0
    while i < len(olds) and j < len(news):
        if scores[i][j] and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            found.append((olds[i], news[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _differ(one: Shown, other: Shown) -> bool:
    """Whether both have a label, and not the same: a label is frozen, so that they are two paragraphs."""
    return bool(one.label and other.label and one.label != other.label)


def _score(one: Shown, other: Shown) -> float:
    alike = _like(one, other)
    return 0.0 if alike < _ALIKE or (_differ(one, other) and alike < _ALIKE_ELSEWHERE) else alike


def _like(one: Shown, other: Shown) -> float:
    a, b = WORD.findall(one.text), WORD.findall(other.text)
    shared = likeness(a, b) * (len(a) + len(b)) / 2
    within = shared / min(len(a), len(b)) if min(len(a), len(b)) >= 4 else 0.0
    return max(likeness(a, b), 0.9 * within)


def _moved(
    old: Sequence[Shown], new: Sequence[Shown], before: list[str], after: list[str], found: dict[int, int]
) -> set[int]:
    """Pairs of what stands elsewhere now: the same print, else the same label or words very much alike."""
    moved: set[int] = set()
    taken = set(found.values())
    free = [o for o in range(len(old)) if o not in taken]
    by_print: dict[str, list[int]] = defaultdict(list)
    for o in reversed(free):
        by_print[before[o]].append(o)
    for n in [n for n in range(len(new)) if n not in found]:
        if by_print[after[n]]:
            found[n] = by_print[after[n]].pop()
            moved.add(n)
    taken = set(found.values())
    left = [o for o in free if o not in taken]
    waiting = [n for n in range(len(new)) if n not in found]
    if len(left) * len(waiting) > _LARGEST_GAP:
        return moved
    for n in waiting:
        close = [(_like(old[o], new[n]), -o) for o in left]
        likest, o = max(close, default=(0.0, 0))
        if likest >= _ALIKE_ELSEWHERE and not _differ(old[-o], new[n]):
            found[n] = -o
            left.remove(-o)
            if not _in_order(found, n):
                moved.add(n)
    return moved


def _in_order(found: dict[int, int], n: int) -> bool:
    return all((other < n) == (found[other] < found[n]) for other in found if other != n)
