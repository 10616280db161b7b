"""The podium version as podium/1 JSON, with the ids that the product knows its paragraphs and brackets by.

The source that its offsets (``src``) count in is the text rendition, so the pair of files can be checked against each
other by whoever reads podium/1, without this product.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from documents.notation.write import Mark, Piece
from documents.rendering.printed import PrintedDocument, PrintedParagraph, file_stem
from documents.rendering.text import compose

# What Unicode calls white space, and what podium/1 calls invisible; ``str.isspace`` differs from the first.
WHITE = frozenset("\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | {chr(c) for c in range(0x2000, 0x200B)}
INVISIBLE = frozenset("\xad\u061c\u2060\ufeff") | {
    chr(c) for first, last in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069)) for c in range(first, last + 1)
}
_SIGNED = re.compile(r"^[+\-–—−\s]+")
_FIRST_WORD = re.compile(r"[^\s:]+")


def render(printed: PrintedDocument) -> bytes:
    """The JSON file, UTF-8, one object."""
    return (json.dumps(to_podium_json(printed), ensure_ascii=False, indent=1) + "\n").encode()


def to_podium_json(printed: PrintedDocument) -> dict[str, Any]:
    """One podium/1 object with one document; ``id`` on document, paragraphs and spans, ``number`` on spans."""
    composition = compose(printed)
    data = composition.text.encode()
    document = {
        "id": printed.id,
        "organisation": printed.organisation,
        "language": printed.language,
        "number": printed.number,
        "seq": printed.seq,
        "as_of": printed.as_of.isoformat(),
        "title": printed.title or None,
        "header_lines": list(printed.header_lines),
        "status_line": printed.status_line or None,
        "paragraphs": [_paragraph(paragraph, src, printed) for paragraph, src in composition.paragraphs],
        "artefacts": [],
        "footnotes": [],
        "tables": [],
    }
    return {
        "format": "podium/1",
        "source": {
            "name": f"{file_stem(printed)}.txt",
            "sha256": hashlib.sha256(data).hexdigest(),
            "characters": len(composition.text),
        },
        "letter": None,
        "documents": [document],
        "diagnostics": [],
    }


def _paragraph(paragraph: PrintedParagraph, src: tuple[int, int], printed: PrintedDocument) -> dict[str, Any]:
    unwrapped = _unwrapped(paragraph.pieces)
    spans = _spans(paragraph.pieces, unwrapped, printed)
    at_span = {span["id"]: span for span in spans}
    markers: list[dict[str, Any]] = []
    for piece, at in zip(paragraph.pieces, unwrapped.places, strict=True):
        if piece.kind == "marker" and at is not None:
            span = at_span.get(piece.bracket or "")
            if span is not None and at[0] < span.get("close", 0):
                # Another house's notation, in the bracket itself: podium/1 knows markers in parentheses only.
                span.setdefault("attributions", []).extend(_attributions(piece.marks, unwrapped.text, at))
            else:
                (markers if span is None else span["markers"]).extend(_markers(piece.marks, unwrapped.text, at))
    agreed = paragraph.state == "agreed_ad_ref" or any(
        mark.stance == "agreed" for piece in paragraph.pieces for mark in piece.marks
    )
    return {
        "id": paragraph.id,
        "handle": paragraph.handle,
        "label": paragraph.label or None,
        "kind": paragraph.kind,
        "state": paragraph.state,
        "status": "agreed_ad_ref" if agreed else None,
        "language": paragraph.language,
        "text": unwrapped.text,
        "src": list(src),
        "spans": spans,
        "markers": markers,
    }


@dataclass(frozen=True, slots=True)
class _Unwrapped:
    """A paragraph's text with single spaces and without invisible characters (R6 of podium/1).

    ``places`` has for each piece the half-open range of what is visible of it, or None where nothing is.
    """

    text: str
    places: tuple[tuple[int, int] | None, ...]


def _unwrapped(pieces: Sequence[Piece]) -> _Unwrapped:
    signs: list[str] = []
    places: list[tuple[int, int] | None] = []
    space = False
    for piece in pieces:
        first = None
        for sign in piece.text:
            if sign in WHITE:
                space = bool(signs)
            elif sign not in INVISIBLE:
                if space:
                    signs.append(" ")
                    space = False
                if first is None:
                    first = len(signs)
                signs.append(sign)
        places.append(None if first is None else (first, len(signs)))
    return _Unwrapped("".join(signs), tuple(places))


def _spans(pieces: Sequence[Piece], unwrapped: _Unwrapped, printed: PrintedDocument) -> list[dict[str, Any]]:
    spans: list[dict[str, Any]] = []
    waiting: list[int] = []
    for piece, at in zip(pieces, unwrapped.places, strict=True):
        if at is None:
            continue
        if piece.kind == "open":
            spans.append(
                {
                    "id": piece.bracket,
                    "number": printed.numbers.get(piece.bracket or ""),
                    "depth": len(waiting) + 1,
                    "parent": waiting[-1] if waiting else None,
                    "open": at[0],
                    "markers": [],
                }
            )
            waiting.append(len(spans) - 1)
        elif piece.kind == "close" and waiting:
            span = spans[waiting.pop()]
            span["close"] = at[0]
            span["inner"] = unwrapped.text[span["open"] + 1 : at[0]]
    return spans


def _markers(marks: Sequence[Mark], text: str, at: tuple[int, int]) -> list[dict[str, Any]]:
    """One marker a delegation; those of one parenthesis share ``raw`` and ``at``."""
    raw = text[at[0] : at[1]]
    return [
        {"delegation": _delegation(marks, place, raw), "stance": _stance(mark), "raw": raw, "at": list(at)}
        for place, mark in enumerate(marks)
    ]


def _attributions(marks: Sequence[Mark], text: str, at: tuple[int, int]) -> list[dict[str, Any]]:
    """Those who are named inside a bracket, in the same shape; the code is the house's where it was printed so."""
    raw = text[at[0] : at[1]]
    return [{"delegation": mark.code, "stance": _stance(mark), "raw": raw, "at": list(at)} for mark in marks]


def _stance(mark: Mark) -> str:
    if mark.reservation:
        return "reservation"
    return mark.stance if mark.stance in ("support", "oppose", "tcb", "keep_original", "agreed") else "other"


def _delegation(marks: Sequence[Mark], place: int, raw: str) -> str | None:
    """The code as printed: the house's own unless the imprint spelled it in another way."""
    mark = marks[place]
    if mark.stance == "agreed":
        return None
    signed = raw[1:-1].lstrip()[:1] in "+-–—−"
    names = [_name(_SIGNED.sub("", said), signed) for said in re.split(r"[,/;]", raw[1:-1])]
    if _squeezed(mark.code) in map(_squeezed, names):
        return mark.code
    name = names[place] if len(names) == len(marks) else names[0]
    return name or mark.code


def _name(said: str, signed: bool) -> str:
    """Whose name stands first in what a parenthesis says of one delegation."""
    if signed:
        return said.partition(" with ")[0].strip()
    found = _FIRST_WORD.search(said)
    return found[0] if found else ""


def _squeezed(words: str) -> str:
    return "".join(sign for sign in words if sign not in WHITE and sign not in INVISIBLE)
