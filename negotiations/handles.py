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
    taken: dict[str, int] = {}
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
        given.append(_free(wanted[:56], taken))
    return given


def _free(wanted: str, taken: dict[str, int]) -> str:
    """The name, with the next free number behind it where it is taken; ``taken`` says where each name's count is."""
    number = taken.get(wanted, 0) + 1
    free = wanted if number == 1 else f"{wanted}-{number}"
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    taken[wanted] = number
    taken.setdefault(free, 1)
    return free
