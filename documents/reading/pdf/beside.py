"""What a file holds beside the text of its pages: notes, fields, links, attached files, scripts, pictures."""

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from documents.reading.pdf import pdfium
from documents.reading.pdf.frame import frame_of

_MOST = 2_000  # notes and links of a page, and files attached, that are listed
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|ImportData|SubmitForm|RichMedia|Movie|Sound)(?=[\s/(<\[>])")
_SILENT = (raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_PRINTERMARK, raw.FPDF_ANNOT_TRAPNET, raw.FPDF_ANNOT_XFAWIDGET)
_NAMES = {
    raw.FPDF_ANNOT_TEXT: "a note",
    raw.FPDF_ANNOT_FREETEXT: "a note written on the page",
    raw.FPDF_ANNOT_HIGHLIGHT: "a highlighting",
    raw.FPDF_ANNOT_UNDERLINE: "an underlining",
    raw.FPDF_ANNOT_SQUIGGLY: "an underlining",
    raw.FPDF_ANNOT_STRIKEOUT: "a line through words",
    raw.FPDF_ANNOT_CARET: "a mark that words are missing",
    raw.FPDF_ANNOT_STAMP: "a stamp",
    raw.FPDF_ANNOT_INK: "a drawing by hand",
    raw.FPDF_ANNOT_REDACT: "a mark that words are to be blacked out",
    raw.FPDF_ANNOT_WATERMARK: "a watermark",
}
_OBJECTS = {
    raw.FPDF_ANNOT_FILEATTACHMENT: "an attached file",
    raw.FPDF_ANNOT_SOUND: "a sound",
    raw.FPDF_ANNOT_MOVIE: "a film",
    raw.FPDF_ANNOT_SCREEN: "a film or a sound",
    raw.FPDF_ANNOT_THREED: "a model",
    raw.FPDF_ANNOT_RICHMEDIA: "a film, a sound or a program",
}


class Beside(NamedTuple):
    """One thing: the diagnostic's ``code``, the page from 0, the height on it, its words, and what it is."""

    code: str
    page: int
    y: float
    quote: str
    what: str


@contextmanager
def form_of(document: Any) -> Iterator[Any]:
    """The form of a file, whose fields hold words of their own; None where there is none. Nothing in it is run."""
    form = None
    info = raw.FPDF_FORMFILLINFO(version=2)
    if raw.FPDF_GetFormType(document) != raw.FORMTYPE_NONE:
        form = raw.FPDFDOC_InitFormFillEnvironment(document, ctypes.byref(info))
    try:
        yield form or None
    finally:
        if form:
            raw.FPDFDOC_ExitFormFillEnvironment(form)


def of_file(document: Any, data: bytes) -> Iterator[Beside]:
    """What belongs to no page."""
    for number in range(min(raw.FPDFDoc_GetAttachmentCount(document), _MOST)):
        name = _attached(raw.FPDFDoc_GetAttachment(document, number))
        yield Beside("embedded-object", 0, 0.0, name, "an attached file")
    scripts = raw.FPDFDoc_GetJavaScriptActionCount(document)
    for number in range(min(max(scripts, 0), _MOST)):
        script = _script(raw.FPDFDoc_GetJavaScriptAction(document, number))
        yield Beside("embedded-object", 0, 0.0, script, "a script, which is never run")
    found = {match[1].decode() for match in _ACTIVE.finditer(data)}
    if scripts > 0:
        found -= {"JavaScript", "JS"}
    for name in sorted(found):
        yield Beside("embedded-object", 0, 0.0, name, "something that acts when the file is opened or clicked")
    if raw.FPDF_GetFormType(document) in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
        yield Beside("embedded-object", 0, 0.0, "XFA", "a form that draws pages of its own")


def _attached(attachment: Any) -> str:
    return pdfium.string(lambda buffer, size: raw.FPDFAttachment_GetName(attachment, buffer, size))


def _script(action: Any) -> str:
    if not action:
        return ""
    try:
        return pdfium.string(lambda buffer, size: raw.FPDFJavaScriptAction_GetScript(action, buffer, size))
    finally:
        raw.FPDFDoc_CloseJavaScriptAction(action)


def of_page(document: Any, number: int, form: Any) -> Iterator[Beside]:
    """The notes, fields and links of a page, counted from 0."""
    with pdfium.page_of(document, number) as page:
        if page is None:
            return
        frame = frame_of(page)
        for at in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
            annotation = raw.FPDFPage_GetAnnot(page, at)
            if not annotation:
                continue
            try:
                y = frame.shown(*_corner(annotation))[1]
                for code, quote, what in _said(document, annotation, form):
                    yield Beside(code, number, y, quote, what)
            finally:
                raw.FPDFPage_CloseAnnot(annotation)


def _corner(annotation: Any) -> tuple[float, float]:
    box = raw.FS_RECTF()
    return (box.left, box.top) if raw.FPDFAnnot_GetRect(annotation, ctypes.byref(box)) else (0.0, 0.0)


def _said(document: Any, annotation: Any, form: Any) -> Iterator[tuple[str, str, str]]:
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if kind in _SILENT:
        return
    if kind == raw.FPDF_ANNOT_LINK:
        yield from _link(document, annotation)
        return
    words = _value(annotation, b"Contents")
    if kind == raw.FPDF_ANNOT_WIDGET:
        value = _field(form, annotation) or _value(annotation, b"V")
        if value.strip():
            yield "comment", value, "a field that is filled in"
        return
    if kind in _OBJECTS:
        yield "embedded-object", words, _OBJECTS[kind]
        return
    author = _value(annotation, b"T")
    if words.strip() or kind in (raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_REDACT):
        what = _NAMES.get(kind, "a note")
        yield "comment", words, f"{what} by {author}" if author.strip() else what


def _link(document: Any, annotation: Any) -> Iterator[tuple[str, str, str]]:
    link = raw.FPDFAnnot_GetLink(annotation)
    action = raw.FPDFLink_GetAction(link) if link else None
    if not action:
        return
    match raw.FPDFAction_GetType(action):
        case raw.PDFACTION_URI:
            address = pdfium.string(
                lambda buffer, size: raw.FPDFAction_GetURIPath(document, action, buffer, size), wide=False
            )
            yield "external-link", address, "a link"
        case raw.PDFACTION_REMOTEGOTO | raw.PDFACTION_LAUNCH as kind:
            path = pdfium.string(lambda buffer, size: raw.FPDFAction_GetFilePath(action, buffer, size), wide=False)
            if kind == raw.PDFACTION_LAUNCH:
                yield "embedded-object", path, "a link that starts a program, which is never started"
            else:
                yield "external-link", path, "a link to another file"


def _value(annotation: Any, key: bytes) -> str:
    return pdfium.string(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _field(form: Any, annotation: Any) -> str:
    if form is None:
        return ""
    if raw.FPDFAnnot_GetFormFieldType(form, annotation) in (
        raw.FPDF_FORMFIELD_CHECKBOX,
        raw.FPDF_FORMFIELD_RADIOBUTTON,
        raw.FPDF_FORMFIELD_PUSHBUTTON,
    ):
        return ""
    return pdfium.string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))
