"""Lines put together to paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from documents.notation.labels import find_label
from documents.notation.lines import BLANK, Lines
from documents.notation.markers import read_marker

_PAGE_NUMBER = re.compile(r"(?:-\s?)?\d{1,3}(?:\s?-)?|[Pp]age \d{1,3}(?: of \d{1,3})?|\d{1,3}/\d{1,3}")
_RULE = re.compile(r"[_=*\s–—-]{6,}")
_TRAILING_MARKERS = re.compile(r"(?:[\])\s,.]*[(（][^()（）]{1,80}[)）])+\s*[.,;]?\s*\Z")
_SENTENCE_ENDS = (".", ";", ":", "!", "?", ".”", ";”", ".»")
_FIRST_PARENTHESIS = re.compile(r"[(（][^()（）]{1,80}[)）]")
_LOOK_AHEAD = 80
"""How many lines an open bracket may run on over blank lines before it is taken for one that nobody closed."""

_CLEAN = re.compile(f"[{re.escape(BLANK)}]+")


@dataclass(slots=True)
class Block:
    """Lines that belong together: ``kind`` is wording, page_number or other. ``holes`` are artefacts inside ``src``."""

    kind: str
    text: str
    src: tuple[int, int]
    holes: tuple[tuple[int, int], ...] = ()

    def place(self, source: str, at: int) -> int:
        """The offset in the source of the character at this offset in the text."""
        wanted = len(self.text[:at].replace(" ", ""))
        blank = set(BLANK)
        for offset in range(*self.src):
            if source[offset] in blank or any(a <= offset < z for a, z in self.holes):
                continue
            if wanted == 0:
                return offset
            wanted -= 1
        return self.src[0]


def blocks(source: str, lines: Lines, first: int, end: int, *, after_head: bool) -> Iterator[Block]:
    """The paragraphs and the page furniture of the lines ``first`` to ``end``, in order.

    ``after_head``: the first block is the title, which ends where the page takes a breath.
    """
    judge = _Judge(lines, first, end)
    waiting: list[int] = []
    late: list[Block] = []
    for at in range(first, end):
        if judge.is_furniture(at):
            kind = "other" if _RULE.fullmatch(lines.texts[at]) else "page_number"
            late.append(Block(kind, lines.texts[at], (lines.starts[at], lines.ends[at])))
            continue
        if waiting and judge.breaks(waiting, at, is_title=after_head):
            after_head = False
            yield _block(source, lines, waiting)
            waiting, inside = [], late
            late = []
            yield from inside
        waiting.append(at)
    if waiting:
        yield _block(source, lines, waiting)
    yield from late


def _block(source: str, lines: Lines, own: list[int]) -> Block:
    start, end = lines.starts[own[0]], lines.ends[own[-1]]
    holes = (
        [(lines.starts[at], lines.ends[at]) for at in range(own[0], own[-1] + 1) if at not in own]
        if own[-1] - own[0] >= len(own)
        else []
    )
    return Block("wording", _unwrapped(source, lines, own), (start, end), tuple(holes))


def _unwrapped(source: str, lines: Lines, own: list[int]) -> str:
    """The lines as one: a line end is a space, and nothing behind a hyphen or a soft hyphen (podium/1, R6)."""
    parts: list[str] = []
    for at in own:
        if parts and not parts[-1].endswith("-") and source[lines.ends[at - 1] : lines.ends[at - 1] + 1] != "\xad":
            parts.append(" ")
        parts.append(lines.texts[at])
    return _CLEAN.sub(" ", "".join(parts)).strip()


class _Judge:
    """Where one paragraph ends and the next begins, judged from the whole document's habits."""

    def __init__(self, lines: Lines, first: int, end: int) -> None:
        self.lines, self.first, self.end = lines, first, end
        self.wrap = self._wrap()
        self.width = max((len(text) for text in lines.texts[first:end] if not _RULE.fullmatch(text)), default=0)
        self.depths = self._depths()

    def _wrap(self) -> int:
        """How many line ends lie between two lines of one paragraph: 1, or 2 where blank lines part wrapped lines."""
        gaps, texts = self.lines.gaps, self.lines.texts
        running = Counter(
            gaps[at]
            for at in range(self.first + 1, self.end)
            if texts[at][:1].islower() and not texts[at - 1].endswith(_SENTENCE_ENDS)
        )
        return max(1, min(2, running.most_common(1)[0][0])) if running else 1

    def _depths(self) -> list[int]:
        """The number of brackets open at the beginning of each line, never less than none."""
        depths, depth = [], 0
        for text in self.lines.texts[self.first : self.end]:
            depths.append(depth)
            if "[" in text or "]" in text or "［" in text or "］" in text:
                opened = text.count("[") + text.count("［")
                depth = max(0, depth + opened - text.count("]") - text.count("］"))
        return depths

    def is_furniture(self, at: int) -> bool:
        """A number alone between blank lines, or a drawn rule."""
        text, gaps = self.lines.texts[at], self.lines.gaps
        if _RULE.fullmatch(text):
            return True
        alone = gaps[at] > self.wrap and (at + 1 >= self.end or gaps[at + 1] > self.wrap)
        return bool(_PAGE_NUMBER.fullmatch(text)) and (alone or at in self.lines.new_page)

    def breaks(self, waiting: list[int], at: int, *, is_title: bool) -> bool:
        """Whether a new paragraph begins at this line."""
        texts = self.lines.texts
        text, before = texts[at], texts[waiting[-1]]
        gap = sum(self.lines.gaps[waiting[-1] + 1 : at + 1])
        if _goes_on(before, text):
            return False
        label = find_label(text)
        if label and (is_title or self._begins(label, before, gap)):
            return True
        if self._runs_on(waiting, at, gap):
            return False
        ended = _ends_sentence(before)
        if gap > self.wrap:
            return ended or not text[:1].islower() or is_title
        if not _opens(text):
            return False
        if ended and before.endswith(";"):
            return True
        if (ended or before.endswith(",") or _heads_a_part(waiting, before)) and self._would_have_fitted(before, text):
            return True
        return (self._would_have_fitted(before, text, share=0.62) and not before.endswith("-")) or _shouts(
            before
        ) != _shouts(text)

    def _begins(self, label: tuple[str, str], before: str, gap: int) -> bool:
        """A label at the beginning of a line begins a paragraph, unless a sentence is in full flow."""
        if label[0] in ("named", "part", "alt"):
            return True
        if gap > self.wrap:
            return True
        return _ends_sentence(before) or _is_short(before, self.width)

    def _runs_on(self, waiting: list[int], at: int, gap: int) -> bool:
        """Whether a bracket opened in this paragraph is still open, and closes before anything labelled begins."""
        if not self._depth(waiting[0], at):
            return False
        depth = 0
        for ahead in range(at, min(self.end, at + _LOOK_AHEAD)):
            text = self.lines.texts[ahead]
            if ahead > at and find_label(text) and self.lines.gaps[ahead] > self.wrap:
                return False
            for sign in re.findall(r"[\[\]［］]", text):
                depth += 1 if sign in "[［" else -1
                if depth < 0:
                    return True
        return False

    def _depth(self, since: int, at: int) -> bool:
        """Whether more brackets are open at the line than were at the paragraph's beginning."""
        return self.depths[at - self.first] > self.depths[since - self.first]

    def _would_have_fitted(self, before: str, text: str, *, share: float = 0.9) -> bool:
        """A line was ended on purpose where the next word would still have had room on it."""
        return len(before) + 1 + len(text.split(None, 1)[0]) <= share * self.width


