"""Paragraphs that stand, made from a text as an import makes them, and changes carried out on them without a database."""

from collections import defaultdict
from dataclasses import replace
from itertools import count

from documents.notation.as_printed import stance_of
from documents.notation.build import build
from documents.notation.carrying import carried_out
from documents.notation.changes import (
    Change,
    Position,
    Silence,
    StandingBracket,
    StandingParagraph,
    Tabling,
)
from documents.notation.compare import StandingDocument
from documents.notation.contents import Package, ReadDocument, ReadParagraph
from documents.notation.package import read_package
from documents.notation.tree import bracket_ids
from documents.notation.write import Mark, write

_ids = count()


class Anybody(dict[str, str]):
    """Every code is a delegation's."""

    def get(self, key: str, default: str = "") -> str:  # type: ignore[override]
        return key or default


ANYBODY = Anybody()


def standing(read: ReadDocument) -> StandingDocument:
    """The document as it stands right after its import."""
    paragraphs = tuple(_paragraph(at, found) for at, found in enumerate(read.paragraphs))
    return StandingDocument(read.title or "", read.header_lines, paragraphs)


def _paragraph(at: int, found: ReadParagraph) -> StandingParagraph:
    built = build(found.reading, found.label, lambda: f"b{next(_ids)}")
    marks: dict[str | None, list[Mark]] = defaultdict(list)
    for printed in built.printed:
        code, said, places = (printed.marker.delegation or "").upper(), stance_of(printed.marker), (printed.place,)
        odd = Mark(code, "unresolved", places=places, raw=printed.marker.raw)
        marks[printed.target].append(Mark(code, *said, places=places) if said else odd)
    brackets = {id_: StandingBracket(id_, number) for number, id_ in enumerate(built.brackets, 1)}
    label = found.label or ""
    return StandingParagraph(f"p{at}", label or f"¶{at}", found.kind, built.tree, marks, label, brackets=brackets)


def printed(document: StandingDocument) -> str:
    """The file that an export writes."""
    lines = [*document.header_lines, "PODIUM VERSION AS OF COB OF 1 MAY 2026", document.title]
    lines += [write(one.tree, one.marks) for one in document.paragraphs]
    return "\n\n".join(line for line in lines if line) + "\n"


def read_back(document: StandingDocument) -> ReadDocument:
    [read] = read_package(printed(document)).documents
    return read


def only(package: Package) -> ReadDocument:
    [read] = package.documents
    return read


def done(paragraph: StandingParagraph, changes: tuple[Change, ...]) -> StandingParagraph:
    """The paragraph after every change; words that are nobody's proposal stand as the file has them."""
    carried = carried_out(paragraph.tree, changes)
    marks: dict[str | None, list[Mark]] = defaultdict(list)
    standing_ids = {None, *bracket_ids(carried.tree)}
    for target, held in paragraph.marks.items():
        marks[target].extend(held if target in standing_ids else ())
    for change in changes:
        match change.step:
            case Tabling(out=out, new=new) if change.code:
                for name, stance in ((out, "oppose"), (new, "support")):
                    if name:
                        marks[carried.ids[name]].append(Mark(change.code, stance))
            case Position(target, code, stance, reservation):
                where = carried.ids[target] if target else None
                marks[where] = [mark for mark in marks[where] if mark.code != code or mark.raw]
                marks[where].append(Mark(code, stance, reservation))
            case Silence(target, code):
                marks[target] = [mark for mark in marks[target] if mark.code != code or mark.raw]
    return replace(paragraph, tree=carried.tree, marks=marks)
