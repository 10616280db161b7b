"""A later state of a text, as a file says it, against the text as it stands: the changes that lead from one to the other.

Nothing is silently passed over: what the notation, or the room's acts, cannot express is listed with both texts. And
nothing is invented: a paragraph that prints the same has no change.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from documents.notation.alignment import Effort, first_with
from documents.notation.as_printed import Side, file_side, printed_text, squeezed, standing_side
from documents.notation.build import starts_with_label
from documents.notation.changes import (
    Agreeing,
    Ask,
    Change,
    ComparedParagraph,
    Comparison,
    Ending,
    Key,
    NewParagraph,
    StandingParagraph,
    Tabling,
)
from documents.notation.contents import ReadDocument, ReadParagraph
from documents.notation.correspondence import Correspondence
from documents.notation.pairing import Pairing, Shown, paired
from documents.notation.read import read_wording
from documents.notation.tree import label as label_of
from documents.notation.tree import whole_bracket, wording
from documents.notation.understanding import NOBODY, VERDICT, WITHDRAWN, Understanding, named, understood
from documents.notation.words import words
from documents.notation.write import pieces

_NOT_CLAUSES = ("section_heading", "chapeau", "formula")


@dataclass(frozen=True, slots=True)
class StandingDocument:
    """The text as it stands: its head as the source printed it, and the paragraphs that print."""

    title: str
    header_lines: tuple[str, ...]
    paragraphs: tuple[StandingParagraph, ...]


def compare(standing: StandingDocument, read: ReadDocument, codes: Mapping[str, str]) -> Comparison:
    """What ``read`` says otherwise; ``codes`` are the house codes by every spelling of them, in capitals."""
    old = [printed_text(list(pieces(p.tree, p.marks))) for p in standing.paragraphs]
    pairing = paired(
        [Shown(text, p.label) for text, p in zip(old, standing.paragraphs, strict=True)],
        [Shown(p.reading.text, p.label or "") for p in read.paragraphs],
    )
    news = {n: o for o, n in pairing.pairs}
    found: list[ComparedParagraph] = []
    missing = _missing(standing, old, pairing)
    effort = Effort()
    for n, paragraph in enumerate(read.paragraphs):
        if n in news:
            at = news[n]
            pair = _Pair(standing.paragraphs[at], old[at], paragraph, n, codes, effort)
            found.append(pair.compared(n in pairing.moved))
        else:
            found.append(_new(standing, read, n, news, codes))
        if n in news:
            found.extend(missing.pop(news[n], ()))
    found[:0] = missing.pop(-1, ())
    same = sum(1 for one in found if not one.changes)
    return Comparison(tuple(one for one in found if one.changes), tuple(_head(standing, read)), same)


def nearest(standing: StandingDocument, documents: Sequence[ReadDocument]) -> int:
    """Which document of a file is a later state of this one: the same title, else most paragraphs that print the same."""
    texts = {squeezed(printed_text(list(pieces(p.tree, p.marks)))) for p in standing.paragraphs}

    def alike(read: ReadDocument) -> tuple[bool, int]:
        title = bool(read.title) and squeezed(read.title or "") == squeezed(standing.title)
        return title, sum(1 for p in read.paragraphs if squeezed(p.reading.text) in texts)

    return max(range(len(documents)), key=lambda at: (alike(documents[at]), -at))


# ---- a paragraph that is here and there


@dataclass(frozen=True, slots=True)
class _Pair:
    standing: StandingParagraph
    printed: str
    paragraph: ReadParagraph
    number: int
    codes: Mapping[str, str]
    effort: Effort

    def compared(self, moved: bool) -> ComparedParagraph:
        after = self.paragraph.reading.text
        changes = self._wording() if squeezed(self.printed) != squeezed(after) else []
        changes += self._reported(moved)
        changes += self._agreement()
        if self.standing.agreed:
            changes = [replace(change, step=None, asks=(), why=change.why or "agreed") for change in changes]
        seen: Counter[str] = Counter()
        changes = [change if change.id else named(change, seen) for change in changes]
        return ComparedParagraph(
            self.standing.id, self.standing.handle, self.printed, after, tuple(changes), self.number
        )

    def _labels(self) -> tuple[str | None, str | None]:
        """The labels by which both are read: the one that stands wherever the file's text begins with it."""
        mine, theirs = label_of(self.standing.tree), self.paragraph.label
        if mine == theirs:
            return mine, theirs
        if mine and _begins(self.paragraph.reading.text, mine):
            return mine, mine
        if not mine and theirs and _begins(self.printed, theirs):
            return None, None
        return mine, theirs

    def _wording(self) -> list[Change]:
        mine, theirs = self._labels()
        old = standing_side(self.standing.tree, self.standing.marks, mine, self.codes)
        new = file_side(self.paragraph.reading, theirs, self.codes)
        # Nothing found: signs are written otherwise, as (+A, B) for (+A) (+B), and nobody says anything else.
        return understood(self.standing, old, new, self.effort)

    def _reported(self, moved: bool) -> list[Change]:
        mine, theirs = self._labels()
        found = []
        if mine != theirs:
            found.append(self._change("label", before=mine or "", after=theirs or ""))
            # What a paragraph is does not print: the reader judges it by the label and what stands around it.
            if self.standing.kind != self.paragraph.kind:
                found.append(self._change("kind", before=self.standing.kind, after=self.paragraph.kind))
        if moved:
            found.append(self._change("moved"))
        return found

    def _agreement(self) -> list[Change]:
        """Bold is asked about, never believed: agreed is more than clean, and bold may mean something else."""
        if self.paragraph.kind in _NOT_CLAUSES:
            return []
        if self.standing.agreed:
            return [self._change("not-bold")] if self.paragraph.bold is False else []
        reading = self.paragraph.reading
        marked = self.paragraph.status == "agreed_ad_ref" and not read_wording(self.printed).agreed
        says_so = self.paragraph.bold is True or marked
        if not says_so or reading.spans or [m for m in reading.markers if m.delegation]:
            return []
        return [self._change("agree", step=Agreeing(), words=reading.text, asks=(Ask("sure"),), after=reading.text)]

    def _change(self, kind: str, **said: object) -> Change:
        return Change("", self.standing.id, kind, **said)  # type: ignore[arg-type]


