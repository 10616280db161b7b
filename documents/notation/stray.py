"""Punctuation left outside a bracket that holds the whole paragraph."""

from documents.notation.labels import Label
from documents.notation.read import Reading

_LONGEST_LABEL = 60


def stray_sign(reading: Reading, label: Label | None) -> int | None:
    """Punctuation behind a bracket that holds the whole paragraph, ``[PP5a. …] (+VIE).``; commas between markers are none."""
    text, root = reading.text, reading.spans[0]
    if root.open > _LONGEST_LABEL:
        return None
    head = text[: root.open]
    if head.strip(" .:)") and (label is None or head.strip(" .:") != label.text):
        return None
    if any(span.parent is None for span in reading.spans[1:]):
        return None
    markers = (*root.markers, *reading.markers)
    ends = {marker.start: marker.end for marker in markers}
    end = max([root.close + 1, *ends.values()])
    at = root.close + 1
    while at < len(text):
        if at in ends:  # what a marker says is no sign of the paragraph: ``(EVR: keep original)``
            at = ends[at]
            continue
        if text[at] in ".;:!?" or (text[at] == "," and at >= end):
            return at
        if text[at] == "(" or (text[at].isalpha() and at >= end):
            return None
        at += 1
    return None
