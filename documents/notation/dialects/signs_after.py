"""The house notation: who wants a bracket stands behind it in parentheses, with a sign or a verb (``[on ropes] (+NEV)``)."""

import re

from documents.notation.read import read_wording

__all__ = ["name", "read_wording", "traces"]

name = "signs-after"

_MARKER = re.compile(
    r"[\]］][\s,.]{0,4}[(（]\s*[+＋\-–—−]\s*[^\W\d_]|[(（][^()\[\]]{2,60}?(?:\btcb|:\s*keep original|original text)\s*[)）]"
)


def traces(source: str) -> int:
    """How many brackets have a marker close behind, and how many parentheses hold a verb of the house."""
    return sum(1 for _ in _MARKER.finditer(source)) * 2
