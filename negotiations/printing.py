"""What a document prints at this moment: its trees, with markers made from the positions on record.

The screen, the exports and the freezes all start here, in four queries whatever the document's length.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from documents.models import Document, Paragraph
from documents.notation.write import Mark, Piece, pieces
from documents.rendering.printed import PrintedDocument, PrintedParagraph
from negotiations.models import Bracket, Negotiation, Position, UnresolvedMarker
from negotiations.prepared import rows

MONTHS = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
]


@dataclass(slots=True)
class Page:
    """A document as it stands: paragraphs in order, with the rows that belong to each."""

    document: Document
    paragraphs: list[Paragraph]
    brackets: dict[object, list[Bracket]] = field(default_factory=lambda: defaultdict(list))
    positions: dict[object, list[Position]] = field(default_factory=lambda: defaultdict(list))
    unresolved: dict[object, list[UnresolvedMarker]] = field(default_factory=lambda: defaultdict(list))

    def pieces(self, paragraph: Paragraph) -> tuple[Piece, ...]:
        """What the paragraph prints."""
        return tuple(pieces(paragraph.nodes, marks(self.positions[paragraph.pk], self.unresolved[paragraph.pk])))

    def numbers(self) -> dict[str, str]:
        """Names of the standing brackets by id, as people say them: ``PP5.3``."""
        return {id_: name for paragraph in self.paragraphs for id_, name in self.numbers_in(paragraph).items()}

    def numbers_in(self, paragraph: Paragraph) -> dict[str, str]:
        """The same for the brackets of one paragraph."""
        return {str(bracket.pk): f"{paragraph.handle}.{bracket.number}" for bracket in self.brackets[paragraph.pk]}


def page(document: Document, paragraphs: Iterable[Paragraph] | None = None) -> Page:
    """The document, or some of its paragraphs, with standing brackets, positions and unresolved markers."""
    chosen = list(Paragraph.objects.filter(document=document) if paragraphs is None else paragraphs)
    result = Page(document, chosen)
    keys = [paragraph.pk for paragraph in chosen]
    if not keys:
        return result
    for bracket in rows(_standing, *keys):
        result.brackets[bracket.paragraph_id].append(bracket)
    for position in rows(_live, *keys):
        result.positions[position.paragraph_id].append(position)
    for marker in rows(_unresolved, *keys):
        result.unresolved[marker.paragraph_id].append(marker)
    return result


def _standing(*paragraph_ids: UUID) -> QuerySet[Bracket]:
    return Bracket.objects.filter(paragraph__in=paragraph_ids, state="standing")


def _live(*paragraph_ids: UUID) -> QuerySet[Position]:
    live = Position.objects.filter(paragraph__in=paragraph_ids).select_related("delegation", "bracket")
    return live.order_by("taken_at", "delegation__code")


def _unresolved(*paragraph_ids: UUID) -> QuerySet[UnresolvedMarker]:
    return UnresolvedMarker.objects.filter(paragraph__in=paragraph_ids)


def marks(positions: Iterable[Position], unresolved: Iterable[UnresolvedMarker]) -> dict[str | None, list[Mark]]:
    """Positions by target, in the order in which they print: as the source had them, then as they were taken."""
    by_target: dict[str | None, list[Mark]] = defaultdict(list)
    for position in positions:
        mark = Mark(position.delegation.code, position.stance, position.reservation, tuple(position.places))
        by_target[_id(position.bracket_id)].append(mark)
    for marker in unresolved:
        if marker.places:
            mark = Mark(marker.code, "unresolved", places=tuple(marker.places), raw=marker.raw)
            by_target[_id(marker.bracket_id)].append(mark)
    return by_target


def _id(bracket_id: UUID | None) -> str | None:
    return None if bracket_id is None else str(bracket_id)


def printed(negotiation: Negotiation, shown: Page, *, number: int, seq: int, as_of: date) -> PrintedDocument:
    """The document pinned: what a freeze keeps, and what an export prints."""
    document = shown.document
    return PrintedDocument(
        id=str(document.pk),
        organisation=negotiation.organisation,
        title=document.title,
        header_lines=tuple(document.header_lines),
        status_line=status_line(as_of),
        language=document.language,
        number=number,
        seq=seq,
        as_of=as_of,
        paragraphs=tuple(_paragraph(shown, paragraph) for paragraph in shown.paragraphs),
        numbers=shown.numbers(),
    )


def status_line(as_of: date) -> str:
    """The line that says what this paper is, as the house writes it."""
    return f"PODIUM VERSION AS OF COB OF {as_of.day} {MONTHS[as_of.month - 1]} {as_of.year}"


def _paragraph(shown: Page, paragraph: Paragraph) -> PrintedParagraph:
    return PrintedParagraph(
        id=str(paragraph.pk),
        handle=paragraph.handle,
        label=paragraph.label or None,
        kind=paragraph.kind,
        state=paragraph.agreement,
        pieces=shown.pieces(paragraph),
        language=paragraph.language,
    )


def as_imported(pinned: PrintedDocument, document: Document) -> PrintedDocument:
    """The same with the source's own status line, for an export that is no podium version of ours."""
    return replace(pinned, status_line=document.status_line)


def as_it_stands(negotiation: Negotiation, document: Document) -> PrintedDocument:
    """The document as an export prints it now: no podium version, so with the source's own status line."""
    today = timezone.now().astimezone(negotiation.tz).date()
    pinned = printed(negotiation, page(document), number=0, seq=negotiation.head_seq, as_of=today)
    return as_imported(pinned, document)
