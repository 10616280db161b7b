"""Headers and footers: which of them stand on a page at all, and which only hold the number of it."""

import re
from collections.abc import Iterable, Iterator

from documents.reading.docx.line import Line
from documents.reading.docx.names import R_ID, Element, attribute, child, is_on, name
from documents.reading.docx.parts import Relation

KINDS = ("header", "footer")
_REFERENCES = {name(f"w:{kind}Reference"): kind for kind in KINDS}
_TYPE = name("w:type")
_FIRST_DIFFERS, _EVEN_DIFFERS = name("w:titlePg"), name("w:evenAndOddHeaders")
_PAGE_WORDS = re.compile(r"(?:page|pages|p|pp|of|стр|страница|из|бет|[\W\d_]|[ivxl]{1,6}(?![^\W\d_]))*", re.IGNORECASE)


def on_pages(sections: Iterable[Element], settings: Element | None) -> set[str]:
    """The ids of the headers and footers that stand on some page. A section without one has that of the one before."""
    even = is_on(child(settings, _EVEN_DIFFERS))
    current: dict[tuple[str, str], str] = {}
    found: set[str] = set()
    for section in sections:
        for one in section:
            if (kind := _REFERENCES.get(str(one.tag))) is not None:
                current[kind, attribute(one, _TYPE) or "default"] = attribute(one, R_ID)
        first = is_on(section.find(_FIRST_DIFFERS))
        shown = {"default": True, "first": first, "even": even}
        found.update(key for (_, which), key in current.items() if shown.get(which, True))
    return found


def sections_of(document: Element) -> Iterator[Element]:
    """The properties of each section in order, without what they were before a tracked change."""
    for section in document.iter(name("w:sectPr")):
        parent = section.getparent()
        if parent is None or parent.tag != name("w:sectPrChange"):
            yield section


def parts_of(relations: dict[str, Relation]) -> Iterator[tuple[str, str]]:
    """The headers, then the footers, that a document has: id and path, each path once."""
    seen: set[str] = set()
    for kind in KINDS:
        for key, relation in relations.items():
            if relation.kind == kind and not relation.external and relation.target not in seen:
                seen.add(relation.target)
                yield key, relation.target


def kind_of(line: Line) -> str:
    """Whether a line of a header holds the number of the page and nothing else."""
    is_number = _PAGE_WORDS.fullmatch(line.text) is not None and (line.counts_pages or any(map(str.isdigit, line.text)))
    return "page_number" if is_number else "running_header"
