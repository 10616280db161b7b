"""A paragraph as a whole: positions on all of it, agreeing it, reopening it."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from delegations.models import Delegation
from documents.models import Agreement, Paragraph
from documents.notation.write import Mark, marker
from negotiations import consensus, printing
from negotiations.acts import verdicts
from negotiations.acts.positions import Target
from negotiations.models import Position
from negotiations.prepared import rows
from negotiations.refusals import Refusal
from negotiations.web import answers, cards
from negotiations.web.frame import RoomRequest, in_the_room, new_key


@in_the_room
@require_safe
def panel(request: RoomRequest, paragraph_id: UUID) -> HttpResponse:
    return _panel(request, of_the_room(request, paragraph_id))


@in_the_room
@require_POST
def position(request: RoomRequest, paragraph_id: UUID) -> HttpResponse:
    paragraph = of_the_room(request, paragraph_id)
    try:
        answers.answer(request, Target(paragraph.pk))
    except Refusal as refusal:
        return _panel(request, paragraph, refusal=refusal)
    return answers.back(request, paragraph, lambda: _panel(request, of_the_room(request, paragraph_id), done=True))


@in_the_room
@require_POST
def agree(request: RoomRequest, paragraph_id: UUID) -> HttpResponse:
    paragraph = of_the_room(request, paragraph_id)
    try:
        verdicts.agree(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            paragraph_id=paragraph.pk,
            seen=answers.seen(request),
            key=request.POST.get("key", ""),
        )
    except Refusal as refusal:
        return _panel(request, paragraph, refusal=refusal)
    return redirect(answers.address(request, paragraph))


@in_the_room
@require_POST
def reopen(request: RoomRequest, paragraph_id: UUID) -> HttpResponse:
    paragraph = of_the_room(request, paragraph_id)
    try:
        verdicts.reopen(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            paragraph_id=paragraph.pk,
            reason=request.POST.get("reason", ""),
            key=request.POST.get("key", ""),
        )
    except Refusal as refusal:
        return _panel(request, paragraph, refusal=refusal)
    return redirect(answers.address(request, paragraph))


def of_the_room(request: RoomRequest, paragraph_id: UUID) -> Paragraph:
    """The paragraph, if its document is on this negotiation's agenda. Raises Http404."""
    if not (found := rows(_of_the_room, paragraph_id, request.negotiation.pk)):
        raise Http404
    return found[0]


def _of_the_room(paragraph_id: UUID, negotiation_id: UUID) -> QuerySet[Paragraph]:
    found = Paragraph.objects.select_related("document")
    return found.filter(pk=paragraph_id, document__agenda_item__negotiation=negotiation_id)


def _panel(
    request: RoomRequest, paragraph: Paragraph, *, refusal: Refusal | None = None, done: bool = False
) -> HttpResponse:
    own = request.actor.delegation
    whole = Position.objects.filter(paragraph=paragraph, bracket=None).select_related("delegation").order_by("on_seq")
    context = {
        "paragraph": paragraph,
        "body": cards.body(printing.page(paragraph.document, [paragraph]), paragraph),
        "positions": whole,
        "mine": next((held for held in whole if held.delegation_id == own.pk), None),
        "choices": [(stance, glyph, words, marker(Mark(own.code, stance))) for stance, glyph, words in answers.CHOICES],
        "delegations": Delegation.objects.filter(participations__negotiation=request.negotiation, kind="member"),
        "reserves": True,
        "blemishes": [consensus.in_words(blemish) for blemish in consensus.blemishes_of(paragraph)],
        "agreed": paragraph.agreement == Agreement.AD_REF,
        "action": reverse("paragraph-position", args=[request.negotiation.slug, paragraph.pk]),
        "refusal": refusal,
        "done": done,
        "typed": {} if done else request.POST,
        "key": new_key(),
    }
    return answers.panel(request, "reading/paragraph.html", "reading/_paragraph_panel.html", context, refusal)
