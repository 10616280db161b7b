"""Proposing a whole paragraph: after another, or as an alternative to it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from delegations.models import Delegation
from documents.models import Agreement, Paragraph
from documents.notation.write import Mark, pieces
from documents.rendering.html import paragraph_html
from negotiations import printing
from negotiations.acts import paragraphs
from negotiations.acts.paragraphs import Drafted, Standing
from negotiations.models import Event
from negotiations.refusals import Refusal
from negotiations.web import answers, cards
from negotiations.web.frame import RoomRequest, in_the_room, new_key
from negotiations.web.mixed import confirmed, mixed_in
from negotiations.web.paragraphs import of_the_room

CHOICES = (
    (Standing.AFTER, gettext_lazy("A new paragraph after it")),
    (Standing.ALTERNATIVE, gettext_lazy("An alternative that would stand in its place")),
)


@in_the_room
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: RoomRequest, paragraph_id: UUID) -> HttpResponse:
    """GET: the form; POST: a preview, or the act itself. What was typed comes back with every answer but the last."""
    beside, said = of_the_room(request, paragraph_id), request.POST
    if request.method != "POST":
        return _form(request, beside)
    if said.get("action") == "look":
        return _look(request, beside)
    try:
        if said.get("action") != "table":
            return _form(request, beside, preview=_preview(request, beside))
        event = paragraphs.table_paragraph(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            paragraph_id=beside.pk,
            standing=_standing(said),
            text=said.get("words", ""),
            seen=answers.seen(request),
            key=said.get("key", ""),
            on_behalf_of=answers.on_behalf(request),
            to_come_back=said.get("marker") == "tcb",
            reason=said.get("reason", ""),
            confirmed_mixed=confirmed(request),
        )
    except Refusal as refusal:
        return _form(request, of_the_room(request, paragraph_id), refusal=refusal)
    return answers.back(request, _tabled(request, event), lambda: _form(request, beside, done=True))


def _tabled(request: RoomRequest, event: Event) -> Paragraph:
    assert event.paragraph_id is not None, "a paragraph was tabled"
    return of_the_room(request, event.paragraph_id)


def _standing(said: Any) -> Standing:
    return Standing.ALTERNATIVE if said.get("standing") == Standing.ALTERNATIVE else Standing.AFTER


def _look(request: RoomRequest, beside: Paragraph) -> HttpResponse:
    """The preview alone, while somebody types: nothing was asked to be recorded, so nothing is refused."""
    context: dict[str, Any] = {}
    if request.POST.get("words", "").strip():
        try:
            context["preview"] = _preview(request, beside)
            context["noted"] = mixed_in(request.POST.get("words", ""))
        except Refusal as refusal:
            context["cannot"] = refusal
    return render(request, "reading/_new_paragraph_preview.html", context)


def _preview(request: RoomRequest, beside: Paragraph) -> dict[str, Any]:
    said = request.POST
    drafted = paragraphs.draft(request.negotiation, beside, _standing(said), said.get("words", ""))
    delegation = answers.on_behalf(request) or request.actor.delegation
    return {
        "paragraph": drafted.paragraph,
        "behind": drafted.behind,
        "html": _html(drafted, Mark(delegation.code, "tcb" if said.get("marker") == "tcb" else "support")),
    }


def _html(drafted: Drafted, mark: Mark) -> str:
    id_ = str(drafted.bracket)
    printed = tuple(pieces(drafted.paragraph.nodes, {id_: [mark]}))
    return paragraph_html(printed, numbers={id_: f"{drafted.paragraph.handle}.1"})


def _form(
    request: RoomRequest,
    beside: Paragraph,
    *,
    refusal: Refusal | None = None,
    preview: dict[str, Any] | None = None,
    done: bool = False,
) -> HttpResponse:
    said = {} if done else request.POST
    context = {
        "paragraph": beside,
        "body": cards.body(printing.page(beside.document, [beside]), beside),
        "choices": CHOICES if beside.agreement == Agreement.OPEN else CHOICES[:1],
        "standing": said.get("standing") or (request.GET.get("standing") if not said else "") or Standing.AFTER,
        "typed": said,
        "preview": preview,
        "refusal": refusal,
        "mixed": mixed_in(said.get("words", "")),
        "done": done,
        "key": said.get("key") or new_key(),
        "on": request.negotiation.head_seq,
        "delegations": Delegation.objects.filter(participations__negotiation=request.negotiation, kind="member"),
    }
    return answers.panel(request, "reading/new_paragraph.html", "reading/_new_paragraph.html", context, refusal)
