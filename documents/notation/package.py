"""A whole file read: the covering letter, the documents, their paragraphs, and everything worth reporting.

Every visible character of the source ends up in exactly one place (podium/1, losslessness). Reading never raises and
takes time in proportion to the source.
"""

import gc
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from documents.notation.appearance import report_appearance
from documents.notation.contents import (
    Artefact,
    Package,
    ReadDocument,
    ReadFootnote,
    ReadParagraph,
    ReadTable,
    all_markers,
)
from documents.notation.crossing import settle_crossings
from documents.notation.dialects import DIALECTS, HOUSE, Dialect, inside, prevailing
from documents.notation.faults import Fault
from documents.notation.furniture import Furniture, between, find_furniture
from documents.notation.habits import learn
from documents.notation.heads import Head, find_heads
from documents.notation.kinds import open_labels, place
from documents.notation.known import KnownCodes
from documents.notation.labels import Label, read_label
from documents.notation.lines import (
    Lines,
    first_invisible,
    places,
    split_lines,
    stretch,
    unwrapped,
)
from documents.notation.own_legend import legend_furniture, legend_lines
from documents.notation.paragraphs import Body, known_starts, paragraph_starts
from documents.notation.plain_tables import PlainTable, find_tables
from documents.notation.read import Reading
from documents.notation.report import Reporter
from documents.notation.sequence import odd_labels
from documents.notation.showing import (
    Bold,
    authors,
    changes_of,
    furniture_shown,
    starts_shown,
    tables_between,
    weight,
)
from documents.notation.shown import NOTHING_SHOWN, Shown, Table
from documents.notation.stray import stray_sign

_LONGEST_TITLE = 400
_OTHER = "This bracket seems to name delegations inside it, as other houses do; it is read in the house notation."
_OTHER_READ = "Delegations are named inside the brackets of this text, and are read so."
_TITLE_ENDS = (".", ";", ",", ":")


_STRAY = "This sign stands outside the bracket that holds the whole paragraph."


class Cuts(NamedTuple):
    """Where a person says that a paragraph or a document begins (True) or does not (False), by the place of the line."""

    paragraphs: Mapping[int, bool] = {}
    documents: Mapping[int, bool] = {}


AS_JUDGED = Cuts()


def read_package(
    source: str,
    *,
    known_codes: Collection[str] | None = None,
    shown: Shown = NOTHING_SHOWN,
    cuts: Cuts = AS_JUDGED,
    dialect: str | None = None,
) -> Package:
    """Read a decoded file; ``shown`` is what it shows beyond its letters, ``cuts`` what a person decided.

    ``dialect`` is the name of one of ``dialects.DIALECTS``; None, or a name that is none, is the one whose traces prevail.

    ``known_codes`` only adds ``unknown-delegation`` and ``look-alike-code`` to what is reported; it never decides what a
    marker is.
    """
    # Reading makes many objects and no cycle, and the collector of cycles would walk all of them again and again: time
    # would not be in proportion to the text. With several threads, whoever switches it off switches it on again: a
    # little too early for the others perhaps, never not at all.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _read(source, known_codes, shown, cuts, DIALECTS.get(dialect or ""))
    finally:
        if collecting:
            gc.enable()


def _read(
    source: str, known_codes: Collection[str] | None, shown: Shown, cuts: Cuts, dialect: Dialect | None
) -> Package:
    lines = split_lines(source)
    reporter = Reporter(source)
    for notice in shown.notices:
        reporter.say(notice.code, notice.at, notice.message)
    if not len(lines):
        reporter.say("no-text", 0, "There is no text in this file.")
        return Package(source, None, (), reporter.diagnostics())
    known = None if known_codes is None else KnownCodes(known_codes)
    reader = _Reader(source, lines, reporter, known, shown, cuts.paragraphs, dialect)
    heads = _decided(find_heads(source, lines, reader.aside), lines, cuts.documents)
    reader.find_furniture(heads)
    letter = None
    if heads and heads[0].first > 0:
        letter = source[lines.starts[0] : lines.ends[heads[0].first - 1]]
    ends = [head.first for head in heads[1:]] + [len(lines)]
    documents = [reader.document(head, end) for head, end in zip(heads or [Head(0, 0, 0)], ends, strict=True)]
    if not lines.printable:
        report_appearance(source, [paragraph.src[0] for read in documents for paragraph in read.paragraphs], reporter)
    return Package(source, letter, tuple(documents), reporter.diagnostics(), reader.dialect.name)


