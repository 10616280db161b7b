"""Proposing words: which words, what instead, how it will print; then tabling it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from delegations.models import Delegation
from documents.models import Paragraph
from documents.notation.tree import Tree
from documents.notation.words import Word, words
from documents.notation.write import Mark, pieces
from documents.rendering.html import paragraph_html
from negotiations import history, printing
from negotiations.acts import wording
from negotiations.acts.wording import Change, Deletion, Drafted, Insertion, Replacement
from negotiations.refusals import DraftChanged, Refusal, TextMoved
from negotiations.web import answers, cards, drafts
from negotiations.web.frame import RoomRequest, in_the_room, keeps_drafts, new_key
from negotiations.web.mixed import confirmed, mixed_in
from negotiations.web.paragraphs import of_the_room


@in_the_room
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: RoomRequest, paragraph_id: UUID) -> HttpResponse:
    """GET: the form; POST: a preview, or the act itself. What was typed comes back with every answer but the last."""
    paragraph = of_the_room(request, paragraph_id)
    said = request.POST
    if request.method != "POST":
        return _form(request, paragraph, draft=drafts.asked_for(request, paragraph))
    change = _change(said)
    if said.get("action") == "look":
        return _look(request, paragraph, change)
    try:
        delegation = answers.on_behalf(request) or request.actor.delegation
        if said.get("action") == "keep":
            drafts.keep(request, paragraph, change)
            return drafts.after_keeping(request, lambda: _form(request, paragraph, done=True, kept=True))
        if said.get("action") != "table":
            drafted = wording.draft(paragraph, change, answers.seen(request))
            return _form(request, paragraph, preview=_preview(drafted, change, delegation, said.get("marker") == "tcb"))
        _table(request, paragraph, change, delegation)
    except Refusal as refusal:
        return _form(request, of_the_room(request, paragraph_id), refusal=refusal)
    return answers.back(request, paragraph, lambda: _form(request, of_the_room(request, paragraph_id), done=True))


def _table(request: RoomRequest, paragraph: Paragraph, change: Change, delegation: Delegation) -> None:
    said = request.POST
    if (draft := drafts.in_hand(request, said)) is not None:
        drafts.table_edited(request, paragraph, change, draft)
        return
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
        confirmed_mixed=confirmed(request),
    )


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


def _look(request: RoomRequest, paragraph: Paragraph, change: Change) -> HttpResponse:
    """The preview alone, asked for while somebody types: the form they type in is left as it is."""
    wanting = not isinstance(change, Deletion) and not change.text.strip()
    context: dict[str, Any] = {"paragraph": paragraph}
    if not wanting:
        try:
            delegation = answers.on_behalf(request) or request.actor.delegation
            drafted = wording.draft(paragraph, change, answers.seen(request))
            context["preview"] = _preview(drafted, change, delegation, request.POST.get("marker") == "tcb")
            context["noted"] = mixed_in(getattr(change, "text", ""))
        except Refusal as refusal:
            # Nothing was asked to be recorded, so nothing was refused: this is what a preview has to say.
            context["cannot"] = refusal
    return render(request, "reading/_preview.html", context)


def _form(
    request: RoomRequest,
    paragraph: Paragraph,
    *,
    refusal: Refusal | None = None,
    preview: str = "",
    done: bool = False,
    kept: bool = False,
    draft: drafts.Kept | None = None,
) -> HttpResponse:
    said: Any = {} if done else request.POST
    if draft is not None:
        said = drafts.as_typed(draft, max(request.negotiation.head_seq, paragraph.seq))
    unfit = draft is not None and draft.drafted is None
    moved = isinstance(refusal, TextMoved)
    before = history.trees_since(paragraph, answers.seen_in(said))[:1] if said else []
    in_hand = drafts.in_hand(request, said)
    # Numbers mean words only together with the wording on which they were counted: a form that comes back counts on
    # the one it was made on, a new one on the paragraph at hand, which may be younger than the request's first look.
    again = bool(before) and not moved
    counted = before[0] if again else paragraph.nodes
    chosen = (_number(said.get("first")), _number(said.get("last"))) if again else (-1, -1)
    context = {
        "paragraph": paragraph,
        "body": cards.body(printing.page(paragraph.document, [paragraph]), paragraph),
        "options": _options(words(counted), *chosen),
        "kind": said.get("kind", "insert"),
        "typed": said,
        "preview": preview,
        "refusal": refusal,
        "mixed": mixed_in("" if said.get("kind") == "delete" else said.get("words", "")),
        "before": _print(draft.row.nodes) if draft and unfit else _print(before[0]) if moved and before else "",
        "meant": said_of(draft.row.nodes, drafts.said_in(draft))
        if draft and unfit
        else said_of(before[0], said)
        if moved and before
        else {},
        "unfit": unfit,
        "keeps": keeps_drafts(request.actor),
        "kept": kept,
        "draft": in_hand,
        # Whoever is told that a colleague was faster has seen it, and may put other words in place of theirs.
        "edition": in_hand.edition if in_hand and isinstance(refusal, DraftChanged) else said.get("edition", ""),
        "grown": again and counted != paragraph.nodes,
        "done": done,
        # A preview keeps the form's key and the page it was made on; a new key would make a second press a second act.
        "key": said.get("key") or new_key(),
        "on": answers.seen_in(said) if again else max(request.negotiation.head_seq, paragraph.seq),
        "delegations": Delegation.objects.filter(participations__negotiation=request.negotiation, kind="member"),
    }
    return answers.panel(request, "reading/propose.html", "reading/_propose.html", context, refusal)


def _options(numbered: list[Word], first: int, last: int) -> dict[str, SafeString]:
    """The numbered words for both lists, each with its place among the visible characters, so that a script finds it.

    A list has an entry a word, and a template takes several times as long for them.
    """
    firsts, lasts, at = [], [], 0
    for word in numbered:
        length = 0 if word.closes else len(word.text)
        entry = (word.index, at, at + length)
        if word.closes:
            said = f"{word.index + 1} {word.text} {_('(after this bracket)')}"
            lasts.append((*entry, " data-closes", _selected(word.index == last), said))
        else:
            said = f"{word.index + 1} {word.text}"
            firsts.append((*entry, "", _selected(word.index == first), said))
            lasts.append((*entry, "", _selected(word.index == last), said))
        at += length
    return {"first": format_html_join("", _OPTION, firsts), "last": format_html_join("", _OPTION, lasts)}


_OPTION = '<option value="{}" data-start="{}" data-end="{}"{}{}>{}</option>'


def _selected(chosen: bool) -> str:
    return " selected" if chosen else ""


def _preview(drafted: Drafted, change: Change, delegation: Delegation, tcb: bool) -> str:
    return printed(drafted, delegation, tcb)


def printed(drafted: Drafted, delegation: Delegation, tcb: bool, among: printing.Page | None = None) -> str:
    """How it would print if it were tabled now; ``among`` is a page with the paragraph, where one is at hand."""
    paragraph = drafted.paragraph
    rows = among or printing.page(paragraph.document, [paragraph])
    found: dict[str | None, list[Mark]] = dict(
        printing.marks(rows.positions[paragraph.pk], rows.unresolved[paragraph.pk])
    )
    if drafted.out:
        found[str(drafted.out)] = [Mark(delegation.code, "tcb" if tcb else "oppose")]
    if drafted.new:
        found[str(drafted.new)] = [Mark(delegation.code, "tcb" if tcb else "support")]
    return paragraph_html(tuple(pieces(drafted.tree, found)), numbers=rows.numbers_in(paragraph))


def _print(tree: Tree) -> str:
    """A wording with its brackets but without markers."""
    return paragraph_html(tuple(pieces(tree, {})), numbers={})


def said_of(tree: Tree, said: Any) -> dict[str, str]:
    """What a form that met another wording asked for, in the words of its own: chosen words, and words to put in.

    ``chosen`` is empty for an insertion before the first word, and where the numbers fit no word.
    """
    first, last = _number(said.get("first")), _number(said.get("last"))
    kind = said.get("kind", "insert")
    begin = last if kind == "insert" else first
    chosen = " ".join(word.text for word in words(tree) if begin <= word.index <= last)
    return {"kind": kind, "chosen": chosen, "words": "" if kind == "delete" else said.get("words", "")}
