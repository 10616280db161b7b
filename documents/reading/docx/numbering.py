"""Automatic numbering: the label that Word would print before a paragraph."""

import re
from typing import NamedTuple

from documents.reading.docx.looks import properties
from documents.reading.docx.names import Element, attribute, child, is_on, name
from documents.reading.docx.numerals import numeral
from documents.reading.docx.styles import Numbered, ParagraphStyle, Styles

_LEVELS = 9
_BULLET = "•"
_PLACE = re.compile("%([1-9])")
_ILVL, _NUM_ID, _ABSTRACT_ID = name("w:ilvl"), name("w:numId"), name("w:abstractNumId")
# Signs that stand for a bullet only in the font of the list, and are another letter in every other font.
_SYMBOL_FONTS = ("symbol", "wingdings", "webdings", "courier", "marlett")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class Level(NamedTuple):
    """One level of a list. ``form`` is Word's number format, ``text`` holds ``%1`` for the number of the first level,
    ``gap`` parts the label from the words, ``restart`` is Word's ``lvlRestart`` (None: after any higher level)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    gap: str = " "
    in_figures: bool = False
    restart: int | None = None
    style: str = ""
    hidden: bool = False


class List(NamedTuple):
    """A list as paragraphs name it: lists that share ``counter`` count on together, but for the levels in ``starts``."""

    counter: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Label(NamedTuple):
    """A label as printed, with what parts it from the words. ``counts`` is False for a bullet."""

    text: str
    counts: bool


class Numbering:
    """The lists of one file and how far each has counted; the paragraphs are to be asked for in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        elements = {
            tag: list(root.iter(name(f"w:{tag}"))) if root is not None else [] for tag in ("abstractNum", "num")
        }
        self._abstract = {attribute(one, _ABSTRACT_ID): one for one in elements["abstractNum"]}
        self._nums = {attribute(one, _NUM_ID): one for one in elements["num"]}
        self._lists: dict[str, List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def label(self, own: Numbered, style: ParagraphStyle) -> Label | None:
        """The label of the next paragraph, whose own properties and whose style say this of its list."""
        list_id = style.numbered.list_id if own.list_id is None else own.list_id
        if list_id is None or (found := self._list(list_id)) is None:
            return None
        at = own.level if own.level is not None else _level_of(style, found)
        level = found.levels.get(at)
        if level is None:
            return None
        counts = self._count(list_id, found, at)
        return None if level.hidden else _printed(level, at, found, counts)

    def _count(self, list_id: str, found: List, at: int) -> dict[int, int]:
        counts = self._counts.setdefault(found.counter, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for number, start in found.starts.items():
                counts[number] = start - 1
        counts[at] = counts[at] + 1 if at in counts else found.levels[at].start
        for deeper, level in found.levels.items():
            if deeper > at and level.restart != 0 and (level.restart is None or at < level.restart):
                counts.pop(deeper, None)
        return counts

    def _list(self, list_id: str) -> List | None:
        if list_id not in self._lists:
            self._lists[list_id] = self._made(list_id)
        return self._lists[list_id]

    def _made(self, list_id: str) -> List | None:
        """A list with its levels; None for the list that is none, ``0``, and for one that is not defined."""
        if (num := self._nums.get(list_id)) is None or list_id == "0":
            return None
        abstract = self._abstract.get(counter := attribute(num.find(_ABSTRACT_ID)))
        if (link := child(abstract, name("w:numStyleLink"))) is not None:  # defined by a style, elsewhere
            linked = self._nums.get(self._styles.list_of(attribute(link)) or "")
            counter = attribute(linked.find(_ABSTRACT_ID)) if linked is not None else counter
            abstract = self._abstract.get(counter)
        if abstract is None:
            return None
        levels = dict(map(_level, abstract.findall(name("w:lvl"))))
        starts = {}
        for override in num.findall(name("w:lvlOverride")):
            at = _number(override, _ILVL)
            if (own := override.find(name("w:lvl"))) is not None:
                levels[at] = _level(own)[1]
            if (start := override.find(name("w:startOverride"))) is not None:
                starts[at] = _number(start)
        return List(counter, {at: level for at, level in levels.items() if at < _LEVELS}, starts)


def _level_of(style: ParagraphStyle, found: List) -> int:
    """The level that is linked to the paragraph's style, or the one that the style names."""
    linked = {level.style: at for at, level in found.levels.items() if level.style}
    return next((linked[one] for one in style.chain if one in linked), style.numbered.level or 0)


def _level(element: Element) -> tuple[int, Level]:
    form = attribute(child(element, name("w:numFmt"))) or "decimal"
    if form == "decimal" and (better := element.find(f"{name('mc:AlternateContent')}//{name('w:numFmt')}")) is not None:
        form = attribute(better)
    start, restart = element.find(name("w:start")), element.find(name("w:lvlRestart"))
    look = properties(element.find(name("w:rPr")))
    text = attribute(element.find(name("w:lvlText")))
    if form == "bullet" and (
        element.find(name("w:lvlPicBulletId")) is not None or _is_symbol(text, look.get("rFonts", ""))
    ):
        text = _BULLET
    return _number(element, _ILVL), Level(
        1 if start is None else _number(start),
        form,
        text,
        "" if attribute(element.find(name("w:suff"))) == "nothing" else " ",
        is_on(element.find(name("w:isLgl"))),
        None if restart is None else _number(restart),
        attribute(element.find(name("w:pStyle"))),
        bool(look.get("vanish")),
    )


def _is_symbol(text: str, font: str) -> bool:
    return _PRIVATE.search(text) is not None or font.casefold().startswith(_SYMBOL_FONTS) or text == "·"


def _number(element: Element, key: str = name("w:val")) -> int:
    said = attribute(element, key)
    return min(int(said), 999_999) if said.isdecimal() and len(said) < 10 else 0


def _printed(level: Level, at: int, found: List, counts: dict[int, int]) -> Label | None:
    def figure(place: re.Match[str]) -> str:
        named = int(place[1]) - 1
        other = found.levels.get(named)
        if other is None or named > at:
            return ""
        form = "decimal" if level.in_figures and other.form != "none" else other.form
        return numeral(counts.get(named, other.start), form)

    is_bullet = level.form == "bullet"
    text = level.text if is_bullet else _PLACE.sub(figure, level.text)
    return Label(text + level.gap, not is_bullet) if text.strip() else None
