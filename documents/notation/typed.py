"""Tracked changes that are the pen-holder's own typing, taken as typed.

Whoever holds the pen may have tracking on while brackets and markers are typed by hand. Such a change says nothing of its
author: what it wrote says who wants what.
"""

import re
from collections.abc import Callable, Iterator

from documents.notation.lines import collapsed
from documents.notation.markers import Position
from documents.notation.read import Reading, Span, read_wording

_BEFORE_SIGNS = re.compile(r" +(?=[,.;:)\]])")


def as_typed(reading: Reading, holds_the_pen: Callable[[str], bool]) -> Reading:
    """The paragraph with such changes accepted: those of authors who hold the pen, and those that hold notation.

    The changes of others stay brackets with their markers, as a reader of the file wrote them.
    """
    cuts = sorted(cut for span in reading.spans if _is_typing(reading, span, holds_the_pen) for cut in _cuts(span))
    if not cuts:
        return reading
    kept, at = [], 0
    for start, end in cuts:
        if start >= at:
            kept.append(reading.text[at:start])
        at = max(at, end)
    kept.append(reading.text[at:])
    text = _BEFORE_SIGNS.sub("", collapsed("".join(kept)))
    return read_wording(text, _authors(reading))


def _is_typing(reading: Reading, span: Span, holds_the_pen: Callable[[str], bool]) -> bool:
    if span.tracked is None:
        return False
    return holds_the_pen(span.tracked.author) or _holds_notation(reading, span)


def _holds_notation(reading: Reading, span: Span) -> bool:
    """Whether brackets that are no tracked changes themselves, or markers, stand in it."""
    inner = [one for one in reading.spans if span.open < one.open and one.close < span.close]
    loose = (*reading.markers, *reading.orphans)
    return any(one.tracked is None for one in inner) or any(span.open < m.start < span.close for m in loose)


def _cuts(span: Span) -> Iterator[tuple[int, int]]:
    """What goes: of an insertion the signs round it, of a deletion everything; with the marker of its author."""
    assert span.tracked is not None
    own = collapsed(span.tracked.raw)
    end = next((m.end for m in span.markers if own and m.raw == own), span.close + 1)
    if span.tracked.change == "ins":
        yield span.open, span.open + 1
        yield span.close, end
    else:
        yield span.open, end


def _authors(reading: Reading) -> dict[str, tuple[Position, ...]]:
    """The markers that stand for tracked changes, whatever their authors are called."""
    return {
        collapsed(span.tracked.raw): (
            Position(collapsed(span.tracked.author), "support" if span.tracked.change == "ins" else "oppose"),
        )
        for span in reading.spans
        if span.tracked is not None and span.tracked.raw
    }
