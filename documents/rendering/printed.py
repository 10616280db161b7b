"""What a podium version prints, frozen: plain data that goes into a Freeze row and comes back the same.

A rendition is a pure function of this and of nothing else, so an old version can be made into files again at any time.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from documents.notation.write import Mark, Piece

AGREED = frozenset({"agreed_ad_ref", "agreed"})
"""The states whose paragraphs print bold (``rules.md`` 20)."""


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """One paragraph in the order of the text. ``state`` is open, agreed_ad_ref, agreed or struck."""

    id: str
    handle: str
    label: str | None
    kind: str
    state: str
    pieces: tuple[Piece, ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """One document as it stood at ``seq``. ``numbers`` names brackets by id: ``{"4c1f…": "PP5.3"}``."""

    id: str
    organisation: str
    title: str
    header_lines: tuple[str, ...]
    status_line: str
    language: str
    number: int
    seq: int
    as_of: date
    paragraphs: tuple[PrintedParagraph, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)


def text_of(paragraph: PrintedParagraph) -> str:
    """The paragraph as it prints: literal brackets, each followed by its markers."""
    return "".join(piece.text for piece in paragraph.pieces)


def that_print(printed: PrintedDocument) -> list[PrintedParagraph]:
    """The paragraphs that leave something on paper: not the struck ones, not those without a character."""
    return [paragraph for paragraph in printed.paragraphs if paragraph.state != "struck" and text_of(paragraph).strip()]


def file_stem(printed: PrintedDocument) -> str:
    """The name of the version's files, without suffix: ASCII, so that it survives every mail system."""
    letters = (sign for sign in unicodedata.normalize("NFKD", printed.title) if not unicodedata.combining(sign))
    words = re.findall(r"[a-z0-9]+", "".join(letters).lower())
    title = ""
    for word in words:
        if len(title) + len(word) > 60:
            break
        title = f"{title}-{word}".lstrip("-")
    if not re.search("[a-z]", title):
        title = "document"  # a title in another alphabet: its numbers alone would name nothing
    return f"{title}-podium-version-{printed.number}"


def to_json(printed: PrintedDocument) -> dict[str, Any]:
    """The document as JSON values; :func:`from_json` gives it back, equal."""
    return {
        "id": printed.id,
        "organisation": printed.organisation,
        "title": printed.title,
        "header_lines": list(printed.header_lines),
        "status_line": printed.status_line,
        "language": printed.language,
        "number": printed.number,
        "seq": printed.seq,
        "as_of": printed.as_of.isoformat(),
        "paragraphs": [_paragraph_to_json(paragraph) for paragraph in printed.paragraphs],
        "numbers": dict(printed.numbers),
    }


def from_json(values: dict[str, Any]) -> PrintedDocument:
    """The document that :func:`to_json` wrote. Raises ValueError on anything else."""
    try:
        return PrintedDocument(
            id=values["id"],
            organisation=values["organisation"],
            title=values["title"],
            header_lines=tuple(values["header_lines"]),
            status_line=values["status_line"],
            language=values["language"],
            number=values["number"],
            seq=values["seq"],
            as_of=date.fromisoformat(values["as_of"]),
            paragraphs=tuple(_paragraph_from_json(paragraph) for paragraph in values["paragraphs"]),
            numbers=dict(values["numbers"]),
        )
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"not a printed document: {fault!r}") from fault


def _paragraph_to_json(paragraph: PrintedParagraph) -> dict[str, Any]:
    return {
        "id": paragraph.id,
        "handle": paragraph.handle,
        "label": paragraph.label,
        "kind": paragraph.kind,
        "state": paragraph.state,
        "language": paragraph.language,
        "pieces": [_piece_to_json(piece) for piece in paragraph.pieces],
    }


def _paragraph_from_json(values: dict[str, Any]) -> PrintedParagraph:
    return PrintedParagraph(
        id=values["id"],
        handle=values["handle"],
        label=values["label"],
        kind=values["kind"],
        state=values["state"],
        pieces=tuple(_piece_from_json(piece) for piece in values["pieces"]),
        language=values["language"],
    )


def _piece_to_json(piece: Piece) -> dict[str, Any]:
    """Only what differs from a piece's defaults is stored: most pieces are a kind and some words."""
    values: dict[str, Any] = {"kind": piece.kind, "text": piece.text}
    if piece.bracket is not None:
        values["bracket"] = piece.bracket
    if piece.marks:
        values["marks"] = [_mark_to_json(mark) for mark in piece.marks]
    return values


def _piece_from_json(values: dict[str, Any]) -> Piece:
    marks = tuple(_mark_from_json(mark) for mark in values.get("marks", ()))
    return Piece(values["kind"], values["text"], bracket=values.get("bracket"), marks=marks)


def _mark_to_json(mark: Mark) -> dict[str, Any]:
    return {
        "code": mark.code,
        "stance": mark.stance,
        "reservation": mark.reservation,
        "places": list(mark.places),
        "raw": mark.raw,
    }


def _mark_from_json(values: dict[str, Any]) -> Mark:
    return Mark(
        code=values["code"],
        stance=values["stance"],
        reservation=values["reservation"],
        places=tuple(values["places"]),
        raw=values["raw"],
    )
