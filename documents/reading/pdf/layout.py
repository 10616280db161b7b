"""What the places of lines say: which gaps part paragraphs, how far a line is set in, whether it was full.

Whoever judges the lines of a text counts characters. Letters are not equally wide, so what can be measured is told in
the text's own terms: a blank line where a line was ended on purpose, doubled spaces where a full one has few letters.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from documents.reading.pdf.line import Line

_WIDE = 1.17  # of the usual distance between base lines: more than this is a gap between paragraphs
_SAME_SIZE = 0.08
_USUAL = 1.25  # of the size, where a file shows no wrapped line
_FEW = 3  # wrapped lines of one size on a page that are enough to know its usual distance
_FARTHEST = 3.5  # of the size
_MOST_INDENT = 40
_CENTRED = 0.5  # of the size: how far from the middle a line may stand that is set in the middle
_COLUMN = 0.25  # of the page's width: what begins farther to the right is a column of its own
_SHARE_OF_RIGHTS = 0.97  # of the lines end before the right margin; the rest may hang over it
_SHARE_OF_LEFTS = 0.15  # of the lines that begin where most do
_SHARE_OF_BLOCK = 0.9
_SAME_MARGIN = 2.0  # points
_SPACE = 0.25  # of the size
_SPARE = 1.0  # of the size: room left beside the next word, which a line that was wrapped has not
_UNEVEN = 0.5  # of the size: how far a full line may stand away from the edge, hanging signs and all
_SAME_EDGE = 1.0  # points
_NEAR = 5  # lines before and behind among which a full line must look as full as any
_ENDS = (".", ";", ":", "!", "?")
_OPENERS = "[［(（“«\"‘'"

Edges = tuple[float, float]
"""Left and right."""


class Layout:
    """How the lines of all pages are laid out."""

    def __init__(self, pages: Sequence[Sequence[Line]], widths: Sequence[float]) -> None:
        self.distances = _Distances(pages)
        margins = _margins(pages)
        self.edges = [_block_edges(lines, margins, width) for lines, width in zip(pages, widths, strict=True)]
        self.justified = {
            (page, block)
            for page, lines in enumerate(pages)
            for block, (_, right) in self.edges[page].items()
            if _is_justified([line for line in lines if line.block == block], right)
        }

    def indent(self, line: Line) -> str:
        """Spaces, each half as wide as the letters are high.

        None for a line set in the middle, which is not set in; a single one means something else to whoever reads them.
        """
        left, right = self._edges(line)
        count = round((line.left - left) / (0.5 * line.size)) if line.size else 0
        return " " * min(count, _MOST_INDENT) if count > 1 and not self._is_centred(line, left, right) else ""

    def is_wide(self, before: Line, line: Line) -> bool:
        """Whether a wider gap lies between two lines, where the letters change their size, or beside furniture."""
        if line.turned != before.turned or before.kind != line.kind:
            return True
        distance = before.y - line.y
        if distance <= 0:
            return False  # the top of the next column
        if abs(before.size - line.size) > _SAME_SIZE * max(before.size, line.size):
            return True
        return distance > _WIDE * self.distances.usual(line)

    def was_ended(self, before: Line, line: Line, above: Line | None) -> bool:
        """Whether a line was ended on purpose: the first word of the next, which could begin a paragraph, had room."""
        if before.block != line.block or before.kind or not _could_begin(line.text):
            return False
        if before.text[-1] in "-\xad([" or _is_open(before.text):
            return False
        left, right = self._edges(before)
        if self._is_centred(before, left, right):
            # From the middle back to the margin, and to another weight: a heading ends.
            return line.left - left <= _SAME_MARGIN and bool(before.bold) != bool(line.bold)
        if above and abs(above.right - before.right) <= _SAME_EDGE:
            return False
        return right - before.right > self._least_spare(before, line)

    def padded(self, lines: Sequence[Line], at: int) -> str:
        """The text of a line; where it is full, but has fewer letters than its neighbours, with spaces doubled."""
        line = lines[at]
        following = lines[at + 1] if at + 1 < len(lines) else None
        if following is None or following.block != line.block or line.kind or not _could_begin(following.text):
            return line.text
        if self.is_wide(line, following):
            return line.text
        if self._edges(line)[1] - line.right >= min(self._least_spare(line, following), following.first):
            return line.text
        near = lines[max(0, at - _NEAR) : at + _NEAR + 1]
        longest = max(len(one.text) for one in near if one.block == line.block)
        missing = longest - len(line.text) - len(following.text.split(" ", 1)[0])
        return _doubled(line.text, missing) if missing > 0 else line.text

    def _least_spare(self, before: Line, line: Line) -> float:
        """How much room a line leaves that was ended on purpose: none to speak of where all others end at the edge, more
        than the next word needs where they do not."""
        if (before.page, before.block) in self.justified:
            return _UNEVEN * before.size
        return line.first + (_SPACE + _SPARE) * before.size

    def _edges(self, line: Line) -> Edges:
        return self.edges[line.page][line.block]

    def _is_centred(self, line: Line, left: float, right: float) -> bool:
        set_in = line.left - left
        return set_in > line.size and abs(set_in - (right - line.right)) <= _CENTRED * line.size


def _is_justified(lines: Sequence[Line], right: float) -> bool:
    """Whether at least half of the lines end at the right edge."""
    even = sum(abs(line.right - right) <= _SAME_EDGE for line in lines)
    return even >= _FEW and 2 * even >= len(lines)


def _could_begin(text: str) -> bool:
    """Whether a line could begin a paragraph: with a letter that is no small one, or with a figure."""
    bare = text.lstrip(_OPENERS)
    return bare[:1].isalnum() and not bare[0].islower()


def _is_open(text: str) -> bool:
    """Whether a parenthesis is open at the end of a line: a marker that goes on, mostly."""
    return text.rfind("(") > text.rfind(")") or text.rfind("（") > text.rfind("）")


def _doubled(text: str, missing: int) -> str:
    """The text with so many spaces more, spread over the gaps between its words; two more at most for each."""
    words = text.split(" ")
    gaps = len(words) - 1
    if gaps < 1:
        return text
    missing = min(missing, 2 * gaps)
    parts = [words[0]]
    for at, word in enumerate(words[1:]):
        more = missing * (at + 1) // gaps - missing * at // gaps
        parts += (" " * (1 + more), word)
    return "".join(parts)


# ---- distances


class _Distances:
    """How far apart the lines of one paragraph are, by size of letter: on the page, or in the whole file."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        self.found: dict[tuple[int | None, int], list[float]] = {}
        for number, lines in enumerate(pages):
            for before, line in pairwise(lines):
                distance = before.y - line.y
                if not (0 < distance < _FARTHEST * line.size and _is_wrapped(before, line)):
                    continue
                for key in ((number, round(line.size)), (None, round(line.size))):
                    self.found.setdefault(key, []).append(distance)
        self.known: dict[tuple[int | None, int], float] = {}

    def usual(self, line: Line) -> float:
        """For lines of this size, in points."""
        key = (line.page, round(line.size))
        if key not in self.known:
            on_page, in_file = self.found.get(key, []), self.found.get((None, key[1]), [])
            found = on_page if len(on_page) >= _FEW else in_file
            self.known[key] = median(found) if found else _USUAL * line.size
        return self.known[key]


