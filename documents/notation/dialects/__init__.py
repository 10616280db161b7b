"""Dialects: where a house writes who wants contested wording. Each is a module of this folder.

A third dialect costs one module and one name in ``_KNOWN``. The module has a ``name``; a ``read_wording`` that gives a
``Reading`` with every position as a ``Marker`` at its place in the text, inside its bracket or behind it; and a
``traces`` that says how often texts show its way of writing and no other's. Everything else follows from the places:
podium/1 lists positions inside a bracket as attributions, a tree keeps them in an anchor inside, and a position taken
later prints behind the bracket. A dialect may read the house notation first and add its own (``inside`` does).
"""

from collections.abc import Mapping
from typing import Protocol

from documents.notation.dialects import inside, signs_after
from documents.notation.markers import Position
from documents.notation.read import Reading


class Dialect(Protocol):
    """One way to write positions. ``read_wording`` is total and takes time in proportion to the text."""

    @property
    def name(self) -> str: ...

    def read_wording(self, text: str, authors: Mapping[str, tuple[Position, ...]]) -> Reading:
        """Read one paragraph, already unwrapped."""

    def traces(self, source: str) -> int:
        """How many signs of this dialect a source shows, each counted by how sure it is."""


_KNOWN: tuple[Dialect, ...] = (signs_after, inside)

DIALECTS: dict[str, Dialect] = {dialect.name: dialect for dialect in _KNOWN}
HOUSE = signs_after.name
SURE = 2
"""What a dialect other than the house's must show at least to be taken for it."""


def prevailing(source: str) -> tuple[Dialect, bool]:
    """The dialect that a source shows most of, the house's in doubt; and whether it surely shows another one at all."""
    shown = {dialect.name: dialect.traces(source) for dialect in _KNOWN if dialect.name != HOUSE}
    others = [name for name, count in shown.items() if count >= SURE]
    if not others:
        return DIALECTS[HOUSE], False
    most = max(others, key=shown.__getitem__)
    prevails = shown[most] > DIALECTS[HOUSE].traces(source)
    return DIALECTS[most if prevails else HOUSE], True
