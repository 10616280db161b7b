"""Brackets that open in one paragraph and close in a later one. A fault stays in its paragraph: no bracket is made of
the two signs, both stay text, and the later paragraph is read as it stands (podium/1, R1)."""

import re
from collections import defaultdict
from collections.abc import Sequence

from documents.notation.faults import Fault
from documents.notation.read import Reading

_LONGEST_GLUE = 12
_NEARBY = 3  # paragraphs; two lone signs that are further apart are two faults, unless they wrap whole paragraphs
_LABEL_ONLY = re.compile(r"\W*(?:[^\W_]{1,6}[.:)]?\W*)?")
_MESSAGE = "This bracket is opened here and closed in a later paragraph; neither sign is read as a bracket."


def settle_crossings(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with lone signs that belong together reported once, at the opening sign."""
    waiting: list[tuple[int, Fault]] = []
    opened: dict[int, set[int]] = defaultdict(set)  # by paragraph, the places of signs that are closed later
    closed: dict[int, set[int]] = defaultdict(set)
    for at, reading in enumerate(readings):
        tail = -1
        for fault in reading.faults:
            if fault.code == "unclosed-bracket":
                waiting.append((at, fault))
            elif fault.code == "unopened-bracket" and waiting and waiting[-1][0] < at:
                first, lone = waiting[-1]
                tail = _end_of_words(reading) if tail < 0 else tail
                if at - first > _NEARBY and (
                    fault.at < tail or not _LABEL_ONLY.fullmatch(readings[first].text, 0, lone.at)
                ):
                    continue
                waiting.pop()
                opened[first].add(lone.at)
                closed[at].add(fault.at)
    return [
        _settled(reading, opened[at], closed[at]) if at in opened or at in closed else reading
        for at, reading in enumerate(readings)
    ]


def _end_of_words(reading: Reading) -> int:
    """The offset behind which only closing signs, punctuation and the paragraph's own markers stand."""
    end = reading.markers[0].start if reading.markers else len(reading.text)
    return len(reading.text[:end].rstrip("]［］.;,: "))


def _settled(reading: Reading, opened: set[int], closed: set[int]) -> Reading:
    """The reading with its crossing signs reported as such; markers right behind a closing one are on the paragraph."""
    ours: set[int] = set()
    ends = {at + 1 for at in closed}
    for marker in reading.orphans:
        if marker.start in ours or any(
            end in ends
            for end in range(marker.start, marker.start - _LONGEST_GLUE, -1)
            if not reading.text[end : marker.start].strip(" ,")
        ):
            ours.add(marker.start)
            ends.add(marker.end)
    faults = []
    for fault in reading.faults:
        if fault.code == "unclosed-bracket" and fault.at in opened:
            faults.append(Fault("bracket-crosses-paragraphs", fault.at, _MESSAGE))
        elif not (fault.code == "unopened-bracket" and fault.at in closed) and not (
            fault.code == "orphan-marker" and fault.at in ours
        ):
            faults.append(fault)
    return reading._replace(
        markers=tuple(
            sorted((*reading.markers, *(m for m in reading.orphans if m.start in ours)), key=lambda m: m.start)
        ),
        orphans=tuple(marker for marker in reading.orphans if marker.start not in ours),
        faults=tuple(faults),
    )
