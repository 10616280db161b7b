"""What a person decides about a reading before it comes in: the reader judges, the Secretariat has the last word.

A paragraph is named by the place where it begins in the source, which no other decision moves; a bracket by that and
its number in order of opening (``"1204.3"``); a document by the place where its first line begins.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from documents.notation.build import starts_with_label
from documents.notation.contents import Package, ReadDocument, ReadParagraph
from documents.notation.kinds import KINDS
from documents.notation.read import Reading

ORIGINS = ("original", "inserted", "unknown")


@dataclass(frozen=True, slots=True)
class Corrections:
    """Decisions; whatever is not named stays as it was read.

    ``paragraphs`` and ``documents`` say of a line, by the place where it begins, whether a paragraph or a document begins
    with it. ``codes`` maps a code as printed to a delegation's house code, or to "" where it is to stay as printed.
    ``kinds``, ``labels`` ("" is none) and ``bases`` (the paragraph it would replace, or None) are by paragraph,
    ``origins`` by bracket, ``names`` by document. ``agreed`` holds the paragraphs to be marked agreed with the import.
    ``strip`` is the consent to take out what nobody sees.
    """

    paragraphs: Mapping[int, bool] = field(default_factory=dict)
    documents: Mapping[int, bool] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[int, str] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)
    bases: Mapping[int, int | None] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    agreed: frozenset[int] = frozenset()
    dialect: str | None = None
    strip: bool = False


NO_CORRECTIONS = Corrections()


def to_json(corrections: Corrections) -> dict[str, Any]:
    """As JSON values."""
    return asdict(corrections) | {"agreed": sorted(corrections.agreed)}


def from_json(values: Mapping[str, Any]) -> Corrections:
    """What :func:`to_json` wrote, or a part of it."""
    by_place = {
        name: {int(at): value for at, value in values.get(name, {}).items()}
        for name in ("paragraphs", "documents", "kinds", "labels", "bases", "names")
    }
    return Corrections(
        **by_place,
        codes=dict(values.get("codes", {})),
        origins=dict(values.get("origins", {})),
        agreed=frozenset(map(int, values.get("agreed", ()))),
        dialect=values.get("dialect"),
        strip=bool(values.get("strip")),
    )


def corrected(package: Package, corrections: Corrections) -> Package:
    """The package with what was decided of kinds, labels, relations, origins and agreement.

    Where paragraphs and documents begin is decided when the source is read. A decision about what is not there, or that
    cannot be, is passed over: a label that the text does not begin with, a base in another document.
    """
    if corrections == NO_CORRECTIONS:
        return package
    return replace(package, documents=tuple(_document(read, corrections) for read in package.documents))


def _document(read: ReadDocument, corrections: Corrections) -> ReadDocument:
    places = {paragraph.src[0]: at for at, paragraph in enumerate(read.paragraphs)}
    return replace(read, paragraphs=tuple(_paragraph(paragraph, places, corrections) for paragraph in read.paragraphs))


def _paragraph(paragraph: ReadParagraph, places: Mapping[int, int], corrections: Corrections) -> ReadParagraph:
    at = paragraph.src[0]
    if (kind := corrections.kinds.get(at, "")) in KINDS:
        paragraph = paragraph._replace(kind=kind)
    label = corrections.labels.get(at)
    if label is not None and (not label or starts_with_label(paragraph.reading.text, label)):
        paragraph = paragraph._replace(label=label or None)
    if at in corrections.bases:
        base = corrections.bases[at]
        where = None if base is None else places.get(base)
        if base is None or (where is not None and where != places[at]):
            paragraph = paragraph._replace(alternative_to=where)
    return paragraph._replace(agreed=at in corrections.agreed, reading=_origins(paragraph, corrections.origins))


def _origins(paragraph: ReadParagraph, origins: Mapping[str, str]) -> Reading:
    spans = [
        span._replace(origin=origin) if (origin := origins.get(f"{paragraph.src[0]}.{number}")) in ORIGINS else span
        for number, span in enumerate(paragraph.reading.spans, start=1)
    ]
    return paragraph.reading._replace(spans=tuple(spans))
