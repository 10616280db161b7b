"""A PDF from its bytes to the source text and what it shows."""

import gc
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as raw

from documents.notation.shown import Shown
from documents.reading.pdf import pdfium
from documents.reading.pdf.beside import Beside, form_of, of_file, of_page
from documents.reading.pdf.notices import notices
from documents.reading.pdf.order import lines_of_pages
from documents.reading.pdf.page import Page
from documents.reading.pdf.sheet import read_page
from documents.reading.pdf.signs import SignReader
from documents.reading.pdf.source import write
from documents.reading.refusal import gettext_noop as _
from documents.reading.text import LARGEST, NotText

MOST_PAGES = 2_000
MOST_CHARACTERS = 2_000_000
_HEAD = 1024  # bytes within which a PDF says that it is one


def take_pdf(data: bytes) -> tuple[str, Shown]:
    """The source text of a PDF in reading order, and everything that it shows beyond its letters.

    Nothing in the file is run. Raises NotText with half a sentence: no PDF, damaged, encrypted, scanned, too long.
    """
    if len(data) > LARGEST:
        raise NotText(_("it is larger than 10 MiB"))
    if b"%PDF-" not in data[:_HEAD]:
        raise NotText(_("it is not a PDF"))
    # A million small objects and no cycle among them: the collector of cycles would only walk them again and again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _read(data)
    finally:
        if collecting:
            gc.enable()


def _read(data: bytes) -> tuple[str, Shown]:
    with pdfium.opened(data) as document:
        pages = _pages(document)
        beside = list(_beside(document, data, len(pages)))
    lines = lines_of_pages(pages)
    written = write(lines, [page.width for page in pages])
    shown = Shown(
        bold=tuple(written.bold), aside=tuple(written.aside), notices=notices(pages, beside, written), paged=True
    )
    return written.source, shown


def _pages(document: Any) -> list[Page]:
    count = raw.FPDF_GetPageCount(document)
    if count < 1:
        raise NotText(_("it is a damaged PDF"))
    if count > MOST_PAGES:
        raise NotText(_("it has more than %(number)s pages"), number=MOST_PAGES)
    reader = SignReader()
    pages: list[Page] = []
    characters = 0
    for number in range(count):
        pages.append(page := read_page(document, number, reader))
        characters += sum(len(piece.signs) for piece in page.pieces)
        if characters > MOST_CHARACTERS:
            raise NotText(_("it has more than %(number)s characters"), number=MOST_CHARACTERS)
    if all(page.is_unread for page in pages):
        raise NotText(_("it is a damaged PDF"))
    has_text = any(page.pieces or page.turned or page.hidden for page in pages)
    if not has_text and any(page.pictures or page.drawings for page in pages):
        raise NotText(_("it is a scan without text"))
    return pages


def _beside(document: Any, data: bytes, pages: int) -> Iterator[Beside]:
    yield from of_file(document, data)
    with form_of(document) as form:
        for number in range(pages):
            yield from of_page(document, number, form)