def _begins(text: str, label: str) -> bool:
    """Whether the text begins with this label and no longer one: ``PP2bis`` is not PP2."""
    end = text.find(label) + len(label)
    return starts_with_label(text, label) and not text[end : end + 1].isalnum()


# ---- paragraphs that are only here, or only there


def _missing(standing: StandingDocument, old: Sequence[str], pairing: Pairing) -> dict[int, list[ComparedParagraph]]:
    """The paragraphs that the file has not, by the one that they stand behind here (-1: before all)."""
    found: dict[int, list[ComparedParagraph]] = {}
    gone = set(pairing.gone)
    behind = -1
    for at, paragraph in enumerate(standing.paragraphs):
        if at not in gone:
            behind = at
            continue
        change = _gone(paragraph, old[at])
        compared = ComparedParagraph(paragraph.id, paragraph.handle, old[at], "", (named(change, Counter()),))
        found.setdefault(behind, []).append(compared)
    return found


def _gone(paragraph: StandingParagraph, printed: str) -> Change:
    """A paragraph that the file has not: its bracket is struck or taken back, or somebody wants it to go, or nothing."""
    words_ = " ".join(wording(paragraph.tree, with_label=False).split())
    plain = Change("", paragraph.id, "missing", words=words_, before=printed)
    if paragraph.agreed:
        return replace(plain, why="agreed")
    whole = whole_bracket(paragraph.tree)
    if whole is not None:
        on_record = paragraph.brackets.get(whole.id)
        back = on_record is not None and on_record.tabler and on_record.puts_in
        which = Ask("which", (VERDICT, WITHDRAWN), VERDICT) if back else Ask("sure")
        return replace(plain, step=Ending(whole.id, "strike"), bracket=whole.id, asks=(which,))
    covers: tuple[Key, ...] = tuple(("old", word.index) for word in words(paragraph.tree) if not word.closes)
    if not covers:
        return replace(plain, why="no-words")
    return replace(plain, step=Tabling(covers, _last(paragraph), out="out:0"), asks=(NOBODY,))


