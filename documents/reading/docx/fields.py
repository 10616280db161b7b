"""Fields: their results are wording, their instructions are not; what an instruction fetches or hides is listed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from documents.reading.docx.names import Element, attribute, name

# Instructions that only count, date or refer inside the document: nothing to tell a person.
_HARMLESS = frozenset(
    re.findall(
        r"\w+",
        "PAGE NUMPAGES SECTION SECTIONPAGES PAGEREF REF NOTEREF STYLEREF SEQ TOC TOA INDEX BIBLIOGRAPHY CITATION DATE TIME "
        "CREATEDATE SAVEDATE PRINTDATE TITLE SUBJECT AUTHOR FILENAME NUMCHARS NUMWORDS FORMTEXT FORMCHECKBOX FORMDROPDOWN",
    )
)
_FETCHING = frozenset(
    re.findall(r"\w+", "INCLUDEPICTURE INCLUDETEXT INCLUDE LINK DDE DDEAUTO IMPORT RD DATABASE EMBED HYPERLINK")
)
_PAGES = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_LONGEST_HARMLESS = 200  # characters; a longer instruction holds more than an instruction
_TOKEN = re.compile(r'\\(?P<switch>\S)|"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+)')
_WITH_VALUE = "lot"  # switches of HYPERLINK: a place in the document, a tip, a window
_TYPE = name("w:fldCharType")


class Said(NamedTuple):
    """What there is to tell of a field: the code of a notice, its sentence, and the words to quote."""

    code: str
    sentence: str
    quote: str


@dataclass(slots=True)
class Field:
    """A field that is open: the parts of its instruction, until its result begins."""

    parts: list[str] = field(default_factory=list)
    in_result: bool = False
    holds_text: bool = False

    @property
    def keyword(self) -> str:
        return keyword_of("".join(self.parts))


class Fields:
    """The fields that are open at a place in a story; they may run over many paragraphs."""

    def __init__(self) -> None:
        self._open: list[Field] = []

    def __len__(self) -> int:
        return len(self._open)

    @property
    def instruction(self) -> Field | None:
        """The innermost field whose instruction text stands here; None where it is wording."""
        return next((one for one in reversed(self._open) if not one.in_result), None)

    @property
    def counts_pages(self) -> bool:
        """Whether this is the result of a field that prints a page number."""
        return any(one.in_result and one.keyword in _PAGES for one in self._open)

    def begin(self, instruction: str = "", *, in_result: bool = False) -> None:
        self._open.append(Field([instruction], in_result))

    def separate(self) -> None:
        if self._open:
            self._open[-1].in_result = True

    def end(self) -> Said | None:
        """Close the innermost field, and say what there is to tell of it."""
        if not self._open:
            return None
        closed = self._open.pop()
        return told("".join(closed.parts), holds_text=closed.holds_text)


def keyword_of(instruction: str) -> str:
    """The word that says what a field does."""
    return next(iter(instruction.split(None, 1)), "").upper()


def told(instruction: str, *, holds_text: bool) -> Said | None:
    """What there is to tell of a field with this instruction; None for one that does nothing worth telling."""
    instruction = instruction.strip()
    keyword = keyword_of(instruction)
    if keyword == "HYPERLINK" and not (target := _target(instruction)) and not holds_text:
        return None  # a place in the document itself
    if keyword == "HYPERLINK" and target:
        return Said("external-link", f"A link leads to “{target[:500]}”; its instruction", instruction)
    if keyword in _FETCHING:
        return Said("external-link", "A field fetches something from outside the file", instruction)
    if not instruction or (keyword in _HARMLESS and len(instruction) <= _LONGEST_HARMLESS and not holds_text):
        return None
    return Said("field-code", "The instruction of a field is not wording", instruction)


def unpaired(root: Element) -> frozenset[Element]:
    """The field characters of a part that begin nothing, or end nothing: they are passed over, lest the text between
    one of them and the end of the file be taken for an instruction."""
    odd: list[Element] = []
    begun: list[Element] = []
    for one in root.iter(name("w:fldChar")):
        kind = attribute(one, _TYPE)
        if kind == "begin":
            begun.append(one)
        elif kind == "end" and begun:
            begun.pop()
        elif not begun:
            odd.append(one)
    return frozenset((*odd, *begun))


def _target(instruction: str) -> str:
    return next(_arguments(instruction), "")


def _arguments(instruction: str) -> Iterator[str]:
    """What HYPERLINK is told, without its switches and what belongs to them."""
    tokens = _TOKEN.finditer(instruction)
    next(tokens, None)
    skips = False
    for token in tokens:
        if token["switch"]:
            skips = token["switch"] in _WITH_VALUE
        elif skips:
            skips = False
        else:
            yield token["quoted"] or token["bare"] or ""
