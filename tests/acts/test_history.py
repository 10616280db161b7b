"""What a paragraph printed at any moment is read from the ledger, to the character."""

from negotiations import history
from negotiations.acts import positions, verdicts
from negotiations.models import Event
from tests.room import Room


def printed_then(room: Room, handle: str) -> list[tuple[str, str]]:
    found = history.steps(room.paragraph(handle))
    return [(step.event.kind, "".join(piece.text for piece in step.pieces)) for step in found]


def test_every_wording_and_every_position_is_found_as_it_printed_then(room: Room) -> None:
    seen = [("document.imported", room.prints("OP1"))]

    def note(event: Event) -> None:
        seen.append((event.kind, room.prints("OP1")))

    note(room.takes("VIE", "oppose", on="OP1.1"))
    note(room.takes("VIE", "support", on="OP1.1", reservation=True))
    note(room.inserts("TUR", "gently", after="polish", in_="OP1"))
    note(room.takes("Secretariat", "tcb", on="OP1", heard_for="CHN"))
    note(
        positions.withdraw(
            actor=room.actors["VIE"], negotiation_id=room.negotiation.pk, target=room.target("OP1.1"), key=room.key()
        )
    )
    note(
        verdicts.decide(
            actor=room.secretariat,
            negotiation_id=room.negotiation.pk,
            paragraph_id=room.paragraph("OP1").pk,
            ways={room.bracket("OP1.3").pk: "strike"},
            seen=room.seq,
            key=room.key(),
        )
    )
    assert printed_then(room, "OP1") == seen


def test_acts_on_other_paragraphs_are_no_part_of_a_history(room: Room) -> None:
    room.takes("VIE", "oppose", on="PP1.1")
    room.inserts("TUR", "gently", after="polish", in_="OP1")
    assert [kind for kind, _ in printed_then(room, "PP2")] == ["document.imported"]


def test_an_act_that_prints_nothing_new_is_told_from_one_that_does(room: Room) -> None:
    room.takes("IND", "support", on="PP1.1")  # as the source has it
    room.takes("IND", "tcb", on="PP1.1")
    assert [step.changed for step in history.steps(room.paragraph("PP1"))] == [True, False, True]
