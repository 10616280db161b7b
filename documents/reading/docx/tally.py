"""Colours and the like, which mean something in some houses: what of them a file uses, and where first."""

from collections import Counter
from typing import NamedTuple

from documents.notation.lines import BLANK, collapsed
from documents.notation.shown import Notice
from documents.reading.docx.looks import Look
from documents.reading.docx.notices import quoted

_FIRST_WORDS = 80
_BLACK = "000000"
_SAID = {
    "colour": "in the colour {}",
    "ground": "on a ground of the colour {}",
    "underlined": "underlined",
    "italic": "in italics",
}


class _First(NamedTuple):
    at: int
    words: str


class Tally:
    """Counts the characters of each look."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], _First] = {}
        self._all = 0

    def count(self, text: str, look: Look, at: int) -> None:
        size = len(text)
        self._all += size
        colour = "" if look.colour == _BLACK else look.colour
        self._one(("colour", colour), size, text, at)
        if look.fill:
            self._one(("ground", look.fill), size, text, at)
        if look.underlined:
            self._one(("underlined", ""), size, text, at)
        if look.italic:
            self._one(("italic", ""), size, text, at)

    def _one(self, key: tuple[str, str], size: int, text: str, at: int) -> None:
        self._counts[key] += size
        if key not in self._first and text.strip(BLANK):
            self._first[key] = _First(at, collapsed(text)[:_FIRST_WORDS])

    def notices(self) -> list[Notice]:
        """One for each look that is not the usual one of this file."""
        colours = [key for key in self._counts if key[0] == "colour"]
        usual = max(colours, key=lambda key: self._counts[key], default=None)
        return [
            _notice(key, self._counts[key], first)
            for key, first in self._first.items()
            if key != usual and (key[0] == "colour" or 2 * self._counts[key] <= self._all)
        ]


def _notice(key: tuple[str, str], count: int, first: _First) -> Notice:
    kind, colour = key
    said = _SAID[kind].format(colour or "black")
    return Notice(
        "coloured-text",
        first.at,
        first.words,
        f"{count} characters of this file are {said}, first here: {quoted(first.words)}.",
    )
