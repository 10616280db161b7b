"""Answering: the one form by which positions are taken, on a bracket or a whole paragraph."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delegations.models import Delegation
from documents.models import Paragraph
from negotiations.acts import positions, replacements
from negotiations.acts.positions import Target
from negotiations.acts.replacements import Answer
from negotiations.models import Negotiation
from negotiations.models.wording import Stance
from negotiations.prepared import rows
from negotiations.refusals import Refusal
from negotiations.web.frame import RoomRequest, holds_the_pen, in_a_panel, shown

CHOICES = (
    (Stance.SUPPORT, "+", gettext_lazy("These words stay")),
    (Stance.OPPOSE, "−", gettext_lazy("These words go")),
    (Stance.TCB, "…", gettext_lazy("We will come back")),
    (Stance.KEEP_ORIGINAL, "=", gettext_lazy("Keep the original")),
)
"""Stance, glyph and meaning, in the order in which every panel shows them."""


CROSSED = (
    (Answer.NEW, "⇄", gettext_lazy("The new words stand, the old words go")),
    (Answer.OLD, "=", gettext_lazy("The old words stay, the new words go")),
    (Answer.TCB, "…", gettext_lazy("We will come back to both")),
)
"""Answer to a replacement, glyph and meaning, in the order in which every panel shows them."""


def answer(request: RoomRequest, target: Target) -> None:
    """Do what the form says: take a position, or withdraw the one that is held. Raises a Refusal."""
    said, common = request.POST, _common(request)
    if said.get("stance") == "withdraw":
        positions.withdraw(**common, target=target)
        return
    if said.get("stance") not in Stance.values:
        raise Http404
    positions.take(
        **common,
        target=target,
        stance=Stance(said["stance"]),
        seen=seen(request),
        reservation=said.get("reservation") == "on",
        reason=said.get("reason", ""),
    )


def answer_replacement(request: RoomRequest, proposal_id: UUID) -> None:
    """Do what the form says on both halves of a replacement. Raises a Refusal."""
    said, common = request.POST, _common(request)
    if said.get("stance") == "withdraw":
        replacements.withdraw_answer(**common, proposal_id=proposal_id)
        return
    if said.get("stance") not in list(Answer):
        raise Http404
    replacements.answer(
        **common,
        proposal_id=proposal_id,
        answer=Answer(said["stance"]),
        seen=seen(request),
        reason=said.get("reason", ""),
    )


def _common(request: RoomRequest) -> dict[str, Any]:
    return {
        "actor": request.actor,
        "negotiation_id": request.negotiation.pk,
        "key": request.POST.get("key", ""),
        "on_behalf_of": on_behalf(request),
    }


def on_behalf(request: RoomRequest) -> Delegation | None:
    """The delegation for which the Secretariat enters what it heard; None where one speaks for oneself."""
    code = request.POST.get("for", "")
    if not code:
        return None
    found = Delegation.objects.filter(participations__negotiation=request.negotiation, code=code).first()
    if found is None:
        raise Http404
    return found


def seen(request: RoomRequest) -> int:
    """The seq of the page on which the form was shown; a form without one has seen nothing."""
    return seen_in(request.POST)


def seen_in(said: Any) -> int:
    """The same of what a form says, wherever it comes from."""
    value = str(said.get("seen", ""))
    return int(value) if value.isdecimal() else 0


def address(request: RoomRequest, paragraph: Paragraph) -> str:
    """The paragraph on its reading page."""
    return reverse("document", args=[request.negotiation.slug, paragraph.document_id]) + f"#p-{paragraph.pk}"


def back(request: RoomRequest, paragraph: Paragraph, panel: Callable[[], HttpResponse]) -> HttpResponse:
    """After an act: the panel again where it stands on a page, else the reading page."""
    if in_a_panel(request):
        [request.negotiation] = rows(_as_it_is_now, request.negotiation.pk)
        return panel()
    messages.success(request, _("Recorded. The text below shows it."))
    return redirect(address(request, paragraph))


def _as_it_is_now(negotiation_id: UUID) -> QuerySet[Negotiation]:
    return Negotiation.objects.filter(pk=negotiation_id)


def panel(request: RoomRequest, page: str, part: str, context: dict[str, Any], refusal: Refusal | None) -> HttpResponse:
    """The panel as a part of a page for htmx, and as a page of its own for everybody."""
    status = refusal.status if refusal else 200
    if not in_a_panel(request):
        return shown(request, page, context, current="negotiation", status=status)
    room = {
        "negotiation": request.negotiation,
        "actor": request.actor,
        "sitting": request.sitting,
        "sits": request.sitting is not None and request.sitting.is_open,
        "pen": holds_the_pen(request.actor),
        "seen": request.negotiation.head_seq,
    }
    return render(request, part, room | context, status=status)
