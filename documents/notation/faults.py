"""Faults of the notation. A fault is a result, never an exception: it has a stable code, a place and a sentence."""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info"]

SEVERITIES: dict[str, Severity] = {
    "unclosed-bracket": "error",
    "unopened-bracket": "error",
    "unclosed-parenthesis": "error",
    "unopened-parenthesis": "error",
    "unclosed-marker": "error",
    "bracket-crosses-paragraphs": "warning",
    "mismatched-brackets": "warning",
    "doubled-brackets": "warning",
    "empty-bracket": "warning",
    "empty-marker": "warning",
    "orphan-marker": "warning",
    "contradictory-stance": "warning",
    "duplicate-marker": "info",
    "unknown-delegation": "warning",
    "mixed-script-code": "warning",
    "duplicate-label": "warning",
    "label-gap": "warning",
    "invisible-characters": "info",
    "odd-character": "warning",
    "mixed-script-word": "warning",
    "look-alike-code": "warning",
    "stray-punctuation": "info",
    "no-text": "warning",
    "too-deep": "warning",
    # What a person has to decide; it is read in the likeliest way meanwhile.
    "open-origin": "info",
    "bis-or-rival": "info",
    "alternative-of": "info",
    "rivals-side-by-side": "info",
    "rivals-in-one-bracket": "info",
    "other-dialect": "info",
    # What only a Word file or a PDF can hold.
    "hidden-text": "warning",
    "comment": "warning",
    "embedded-object": "warning",
    "external-link": "warning",
    "tracked-change": "warning",
    "unread-element": "warning",
    "unreadable-characters": "warning",
    "wrong-extension": "warning",
    "struck-text": "warning",
    "scanned-page": "warning",
    "coloured-text": "info",
    "field-code": "info",
    "formatting-change": "info",
    "nested-table": "info",
    "rotated-text": "info",
    # What a text has no place for in the product and came in otherwise.
    "footnotes-at-the-end": "info",
    "table-as-paragraphs": "info",
}


class Fault(NamedTuple):
    """Something to report about one paragraph.

    ``at`` is an offset in the paragraph's text (code points from 0); ``message`` is one sentence in English, for logs
    and podium/1. What people read in the product is said by ``code``.
    """

    code: str
    at: int
    message: str

    @property
    def severity(self) -> Severity:
        return SEVERITIES[self.code]
