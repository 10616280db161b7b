"""One paragraph read: its brackets, its markers, and what is wrong with them.

Total and linear: any text is read, no character is lost, faults are results. Rules R1 to R5 of podium/1.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from documents.notation.faults import Fault
from documents.notation.markers import Marker, is_empty_marker, read_marker
from documents.notation.tree import MAX_DEPTH

_SIGN = re.compile(r"[\[\]［］()（）]")
_PARENTHESIS = re.compile(r"[(（][^()（）\[\]［］]{0,400}[)）]")
_OPEN_MARKER = re.compile(r"[(（]\s*[+\-–—−－]\s*[^\W\d_a-z]{2,}\b(?![^()（）]{0,60}[)）])")
_LABEL_SIGN = re.compile(r"[\[［\s]*\w{1,4}\s?[)）]")
_BETWEEN = re.compile(r"(?:[\s,]|\band\b)*\.?(?:[\s,]|\band\b)*")
_PAIRS = {"[": "]", "［": "］"}


@dataclass(frozen=True, slots=True)
class Span:
    """A bracket: ``open`` and ``close`` are the offsets of its signs, ``parent`` an index among the spans."""

    open: int
    close: int
    depth: int
    parent: int | None
    markers: tuple[Marker, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A paragraph's text and what stands in it; spans in order of opening, markers in order of the text."""

    text: str
    spans: tuple[Span, ...] = ()
    markers: tuple[Marker, ...] = ()
    orphans: tuple[Marker, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class _Reader:
    text: str
    opened: list[int] = field(default_factory=list)
    closes: dict[int, int] = field(default_factory=dict)
    markers: list[tuple[Marker, int | None]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    parentheses: list[int] = field(default_factory=list)
    last_closed: int | None = None
    last_end: int = 0

    def fault(self, code: str, at: int, message: str) -> None:
        self.faults.append(Fault(code, at, message))


def read_wording(text: str) -> Reading:
    """Read one paragraph, already unwrapped. Never raises; takes time in proportion to the text."""
    if not _SIGN.search(text):
        return Reading(text)
    reader = _Reader(text)
    waiting: list[int] = []
    at = 0
    while (match := _SIGN.search(text, at)) is not None:
        at = _step(reader, match.start(), waiting)
    for lone in waiting:
        reader.fault("unclosed-bracket", lone, "A square bracket is opened and not closed in this paragraph.")
    for lone in reader.parentheses:
        _unclosed_parenthesis(reader, lone)
    return _reading(reader)


def _step(reader: _Reader, at: int, waiting: list[int]) -> int:
    sign = reader.text[at]
    if sign in _PAIRS:
        waiting.append(at)
        if len(waiting) > MAX_DEPTH:
            reader.fault("too-deep", at, f"Brackets stand more than {MAX_DEPTH} deep; this one is read as text.")
    elif sign in "]］":
        _close(reader, at, waiting)
    elif sign in "(（":
        return _parenthesis(reader, at)
    elif reader.parentheses:
        reader.parentheses.pop()
    elif not _LABEL_SIGN.match(reader.text[:8]) or at > 6:
        reader.fault("unopened-parenthesis", at, "A parenthesis is closed that was not opened.")
    return at + 1


def _close(reader: _Reader, at: int, waiting: list[int]) -> None:
    if not waiting:
        reader.fault("unopened-bracket", at, "A square bracket is closed that was not opened in this paragraph.")
        return
    start = waiting.pop()
    if len(waiting) >= MAX_DEPTH:
        return
    if _PAIRS[reader.text[start]] != reader.text[at]:
        reader.fault("mismatched-brackets", start, "The two signs of this bracket are of different widths.")
    if not reader.text[start + 1 : at].strip():
        reader.fault("empty-bracket", start, "There is nothing in this bracket.")
    reader.closes[start] = at
    reader.last_closed, reader.last_end = start, at + 1


def _parenthesis(reader: _Reader, at: int) -> int:
    match = _PARENTHESIS.match(reader.text, at)
    if match is None:
        reader.parentheses.append(at)
        return at + 1
    found = read_marker(match[0], at)
    if not found:
        if is_empty_marker(match[0]):
            reader.fault("empty-marker", at, "A sign stands here without a delegation.")
        return match.end()
    target = None
    if reader.last_closed is not None and _BETWEEN.fullmatch(reader.text, reader.last_end, at):
        target, reader.last_end = reader.last_closed, match.end()
    reader.markers.extend((marker, target) for marker in found)
    return match.end()


def _unclosed_parenthesis(reader: _Reader, at: int) -> None:
    if _OPEN_MARKER.match(reader.text, at):
        reader.fault("unclosed-marker", at, "A marker is opened and not closed.")
    else:
        reader.fault("unclosed-parenthesis", at, "A parenthesis is opened and not closed.")


def _reading(reader: _Reader) -> Reading:
    spans = _spans(reader.closes)
    index = {span.open: at for at, span in enumerate(spans)}
    own: dict[int, list[Marker]] = {}
    loose: list[Marker] = []
    for marker, target in reader.markers:
        if target is None:
            loose.append(marker)
        else:
            own.setdefault(index[target], []).append(marker)
    spans = [replace(span, markers=tuple(own.get(at, ()))) for at, span in enumerate(spans)]
    last_word = _last_word(reader)
    on_paragraph = tuple(marker for marker in loose if marker.start > last_word)
    orphans = tuple(marker for marker in loose if marker.start <= last_word)
    for start in dict.fromkeys(marker.start for marker in orphans):
        reader.fault("orphan-marker", start, "This marker follows no bracket, and wording follows it.")
    _doubled(reader, spans)
    for span in spans:
        _conflicts(reader, span.markers, span.open)
    if on_paragraph:
        _conflicts(reader, on_paragraph, on_paragraph[0].start)
    faults = tuple(sorted(reader.faults, key=lambda fault: (fault.at, fault.code)))
    return Reading(reader.text, tuple(spans), on_paragraph, orphans, faults)


def _spans(closes: dict[int, int]) -> list[Span]:
    spans: list[Span] = []
    stack: list[int] = []
    for start in sorted(closes):
        while stack and spans[stack[-1]].close < start:
            stack.pop()
        spans.append(Span(start, closes[start], len(stack) + 1, stack[-1] if stack else None))
        stack.append(len(spans) - 1)
    return spans


def _last_word(reader: _Reader) -> int:
    """The offset of the last letter or digit that is no part of a marker; -1 where there is none."""
    taken = sorted({(marker.start, marker.end) for marker, _ in reader.markers})
    end = len(reader.text)
    for start, stop in (*reversed(taken), (0, 0)):
        for at in range(end - 1, stop - 1, -1):
            if reader.text[at].isalnum():
                return at
        end = start
    return -1


def _doubled(reader: _Reader, spans: Iterable[Span]) -> None:
    listed = list(spans)
    for span in listed:
        if span.parent is None:
            continue
        outer = listed[span.parent]
        before, behind = reader.text[outer.open + 1 : span.open], reader.text[span.close + 1 : outer.close]
        if not before.strip() and not behind.strip():
            reader.fault("doubled-brackets", outer.open, "Two brackets stand round the same words.")


def _conflicts(reader: _Reader, markers: Iterable[Marker], at: int) -> None:
    said: dict[str, set[str]] = {}
    for marker in markers:
        stances = said.setdefault((marker.delegation or "").upper(), set())
        stance = "support" if marker.stance == "reservation" else marker.stance
        if stance in stances:
            reader.fault("duplicate-marker", at, f"{marker.delegation} takes the same position twice.")
        stances.add(stance)
    for code, stances in said.items():
        if {"support", "oppose"} <= stances:
            reader.fault("contradictory-stance", at, f"{code} both supports and opposes this.")


def crossings(readings: Iterable[Reading]) -> Iterator[tuple[int, Fault]]:
    """Brackets opened in one paragraph and closed in a later one: ``(index, fault at the opening sign)``."""
    waiting: list[tuple[int, Fault]] = []
    for at, reading in enumerate(readings):
        for fault in reading.faults:
            if fault.code == "unclosed-bracket":
                waiting.append((at, fault))
            elif fault.code == "unopened-bracket" and waiting:
                yield waiting.pop()
