"""Revising one's own words: the present ones to edit, how the new ones will print, then the act."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.notation import tree as trees
from documents.notation.write import pieces
from documents.rendering.html import paragraph_html
from negotiations import printing
from negotiations.acts import revisions
from negotiations.models import Bracket, Position, Proposal
from negotiations.refusals import NotFound, Refusal, TextMoved
from negotiations.web import answers, cards
from negotiations.web.frame import RoomRequest, in_the_room, new_key
from negotiations.web.mixed import confirmed, mixed_in


@in_the_room
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: RoomRequest, proposal_id: UUID) -> HttpResponse:
    """GET: the form; POST: a preview, or the act itself. What was typed comes back with every answer but the last."""
    proposal, said = _proposal(request, proposal_id), request.POST
    if request.method != "POST":
        return _form(request, proposal)
    text = said.get("words", "")
    if said.get("action") == "look":
        return _look(request, proposal, text)
    try:
        if said.get("action") != "revise":
            return _form(request, proposal, preview=_preview(proposal, text, answers.seen(request)))
        revisions.revise(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            proposal_id=proposal_id,
            text=text,
            seen=answers.seen(request),
            key=said.get("key", ""),
            reason=said.get("reason", ""),
            confirmed_mixed=confirmed(request),
        )
    except Refusal as refusal:
        return _form(request, _proposal(request, proposal_id), refusal=refusal)
    return answers.back(request, proposal.paragraph, lambda: _form(request, _proposal(request, proposal_id), done=True))


def _proposal(request: RoomRequest, proposal_id: UUID) -> Proposal:
    found = Proposal.objects.select_related("paragraph__document", "tabled_by").filter(
        pk=proposal_id, paragraph__document__agenda_item__negotiation=request.negotiation
    )
    if (proposal := found.first()) is None:
        raise NotFound
    return proposal


def _look(request: RoomRequest, proposal: Proposal, text: str) -> HttpResponse:
    """The preview alone, while somebody types: nothing was asked to be recorded, so nothing is refused."""
    context: dict[str, Any] = {"paragraph": proposal.paragraph}
    try:
        context["preview"] = _preview(proposal, text, answers.seen(request))
        context["noted"] = mixed_in(text)
    except Refusal as refusal:
        context["cannot"] = refusal
    return render(request, "reading/_preview.html", context)


def _preview(proposal: Proposal, text: str, seen: int) -> str:
    paragraph = proposal.paragraph
    tree = revisions.draft(proposal, text, seen).tree
    rows = printing.page(paragraph.document, [paragraph])
    found = printing.marks(rows.positions[paragraph.pk], rows.unresolved[paragraph.pk])
    return paragraph_html(tuple(pieces(tree, found)), numbers=rows.numbers())


def _form(
    request: RoomRequest,
    proposal: Proposal,
    *,
    refusal: Refusal | None = None,
    preview: str = "",
    done: bool = False,
) -> HttpResponse:
    paragraph, said = proposal.paragraph, {} if done else request.POST
    try:
        bracket: Bracket | None = revisions.put_in(proposal)
    except Refusal as fault:
        bracket, refusal = None, refusal or fault
    now = _words(bracket) if bracket else ""
    again = bool(said) and not isinstance(refusal, TextMoved)
    context = {
        "proposal": proposal,
        "paragraph": paragraph,
        "bracket": bracket,
        "now": now,
        "words": said.get("words", now),
        "reason": said.get("reason", proposal.reason),
        "others": _others(proposal, bracket),
        "ours": proposal.tabled_by_id == request.actor.delegation_id or request.actor.is_secretariat,
        "body": cards.body(printing.page(paragraph.document, [paragraph]), paragraph),
        "preview": preview,
        "refusal": refusal,
        "mixed": mixed_in(said.get("words", now)),
        "typed": said,
        "moved": isinstance(refusal, TextMoved),
        "done": done,
        "key": said.get("key") or new_key(),
        "on": answers.seen(request) if again else max(request.negotiation.head_seq, paragraph.seq),
        "title": _("Revise %(number)s") % {"number": bracket or paragraph.handle},
    }
    return answers.panel(request, "reading/revise.html", "reading/_revise.html", context, refusal)


def _words(bracket: Bracket) -> str:
    inside = trees.find(bracket.paragraph.nodes, str(bracket.pk)).inside
    return trees.wording(inside, with_label=False).strip()


def _others(proposal: Proposal, bracket: Bracket | None) -> list[str]:
    """Codes of those whose positions will be marked as given on an earlier wording."""
    others = Position.objects.filter(bracket=bracket).exclude(delegation=proposal.tabled_by)
    return list(others.order_by("delegation__code").values_list("delegation__code", flat=True)) if bracket else []
