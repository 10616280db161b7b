"""Revising: the tabler puts other words into its own bracket; what others said of the earlier ones stays on record."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from delegations.actor import Actor
from documents.models import Agreement, Paragraph
from documents.notation import edit as edits
from documents.notation import tree as trees
from negotiations import may
from negotiations.acts.positions import public_reason, same_words
from negotiations.acts.typed import meant
from negotiations.acts.wording import plain, tabled_proposal, why_not
from negotiations.ledger import About
from negotiations.models import Bracket, Event, Position, Proposal
from negotiations.models.wording import BracketState, ProposalState
from negotiations.refusals import AgreedText, CannotBracket, Ended, NotAllowed, OriginUnknown
from negotiations.room import Exact, Seen, enter


@dataclass(frozen=True, slots=True)
class Revised:
    """A revision worked out on the present wording: the bracket and the tree as it would be."""

    bracket: Bracket
    tree: trees.Tree


def revise(
    *,
    actor: Actor,
    negotiation_id: UUID,
    proposal_id: UUID,
    text: str,
    seen: Seen,
    key: str,
    reason: str | None = None,
    confirmed_mixed: bool = False,
) -> Event:
    """Give the words that a proposal puts in another wording; the tabler alone, or the Secretariat as heard from it.

    Positions stay and print unchanged: those of others are from then on given on an earlier wording, the tabler's own
    is on the new one (``rules.md`` 5). ``reason`` replaces the public reason where it is given. ``confirmed_mixed`` as in
    ``wording.table``.

    Raises NotFound, NotAllowed, RoomClosed, Ended, AgreedText, OriginUnknown, NotPlain, LooksAlike, CannotBracket,
    TextMoved, KeyUsed.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, (proposal_id, text, reason))
        if room.answer is not None:  # the proposal may have passed to another since
            may.speak_for(actor, actor.delegation)
            return room.answer
        proposal = tabled_proposal(room, proposal_id)
        if proposal.tabled_by is None:
            raise OriginUnknown(number=proposal.paragraph.handle)
        may.speak_for(actor, proposal.tabled_by)
        may.be_heard(room.session)
        revised = draft(proposal, text, seen)
        facts = meant(text, confirmed_mixed=confirmed_mixed)
        paragraph, bracket = proposal.paragraph, revised.bracket
        paragraph.tree, paragraph.seq = trees.to_json(revised.tree), room.seq
        bracket.worded_seq = room.seq
        if reason is not None:
            proposal.reason = public_reason(reason)
        own = Position.objects.filter(bracket=bracket, delegation=proposal.tabled_by)
        return room.record(
            "proposal.revised",
            rows=[paragraph, bracket, proposal, *(_on_the_new_wording(position, room.seq) for position in own)],
            about=About(proposal.tabled_by, paragraph=paragraph),
            facts=facts,
        )


def draft(proposal: Proposal, text: str, seen: Seen) -> Revised:
    """What the paragraph would be, with nothing recorded: the preview, and the first half of revising.

    Raises NotAllowed, Ended, AgreedText, NotPlain, CannotBracket, TextMoved.
    """
    paragraph, bracket = proposal.paragraph, put_in(proposal)
    if paragraph.agreement != Agreement.OPEN:
        raise AgreedText(handle=paragraph.handle)
    words = plain(text)
    if isinstance(seen, Exact):
        seen.demand(paragraph)
    else:
        same_words(paragraph, bracket, seen)
    try:
        return Revised(bracket, edits.reword(paragraph.nodes, str(bracket.pk), words))
    except edits.CannotEdit as fault:
        raise CannotBracket(why=why_not(fault, paragraph)) from None


def put_in(proposal: Proposal) -> Bracket:
    """The bracket of the words that the proposal puts in. Raises NotAllowed where it puts none in, Ended."""
    brackets = proposal.brackets.select_related("paragraph", "proposal")
    found = next((bracket for bracket in brackets if bracket.puts_in), None)
    if found is None or proposal.tabled_by_id is None:
        raise NotAllowed(why=_("Only words that a delegation put in can be revised, not words that should go."))
    if found.state != BracketState.STANDING or proposal.state != ProposalState.TABLED:
        raise Ended(number=str(found))
    return found


def can_be_revised(proposal: Proposal, paragraph: Paragraph) -> bool:
    """Whether the proposal's own words could be given another wording now, by whoever may."""
    try:
        bracket = put_in(proposal)
    except (NotAllowed, Ended):
        return False
    return paragraph.agreement == Agreement.OPEN and not trees.bracket_ids(
        trees.find(paragraph.nodes, str(bracket.pk)).inside
    )


def _on_the_new_wording(position: Position, seq: int) -> Position:
    position.on_seq = seq
    return position
