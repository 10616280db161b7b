"""What the measured delegations do: acts as the pages call them, two a round, so that the text stays as long as it was."""

from uuid import UUID, uuid4

from negotiations.acts import positions, wording
from negotiations.models.wording import Stance
from tests.room import MEMBERS, Room

ANY_PAGE = 10**9
"""A ``seen`` that no act finds too old: moving a change onto another wording is not what is measured."""


def positions_taken_and_changed(room: Room, number: int, rounds: int) -> None:
    """One delegation takes a position on a paragraph and changes it, ``rounds`` times."""
    target = positions.Target(room.paragraph("PP2").pk)
    for at in range(2 * rounds):
        positions.take(
            actor=room.actors[MEMBERS[number % len(MEMBERS)]],
            negotiation_id=room.negotiation.pk,
            target=target,
            stance=Stance.TCB if at % 2 else Stance.OPPOSE,
            seen=ANY_PAGE,
            key=str(uuid4()),
        )


def words_tabled_and_withdrawn(room: Room, number: int, rounds: int) -> None:
    """One delegation tables words in a paragraph and takes them back, ``rounds`` times."""
    actor = room.actors[MEMBERS[number % len(MEMBERS)]]
    paragraph = room.paragraph("PP2").pk
    for _ in range(rounds):
        event = wording.table(
            actor=actor,
            negotiation_id=room.negotiation.pk,
            paragraph_id=paragraph,
            change=wording.Insertion(2, "and every horn"),
            seen=ANY_PAGE,
            key=str(uuid4()),
        )
        [proposal] = event.payload["rows"]["negotiations_proposal"]
        wording.withdraw(
            actor=actor, negotiation_id=room.negotiation.pk, proposal_id=UUID(proposal["id"]), key=str(uuid4())
        )
