"""A source cut into lines that hold something, and lines put together again to the text of a paragraph.

*White space* is what Unicode calls so. That is nearly what ``str.split`` takes for it: the four separators U+001C to
U+001F are the exception, they count as letters here, since the contract of podium/1 must lose none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, compress, count, pairwise
from operator import add

WHITE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
INVISIBLE = "\xad\u061c\u2060\ufeff" + "".join(
    map(chr, chain(range(0x200B, 0x2010), range(0x202A, 0x202F), range(0x2066, 0x206A)))
)
BLANK = WHITE + INVISIBLE
SEPARATORS = "\x1c\x1d\x1e\x1f"
LINE_END = re.compile(r"\r\n|\n|\r")

_DROP_INVISIBLE = str.maketrans("", "", INVISIBLE)
_LONE_RETURN = re.compile(r"\r(?!\n)")
_WHITE_RUN = re.compile(f"[{WHITE}]+")
_VISIBLE_RUN = re.compile(f"[^{re.escape(BLANK)}]+")
_FIRST_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_HYPHEN_END = re.compile(f"-[{WHITE}]*?[\r\n][{WHITE}]*")
_SOFT_HYPHEN_END = re.compile(f"\xad[{BLANK}]*?[\r\n][{BLANK}]*")
_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\r\n"
_TAB = 4


@dataclass(slots=True)
class Lines:
    """The lines of a source that are not blank, each as one entry of parallel lists (a source may have 200,000).

    ``texts`` are without white space at the ends and without invisible characters: they are for judging only.
    ``starts`` and ``ends`` are offsets in the source; ``gaps`` says how many line ends lie between a line and the one
    before it; ``indents`` how many columns it is set in; ``new_page`` holds the lines that follow a form feed.
    ``printable`` says that the lines hold nothing but letters and signs of ASCII and spaces.
    ``odd`` says whether some character of the source makes ``str.split`` and the contract disagree about the wording.
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    new_page: set[int] = field(default_factory=set)
    odd: bool = False
    printable: bool = False

    def __len__(self) -> int:
        return len(self.texts)

    def places(self, block: Iterable[int], offsets: Iterable[int]) -> list[int]:
        """The source offsets of ``offsets`` in a text that is the lines of ``block`` with a space between each two.

        The offsets must rise and name visible characters, and no line may hold invisible ones.
        """
        found, lines, begins = [], iter(block), 0
        line = next(lines)
        for offset in offsets:
            while offset - begins > len(self.texts[line]):
                begins += len(self.texts[line]) + 1
                line = next(lines)
            found.append(self.starts[line] + offset - begins)
        return found


def split_lines(source: str) -> Lines:
    """The lines of ``source`` that hold something visible. LF, CR LF and CR end a line; a form feed does not."""
    invisible = not source.isascii() and any(character in source for character in INVISIBLE)
    lines = Lines(
        odd=invisible or any(character in source for character in SEPARATORS), printable=_is_printable(source)
    )
    # Without arguments strip() takes off the same and is faster, unless something odd is about.
    blank = BLANK if lines.odd else None
    raws, offsets = _cut(source)
    # List by list, not line by line: a text has a blank line for each other one, and this is several times faster.
    bare = [raw.strip(blank) for raw in raws]
    texts = list(filter(None, bare))
    leads = [
        0 if raw[0] == text[0] else len(raw) - len(raw.lstrip(blank))
        for raw, text in zip(raws, bare, strict=True)
        if text
    ]
    lines.starts = list(map(add, compress(offsets, bare), leads)) if any(leads) else list(compress(offsets, bare))
    lines.ends = list(map(add, lines.starts, map(len, texts)))
    lines.texts = [text.translate(_DROP_INVISIBLE) for text in texts] if invisible else texts
    lines.gaps = [here - before for before, here in pairwise(chain((-1,), compress(count(), bare)))]
    lines.indents = [0] * len(texts)
    for at, lead in enumerate(leads) if any(leads) else ():
        if lead:
            start = lines.starts[at]
            lines.indents[at] = len(source[start - lead : start].expandtabs(_TAB).strip("\r\f"))
    lines.new_page = _behind_feeds(source, lines) if "\f" in source else set()
    return lines


def _is_printable(source: str) -> bool:
    """Whether a source is ASCII without a control character but for its line ends: seen in one pass over its bytes."""
    return source.isascii() and not source.encode().translate(None, _PRINTABLE)


def _cut(source: str) -> tuple[Sequence[str], Iterator[int]]:
    """The lines of a source as they stand, without LF or CR at least, and where each begins."""
    if "\r" in source and _LONE_RETURN.search(source):
        return LINE_END.split(source), chain((0,), (end.end() for end in LINE_END.finditer(source)))
    raws = source.split("\n")
    return raws, map(add, accumulate(map(len, raws), initial=0), count())


def _behind_feeds(source: str, lines: Lines) -> set[int]:
    """The lines with a form feed between them and the line before; one within a line turns no page."""
    found = set()
    at = source.find("\f")
    while at >= 0:
        line = bisect_right(lines.starts, at)
        if line < len(lines) and (line == 0 or at >= lines.ends[line - 1]):
            found.add(line)
        at = source.find("\f", at + 1)
    return found


def unwrapped(raw: str, *, odd: bool) -> str:
    """Rule R6: one line of text from source that may run over several.

    A line end is a space, but nothing after a hyphen-minus that ends the line and nothing where a soft hyphen ends
    it; runs of white space become one space; invisible characters go. ``odd`` is what ``Lines`` says of the source,
    and is only there to take the quick way where nothing odd is about.
    """
    if odd:
        raw = _SOFT_HYPHEN_END.sub("", raw).translate(_DROP_INVISIBLE)
        return _WHITE_RUN.sub(" ", _HYPHEN_END.sub("-", raw)).strip(" ")
    if "-" in raw:
        raw = _HYPHEN_END.sub("-", raw)
    return " ".join(raw.split())


def collapsed(raw: str) -> str:
    """The text with each run of white space as one space, and none at the ends."""
    return _WHITE_RUN.sub(" ", raw).strip(" ")


def places(source: str, pieces: Iterable[tuple[int, int]], text: str, offsets: Iterable[int]) -> list[int]:
    """The source offsets of ``offsets`` in a text that was unwrapped from the ranges ``pieces``.

    The offsets must rise and name visible characters. The source is walked no farther than the last of them.
    """
    runs = (run.span() for start, end in pieces for run in _VISIBLE_RUN.finditer(source, start, end))
    found, wanted, before = [], 0, 0  # wanted: how many visible characters stand before the offset
    start = end = count = 0  # the run at hand, and the visible characters up to its end
    for offset in offsets:
        wanted += offset - before - text.count(" ", before, offset)
        before = offset
        while count <= wanted:
            start, end = next(runs)
            count += end - start
        found.append(end - (count - wanted))
    return found


def first_invisible(source: str, start: int, end: int) -> int | None:
    """Where the first invisible character of a stretch of source is, if it holds one."""
    found = _FIRST_INVISIBLE.search(source, start, end)
    return found.start() if found else None


def stretch(source: str, start: int, end: int) -> tuple[int, int]:
    """The range with the invisible characters that touch it; a byte order mark is never taken in."""
    while start > 1 and source[start - 1] in INVISIBLE:
        start -= 1
    if start == 1 and source[0] in INVISIBLE and source[0] != "\ufeff":
        start = 0
    while end < len(source) and source[end] in INVISIBLE:
        end += 1
    return start, end
