"""Proposing by rewriting: the paragraph typed as one would like it; Podium finds what to bracket."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from delegations.models import Delegation
from documents.models import Paragraph
from documents.notation.rewriting import as_typed
from documents.notation.write import Mark, pieces
from documents.rendering.html import paragraph_html
from negotiations import history, printing
from negotiations.acts import rewriting
from negotiations.acts.rewriting import Rewritten
from negotiations.refusals import Refusal, TextMoved
from negotiations.web import answers, cards
from negotiations.web.frame import RoomRequest, in_the_room, new_key
from negotiations.web.mixed import confirmed, mixed_in
from negotiations.web.paragraphs import of_the_room


@in_the_room
@require_http_methods(["GET", "HEAD", "POST"])
def rewrite(request: RoomRequest, paragraph_id: UUID) -> HttpResponse:
    """GET: the form; POST: a preview, or the act itself. What was typed comes back with every answer but the last."""
    paragraph, said = of_the_room(request, paragraph_id), request.POST
    if request.method != "POST":
        return _form(request, paragraph)
    if said.get("action") == "look":
        return _look(request, paragraph)
    try:
        if said.get("action") != "table":
            return _form(request, paragraph, preview=_preview(request, paragraph))
        rewriting.table_rewriting(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            paragraph_id=paragraph.pk,
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
    return answers.back(request, paragraph, lambda: _form(request, of_the_room(request, paragraph_id), done=True))


def _look(request: RoomRequest, paragraph: Paragraph) -> HttpResponse:
    """The preview alone, while somebody types: nothing was asked to be recorded, so nothing is refused."""
    context: dict[str, Any] = {"paragraph": paragraph}
    try:
        context["preview"] = _preview(request, paragraph)
        context["noted"] = mixed_in(context["preview"]["new_words"])
    except Refusal as refusal:
        context["cannot"] = refusal
    return render(request, "reading/_rewrite_preview.html", context)


def _preview(request: RoomRequest, paragraph: Paragraph) -> dict[str, Any]:
    said = request.POST
    made = rewriting.rewritten(paragraph, said.get("words", ""), answers.seen(request))
    delegation = answers.on_behalf(request) or request.actor.delegation
    return {
        "html": _html(made, delegation, tcb=said.get("marker") == "tcb"),
        "changes": len(made.edits),
        "beside": made.beside,
        "new_words": made.new_words,
    }


def _html(made: Rewritten, delegation: Delegation, *, tcb: bool) -> str:
    paragraph = made.paragraph
    page = printing.page(paragraph.document, [paragraph])
    found: dict[str | None, list[Mark]] = dict(
        printing.marks(page.positions[paragraph.pk], page.unresolved[paragraph.pk])
    )
    for _kind, drafted in made.parts():
        for half, stance in ((drafted.out, "oppose"), (drafted.new, "support")):
            if half:
                found[str(half)] = [Mark(delegation.code, "tcb" if tcb else stance)]
    return paragraph_html(tuple(pieces(made.tree, found)), numbers=page.numbers())


def _form(
    request: RoomRequest,
    paragraph: Paragraph,
    *,
    refusal: Refusal | None = None,
    preview: dict[str, Any] | None = None,
    done: bool = False,
) -> HttpResponse:
    said = {} if done else request.POST
    moved = _met_another(request, paragraph) if isinstance(refusal, TextMoved) else {}
    # A text that was typed goes with the wording it was typed on, unless it was laid upon the present one for its author.
    keeps = bool(said) and not moved
    context = {
        "paragraph": paragraph,
        "body": cards.body(printing.page(paragraph.document, [paragraph]), paragraph),
        "words": moved.get("suggested") or said.get("words") or as_typed(paragraph.nodes),
        "moved": moved,
        "typed": said,
        "preview": preview,
        "refusal": refusal,
        "mixed": mixed_in(_unlike(paragraph, said.get("words", ""))),
        "done": done,
        "key": said.get("key") or new_key(),
        "on": answers.seen(request) if keeps else max(request.negotiation.head_seq, paragraph.seq),
        "delegations": Delegation.objects.filter(participations__negotiation=request.negotiation, kind="member"),
    }
    return answers.panel(request, "reading/rewrite.html", "reading/_rewrite.html", context, refusal)


def _unlike(paragraph: Paragraph, text: str) -> str:
    """The words of a text that do not stand in the paragraph."""
    there = set(as_typed(paragraph.nodes).split())
    return " ".join(word for word in text.split() if word not in there)


def _met_another(request: RoomRequest, paragraph: Paragraph) -> dict[str, Any]:
    """What the author saw, and what of the typed text still finds its place; {} where that wording is known no more."""
    seen, wrote = answers.seen(request), request.POST.get("words", "")
    steps = history.trees_since(paragraph, seen)
    if not steps:
        return {}
    suggested, lost = rewriting.suggestion(paragraph, wrote, seen)
    return {"saw": as_typed(steps[0]), "wrote": wrote, "suggested": suggested, "lost": lost}
