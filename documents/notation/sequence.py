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
    """One run of labels that count together: the last of them and its place, and the paragraph where it stands.

    ``outer_went_on`` says that an outer list has gone on since then.
    """

    last: Label
    place: int
    at: int
    seen: set[str]
    outer_went_on: bool = False


@dataclass(slots=True)
class _Walk:
    """A walk through one document's labels. Where the last heading and the last paragraph without a label stand is all
    that is kept of them: each sequence sees for itself what came since its last label."""

    running: dict[str, _Sequence] = field(default_factory=dict)
    levels: dict[str, None] = field(default_factory=dict)  # the sequences that are open, outermost first
    heading: int = -1
    words: int = -1

    def headed(self, name: str, sequence: _Sequence) -> bool:
        return self.heading > sequence.at and not name.startswith("heading")

    def since(self, name: str, sequence: _Sequence) -> _Break:
        if sequence.outer_went_on or self.headed(name, sequence):
            return _Break.LEVEL
        if self.words > sequence.at and not name.startswith(("clause", "heading")):
            return _Break.WORDS
        return _Break.NONE


def odd_labels(labels: Sequence[Label | None], kinds: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """``(index of the paragraph, fault code, sentence)`` for each label that repeats one or leaves a hole before it.

    Lists begin anew under every heading and every label of an outer list. Clauses (PP, OP) count through the whole
    document; only a section may begin them anew.
    """
    walk = _Walk()
    for at, (label, kind) in enumerate(zip(labels, kinds, strict=True)):
        heads = kind == "section_heading"
        if heads:
            walk.heading = at
            walk.levels.clear()
        if label is None:
            walk.words = at
        elif (counted := counts(label)) is not None:
            name = f"heading {counted[0]}" if heads else counted[0]
            if not heads:
                _enter(walk, name)
            if (odd := _check(walk, at, name, label, counted[1])) is not None:
                yield at, *odd


def _enter(walk: _Walk, name: str) -> None:
    """Lists inside this one are over, and so was this one if an outer list has gone on since."""
    if name not in walk.levels:
        walk.levels[name] = None
        return
    while (inner := next(reversed(walk.levels))) != name:
        walk.running[inner].outer_went_on = True
        del walk.levels[inner]


def _check(walk: _Walk, at: int, name: str, label: Label, places: tuple[int, ...]) -> tuple[str, str] | None:
    """The fault code and the sentence for a label that is odd; the label is on record afterwards."""
    sequence = walk.running.get(name)
    key = "".join(label.text.split()).casefold()
    if sequence is None:
        walk.running[name] = _Sequence(label, places[0], at, {key})
        return None
    since = walk.since(name, sequence)
    place = next((place for place in places if place in (sequence.place, sequence.place + 1)), places[0])
    if since and place <= sequence.place and (place == 1 or since is _Break.LEVEL):
        walk.running[name] = _Sequence(label, places[0], at, {key})
        return None
    if walk.headed(name, sequence):
        sequence.seen.clear()
    odd = None
    if key in sequence.seen:
        odd = "duplicate-label", f"{label.text} was used before in this section."
    elif place > sequence.place + 1 and (since is not _Break.LEVEL or name.startswith("clause")):
        odd = "label-gap", f"{sequence.last.text} is followed by {label.text}."
    sequence.seen.add(key)
    sequence.at, sequence.outer_went_on = at, False
    if place >= sequence.place:
        sequence.last, sequence.place = label, place
    return odd
