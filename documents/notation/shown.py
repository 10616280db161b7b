"""What a Word file or a PDF shows beyond the letters of its text (podium/1, *From .docx and .pdf*).

The text that a reader took out of such a file is the source, in reading order; all offsets here are code points in it,
all ranges half-open. A reader of a kind of file fills this in and judges nothing: what is a paragraph's label, a marker
or a document's head is told from the text alone, the same for every kind of file.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple

Range = tuple[int, int]
Change = Literal["ins", "del"]


class Tracked(NamedTuple):
    """A tracked change, written into the source as ``[wording] (+AUTHOR)`` or ``[wording] (-AUTHOR)``.

    ``open`` is the place of its ``[``. ``raw`` is the parenthesis as written, ``author`` the name as in the file, ``date``
    as in the file or None. ``raw`` and ``author`` are empty where the file names nobody.
    """

    open: int
    change: Change
    author: str
    date: str | None
    raw: str


class Aside(NamedTuple):
    """Whole lines that are no wording of a paragraph: ``kind`` is ``page_number``, ``running_header``, ``other`` or
    ``footnote``; ``mark`` is a footnote's mark, which its text begins with."""

    kind: str
    src: Range
    mark: str = ""


class Table(NamedTuple):
    """A table on lines of its own: the range of each cell (which may be empty), row by row."""

    src: Range
    rows: tuple[tuple[Range, ...], ...]


class Notice(NamedTuple):
    """Something that the file holds and the source does not, or shows and letters cannot say.

    ``code`` is that of a diagnostic (``hidden-text``, ``comment``, ``embedded-object``, ``external-link`` …), ``at`` the
    place in the source where it stood, ``quote`` every word that was set aside, ``message`` one sentence that quotes it.
    """

    code: str
    at: int
    quote: str
    message: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything in order of the source.

    ``paragraphs`` are the places where a paragraph certainly begins; None where lines have to be judged, as in a PDF.
    ``bold`` are the stretches in bold; None where the kind of file does not show it. ``paged`` says that pages were
    compared and places measured, as in a PDF: what is page furniture is known, and a line that looks ended was ended.
    """

    paragraphs: tuple[int, ...] | None = None
    bold: tuple[Range, ...] | None = None
    tracked: tuple[Tracked, ...] = ()
    aside: tuple[Aside, ...] = ()
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()
    paged: bool = False


NOTHING_SHOWN = Shown()


def to_json(shown: Shown) -> dict[str, Any]:
    """As JSON values, for the way from the process that reads a file to the one that asked for it."""
    return asdict(shown)


def from_json(values: dict[str, Any]) -> Shown:
    """What :func:`to_json` wrote. Raises KeyError, TypeError or ValueError on anything else."""
    paragraphs, bold = values["paragraphs"], values["bold"]
    return Shown(
        None if paragraphs is None else tuple(map(int, paragraphs)),
        None if bold is None else tuple(map(_range, bold)),
        tuple(Tracked(*one) for one in values["tracked"]),
        tuple(Aside(str(kind), _range(src), str(mark)) for kind, src, mark in values["aside"]),
        tuple(Table(_range(src), tuple(tuple(map(_range, row)) for row in rows)) for src, rows in values["tables"]),
        tuple(Notice(str(code), int(at), str(quote), str(message)) for code, at, quote, message in values["notices"]),
        bool(values.get("paged")),
    )


def _range(pair: Any) -> Range:
    start, end = pair
    return int(start), int(end)