def _ends_sentence(text: str) -> bool:
    return _without_markers(text).endswith(_SENTENCE_ENDS) or text.endswith(_SENTENCE_ENDS)


def _without_markers(text: str) -> str:
    return _TRAILING_MARKERS.sub("", text).rstrip()


def _goes_on(before: str, text: str) -> bool:
    """A marker broken over the line end, or a line that begins with a marker: it belongs to what stands before it."""
    if before.rfind("(") > before.rfind(")") and len(before) - before.rfind("(") < 40 and find_label(text) is None:
        return True
    match = _FIRST_PARENTHESIS.match(text)
    return match is not None and bool(read_marker(match[0], 0))


def _heads_a_part(waiting: list[int], before: str) -> bool:
    """A labelled line alone, without an end: ``2. Objectives of the measure``."""
    label = find_label(before)
    return len(waiting) == 1 and label is not None and label[0] in ("number", "part", "roman")


def _is_short(text: str, width: int) -> bool:
    return len(text) < 0.6 * width


def _opens(text: str) -> bool:
    """Whether a line could begin a paragraph: a capital letter, a digit or a bracket first."""
    bare = text.lstrip('[［(“«"')
    return bool(bare) and (bare[0].isupper() or bare[0].isdigit())


def _shouts(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 3 and all(sign.isupper() for sign in letters)
