"""Frozen names of paragraphs, unique in their document (``rules.md`` 14). Pure."""

from collections import Counter
from collections.abc import Sequence


def handles(paragraphs: Sequence[tuple[str | None, str, int | None]]) -> list[str]:
    """A handle for each ``(label, kind, index of the paragraph it is an alternative to)``.

    The label where it is unique, else the section's short name and the label (``II-3``); ``¶7`` without a label; an
    alternative takes its base's handle (``¶7-alt2``) where its own label does not set it apart.
    """
    counts = Counter(label for label, _, _ in paragraphs if label)
    rivals: Counter[int] = Counter()
    given: list[str] = []
    section = ""
    for at, (label, kind, base) in enumerate(paragraphs):
        if kind == "section_heading":
            section = (label or "").split(" ")[-1]
        if base is not None and base < at and (not label or counts[label] > 1):
            rivals[base] += 1
            wanted = f"{given[base]}-alt{rivals[base]}"
        elif not label:
            wanted = f"¶{at + 1}"
        elif counts[label] > 1 and section and kind != "section_heading":
            wanted = f"{section}-{label}"
        else:
            wanted = label
        given.append(_free(wanted[:56], given))
    return given


def _free(wanted: str, given: Sequence[str]) -> str:
    if wanted not in given:
        return wanted
    number = 2
    while f"{wanted}-{number}" in given:
        number += 1
    return f"{wanted}-{number}"
