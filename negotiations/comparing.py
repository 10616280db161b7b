"""A received file laid upon the document that it is a later state of: both brought to the shape that is compared."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from delegations.models import Delegation, Kind
from documents.models import Agreement, Document, Paragraph, PodiumVersion
from documents.notation import compare as notation
from documents.notation import corrections as decisions
from documents.notation.as_printed import squeezed
from documents.notation.changes import Comparison, StandingBracket, StandingParagraph
from documents.notation.contents import ReadDocument, ReadParagraph
from documents.notation.typed import as_typed
from negotiations import intake, printing, readings
from negotiations.models import Event, Proposal, ReceivedFile
from negotiations.models.wording import ProposalState


@dataclass(frozen=True, slots=True)
class Compared:
    """What a file says otherwise of the document as it stood at ``seq``.

    ``numbers`` names brackets by id, as people say them; ``others`` counts the file's other documents, which are not
    compared. ``base`` is the podium version that the file was made from, as far as its status line says; ``later`` are
    the paragraphs that an act has touched since: what the file does not have of those may only have come after it.
    """

    file: ReceivedFile
    document: Document
    seq: int
    comparison: Comparison
    numbers: dict[str, str]
    others: int
    base: PodiumVersion | None = None
    later: frozenset[str] = frozenset()


def compared(file: ReceivedFile) -> Compared | None:
    """The comparison, or None where the file holds no paragraph. The file has a document that it revises."""
    document = file.revises
    assert document is not None, "only a file that revises a document is compared"
    package = readings.reading_of(file)
    documents = [read for read in package.documents if read.paragraphs]
    if not documents:
        return None
    said = decisions.from_json(file.corrections)
    known = intake.known_delegations(file.negotiation, said.codes)
    codes = {spelling: delegation.code for spelling, delegation in known.items()}
    shown = printing.page(document)
    standing = standing_document(shown)
    pens = set(Delegation.objects.filter(kind=Kind.SECRETARIAT).values_list("code", flat=True))
    read = as_it_comes_in(
        documents[notation.nearest(standing, documents)], lambda author: codes.get(intake.squeezed(author)) in pens
    )
    found = notation.compare(standing, read, codes)
    base = _base(document, read)
    later = _touched_since(base) if base else frozenset()
    return Compared(file, document, file.negotiation.head_seq, found, shown.numbers(), len(documents) - 1, base, later)


def _base(document: Document, read: ReadDocument) -> PodiumVersion | None:
    """The last podium version with the file's status line; the same day may have had several."""
    versions = PodiumVersion.objects.filter(document=document).defer("content").order_by("-number")
    said = squeezed(read.status_line or "").upper()
    return next((version for version in versions if squeezed(printing.status_line(version.as_of)) == said), None)


def _touched_since(base: PodiumVersion) -> frozenset[str]:
    events = Event.objects.filter(document_id=base.document_id, seq__gt=base.seq, paragraph_id__isnull=False)
    return frozenset(map(str, events.order_by().values_list("paragraph_id", flat=True).distinct()))


def standing_document(shown: printing.Page) -> notation.StandingDocument:
    """The document as it stands, without what was struck."""
    tablers = dict(_tablers(shown.document))
    paragraphs = [
        _paragraph(shown, paragraph, tablers)
        for paragraph in shown.paragraphs
        if paragraph.agreement != Agreement.STRUCK
    ]
    document = shown.document
    return notation.StandingDocument(document.title, tuple(document.header_lines), tuple(paragraphs))


def _tablers(document: Document) -> list[tuple[UUID, Proposal]]:
    tabled = Proposal.objects.filter(paragraph__document=document, state=ProposalState.TABLED)
    return [(proposal.pk, proposal) for proposal in tabled.select_related("tabled_by")]


def _paragraph(shown: printing.Page, paragraph: Paragraph, tablers: dict[UUID, Proposal]) -> StandingParagraph:
    brackets: dict[str, StandingBracket] = {}
    for bracket in shown.brackets[paragraph.pk]:
        bracket.proposal = tablers[bracket.proposal_id]
        tabler = bracket.proposal.tabled_by
        id_ = str(bracket.pk)
        brackets[id_] = StandingBracket(id_, bracket.number, tabler.code if tabler else "", bracket.puts_in)
    return StandingParagraph(
        id=str(paragraph.pk),
        handle=paragraph.handle,
        kind=paragraph.kind,
        tree=paragraph.nodes,
        marks=printing.marks(shown.positions[paragraph.pk], shown.unresolved[paragraph.pk]),
        label=paragraph.label,
        agreed=paragraph.agreement != Agreement.OPEN,
        brackets=brackets,
    )


def as_it_comes_in(read: ReadDocument, holds_the_pen: Callable[[str], bool]) -> ReadDocument:
    """The document with its tables and footnotes as the paragraphs that an import makes of them, and with what was typed
    while changes were tracked as it was typed."""
    read = _with_paragraphs_alone(read)
    typed = (found._replace(reading=as_typed(found.reading, holds_the_pen)) for found in read.paragraphs)
    return replace(read, paragraphs=tuple(typed))


def _with_paragraphs_alone(read: ReadDocument) -> ReadDocument:
    if not read.tables and not read.footnotes:
        return read
    known = {id(found.reading): found for found in read.paragraphs}
    paragraphs = tuple(_as_paragraph(piece, known.get(id(piece.reading))) for piece in intake.pieces_of(read))
    return replace(read, paragraphs=paragraphs, tables=(), footnotes=())


def _as_paragraph(piece: intake.Piece, found: ReadParagraph | None) -> ReadParagraph:
    if found is not None:
        return found._replace(alternative_to=piece.base)
    return ReadParagraph(piece.label or None, piece.kind, piece.reading, (0, 0), piece.base)
