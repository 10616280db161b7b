"""Co-sponsoring: a delegation puts its name to another's proposal, or takes it off again."""

from uuid import UUID

from django.db import transaction

from delegations.actor import Actor
from delegations.models import Delegation
from negotiations import may
from negotiations.acts.positions import Target, placed, resolved_by
from negotiations.acts.wording import tabled_proposal
from negotiations.ledger import About
from negotiations.models import Bracket, CoSponsor, Event, Position, Proposal
from negotiations.models.wording import BracketState, ProposalState, Stance
from negotiations.refusals import Ended, NothingToWithdraw
from negotiations.room import Exact, Room, Seen, enter


def co_sponsor(
    *,
    actor: Actor,
    negotiation_id: UUID,
    proposal_id: UUID,
    seen: Seen,
    key: str,
    on_behalf_of: Delegation | None = None,
) -> Event:
    """Put a delegation's name to a proposal, and the tabler's signs on its brackets: put-in words stay, others go.

    The proposal is not withdrawn as long as it has a co-sponsor. Raises NotFound, NotAllowed, RoomClosed, Ended,
    AgreedText, TextMoved, KeyUsed.
    """
    delegation = on_behalf_of or actor.delegation
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, (proposal_id, delegation.pk))
        may.speak_here(actor, delegation, room.negotiation)
        if room.answer is not None:
            return room.answer
        may.be_heard(room.session)
        proposal = tabled_proposal(room, proposal_id)
        may.put_its_name_to(delegation, proposal)
        positions = _signs_of_the_tabler(room, proposal, delegation, seen)
        proposal.paragraph.seq = room.seq
        name = CoSponsor(proposal=proposal, delegation=delegation, entered_by_id=actor.person_id, seq=room.seq)
        return room.record(
            "proposal.co_sponsored",
            rows=[proposal.paragraph, proposal, name, *positions],
            gone=[marker for position in positions for marker in resolved_by(position)],
            about=About(delegation, paragraph=proposal.paragraph),
        )


def leave(
    *,
    actor: Actor,
    negotiation_id: UUID,
    proposal_id: UUID,
    key: str,
    on_behalf_of: Delegation | None = None,
    seen: Exact | None = None,
) -> Event:
    """Take the delegation's name off a proposal. Its signs stay until it changes them: they are about the words.

    Raises NotFound, NotAllowed, RoomClosed, NothingToWithdraw, TextMoved, KeyUsed.
    """
    delegation = on_behalf_of or actor.delegation
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, (proposal_id, delegation.pk, "leave"))
        may.speak_here(actor, delegation, room.negotiation)
        if room.answer is not None:
            return room.answer
        may.be_heard(room.session)
        proposal = tabled_proposal(room, proposal_id)
        if seen is not None:
            seen.demand(proposal.paragraph)
        name = CoSponsor.objects.filter(proposal=proposal, delegation=delegation).first()
        if name is None:
            raise NothingToWithdraw(code=delegation.code)
        proposal.paragraph.seq = room.seq
        return room.record(
            "proposal.co_sponsor_left",
            rows=[proposal.paragraph, proposal],
            gone=[name],
            about=About(delegation, paragraph=proposal.paragraph),
        )


def _signs_of_the_tabler(room: Room, proposal: Proposal, delegation: Delegation, seen: Seen) -> list[Position]:
    brackets = list(Bracket.objects.select_related("proposal").filter(proposal=proposal, state=BracketState.STANDING))
    if proposal.state != ProposalState.TABLED or not brackets:
        raise Ended(number=str(proposal.paragraph))
    return [
        placed(
            room,
            Target(proposal.paragraph_id, bracket.pk),
            delegation,
            Stance.SUPPORT if bracket.puts_in else Stance.OPPOSE,
            seen=seen,
        )
        for bracket in brackets
    ]
