"""Proposing words: which words, what instead, how it will print; then tabling it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from delegations.models import Delegation
from documents.models import Paragraph
from documents.notation.words import Word, words
from documents.notation.write import Mark, pieces
from documents.rendering.html import paragraph_html
from negotiations import history, printing
from negotiations.acts import wording
from negotiations.acts.wording import Change, Deletion, Drafted, Insertion, Replacement
from negotiations.refusals import Refusal, TextMoved
from negotiations.web import answers, cards
from negotiations.web.frame import RoomRequest, in_the_room, new_key
from negotiations.web.paragraphs import of_the_room


@in_the_room
def propose(request: RoomRequest, paragraph_id: UUID) -> HttpResponse:
    """GET: the form; POST: a preview, or the act itself. What was typed comes back with every answer but the last."""
    paragraph = of_the_room(request, paragraph_id)
    said = request.POST
    if request.method != "POST":
        return _form(request, paragraph)
    change = _change(said)
    try:
        delegation = answers.on_behalf(request) or request.actor.delegation
        if said.get("action") != "table":
            drafted = wording.draft(paragraph, change, answers.seen(request))
            return _form(request, paragraph, preview=_preview(drafted, change, delegation, said.get("marker") == "tcb"))
        wording.table(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            paragraph_id=paragraph.pk,
            change=change,
            seen=answers.seen(request),
            key=said.get("key", ""),
            on_behalf_of=delegation,
            to_come_back=said.get("marker") == "tcb",
            reason=said.get("reason", ""),
        )
    except Refusal as refusal:
        return _form(request, of_the_room(request, paragraph_id), refusal=refusal)
    return answers.back(request, paragraph, lambda: _form(request, of_the_room(request, paragraph_id), done=True))


def _change(said: Any) -> Change:
    first, last, text = _number(said.get("first")), _number(said.get("last")), said.get("words", "")
    match said.get("kind"):
        case "delete":
            return Deletion(first, last)
        case "replace":
            return Replacement(first, last, text)
    return Insertion(last, text)


def _number(value: str | None) -> int:
    try:
        return int(value or "-1")
    except ValueError:
        return -1


def _form(
    request: RoomRequest,
    paragraph: Paragraph,
    *,
    refusal: Refusal | None = None,
    preview: str = "",
    done: bool = False,
) -> HttpResponse:
    said = {} if done else request.POST
    moved = isinstance(refusal, TextMoved)
    numbered = words(paragraph.nodes)
    context = {
        "paragraph": paragraph,
        "body": cards.body(printing.page(paragraph.document, [paragraph]), paragraph),
        "options": _options(numbered),
        "first": -1 if moved else _number(said.get("first")),
        "last": -1 if moved else _number(said.get("last")),
        "kind": said.get("kind", "insert"),
        "typed": said,
        "preview": preview,
        "refusal": refusal,
        "before": _as_seen(paragraph, answers.seen(request)) if moved else "",
        "done": done,
        # A preview keeps the form's key and the page it was made on; a new key would make a second press a second act.
        "key": said.get("key") or new_key(),
        "on": request.negotiation.head_seq if moved or not said else answers.seen(request),
        "delegations": Delegation.objects.filter(participations__negotiation=request.negotiation, kind="member"),
    }
    return answers.panel(request, "reading/propose.html", "reading/_propose.html", context, refusal)


def _options(numbered: list[Word]) -> list[dict[str, Any]]:
    """The numbered words, each with its place among the visible characters, so that a script can find it."""
    options, at = [], 0
    for word in numbered:
        length = 0 if word.closes else len(word.text)
        options.append({"index": word.index, "text": word.text, "start": at, "end": at + length, "closes": word.closes})
        at += length
    return options


def _preview(drafted: Drafted, change: Change, delegation: Delegation, tcb: bool) -> str:
    paragraph = drafted.paragraph
    rows = printing.page(paragraph.document, [paragraph])
    found: dict[str | None, list[Mark]] = dict(
        printing.marks(rows.positions[paragraph.pk], rows.unresolved[paragraph.pk])
    )
    if drafted.out:
        found[str(drafted.out)] = [Mark(delegation.code, "tcb" if tcb else "oppose")]
    if drafted.new:
        found[str(drafted.new)] = [Mark(delegation.code, "tcb" if tcb else "support")]
    return paragraph_html(tuple(pieces(drafted.tree, found)), numbers=rows.numbers())


def _as_seen(paragraph: Paragraph, seen: int) -> str:
    """The wording on which the words were chosen, brackets and all but without markers."""
    steps = history.trees_since(paragraph, seen)
    return paragraph_html(tuple(pieces(steps[0], {})), numbers={}) if steps else ""
