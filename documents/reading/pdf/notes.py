"""Footnotes: lines at the foot of a page, smaller or under a short rule, that begin with a mark which a word above has."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from documents.reading.pdf.line import Line
from documents.reading.pdf.page import Page
from documents.reading.pdf.signs import SUPERSCRIPTS

_SMALLER = 0.94  # of the size of the wording
_SHORT = 0.5  # of the page's width
_MARK = re.compile(r"([¹²³⁰⁴-⁹]{1,3}|\d{1,3}(?=[\s.)])|\*{1,3}|[†‡§]{1,2})\s*(?=\S)")


def usual_size(lines: Iterable[Line]) -> float:
    """The size of most letters of a file, in points; 0 where it has none."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size, 1)] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def mark_footnotes(lines_of: Sequence[Sequence[Line]], pages: Sequence[Page], size: float) -> None:
    """Give the lines of footnotes their ``kind``, and the first of each its ``mark``; ``size`` is that of the wording."""
    open_note = False  # whether the page before ended with a note, which may go on
    for lines, page in zip(lines_of, pages, strict=True):
        foot = _foot(lines, size, _rule(page))
        above = [line for line in lines if not line.kind and line not in foot]
        notes, first = _marked(foot, above)
        if not notes and not (open_note and foot):
            open_note = open_note and not above
            continue
        for line in foot if open_note else foot[first:]:
            line.kind = "footnote"
            line.mark = notes.get(id(line), "")
        open_note = True


def _rule(page: Page) -> float:
    """How high the lowest short rule stands that begins on the left, as one over footnotes does; 0 where there is none."""
    short = [box for box in page.rules if box[2] - box[0] <= _SHORT * page.width and box[0] < page.width / 2]
    return min((box[1] for box in short), default=0.0)


def _foot(lines: Sequence[Line], size: float, rule: float) -> list[Line]:
    """The small lines at the foot of a page and those under its rule, from top to bottom."""
    foot: list[Line] = []
    own = [line for line in lines if not line.kind and not line.turned]
    for line in sorted(own, key=lambda line: line.y):
        if line.size > _SMALLER * size and line.y > rule:
            break
        foot.append(line)
    return foot[::-1]


def _marked(foot: Sequence[Line], above: Sequence[Line]) -> tuple[dict[int, str], int]:
    """The lines that begin a note with their marks, and the place of the first of them."""
    notes: dict[int, str] = {}
    first = len(foot)
    for at, line in enumerate(foot):
        match = _MARK.match(line.text)
        if match is not None and _is_called(match[1], above):
            notes[id(line)] = match[1]
            first = min(first, at)
    return notes, first


def _is_called(mark: str, above: Sequence[Line]) -> bool:
    raised = re.escape(mark.translate(SUPERSCRIPTS))
    call = re.compile(rf"(?<=[^\s*†‡§¹²³⁰⁴-⁹]){raised}(?![*†‡§¹²³⁰⁴-⁹])")
    return any(call.search(line.text) for line in above)
