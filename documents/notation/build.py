"""A paragraph that was read, made into a tree, with the positions that its markers print.

Every character of the text stands in the tree: wording in texts, markers in the imprint of their target's anchor.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from documents.notation.markers import Marker
from documents.notation.read import Reading
from documents.notation.tree import Anchor, Bracket, Label, Node, Stamp, Text, Tree, joined

_MEANINGLESS = re.compile(r"(?:[\s,]|\band\b)*\Z")


@dataclass(frozen=True, slots=True)
class Printed:
    """One marker as it stood, with its target (a bracket's id, None for the paragraph) and its place there."""

    target: str | None
    place: int
    marker: Marker


@dataclass(slots=True)
class Built:
    """A tree, the ids of its brackets in order of opening, and what its markers print."""

    tree: Tree = ()
    brackets: list[str] = field(default_factory=list)
    printed: list[Printed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch of the text that is no wording: a bracket's sign, or an anchor's markers."""

    start: int
    end: int
    sign: str  # "open", "close" or "anchor"
    span: int | None
    anchor: Anchor | None = None


def build(reading: Reading, label: str | None, new_id: Callable[[], str]) -> Built:
    """The tree of a reading; ``new_id`` names its brackets. Orphaned markers stay in the wording."""
    built = Built(brackets=[new_id() for _ in reading.spans])
    cuts = sorted([*_signs(reading), *_anchors(reading, built)], key=lambda cut: (cut.start, cut.end))
    label_at = _label_end(reading.text, label)
    stack: list[list[Node]] = [[]]
    at = 0
    for cut in (*cuts, None):
        end = cut.start if cut else len(reading.text)
        stack[-1].extend(_texts(reading.text, at, end, label_at))
        if cut is None:
            break
        at = cut.end
        if cut.anchor:
            stack[-1].append(cut.anchor)
        elif cut.sign == "open":
            stack.append([])
        else:
            inside = joined(stack.pop())
            span = reading.spans[cut.span or 0]
            signs = reading.text[span.open] + reading.text[span.close]
            stack[-1].append(Bracket(built.brackets[cut.span or 0], inside, signs))
    built.tree = joined(stack[0])
    return built


def _signs(reading: Reading) -> Iterator[_Cut]:
    for at, span in enumerate(reading.spans):
        yield _Cut(span.open, span.open + 1, "open", at)
        yield _Cut(span.close, span.close + 1, "close", at)


def _anchors(reading: Reading, built: Built) -> Iterator[_Cut]:
    """One anchor for each run of a target's markers: white space and commas part them, anything else begins a new one.

    Markers that stand in their bracket have their anchor in it, each one its own.
    """
    taken = {(m.start, m.end) for m in reading.orphans}
    targets: list[tuple[str | None, int, tuple[Marker, ...]]] = [(None, -1, reading.markers)]
    targets += [(id_, span.close + 1, span.markers) for id_, span in zip(built.brackets, reading.spans, strict=True)]
    places: dict[str | None, int] = defaultdict(int)
    for target, closes, markers in targets:
        run: list[tuple[int, int, Stamp]] = []
        for (start, end), group in groupby(sorted(markers, key=lambda m: m.start), key=lambda m: (m.start, m.end)):
            if (start, end) in taken:
                continue
            numbers = []
            for marker in group:
                built.printed.append(Printed(target, places[target], marker))
                numbers.append(places[target])
                places[target] += 1
            if end < closes:
                before = _gap(reading.text, -1, start)
                yield _anchor(target, [(start, end, Stamp(before, reading.text[start:end], tuple(numbers)))])
                continue
            before = _gap(reading.text, run[-1][1] if run else closes, start)
            if run and len(before) < start - run[-1][1]:
                yield _anchor(target, run)
                run = []
            run.append((start, end, Stamp(before, reading.text[start:end], tuple(numbers))))
        if run:
            yield _anchor(target, run)


def _anchor(target: str | None, run: list[tuple[int, int, Stamp]]) -> _Cut:
    start = run[0][0] - len(run[0][2].before)
    return _Cut(start, run[-1][1], "anchor", None, Anchor(target, tuple(stamp for _, _, stamp in run)))


def _gap(text: str, since: int, start: int) -> str:
    """What stands before a marker and means nothing; a paragraph's first marker takes the white space before it."""
    if since < 0:
        return text[len(text[:start].rstrip()) : start]
    match = _MEANINGLESS.search(text, since, start)
    return match[0] if match else ""


def starts_with_label(text: str, label: str) -> bool:
    """Whether the text begins with this label, behind opening brackets or not."""
    return _label_end(text, label) != (0, 0)


def _label_end(text: str, label: str | None) -> tuple[int, int]:
    """Where the label stands, with the full stop or colon that closes it; an empty range where there is none."""
    if not label:
        return (0, 0)
    start = text.find(label)
    if start < 0 or text[:start].strip("[［ "):
        return (0, 0)
    end = start + len(label)
    while text[end : end + 1] in (".", ":"):
        end += 1
    return (start, end)


def _texts(text: str, start: int, end: int, label_at: tuple[int, int]) -> Iterator[Node]:
    a, z = label_at
    if z > a and start <= a and z <= end:
        yield Text(text[start:a])
        yield Label(text[a:z])
        start = z
    if end > start:
        yield Text(text[start:end])
