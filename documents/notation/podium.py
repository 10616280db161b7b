"""A package as podium/1: one JSON object that other programs rely on (contract ``podium-json.md``)."""

import hashlib
from typing import Any

from documents.notation.contents import Package, ReadDocument, ReadParagraph
from documents.notation.dialects import HOUSE
from documents.notation.markers import Marker
from documents.notation.read import Reading, Span
from documents.notation.report import Diagnostic

Object = dict[str, Any]


def to_podium_json(package: Package, *, name: str, data: bytes) -> Object:
    """The object for a file of this name (without its folder) and these bytes; the same file always gives the same."""
    return {
        "format": "podium/1",
        "source": {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "characters": len(package.source)},
        **({"dialect": package.dialect} if package.dialect != HOUSE else {}),
        "letter": package.letter,
        "documents": [_document(read) for read in package.documents],
        "diagnostics": [_diagnostic(found) for found in package.diagnostics],
    }


def _document(read: ReadDocument) -> Object:
    return {
        "title": read.title,
        "header_lines": list(read.header_lines),
        "status_line": read.status_line,
        "paragraphs": [_paragraph(paragraph) for paragraph in read.paragraphs],
        "artefacts": [{"kind": thing.kind, "text": thing.text, "src": list(thing.src)} for thing in read.artefacts],
        "footnotes": [
            {"mark": note.mark, "text": note.reading.text, "src": list(note.src), **_notation(note.reading)}
            for note in read.footnotes
        ],
        "tables": [
            {
                "rows": [[{"text": cell.text, **_notation(cell)} for cell in row] for row in table.rows],
                "src": list(table.src),
            }
            for table in read.tables
        ],
    }


def _paragraph(paragraph: ReadParagraph) -> Object:
    reading = paragraph.reading
    made: Object = {
        "label": paragraph.label,
        "kind": paragraph.kind,
        "text": reading.text,
        "src": list(paragraph.src),
        **_notation(reading),
        "alternative_to": paragraph.alternative_to,
        "status": paragraph.status,
    }
    if paragraph.bold is not None:
        made["bold"] = paragraph.bold
    if reading.orphans:
        made["orphan_markers"] = [_marker(marker) for marker in reading.orphans]
    return made


def _notation(reading: Reading) -> Object:
    return {
        "spans": [_span(reading, span) for span in reading.spans],
        "markers": [_marker(marker) for marker in reading.markers],
    }


def _span(reading: Reading, span: Span) -> Object:
    made: Object = {
        "depth": span.depth,
        "parent": span.parent,
        "open": span.open,
        "close": span.close,
        "inner": reading.text[span.open + 1 : span.close],
        "markers": [_marker(marker) for marker in span.markers if marker.start > span.close],
    }
    if attributions := [_marker(marker) for marker in span.markers if marker.start < span.close]:
        made["attributions"] = attributions  # not in parentheses behind the bracket, but in the bracket itself
    if span.tracked is not None:
        change, author, date = span.tracked.change, span.tracked.author, span.tracked.date
        made["tracked"] = {"change": change, "author": author, "date": date}
    return made


def _marker(marker: Marker) -> Object:
    made: Object = {
        "delegation": marker.delegation,
        "stance": marker.stance,
        "raw": marker.raw,
        "at": [marker.start, marker.end],
    }
    if marker.words:
        made["words"] = marker.words
    return made


def _diagnostic(found: Diagnostic) -> Object:
    return {
        "code": found.code,
        "severity": found.severity,
        "line": found.line,
        "column": found.column,
        "excerpt": found.excerpt,
        "message": found.message,
    }
