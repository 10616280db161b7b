"""Saying the same as another delegation, on as many of its brackets as one ticks: the list first, then one button."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from delegations.models import Delegation, Kind
from documents.models import Agreement, Document
from documents.notation import tree as trees
from negotiations.acts.positions import Target
from negotiations.acts.several import take_several
from negotiations.models import Position
from negotiations.models.wording import BracketState, Stance
from negotiations.refusals import Refusal
from negotiations.web import answers, cards
from negotiations.web.frame import RoomRequest, in_the_room, new_key, shown
from negotiations.web.reading import of_the_room


@dataclass(frozen=True, slots=True)
class Row:
    """A bracket on which the other delegation holds a sign. ``value`` is what its box says: the bracket and that sign, so
    that a sign which the other changes meanwhile is not repeated unread."""

    position: Position
    words: str
    mine: Position | None
    value: str
    ticked: bool


@in_the_room
@require_http_methods(["GET", "HEAD", "POST"])
def same_as(request: RoomRequest, document_id: UUID) -> HttpResponse:
    """GET: whom, then the list; POST: the ticked positions, all or none. The ticks come back with a refusal."""
    document = of_the_room(request.negotiation, document_id)
    if request.method != "POST":
        return _page(request, document)
    try:
        events = take_several(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            answers=_answers(request, document),
            seen=answers.seen(request),
            key=request.POST.get("key", ""),
            on_behalf_of=answers.on_behalf(request),
            reason=request.POST.get("reason", ""),
        )
    except Refusal as refusal:
        return _page(request, document, refusal)
    said = ngettext("One position is on record.", "%(n)s positions are on record.", len(events)) % {"n": len(events)}
    messages.success(request, said)
    return redirect(reverse("document", args=[request.negotiation.slug, document.pk]))


def _answers(request: RoomRequest, document: Document) -> list[tuple[Target, Stance]]:
    """What was ticked, in the order of the page. Raises Http404 for what no page of ours says."""
    found: list[tuple[Target, Stance]] = []
    for value in request.POST.getlist("take"):
        paragraph, _, rest = value.partition(".")
        bracket, _, stance = rest.partition(".")
        try:
            found.append((Target(UUID(paragraph), UUID(bracket)), Stance(stance)))
        except ValueError:
            raise Http404 from None
    return found


def _page(request: RoomRequest, document: Document, refusal: Refusal | None = None) -> HttpResponse:
    said: Any = request.POST or request.GET
    seated = {
        one.code: one
        for one in Delegation.objects.filter(participations__negotiation=request.negotiation).order_by("code")
    }
    speaking = (seated.get(said.get("for", "")) if request.actor.is_secretariat else None) or request.actor.delegation
    held = _held(document)
    other = seated.get(said.get("delegation", ""))
    context = {
        "document": document,
        "speaking": speaking,
        "other": other,
        "others": [one for one in seated.values() if one != speaking and held.get(one.pk)],
        "members": [one for one in seated.values() if one.kind == Kind.MEMBER],
        "rows": _rows(held.get(other.pk, []), held.get(speaking.pk, []), said.getlist("take")) if other else [],
        "typed": said,
        "refusal": refusal,
        "key": said.get("key") or new_key(),
    }
    return shown(
        request, "reading/same_as.html", context, current="negotiation", status=refusal.status if refusal else 200
    )


def _held(document: Document) -> dict[Any, list[Position]]:
    """What each delegation holds on the standing brackets of the document that are not agreed text, in order."""
    positions = Position.objects.filter(
        paragraph__document=document, paragraph__agreement=Agreement.OPEN, bracket__state=BracketState.STANDING
    )
    found: dict[Any, list[Position]] = {}
    for position in positions.select_related("paragraph", "bracket__paragraph").order_by(
        "paragraph__place", "bracket__number"
    ):
        found.setdefault(position.delegation_id, []).append(position)
    return found


def _rows(theirs: list[Position], mine: list[Position], ticked: list[str]) -> list[Row]:
    own = {position.bracket_id: position for position in mine}
    rows = []
    for position in theirs:
        if position.stance not in (Stance.SUPPORT, Stance.OPPOSE):
            continue
        held = own.get(position.bracket_id)
        if held and held.stance == position.stance:
            continue
        value = f"{position.paragraph_id}.{position.bracket_id}.{position.stance}"
        inside = trees.find(position.paragraph.nodes, str(position.bracket_id)).inside
        rows.append(
            Row(
                position,
                cards.shortened(trees.wording(inside)),
                held,
                value,
                value in ticked if ticked else held is None,
            )
        )
    return rows
