"""The objects that a page is made of, those within forms too; and how one of them reads when it stands alone."""

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from documents.reading.pdf import pdfium
from documents.reading.pdf.page import Box
from documents.reading.pdf.pdfium import Handle

_MOST = 300_000  # objects of a page that are looked at
_DEEPEST = 24  # forms within forms
_MOST_REPLACED = 2_000
_MOST_RULES = 2_000


@dataclass(slots=True)
class Objects:
    """The text objects of a page in its order, how much of other things there is, the largest picture's area, and the
    level strokes that might be rules, in the file's own coordinates."""

    texts: list[Handle] = field(default_factory=list)
    pictures: int = 0
    drawings: int = 0
    largest: float = 0.0
    rules: list[Box] = field(default_factory=list)


def objects_of(page: Any) -> Objects:
    """Every object of a page."""
    found = Objects()
    for handle in _walk(page):
        match pdfium.object_type(handle):
            case raw.FPDF_PAGEOBJ_TEXT:
                found.texts.append(handle)
            case raw.FPDF_PAGEOBJ_IMAGE:
                found.pictures += 1
                left, bottom, right, top = _box(handle)
                found.largest = max(found.largest, (right - left) * (top - bottom))
            case raw.FPDF_PAGEOBJ_PATH | raw.FPDF_PAGEOBJ_SHADING:
                found.drawings += 1
                if found.drawings <= _MOST_RULES and _is_flat(box := _box(handle)):
                    found.rules.append(box)
    return found


def _walk(page: Any) -> Iterator[Handle]:
    address = ctypes.cast(page, ctypes.c_void_p).value or 0
    left = _MOST
    waiting: list[tuple[Handle, int]] = []
    for at in range(min(pdfium.count_objects(address), left)):
        waiting.append((pdfium.object_of_page(address, at), 0))
        while waiting and left:
            handle, depth = waiting.pop()
            left -= 1
            if not handle:
                continue
            yield handle
            if pdfium.object_type(handle) == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                count = min(pdfium.count_in_form(handle), left)
                waiting += [(pdfium.object_of_form(handle, child), depth + 1) for child in reversed(range(count))]


def _box(handle: Handle) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.bounds_of(handle, *map(ctypes.addressof, sides)):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _is_flat(box: Box) -> bool:
    return box[2] - box[0] > 20 and box[3] - box[1] < 3


@contextmanager
def alone(page: Any, texts: Iterable[Handle], wanted: Iterable[Handle], *, whole: bool = False) -> Iterator[Handle]:
    """The characters of the ``wanted`` text objects when no other stands on the page.

    PDFium changes a character beside its neighbours: a hyphen at the end of a line, a text printed twice.
    ``whole``: the others are still to be switched off.
    """
    if whole:
        for handle in texts:
            pdfium.set_active(handle, 0)
    wanted = list(wanted)
    for handle in wanted:
        pdfium.set_active(handle, 1)
    try:
        with pdfium.text_of(page) as text:
            yield text
    finally:
        for handle in wanted:
            pdfium.set_active(handle, 0)


def replacements(page: Any, texts: list[Handle]) -> dict[Handle, list[int]]:
    """Which texts of a page are printed as one thing and to be read as another (*ActualText*): marks to their objects'
    places in ``texts``."""
    found: dict[Handle, list[int]] = {}
    for at, handle in enumerate(texts):
        for number in range(raw.FPDFPageObj_CountMarks(_object(handle))):
            mark = raw.FPDFPageObj_GetMark(_object(handle), number)
            if mark and _replaces(mark):
                found.setdefault(ctypes.addressof(mark.contents), []).append(at)
        if len(found) >= _MOST_REPLACED:
            break
    return found


def forget_replacements(handles: Iterable[Handle]) -> None:
    """Let these text objects read as they print."""
    for handle in handles:
        for number in reversed(range(raw.FPDFPageObj_CountMarks(_object(handle)))):
            mark = raw.FPDFPageObj_GetMark(_object(handle), number)
            if mark and _replaces(mark):
                raw.FPDFPageObj_RemoveMark(_object(handle), mark)


def _replaces(mark: Any) -> bool:
    kind = raw.FPDFPageObjMark_GetParamValueType(mark, b"ActualText")
    return bool(kind == raw.FPDF_OBJECT_STRING)


def _object(handle: Handle) -> Any:
    return ctypes.cast(handle, raw.FPDF_PAGEOBJECT)
