"""A file of any kind taken into text and what it shows, and the way of that from one process to another."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from documents.notation import shown as shown_json
from documents.notation.contents import all_markers
from documents.notation.faults import SEVERITIES
from documents.notation.package import read_package
from documents.notation.shown import NOTHING_SHOWN, Range, Shown
from documents.reading.kinds import KINDS, Kind, kind_of, misnamed
from documents.reading.refusal import NotText, gettext_noop
from documents.reading.text import LARGEST, decode_text

LONGEST = 10_000_000  # characters of source; a text of a thousand pages has three million


@dataclass(frozen=True, slots=True)
class Counts:
    """What reading the source gave: a first look, before anything is done with it. ``diagnostics`` is by code."""

    documents: int
    paragraphs: int
    brackets: int
    markers: int
    diagnostics: dict[str, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """The source of a file, in reading order, and what the file shows beyond its letters.

    ``counts`` is there where the source was read on trial, which the guarded reading does.
    """

    kind: Kind
    source: str
    shown: Shown = NOTHING_SHOWN
    counts: Counts | None = None


def take(data: bytes, name: str) -> Taken:
    """Take the text out of a file's bytes, in this process. Raises NotText.

    The name only adds a notice where it says another kind than the bytes do.
    """
    if len(data) > LARGEST:
        raise NotText(gettext_noop("it is larger than 10 MiB"))
    kind = kind_of(data)
    source, shown = _taken(kind, data)
    if len(source) > max(LONGEST, len(data)):
        raise NotText(gettext_noop("it holds more text than can be read at once"))
    if (notice := misnamed(kind, name)) is not None:
        shown = replace(shown, notices=(notice, *shown.notices))
    return Taken(kind, source, shown)


def _taken(kind: Kind, data: bytes) -> tuple[str, Shown]:
    # Each reader brings a library with it, and most files need only one of them.
    if kind == "docx":
        from documents.reading.docx import take_docx

        return take_docx(data)
    if kind == "pdf":
        from documents.reading.pdf import take_pdf

        return take_pdf(data)
    return decode_text(data), NOTHING_SHOWN


def on_trial(taken: Taken) -> Taken:
    """The same with its counts: what cannot be read in reasonable time and memory shows it here."""
    package = read_package(taken.source, shown=taken.shown)
    paragraphs = [paragraph.reading for document in package.documents for paragraph in document.paragraphs]
    counts = Counts(
        len(package.documents),
        len(paragraphs),
        sum(len(reading.spans) for reading in paragraphs),
        sum(len(all_markers(reading)) for reading in paragraphs),
        dict(Counter(found.code for found in package.diagnostics)),
    )
    return replace(taken, counts=counts)


def to_json(taken: Taken) -> dict[str, Any]:
    """As JSON values."""
    counts = None if taken.counts is None else asdict(taken.counts)
    return {"kind": taken.kind, "source": taken.source, "shown": shown_json.to_json(taken.shown), "counts": counts}


def from_json(values: Any) -> Taken:
    """What :func:`to_json` wrote. Whoever wrote it may have been led astray by the file: nothing is taken on trust.

    Raises KeyError, TypeError or ValueError on anything that could not stand in a Taken.
    """
    kind, source, counts = values["kind"], values["source"], values["counts"]
    if kind not in KINDS or not isinstance(source, str):
        raise ValueError("kind or source")
    source.encode()  # no half of a surrogate pair
    shown = shown_json.from_json(values["shown"])
    _check(shown, len(source))
    return Taken(kind, source, shown, None if counts is None else _counts(**counts))


def _counts(documents: int, paragraphs: int, brackets: int, markers: int, diagnostics: dict[str, int]) -> Counts:
    by_code = {str(code): int(count) for code, count in diagnostics.items()}
    return Counts(int(documents), int(paragraphs), int(brackets), int(markers), by_code)


def _check(shown: Shown, length: int) -> None:
    """Every place is one in the source, every code is known. Raises ValueError."""
    places = [*(shown.paragraphs or ()), *(one.open for one in shown.tracked), *(one.at for one in shown.notices)]
    ranges: list[Range] = [*(shown.bold or ()), *(aside.src for aside in shown.aside)]
    ranges += [src for table in shown.tables for src in (table.src, *(cell for row in table.rows for cell in row))]
    if not _rises((0, at, length) for at in places) or not _rises((0, *src, length) for src in ranges):
        raise ValueError("a place outside of the source")
    if any(notice.code not in SEVERITIES for notice in shown.notices):
        raise ValueError("a notice of an unknown kind")
    for one in shown.tracked:
        if one.change not in ("ins", "del") or not all(isinstance(words, str) for words in (one.author, one.raw)):
            raise ValueError("a tracked change")
        if not isinstance(one.open, int) or not isinstance(one.date, str | None):
            raise ValueError("a tracked change")


def _rises(rows: Iterable[tuple[int, ...]]) -> bool:
    return all(list(row) == sorted(row) for row in rows)
