"""Styles: what a paragraph and its runs look like once everything they are based on is reckoned in."""

from typing import NamedTuple

from documents.reading.docx.looks import TOGGLES, Look, Properties, look_of, properties
from documents.reading.docx.names import Element, attribute, child, is_on, name
from documents.reading.docx.shades import shading_of

_LONGEST_CHAIN = 50
_RPR, _PPR, _NUM_PR = name("w:rPr"), name("w:pPr"), name("w:numPr")
_RUN_STYLE, _NUM_ID, _ILVL = name("w:rStyle"), name("w:numId"), name("w:ilvl")
_STYLE_ID, _TYPE, _DEFAULT = name("w:styleId"), name("w:type"), name("w:default")


class Numbered(NamedTuple):
    """Which list a paragraph belongs to, and how deep in it; None where nothing is said."""

    list_id: str | None = None
    level: int | None = None


class ParagraphStyle(NamedTuple):
    """What a paragraph style says of whole paragraphs; ``chain`` is the style and all it is based on, nearest first."""

    chain: tuple[str, ...] = ()
    numbered: Numbered = Numbered()
    new_page: bool = False
    fill: str = ""


class Styles:
    """The styles of one file (the root of ``styles.xml``, or None where it has none)."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        for style in root.iter(name("w:style")) if root is not None else ():
            self._styles[attribute(style, _STYLE_ID)] = style
            if attribute(style, _TYPE) == "paragraph" and attribute(style, _DEFAULT) in ("1", "true", "on"):
                self._default = attribute(style, _STYLE_ID)
        self._defaults = properties(child(root, name("w:docDefaults"), name("w:rPrDefault"), _RPR))
        self._own: dict[str, Properties] = {}
        self._bases: dict[tuple[str, str, str], tuple[Properties, Look]] = {}
        self._looks: dict[tuple[object, ...], Look] = {}
        self._paragraphs: dict[str, ParagraphStyle] = {}

    def look(self, paragraph: str, rpr: Element | None, table: str = "") -> Look:
        """The look of a run with these properties in a paragraph and a table of these styles."""
        character = attribute(rpr.find(_RUN_STYLE)) if rpr is not None else ""
        key = paragraph or self._default, character, table
        if (base := self._bases.get(key)) is None:
            said = self._combined(*key)
            base = self._bases[key] = said, look_of(said)
        if rpr is None or not (direct := properties(rpr)):
            return base[1]
        # A file has 30,000 runs and a few dozen looks.
        whole = (*key, *direct.items())
        if (found := self._looks.get(whole)) is None:
            found = self._looks[whole] = look_of({**base[0], **direct})
        return found

    def paragraph(self, style: str) -> ParagraphStyle:
        """What the style of a paragraph (empty: the default one) says of it."""
        if (found := self._paragraphs.get(style)) is None:
            found = self._paragraphs[style] = self._paragraph(style or self._default)
        return found

    def list_of(self, style: str) -> str | None:
        """The list that a numbering style stands for."""
        return numbered(child(self._styles.get(style), _PPR)).list_id

    def shades_cells(self, table: str) -> bool:
        """Whether a table style gives a ground to some of its cells, so that white text in them may well be seen."""
        shadings = (shade for one in self._chain(table) for shade in self._styles[one].iter(name("w:shd")))
        return any(shading_of(shade) for shade in shadings)

    def _combined(self, *styles: str) -> Properties:
        """The properties of a paragraph, a character and a table style together. What is switched: an odd number of
        them must be for it, unless the document's defaults are."""
        paragraph, character, table = map(self._of, styles)
        said = {**self._defaults, **table, **paragraph, **character}
        for toggle in TOGGLES:
            if toggle in said:
                switched = bool(table.get(toggle)) ^ bool(paragraph.get(toggle)) ^ bool(character.get(toggle))
                said[toggle] = bool(self._defaults.get(toggle)) or switched
        return said

    def _of(self, style: str) -> Properties:
        if (found := self._own.get(style)) is None:
            found = self._own[style] = {}
            for one in reversed(self._chain(style)):
                found.update(properties(self._styles[one].find(_RPR)))
        return found

    def _paragraph(self, style: str) -> ParagraphStyle:
        chain = self._chain(style)
        list_id = level = None
        new_page, fill = False, ""
        for one in reversed(chain):
            if (ppr := self._styles[one].find(_PPR)) is None:
                continue
            own = numbered(ppr)
            list_id = list_id if own.list_id is None else own.list_id
            level = level if own.level is None else own.level
            if (said := ppr.find(name("w:pageBreakBefore"))) is not None:
                new_page = is_on(said)
            fill = shading_of(ppr.find(name("w:shd"))) or fill
        return ParagraphStyle(chain, Numbered(list_id, level), new_page, fill)

    def _chain(self, style: str) -> tuple[str, ...]:
        """The style and all it is based on; a ring is cut where it closes."""
        chain: list[str] = []
        while style in self._styles and style not in chain and len(chain) < _LONGEST_CHAIN:
            chain.append(style)
            style = attribute(self._styles[style].find(name("w:basedOn")))
        return tuple(chain)


def numbered(ppr: Element | None) -> Numbered:
    """What the properties of a paragraph, or of a style, say of its list."""
    if (said := child(ppr, _NUM_PR)) is None:
        return Numbered()
    list_id, level = said.find(_NUM_ID), attribute(said.find(_ILVL))
    return Numbered(attribute(list_id) if list_id is not None else None, int(level) if level.isdecimal() else None)
