"""Answering a replacement: one answer, both halves, crossed signs (``rules.md`` 16)."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from delegations.actor import Actor
from delegations.models import Delegation
from negotiations import may
from negotiations.acts.positions import Target, held, placed, resolved_by
from negotiations.ledger import About
from negotiations.models import Bracket, Event, Position
from negotiations.models.wording import BracketState, Side, Stance
from negotiations.refusals import Ended, NotFound, NothingToWithdraw
from negotiations.room import Exact, Room, Seen, enter
from negotiations.standing import Way


class Answer(StrEnum):
    """What a delegation says of a replacement as a whole. Each half can still be answered alone."""

    NEW = "new"
    OLD = "old"
    TCB = "tcb"


CROSSED: Mapping[Answer, Mapping[str, Stance]] = {
    Answer.NEW: {Side.OUT: Stance.OPPOSE, Side.IN: Stance.SUPPORT},
    Answer.OLD: {Side.OUT: Stance.SUPPORT, Side.IN: Stance.OPPOSE},
    Answer.TCB: {Side.OUT: Stance.TCB, Side.IN: Stance.TCB},
}
"""The sign that each answer puts on each half: a sign is about the words in its bracket."""


def answer(
    *,
    actor: Actor,
    negotiation_id: UUID,
    proposal_id: UUID,
    answer: Answer,
    seen: Seen,
    key: str,
    on_behalf_of: Delegation | None = None,
    reason: str = "",
) -> Event:
    """Put a delegation's crossed signs on both halves of a replacement, in one event.

    Raises NotFound (also where it is no replacement), NotAllowed, RoomClosed, Ended, AgreedText, TextMoved, NotPlain,
    KeyUsed.
    """
    delegation = on_behalf_of or actor.delegation
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, (proposal_id, str(answer), reason, delegation.pk))
        may.speak_here(actor, delegation, room.negotiation)
        if room.answer is not None:
            return room.answer
        may.be_heard_on_a_position(room.session, room.negotiation)
        halves = _halves(room, proposal_id)
        if isinstance(seen, Exact):
            seen = _demanded(seen, room, halves, delegation)
        positions = [
            placed(room, _target(half), delegation, CROSSED[answer][half.side], seen=seen, reason=reason)
            for half in halves
        ]
        return room.record(
            "replacement.answered",
            rows=positions,
            gone=[marker for position in positions for marker in resolved_by(position)],
            about=About(delegation, paragraph=positions[0].paragraph),
        )


def withdraw_answer(
    *,
    actor: Actor,
    negotiation_id: UUID,
    proposal_id: UUID,
    key: str,
    on_behalf_of: Delegation | None = None,
    seen: Exact | None = None,
) -> Event:
    """Take back whatever the delegation holds on either half; it is silent again.

    Raises NotFound, NotAllowed, RoomClosed, Ended, AgreedText, NothingToWithdraw, TextMoved, KeyUsed.
    """
    delegation = on_behalf_of or actor.delegation
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, (proposal_id, delegation.pk))
        may.speak_here(actor, delegation, room.negotiation)
        if room.answer is not None:
            return room.answer
        may.be_heard_on_a_position(room.session, room.negotiation)
        halves = _halves(room, proposal_id)
        if seen is not None:
            _demanded(seen, room, halves, delegation)
        found = _held_on(room, halves, delegation)
        if not found:
            raise NothingToWithdraw(code=delegation.code)
        return room.record(
            "replacement.silent",
            rows=[],
            gone=found,
            about=About(delegation, paragraph=halves[0].paragraph),
            facts={"brackets": [str(position.bracket_id) for position in found]},
        )


def ways(proposal_id: UUID, *, carried: bool) -> dict[UUID, Way]:
    """What a verdict on a whole replacement does with its standing halves: the new words stay and the old go, or the
    other way round (``rules.md`` 18)."""
    stays = Side.IN if carried else Side.OUT
    halves = Bracket.objects.filter(proposal=proposal_id, state=BracketState.STANDING)
    return {half.pk: "retain" if half.side == stays else "strike" for half in halves}


def _halves(room: Room, proposal_id: UUID) -> list[Bracket]:
    """Both halves, in order of their numbers. Raises NotFound, and Ended where one of them no longer stands."""
    halves = list(
        Bracket.objects.select_related("paragraph")
        .filter(proposal=proposal_id, paragraph__document__agenda_item__negotiation=room.negotiation)
        .exclude(side=Side.NONE)
        .order_by("number")
    )
    if not halves:
        raise NotFound
    for half in halves:
        if half.state != BracketState.STANDING:
            raise Ended(number=str(half))
    return halves


def _held_on(room: Room, halves: list[Bracket], delegation: Delegation) -> list[Position]:
    return [position for half in halves if (position := held(room, _target(half), delegation))]


def _demanded(seen: Exact, room: Room, halves: list[Bracket], delegation: Delegation) -> Exact:
    """Met for both halves together; what is left to ask of each is the wording."""
    seen.demand(halves[0].paragraph, _held_on(room, halves, delegation))
    return Exact(seen.wording)


def _target(half: Bracket) -> Target:
    return Target(half.paragraph_id, half.pk)
