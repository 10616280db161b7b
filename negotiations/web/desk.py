"""The desk: sessions, what was heard and not confirmed, what is still being made."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from documents.models import Document
from negotiations.acts import positions, sessions, verdicts
from negotiations.models import Job, Position, ReadingNote
from negotiations.models.wording import Heard
from negotiations.refusals import Refusal
from negotiations.web.frame import RoomRequest, holds_the_pen, in_the_room, new_key, shown


@in_the_room
def desk(request: RoomRequest) -> HttpResponse:
    return _desk(request)


@in_the_room
@require_POST
def open_session(request: RoomRequest) -> HttpResponse:
    try:
        sessions.open_session(
            actor=request.actor, negotiation_id=request.negotiation.pk, key=request.POST.get("key", "")
        )
    except Refusal as refusal:
        return _desk(request, refusal)
    return redirect("desk", slug=request.negotiation.slug)


@in_the_room
def suspend_session(request: RoomRequest) -> HttpResponse:
    """GET asks once more; POST suspends, and the workers make the podium versions."""
    typed = request.POST.get("as_of", "")
    refusal: Refusal | None = None
    fault = ""
    if request.method == "POST":
        try:
            sessions.suspend_session(
                actor=request.actor,
                negotiation_id=request.negotiation.pk,
                key=request.POST.get("key", ""),
                as_of=date.fromisoformat(typed) if typed else None,
            )
            return redirect("versions", slug=request.negotiation.slug)
        except ValueError:
            fault = _("“%(typed)s” is no date. Write it as 2026-09-18.") % {"typed": typed}
        except Refusal as found:
            refusal = found
    sitting = request.sitting
    began = sitting.sitting_began.astimezone(request.negotiation.tz).date() if sitting else None
    context = {
        "documents": Document.objects.filter(agenda_item__negotiation=request.negotiation).count(),
        "unconfirmed": _heard(request).count(),
        "as_of": typed or (began.isoformat() if began else ""),
        "fault": fault,
        "refusal": refusal,
        "key": new_key(),
    }
    status = refusal.status if refusal else 422 if fault else 200
    return shown(request, "desk/suspend.html", context, current="desk", status=status)


@in_the_room
@require_POST
def agree_clean(request: RoomRequest, document_id: UUID) -> HttpResponse:
    try:
        events = verdicts.agree_all_clean(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            document_id=document_id,
            key=request.POST.get("key", ""),
        )
    except Refusal as refusal:
        return _desk(request, refusal)
    said = ngettext("%(n)s paragraph was marked as agreed.", "%(n)s paragraphs were marked as agreed.", len(events))
    messages.success(request, said % {"n": len(events)})
    return redirect("desk", slug=request.negotiation.slug)


@in_the_room
@require_POST
def confirm(request: RoomRequest, position_id: UUID) -> HttpResponse:
    try:
        positions.confirm(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            position_id=position_id,
            key=request.POST.get("key", ""),
        )
    except Refusal as refusal:
        return _desk(request, refusal)
    return redirect("desk", slug=request.negotiation.slug)


def _desk(request: RoomRequest, refusal: Refusal | None = None) -> HttpResponse:
    pen = holds_the_pen(request.actor)
    heard = _heard(request)
    if not pen:
        heard = heard.filter(delegation=request.actor.delegation)
    context: dict[str, Any] = {"heard": heard, "refusal": refusal, "key": new_key()}
    if pen:
        context |= {
            "documents": Document.objects.filter(agenda_item__negotiation=request.negotiation).order_by(
                "agenda_item__place"
            ),
            "jobs": Job.objects.filter(done_at=None, freeze__session__negotiation=request.negotiation).select_related(
                "freeze__document"
            ),
            "notes": ReadingNote.objects.filter(negotiation=request.negotiation).select_related("document"),
        }
    return shown(request, "desk/page.html", context, current="desk", status=refusal.status if refusal else 200)


def _heard(request: RoomRequest) -> Any:
    return Position.objects.filter(
        heard=Heard.AS_HEARD, paragraph__document__agenda_item__negotiation=request.negotiation
    ).select_related("delegation", "paragraph", "bracket__paragraph")
