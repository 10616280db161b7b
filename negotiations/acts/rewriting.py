"""Tabling a paragraph as one would like it: each difference is a proposal of its own, and all are tabled together."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from delegations.actor import Actor
from delegations.models import Delegation
from documents.models import Agreement, Paragraph
from documents.notation import edit as edits
from documents.notation import rewriting as anew
from documents.notation import tree as trees
from negotiations import history, may
from negotiations.acts import wording
from negotiations.acts.typed import meant, plain_text
from negotiations.acts.wording import Drafted
from negotiations.ledger import About
from negotiations.models import Bracket, Event
from negotiations.models.wording import ProposalKind
from negotiations.refusals import AgreedText, CannotBracket, TextMoved
from negotiations.room import Seen, enter


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What a text comes to on the present wording, with nothing recorded: the whole tree, and each change by itself.

    ``new_words`` are all that would be put in; ``beside`` are the brackets that stay although all of their words were
    typed anew.
    """

    paragraph: Paragraph
    tree: trees.Tree
    edits: tuple[edits.Edit, ...]
    beside: tuple[Bracket, ...] = ()

    @property
    def new_words(self) -> str:
        return " ".join(edit.text for edit in self.edits if not isinstance(edit, edits.Delete))

    def parts(self) -> list[tuple[ProposalKind, Drafted]]:
        """Each change as if it were proposed alone, in the order of the text."""
        return [(_KINDS[type(edit)], Drafted(self.paragraph, self.tree, *_halves(edit))) for edit in self.edits]


_KINDS = {
    edits.Insert: ProposalKind.INSERTION,
    edits.Delete: ProposalKind.DELETION,
    edits.Replace: ProposalKind.REPLACEMENT,
}


def table_rewriting(
    *,
    actor: Actor,
    negotiation_id: UUID,
    paragraph_id: UUID,
    text: str,
    seen: Seen,
    key: str,
    on_behalf_of: Delegation | None = None,
    to_come_back: bool = False,
    reason: str = "",
    confirmed_mixed: bool = False,
) -> Event:
    """Put to the room what it takes to make the paragraph read as ``text``, its square brackets where they were.

    Otherwise as ``wording.table``: each difference stands in brackets of its own from now on, as a proposal that is
    answered, revised and withdrawn by itself; one event records them all, each with the reason.

    Raises NotFound, NotAllowed, RoomClosed, AgreedText, NotPlain, LooksAlike, CannotBracket, TextMoved, KeyUsed.
    """
    delegation = on_behalf_of or actor.delegation
    with transaction.atomic():
        asked = ("rewriting", paragraph_id, text, seen, delegation.pk, to_come_back, reason)
        room = enter(actor, negotiation_id, key, asked)
        may.speak_here(actor, delegation, room.negotiation)
        if room.answer is not None:
            return room.answer
        may.be_heard(room.session)
        paragraph = room.paragraph(paragraph_id)
        made = rewritten(paragraph, text, seen)
        facts = meant(made.new_words, confirmed_mixed=confirmed_mixed)
        rows: list[Model] = [paragraph]
        for kind, drafted in made.parts():
            proposal = wording.tabled(room, paragraph, kind, delegation, reason)
            brackets = wording.new_brackets(drafted, proposal)
            paragraph.next_number += len(brackets)
            opened = [wording.opening_position(room, one, delegation, to_come_back=to_come_back) for one in brackets]
            rows += [proposal, *brackets, *opened]
        paragraph.tree, paragraph.seq = trees.to_json(made.tree), room.seq
        return room.record("proposal.tabled", rows=rows, about=About(delegation, paragraph=paragraph), facts=facts)


def rewritten(paragraph: Paragraph, text: str, seen: Seen) -> Rewritten:
    """What the paragraph would be, with nothing recorded. Raises AgreedText, NotPlain, CannotBracket, TextMoved."""
    if paragraph.agreement != Agreement.OPEN:
        raise AgreedText(handle=paragraph.handle)
    try:
        found = anew.rewritten(seen_wording(paragraph, seen), plain_text(text), lambda: str(uuid4()))
        moved = tuple(wording.on_present_wording(paragraph, edit, seen) for edit in found.edits)
        tree = anew.carried_out(moved, paragraph.nodes)
    except anew.CannotRewrite as fault:
        raise CannotBracket(why=_why_not(fault, paragraph)) from None
    except edits.CannotEdit as fault:
        raise CannotBracket(why=wording.why_not(fault, paragraph)) from None
    beside = tuple(Bracket.objects.select_related("paragraph").filter(pk__in=found.beside).order_by("number"))
    return Rewritten(paragraph, tree, moved, beside)


def suggestion(paragraph: Paragraph, text: str, seen: int) -> tuple[str, int]:
    """For whoever's text met another wording: the present wording with those of the changes that find their place, as
    it would be typed, and how many do not. Nothing is recorded. Raises TextMoved where ``seen`` is known no more."""
    try:
        found = anew.rewritten(seen_wording(paragraph, seen), text, lambda: str(uuid4())).edits
    except anew.CannotRewrite:
        return anew.as_typed(paragraph.nodes), 0
    tree, lost = paragraph.nodes, 0
    for edit in reversed(found):
        try:
            tree = anew.carried(wording.on_present_wording(paragraph, edit, seen), tree)
        except (TextMoved, edits.CannotEdit):
            lost += 1
    return anew.as_typed(tree), lost


def seen_wording(paragraph: Paragraph, seen: Seen) -> trees.Tree:
    """The wording that the text was typed on. Raises TextMoved where it is known no more, or is not the one demanded."""
    if not isinstance(seen, int):
        seen.demand(paragraph)
    elif paragraph.seq > seen:
        if not (steps := history.trees_since(paragraph, seen)):
            raise TextMoved(handle=paragraph.handle, paragraph=paragraph.pk)
        return steps[0]
    return paragraph.nodes


def _halves(edit: edits.Edit) -> tuple[UUID | None, UUID | None]:
    match edit:
        case edits.Insert(new=new):
            return None, UUID(new)
        case edits.Delete(new=out):
            return UUID(out), None
        case edits.Replace(out=out, new=new):
            return UUID(out), UUID(new)


def _why_not(fault: anew.CannotRewrite, paragraph: Paragraph) -> str:
    match fault.code:
        case "same-words":
            return _("No word differs from what stands there now.")
        case "emptied":
            bracket = Bracket.objects.select_related("paragraph").get(pk=str(fault.bracket))
            return _(
                "All words of bracket %(number)s are gone from your text. They go when the bracket is struck: take a position on it instead, - the words go."
            ) % {"number": str(bracket)}
        case "no-place":
            return _("Words cannot stand between two opening brackets. Type them inside the inner one, or before both.")
    return _(
        "The square brackets of %(handle)s must stay where they are: change the words between them. Whether words in a bracket stay or go is said by a position on it; your own brackets are put in by Podium."
    ) % {"handle": paragraph.handle}
