"""Positions on several brackets at once: a list that was read, and one consent to all of it."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from delegations.actor import Actor
from delegations.models import Delegation
from negotiations import may
from negotiations.acts.positions import Target, placed, resolved_by
from negotiations.ledger import About
from negotiations.models import Event
from negotiations.models.wording import Stance
from negotiations.refusals import NothingTicked
from negotiations.room import enter

MOST = 500
"""Positions in one request: more than the longest text that a room has before it holds for one delegation."""


def take_several(
    *,
    actor: Actor,
    negotiation_id: UUID,
    answers: Sequence[tuple[Target, Stance]],
    seen: int,
    key: str,
    on_behalf_of: Delegation | None = None,
    reason: str = "",
) -> list[Event]:
    """Put the delegation's position on each target on record, all of them or none; each is an event of its own.

    A repeat with the same key answers with the first event. Raises NothingTicked, and all that ``positions.take`` does.
    """
    delegation = on_behalf_of or actor.delegation
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, (tuple(answers), reason, delegation.pk))
        may.speak_here(actor, delegation, room.negotiation)
        if room.answer is not None:
            return [room.answer]
        may.be_heard_on_a_position(room.session, room.negotiation)
        if not 0 < len(answers) <= MOST:
            raise NothingTicked(most=MOST)
        events: list[Event] = []
        for target, stance in answers:
            position = placed(room, target, delegation, stance, seen=seen, reason=reason)
            about = About(delegation, paragraph=position.paragraph)
            events.append(room.record("position.taken", rows=[position], gone=resolved_by(position), about=about))
        return events
