"""A received file laid out for review: what is the same for every page of it, worked out once and kept with its reading."""

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock

from documents.notation.beside import Beside, Part, Row, lay_out, pages
from documents.notation.contents import Package, ReadDocument, all_markers
from documents.notation.plain import odd_in_source
from documents.notation.questions import Bold, bold_of, codes_printed, only_opposed, untitled
from documents.notation.report import Diagnostic
from negotiations.handles import handles

_KEPT = 2
"""Readings that one process keeps laid out; each is held by the acts' own cache as well."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a file holds; ``agreed`` are the paragraphs that are to come in agreed."""

    documents: int
    paragraphs: int
    brackets: int
    positions: int
    agreed: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A code as printed: how many markers have it, and the places of the paragraphs with them, each once."""

    count: int
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be said and decided of one document as a whole."""

    paragraphs: int
    brackets: int
    agreed: int
    bold: Bold
    opposed: tuple[str, ...]


class Laid:
    """A reading with its rows, and what is asked about it."""

    def __init__(self, package: Package, like: "Laid | None" = None) -> None:
        """``like`` is the layout of the same source with the same cuts: its rows and its codes are these as well."""
        self.package = package
        self._handles: dict[int, list[str]] = {}
        self._facts: dict[int, Facts] = {}
        if like is None:
            self.beside: Beside = lay_out(package)
            self._pages: dict[int, list[range]] = {}
        else:
            self.beside = replace(like.beside, package=package)
            self._pages = like._pages
            self.codes, self._positions, self.holds_odd = like.codes, like._positions, like.holds_odd

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.beside.parts

    # ---- what it holds

    @cached_property
    def counts(self) -> Counts:
        documents = self.package.documents
        facts = [self.facts(index) for index in range(len(documents))]
        return Counts(
            documents=sum(bool(document.paragraphs) for document in documents),
            paragraphs=sum(len(document.paragraphs) for document in documents),
            brackets=sum(one.brackets for one in facts),
            positions=self._positions,
            agreed=sum(one.agreed for one in facts),
        )

    @cached_property
    def _positions(self) -> int:
        readings = (one.reading for document in self.package.documents for one in document.paragraphs)
        return sum(
            len(all_markers(reading)) for reading in readings if reading.spans or reading.markers or reading.orphans
        )

    @cached_property
    def codes(self) -> dict[str, Printed]:
        """Every code as printed, in order of the source."""
        found = codes_printed(self.package)
        return {code: Printed(len(places), tuple(dict.fromkeys(places))) for code, places in found.items()}

    @cached_property
    def untitled(self) -> list[int]:
        return untitled(self.package.documents)

    def facts(self, document: int) -> Facts:
        if document not in self._facts:
            read = self.package.documents[document]
            self._facts[document] = Facts(
                paragraphs=len(read.paragraphs),
                brackets=sum(len(paragraph.reading.spans) for paragraph in read.paragraphs),
                agreed=sum(paragraph.agreed for paragraph in read.paragraphs),
                bold=bold_of(read),
                opposed=tuple(only_opposed(read)),
            )
        return self._facts[document]

    def document(self, part: int) -> ReadDocument | None:
        """The document that a part shows; None for the covering note."""
        index = self.parts[part].document
        return None if index is None else self.package.documents[index]

    def handles(self, document: int) -> list[str]:
        """The handles that the paragraphs of a document will have."""
        if document not in self._handles:
            paragraphs = self.package.documents[document].paragraphs
            self._handles[document] = handles([(one.label, one.kind, one.alternative_to) for one in paragraphs])
        return self._handles[document]

    # ---- what was noticed, which is in order of the source

    @cached_property
    def _noticed_at(self) -> list[int]:
        return [diagnostic.at for diagnostic in self.package.diagnostics]

    def noticed_between(self, start: int, end: int) -> Sequence[Diagnostic]:
        return self.package.diagnostics[bisect_left(self._noticed_at, start) : bisect_left(self._noticed_at, end)]

    def noticed_in(self, part: int) -> Sequence[Diagnostic]:
        return self.noticed_between(*self.parts[part].src)

    def noticed_of(self, part: int, row: Row) -> Sequence[Diagnostic]:
        """What was noticed in a row and up to the next one."""
        rows, src = self.parts[part].rows, self.parts[part].src
        index = self.parts[part].row_at(row.src[0])
        start = row.src[0] if index else src[0]
        return self.noticed_between(start, rows[index + 1].src[0] if index + 1 < len(rows) else src[1])

    @cached_property
    def holds_odd(self) -> bool:
        """Whether the source holds characters that cannot be stored as they are."""
        return next(odd_in_source(self.package.source), None) is not None

    @cached_property
    def odd(self) -> list[Diagnostic]:
        """The characters that no text should hold."""
        return [found for found in self.package.diagnostics if found.code == "odd-character"]

    @cached_property
    def noticed_by_part(self) -> list[Counter[str]]:
        """How often each code of a diagnostic is met in each part."""
        return [Counter(found.code for found in self.noticed_in(part)) for part in range(len(self.parts))]

    # ---- where things are shown

    def pages(self, part: int) -> list[range]:
        if part not in self._pages:
            self._pages[part] = pages(self.parts[part])
        return self._pages[part]

    def where(self, place: int) -> tuple[int, int, int]:
        """The part, its page and the row's index in it where a place of the source is shown."""
        part = self.beside.part_at(place)
        row = self.parts[part].row_at(place)
        page = next((number for number, rows in enumerate(self.pages(part)) if row < rows.stop), 0)
        return part, page, row

    def anchor(self, place: int) -> str:
        """The address of a place within the review: its part, its page, its row."""
        part, page, row = self.where(place)
        return f"{address_of(part, page)}#p-{self.parts[part].rows[row].at}"


def address_of(part: int, page: int = 0) -> str:
    """The query that asks for a page of a part; both are counted from 1 for people."""
    return f"?part={part + 1}" + (f"&page={page + 1}" if page else "")


_kept: deque[Laid] = deque(maxlen=_KEPT)
_lock = Lock()


def laid_out(package: Package) -> Laid:
    """The layout of a reading, made once for each. Two readings of one source object differ in no cut (``readings.py``)."""
    with _lock:
        like = next((kept for kept in _kept if kept.package.source is package.source), None)
        for kept in _kept:
            if kept.package is package:
                return kept
    made = Laid(package, like)
    with _lock:
        _kept.append(made)
    return made
