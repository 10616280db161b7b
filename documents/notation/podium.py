"""A package as podium/1: one JSON object that others rely on."""

import hashlib
from typing import Any

from documents.notation.markers import Marker
from documents.notation.package import Package, ReadDocument, ReadParagraph
from documents.notation.read import Reading, Span


def to_podium_json(package: Package, *, name: str, data: bytes) -> dict[str, Any]:
    """The object for a file of this name and these bytes; the same file always gives the same object."""
    return {
        "format": "podium/1",
        "source": {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "characters": len(package.source)},
        "letter": package.letter,
        "documents": [_document(read) for read in package.documents],
        "diagnostics": [
            {
                "code": found.code,
                "severity": found.severity,
                "line": found.line,
                "column": found.column,
                "excerpt": found.excerpt,
                "message": found.message,
            }
            for found in package.diagnostics
        ],
    }


def _document(read: ReadDocument) -> dict[str, Any]:
    return {
        "title": read.title,
        "header_lines": list(read.header_lines),
        "status_line": read.status_line,
        "paragraphs": [_paragraph(paragraph) for paragraph in read.paragraphs],
        "artefacts": [{"kind": a.kind, "text": a.text, "src": list(a.src)} for a in read.artefacts],
        "footnotes": [],
        "tables": [],
    }


def _paragraph(paragraph: ReadParagraph) -> dict[str, Any]:
    reading = paragraph.reading
    found: dict[str, Any] = {
        "label": paragraph.label,
        "kind": paragraph.kind,
        "text": reading.text,
        "src": list(paragraph.src),
        "spans": [_span(reading, span) for span in reading.spans],
        "markers": [_marker(marker) for marker in reading.markers],
        "alternative_to": paragraph.alternative_to,
        "status": paragraph.status,
    }
    if reading.orphans:
        found["orphan_markers"] = [_marker(marker) for marker in reading.orphans]
    return found


def _span(reading: Reading, span: Span) -> dict[str, Any]:
    return {
        "depth": span.depth,
        "parent": span.parent,
        "open": span.open,
        "close": span.close,
        "inner": reading.text[span.open + 1 : span.close],
        "markers": [_marker(marker) for marker in span.markers],
    }


def _marker(marker: Marker) -> dict[str, Any]:
    return {
        "delegation": marker.delegation,
        "stance": marker.stance,
        "raw": marker.raw,
        "at": [marker.start, marker.end],
    }
