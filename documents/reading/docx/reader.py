"""A Word file (.docx) read: the text in reading order, and everything that the file shows beyond its letters."""

from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from documents.notation.lines import BLANK, collapsed
from documents.notation.shown import Aside, Range, Shown
from documents.reading.docx import blocks, formulas, margins, objects, runs, tables
from documents.reading.docx.fields import unpaired
from documents.reading.docx.line import Line
from documents.reading.docx.names import PREFIXES, Element, attribute, child, is_on, name, names, words_in
from documents.reading.docx.notes import KINDS, Notes
from documents.reading.docx.notices import notice, unseen
from documents.reading.docx.numbering import Numbering
from documents.reading.docx.parts import Parts, Relation
from documents.reading.docx.shades import WHITE
from documents.reading.docx.source import Source
from documents.reading.docx.story import File, Handler, Story
from documents.reading.docx.styles import Styles
from documents.reading.docx.tally import Tally
from documents.reading.refusal import gettext_noop as _
from documents.reading.text import NotText

_HANDLERS: Mapping[object, Handler] = {
    **formulas.HANDLERS,
    **runs.HANDLERS,
    **objects.HANDLERS,
    **tables.HANDLERS,
    **blocks.HANDLERS,
}
_FORMATTING = names(
    "w:rPrChange w:pPrChange w:sectPrChange w:tblPrChange w:tblGridChange w:tblPrExChange w:trPrChange w:tcPrChange "
    "w:numberingChange"
)
_AUTHOR = name("w:author")
_MACROS = "vbaproject.bin"


def take_docx(data: bytes) -> tuple[str, Shown]:
    """The source text of a Word file, in reading order, and everything it shows.

    Raises NotText, whose message is half a sentence that says why the file cannot be read.
    """
    try:
        reader = _Reader(Parts(data))
        reader.read()
    except MemoryError:
        raise NotText(_("it needs more memory than there is")) from None
    except RecursionError:
        raise NotText(_("it is nested too deeply")) from None
    return reader.out.text(), reader.out.shown()


