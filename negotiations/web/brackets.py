"""A bracket's own page: who stands where, what one may answer, and the verdicts of those who hold the pen."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from delegations.models import Delegation
from documents.notation import tree as trees
from documents.notation.write import Mark, marker, pieces
from documents.rendering.html import paragraph_html
from negotiations import may, printing
from negotiations.acts import verdicts, wording
from negotiations.acts.positions import Target
from negotiations.models import Bracket, Position
from negotiations.models.wording import BracketState, Side
from negotiations.refusals import Refusal
from negotiations.web import answers
from negotiations.web.frame import RoomRequest, in_the_room, new_key, shown


@in_the_room
def panel(request: RoomRequest, bracket_id: UUID) -> HttpResponse:
    return _panel(request, _bracket(request, bracket_id))


@in_the_room
@require_POST
def position(request: RoomRequest, bracket_id: UUID) -> HttpResponse:
    bracket = _bracket(request, bracket_id)
    try:
        answers.answer(request, Target(bracket.paragraph_id, bracket.pk))
    except Refusal as refusal:
        return _panel(request, bracket, refusal=refusal)
    return answers.back(request, bracket.paragraph, lambda: _panel(request, _bracket(request, bracket_id), done=True))


@in_the_room
def verdict(request: RoomRequest, bracket_id: UUID) -> HttpResponse:
    """GET: what would print and whom it overrules; POST: record it."""
    bracket = _bracket(request, bracket_id)
    way = (request.POST if request.method == "POST" else request.GET).get("way", "")
    ways = _ways(bracket, way)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            verdicts.decide(
                actor=request.actor,
                negotiation_id=request.negotiation.pk,
                paragraph_id=bracket.paragraph_id,
                ways=ways,
                seen=answers.seen(request),
                key=request.POST.get("key", ""),
            )
            return redirect(answers.address(request, bracket.paragraph))
        except Refusal as fault:
            refusal = fault
            bracket = _bracket(request, bracket_id)
    context: dict[str, Any] = {"bracket": bracket, "way": way, "key": new_key(), "refusal": refusal}
    try:
        may.hold_the_pen(request.actor)
        foreseen = verdicts.foresee(bracket.paragraph, ways)
        context |= {
            "overruled": sorted({code for codes in foreseen.overruled.values() for code in codes}),
            "preview": _preview(foreseen),
            "also": [row for row in foreseen.outcome.brackets if row.pk not in ways],
        }
    except Refusal as fault:
        context["refusal"] = refusal = refusal or fault
    return shown(request, "reading/verdict.html", context, status=refusal.status if refusal else 200)


@in_the_room
@require_POST
def withdraw_proposal(request: RoomRequest, proposal_id: UUID) -> HttpResponse:
    bracket = Bracket.objects.filter(
        proposal_id=proposal_id, paragraph__document__agenda_item__negotiation=request.negotiation
    ).first()
    if bracket is None:
        raise Http404
    bracket = _bracket(request, bracket.pk)
    try:
        wording.withdraw(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            proposal_id=proposal_id,
            key=request.POST.get("key", ""),
        )
    except Refusal as refusal:
        return _panel(request, bracket, refusal=refusal)
    return answers.back(request, bracket.paragraph, lambda: _panel(request, _bracket(request, bracket.pk), done=True))


def _bracket(request: RoomRequest, bracket_id: UUID) -> Bracket:
    found = Bracket.objects.select_related(
        "paragraph__document", "proposal__tabled_by", "proposal__entered_by__delegation"
    ).filter(pk=bracket_id, paragraph__document__agenda_item__negotiation=request.negotiation)
    if (bracket := found.first()) is None:
        raise Http404
    return bracket


def _ways(bracket: Bracket, way: str) -> dict[UUID, Any]:
    """``retain`` and ``strike`` are said of this bracket; ``carry`` and ``drop`` of both halves of a replacement."""
    if way in ("retain", "strike"):
        return {bracket.pk: way}
    if way not in ("carry", "drop"):
        raise Http404
    stays = Side.IN if way == "carry" else Side.OUT
    halves = Bracket.objects.filter(proposal=bracket.proposal, state="standing")
    return {half.pk: "retain" if half.side == stays else "strike" for half in halves}


def _panel(
    request: RoomRequest, bracket: Bracket, *, refusal: Refusal | None = None, done: bool = False
) -> HttpResponse:
    own = request.actor.delegation
    mine = Position.objects.filter(bracket=bracket, delegation=own).first()
    proposal = bracket.proposal
    halves = Bracket.objects.filter(proposal=proposal, state="standing") if bracket.side else Bracket.objects.none()
    other = halves.exclude(pk=bracket.pk).select_related("paragraph").first()
    context = {
        "bracket": bracket,
        "paragraph": bracket.paragraph,
        "words": _words(bracket),
        "other": other,
        "other_words": _words(other) if other else "",
        "positions": Position.objects.filter(bracket=bracket).select_related("delegation").order_by("on_seq"),
        "mine": mine,
        "choices": [(stance, glyph, words, marker(Mark(own.code, stance))) for stance, glyph, words in answers.CHOICES],
        "delegations": Delegation.objects.filter(participations__negotiation=request.negotiation, kind="member"),
        "may_withdraw": proposal.tabled_by_id == own.pk and request.actor.speaks and proposal.state == "tabled",
        "pair": bracket.state == BracketState.STANDING and other is not None,
        "reserves": True,
        "action": reverse("bracket-position", args=[request.negotiation.slug, bracket.pk]),
        "refusal": refusal,
        "done": done,
        "typed": {} if done else request.POST,
        "key": new_key(),
    }
    return answers.panel(request, "reading/bracket.html", "reading/_bracket.html", context, refusal)


def _words(bracket: Bracket) -> str:
    try:
        return trees.wording(trees.find(bracket.paragraph.nodes, str(bracket.pk)).inside)
    except KeyError:
        return ""


def _preview(foreseen: verdicts.Foreseen) -> str:
    paragraph = foreseen.outcome.paragraph
    rows = printing.page(paragraph.document, [paragraph])
    found = printing.marks(rows.positions[paragraph.pk], rows.unresolved[paragraph.pk])
    return paragraph_html(tuple(pieces(foreseen.outcome.tree, found)), numbers=rows.numbers()) or _("nothing")