def _decided(heads: list[Head], lines: Lines, documents: Mapping[int, bool]) -> list[Head]:
    """The heads as a person left them: one that is none is read as the wording around it."""
    if not documents:
        return heads
    kept = {head.first: head for head in heads if documents.get(lines.starts[head.first], True)}
    added = {bisect_left(lines.starts, at) for at, begins in documents.items() if begins}
    for at in sorted(added - kept.keys()):
        if at < len(lines) and not any(head.first < at < head.end for head in kept.values()):
            kept[at] = Head(at, at, at)
    if kept and not any(head.status < head.end for head in kept.values()):
        kept.setdefault(0, Head(0, 0, 0))  # only a status line shows that what comes before is a letter
    return [kept[at] for at in sorted(kept)]


class _Reader:
    """What all documents of a file share while they are read."""

    def __init__(
        self,
        source: str,
        lines: Lines,
        reporter: Reporter,
        known: KnownCodes | None,
        shown: Shown,
        decided: Mapping[int, bool],
        dialect: Dialect | None,
    ) -> None:
        self.source, self.lines, self.reporter, self.known, self.shown = source, lines, reporter, known, shown
        self.decided = decided
        # Where nobody chose, the first bracket that is written in another dialect is reported.
        self.dialect, self.looks_for_dialect = (dialect, False) if dialect else prevailing(source)
        self.odd = lines.odd
        self.shown_furniture = furniture_shown(shown, lines)
        self.aside = {at for one in self.shown_furniture.values() for at in range(one.first, one.last + 1)}
        self.begins = starts_shown(shown, lines)
        self.authors = authors(shown)
        self.tracked = {one.open: one for one in shown.tracked}
        self.legends = legend_lines(source, lines)
        self.habits = learn(lines)
        if shown.paged:
            # A PDF has what looks like a blank line also where a line was only ended on purpose.
            self.habits = replace(self.habits, spaced=False)
        self.furniture: dict[int, Furniture] = {}
        self.plain_tables: list[PlainTable] = []

    def find_furniture(self, heads: Sequence[Head]) -> None:
        taken = {at for head in heads for at in range(head.first, head.end)}
        # What comes before the first document is the letter, whole, with whatever is on its pages.
        taken.update(range(heads[0].first if heads else 0))
        self.furniture = self.shown_furniture
        if self.begins is None:
            self.plain_tables = find_tables(self.source, self.lines, taken)
            taken.update(at for plain in self.plain_tables for at in range(plain.first, plain.last + 1))
            taken.update(at for thing in self.furniture.values() for at in range(thing.first, thing.last + 1))
            if not self.shown.paged:
                self.furniture |= find_furniture(self.source, self.lines, self.habits.wrap, taken)

    def document(self, head: Head, end: int) -> ReadDocument:
        """The document of this head; its body runs up to the line ``end``."""
        body_end = end
        after = bisect_left(self.legends, head.end)
        if after < len(self.legends) and (legend := self.legends[after]) < end:
            self.furniture |= legend_furniture(between(self.furniture, legend, end), legend, end)
            body_end = legend
        furniture = between(self.furniture, head.first, end)
        plain = [one for one in self.plain_tables if head.end <= one.first < body_end]
        tables = list(tables_between(self.shown, self.lines, head.end, body_end))
        tables += [(one.table, range(one.first, one.last + 1)) for one in plain]
        away = {at for thing in furniture for at in range(thing.first, thing.last + 1)}
        away.update(at for _, within in tables for at in within)
        blocks = self._blocks(head, end, away)
        title = None
        if head.status < head.end and blocks and self._is_title(blocks[0]):
            title = self._text(blocks.pop(0))
        texts = [self._text(block) for block in blocks]
        paragraphs = self._paragraphs(blocks, texts)
        artefacts, footnotes = self._aside(furniture)
        return ReadDocument(
            title,
            tuple(self._line(at) for at in range(head.first, head.status) if at not in self.aside),
            " ".join(self._line(at) for at in range(head.status, head.end)) or None,
            tuple(paragraphs),
            artefacts,
            footnotes,
            tuple(self._table(table) for table, _ in tables),
            self.lines.starts[head.first],
        )

    # ---- lines to blocks of lines

    def _blocks(self, head: Head, end: int, away: Collection[int]) -> list[list[int]]:
        """The lines of each paragraph, the title first if there is one; without those that are ``away``."""
        own, interrupted = list(range(head.end, end)), self.lines.new_page
        if away:
            own = [at for at in own if at not in away]
            interrupted = interrupted | {at + 1 for at in away if at + 1 not in away}
        body = Body(self.lines, own, interrupted)
        if self.begins is not None:
            starts = known_starts(body, self.begins)
        else:
            starts = paragraph_starts(body, self.habits, after_title=head.status < head.end)
        if self.decided:
            judged = set(starts)
            where = enumerate(self.lines.starts[line] for line in own)
            starts = [at for at, place in where if self.decided.get(place, at in judged) or at == 0]
        return [own[a:b] for a, b in pairwise([*starts, len(own)])]

    def _is_title(self, block: list[int]) -> bool:
        text = self._text(block)
        return len(text) <= _LONGEST_TITLE and read_label(text) is None and not text.endswith(_TITLE_ENDS)

    def _text(self, block: list[int]) -> str:
        """The text of a block of lines, with what lies between them and is no part of it left out."""
        joined = self._joined(block)
        # Nearly always that is all: what else unwrapping looks for would be seen here.
        printable = self.lines.printable or (not self.odd and joined.isprintable())
        if printable and "  " not in joined and "- " not in joined:
            return joined
        pieces = self._pieces(block)
        raw = self.source[slice(*pieces[0])]
        if len(pieces) > 1:
            raw = "\n".join(self.source[start:end] for start, end in pieces)
        return unwrapped(raw, odd=self.odd)

    def _joined(self, block: list[int]) -> str:
        """The lines of a block with a space between each two; a single line is not copied."""
        texts = self.lines.texts
        return texts[block[0]] if len(block) == 1 else " ".join([texts[at] for at in block])

    def _pieces(self, block: list[int]) -> list[tuple[int, int]]:
        """The ranges of the source that a block is made of: one, unless page furniture lies inside it."""
        starts, ends = self.lines.starts, self.lines.ends
        pieces = []
        first = before = block[0]
        if block[-1] - first + 1 != len(block):
            for at in block[1:]:
                if at != before + 1:
                    pieces.append((starts[first], ends[before]))
                    first = at
                before = at
        start, end = starts[first], ends[block[-1]]
        return [*pieces, (start, end)]

    def _src(self, block: list[int]) -> tuple[int, int]:
        start, end = self.lines.starts[block[0]], self.lines.ends[block[-1]]
        return stretch(self.source, start, end) if self.odd else (start, end)

    def _line(self, at: int) -> str:
        return unwrapped(self.source[self.lines.starts[at] : self.lines.ends[at]], odd=self.odd)

    # ---- blocks to paragraphs

    def _paragraphs(self, blocks: list[list[int]], texts: list[str]) -> list[ReadParagraph]:
        labels = [read_label(text) for text in texts]
        placings = place(texts, labels)
        readings = settle_crossings([self.dialect.read_wording(text, self.authors) for text in texts])
        if self.tracked:
            readings = [self._with_changes(block, reading) for block, reading in zip(blocks, readings, strict=True)]
        made = [
            ReadParagraph(
                label.text if label else None,
                placing.kind,
                reading,
                self._src(block),
                placing.alternative_to,
                "agreed_ad_ref" if reading.agreed else None,
                self._weight(block, reading, label),
            )
            for label, placing, reading, block in zip(labels, placings, readings, blocks, strict=True)
        ]
        for block, reading, label in zip(blocks, readings, labels, strict=True):
            self._report(block, reading, label)
        for at, code, message in odd_labels(labels, [placing.kind for placing in placings]):
            label = labels[at]
            self._say(blocks[at], texts[at], [Fault(code, label.start if label else 0, message)])
        for at, offset, code, message in open_labels(labels, placings):
            self._say(blocks[at], texts[at], [Fault(code, offset, message)])
        return made

    def _with_changes(self, block: list[int], reading: Reading) -> Reading:
        return changes_of(self.source, self._pieces(block), reading, self.tracked) if reading.spans else reading

    def _weight(self, block: list[int], reading: Reading, label: Label | None) -> Bold | None:
        if self.shown.bold is None:
            return None
        return weight(self.source, self._pieces(block), reading, label, self.shown.bold)

    def _table(self, table: Table) -> ReadTable:
        return ReadTable(tuple(tuple(self._cell(src) for src in row) for row in table.rows), table.src)

    def _cell(self, src: tuple[int, int]) -> Reading:
        text = unwrapped(self.source[slice(*src)], odd=self.odd)
        reading = self.dialect.read_wording(text, self.authors)
        if self.tracked and reading.spans:
            reading = changes_of(self.source, [src], reading, self.tracked)
        if found := self._odd(reading, None):
            self._say_in([src], reading.text, found)
        if self.odd:
            self._look_for_invisible(src)
        return reading

    def _aside(self, furniture: Sequence[Furniture]) -> tuple[tuple[Artefact, ...], tuple[ReadFootnote, ...]]:
        artefacts, footnotes = [], []
        for thing in furniture:
            block = list(range(thing.first, thing.last + 1))
            text, src = self._text(block), (self.lines.starts[thing.first], self.lines.ends[thing.last])
            if thing.kind == "footnote":
                reading = self._with_changes(block, self.dialect.read_wording(text, self.authors))
                self._report(block, reading, None)
                footnotes.append(ReadFootnote(thing.mark, reading, src))
            else:
                artefacts.append(Artefact(thing.kind, text, src))
        return tuple(artefacts), tuple(footnotes)

    # ---- what is reported of a paragraph

    def _report(self, block: list[int], reading: Reading, label: Label | None) -> None:
        if found := self._odd(reading, label):
            self._say(block, reading.text, found)
        if self.odd:
            self._look_for_invisible(self._src(block))

    def _look_for_invisible(self, src: tuple[int, int]) -> None:
        if (place := first_invisible(self.source, *src)) is not None:
            self.reporter.say("invisible-characters", place, "There are characters here that nobody sees.")

    def _odd(self, reading: Reading, label: Label | None) -> Sequence[Fault]:
        """What is odd about a text, in order."""
        more: list[Fault] = []
        if self.known is not None:
            more += self.known.faults(all_markers(reading))
        if reading.spans and (at := stray_sign(reading, label)) is not None:
            more.append(Fault("stray-punctuation", at, _STRAY))
        if self.looks_for_dialect and reading.spans and (at := inside.first_bracket(reading.text)) is not None:
            self.looks_for_dialect = False
            more.append(Fault("other-dialect", at, _OTHER if self.dialect.name == HOUSE else _OTHER_READ))
        return sorted((*reading.faults, *more), key=itemgetter(1, 0)) if more else reading.faults

    def _say(self, block: list[int], text: str, found: Sequence[Fault]) -> None:
        if not self.odd and text == self._joined(block):
            self.reporter.say_at(found, self.lines.places(block, [fault.at for fault in found]))
        else:
            self._say_in(self._pieces(block), text, found)

    def _say_in(self, pieces: Sequence[tuple[int, int]], text: str, found: Sequence[Fault]) -> None:
        self.reporter.say_at(found, places(self.source, pieces, text, [fault.at for fault in found]))
