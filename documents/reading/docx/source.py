"""The source as it is written down, and what it shows, at the places where it stands."""

import re

from documents.notation.lines import BLANK
from documents.notation.shown import Aside, Notice, Range, Shown, Table, Tracked
from documents.reading.docx.looks import Look

VISIBLE = re.compile(f"[^{re.escape(BLANK)}]")


class Source:
    """Text is only ever added; ``length`` is the place where the next character comes to stand.

    White space between lines is owed and paid when something follows, so ``first`` can say where that began.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.feed = False
        self.first: int | None = None
        self._owed = 0
        self._paragraphs: list[int] = []
        self._bold: list[Range] = []
        self.tracked: list[Tracked] = []
        self.asides: list[Aside] = []
        self.tables: list[Table] = []
        self.notices: list[Notice] = []

    def write(self, text: str, look: Look | None = None) -> None:
        start = self.length
        self._parts.append(text)
        self.length += len(text)
        if look is not None and look.bold and text:
            if self._bold and self._bold[-1][1] == start:
                start = self._bold.pop()[0]
            self._bold.append((start, self.length))

    def owe(self, ends: int) -> None:
        """So many line ends at least are to stand before what follows."""
        if self.length:
            self._owed = max(self._owed, ends)

    def owe_one_more(self) -> None:
        if self.length:
            self._owed += 1

    def begin_line(self, *, turns_page: bool) -> None:
        """Pay what is owed; the next character begins a line."""
        if self.length:
            self.write("\n" * self._owed)
            if self.feed and turns_page:
                self.write("\f")
                self.feed = False
        self._owed = 0
        if self.first is None:
            self.first = self.length

    def begins_paragraph(self, start: int) -> None:
        """What was written from ``start`` on is a paragraph: it begins with its first visible character."""
        pieces = []
        length = self.length
        while length > start:
            pieces.append(self._parts.pop())
            length -= len(pieces[-1])
        text = "".join(reversed(pieces))
        self._parts.append(text)
        if (seen := VISIBLE.search(text)) is not None:
            self._paragraphs.append(length + seen.start())

    def text(self) -> str:
        return "".join(self._parts)

    def shown(self) -> Shown:
        return Shown(
            tuple(self._paragraphs),
            tuple(self._bold),
            tuple(sorted(self.tracked)),
            tuple(sorted(self.asides, key=lambda one: one.src)),
            tuple(sorted(self.tables, key=lambda one: one.src)),
            tuple(sorted(dict.fromkeys(self.notices), key=lambda one: one.at)),
        )
