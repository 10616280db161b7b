"""Tabling words and taking a proposal back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from delegations.actor import Actor
from delegations.models import Delegation
from documents.models import Agreement, Paragraph
from documents.notation import edit as edits
from documents.notation import tree as trees
from documents.notation.rebase import Conflict, rebase
from negotiations import history, may
from negotiations.acts.positions import public_reason
from negotiations.acts.typed import meant, plain_text
from negotiations.ledger import About
from negotiations.models import Bracket, CoSponsor, Event, Position, Proposal
from negotiations.models.wording import BracketState, Heard, Origin, ProposalKind, ProposalState, Side, Stance
from negotiations.outcome import outcome, unsettled
from negotiations.prepared import rows
from negotiations.refusals import AgreedText, CannotBracket, NotAllowed, NotFound, OriginUnknown, TextMoved
from negotiations.room import Exact, Room, Seen, enter


@dataclass(frozen=True, slots=True)
class Insertion:
    """Words to put in after the numbered word ``after`` (-1: before the first)."""

    after: int
    text: str


@dataclass(frozen=True, slots=True)
class Deletion:
    """Words, numbered ``first`` to ``last``, that should go."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Replacement:
    """Words, numbered ``first`` to ``last``, that should go, and what should stand there."""

    first: int
    last: int
    text: str


Change = Insertion | Deletion | Replacement


@dataclass(frozen=True, slots=True)
class Drafted:
    """A change worked out on the present wording: the tree as it would be, and the new brackets."""

    paragraph: Paragraph
    tree: trees.Tree
    out: UUID | None
    new: UUID | None


def table(
    *,
    actor: Actor,
    negotiation_id: UUID,
    paragraph_id: UUID,
    change: Change,
    seen: Seen,
    key: str,
    on_behalf_of: Delegation | None = None,
    to_come_back: bool = False,
    reason: str = "",
    confirmed_mixed: bool = False,
) -> Event:
    """Put words to the room: they stand in brackets from now on, with the tabler's marker.

    ``seen`` is the seq of the page on which the words were numbered; if the paragraph changed since, the change is
    moved onto the present wording where that needs no guess. ``to_come_back`` prints ``(X tcb)`` in place of the sign.
    ``confirmed_mixed``: words that mix alphabets are meant so; the event names them.

    Raises NotFound, NotAllowed, RoomClosed, AgreedText, NotPlain, LooksAlike, CannotBracket, TextMoved, KeyUsed.
    """
    delegation = on_behalf_of or actor.delegation
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, (paragraph_id, change, seen, delegation.pk, to_come_back, reason))
        may.speak_here(actor, delegation, room.negotiation)
        if room.answer is not None:
            return room.answer
        may.be_heard(room.session)
        drafted = draft(room.paragraph(paragraph_id), change, seen)
        facts = meant(getattr(change, "text", ""), confirmed_mixed=confirmed_mixed)
        proposal = tabled(room, drafted.paragraph, _KINDS[type(change)], delegation, reason)
        brackets = new_brackets(drafted, proposal)
        positions = [opening_position(room, bracket, delegation, to_come_back=to_come_back) for bracket in brackets]
        paragraph = drafted.paragraph
        paragraph.tree, paragraph.seq = trees.to_json(drafted.tree), room.seq
        paragraph.next_number += len(brackets)
        return room.record(
            "proposal.tabled",
            rows=[paragraph, proposal, *brackets, *positions],
            about=About(delegation, paragraph=paragraph),
            facts=facts,
        )


def draft(paragraph: Paragraph, change: Change, seen: Seen) -> Drafted:
    """What the paragraph would be, with nothing recorded: the preview, and the first half of tabling.

    Raises AgreedText, NotPlain, CannotBracket, TextMoved.
    """
    if paragraph.agreement != Agreement.OPEN:
        raise AgreedText(handle=paragraph.handle)
    text = "" if isinstance(change, Deletion) else plain(change.text)
    edit, out, new = _edit(change, text)
    edit = on_present_wording(paragraph, edit, seen)
    try:
        tree = edits.apply(edit, paragraph.nodes)
    except edits.CannotEdit as fault:
        raise CannotBracket(why=why_not(fault, paragraph)) from None
    return Drafted(paragraph, tree, out, new)


def moved(paragraph: Paragraph, change: Change, seen: int) -> Change | None:
    """The same change with the numbers that its words have in the present wording; None where that needs a guess.

    ``seen`` is the wording on which the change was numbered. Nothing is recorded.
    """
    try:
        edit = on_present_wording(paragraph, _edit(change, getattr(change, "text", ""))[0], seen)
        edits.apply(edit, paragraph.nodes)
    except (TextMoved, edits.CannotEdit):
        return None
    match change, edit:
        case Insertion(_, text), edits.Insert(after):
            return Insertion(after, text)
        case Deletion(), edits.Delete(first, last):
            return Deletion(first, last)
        case Replacement(_, _, text), edits.Replace(first, last):
            return Replacement(first, last, text)
    return None


