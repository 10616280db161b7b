"""Drawings, pictures, embedded files: text boxes in them are wording, all else is listed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from documents.reading.docx.names import PREFIXES, R_ID, TEXTS, Element, attribute, child, name, words_in
from documents.reading.docx.shades import UNKNOWN, drawn_fill
from documents.reading.docx.story import Box, Handler, Story
from documents.reading.text import NotText

_CONTENT = name("w:txbxContent")
_ALTERNATIVES, _CHOICE, _FALLBACK = name("mc:AlternateContent"), name("mc:Choice"), name("mc:Fallback")
_UNDERSTOOD = ("http://schemas.microsoft.com/office/word/", "http://schemas.microsoft.com/office/drawing/")
_REFERRING = (R_ID, name("r:link"), name("r:href"), name("o:href"), name("r:embed"), name("r:pict"))
_SHAPES = frozenset(
    f"{{{PREFIXES['v']}}}{kind}" for kind in ("shape", "rect", "roundrect", "oval", "line", "polyline", "group")
)
_NAMED = {
    name("pic:pic"): "picture",
    name("v:imagedata"): "picture",
    name("c:chart"): "chart",
    name("dgm:relIds"): "diagram",
    name("o:OLEObject"): "embedded object",
    name("w:control"): "control",
    name("w:contentPart"): "embedded object",
}
_WITH_WORDS = {"chart": R_ID, "diagram": name("r:dm")}
_SAID = {name("wp:docPr"): ("title", "descr"), name("v:textpath"): ("string",), name("o:OLEObject"): ("ProgID",)}


@dataclass(slots=True)
class _Drawn:
    """What is in one drawing: ``kinds`` of things, ``words`` beside its text boxes, ``boxes`` and ``relations``."""

    kinds: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)


def drawing(story: Story, element: Element) -> None:
    """A ``w:drawing``, ``w:pict`` or ``w:object``."""
    drawn = _look_over(story, element)
    for relation in drawn.relations:
        story.refer(relation, "A part of this drawing is outside of the file")
    words = " ".join(dict.fromkeys(filter(None, drawn.words)))
    if drawn.kinds or words:
        kind = drawn.kinds[0] if drawn.kinds else "drawing"
        story.note("embedded-object", f"{'An' if kind[0] in 'aeiou' else 'A'} {kind} is not in the text", words)
    for content in drawn.boxes:
        if story.fields.instruction is not None or story.set_aside or story.unseen:
            story.say(words_in(content))
        else:
            story.boxes.append(Box(content, _ground_of(content, story.ground), story.changes))


def _look_over(story: Story, element: Element) -> _Drawn:
    drawn = _Drawn()
    waiting = [element]
    while waiting:
        one = waiting.pop()
        tag = str(one.tag)
        if tag == _CONTENT:
            drawn.boxes.append(one)
            continue
        if tag == _ALTERNATIVES:
            chosen = _chosen(story, one)
            waiting += [] if chosen is None else [chosen]
            continue
        if tag in TEXTS:
            drawn.words.append("".join(one.itertext()).strip())
            continue
        drawn.words += [attribute(one, key).strip() for key in _SAID.get(tag, ())]
        if tag in _SHAPES:
            drawn.words.append(attribute(one, "alt").strip())
        if (kind := _NAMED.get(tag)) is not None:
            drawn.kinds.append(kind)
            drawn.words += _words_of(story, one, kind)
        drawn.relations += [one.attrib[key] for key in _REFERRING if key in one.attrib]
        waiting += reversed(one)
    return drawn


def _words_of(story: Story, element: Element, kind: str) -> list[str]:
    """The words of a chart or a diagram, which stand in a part of their own."""
    if (key := _WITH_WORDS.get(kind)) is None:
        return []
    relation = story.relations.get(attribute(element, key))
    if relation is None or relation.external:
        return []
    try:
        root = story.file.parts.tree(relation.target)
    except NotText:  # a damaged chart does not make the text unreadable
        return []
    return [] if root is None else [words_in(root)]


def _ground_of(content: Element, outside: str) -> str:
    """The colour that the text of a box stands on."""
    if (parent := content.getparent()) is None or (shape := parent.getparent()) is None:
        return outside
    if parent.tag == name("v:textbox"):
        colour = attribute(shape, "fillcolor").lstrip("#").upper()
        if attribute(shape, "filled") in ("f", "false") or not colour:
            return outside
        return colour if len(colour) == 6 and all(sign in "0123456789ABCDEF" for sign in colour) else UNKNOWN
    fill = drawn_fill(shape.find(name("wps:spPr")))
    by_style = child(shape, name("wps:style"), name("a:fillRef"))
    if by_style is not None and attribute(by_style, "idx") not in ("", "0") and fill in ("", UNKNOWN):
        return UNKNOWN
    return fill or outside


# ---- one content in several forms


def alternatives(story: Story, element: Element) -> None:
    """A ``mc:AlternateContent``: one of its branches is read, never two."""
    if (chosen := _chosen(story, element)) is not None:
        story.inside(chosen)


def _chosen(story: Story, element: Element) -> Element | None:
    """The branch that Word would take. What the others say and this one does not is reported."""
    branches = [one for one in element if one.tag in (_CHOICE, _FALLBACK)]
    chosen = next((one for one in branches if one.tag == _FALLBACK or _is_understood(one)), None)
    known = Counter() if chosen is None else Counter(words_in(chosen).split())
    for other in branches:
        if other is not chosen and Counter((words := words_in(other)).split()) - known:
            story.line.set_aside("branch", words)
    return chosen


def _is_understood(choice: Element) -> bool:
    """Whether Word knows all that a branch requires. Its namespaces are only told by their prefixes."""
    required = attribute(choice, "Requires").split()
    spaces = [choice.nsmap.get(prefix) or "" for prefix in required]
    return all(space.startswith(_UNDERSTOOD) or space in PREFIXES.values() for space in spaces)


# ---- what is embedded without a drawing


def chunk(story: Story, element: Element) -> None:
    """A ``w:altChunk``: a whole file of another kind in the place of paragraphs."""
    relation = story.relations.get(attribute(element, R_ID))
    if relation is None:
        return
    if relation.external:
        story.refer(attribute(element, R_ID), "Another file is to be shown here")
    else:
        story.note("embedded-object", "A file of another kind is embedded here and is not in the text", relation.target)


def subdocument(story: Story, element: Element) -> None:
    story.refer(attribute(element, R_ID), "Another file is to be shown here")


def hyperlink(story: Story, element: Element) -> None:
    """Its text is wording; where it leads, if that is outside, is reported."""
    story.refer(attribute(element, R_ID), "A link leads to")
    story.inside(element)


def remaining(story: Story) -> Iterator[tuple[str, str]]:
    """What the story's part refers to outside of the file and nothing in it told of: kind and address."""
    for key, relation in story.relations.items():
        if relation.external and key not in story.told:
            yield relation.kind, relation.target


HANDLERS: dict[object, Handler] = {
    name("w:drawing"): drawing,
    name("w:pict"): drawing,
    name("w:object"): drawing,
    name("w:control"): drawing,
    name("w:contentPart"): drawing,
    _ALTERNATIVES: alternatives,
    name("w:altChunk"): chunk,
    name("w:subDoc"): subdocument,
    name("w:hyperlink"): hyperlink,
}
