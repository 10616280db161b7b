"""Reading a document as it stands on the podium."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents.models import Document, Paragraph
from negotiations import printing
from negotiations.models import Negotiation, SetAside
from negotiations.web import cards, read_as, shared
from negotiations.web.frame import RoomRequest, in_the_room, shown, sitting_of


@in_the_room
@require_safe
def document(request: RoomRequest, document_id: UUID) -> HttpResponse:
    """The document with its outline and cards, or as ``?as=`` reads it; ``?to=`` leads on to a paragraph or another
    document."""
    chosen = request.GET.get("as", "")
    if to := request.GET.get("to"):
        return redirect(_going_to(request.negotiation, of_the_room(request.negotiation, document_id), to, chosen))
    if chosen:
        return read_as.document(request, document_id, chosen)
    if (kept := shared.page(request.negotiation, document_id)) is None:
        raise Http404
    context: dict[str, Any] = {
        "document": kept.document,
        "shared": kept,
        **read_as.choices(request.negotiation),
        "aside": SetAside.objects.filter(document=document_id, session=request.sitting, session__state="open").exists(),
        "live_url": f"/live/{request.negotiation.pk}/?document={document_id}",
        "since_url": reverse("since", args=[request.negotiation.slug, document_id]),
    }
    return shown(request, "reading/page.html", context, current="negotiation")


def _going_to(negotiation: Negotiation, here: Document, to: str, chosen: str) -> str:
    """Where the narrow window's list leads, in the same reading: a paragraph of this document, or another document.

    Raises Http404.
    """
    try:
        wanted = UUID(to)
    except ValueError:
        raise Http404 from None
    if Paragraph.objects.filter(document=here, pk=wanted).exists():
        return reverse("document", args=[negotiation.slug, here.pk]) + read_as.query_of(chosen) + f"#p-{wanted}"
    return reverse("document", args=[negotiation.slug, of_the_room(negotiation, wanted).pk]) + read_as.query_of(chosen)


@in_the_room
@require_safe
def since(request: RoomRequest, document_id: UUID) -> JsonResponse:
    """What a page that is not live asks every two seconds: the paragraphs whose print changed after ``?after=``."""
    try:
        after = int(request.GET.get("after", "0"))
    except ValueError:
        raise Http404 from None
    chosen = of_the_room(request.negotiation, document_id)
    return JsonResponse(changed_since(request.negotiation, chosen, after))


def of_the_room(negotiation: Negotiation, document_id: UUID) -> Document:
    """The document, if it is on this negotiation's agenda. Raises Http404."""
    chosen = Document.objects.filter(pk=document_id, agenda_item__negotiation=negotiation).first()
    if chosen is None:
        raise Http404
    return chosen


def changed_since(negotiation: Negotiation, chosen: Document, after: int) -> dict[str, Any]:
    """The fragments of every paragraph with an event after ``after``, once each, and the room's present state.

    Paragraphs that came in since stand under ``came`` as well, whole, in the order of the text.
    """
    found = shared.changed(negotiation, chosen, after)
    page = printing.page(chosen, shared.paragraphs(chosen, found.paragraphs))
    sitting = sitting_of(negotiation)
    return {
        "seq": negotiation.head_seq,
        "session": sitting.state if sitting else "",
        "changed": [cards.fragments(page, paragraph, negotiation.slug) for paragraph in page.paragraphs],
        "came": cards.arrivals(page, found.new, negotiation.slug),
        # A text that came in or went belongs to no paragraph; only then is the list of documents another one.
        "documents": cards.document_list(negotiation, chosen) if found.text else "",
        "foot": cards.foot(chosen) if found.paragraphs else "",
    }