def fitted(paragraph: Paragraph, change: Change, steps: Sequence[trees.Tree]) -> Drafted | None:
    """What the paragraph would be; None where the change no longer fits without a guess.

    ``steps`` are the wording on which the change was numbered and every later one. Nothing is asked of the database.
    """
    edit, out, new = _edit(change, getattr(change, "text", ""))
    try:
        for old, younger in pairwise(steps):
            edit = rebase(edit, old, younger)
        return Drafted(paragraph, edits.apply(edit, paragraph.nodes), out, new)
    except (Conflict, edits.CannotEdit):
        return None


def withdraw(*, actor: Actor, negotiation_id: UUID, proposal_id: UUID, key: str, seen: Exact | None = None) -> Event:
    """Take a proposal back: the text is again what it was before, and others' brackets inside it fall with it.

    While it has co-sponsors it stays in the text and passes to the first of them; the signs of whoever leaves go.

    Raises NotFound, NotAllowed, RoomClosed, AgreedText, OriginUnknown, TextMoved, KeyUsed.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, proposal_id)
        if room.answer is not None:  # the proposal may have passed to another since
            may.speak_for(actor, actor.delegation)
            return room.answer
        proposal = tabled_proposal(room, proposal_id)
        if proposal.tabled_by is None:
            may.hold_the_pen(actor)
            raise OriginUnknown(number=proposal.paragraph.handle)
        may.speak_for(actor, proposal.tabled_by)
        may.be_heard(room.session)
        if proposal.state != ProposalState.TABLED:
            raise NotAllowed(why=_("This proposal was settled already."))
        if seen is not None:
            seen.demand(proposal.paragraph)
        if names := rows(_names_under, proposal.pk):
            return _handed_on(room, proposal, names[0])
        brackets = unsettled(proposal.paragraph)
        done = outcome(
            proposal.paragraph, brackets, _ways_back(proposal, brackets.values()), ended_as=BracketState.WITHDRAWN
        )
        proposal.state = ProposalState.WITHDRAWN
        done.paragraph.seq = room.seq
        return room.record(
            "proposal.withdrawn",
            rows=[*done.rows, proposal],
            about=About(proposal.tabled_by, paragraph=done.paragraph),
        )


def _names_under(proposal_id: UUID) -> QuerySet[CoSponsor]:
    return CoSponsor.objects.filter(proposal=proposal_id).select_related("delegation").order_by("seq")


def _handed_on(room: Room, proposal: Proposal, heir: CoSponsor) -> Event:
    """The proposal is the heir's now: it said so when it put its name to it."""
    left, proposal.tabled_by = proposal.tabled_by, heir.delegation
    proposal.paragraph.seq = room.seq
    return room.record(
        "proposal.handed_on",
        rows=[proposal.paragraph, proposal],
        gone=[heir, *Position.objects.filter(bracket__proposal=proposal, delegation=left)],
        about=About(left, paragraph=proposal.paragraph),
        facts={"to": heir.delegation.code},
    )


def plain(text: str) -> str:
    """The words as typed, if they are nothing but words. Raises NotPlain, CannotBracket."""
    words = plain_text(text)
    if any(sign in words for sign in "[]［］"):
        raise CannotBracket(why=_("Type the words alone: Podium puts the square brackets round them."))
    return words


def _edit(change: Change, text: str) -> tuple[edits.Edit, UUID | None, UUID | None]:
    out, new = uuid4(), uuid4()
    match change:
        case Insertion(after):
            return edits.Insert(after, text, str(new)), None, new
        case Deletion(first, last):
            return edits.Delete(first, last, str(out)), out, None
        case Replacement(first, last):
            return edits.Replace(first, last, text, str(out), str(new)), out, new


def on_present_wording(paragraph: Paragraph, edit: edits.Edit, seen: Seen) -> edits.Edit:
    """An edit that was numbered on the wording at ``seen``, said of the present one. Raises TextMoved."""
    if isinstance(seen, Exact):
        seen.demand(paragraph)
        return edit
    if paragraph.seq <= seen:
        return edit
    steps = history.trees_since(paragraph, seen)
    moved = TextMoved(handle=paragraph.handle, paragraph=paragraph.pk)
    if not steps:
        raise moved
    try:
        for old, new in pairwise(steps):
            edit = rebase(edit, old, new)
    except Conflict:
        raise moved from None
    return edit


