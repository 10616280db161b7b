"""What a reading asks of a person before it comes in, and what it can offer at one stroke. It decides nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from documents.notation.contents import Package, ReadDocument, ReadParagraph, all_markers
from documents.notation.markers import Marker
from documents.notation.read import Reading, Span


class Bold(NamedTuple):
    """What bold shows of a document: how many paragraphs have wording, how many are bold throughout, and by the place
    where they begin those of the bold ones that are clean."""

    paragraphs: int
    bold: int
    clean: tuple[int, ...]


def is_clean(paragraph: ReadParagraph) -> bool:
    """Whether nothing in the paragraph is contested, pending or unclear, so that it could come in as agreed."""
    reading = paragraph.reading
    return bool(reading.text.strip()) and not (reading.spans or reading.markers or reading.orphans)


def bold_of(document: ReadDocument) -> Bold:
    """Bold headings say nothing of agreement, so they are not counted."""
    worded = [found for found in document.paragraphs if found.kind != "section_heading"]
    bold = [found for found in worded if found.bold is True]
    return Bold(len(worded), len(bold), tuple(found.src[0] for found in bold if is_clean(found)))


def only_opposed(document: ReadDocument) -> list[str]:
    """The brackets that carry objections and nothing else, by name (``corrections.py``)."""
    return [
        bracket_name(paragraph, number)
        for paragraph in document.paragraphs
        for number, span in enumerate(paragraph.reading.spans, start=1)
        if span.markers and all(marker.stance == "oppose" for marker in span.markers)
    ]


def known_origin(span: Span) -> str:
    """Whether a bracket's words were there before: as a person said, else as a tracked change shows, else ``unknown``."""
    if span.origin is not None or span.tracked is None:
        return span.origin or "unknown"
    return "inserted" if span.tracked.change == "ins" else "original"


def bracket_name(paragraph: ReadParagraph, number: int) -> str:
    """What a decision calls the bracket that opens as number ``number`` in its paragraph."""
    return f"{paragraph.src[0]}.{number}"


def readings(document: ReadDocument) -> Iterator[tuple[int, Reading]]:
    """Everything of a document that is read as wording, with the place where it begins."""
    for paragraph in document.paragraphs:
        yield paragraph.src[0], paragraph.reading
    for note in document.footnotes:
        yield note.src[0], note.reading
    for table in document.tables:
        for row in table.rows:
            for cell in row:
                yield table.src[0], cell


def codes_printed(package: Package) -> dict[str, list[int]]:
    """Every code as printed, with the place of the paragraph for each marker that has it, in order of the source."""
    found: dict[str, list[int]] = defaultdict(list)
    for document in package.documents:
        for at, reading in readings(document):
            for marker in _markers(reading):
                found[marker.delegation or ""].append(at)
    found.pop("", None)
    return dict(found)


def _markers(reading: Reading) -> Sequence[Marker]:
    return all_markers(reading) if reading.spans or reading.markers or reading.orphans else ()


def spelled(code: str) -> str:
    """A code without what tells no two codes apart: white space and the size of its letters."""
    return "".join(code.split()).upper()


def suggested(code: str, spellings: Mapping[str, str]) -> str:
    """The house code that a printed one may mean, or "" where nothing comes near.

    ``spellings`` gives the house code for each spelling that is known: codes, aliases, names. A person confirms it.
    """
    known = _folded(spellings)
    asked = spelled(code)
    if found := known.get(asked):
        return found
    begins = {house for spelling, house in known.items() if _begins(asked, spelling)}
    if len(begins) == 1:
        return begins.pop()
    near = get_close_matches(asked, known, n=1, cutoff=0.75) if len(asked) > 2 else []
    return known[near[0]] if near else ""


def _folded(spellings: Mapping[str, str]) -> dict[str, str]:
    return {spelled(spelling): house for spelling, house in spellings.items() if spelling.strip()}


def _begins(one: str, other: str) -> bool:
    """``VIET`` and ``VIE``, ``JOR`` and ``JORDAN``: two letters alone are too few to say so."""
    short, long = sorted((one, other), key=len)
    return len(short) > 2 and long.startswith(short)


def untitled(documents: Iterable[ReadDocument]) -> list[int]:
    """The documents without a title, by the place where each begins."""
    return [document.begins for document in documents if not document.title and document.paragraphs]
