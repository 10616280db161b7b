"""Blocks: paragraphs with their labels, content controls, and the containers that hold them."""

from documents.reading.docx.changes import KINDS, Change, change_of
from documents.reading.docx.looks import PLAIN
from documents.reading.docx.names import Element, attribute, child, is_on, name, names
from documents.reading.docx.shades import shading_of
from documents.reading.docx.story import Handler, Story
from documents.reading.docx.styles import numbered

_PPR, _RPR, _STYLE = name("w:pPr"), name("w:rPr"), name("w:pStyle")
_NEW_PAGE, _SHADING, _FRAME, _SECTION = name("w:pageBreakBefore"), name("w:shd"), name("w:framePr"), name("w:sectPr")
_PLACEHOLDER = name("w:sdtPr"), name("w:showingPlcHdr")
_HIDDEN_ENDS = (name("w:vanish"), name("w:specVanish"))


def paragraph(story: Story, element: Element) -> None:
    """A ``w:p``: one line, unless its end does not show and it goes on in the next."""
    goes_on = bool(story.line.pieces or story.line.label) and story.carried
    if not goes_on and (story.line.pieces or story.line.label):
        story.flush()
    story.carried = False
    ppr = element.find(_PPR)
    before = story.style, story.ground
    story.style = attribute(child(ppr, _STYLE))
    style = story.file.styles.paragraph(story.style)
    story.ground = shading_of(child(ppr, _SHADING)) or style.fill or story.ground
    if _turns_page(ppr, style.new_page) and story.is_body and not story.in_cell:
        story.file.out.feed = True
    label = story.file.numbering.label(numbered(ppr), style)
    had = len(story.line.pieces)
    if label is not None and not goes_on:
        story.line.label = label.text
    elif label is not None:
        story.line.say(label.text, PLAIN, ())
    story.inside(element)
    story.style, story.ground = before
    _end(story, ppr, had, counts=label is not None and label.counts)


def _end(story: Story, ppr: Element | None, had: int, *, counts: bool) -> None:
    mark = child(ppr, _RPR)
    end_hides = mark is not None and any(is_on(mark.find(one)) for one in _HIDDEN_ENDS)
    has_words = any(not piece.is_blank for piece in story.line.pieces[had:])
    # A bullet without words, and the label of a paragraph that is hidden with its end, say nothing.
    if not story.line.has_words and (end_hides or story.set_aside or not counts):
        story.line.label = ""
    drops_letter = attribute(child(ppr, _FRAME), name("w:dropCap")) in ("drop", "margin")
    if has_words and (end_hides or drops_letter):
        story.carried = True
        return
    story.flush(_end_change(mark))
    section = child(ppr, _SECTION)
    if section is not None and attribute(section.find(name("w:type"))) != "continuous" and story.is_body:
        story.file.out.feed = True


def _turns_page(ppr: Element | None, by_style: bool) -> bool:
    said = child(ppr, _NEW_PAGE)
    return by_style if said is None else is_on(said)


def _end_change(mark: Element | None) -> Change | None:
    """How the end of a paragraph was changed, if with tracking."""
    found = [one for one in mark if one.tag in KINDS] if mark is not None else []
    return change_of(found[-1]) if found else None


def content_control(story: Story, element: Element) -> None:
    """A ``w:sdt``. Its placeholder is what stands there until somebody fills it in."""
    if is_on(child(element, *_PLACEHOLDER)):
        with story.aside("placeholder"):
            story.inside(element)
    else:
        story.inside(element)


def container(story: Story, element: Element) -> None:
    """An element that only wraps others."""
    story.inside(element)


def passed_over(story: Story, element: Element) -> None:
    """An element without words: properties, bookmarks, marks of ranges."""


_PASSED_OVER = names(
    "w:pPr w:rPr w:tblPr w:tblGrid w:tblPrEx w:trPr w:tcPr w:sectPr w:sdtPr w:sdtEndPr w:customXmlPr w:smartTagPr w:rubyPr "
    "w:bookmarkStart w:bookmarkEnd w:proofErr w:permStart w:permEnd w:commentRangeEnd w:lastRenderedPageBreak "
    "w:annotationRef w:footnoteRef w:endnoteRef w:separator w:continuationSeparator w:pgNum "
    "m:rPr m:fPr m:dPr m:radPr m:naryPr m:sSupPr m:sSubPr m:sSubSupPr m:ctrlPr m:oMathParaPr m:argPr"
)

HANDLERS: dict[object, Handler] = {
    name("w:p"): paragraph,
    name("w:sdt"): content_control,
    **dict.fromkeys(
        names("w:smartTag w:customXml w:sdtContent w:dir w:bdo w:body w:txbxContent w:ruby w:rubyBase"), container
    ),
    **dict.fromkeys(_PASSED_OVER, passed_over),
}
