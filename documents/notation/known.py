"""The codes that are known at a table: what is reported of markers whose code is none of them (``rules.md`` 29)."""

from collections.abc import Collection, Iterable, Iterator

from documents.notation.faults import Fault
from documents.notation.lookalikes import skeleton
from documents.notation.markers import Marker


class KnownCodes:
    """Every spelling of the codes at a table. It never decides what a marker is."""

    def __init__(self, codes: Collection[str]) -> None:
        self._codes = frozenset(code.casefold() for code in codes)
        self._looks = {skeleton(code): code for code in codes}

    def faults(self, markers: Iterable[Marker]) -> Iterator[Fault]:
        """Codes that are unknown, and those of them that look like a known one. An alias in other letters is known."""
        for marker in markers:
            code = marker.delegation
            if code is None or code.casefold() in self._codes:
                continue
            yield Fault("unknown-delegation", marker.start, f"{code} is no code that is known here.")
            if (meant := self._looks.get(skeleton(code))) is not None:
                message = f"{code} looks like {meant} and is written in other letters."
                yield Fault("look-alike-code", marker.start, message)
