"""One line of the source while it is put together: pieces of text, and what is to be noted beside them."""

from dataclasses import dataclass, field
from typing import NamedTuple

from documents.notation.lines import BLANK
from documents.reading.docx.changes import Change, Piece, as_a_whole, write_pieces
from documents.reading.docx.looks import PLAIN, Look
from documents.reading.docx.notices import notice, unseen
from documents.reading.docx.source import Source
from documents.reading.docx.tally import Tally


class Noted(NamedTuple):
    """A notice to be, before the piece of this index."""

    before: int
    code: str
    said: str
    quote: str


@dataclass(slots=True)
class Line:
    """A paragraph, or several that print as one. ``counts_pages`` says that a page number is in it."""

    pieces: list[Piece] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)
    label: str = ""
    feed_after: bool = False
    counts_pages: bool = False
    _aside: list[str] = field(default_factory=list)
    _why: str = ""

    def say(self, text: str, look: Look, changes: tuple[Change, ...]) -> None:
        self._end_aside()
        self.pieces.append(Piece(text, look, changes))

    def set_aside(self, why: str, text: str) -> None:
        """Text that is not wording; neighbours that are so for one reason are one notice."""
        if why != self._why:
            self._end_aside()
            self._why = why
        self._aside.append(text)

    def note(self, code: str, said: str, quote: str) -> None:
        self._end_aside()
        self.noted.append(Noted(len(self.pieces), code, said, quote))

    @property
    def is_begun(self) -> bool:
        return bool(self.pieces or self.noted or self.label or self._aside)

    @property
    def has_words(self) -> bool:
        return not all(piece.is_blank for piece in self.pieces)

    @property
    def text(self) -> str:
        return self.label + "".join(piece.text for piece in self.pieces)

    def strip_start(self) -> None:
        """Take the white space off that the words begin with."""
        for at, piece in enumerate(self.pieces):
            self.pieces[at] = piece._replace(text=piece.text.lstrip())
            if not piece.is_blank:
                return

    def write(self, out: Source, tally: Tally, whole: Change | None) -> None:
        """Write the line down; ``whole`` is the change that it lies in with its label."""
        self._end_aside()
        pieces = [Piece(self.label, PLAIN), *self.pieces]
        if whole is not None:
            pieces = as_a_whole(pieces, whole)
        places = write_pieces(out, pieces)[1:]
        self._note(out, [*places, out.length])
        struck: list[str] = []
        since = 0
        for piece, place in zip(self.pieces, places, strict=True):
            tally.count(piece.text, piece.look, place)
            if struck and not piece.look.struck:
                _note_struck(out, struck, since)
                struck = []
            if piece.look.struck:
                since = since if struck else place
                struck.append(piece.text)
        if struck:
            _note_struck(out, struck, since)

    def write_notices(self, out: Source) -> None:
        """A line without words: only what is noted stays of it."""
        self._end_aside()
        self._note(out, [out.length] * (len(self.pieces) + 1))

    def _note(self, out: Source, places: list[int]) -> None:
        out.notices += [notice(code, places[before], said, quote) for before, code, said, quote in self.noted]

    def _end_aside(self) -> None:
        if self._aside:
            quote, why = "".join(self._aside), self._why
            self._aside, self._why = [], ""
            if quote.strip(BLANK):
                self.noted.append(Noted(len(self.pieces), "hidden-text", unseen(why), quote))


def _note_struck(out: Source, struck: list[str], since: int) -> None:
    if (quote := "".join(struck)).strip(BLANK):
        out.notices.append(notice("struck-text", since, "These words are struck through, and stand in the text", quote))
