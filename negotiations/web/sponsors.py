"""Putting a delegation's name to another's proposal, and taking it off again."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from negotiations.acts import sponsors
from negotiations.refusals import Refusal
from negotiations.web import answers
from negotiations.web.brackets import first_of, panel_of
from negotiations.web.frame import RoomRequest, in_the_room


@in_the_room
@require_POST
def co_sponsor(request: RoomRequest, proposal_id: UUID) -> HttpResponse:
    """Do what the button says, and show the bracket's panel again."""
    bracket = first_of(request, proposal_id)
    common: dict[str, Any] = {
        "actor": request.actor,
        "negotiation_id": request.negotiation.pk,
        "proposal_id": proposal_id,
        "key": request.POST.get("key", ""),
    }
    try:
        if request.POST.get("action") == "leave":
            sponsors.leave(**common)
        else:
            sponsors.co_sponsor(**common, seen=answers.seen(request))
    except Refusal as refusal:
        return panel_of(request, bracket, refusal=refusal)
    return answers.back(
        request, bracket.paragraph, lambda: panel_of(request, first_of(request, proposal_id), done=True)
    )
