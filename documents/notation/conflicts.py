"""The same delegation twice on one bracket or paragraph: what a person must sort out, and nobody guesses."""

from collections.abc import Iterator, Sequence

from documents.notation.faults import Fault
from documents.notation.markers import Marker


def conflicts(markers: Sequence[Marker], span: int | None) -> Iterator[Fault]:
    """The same delegation twice on one target. ``span`` is the place of the bracket, None for the paragraph."""
    if len({marker.delegation for marker in markers}) == len(markers):
        return
    said: dict[str | None, set[str]] = {}
    for marker in markers:
        at = marker.start if span is None else span
        stances = said.setdefault(marker.delegation, set())
        if marker.stance in stances and "duplicate" not in stances:
            stances.add("duplicate")
            who = marker.delegation or "Agreed"
            yield Fault("duplicate-marker", at, f"{who} stands here twice with the same position.")
        stances.add(marker.stance)
        if "oppose" in stances and stances & {"support", "reservation"} and "contradictory" not in stances:
            stances.add("contradictory")
            yield Fault("contradictory-stance", at, f"{marker.delegation} both supports and opposes this.")
