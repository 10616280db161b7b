"""Labels that are missing or come twice. Labels are frozen, so both are reported and neither is repaired."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from documents.notation.labels import Label, counts


class _Break(IntEnum):
    """What came between two labels of a sequence."""

    NONE = 0
    WORDS = 1  # a paragraph without a label: the sequence goes on, or begins anew with its first label
    LEVEL = 2  # a heading, or an outer list that went on: the sequence may begin anew with any label


@dataclass(slots=True)
class _Sequence:
    """One run of labels that count together: the last of them and its place, and what came since."""

    last: Label
    place: int
    seen: set[str] = field(default_factory=set)
    since: _Break = _Break.NONE


def odd_labels(labels: Sequence[Label | None], kinds: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """``(index of the paragraph, fault code, sentence)`` for each label that repeats one or leaves a hole before it.

    Lists begin anew under every heading and every label of an outer list. Clauses (PP, OP) count through the whole
    document; only a section may begin them anew.
    """
    running: dict[str, _Sequence] = {}
    levels: list[str] = []  # the sequences that are open, outermost first
    for at, (label, kind) in enumerate(zip(labels, kinds, strict=True)):
        heads = kind == "section_heading"
        if heads:
            _pass_heading(running, levels)
        counted = counts(label) if label is not None else None
        if label is None:
            for name, sequence in running.items():
                if sequence.since is _Break.NONE and not name.startswith(("clause", "heading")):
                    sequence.since = _Break.WORDS
        if label is None or counted is None:
            continue
        name = f"heading {counted[0]}" if heads else counted[0]
        if not heads:
            _enter(running, levels, name)
        yield from _check(running, at, name, label, counted[1])


def _pass_heading(running: dict[str, _Sequence], levels: list[str]) -> None:
    levels.clear()
    for name, sequence in running.items():
        if not name.startswith("heading"):
            sequence.since = _Break.LEVEL
            sequence.seen.clear()


def _enter(running: dict[str, _Sequence], levels: list[str], name: str) -> None:
    """Lists inside this one are over, and so was this one if an outer list has gone on since."""
    if name in levels:
        for inner in levels[levels.index(name) + 1 :]:
            running[inner].since = _Break.LEVEL
        del levels[levels.index(name) + 1 :]
    else:
        levels.append(name)


def _check(
    running: dict[str, _Sequence], at: int, name: str, label: Label, places: tuple[int, ...]
) -> Iterator[tuple[int, str, str]]:
    sequence = running.get(name)
    key = "".join(label.text.split()).casefold()
    if sequence is None:
        running[name] = _Sequence(label, places[0], {key})
        return
    place = next((place for place in places if place in (sequence.place, sequence.place + 1)), places[0])
    if sequence.since and place <= sequence.place and (place == 1 or sequence.since is _Break.LEVEL):
        running[name] = _Sequence(label, places[0], {key})
        return
    if key in sequence.seen:
        yield at, "duplicate-label", f"{label.text} was used before in this section."
    elif place > sequence.place + 1 and (sequence.since is not _Break.LEVEL or name.startswith("clause")):
        yield at, "label-gap", f"{sequence.last.text} is followed by {label.text}."
    sequence.seen.add(key)
    sequence.since = _Break.NONE
    if place >= sequence.place:
        sequence.last, sequence.place = label, place
