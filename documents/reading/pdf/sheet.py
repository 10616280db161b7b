"""A page of the file read: what is seen on it, and what it holds that nobody sees."""

import ctypes
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import pypdfium2.raw as raw

from documents.reading.pdf import pdfium
from documents.reading.pdf.frame import Frame, frame_of
from documents.reading.pdf.ink import Ink
from documents.reading.pdf.objects import Objects, alone, forget_replacements, objects_of, replacements
from documents.reading.pdf.page import Hidden, Page, Piece, Sign
from documents.reading.pdf.pdfium import Handle
from documents.reading.pdf.signs import Run, SignReader, Signs, settle_hyphens

_TINY = 1.05  # points
_MOST_PICTURE = 0.5  # of the page: a picture that is larger is the page, scanned
_MOST_LAYER = 4  # a layer of recognised text has so many times the characters that are printed beside it
_NO_BREADTH = 0.01  # points; PDFium passes over texts that are narrower
_LAST_LATIN = "\u024f"
_MOST_FLAT = 200  # texts without breadth that are made out


def read_page(document: Any, number: int, reader: SignReader) -> Page:
    """The page with this number, counted from 0."""
    told = _told_otherwise(document, number)
    with pdfium.page_of(document, number) as page:
        if page is None:
            return Page(number, is_unread=True)
        frame = frame_of(page)
        objects = objects_of(page)
        made = Page(number, frame.width, frame.height, pictures=objects.pictures, drawings=objects.drawings)
        made.rules = [(*frame.shown(box[0], box[1]), *frame.shown(box[2], box[3])) for box in objects.rules]
        if not objects.texts:
            return made
        made.replaced = [words for _, words in told]
        forget_replacements(objects.texts[at] for places, _ in told for at in places if at < len(objects.texts))
        ink = Ink(page, frame)  # before anything is switched off
        with pdfium.text_of(page) as text:
            signs = reader.read(text, frame) if text else Signs()
        whole = _add_missed(page, frame, objects, signs, reader, made)
        settle_hyphens(page, objects.texts, signs, whole=whole)
        made.unreadable = signs.unreadable
        _sort(made, signs.runs, objects, ink)
        return made


# ---- texts that are to be read otherwise than they print


def _told_otherwise(document: Any, number: int) -> list[tuple[list[int], tuple[str, str]]]:
    """Texts of the page that the file says to read as other words than it prints: their places, and both wordings.

    A hyphen that is to go when lines are joined, a ligature, a letter that the font does not name are none of them.
    """
    with pdfium.page_of(document, number) as page:
        if page is None:
            return []
        texts = objects_of(page).texts
        marked = replacements(page, texts)
        found = []
        whole = True
        for places in marked.values():
            handles = [texts[at] for at in places]
            with alone(page, texts, handles, whole=whole) as text:
                told = _words(text)
            forget_replacements(handles)
            with alone(page, texts, handles) as text:
                printed = _words(text)
                is_readable = not any(pdfium.is_unmapped_at(text, at) for at in range(pdfium.count_signs(text)))
            whole = False
            if is_readable and printed.strip() and _bare(told) != _bare(printed):
                found.append((places, (told, printed)))
        return found


def _words(text: Handle) -> str:
    codes = (pdfium.sign_at(text, at) for at in range(pdfium.count_signs(text)))
    return "".join("-" if code in (0x02, 0xFFFE) else chr(code) for code in codes if 0 < code < 0xD800)