def _last(paragraph: StandingParagraph) -> Key | None:
    """The closing sign with which the paragraph ends, if it ends with one."""
    last = words(paragraph.tree)[-1]
    return ("close", last.closes) if last.closes else None


def _new(
    standing: StandingDocument, read: ReadDocument, number: int, news: Mapping[int, int], codes: Mapping[str, str]
) -> ComparedParagraph:
    """A paragraph that the file brings: tabled by whoever holds the first plus on the bracket round it."""
    paragraph = read.paragraphs[number]
    name = _ref(number)
    side = file_side(paragraph.reading, paragraph.label, codes)
    changes = _tabled_whole(paragraph, name, side, _beside(standing, read, number, news))
    seen: Counter[str] = Counter()
    changes = [change if change.id else named(change, seen) for change in changes]
    return ComparedParagraph(name, "", "", paragraph.reading.text, tuple(changes), number)


def _ref(number: int) -> str:
    return f"new:{number}"


def _beside(
    standing: StandingDocument, read: ReadDocument, number: int, news: Mapping[int, int]
) -> tuple[str, bool] | None:
    """The paragraph that it follows, or whose rival it is; None at the very beginning, where nothing can be put."""
    base = read.paragraphs[number].alternative_to
    is_rival = base is not None and base in news
    at = base if is_rival and base is not None else number - 1
    if at < 0:
        return None
    return (standing.paragraphs[news[at]].id if at in news else _ref(at)), is_rival


def _tabled_whole(paragraph: ReadParagraph, name: str, side: Side, beside: tuple[str, bool] | None) -> list[Change]:
    text = paragraph.reading.text
    whole = whole_bracket(side.tree)
    found = Understanding(name, Correspondence(side))
    found.laid.read_own(0, len(side.tokens))
    keys, typed = found.laid.own_words(whole.id if whole else None)
    if beside is None or not typed:
        return [Change("", name, "not-understood", after=text, why="no-place" if typed else "no-words")]
    code = first_with(side.said.get(whole.id, ()), "support") if whole else ""
    step = NewParagraph(beside[0], beside[1], typed, keys, whole.id if whole else "whole")
    change = found.change(
        "alternative" if beside[1] else "paragraph",
        step=step,
        code=code,
        after=text,
        asks=() if code else (NOBODY,),
    )
    found.whole(change, whole.id if whole else None)
    return [change, *found.in_order()]


# ---- what stands above and beside the paragraphs


def _says(line: str) -> bool:
    return any(map(str.isalnum, line))


def _head(standing: StandingDocument, read: ReadDocument) -> list[Change]:
    """The title, the lines above it, footnotes and tables: no act of the room changes them, so they are reported."""
    found: list[Change] = []
    # Rules that are only drawn are not printed by every kind of file.
    above = ("\n".join(filter(_says, standing.header_lines)), "\n".join(filter(_says, read.header_lines)))
    for before, after in ((standing.title, read.title or ""), above):
        if squeezed(before) != squeezed(after):
            found.append(Change("", "", "head", before=before, after=after))
    printed = squeezed(" ".join(wording(p.tree) for p in standing.paragraphs))
    aside = [note.reading.text for note in read.footnotes]
    aside += [" | ".join(cell.text for cell in row) for table in read.tables for row in table.rows]
    found += [Change("", "", "aside", after=text) for text in aside if text and squeezed(text) not in printed]
    seen: Counter[str] = Counter()
    return [named(change, seen) for change in found]
