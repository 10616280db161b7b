"""Every negotiation page stands in this frame: who reads, which negotiation, what the bar offers, what a refusal says."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations.actor import Actor
from delegations.models import Delegate
from delegations.web.signed_in import asked_by_htmx, signed_in
from negotiations import may
from negotiations.models import Negotiation, Participation, Session
from negotiations.prepared import rows
from negotiations.refusals import NotFound, Refusal


class RoomRequest(HttpRequest):
    """A request whose ``actor`` takes part in ``negotiation``; ``sitting`` is its open or last session, if any."""

    actor: Actor
    negotiation: Negotiation
    sitting: Session | None


View = Callable[..., HttpResponseBase]


def in_the_room(view: View) -> View:
    """For views whose address begins with the negotiation's short name: strangers find nothing there (404)."""

    @signed_in
    @wraps(view)
    def framed(request: Any, slug: str, **rest: Any) -> HttpResponseBase:
        if not (seats := rows(_seat, request.user.delegation_id, slug)):
            raise Http404
        request.user.delegation = seats[0].delegation
        request.actor = actor_of(request)
        request.negotiation = seats[0].negotiation
        request.sitting = sitting_of(request.negotiation)
        try:
            return view(request, **rest)
        except NotFound:
            raise Http404 from None

    return framed


def _seat(delegation_id: UUID, slug: str) -> QuerySet[Participation]:
    seats = Participation.objects.select_related("delegation", "negotiation")
    return seats.filter(delegation=delegation_id, negotiation__slug=slug)


def sitting_of(negotiation: Negotiation) -> Session | None:
    """The negotiation's open or last session, if there was one."""
    return next(iter(rows(_last_sitting, negotiation.pk)), None)


def _last_sitting(negotiation_id: UUID) -> QuerySet[Session]:
    return Session.objects.filter(negotiation=negotiation_id).order_by("-number")[:1]


def actor_of(request: HttpRequest) -> Actor:
    person = request.user
    assert isinstance(person, Delegate)
    return Actor.of(person)


def holds_the_pen(actor: Actor) -> bool:
    return _may(may.hold_the_pen, actor)


def has_a_desk(actor: Actor) -> bool:
    return _may(may.have_a_desk, actor)


def keeps_drafts(actor: Actor) -> bool:
    return _may(lambda who: may.prepare(who, who.delegation), actor)


def _may(right: Callable[[Actor], None], actor: Actor) -> bool:
    try:
        right(actor)
    except Refusal:
        return False
    return True


def shown(
    request: RoomRequest, template: str, context: dict[str, Any], *, current: str = "", status: int = 200
) -> HttpResponse:
    """A page of the room, with its bar; ``current`` is the name of the bar's page."""
    room = {
        "negotiation": request.negotiation,
        "actor": request.actor,
        "sitting": request.sitting,
        "sits": request.sitting is not None and request.sitting.is_open,
        "pen": holds_the_pen(request.actor),
        "seen": request.negotiation.head_seq,
        "nav": _nav(request, current),
    }
    return render(request, template, room | context, status=status)


def _nav(request: RoomRequest, current: str) -> list[tuple[str, str, bool]]:
    slug = request.negotiation.slug
    own = [("desk", _("Desk"))] if holds_the_pen(request.actor) else []
    own += [("my-file", _("My file"))] if has_a_desk(request.actor) else []
    pages = [("negotiation", _("Texts")), *own, ("versions", _("Versions"))]
    return [(reverse(name, args=[slug]), label, name == current) for name, label in pages]


def new_key() -> str:
    """A key for one rendered form: pressed twice, it is done once."""
    return str(uuid4())


def in_a_panel(request: HttpRequest) -> bool:
    """Whether the answer goes into a place on the page, not in its stead."""
    return asked_by_htmx(request)


def refused(request: RoomRequest, refusal: Refusal, page: View, **context: Any) -> HttpResponseBase:
    """The page again, with what was typed, the refusal above it, and its status."""
    answer = page(request, refusal=refusal, **context)
    answer.status_code = refusal.status
    return answer
