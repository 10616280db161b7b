"""The ways in: the list of negotiations, and a negotiation's first text."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from delegations.web.signed_in import signed_in
from documents.models import Document
from negotiations.models import Negotiation
from negotiations.web.frame import RoomRequest, actor_of, in_the_room, shown


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    found = list(Negotiation.objects.visible_to(actor_of(request)).order_by("title"))
    if len(found) == 1:
        return redirect("negotiation", slug=found[0].slug)
    return render(request, "pages/home.html", {"negotiations": found})


@in_the_room
@require_safe
def negotiation(request: RoomRequest) -> HttpResponse:
    first = Document.objects.filter(agenda_item__negotiation=request.negotiation).order_by("agenda_item__place").first()
    if first is not None:
        return redirect("document", slug=request.negotiation.slug, document_id=first.pk)
    return shown(request, "pages/empty.html", {}, current="negotiation")
