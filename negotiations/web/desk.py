"""The desk: sessions, what was heard and not confirmed, what is still being made."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.models import Agreement, Document
from negotiations import may
from negotiations.acts import positions, sessions, verdicts
from negotiations.acts.compared import RECORDED
from negotiations.models import Bracket, Event, Job, ReadingNote, SetAside, UnresolvedMarker
from negotiations.models.frame import SessionState
from negotiations.models.wording import BracketState
from negotiations.refusals import NotFound, Refusal
from negotiations.web import my_file
from negotiations.web.frame import RoomRequest, has_a_desk, holds_the_pen, in_the_room, new_key, shown
from negotiations.web.history import SAID
from negotiations.web.imports import in_words, lines_of
from negotiations.web.my_file import heard
from negotiations.web.shared import TEXTS_CAME_OR_WENT


@in_the_room
@require_safe
def desk(request: RoomRequest) -> HttpResponse:
    if has_a_desk(request.actor) and not holds_the_pen(request.actor):
        return redirect("my-file", slug=request.negotiation.slug)
    return _desk(request)


@in_the_room
@require_POST
def open_session(request: RoomRequest) -> HttpResponse:
    try:
        sessions.open_session(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            key=request.POST.get("key", ""),
            agenda=_agenda(request) if "agenda-shown" in request.POST else None,
        )
    except Refusal as refusal:
        return _desk(request, refusal)
    return redirect("desk", slug=request.negotiation.slug)


@in_the_room
@require_POST
def set_agenda(request: RoomRequest) -> HttpResponse:
    try:
        sessions.set_agenda(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            agenda=_agenda(request),
            key=request.POST.get("key", ""),
        )
    except Refusal as refusal:
        return _desk(request, refusal)
    messages.success(request, _("The agenda is as you set it. What is not on it is read, not negotiated."))
    return redirect("desk", slug=request.negotiation.slug)


def _agenda(request: RoomRequest) -> list[UUID]:
    """The documents that are ticked. Raises Http404 for what is none."""
    try:
        return [UUID(ticked) for ticked in request.POST.getlist("agenda")]
    except ValueError:
        raise Http404 from None


@in_the_room
@require_http_methods(["GET", "HEAD", "POST"])
def suspend_session(request: RoomRequest) -> HttpResponse:
    """GET asks once more; POST suspends, and the workers make the podium versions."""
    return _end(request, sessions.suspend_session, closing=False)


@in_the_room
@require_http_methods(["GET", "HEAD", "POST"])
def close_session(request: RoomRequest) -> HttpResponse:
    """GET asks once more; POST closes; if the session sat, the workers make the podium versions."""
    return _end(request, sessions.close_session, closing=True)


def _end(request: RoomRequest, act: Callable[..., Event], *, closing: bool) -> HttpResponse:
    try:
        may.hold_the_pen(request.actor)
        if request.method != "POST":
            return _ask_once_more(request, closing)
        as_of = _day(request.POST.get("as_of", ""))
    except Refusal as refusal:
        return _desk(request, refusal)
    except NoDay as fault:
        return _ask_once_more(request, closing, fault=str(fault))
    try:
        event = act(
            actor=request.actor, negotiation_id=request.negotiation.pk, key=request.POST.get("key", ""), as_of=as_of
        )
    except Refusal as refusal:
        return _ask_once_more(request, closing, refusal)
    return redirect("versions" if event.payload["facts"].get("documents") else "desk", slug=request.negotiation.slug)


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
    return redirect("desk" if holds_the_pen(request.actor) else "my-file", slug=request.negotiation.slug)


class NoDay(ValueError):
    """What stands in the field of the date is none; the message is for the person who typed it."""


def _day(typed: str) -> date | None:
    """The close-of-business date as typed; None for the day on which the sitting began. Raises NoDay."""
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise NoDay(_("“%(typed)s” is no date. Write it as 2026-09-18.") % {"typed": typed}) from None


def _ask_once_more(
    request: RoomRequest, closing: bool, refusal: Refusal | None = None, fault: str = ""
) -> HttpResponse:
    """What the end of the sitting will issue and what is still open, with the date to print in a field of its own."""
    sitting = request.sitting
    sits = sitting is not None and sitting.is_open
    if request.method != "POST" and not sits and not (closing and sitting and sitting.state == SessionState.SUSPENDED):
        messages.info(request, _("There is no session to close.") if closing else _("The session is not open."))
        return redirect("desk", slug=request.negotiation.slug)
    began = sitting.sitting_began.astimezone(request.negotiation.tz).date().isoformat() if sitting else ""
    context = {
        "closing": closing,
        "documents": _taken_up(request) if sits or not closing else (),
        "heard": heard(request.negotiation),
        "next_seq": request.negotiation.head_seq + 1,
        "as_of": request.POST.get("as_of", began),
        "fault": fault,
        "refusal": refusal,
        "key": new_key(),
    }
    status = refusal.status if refusal else 422 if fault else 200
    return shown(request, "desk/end.html", context, current="desk", status=status)


def _desk(request: RoomRequest, refusal: Refusal | None = None) -> HttpResponse:
    """The desk of whoever holds the pen; a delegation's is its own file. Raises NotFound where the refusal says no more."""
    may.have_a_desk(request.actor)
    if isinstance(refusal, NotFound):
        raise refusal
    if not holds_the_pen(request.actor):
        return my_file.page(request, refusal)
    notes = ReadingNote.objects.filter(negotiation=request.negotiation).select_related("document")
    context: dict[str, Any] = {
        "heard": heard(request.negotiation),
        "refusal": refusal,
        "key": new_key(),
        "now": timezone.now(),
        "documents": _documents(request),
        "letters": [
            lines_of(note.text) for note in request.negotiation.covering_notes.order_by("before__agenda_item__place")
        ],
        "jobs": Job.objects.filter(done_at=None, freeze__session__negotiation=request.negotiation)
        .select_related("freeze__document")
        .defer("freeze__printed"),
        "came_in": _came_in(request),
        "unresolved": [{"row": marker, "said": in_words(marker.why)} for marker in _unresolved(request)],
        "notes": [
            {"row": note, "said": in_words(note.code)}
            for note in notes.order_by("document__agenda_item__place", "line", "column")
        ],
    }
    return shown(request, "desk/page.html", context, current="desk", status=refusal.status if refusal else 200)


