"""What a Word file or a PDF shows, brought to the lines and paragraphs that were read (``shown.py``)."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal

from documents.notation.furniture import Furniture
from documents.notation.labels import Label
from documents.notation.lines import Lines, collapsed, places
from documents.notation.markers import Marker, Position
from documents.notation.read import Reading
from documents.notation.shown import Range, Shown, Table, Tracked

Bold = bool | Literal["mixed"]


def lines_within(lines: Lines, src: Range) -> range:
    """The indexes of the lines that begin in a stretch of source."""
    return range(bisect_left(lines.starts, src[0]), bisect_left(lines.starts, src[1]))


def furniture_shown(shown: Shown, lines: Lines) -> dict[int, Furniture]:
    """What the file itself sets apart from its body, by its first line."""
    found = {}
    for aside in shown.aside:
        if within := lines_within(lines, aside.src):
            found[within[0]] = Furniture(aside.kind, within[0], within[-1], aside.mark)
    return found


def starts_shown(shown: Shown, lines: Lines) -> frozenset[int] | None:
    """The lines with which a paragraph certainly begins; None where the lines have to be judged."""
    if shown.paragraphs is None:
        return None
    return frozenset(bisect_left(lines.starts, at) for at in shown.paragraphs)


def tables_between(shown: Shown, lines: Lines, first: int, end: int) -> Iterator[tuple[Table, range]]:
    """The tables whose lines all lie from ``first`` up to ``end``, with those lines."""
    for table in shown.tables:
        within = lines_within(lines, table.src)
        if within and first <= within[0] and within[-1] < end:
            yield table, within


def authors(shown: Shown) -> Mapping[str, tuple[Position, ...]]:
    """The markers that stand for tracked changes. An author is whoever the file names, in whatever form of name."""
    return {
        collapsed(one.raw): (Position(collapsed(one.author), "support" if one.change == "ins" else "oppose"),)
        for one in shown.tracked
        if one.raw
    }


def changes_of(source: str, pieces: Sequence[Range], reading: Reading, tracked: Mapping[int, Tracked]) -> Reading:
    """The reading with those of its brackets known that stand for a tracked change; ``tracked`` is by place of the ``[``.

    Such a bracket says where its words come from: that is no longer open.
    """
    spots = places(source, pieces, reading.text, [span.open for span in reading.spans])
    spans = [
        span._replace(tracked=tracked.get(spot)) if spot in tracked else span
        for span, spot in zip(reading.spans, spots, strict=True)
    ]
    known = {span.open for span in spans if span.tracked}
    faults = (fault for fault in reading.faults if fault.code != "open-origin" or fault.at not in known)
    return reading._replace(spans=tuple(spans), faults=tuple(faults))


def weight(source: str, pieces: Sequence[Range], reading: Reading, label: Label | None, bold: Sequence[Range]) -> Bold:
    """Whether the wording of a paragraph is bold: its letters and figures, labels and markers aside."""
    aside = sorted({(marker.start, marker.end) for marker in _markers(reading)})
    if label is not None:
        aside = [(label.start, label.start + len(label.text)), *aside]
    ends = places(source, pieces, reading.text, [at for start, end in aside for at in (start, end - 1)])
    without = [(ends[at], ends[at + 1] + 1) for at in range(0, len(ends), 2)]
    heavy = every = 0
    for start, end in _less(pieces, without):
        every += _letters(source, start, end)
        for stretch in range(max(0, bisect_left(bold, (start, 0)) - 1), len(bold)):
            if bold[stretch][0] >= end:
                break
            heavy += _letters(source, max(start, bold[stretch][0]), min(end, bold[stretch][1]))
    return "mixed" if 0 < heavy < every else heavy > 0


def _markers(reading: Reading) -> Iterator[Marker]:
    return chain(reading.markers, reading.orphans, *(span.markers for span in reading.spans))


def _less(pieces: Sequence[Range], without: Sequence[Range]) -> Iterator[Range]:
    """The pieces without the stretches that are taken out of them; both in order."""
    for start, end in pieces:
        for first, last in without:
            if last <= start or first >= end:
                continue
            if first > start:
                yield start, first
            start = max(start, last)
        if start < end:
            yield start, end


def _letters(source: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, source[start:end]))
