"""Formulas: their letters are wording, on one line, with the signs that keep ``1/2`` from being read as ``12``."""

from documents.reading.docx.names import PREFIXES, Element, attribute, child, name
from documents.reading.docx.story import Handler, Story

_VAL = name("m:val")
_OWN = f"{{{PREFIXES['m']}}}"
_BETWEEN = {name("m:den"): "/", name("m:sup"): "^", name("m:sub"): "_", name("m:deg"): ""}


def formula(story: Story, element: Element) -> None:
    """Any element of a formula: its parts in order."""
    tag = element.tag
    opening, closing = "", ""
    if tag == name("m:d"):
        said = element.find(name("m:dPr"))
        opening, closing = _sign(said, "m:begChr", "("), _sign(said, "m:endChr", ")")
    elif tag == name("m:rad"):
        opening = "√"
    elif tag == name("m:nary"):
        opening = _sign(element.find(name("m:naryPr")), "m:chr", "∫")
    elif tag in _BETWEEN and any(True for _ in element.iter(name("m:t"))):
        opening = _BETWEEN[tag]
    if opening:
        story.say(opening)
    story.inside(element)
    if closing:
        story.say(closing)


def _sign(said: Element | None, which: str, usual: str) -> str:
    sign = child(said, name(which))
    return usual if sign is None or sign.get(_VAL) is None else attribute(sign, _VAL)


def formula_text(story: Story, element: Element) -> None:
    story.say("".join(element.itertext()))


def formula_paragraph(story: Story, element: Element) -> None:
    """A formula that stands on a line of its own."""
    if story.line.has_words:
        story.say("\n")
    formula(story, element)


_PARTS = (
    "oMath r f num den e sup sub deg d rad nary sSup sSub sSubSup sPre func fName limLow limUpp lim bar acc box "
    "borderBox groupChr phant m mr eqArr"
)

HANDLERS: dict[object, Handler] = {
    **dict.fromkeys((f"{_OWN}{part}" for part in _PARTS.split()), formula),
    name("m:oMathPara"): formula_paragraph,
    name("m:t"): formula_text,
}
