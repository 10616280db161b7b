"""Footnotes, endnotes and comments: which there are, in which order the text refers to them, and by which marks."""

from typing import NamedTuple

from documents.reading.docx.names import ID, Element, attribute, child, name, words_in
from documents.reading.docx.numerals import numeral, raised

_TYPE = name("w:type")
_NO_NOTES = ("separator", "continuationSeparator", "continuationNotice")
KINDS = ("footnote", "endnote")
# Word counts endnotes in small roman figures unless it is told otherwise.
_USUAL = {"footnote": "decimal", "endnote": "lowerRoman"}


class Comment(NamedTuple):
    """A comment: who wrote it, and all of its words."""

    author: str
    words: str


class Counting(NamedTuple):
    """How notes of a kind are counted: from which number, in which of Word's number formats."""

    start: int
    form: str


class Notes:
    """The notes and comments of a file. ``referred`` are the keys of the notes (``footnote 2``) as the text comes to
    them, ``marks`` what prints for each; ``waiting`` are the comments that the text has not come to."""

    def __init__(self, roots: dict[str, Element | None], comments: Element | None, settings: list[Element]) -> None:
        self.elements: dict[str, Element] = {}
        for kind, root in roots.items():
            for one in root.iter(name(f"w:{kind}")) if root is not None else ():
                if attribute(one, _TYPE) not in _NO_NOTES:
                    self.elements[_key(kind, one)] = one
        self.marks: dict[str, str] = {}
        self.referred: list[str] = []
        self._counting = {kind: _counting(kind, settings) for kind in KINDS}
        self._counts = {kind: counting.start for kind, counting in self._counting.items()}
        self.waiting = {
            attribute(one, ID): Comment(attribute(one, name("w:author")), words_in(one))
            for one in (comments.iter(name("w:comment")) if comments is not None else ())
        }

    def refer(self, kind: str, reference: Element, *, custom: bool) -> tuple[str, str]:
        """The key of the note that is referred to, and the mark to print (empty: the text that follows is its mark)."""
        key = _key(kind, reference)
        if key in self.marks:
            return key, self.marks[key]
        if key in self.elements:
            self.referred.append(key)
        if custom:
            return key, ""
        number = self._counts[kind]
        self._counts[kind] += 1
        self.marks[key] = raised(numeral(number, self._counting[kind].form))
        return key, self.marks[key]

    def come_to(self, reference: Element) -> Comment | None:
        """The comment that is referred to, the first time."""
        return self.waiting.pop(attribute(reference, ID), None)


def _key(kind: str, element: Element) -> str:
    return f"{kind} {attribute(element, ID)}"


def _counting(kind: str, settings: list[Element]) -> Counting:
    """What the first of several places says that says anything."""
    said = [child(one, name(f"w:{kind}Pr")) for one in settings]
    starts = (attribute(child(one, name("w:numStart"))) for one in said)
    forms = (attribute(child(one, name("w:numFmt"))) for one in said)
    start = next((int(one) for one in starts if one.isdecimal()), 1)
    return Counting(start, next(filter(None, forms), _USUAL[kind]))
