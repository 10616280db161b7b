"""A story is the text of one part: the body, the notes, one header. This is how far its reading has got."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from documents.notation.lines import BLANK
from documents.notation.shown import Range
from documents.notation.tree import MAX_DEPTH
from documents.reading.docx.changes import Change, in_whole
from documents.reading.docx.fields import Fields, Said
from documents.reading.docx.line import Line
from documents.reading.docx.looks import PLAIN, Look
from documents.reading.docx.names import PREFIXES, Element, words_in
from documents.reading.docx.notes import Notes
from documents.reading.docx.notices import notice
from documents.reading.docx.numbering import Numbering
from documents.reading.docx.parts import Parts, Relation
from documents.reading.docx.shades import WHITE
from documents.reading.docx.source import Source
from documents.reading.docx.styles import Styles
from documents.reading.docx.tally import Tally

_OWN = f"{{{PREFIXES['w']}}}"


class File(NamedTuple):
    """What all stories of a file share. ``page`` is the colour of its pages."""

    parts: Parts
    styles: Styles
    numbering: Numbering
    notes: Notes
    out: Source
    tally: Tally
    page: str = WHITE


class Box(NamedTuple):
    """A text box that waits until the paragraph it is anchored in is done."""

    content: Element
    ground: str
    changes: tuple[Change, ...]


Handler = Callable[["Story", Element], None]


@dataclass
class Story:
    """Where the reading of a story is.

    ``is_body``: its paragraphs are those of the document, those of every other story are mere lines. ``ground`` is the
    colour that text stands on here, ``set_aside`` why no text in here is wording, ``unseen`` why that of this run is not.
    ``lead`` is what the first line is to begin with. ``wrote`` is told of each line and its range.
    """

    file: File
    handlers: Mapping[object, Handler]
    relations: Mapping[str, Relation]
    odd_fields: frozenset[Element] = frozenset()
    is_body: bool = False
    ground: str = WHITE
    lead: str = ""
    keeps: Callable[[Line], bool] = lambda line: True
    wrote: Callable[[Line, Range], None] = lambda line, src: None
    # The place that has been reached.
    line: Line = field(default_factory=Line)
    boxes: list[Box] = field(default_factory=list)
    fields: Fields = field(default_factory=Fields)
    changes: tuple[Change, ...] = ()
    style: str = ""
    table_style: str = ""
    look: Look = PLAIN
    unseen: str = ""
    set_aside: str = ""
    rows: list[list[Range]] | None = None
    in_cell: bool = False
    carried: bool = False  # the paragraph that was read last goes on in the next one
    custom_mark: str = ""  # the note whose mark is the text that comes next
    mark_before: Change | None = None  # how the end of the paragraph before was changed
    loose_end: tuple[int, Change] | None = None  # a changed end that no whole paragraph accounts for, so far
    told: set[str] = field(default_factory=set)  # the relations that something was said of

    def inside(self, element: Element) -> None:
        """Read the children of an element, in order."""
        handlers = self.handlers
        for one in element:
            handlers.get(one.tag, unread)(self, one)

    @contextmanager
    def within(self, change: Change) -> Iterator[None]:
        """What is read meanwhile lies in a tracked change."""
        before = self.changes
        if len(before) < MAX_DEPTH:
            self.changes = (*before, change)
        else:
            self.note("tracked-change", f"What was {change.done} lies in too many other changes to be shown as one", "")
        yield
        self.changes = before

    @contextmanager
    def aside(self, why: str) -> Iterator[None]:
        """What is read meanwhile is no wording."""
        before = self.set_aside
        self.set_aside = before or why
        yield
        self.set_aside = before

    # ---- text and notices

    def say(self, text: str) -> None:
        """Text, which is wording unless something here keeps it from being so."""
        if (code := self.fields.instruction) is not None:
            code.parts.append(text)
            code.holds_text = code.holds_text or not text.isspace()
            return
        if self.set_aside or (self.unseen and not (self.unseen == "web" and self.fields)):
            self.line.set_aside(self.set_aside or self.unseen, text)
            return
        if self.custom_mark and (mark := text.strip(BLANK)):
            self.file.notes.marks[self.custom_mark] = mark
            self.custom_mark = ""
        self.line.counts_pages = self.line.counts_pages or self.fields.counts_pages
        self.line.say(text, self.look, self.changes)

    def note(self, code: str, said: str, quote: str) -> None:
        """Something to report, with every word that is no wording because of it."""
        self.line.note(code, said, quote)

    def note_field(self, said: Said | None) -> None:
        if said is not None:
            self.note(*said)

    def refer(self, relation: str, said: str) -> None:
        """Something here refers to what the file calls by this id; an address outside of the file is reported."""
        found = self.relations.get(relation)
        if found is not None and found.external:
            self.told.add(relation)
            self.note("external-link", said, found.target)

    # ---- the end of a paragraph

    def flush(self, end: Change | None = None) -> None:
        """Write the paragraph down that has been read, and the text boxes in it; ``end`` is how its end was changed."""
        line, boxes = self.line, self.boxes
        self.line, self.boxes = Line(), []
        self._write(line, end)
        for box in boxes:
            self._read_box(box)

    def _write(self, line: Line, end: Change | None) -> None:
        out = self.file.out
        whole = in_whole(line.pieces, (self.mark_before, end))
        self._account_for_end(whole, line)
        self.mark_before = end
        if not line.has_words and not line.label.strip():
            line.write_notices(out)
            if self.is_body and not self.in_cell:
                out.owe_one_more()
        elif self.keeps(line):
            self._write_words(line, whole)
            if end is not None and not end.by_same(whole) and line.has_words:
                self.loose_end = out.length, end
        else:
            line.write_notices(out)
        out.feed = out.feed or line.feed_after

    def _write_words(self, line: Line, whole: Change | None) -> None:
        out, is_paragraph = self.file.out, self.is_body and not self.in_cell
        out.begin_line(turns_page=is_paragraph)
        start = out.length
        if self.lead and not line.text.lstrip().startswith(self.lead):
            out.write(f"{self.lead} ")
            line.strip_start()
        self.lead = ""
        line.write(out, self.file.tally, whole)
        if is_paragraph:
            out.begins_paragraph(start)
        self.wrote(line, (start, out.length))
        out.owe(2 if is_paragraph else 1)

    def _account_for_end(self, whole: Change | None, line: Line) -> None:
        """Report a paragraph's end that was changed by itself: its neighbours are to be one, or were."""
        if self.loose_end is None:
            return
        (at, change), self.loose_end = self.loose_end, None
        if change.by_same(whole) or not (line.has_words or line.label.strip()):
            return
        effect = "the next one goes on in it" if change.kind == "del" else "the next one was part of it"
        said = f"The end of this paragraph was {change.done} ({effect}), which the text does not show"
        self.file.out.notices.append(notice("tracked-change", at, said, ""))

    def _read_box(self, box: Box) -> None:
        # A text box has its own fields, and nothing that it is anchored in shapes its text.
        before = self.fields, self.changes, self.ground, self.style, self.look, self.unseen, self.mark_before
        self.fields, self.changes, self.ground, self.mark_before = Fields(), box.changes, box.ground, None
        self.inside(box.content)
        self.end_fields()
        self.end_block()
        self.fields, self.changes, self.ground, self.style, self.look, self.unseen, self.mark_before = before

    def end_fields(self) -> None:
        """Fields that are open where their story ends: what was taken for their instructions is told of."""
        while self.fields:
            self.note_field(self.fields.end())

    def end_block(self) -> None:
        """The end of a cell, a text box, a story: what stands in no paragraph of its own is one."""
        if self.line.is_begun or self.boxes:
            self.flush()
        self.mark_before = None
        self.loose_end = None


def unread(story: Story, element: Element) -> None:
    """An element that is not known. One of Word's own is read on into; what another program put there is set aside,
    as Word does. Either is reported if it holds words."""
    if not isinstance(element.tag, str):
        return
    if element.tag.startswith(_OWN):
        if words := words_in(element):
            story.note("unread-element", f"An element that is not known ({_local(element)}) holds text", words)
            story.inside(element)
    elif words := "".join(element.itertext()).strip():
        story.note("unread-element", f"An element that is not Word's own ({_local(element)}) holds text", words)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2][:40]
