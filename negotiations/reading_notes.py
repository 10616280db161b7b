"""What the reader of a text could not take for granted, kept with the documents that it brought in."""

from bisect import bisect_right
from collections.abc import Iterable

from documents.models import Document
from documents.notation.contents import Package
from documents.notation.report import Diagnostic, Reporter
from documents.notation.stripping import stripped
from negotiations.columns import Row, blank, new_ids
from negotiations.models import Negotiation, ReadingNote

NOTES = ReadingNote._meta.db_table
ANSWERED_BY_ROWS = frozenset({"open-origin", "alternative-of", "bis-or-rival"})
"""Questions of the review that the rows answer, as they were decided: a bracket's origin, a paragraph's base."""


def by_document(package: Package) -> list[list[Diagnostic]]:
    """The diagnostics that lie in each document; what comes before the first one goes with it."""
    notes: list[list[Diagnostic]] = [[] for _ in package.documents]
    begun = [(read.paragraphs[0].src[0], at) for at, read in enumerate(package.documents) if read.paragraphs]
    starts = [start for start, _ in begun]
    for diagnostic in (*package.diagnostics, *_what_has_no_place(package)):
        if diagnostic.code in ANSWERED_BY_ROWS:
            continue
        before = bisect_right(starts, diagnostic.at)
        notes[begun[before - 1][1] if before else 0].append(diagnostic)
    return notes


def _what_has_no_place(package: Package) -> tuple[Diagnostic, ...]:
    """Footnotes and tables come in as paragraphs: said once for each document that has any."""
    reporter = Reporter(package.source)
    for read in package.documents:
        if read.footnotes:
            reporter.say(
                "footnotes-at-the-end", read.footnotes[0].src[0], "Footnotes stand at the end of the document."
            )
        if read.tables:
            reporter.say("table-as-paragraphs", read.tables[0].src[0], "Each cell of a table is a paragraph.")
    return reporter.diagnostics()


def note_rows(negotiation: Negotiation, document: Document, notes: Iterable[Diagnostic]) -> list[Row]:
    """The notes as rows of their document."""
    ids, every = (
        new_ids(),
        blank(ReadingNote) | {"negotiation_id": str(negotiation.pk), "document_id": str(document.pk)},
    )
    return [
        every
        | {
            "id": next(ids),
            "code": note.code,
            "severity": note.severity,
            "line": note.line,
            "column": note.column,
            "excerpt": stripped(note.excerpt, keep="").text,
            "message": stripped(note.message, keep="").text,
        }
        for note in notes
    ]
