"""Diagnostics: faults at their place in the source, in words."""

from dataclasses import dataclass

from documents.notation.faults import SEVERITIES, Severity
from documents.notation.lines import LINE_END, collapsed

_EXCERPT = 40  # characters, podium/1


@dataclass(frozen=True, slots=True)
class Diagnostic:
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
        self._found: set[tuple[int, str, str]] = set()

    def say(self, code: str, at: int, message: str) -> None:
        self._found.add((at, code, message))

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything reported, by line, then column."""
        made = []
        line, begins, before = 1, 0, 0
        for at, code, message in sorted(self._found):
            # A CR LF that ends just before a place is one line end, seen whole because places are visible characters.
            for end in LINE_END.finditer(self._source, before, at):
                line, begins = line + 1, end.end()
            before = at
            made.append(Diagnostic(code, SEVERITIES[code], at, line, at - begins + 1, self._excerpt(at), message))
        return tuple(made)

    def _excerpt(self, at: int) -> str:
        # Many blank lines may follow the first words: look further only where that is so.
        words = collapsed(self._source[at : at + 120])
        if len(words) < _EXCERPT:
            words = collapsed(self._source[at : at + 1000])
        return words[:_EXCERPT].rstrip()