def why_not(fault: edits.CannotEdit, paragraph: Paragraph) -> str:
    """What stands in the way of an edit, as a sentence."""
    bracket = Bracket.objects.filter(pk=fault.bracket).first() if fault.bracket else None
    number = f"{paragraph.handle}.{bracket.number}" if bracket else paragraph.handle
    match fault.code:
        case "crosses-a-bracket":
            return _(
                "Your choice begins or ends inside bracket %(number)s. Choose words on one side of it, or the whole bracket."
            ) % {"number": number}
        case "already-a-bracket":
            return _(
                "These words stand in bracket %(number)s already. Take a position on it instead: + the words stay, - the words go."
            ) % {"number": number}
        case "no-words":
            return _("There are no words to put in.")
        case "same-words":
            return _("These are the words that stand there now.")
        case "brackets-inside":
            return _(
                "Bracket %(number)s stands inside these words and would be lost with them. Settle it first, or propose beside it."
            ) % {"number": number}
        case "too-deep":
            return _("Brackets stand too deep in each other here.")
    return _("The chosen words are not in %(handle)s.") % {"handle": paragraph.handle}


_KINDS = {Insertion: ProposalKind.INSERTION, Deletion: ProposalKind.DELETION, Replacement: ProposalKind.REPLACEMENT}


def tabled(room: Room, paragraph: Paragraph, kind: ProposalKind, delegation: Delegation, reason: str) -> Proposal:
    """The proposal that the delegation puts to the room with the act's event. Raises NotPlain."""
    return Proposal(
        paragraph=paragraph,
        kind=kind,
        state=ProposalState.TABLED,
        tabled_by=delegation,
        entered_by_id=room.actor.person_id,
        as_heard=delegation.pk != room.actor.delegation_id,
        reason=public_reason(reason),
        tabled_at=room.now,
        seq=room.seq,
    )


def new_brackets(drafted: Drafted, proposal: Proposal) -> list[Bracket]:
    """The new brackets' rows, numbered in order of opening; both halves of a replacement belong to one proposal."""
    paired = proposal.kind == ProposalKind.REPLACEMENT
    made: list[Bracket] = []
    for id_ in trees.bracket_ids(drafted.tree):
        if id_ not in (str(drafted.out), str(drafted.new)):
            continue
        is_new = id_ == str(drafted.new)
        made.append(
            Bracket(
                id=UUID(id_),
                paragraph=drafted.paragraph,
                number=drafted.paragraph.next_number + len(made),
                proposal=proposal,
                side=(Side.IN if is_new else Side.OUT) if paired else Side.NONE,
                origin=Origin.INSERTED if is_new else _origin_of_wrapped(drafted),
                state=BracketState.STANDING,
            )
        )
    return made


def _origin_of_wrapped(drafted: Drafted) -> str:
    """Words that somebody proposes to delete are what the bracket round them is; outside of any they are original."""
    outer = trees.parents(drafted.tree)[str(drafted.out)]
    return Bracket.objects.get(pk=outer).origin if outer else Origin.ORIGINAL


def opening_position(room: Room, bracket: Bracket, delegation: Delegation, *, to_come_back: bool) -> Position:
    """What whoever tables a bracket says of it by tabling: put-in words stay, bracketed ones go."""
    stance = Stance.TCB if to_come_back else Stance.SUPPORT if bracket.puts_in else Stance.OPPOSE
    return Position(
        paragraph=bracket.paragraph,
        bracket=bracket,
        delegation=delegation,
        stance=stance,
        entered_by_id=room.actor.person_id,
        heard=Heard.OWN if delegation.pk == room.actor.delegation_id else Heard.AS_HEARD,
        on_seq=room.seq,
        taken_at=room.now,
    )


def tabled_proposal(room: Room, proposal_id: UUID) -> Proposal:
    """A proposal of this room with its paragraph and tabler at hand, settled or not. Raises NotFound."""
    if not (found := rows(_of_the_room, proposal_id, room.negotiation.pk)):
        raise NotFound
    [proposal] = found
    proposal.paragraph = room.paragraph(proposal.paragraph_id)
    if proposal.tabled_by_id == room.actor.delegation_id:
        proposal.tabled_by = room.actor.delegation  # at hand already
    return proposal


def _of_the_room(proposal_id: UUID, negotiation_id: UUID) -> QuerySet[Proposal]:
    return Proposal.objects.filter(pk=proposal_id, paragraph__document__agenda_item__negotiation=negotiation_id)


def _ways_back(proposal: Proposal, brackets: Iterable[Bracket]) -> dict[UUID, str]:
    """Inserted words go, original words stay; only brackets that still stand."""
    ways: dict[UUID, str] = {}
    for bracket in brackets:
        if bracket.proposal_id != proposal.pk or bracket.state != BracketState.STANDING:
            continue
        ways[bracket.pk] = "strike" if bracket.puts_in else "retain"
    return ways