class _Reader:
    """One file on its way to a source."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.out, self.tally = parts, Source(), Tally()
        self.document = parts.document()
        self.relations = parts.relations(parts.main)
        self.settings = self._part("settings")
        self.sections = list(margins.sections_of(self.document))
        self.roots = {kind: self._part(f"{kind}s") for kind in KINDS}
        self.changed: Counter[str] = Counter()
        styles = Styles(self._part("styles"))
        places = [*self.sections, *([] if self.settings is None else [self.settings])]
        notes = Notes(self.roots, self._part("comments"), places)
        numbering = Numbering(self._part("numbering"), styles)
        page = self._colour_of_pages()
        self.file = File(parts, styles, numbering, notes, self.out, self.tally, page)

    def read(self) -> None:
        self._body()
        self._notes()
        self._margins()
        self._the_rest()

    def _body(self) -> None:
        body = self.document.find(name("w:body"))
        story = self._story(self.document, self.relations, is_body=True)
        if body is not None:
            story.inside(body)
        self._end(story)

    def _notes(self) -> None:
        """Each note on lines of its own, in the order in which the text refers to them."""
        stories = {}
        for key in self.file.notes.referred:
            kind = key.partition(" ")[0]
            if kind not in stories:
                stories[kind] = self._story(self.roots[kind], self.parts.relations(self._path(f"{kind}s") or ""))
            self._note(stories[kind], key)
        for story in stories.values():
            self._end(story)
        for key in self.file.notes.elements.keys() - set(self.file.notes.referred):
            if words := words_in(self.file.notes.elements[key]):
                self._say("hidden-text", unseen("note"), words)

    def _note(self, story: Story, key: str) -> None:
        element = self.file.notes.elements[key]
        mark = self.file.notes.marks.get(key) or next(iter(words_in(element).split()), "*")[:5]
        self.out.owe(2)
        self.out.first, before = None, self.out.length
        story.lead = mark
        story.inside(element)
        story.end_block()
        if self.out.first is None:  # a note without words is its mark
            story.lead = ""
            story.say(mark)
            story.flush()
        first = before if self.out.first is None else self.out.first
        self.out.asides.append(Aside("footnote", (first, self.out.length), mark))

    def _margins(self) -> None:
        """Each line of a header or footer once, whatever number of sections it heads."""
        shown = margins.on_pages(self.sections, self.settings)
        seen: set[str] = set()

        def is_new(line: Line) -> bool:
            text, known = collapsed(line.text), len(seen)
            seen.add(text)
            return len(seen) > known

        before = len(self.out.notices)
        for key, path in margins.parts_of(self.relations):
            if (root := self.parts.tree(path)) is None:
                continue
            if not self._is_shown(key, path, shown):
                if words := words_in(root):
                    self._say("hidden-text", unseen("unused"), words)
                continue
            story = self._story(root, self.parts.relations(path))
            story.keeps, story.wrote = is_new, self._margin
            self.out.owe(2)
            story.inside(root)
            self._end(story)
        # A coat of arms in the header of each section is told of once.
        told = {(one.code, one.quote): one for one in reversed(self.out.notices[before:])}
        self.out.notices[before:] = reversed(told.values())

    def _is_shown(self, key: str, path: str, shown: set[str]) -> bool:
        return any(self.relations[one].target == path for one in shown if one in self.relations)

    def _margin(self, line: Line, src: Range) -> None:
        self.out.asides.append(Aside(margins.kind_of(line), src))

    def _the_rest(self) -> None:
        """What belongs to no place in the text."""
        for comment in self.file.notes.waiting.values():
            said = f"A comment by {comment.author or 'nobody that the file names'} on nothing in the text"
            self._say("comment", said, comment.words)
        for name_of in self.parts.names:
            if name_of.casefold().endswith(_MACROS):
                self._say("embedded-object", "The file holds macros, which were not run", name_of)
        for path in ("", self.parts.related(self.parts.main, "settings") or "?"):
            for relation in self.parts.relations(path).values():
                if relation.external:
                    self._say("external-link", _refers(relation.kind), relation.target)
        if count := sum(self.changed.values()):
            who = ", ".join(sorted(filter(None, self.changed))) or "nobody that the file names"
            self.out.notices.append(
                notice(
                    "formatting-change", 0, f"The file holds {count} tracked changes of formatting, by {who[:200]}", ""
                )
            )
        self.out.notices += self.tally.notices()

    # ---- the parts, and the stories in them

    def _part(self, kind: str) -> Element | None:
        return self.parts.tree(self._path(kind))

    def _path(self, kind: str) -> str | None:
        found = (one.target for one in self.relations.values() if one.kind == kind and not one.external)
        return next(found, None)

    def _story(self, root: Element | None, relations: dict[str, Relation], *, is_body: bool = False) -> Story:
        odd = unpaired(root) if root is not None else frozenset()
        if root is not None:
            self.changed.update(attribute(one, _AUTHOR) for one in root.iter(*_FORMATTING))
            for words in _loose(root):
                self._say("unread-element", "Text that stands in no run was set aside", words)
            for words in _misplaced(root):
                self._say("unread-element", "Text where Word has none was set aside", words)
        return Story(self.file, _HANDLERS, relations, odd, is_body=is_body, ground=self.file.page)

    def _end(self, story: Story) -> None:
        """The end of a story: fields that are still open are no fields, and what was not told of is."""
        story.end_fields()
        story.end_block()
        for kind, target in objects.remaining(story):
            self._say("external-link", _refers(kind), target)

    def _say(self, code: str, said: str, quote: str) -> None:
        self.out.notices.append(notice(code, self.out.length, said, quote))

    def _colour_of_pages(self) -> str:
        if not is_on(child(self.settings, name("w:displayBackgroundShape"))):
            return WHITE
        colour = attribute(child(self.document, name("w:background")), name("w:color")).upper()
        return colour if len(colour) == 6 and colour.isalnum() and colour.isascii() else WHITE


def _refers(kind: str) -> str:
    return f"The file refers to something outside of it ({kind[:40]})"


_IN_A_RUN = " and ".join(
    f"not(self::{tag})" for tag in ("w:t", "w:delText", "w:instrText", "w:delInstrText", "w:fldData")
)
_LOOSE = etree.XPath(
    f"//w:*[{_IN_A_RUN}]/text()[normalize-space()]",
    namespaces={"w": PREFIXES["w"]},
)

_IN_PROPERTIES = " | ".join(
    f"//w:{held}//w:{text}"
    for held in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr")
    for text in ("t", "delText")
)
_MISPLACED = etree.XPath(f"/w:document/w:body[position() > 1] | {_IN_PROPERTIES}", namespaces={"w": PREFIXES["w"]})


def _misplaced(root: Element) -> Iterator[str]:
    """Text among properties, and that of a second body: no program shows it."""
    return filter(None, map(words_in, _MISPLACED(root)))


def _loose(root: Element) -> Iterator[str]:
    """Text in Word's own elements that stands in none that is there for text."""
    for found in _LOOSE(root):
        if (words := str(found)).strip(BLANK):
            yield words
