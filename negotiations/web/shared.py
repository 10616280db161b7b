"""What a document's page shows to everybody in one language, kept between requests and brought up to date by the ledger.

It holds text only (``rules.md`` 27): nothing of it depends on who reads. A page that was kept is as old as its ``seq``;
paragraphs with a later event are rendered again, the rest is taken as it is. So nothing ever has to be thrown away by
time, and nobody is shown less than the ledger holds.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from threading import Lock
from uuid import UUID

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from documents.models import Document, Paragraph
from negotiations import printing
from negotiations.models import Event, Negotiation
from negotiations.prepared import rows, values
from negotiations.web import cards

MOST = 48
"""Pages that one process keeps, each of a document in a language; the one not asked for longest goes first."""
TEXTS_CAME_OR_WENT = ("document.imported", "import.taken_back")


@dataclass(frozen=True, slots=True)
class Part:
    """What the page has of one paragraph: in the list of a narrow window, in the outline, in the text."""

    option: str
    entry: str
    article: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Paragraphs that were touched, those of them that are new, and whether a text came in or was taken back."""

    paragraphs: set[UUID]
    new: set[UUID]
    text: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """A document's page without its reader, at least as new as ``seq``."""

    document: Document
    seq: int
    parts: dict[UUID, Part]
    text: SafeString
    foot: SafeString


_kept: OrderedDict[tuple[UUID, UUID, str | None], Shared] = OrderedDict()
_lock = Lock()


def page(negotiation: Negotiation, document_id: UUID) -> Shared | None:
    """The page at the negotiation's head, or None where the document is not on its agenda.

    The head must have been read before: rows that are younger than it are rendered again with their own event.
    """
    key = (negotiation.pk, document_id, get_language())
    known = _kept.get(key)
    if known is None or known.seq != negotiation.head_seq:
        known = _brought_up(negotiation, known) if known else None
        known = known or _made(negotiation, document_id)
    if known is not None:
        _keep(key, known)
    return known


def _keep(key: tuple[UUID, UUID, str | None], made: Shared) -> None:
    with _lock:
        if key not in _kept or _kept[key].seq <= made.seq:
            _kept[key] = made
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def _made(negotiation: Negotiation, document_id: UUID) -> Shared | None:
    document = Document.objects.filter(pk=document_id, agenda_item__negotiation=negotiation).first()
    if document is None:
        return None
    parts = _parts(printing.page(document), negotiation)
    return _whole(negotiation, Shared(document, negotiation.head_seq, parts, SafeString(), SafeString()))


def _brought_up(negotiation: Negotiation, known: Shared) -> Shared | None:
    """The page with what came after it; None where it must be made from the start."""
    found = changed(negotiation, known.document, known.seq)
    if found.text or not found.paragraphs <= known.parts.keys():
        return None
    if not found.paragraphs:
        return replace(known, seq=negotiation.head_seq)
    shown = printing.page(known.document, paragraphs(known.document, found.paragraphs))
    parts = known.parts | _parts(shown, negotiation)
    return _whole(negotiation, replace(known, seq=negotiation.head_seq, parts=parts))


def changed(negotiation: Negotiation, document: Document, after: int) -> Changed:
    """What of the document has an event after ``after``."""
    touched = values(_touched, negotiation.pk, after)
    mine = [(paragraph, kind) for found, paragraph, kind in touched if paragraph and found == document.pk]
    return Changed(
        paragraphs={paragraph for paragraph, _kind in mine},
        new={paragraph for paragraph, kind in mine if kind == "paragraph.tabled"},
        text=any(kind in TEXTS_CAME_OR_WENT for _found, _paragraph, kind in touched),
    )


def _touched(negotiation_id: UUID, after: int) -> QuerySet[Event, tuple[UUID | None, UUID | None, str]]:
    # Without the ledger's own order, which would make every event a row of the answer.
    events = Event.objects.filter(negotiation=negotiation_id, seq__gt=after).order_by()
    return events.values_list("document_id", "paragraph_id", "kind").distinct()


def paragraphs(document: Document, ids: Collection[UUID]) -> list[Paragraph]:
    """Some paragraphs of the document, in the order of the text."""
    return rows(_paragraphs, document.pk, *ids) if ids else []


def _paragraphs(document_id: UUID, *ids: UUID) -> QuerySet[Paragraph]:
    return Paragraph.objects.filter(document=document_id, pk__in=ids)


def _parts(shown: printing.Page, negotiation: Negotiation) -> dict[UUID, Part]:
    return {paragraph.pk: _part(shown, paragraph, negotiation) for paragraph in shown.paragraphs}


def _part(shown: printing.Page, paragraph: Paragraph, negotiation: Negotiation) -> Part:
    context = {"p": cards.whole(shown, paragraph, negotiation.slug), "slug": negotiation.slug}
    names = ("option", "outline_item", "paragraph")
    return Part(*(render_to_string(f"reading/_{name}.html", context) for name in names))


def _whole(negotiation: Negotiation, made: Shared) -> Shared:
    parts = made.parts.values()
    context = {
        "options": _joined(part.option for part in parts),
        "entries": _joined(part.entry for part in parts),
        "articles": _joined(part.article for part in parts),
        "documents": Document.objects.filter(agenda_item__negotiation=negotiation).order_by("agenda_item__place"),
        "document_list": cards.document_list(negotiation, made.document),
    }
    text = render_to_string("reading/_text.html", context)
    return replace(made, text=text, foot=cards.foot(made.document))


def _joined(parts: Iterable[str]) -> SafeString:
    # Each was rendered by a template, which escaped what it had to.
    return SafeString("".join(parts))
