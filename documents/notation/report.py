"""Diagnostics: faults at their place in the source, in words."""

from collections.abc import Sequence
from typing import NamedTuple

from documents.notation.faults import SEVERITIES, Fault, Severity
from documents.notation.lines import LINE_END, collapsed

_EXCERPT = 40  # characters, podium/1


class Diagnostic(NamedTuple):
    """Something to report; ``at`` is its offset in the source, ``line`` and ``column`` count from 1.

    ``excerpt`` is what stands there, white space collapsed; ``message`` is one sentence in English, for logs and
    podium/1. What people read in the product is said by ``code``.
    """

    code: str
    severity: Severity
    at: int
    line: int
    column: int
    excerpt: str
    message: str


class Reporter:
    """Collects what is odd in a source; each thing is kept once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._returns = "\r" in source
        self._found: set[tuple[int, str, str]] = set()

    def say(self, code: str, at: int, message: str) -> None:
        self._found.add((at, code, message))

    def say_at(self, faults: Sequence[Fault], spots: Sequence[int]) -> None:
        """The faults of one text, each at the place in the source that is named beside it."""
        self._found.update([(at, fault[0], fault[2]) for fault, at in zip(faults, spots, strict=True)])

    def places_of(self, code: str) -> frozenset[int]:
        """Where this was reported up to now."""
        return frozenset(at for at, said, _ in self._found if said == code)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything reported, by line, then column."""
        made = []
        line, begins, before = 1, 0, 0
        for at, code, message in sorted(self._found):
            if not self._returns:
                ends, last = self._source.count("\n", before, at), self._source.rfind("\n", before, at) + 1
            else:
                ends, last = self._line_ends(before, at)
            line, begins, before = line + ends, last or begins, at
            said = (code, SEVERITIES[code], at, line, at - begins + 1, self._excerpt(at), message)
            made.append(tuple.__new__(Diagnostic, said))
        return tuple(made)

    def _line_ends(self, start: int, end: int) -> tuple[int, int]:
        """How many lines end between two places, and where the line after the last of them begins (0: none does)."""
        # A CR LF lies between two places whole, since both are visible characters.
        ends = [found.end() for found in LINE_END.finditer(self._source, start, end)]
        return len(ends), ends[-1] if ends else 0

    def _excerpt(self, at: int) -> str:
        # Many blank lines may follow the first words: look further only where that is so.
        raw = self._source[at : at + _EXCERPT]
        if raw.isprintable() and "  " not in raw and raw.isascii():
            return raw.rstrip()
        words = collapsed(self._source[at : at + 80])
        if len(words) < _EXCERPT:
            words = collapsed(self._source[at : at + 1000])
        return words[:_EXCERPT].rstrip()
