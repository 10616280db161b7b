"""My file: what a delegation prepared, and where it is asked for. Nobody else's file can be opened."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from negotiations import may, mine, printing
from negotiations.acts import drafts as acts
from negotiations.models import Bracket, Negotiation, Position
from negotiations.models.wording import Heard, Side, Stance
from negotiations.printing import Page
from negotiations.refusals import NotFound, Refusal
from negotiations.web import drafts
from negotiations.web.answers import address
from negotiations.web.frame import RoomRequest, holds_the_pen, in_the_room, new_key, shown
from negotiations.web.paragraphs import of_the_room
from negotiations.web.propose import printed, said_of

MOST = 500
"""Brackets that are listed as waiting; of the others the page says how many there are."""


@in_the_room
@require_safe
def my_file(request: RoomRequest) -> HttpResponse:
    return page(request)


@in_the_room
@require_POST
def table(request: RoomRequest, draft_id: UUID) -> HttpResponse:
    try:
        event = acts.table_draft(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            draft_id=draft_id,
            key=request.POST.get("key", ""),
        )
    except Refusal as refusal:
        return page(request, refusal)
    messages.success(request, _("Recorded. The text below shows it."))
    assert event.paragraph_id is not None, "words were tabled"
    return redirect(address(request, of_the_room(request, event.paragraph_id)))


@in_the_room
@require_POST
def drop(request: RoomRequest, draft_id: UUID) -> HttpResponse:
    try:
        acts.drop_draft(actor=request.actor, negotiation_id=request.negotiation.pk, draft_id=draft_id)
    except Refusal as refusal:
        return page(request, refusal)
    messages.success(request, _("Dropped. Nobody outside your delegation knew of it."))
    return redirect("my-file", slug=request.negotiation.slug)


def page(request: RoomRequest, refusal: Refusal | None = None) -> HttpResponse:
    """The delegation's own page. Raises NotFound for whoever has none, and where the refusal says no more."""
    may.have_a_desk(request.actor)
    if isinstance(refusal, NotFound):
        raise refusal
    found = mine.of(request.negotiation, request.actor.delegation)
    context: dict[str, Any] = {
        "drafts": _drafts(request),
        "heard": heard(request.negotiation).filter(delegation=request.actor.delegation),
        "waits": request.actor.delegation.is_member,
        "waiting": [Listed(bracket) for bracket in found.waiting[:MOST]],
        "more_waiting": max(len(found.waiting) - MOST, 0),
        "alone": [Listed(bracket, _sign(stance)) for bracket, stance in found.alone],
        "changed": [Listed(bracket, _sign(held.stance)) for bracket, held in found.changed],
        "pending": [Listed(bracket, _half(bracket)) for bracket in found.pending],
        "has_desk": holds_the_pen(request.actor),
        "refusal": refusal,
        "key": new_key(),
    }
    return shown(request, "my_file/page.html", context, current="my-file", status=refusal.status if refusal else 200)


def heard(negotiation: Negotiation) -> QuerySet[Position]:
    """What the Secretariat wrote down for delegations and they have not confirmed, oldest first."""
    return (
        Position.objects.filter(heard=Heard.AS_HEARD, paragraph__document__agenda_item__negotiation=negotiation)
        .select_related("delegation", "paragraph", "bracket__paragraph")
        .order_by("taken_at")
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A bracket in a list, and what is to be said of it there."""

    bracket: Bracket
    said: str = ""


def _sign(stance: str) -> str:
    return {Stance.SUPPORT: "+", Stance.OPPOSE: "−", Stance.TCB: "…"}.get(Stance(stance), "=")


def _half(bracket: Bracket) -> str:
    return {Side.OUT: _("words to go"), Side.IN: _("words in their place")}.get(Side(bracket.side), "")


def _drafts(request: RoomRequest) -> list[dict[str, Any]]:
    """The delegation's drafts in the order of the texts, each as it would print now."""
    found = drafts.kept(list(drafts.own(request)))
    there = {draft.paragraph.pk: draft.paragraph for draft in found if draft.paragraph}
    among = printing.page(next(iter(there.values())).document, there.values()) if there else None
    return [_draft(request, draft, among) for draft in sorted(found, key=_place)]


def _place(draft: drafts.Kept) -> tuple[int, int]:
    paragraph = draft.paragraph
    return (paragraph.document.agenda_item.place, paragraph.place) if paragraph else (1 << 31, 0)


def _draft(request: RoomRequest, draft: drafts.Kept, among: Page | None) -> dict[str, Any]:
    fits = draft.drafted is not None and not draft.is_agreed
    delegation = request.actor.delegation
    return {
        "kept": draft,
        "fits": fits,
        "preview": printed(draft.drafted, delegation, draft.row.to_come_back, among) if fits and draft.drafted else "",
        "meant": said_of(draft.row.nodes, drafts.said_in(draft)),
    }