def _documents(request: RoomRequest) -> QuerySet[Document]:
    """The documents in the order of the agenda, with how far each of them is."""
    live = ~Q(paragraphs__agreement=Agreement.STRUCK)
    standing = Bracket.objects.filter(paragraph__document=OuterRef("pk"), state=BracketState.STANDING)
    return (
        _on_the_agenda(request)
        .annotate(
            live=Count("paragraphs", filter=live),
            agreed=Count("paragraphs", filter=Q(paragraphs__agreement=Agreement.AD_REF)),
            aside=Exists(_set_aside(request).filter(document=OuterRef("pk"))),
            standing=Coalesce(
                Subquery(standing.order_by().values("paragraph__document").annotate(n=Count("pk")).values("n")), 0
            ),
        )
        .order_by("agenda_item__place")
    )


def _came_in(request: RoomRequest) -> list[dict[str, Any]]:
    """Which texts came in and which were taken back, newest first, in words; a text that went keeps its name."""
    events = Event.objects.filter(negotiation=request.negotiation, kind__in=(*TEXTS_CAME_OR_WENT, RECORDED)).order_by(
        "-seq"
    )
    found = list(events.values("kind", "at", "actor_code", "document_id", "payload__facts"))
    names: dict[UUID | None, str] = dict(_on_the_agenda(request).values_list("pk", "name"))
    for event in found:
        names |= {UUID(document["id"]): document["name"] for document in event["payload__facts"].get("documents", ())}
    return [
        event
        | {
            "said": SAID[event["kind"]],
            "names": [document["name"] for document in event["payload__facts"].get("documents", ())]
            or [names.get(event["document_id"], "")],
        }
        for event in found
    ]


def _on_the_agenda(request: RoomRequest) -> QuerySet[Document]:
    return Document.objects.filter(agenda_item__negotiation=request.negotiation)


def _taken_up(request: RoomRequest) -> QuerySet[Document]:
    return _documents(request).exclude(pk__in=_set_aside(request).values("document"))


def _set_aside(request: RoomRequest) -> QuerySet[SetAside]:
    """What is not on the agenda of the session that sits or may be resumed; a new one begins with every document."""
    return SetAside.objects.filter(session=request.sitting).exclude(session__state=SessionState.CLOSED)


def _unresolved(request: RoomRequest) -> QuerySet[UnresolvedMarker]:
    """Printed markers that fit no position, in the order of the texts (``rules.md`` 7)."""
    return (
        UnresolvedMarker.objects.filter(paragraph__document__agenda_item__negotiation=request.negotiation)
        .select_related("paragraph__document", "bracket__paragraph")
        .order_by("paragraph__document__agenda_item__place", "paragraph__place", "pk")
    )
