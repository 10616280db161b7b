"""What a file holds once it is read: its letter, its documents, their paragraphs, notes and tables (podium/1)."""

from dataclasses import dataclass
from typing import NamedTuple

from documents.notation.dialects import HOUSE
from documents.notation.markers import Marker
from documents.notation.read import Reading
from documents.notation.report import Diagnostic
from documents.notation.showing import Bold


class ReadParagraph(NamedTuple):
    """A paragraph as podium/1 has it; ``src`` is its range in the source, ``alternative_to`` an index in the document.

    ``bold`` says whether its wording is bold; None where the kind of file does not show it. ``agreed`` is a person's
    decision that it comes in as agreed.
    """

    label: str | None
    kind: str
    reading: Reading
    src: tuple[int, int]
    alternative_to: int | None = None
    status: str | None = None
    bold: Bold | None = None
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Artefact:
    """Page furniture: ``kind`` is ``page_number``, ``running_header`` or ``other``."""

    kind: str
    text: str
    src: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReadFootnote:
    """A footnote, its mark included in the text."""

    mark: str
    reading: Reading
    src: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table; each cell is read as a paragraph is."""

    rows: tuple[tuple[Reading, ...], ...]
    src: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document: header lines, status line, title and paragraphs, in the order of the source; ``begins`` is the place
    of its first line."""

    title: str | None
    header_lines: tuple[str, ...]
    status_line: str | None
    paragraphs: tuple[ReadParagraph, ...]
    artefacts: tuple[Artefact, ...] = ()
    footnotes: tuple[ReadFootnote, ...] = ()
    tables: tuple[ReadTable, ...] = ()
    begins: int = 0


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that one file holds."""

    source: str
    letter: str | None
    documents: tuple[ReadDocument, ...]
    diagnostics: tuple[Diagnostic, ...]
    dialect: str = HOUSE


def all_markers(reading: Reading) -> list[Marker]:
    """Every marker of a paragraph, wherever it belongs."""
    return [*(marker for span in reading.spans for marker in span.markers), *reading.markers, *reading.orphans]
