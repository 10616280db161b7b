"""A document's page in another reading than the bracketed one: clean, original, agreed only, as a delegation would have it.

Nothing can be done on these pages and nothing on them is live: they hold words that nobody may have agreed to, and must
not be mistaken for the text as it stands.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from delegations.models import Delegation
from documents.models import Document, Paragraph
from negotiations import printing, readers_choice
from negotiations.models import Negotiation
from negotiations.web import cards
from negotiations.web.frame import RoomRequest, shown
from negotiations.web.reader import Read, Reader

CLEAN, ORIGINAL, AGREED = "clean", "original", "agreed"
READINGS = {
    CLEAN: gettext_lazy("clean: if everything tabled were carried"),
    ORIGINAL: gettext_lazy("original: before any proposal"),
    AGREED: gettext_lazy("agreed only"),
}
"""What ``?as=`` may say beside the code of a delegation, in the order of the list."""


def query_of(chosen: str) -> str:
    """What an address carries along so that the next page is read the same way."""
    return f"?{urlencode({'as': chosen})}" if chosen else ""


def choices(negotiation: Negotiation) -> dict[str, Any]:
    """What the list of readings offers."""
    return {"readings": READINGS.items(), "delegations": readers_choice.who_can_be_read(negotiation.pk)}


def document(request: RoomRequest, document_id: UUID, chosen: str) -> HttpResponse:
    """The document as ``chosen`` reads it. Raises Http404 where nobody can read it so."""
    found = Document.objects.filter(pk=document_id, agenda_item__negotiation=request.negotiation).first()
    if found is None:
        raise Http404
    offered = choices(request.negotiation)
    delegation = None if chosen in READINGS else _of_code(chosen, offered["delegations"])
    page = readers_choice.with_proposals(printing.page(found))
    bracketed = reverse("document", args=[request.negotiation.slug, found.pk])
    reader = Reader(page, bracketed, readers_choice.rivals_by_place(page.paragraphs))
    read = _way_of_reading(reader, chosen, delegation)
    paragraphs = [read(paragraph) for paragraph in page.paragraphs]
    context = {
        **offered,
        "document": found,
        "chosen": chosen,
        "as_delegation": delegation,
        "bracketed": bracketed,
        "left": sum(paragraph.left for paragraph in paragraphs),
        "text": _text(request.negotiation, found, chosen, paragraphs),
        "foot": cards.foot(found),
    }
    return shown(request, "reading/read_as.html", context, current="negotiation")


def _of_code(code: str, delegations: list[Delegation]) -> Delegation:
    for delegation in delegations:
        if delegation.code == code:
            return delegation
    raise Http404


def _way_of_reading(reader: Reader, chosen: str, delegation: Delegation | None) -> Callable[[Paragraph], Read]:
    if delegation is not None:
        return partial(reader.own, delegation=delegation)
    return {CLEAN: reader.clean, ORIGINAL: reader.original, AGREED: reader.agreed}[chosen]


def _text(negotiation: Negotiation, document: Document, chosen: str, paragraphs: list[Read]) -> SafeString:
    parts = {
        name: render_to_string(f"reading/_read_{name}.html", {"paragraphs": paragraphs})
        for name in ("options", "entries", "articles")
    }
    around = {
        "documents": Document.objects.filter(agenda_item__negotiation=negotiation).order_by("agenda_item__place"),
        "document_list": cards.document_list(negotiation, document, query_of(chosen)),
        "chosen": chosen,
    }
    return render_to_string("reading/_text.html", parts | around)
