"""The lines of all pages written out as the source text, with what they show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from documents.notation.shown import Aside, Range
from documents.reading.pdf.line import Line

_WIDE = 1.17  # of the usual distance between base lines: more than this is a gap between paragraphs
_SAME_SIZE = 0.08
_USUAL = 1.25  # of the size, where a file shows no wrapped line
_FEW = 3  # wrapped lines of one size on a page that are enough to know its usual distance
_FARTHEST = 3.5  # of the size
_MOST_INDENT = 40
_COLUMN = 0.25  # of the page's width: what begins farther to the right is a column of its own
_ENDS = (".", ";", ":", "!", "?")


@dataclass(slots=True)
class Written:
    """The source, and where in it the lines begin; ``places`` are those of each page, with the height of the line."""

    source: str = ""
    bold: list[Range] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    places: list[list[tuple[float, int]]] = field(default_factory=list)


def write(pages: Sequence[Sequence[Line]], widths: Sequence[float]) -> Written:
    """One line of source for each printed line, a blank one where a gap parts paragraphs, a form feed at page turns."""
    written, parts, length = Written(), list[str](), 0
    distances = _Distances(pages)
    margin = _margin(pages)
    for page, lines in enumerate(pages):
        places: list[tuple[float, int]] = []
        lefts = _lefts(lines, margin, widths[page])
        before: Line | None = None
        for line in lines:
            lead = _between(before, line, distances) if before else ("\n\f" if parts else "\f" if page else "")
            if before is None and parts and _skipped(pages, page):
                lead += "\f" * _skipped(pages, page)
            lead += _indent(line, lefts[line.block])
            start = length + len(lead)
            parts += (lead, line.text)
            length = start + len(line.text)
            places.append((line.y, start))
            written.bold += [(start + a, start + z) for a, z in line.bold]
            _set_aside(written.aside, line, before, (start, length))
            before = line
        written.places.append(places or [(0.0, length)])
    written.source = "".join(parts) + ("\n" if parts else "")
    written.bold = _joined(written.bold, written.source)
    return written


def _skipped(pages: Sequence[Sequence[Line]], page: int) -> int:
    """How many pages without a line lie before this one."""
    count = 0
    while page - count > 0 and not pages[page - count - 1]:
        count += 1
    return count


def _set_aside(aside: list[Aside], line: Line, before: Line | None, src: Range) -> None:
    """A line that is no wording; one that goes on with the footnote of the line before is added to it."""
    if not line.kind:
        return
    goes_on = line.kind == "footnote" and not line.mark and before is not None and before.kind == "footnote"
    if goes_on and aside:
        aside[-1] = aside[-1]._replace(src=(aside[-1].src[0], src[1]))
    else:
        aside.append(Aside(line.kind, src, line.mark))


def _joined(ranges: list[Range], source: str) -> list[Range]:
    """Ranges with nothing but white space between them as one."""
    joined: list[Range] = []
    for start, end in ranges:
        if joined and not source[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


# ---- gaps


class _Distances:
    """How far apart the lines of one paragraph are, by size of letter: on the page, or in the whole file."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        self.found: dict[tuple[int | None, int], list[float]] = {}
        for number, lines in enumerate(pages):
            for before, line in zip(lines, lines[1:], strict=False):
                distance = before.y - line.y
                if not (0 < distance < _FARTHEST * line.size and _is_wrapped(before, line)):
                    continue
                for key in ((number, round(line.size)), (None, round(line.size))):
                    self.found.setdefault(key, []).append(distance)

    def usual(self, line: Line) -> float:
        """For lines of this size, in points."""
        size = round(line.size)
        on_page = self.found.get((line.page, size), [])
        if len(on_page) >= _FEW:
            return median(on_page)
        in_file = self.found.get((None, size), [])
        return median(in_file) if in_file else _USUAL * line.size


def _is_wrapped(before: Line, line: Line) -> bool:
    same = before.block == line.block and abs(before.size - line.size) <= _SAME_SIZE * line.size
    return same and line.text.lstrip()[:1].islower() and not before.text.endswith(_ENDS)


def _between(before: Line, line: Line, distances: _Distances) -> str:
    """The line end, or two: where a wider gap lies between, where the letters change their size, beside furniture."""
    if line.turned != before.turned or (before.kind != line.kind and not _goes_on(before, line)):
        return "\n\n"
    distance = before.y - line.y
    if distance <= 0:
        return "\n"  # the top of the next column
    if abs(before.size - line.size) > _SAME_SIZE * max(before.size, line.size):
        return "\n\n"
    return "\n\n" if distance > _WIDE * distances.usual(line) else "\n"


def _goes_on(before: Line, line: Line) -> bool:
    return before.kind == "footnote" and line.kind == "footnote"


# ---- indents


def _margin(pages: Sequence[Sequence[Line]]) -> float:
    """Where most lines of the file begin."""
    lefts = Counter(round(line.left) for lines in pages for line in lines if not line.turned and not line.kind)
    return float(lefts.most_common(1)[0][0]) if lefts else 0.0


def _lefts(lines: Sequence[Line], margin: float, width: float) -> dict[int, float]:
    """Where the lines of each block are set in from: the file's margin, or a column's own edge."""
    least: dict[int, float] = {}
    for line in lines:
        least[line.block] = min(line.left, least.get(line.block, line.left))
    return {block: margin if margin - 2 <= left < margin + _COLUMN * width else left for block, left in least.items()}


def _indent(line: Line, left: float) -> str:
    """Spaces, each half as wide as the letters are high; a single one means something else to whoever reads them."""
    count = round((line.left - left) / (0.5 * line.size)) if line.size else 0
    return " " * min(count, _MOST_INDENT) if count > 1 else ""
