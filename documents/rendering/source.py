"""A stretch of source as the review shows it: line by line, brackets and markers marked as what they were understood as.

Every character stands in the page as it stands in the file; elements and classes only say what it was taken for.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

from documents.notation.beside import Beside, Row
from documents.notation.lines import INVISIBLE, WHITE, places
from documents.notation.markers import Marker
from documents.notation.plain import name_of, odd_places
from documents.notation.read import Reading
from documents.notation.shown import Range
from documents.notation.write import Mark
from documents.rendering.signs import class_of_marker, state_of_bracket


class Sign(NamedTuple):
    """Characters of the source with a meaning; ``id`` and ``href`` tie a bracket's sign to the same bracket elsewhere."""

    start: int
    end: int
    classes: str
    id: str = ""
    href: str = ""


def signs_of(source: str, pieces: Sequence[Range], reading: Reading, names: Sequence[str]) -> list[Sign]:
    """The signs of a reading at their places in the source, in order.

    ``pieces`` are the ranges that its text was unwrapped from; ``names`` are those of its brackets, in order of opening.
    """
    found = [*_brackets(reading, names), *_markers(reading)]
    offsets = sorted({at for sign in found for at in (sign.start, sign.end - 1)})
    spots = dict(zip(offsets, places(source, pieces, reading.text, offsets), strict=True))
    placed = [sign._replace(start=spots[sign.start], end=spots[sign.end - 1] + 1) for sign in found]
    return sorted(placed)


def pieces_of(row: Row, src: Range) -> list[Range]:
    """A paragraph's range without what lies inside it."""
    pieces, at = [], src[0]
    for thing in row.inside:
        pieces.append((at, thing.src[0]))
        at = thing.src[1]
    return [*pieces, (at, src[1])]


def source_html(beside: Beside, row: Row, signs: Iterable[Sign] = ()) -> SafeString:
    """The lines of a row, each a ``span.line`` with its number in ``data-n``; what lies inside has the class ``aside``."""
    source, lines = beside.package.source, beside.lines
    waiting = [sign for sign in signs if row.src[0] <= sign.start < row.src[1]]
    out: list[str] = []
    for line in beside.lines_of(row.src):
        start = max(row.src[0], lines.starts[line])
        end = min(row.src[1], lines.ends[line])
        if lines.odd:
            start, end = _with_invisible(source, start, end, row.src)
        aside = any(thing.src[0] <= start < thing.src[1] for thing in row.inside)
        number = f' data-n="{beside.numbers[line]}"' if start <= lines.starts[line] else ""
        words = _signed(source, start, end, waiting)
        out.append(f'<span class="line{" aside" if aside else ""}"{number}>{words}</span>')
        while waiting and waiting[0].end <= end:
            waiting.pop(0)
    return SafeString("\n".join(out))


def _brackets(reading: Reading, names: Sequence[str]) -> Iterator[Sign]:
    for number, (span, name) in enumerate(zip(reading.spans, names, strict=True), start=1):
        state = state_of_bracket(marks(span.markers))
        classes = f"sign {state} d{min(span.depth, 4)} n{number}"
        yield Sign(span.open, span.open + 1, classes, f"s-{name}", f"#b-{name}")
        yield Sign(span.close, span.close + 1, classes)


def _markers(reading: Reading) -> Iterator[Sign]:
    at: dict[Range, list[Marker]] = {}
    bound = [marker for span in reading.spans for marker in span.markers]
    for marker in (*bound, *reading.markers):
        at.setdefault((marker.start, marker.end), []).append(marker)
    for (start, end), ones in at.items():
        yield Sign(start, end, f"m {class_of_marker(marks(ones))}")
    for marker in {(orphan.start, orphan.end): orphan for orphan in reading.orphans}.values():
        yield Sign(marker.start, marker.end, "m tcb orphan")


def marks(markers: Iterable[Marker]) -> list[Mark]:
    """What markers say, as it will print: each in its own parenthesis, spelled as in the source."""
    return [mark(marker, ()) for marker in markers]


def mark(marker: Marker, spots: tuple[int, ...]) -> Mark:
    """A reservation is a caveat on a support where it has a plus sign, and pending without one (``rules.md`` 2)."""
    reserves = marker.stance == "reservation"
    stance = marker.stance
    if reserves:
        stance = "support" if marker.raw[1:].lstrip()[:1] in ("+", "＋") else "tcb"
    return Mark(marker.delegation or "", stance, reserves, spots, marker.raw)


def _signed(source: str, start: int, end: int, signs: Sequence[Sign]) -> str:
    """The characters of one line; a marker that runs over its end goes on in the next."""
    out, at = [], start
    for sign in signs:
        first, last = max(sign.start, start), min(sign.end, end)
        if first >= end:
            break
        if first >= last or first < at:
            continue
        out.append(_plain(source[at:first]))
        out.append(_sign(sign, _plain(source[first:last])))
        at = last
    return "".join(out) + _plain(source[at:end])


def _sign(sign: Sign, words: str) -> str:
    if sign.href:
        return f'<a class="{sign.classes}" id="{escape(sign.id)}" href="{escape(sign.href)}">{words}</a>'
    return f'<span class="{sign.classes}">{words}</span>'


def _plain(words: str) -> str:
    """Text escaped; a character that nobody sees, or that no text should hold, is named beside it."""
    if not (odd := set(odd_places(words, besides=WHITE))):
        return escape(words)
    return "".join(_named(sign) if at in odd else escape(sign) for at, sign in enumerate(words))


def _named(sign: str) -> str:
    return f'<span class="odd" data-u="U+{ord(sign):04X}" title="{escape(name_of(sign))}">{escape(sign)}</span>'


def _with_invisible(source: str, start: int, end: int, within: Range) -> Range:
    """The line with the characters at its ends that are neither seen nor white space."""
    while start > within[0] and source[start - 1] in INVISIBLE:
        start -= 1
    while end < len(source) and source[end] in INVISIBLE:
        end += 1
    return start, end
