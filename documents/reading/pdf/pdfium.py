"""The few functions of PDFium that reading needs, with plain numbers for arguments: a file has a million characters."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as raw

from documents.reading.refusal import gettext_noop as _
from documents.reading.text import NotText

Handle = int
"""An address within PDFium. It is valid for as long as what it belongs to (document, page, text of a page) is open."""

_LONGEST = 1_000_000  # bytes of a string that is asked of PDFium: a note, an address


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of PDFium that takes and gives numbers: the generated wrappers make an object for every pointer."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


_PTR, _INT = ctypes.c_void_p, ctypes.c_int

count_signs = _plain(raw.FPDFText_CountChars, _INT, _PTR)
sign_at = _plain(raw.FPDFText_GetUnicode, ctypes.c_uint, _PTR, _INT)
object_at = _plain(raw.FPDFText_GetTextObject, _PTR, _PTR, _INT)
loose_box_at = _plain(raw.FPDFText_GetLooseCharBox, _INT, _PTR, _INT, _PTR)
tight_box_at = _plain(raw.FPDFText_GetCharBox, _INT, _PTR, _INT, _PTR, _PTR, _PTR, _PTR)
origin_at = _plain(raw.FPDFText_GetCharOrigin, _INT, _PTR, _INT, _PTR, _PTR)
matrix_at = _plain(raw.FPDFText_GetMatrix, _INT, _PTR, _INT, _PTR)
is_unmapped_at = _plain(raw.FPDFText_HasUnicodeMapError, _INT, _PTR, _INT)
is_hyphen_at = _plain(raw.FPDFText_IsHyphen, _INT, _PTR, _INT)
colour_at = _plain(raw.FPDFText_GetFillColor, _INT, _PTR, _INT, _PTR, _PTR, _PTR, _PTR)

count_objects = _plain(raw.FPDFPage_CountObjects, _INT, _PTR)
object_of_page = _plain(raw.FPDFPage_GetObject, _PTR, _PTR, _INT)
count_in_form = _plain(raw.FPDFFormObj_CountObjects, _INT, _PTR)
object_of_form = _plain(raw.FPDFFormObj_GetObject, _PTR, _PTR, ctypes.c_ulong)
object_type = _plain(raw.FPDFPageObj_GetType, _INT, _PTR)
set_active = _plain(raw.FPDFPageObj_SetIsActive, _INT, _PTR, _INT)
render_mode = _plain(raw.FPDFTextObj_GetTextRenderMode, _INT, _PTR)
font_of = _plain(raw.FPDFTextObj_GetFont, _PTR, _PTR)
size_of = _plain(raw.FPDFTextObj_GetFontSize, _INT, _PTR, _PTR)
font_weight = _plain(raw.FPDFFont_GetWeight, _INT, _PTR)
_font_name = _plain(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _PTR, _PTR, ctypes.c_size_t)
bounds_of = _plain(raw.FPDFPageObj_GetBounds, _INT, _PTR, _PTR, _PTR, _PTR, _PTR)

load_text = _plain(raw.FPDFText_LoadPage, _PTR, _PTR)
close_text = _plain(raw.FPDFText_ClosePage, None, _PTR)


def font_name(font: Handle) -> str:
    """The name of a font as the file has it, with the tag of a subset perhaps; empty where there is none."""
    buffer = ctypes.create_string_buffer(200)
    size = _font_name(font, buffer, len(buffer))
    return buffer.raw[: max(0, min(size, len(buffer)) - 1)].decode("utf-8", "replace")


def string(ask: Callable[[Any, int], int], *, wide: bool = True) -> str:
    """A string that PDFium writes into a buffer: ``ask(buffer, bytes)`` answers how many bytes it takes."""
    size = min(ask(None, 0), _LONGEST)
    if size <= 0:
        return ""
    buffer = ctypes.create_string_buffer(size)
    typed = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)) if wide else buffer
    ask(typed, size)
    return buffer.raw.decode("utf-16-le" if wide else "utf-8", "replace").split("\0", 1)[0]


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The file, open. Raises NotText where it needs a password or is damaged."""
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise NotText(_reason(raw.FPDF_GetLastError()))
    try:
        yield document
    finally:
        raw.FPDF_CloseDocument(document)


def _reason(error: int) -> str:
    if error in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return _("it is encrypted and needs a password")
    return _("it is a damaged PDF")


@contextmanager
def page_of(document: Any, number: int) -> Iterator[Any]:
    """A page, counted from 0, or None where it cannot be read."""
    page = raw.FPDF_LoadPage(document, number)
    try:
        yield page or None
    finally:
        if page:
            raw.FPDF_ClosePage(page)


@contextmanager
def text_of(page: Any) -> Iterator[Handle]:
    """The characters of a page; 0 where there are none to be had."""
    text = load_text(page) or 0
    try:
        yield text
    finally:
        if text:
            close_text(text)
