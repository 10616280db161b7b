"""Runs: the text itself, signs, fields, references to notes and comments."""

import re

from documents.reading.docx.changes import KINDS, NOBODYS_DELETION, change_of
from documents.reading.docx.fields import told
from documents.reading.docx.names import Element, attribute, child, is_on, name, words_in
from documents.reading.docx.numerals import raised
from documents.reading.docx.story import Handler, Story
from documents.reading.docx.symbols import PRIVATE, plain_symbol

_RPR = name("w:rPr")
_SPACE = name("xml:space")
_TYPE = name("w:type")
_IN_TEXT = re.compile("[\t\n\r]")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def run(story: Story, element: Element) -> None:
    """A ``w:r``: its look, then what is in it."""
    rpr = element.find(_RPR)
    before = story.look, story.unseen
    story.look = story.file.styles.look(story.style, rpr, story.table_style)
    story.unseen = story.look.unseen_on(story.ground)
    story.inside(element)
    story.look, story.unseen = before


def text(story: Story, element: Element) -> None:
    """A ``w:t``. White space at its ends counts only where it says so, as in Word."""
    said = (element.text or "") if not len(element) else "".join(element.itertext())
    if element.get(_SPACE) != "preserve":
        said = said.strip(" \t\r\n")
    if not said:
        return
    if not said.isprintable():
        said = _NO_TEXT.sub("", _IN_TEXT.sub(" ", said))
        if PRIVATE.search(said):
            said = _plain(story, said)
    # A figure that is raised would be one more digit of the number it follows.
    if story.look.raised and said.strip().isdecimal():
        said = raised(said)
    story.say(said)


def deleted_text(story: Story, element: Element) -> None:
    if _is_deleted(story):
        text(story, element)
    else:
        with story.within(NOBODYS_DELETION):
            text(story, element)


def _plain(story: Story, said: str) -> str:
    """Text without letters of symbol fonts, as far as they are known."""
    font = story.look.font
    made = PRIVATE.sub(lambda sign: plain_symbol(ord(sign[0]), font) or sign[0], said)
    if PRIVATE.search(made):
        story.note("unreadable-characters", f"Here are letters of a symbol font ({font[:60] or 'not named'})", "")
    return made


def symbol(story: Story, element: Element) -> None:
    font = attribute(element, name("w:font"))
    try:
        code = int(attribute(element, name("w:char")), 16)
    except ValueError:
        return
    plain = plain_symbol(code, font)
    if plain is None:
        story.note("unreadable-characters", f"Here is a letter of a symbol font ({font[:60] or 'not named'})", "")
        plain = chr(code) if 0xF000 <= code <= 0xF0FF else "\ufffd"
    story.say(plain)


def line_break(story: Story, element: Element) -> None:
    """A page turns on the border of a paragraph: before its first word, or behind it."""
    if attribute(element, _TYPE) == "page" and story.is_body and not story.in_cell and not _is_deleted(story):
        if not story.line.has_words:
            story.file.out.feed = True
            return
        story.line.feed_after = True
    story.say("\n")


def _is_deleted(story: Story) -> bool:
    return any(change.kind == "del" for change in story.changes)


def _saying(sign: str) -> Handler:
    return lambda story, _element: story.say(sign)


# ---- tracked changes


def change(story: Story, element: Element) -> None:
    with story.within(change_of(element)):
        story.inside(element)


# ---- fields


def field_character(story: Story, element: Element) -> None:
    if element in story.odd_fields:
        return
    kind = attribute(element, name("w:fldCharType"))
    if kind == "begin":
        story.fields.begin()
        _form(story, element)
    elif kind == "separate":
        story.fields.separate()
    elif kind == "end":
        story.note_field(story.fields.end())


def instruction(story: Story, element: Element) -> None:
    said = "".join(element.itertext())
    if (code := story.fields.instruction) is not None:
        code.parts.append(said)
    elif said.strip():
        story.note("field-code", "The instruction of a field is not wording", said)


def simple_field(story: Story, element: Element) -> None:
    said = attribute(element, name("w:instr"))
    outside = len(story.fields)
    story.fields.begin(said, in_result=True)
    story.inside(element)
    while len(story.fields) > outside + 1:  # begun in here and ended further on, if at all
        story.note_field(story.fields.end())
    if len(story.fields) > outside:
        story.fields.end()
    story.note_field(told(said, holds_text=False))


def _form(story: Story, element: Element) -> None:
    """A field to fill in whose choice is kept beside the text: a list, or a box to tick."""
    form = element.find(name("w:ffData"))
    if (choices := child(form, name("w:ddList"))) is not None:
        entries = [attribute(one) for one in choices.findall(name("w:listEntry"))]
        chosen = attribute(choices.find(name("w:result"))) or attribute(choices.find(name("w:default"))) or "0"
        if chosen.isdecimal() and int(chosen) < len(entries):
            _say_behind_code(story, entries[int(chosen)])
        story.note("field-code", "The choices of a list to choose from are not wording", ", ".join(entries))
    elif (box := child(form, name("w:checkBox"))) is not None:
        ticked = box.find(name("w:checked"))
        _say_behind_code(story, "☒" if is_on(ticked if ticked is not None else box.find(name("w:default"))) else "☐")


def _say_behind_code(story: Story, said: str) -> None:
    """Print something for a field that has just begun, which has no result of its own."""
    fields, story.fields = story.fields, type(story.fields)()
    story.say(said)
    story.fields = fields


# ---- notes and comments


def note_reference(story: Story, element: Element) -> None:
    if story.set_aside or story.unseen or story.fields.instruction is not None:
        return  # a note that nobody is referred to is reported in the end
    kind = "footnote" if element.tag == name("w:footnoteReference") else "endnote"
    custom = is_on_attribute(element, name("w:customMarkFollows"))
    key, mark = story.file.notes.refer(kind, element, custom=custom)
    if mark:
        story.say(mark)
    else:
        story.custom_mark = key


def is_on_attribute(element: Element, key: str) -> bool:
    return attribute(element, key) in ("1", "true", "on")


def comment(story: Story, element: Element) -> None:
    if (found := story.file.notes.come_to(element)) is not None:
        story.note("comment", f"A comment by {found.author or 'nobody that the file names'}", found.words)


# ---- letters with letters above them


def small_letters(story: Story, element: Element) -> None:
    """A ``w:rt``: how the words below it are read."""
    if words := words_in(element):
        story.note("unread-element", "Small letters above the line were set aside", words)


HANDLERS: dict[object, Handler] = {
    name("w:r"): run,
    name("w:t"): text,
    name("w:delText"): deleted_text,
    name("w:tab"): _saying("\t"),
    name("w:ptab"): _saying("\t"),
    name("w:br"): line_break,
    name("w:cr"): _saying("\n"),
    name("w:noBreakHyphen"): _saying("\u2011"),
    name("w:softHyphen"): _saying("\xad"),
    name("w:sym"): symbol,
    name("w:fldChar"): field_character,
    name("w:instrText"): instruction,
    name("w:delInstrText"): instruction,
    name("w:fldSimple"): simple_field,
    name("w:footnoteReference"): note_reference,
    name("w:endnoteReference"): note_reference,
    name("w:commentRangeStart"): comment,
    name("w:commentReference"): comment,
    name("w:rt"): small_letters,
    **dict.fromkeys(KINDS, change),
}