def _bare(words: str) -> str:
    """Without what two writings of the same words may differ in."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


# ---- texts that PDFium passes over


def _add_missed(page: Any, frame: Frame, objects: Objects, signs: Signs, reader: SignReader, made: Page) -> bool:
    """Texts that PDFium passes over: a hyphen beside another, a word printed twice, letters that have no breadth.

    Answers whether all other texts of the page still have to be switched off by whoever looks at one alone.
    """
    missed = [handle for handle in objects.texts if handle not in signs.seen][:_MOST_FLAT]
    if not missed:
        return True
    places = {(round(run.signs[0].left), round(run.y)): run for run in signs.runs}
    whole = True
    for handle in missed:
        with alone(page, objects.texts, [handle], whole=whole) as text:
            whole = False
            found = reader.read(text, frame) if text else Signs()
        if not found.runs:
            made.hidden += _flat(page, frame, handle, reader)
        for run in found.runs:
            if (twin := _twin(places, run)) is not None:
                twin.look = twin.look._replace(bold=True)  # printed twice, a little aside: so is bold faked
            else:
                signs.runs.append(run)
    return False


def _twin(places: dict[tuple[int, int], Run], run: Run) -> Run | None:
    x, y = round(run.signs[0].left), round(run.y)
    words = [sign.text for sign in run.signs]
    for near in ((x + a, y + b) for a in (0, -1, 1) for b in (0, -1, 1)):
        if (twin := places.get(near)) is not None and [sign.text for sign in twin.signs] == words:
            return twin
    return None


def _flat(page: Any, frame: Frame, handle: Handle, reader: SignReader) -> Iterator[Hidden]:
    """The words of a text object without breadth; made as broad as they are high, they can be read."""
    item = ctypes.cast(handle, raw.FPDF_PAGEOBJECT)
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return
    y = frame.shown(matrix.e, matrix.f)[1]
    raw.FPDFPageObj_SetMatrix(item, ctypes.byref(raw.FS_MATRIX(1, 0, 0, 1, 0, 0)))
    with alone(page, (), [handle]) as text:
        words = "".join(sign.text for run in reader.read(text, frame).runs for sign in run.signs) if text else ""
    if words.strip():
        yield Hidden("flat", y, words.strip())


# ---- what is seen, and what is not


def _sort(made: Page, runs: list[Run], objects: Objects, ink: Ink) -> None:
    """Every run to the pieces that are seen, or to what is hidden."""
    drawn = [run for run in runs if run.look.is_drawn]
    if len(drawn) < len(runs) and _is_scan(made, runs, drawn, objects):
        made.recognised = True
        drawn, ink_of_page = runs, None
    else:
        for run in runs:
            if not run.look.is_drawn:
                made.hidden += _hidden("invisible", run, run.signs)
        ink_of_page = ink
    for run in drawn:
        if run.look.size <= _TINY:
            made.hidden += _hidden("tiny", run, run.signs)
            continue
        for why, signs in _by_visibility(made, run, ink_of_page):
            if why:
                made.hidden += _hidden(why, run, signs)
            elif run.look.heading:
                made.turned.setdefault(run.look.heading, []).append(_piece(run, signs))
            else:
                made.pieces.append(_piece(run, signs))


def _is_scan(made: Page, runs: list[Run], drawn: list[Run], objects: Objects) -> bool:
    """Whether what is not drawn is a layer of recognised text: alone on its page, or over a picture of all of it."""
    count = sum(len(run.signs) for run in drawn)
    layer = sum(len(run.signs) for run in runs) - count
    is_picture = objects.largest >= _MOST_PICTURE * made.width * made.height
    return not drawn or (is_picture and layer >= _MOST_LAYER * count)


def _by_visibility(made: Page, run: Run, ink: Ink | None) -> Iterator[tuple[str, list[Sign]]]:
    """The words of a run, those together that are all seen or hidden for the same reason. Spaces go with what is before."""
    reasons = []
    why = ""
    for word in _words_of(run.signs):
        if word[0].text != " ":
            why = _reason(made, run, word, ink)
        reasons.append((why, word))
    if not any(why for why, _ in reasons):
        yield "", run.signs
        return
    for why, words in groupby(reasons, key=lambda one: one[0]):
        yield why, [sign for _, word in words for sign in word]


def _words_of(signs: list[Sign]) -> Iterator[list[Sign]]:
    for _, word in groupby(signs, key=lambda sign: sign.text == " "):
        yield list(word)


def _reason(made: Page, run: Run, word: list[Sign], ink: Ink | None) -> str:
    """Why a word is not seen; empty where it is."""
    look, left, right, y = run.look, word[0].left, word[-1].right, run.y
    if look.heading:
        return ""  # its places are not those of the page; what is drawn askew is seldom drawn to be hidden
    if right <= 0 or left >= made.width or y + look.size <= 0 or y >= made.height:
        return "outside"
    if ink is None or ink.shows(left, right, y, look.size, look.colour) or _is_undrawable(look.font, word):
        return ""
    is_light = look.colour is not None and min(look.colour) >= 225
    return "white" if is_light else "covered"


def _is_undrawable(font: Handle, word: list[Sign]) -> bool:
    """Whether it says nothing that the word was not drawn: its face is not in the file, and the one that stands in for it
    has Latin letters alone."""
    if all(sign.text <= _LAST_LATIN for sign in word):
        return False
    return raw.FPDFFont_GetIsEmbedded(ctypes.cast(font, raw.FPDF_FONT)) == 0


def _hidden(why: str, run: Run, signs: Iterable[Sign]) -> list[Hidden]:
    words = "".join(sign.text for sign in signs).strip()
    return [Hidden(why, run.y, words)] if words else []


def _piece(run: Run, signs: list[Sign]) -> Piece:
    return Piece(signs, run.y, run.look.size, run.look.bold)