def _is_wrapped(before: Line, line: Line) -> bool:
    same = before.block == line.block and abs(before.size - line.size) <= _SAME_SIZE * line.size
    return same and line.text.lstrip()[:1].islower() and not before.text.endswith(_ENDS)


# ---- edges


def _margins(pages: Sequence[Sequence[Line]]) -> Edges:
    """The left edge that many lines share, items that are set in aside, and where the longest lines end."""
    own = [line for lines in pages for line in lines if not line.turned and not line.kind]
    if not own:
        return 0.0, 0.0
    lefts = Counter(round(line.left) for line in own)
    rights = sorted(line.right for line in own)
    left = min(left for left, count in lefts.items() if count >= _SHARE_OF_LEFTS * max(lefts.values()))
    return float(left), rights[int(len(rights) * _SHARE_OF_RIGHTS)]


def _block_edges(lines: Sequence[Line], margins: Edges, width: float) -> dict[int, Edges]:
    """The edges of each block: the file's margins, or a column's own."""
    blocks: dict[int, list[Line]] = {}
    for line in lines:
        blocks.setdefault(line.block, []).append(line)
    edges: dict[int, Edges] = {}
    for block, own in blocks.items():
        left, right = (
            min(line.left for line in own),
            sorted(line.right for line in own)[int(len(own) * _SHARE_OF_BLOCK)],
        )
        # A rule or a table may hang over the margins; where other lines begin says what the margin is.
        shares = any(abs(line.left - margins[0]) <= _SAME_MARGIN for line in own) or left > margins[0]
        if shares and left < margins[0] + _COLUMN * width and right > margins[1] - _COLUMN * width:
            left, right = margins[0], max(margins[1], right)
        edges[block] = left, right
    return edges
