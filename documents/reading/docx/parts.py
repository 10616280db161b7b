"""The parts of a Word file: their XML, parsed without trusting it, and what they are related to."""

import codecs
import posixpath
import re
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from documents.reading.docx.names import Element, attribute, name, transitional
from documents.reading.docx.zipped import Zipped
from documents.reading.refusal import gettext_noop as _
from documents.reading.text import NotText

MOST_ELEMENTS = 2_000_000  # in one part; the tree of that many fits into the memory that a reading is given

# What may come before the root of a part, and the declaration that names its encoding.
_PROLOGUE = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_RELATIONSHIP = name("rel:Relationship")


class Relation(NamedTuple):
    """What a part refers to: ``kind`` is the last word of its type; ``target`` a part, or an address if ``external``."""

    kind: str
    target: str
    external: bool


class Parts:
    """The parts of one file by path. Every method raises NotText where what it needs is damaged or hostile."""

    def __init__(self, data: bytes) -> None:
        self._zipped = Zipped(data)
        self.names = self._zipped.names
        # Nothing in the list of types is needed, but a file whose list is a bomb or damaged is no honest one.
        if self.tree("[Content_Types].xml") is None:
            raise NotText(_("it is a ZIP, but not an Office document"))
        self.main = self._main()

    def _main(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and not relation.external and relation.target in self._zipped:
                return relation.target
        raise NotText(_("it is not a Word file: it has no main part"))

    def document(self) -> Element:
        """The root of the main part."""
        root = self.tree(self.main)
        assert root is not None
        if root.tag != name("w:document"):
            raise NotText(_("it is an Office document, but not of Word"))
        return root

    def tree(self, path: str | None) -> Element | None:
        """The root of a part; None where there is no such part."""
        return parsed(self._zipped.read(path)) if path and path in self._zipped else None

    def relations(self, path: str) -> dict[str, Relation]:
        """What a part (``""``: the file itself) refers to, by id; paths are from the root of the file."""
        folder, file = posixpath.split(path)
        if (root := self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))) is None:
            return {}
        return {attribute(one, "Id"): _relation(one, folder) for one in root.iter(_RELATIONSHIP)}

    def related(self, path: str, kind: str) -> str | None:
        """The one part of a kind that a part refers to (its styles, its footnotes)."""
        found = (one.target for one in self.relations(path).values() if one.kind == kind and not one.external)
        return next(found, None)


def _relation(element: Element, folder: str) -> Relation:
    kind = attribute(element, "Type").rpartition("/")[2]
    target = attribute(element, "Target")
    if attribute(element, "TargetMode") == "External":
        return Relation(kind, target, True)
    path = unquote(target.partition("#")[0])
    return Relation(kind, posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/"), False)


def parsed(data: bytes) -> Element:
    """The root of a part's tree. No entity is ever resolved and nothing outside is ever looked at."""
    data = _in_utf8(data)
    if data.count(b"<") > 2 * MOST_ELEMENTS:
        raise NotText(_("it has more than two million elements"))
    prologue = _PROLOGUE.match(data)
    if data.startswith(b"<!DOCTYPE", prologue.end() if prologue else 0):
        raise NotText(_("it declares a document type, which no Word file does"))
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        if "depth" in str(fault.msg):
            raise NotText(_("it is nested more than 256 levels deep")) from None
        raise NotText(_("it is damaged: a part of it is not well-formed XML")) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotText(_("it declares a document type, which no Word file does"))
    return transitional(root)


def _in_utf8(data: bytes) -> bytes:
    """The part in UTF-8, the encoding that is then told to the parser, whatever the part itself declares."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16").encode()
        except UnicodeError:
            raise NotText(_("it is damaged: a part of it is not UTF-16")) from None
    data = data.removeprefix(codecs.BOM_UTF8)
    declared = _ENCODING.match(data)
    if declared is not None and declared[1].lower() not in _ENCODINGS:
        raise NotText(_("a part of it is in an encoding that Word does not use"))
    return data
