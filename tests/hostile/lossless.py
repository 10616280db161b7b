"""The words of a file counted by hand, to be held against what a reader says."""

import io
import re
import zipfile
from collections import Counter

from lxml import etree

from documents.notation.contents import Package
from documents.notation.lines import BLANK
from documents.reading.taken import Taken

_WORDS = re.compile(r"[^\W¹²³⁰⁴-⁹]+")
_BEARS_TEXT = {"t", "delText"}  # what a field is told to do is listed for some fields only
_READ = re.compile(r"word/(document|footnotes|endnotes|comments)\.xml$")
_BLANK = str.maketrans("", "", BLANK)


def _visible(text: str) -> Counter[str]:
    return Counter(text.translate(_BLANK))


def lost(package: Package) -> Counter[str]:
    """The characters of a source that stand in no part of what was read from it; and those that stand in it too often."""
    texts = [package.letter or ""]
    for document in package.documents:
        texts += [document.title or "", document.status_line or "", *document.header_lines]
        texts += [paragraph.reading.text for paragraph in document.paragraphs]
        texts += [artefact.text for artefact in document.artefacts]
        texts += [note.reading.text for note in document.footnotes]
        texts += [cell.text for table in document.tables for row in table.rows for cell in row]
    there, read = _visible(package.source), _visible("".join(texts))
    return (there - read) + (read - there)


def missing_of_text(data: bytes, source: str) -> Counter[str]:
    """The characters of a text, decoded by hand, that are not in its source."""
    wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(data[:2], "utf-8")
    return _visible(data.decode(wide)) - _visible(source)


def missing_of_docx(data: bytes, came: Taken) -> set[str]:
    """Words of the text nodes of the body, the notes and the comments that are neither in the source nor in a quote."""
    there: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if _READ.match(name):
                there |= _words_of(package.read(name))
    said = [came.source, *(notice.quote for notice in came.shown.notices), *(one.author for one in came.shown.tracked)]
    together = " ".join(said)
    return {word for word in there if word not in together}  # words may follow each other without a space


def _words_of(part: bytes) -> set[str]:
    root = etree.fromstring(part, etree.XMLParser(huge_tree=True))
    texts = [
        "".join(element.itertext())
        for element in root.iter(etree.Element)
        if etree.QName(element).localname in _BEARS_TEXT
    ]
    return set(_WORDS.findall(" ".join(texts)))
