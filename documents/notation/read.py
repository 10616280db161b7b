"""One paragraph read: its brackets, its markers, and what is wrong with them. Rules R1 to R5 of podium/1.

Total: any text is read, no character is lost, faults are results. One pass over the signs of the text, with stacks
and without recursion, so the time is in proportion to the text whatever is opened and never closed.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from documents.notation.conflicts import conflicts
from documents.notation.editorial import LONGEST_EDITORIAL, editorial
from documents.notation.faults import Fault
from documents.notation.list_signs import ListSigns
from documents.notation.markers import LONGEST, Marker, Position, begins_marker, empty_marker, is_plain, positions
from documents.notation.names import SIGNS
from documents.notation.shown import Tracked
from documents.notation.tree import MAX_DEPTH

# A parenthesis without another sign in it is taken whole: nearly all are, and a marker nearly always is. The one that
# follows a bracket closely, as its first marker does, is taken together with it. Each alternative begins with a sign
# and not with a class of signs: words are passed over four times faster so.
_REST = r"[^()（）\[\]［］]*[)）]"
_TOKENS = re.compile(rf"(\[|\](?:,? ?\({_REST})?|\((?:{_REST})?|\)|［|］|（(?:{_REST})?|）)")
_SIGNS = re.compile(r"[\[\]］［()（）]")
# What may stand between a bracket and its markers (R3). A stray ")" is typed by hand and is no wording.
_GLUE = re.compile(r"(?:[\s,，、)）]|\b(?:and|и)\b)*(\.?)(?:[\s,，、)）]|\b(?:and|и)\b)*")
_QUICK_GLUE = frozenset({"", " ", ", ", ","})
_LONGEST_GLUE = 24
_LONGEST_BEGUN = 80
_WORDING = re.compile(r"[\w\[［]")
_LONGEST_EMPTY = 9  # from sign to sign; a text has its white space collapsed, but for what nobody sees
_new = tuple.__new__
_CLOSED_BY = {"[": "]", "［": "］", "(": ")", "（": "）"}


OPEN_ORIGIN = "Is this old wording that is to go, or new wording that is refused? Paper does not say."


class Span(NamedTuple):
    """A contested bracket: ``open`` and ``close`` are the offsets of its signs, ``parent`` an index among the spans,
    ``depth`` is 1 for an outermost one, ``tracked`` the change in a Word file that the bracket was made of. ``origin`` is
    what a person said of its words: ``original`` or ``inserted``; None where nobody said (``domain.md``, reading rule 5)."""

    open: int
    close: int
    depth: int
    parent: int | None
    markers: tuple[Marker, ...] = ()
    tracked: Tracked | None = None
    origin: str | None = None


class Reading(NamedTuple):
    """A paragraph's text and what stands in it: spans in order of opening, markers in order of the text.

    ``markers`` are positions on the paragraph as a whole, ``orphans`` those that belong to nothing (R4).
    ``agreed`` says that the paragraph is marked *agreed ad ref*, by a marker or by an editorial bracket.
    """

    text: str
    spans: tuple[Span, ...] = ()
    markers: tuple[Marker, ...] = ()
    orphans: tuple[Marker, ...] = ()
    faults: tuple[Fault, ...] = ()
    agreed: bool = False


class _Chain:
    """The bracket that markers bind to: its markers, how far they reach, and whether a full stop was passed.

    ``markers`` is None where no bracket closes just before.
    """

    __slots__ = ("end", "markers", "stopped")

    def __init__(self) -> None:
        self.markers: list[Marker] | None = None
        self.end = -1
        self.stopped = False

    def reaches(self, text: str, at: int) -> bool:
        """Whether a marker that begins at ``at`` still follows the bracket (R3)."""
        if self.markers is None or at - self.end > _LONGEST_GLUE:
            return False
        match = _GLUE.fullmatch(text, self.end, at)
        if match is None or (self.stopped and match[1]):
            return False
        self.stopped = self.stopped or bool(match[1])
        return True


class _Found:
    """What the pass over the signs has come upon; every offset is one in the text."""

    __slots__ = (
        "agreed",
        "authors",
        "chain",
        "crossed",
        "faults",
        "list_signs",
        "loose",
        "pairs",
        "parentheses",
        "text",
    )

    def __init__(self, text: str, authors: Mapping[str, tuple[Position, ...]]) -> None:
        self.text = text
        self.authors = authors
        self.chain = _Chain()
        self.pairs: dict[int, tuple[int, list[Marker]]] = {}  # opening sign: closing sign, and the bracket's markers
        self.loose: list[Marker] = []
        self.parentheses: list[tuple[int, int]] = []  # markers' (start, end), in order
        self.crossed: list[tuple[int, int]] = []  # first opening sign, bracket that crosses it
        self.faults: list[Fault] = []
        self.list_signs = ListSigns()
        self.agreed = False

    def fault(self, code: str, at: int, message: str) -> None:
        self.faults.append(Fault(code, at, message))


class _Opened(NamedTuple):
    """An open parenthesis: how many brackets were open at its sign, and the innermost of them (-1: none)."""

    at: int
    depth: int
    bracket: int


NO_AUTHORS: Mapping[str, tuple[Position, ...]] = {}


def read_wording(text: str, authors: Mapping[str, tuple[Position, ...]] = NO_AUTHORS) -> Reading:
    """Read one paragraph, already unwrapped. Never raises; takes time in proportion to the text.

    ``authors``: parentheses that are markers whatever they look like, since a file says whose change they stand for.

    >>> read_wording("[a] (+IND)").spans[0].markers[0].delegation
    'IND'
    """
    if not _has_signs(text):
        return Reading(text)
    found = _Found(text, authors)
    _pass_over_signs(found)
    spans = _spans(found)
    return _reading(found, spans)


def _has_signs(text: str) -> bool:
    """Whether there is anything to read. Half of all paragraphs have no sign, and this is the quickest way to see it."""
    return (
        "[" in text
        or "(" in text
        or "]" in text
        or ")" in text
        or "［" in text
        or "（" in text
        or "］" in text
        or "）" in text
    )


def _pass_over_signs(found: _Found) -> None:
    brackets: list[int] = []
    waiting: list[_Opened] = []
    at = 0
    parts = iter(_TOKENS.split(found.text))
    for words, sign in zip(parts, parts, strict=False):
        at += len(words)
        if sign == "[" or sign == "［":
            brackets.append(at)
        elif sign[0] == "]" or sign == "］":
            # A bracket and its first marker, as nearly all are: this runs for each bracket of a long text.
            if len(sign) > 1 and brackets and not found.authors and (first := _first_marker(sign)) is not None:
                _close_with(found, at, brackets.pop(), len(sign), first)
                at += len(sign)
                continue
            _close_bracket(found, at, brackets)
            if len(sign) > 1:
                raw = sign[1:].lstrip(" ,")
                _parenthesis(found, raw, at + len(sign) - len(raw))
        elif len(sign) > 1:
            _parenthesis(found, sign, at)
        elif sign == ")" or sign == "）":
            _close_parenthesis(found, waiting, at, brackets)
        else:
            waiting.append(_Opened(at, len(brackets), brackets[-1] if brackets else -1))
        at += len(sign)
    _report_unclosed(found, brackets, waiting)


class _First(NamedTuple):
    """A closing sign with the marker behind it: where the marker begins in it, the marker, and what it says."""

    lead: int
    raw: str
    said: tuple[Position, ...]


@lru_cache(maxsize=8192)
def _first_marker(sign: str) -> _First | None:
    """The marker of a closing sign, where it is one and nothing about it is worth a look."""
    raw = sign[1:].lstrip(" ,")
    if (len(raw) > LONGEST and raw[1:].lstrip()[:1] not in SIGNS) or not (said := positions(raw)):
        return None
    return _First(len(sign) - len(raw), raw, said) if is_plain(raw) else None


def _close_with(found: _Found, at: int, opened: int, length: int, first: _First) -> None:
    """Close a bracket whose first marker is read already."""
    lead, raw, said = first
    start, end = at + lead, at + length
    # Made without a call of Python's own: this runs for each bracket of a long text, as below for each span and fault.
    mine = [_new(Marker, (delegation, stance, raw, start, end, words)) for delegation, stance, words in said]
    found.pairs[opened] = at, mine
    found.parentheses.append((start, end))
    chain = found.chain
    chain.markers, chain.end, chain.stopped = mine, end, False


def _close_bracket(found: _Found, at: int, brackets: list[int]) -> None:
    chain = found.chain
    if brackets:
        chain.markers, chain.end, chain.stopped = [], at + 1, False
        found.pairs[brackets.pop()] = at, chain.markers
    else:
        found.fault("unopened-bracket", at, "A square bracket is closed that was not opened in this paragraph.")
        chain.markers = None


def _report_unclosed(found: _Found, brackets: list[int], waiting: list[_Opened]) -> None:
    for lone in brackets:
        found.fault("unclosed-bracket", lone, "A square bracket is opened and not closed in this paragraph.")
    for opened in waiting:
        if _is_marker_begun(found.text, opened.at, surely=False):
            found.fault("unclosed-marker", opened.at, "A marker is opened and not closed.")
        else:
            found.fault("unclosed-parenthesis", opened.at, "A parenthesis is opened and not closed.")


def _parenthesis(found: _Found, raw: str, at: int) -> None:
    """A parenthesis taken whole: a marker, or wording."""
    if (len(raw) <= LONGEST or raw[1:].lstrip()[:1] in SIGNS) and (
        said := (found.authors.get(raw) if found.authors else None) or positions(raw)
    ):
        _mark(found, said, raw, at)
    elif len(raw) < _LONGEST_GLUE and empty_marker(raw[1:-1]):
        found.fault("empty-marker", at, "A sign stands here without a delegation.")
        if found.chain.reaches(found.text, at):
            found.chain.end = at + len(raw)
    elif _CLOSED_BY[raw[0]] != raw[-1]:
        found.fault("mismatched-brackets", at, "The two signs of this parenthesis are of different widths.")


def _mark(found: _Found, said: tuple[Position, ...], raw: str, at: int) -> None:
    end = at + len(raw)
    found.parentheses.append((at, end))
    chain = found.chain
    mine = chain.markers
    # The glue that nearly all markers have is looked at first, here: this runs for each marker of a long text.
    if mine is not None and (found.text[chain.end : at] in _QUICK_GLUE or chain.reaches(found.text, at)):
        chain.end = end
    else:
        # What follows a loose marker is loose as well: no bracket closes just before it.
        chain.markers = None
        mine = found.loose
    for delegation, stance, words in said:
        mine.append(Marker(delegation, stance, raw, at, end, words))
    if not is_plain(raw):
        _look_at_marker(found, said, raw, at)


def _look_at_marker(found: _Found, said: tuple[Position, ...], raw: str, at: int) -> None:
    if _CLOSED_BY[raw[0]] != raw[-1]:
        found.fault("mismatched-brackets", at, "The two signs of this marker are of different widths.")
    for position in said:
        if position.delegation is None:
            found.agreed = True
        elif position.mixes_scripts:
            found.fault("mixed-script-code", at, f"{position.delegation} mixes letters of two alphabets.")


def _close_parenthesis(found: _Found, waiting: list[_Opened], at: int, brackets: list[int]) -> None:
    """A closing sign whose parenthesis holds other signs, or that has none.

    Mostly that is wording; a name may hold a parenthesis, ``(+Iran (Islamic Republic of))``. What begins as a marker
    and is none by then was never closed: this sign belongs to another parenthesis, or to nothing.
    """
    while waiting:
        opened = waiting.pop()
        raw = found.text[opened.at : at + 1] if at - opened.at < LONGEST else ""
        inner = bool(found.parentheses) and found.parentheses[-1][0] > opened.at
        if raw and not inner and "[" not in raw and "［" not in raw and (said := positions(raw)):
            _mark(found, said, raw, opened.at)
            return
        if not _is_marker_begun(found.text, opened.at, surely=True):
            _look_at_crossing(found, opened, brackets)
            return
        found.fault("unclosed-marker", opened.at, "A marker is opened and not closed.")
    if not found.list_signs.is_one(found.text, at):
        found.fault("unopened-parenthesis", at, "A parenthesis is closed that was not opened.")


def _look_at_crossing(found: _Found, opened: _Opened, brackets: list[int]) -> None:
    """Whether a parenthesis that is closed here and a bracket cross, as far as is known before the bracket closes."""
    if opened.depth and (len(brackets) < opened.depth or brackets[opened.depth - 1] != opened.bracket):
        found.crossed.append((opened.bracket, opened.bracket))
    elif len(brackets) > opened.depth:
        found.crossed.append((opened.at, brackets[opened.depth]))


def _is_marker_begun(text: str, at: int, *, surely: bool) -> bool:
    following = _SIGNS.search(text, at + 1)
    end = min(following.start() if following else len(text), at + _LONGEST_BEGUN)
    return begins_marker(text[at + 1 : end], surely=surely)


# ---- from pairs to spans


def _spans(found: _Found) -> list[Span]:
    """The pairs as spans; those that are plainly editorial or too deep stay text."""
    text = found.text
    spans: list[Span] = []
    enclosing: list[int] = []  # indexes of spans that are open here
    bare = 0  # spans that nobody holds a position on
    wide = "［" in text or "］" in text
    for start, (end, own) in sorted(found.pairs.items()):
        while enclosing and spans[enclosing[-1]].close < start:
            enclosing.pop()
        if not own and end - start < LONGEST_EDITORIAL and (remark := editorial(text, start, end)):
            found.agreed = found.agreed or remark == "agreed"
            continue
        if len(enclosing) >= MAX_DEPTH:
            found.fault("too-deep", start, f"More than {MAX_DEPTH} brackets deep; this one is read as text.")
            found.loose.extend(own)
            continue
        parent = enclosing[-1] if enclosing else None
        if wide or parent is not None or end - start < _LONGEST_EMPTY:
            _look_at(found, start, end, spans[parent] if parent is not None else None)
        if own:
            if len(own) > 1:
                found.faults.extend(conflicts(own, start))
            for marker in own:
                if marker[1] == "oppose":  # by place: this runs for each marker of a long text
                    found.faults.append(_new(Fault, ("open-origin", start, OPEN_ORIGIN)))
                    break
        else:
            bare += 1
        enclosing.append(len(spans))
        spans.append(_new(Span, (start, end, len(enclosing), parent, tuple(own), None, None)))
    if bare and len(spans) > 1:
        _look_at_neighbours(found, spans)
    for first, bracket in found.crossed:
        if bracket in found.pairs:
            found.fault("mismatched-brackets", first, "A parenthesis and a bracket cross.")
    return spans


def _look_at(found: _Found, start: int, end: int, outer: Span | None) -> None:
    """What is odd about one pair of brackets."""
    text = found.text
    if _CLOSED_BY[text[start]] != text[end]:
        found.fault("mismatched-brackets", start, "The two signs of this bracket are of different widths.")
    if end - start < _LONGEST_EMPTY and not text[start + 1 : end].strip():
        found.fault("empty-bracket", start, "There is nothing in this bracket.")
    if outer is None or start - outer.open > 3 or outer.close - end > 3:
        return
    if not text[outer.open + 1 : start].strip() and not text[end + 1 : outer.close].strip():
        found.fault("doubled-brackets", outer.open, "Two brackets stand round the same words.")


def _look_at_neighbours(found: _Found, spans: list[Span]) -> None:
    """Brackets side by side with nothing in between are rivals in many houses; markers in between say what they are."""
    text = found.text
    before: dict[int | None, Span] = {}
    run = -1  # the bracket that ends a run of rivals which is reported already
    for span in spans:
        last = before.get(span.parent)
        before[span.parent] = span
        if last is None or last.markers or span.open - last.close > 2 or text[last.close + 1 : span.open].strip():
            continue
        if run != last.open:
            found.fault(
                "rivals-side-by-side", last.open, "Two brackets stand side by side: rivals, or one after the other?"
            )
        run = span.open


# ---- from loose markers to the paragraph


def _reading(found: _Found, spans: list[Span]) -> Reading:
    ours: list[Marker] = []
    orphans: list[Marker] = []
    if found.loose:
        found.loose.sort(key=lambda marker: marker.start)
        last = _end_of_wording(found)
        for marker in found.loose:
            (ours if marker.start >= last else orphans).append(marker)
        if len(ours) > 1:
            found.faults.extend(conflicts(ours, None))
        for start in dict.fromkeys(marker.start for marker in orphans):
            found.fault("orphan-marker", start, "This marker follows no bracket, and wording follows it.")
    found.faults.sort(key=lambda fault: (fault.at, fault.code))
    return Reading(found.text, tuple(spans), tuple(ours), tuple(orphans), tuple(found.faults), found.agreed)


def _end_of_wording(found: _Found) -> int:
    """The offset from which on only markers and punctuation stand."""
    end = len(found.text)
    for start, stop in reversed(found.parentheses):
        if _WORDING.search(found.text, stop, end) is not None:
            return stop
        end = start
    return end
