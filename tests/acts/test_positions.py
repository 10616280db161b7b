"""Positions: what they print, who may take them, what they mean for consensus."""

import pytest

from negotiations.acts import positions, verdicts
from negotiations.models import Position
from negotiations.refusals import (
    Ended,
    NotAllowed,
    NotFound,
    NothingToConfirm,
    NothingToWithdraw,
    RoomClosed,
    TextMoved,
)
from negotiations.room import Exact
from negotiations.standing import Stand, Standing, standing
from tests.room import Room


def test_a_new_position_prints_after_the_imprinted_ones(room: Room) -> None:
    room.takes("VIE", "oppose", on="PP1.1")
    assert "[ring and] (+IND) (-VIE) [, where customary,] (-TUR)" in room.prints("PP1")


def test_a_changed_position_leaves_its_place_in_the_imprint(room: Room) -> None:
    room.takes("IND", "tcb", on="PP1.1")
    assert "[ring and] (IND tcb)" in room.prints("PP1")


def test_a_repeated_position_goes_on_printing_as_the_source_had_it(room: Room) -> None:
    before = room.prints("PP1")
    room.takes("IND", "support", on="PP1.1")
    assert room.prints("PP1") == before


def test_a_reservation_is_a_caveat_on_support(room: Room) -> None:
    room.takes("VIE", "support", on="PP1.1", reservation=True)
    assert "(+VIE with reservation)" in room.prints("PP1")


def test_keep_original_on_a_paragraph_prints_at_its_end(room: Room) -> None:
    room.takes("VIE", "keep_original", on="PP2")
    assert room.prints("PP2").endswith("has an owner; (VIE: keep original)")


def test_a_withdrawn_position_is_silence(room: Room) -> None:
    positions.withdraw(
        actor=room.actors["TUR"], negotiation_id=room.negotiation.pk, target=room.target("PP1.2"), key=room.key()
    )
    assert "[, where customary,] warn" in room.prints("PP1")
    with pytest.raises(NothingToWithdraw):
        positions.withdraw(
            actor=room.actors["TUR"], negotiation_id=room.negotiation.pk, target=room.target("PP1.2"), key=room.key()
        )


@pytest.mark.parametrize("code", ["VIE.adviser", "BIRDS"])
def test_an_observer_or_adviser_cannot_take_a_position(room: Room, code: str) -> None:
    with pytest.raises(NotAllowed):
        room.takes(code, "support", on="PP1.1")


def test_nobody_speaks_for_another_delegation_but_the_secretariat(room: Room) -> None:
    with pytest.raises(NotAllowed):
        room.takes("IND", "oppose", on="PP1.1", heard_for="VIE")
    room.takes("Secretariat", "oppose", on="PP1.1", heard_for="VIE")
    assert Position.objects.get(delegation__code="VIE", bracket=room.bracket("PP1.1")).heard == "as_heard"


def test_only_the_delegation_itself_confirms_what_was_heard(room: Room) -> None:
    room.takes("Secretariat", "oppose", on="PP1.1", heard_for="VIE")
    heard = Position.objects.get(delegation__code="VIE", bracket=room.bracket("PP1.1"))
    with pytest.raises(NotFound):
        positions.confirm(
            actor=room.actors["IND"], negotiation_id=room.negotiation.pk, position_id=heard.pk, key=room.key()
        )
    room.suspends()
    confirm = {"actor": room.actors["VIE"], "negotiation_id": room.negotiation.pk, "position_id": heard.pk}
    positions.confirm(**confirm, key=room.key())  # type: ignore[arg-type]
    heard.refresh_from_db()
    assert heard.heard == "confirmed"
    with pytest.raises(NothingToConfirm):
        positions.confirm(**confirm, key=room.key())  # type: ignore[arg-type]


def test_no_position_is_taken_while_the_room_does_not_sit(room: Room) -> None:
    room.suspends()
    with pytest.raises(RoomClosed):
        room.takes("VIE", "support", on="PP1.1")


def test_a_position_is_not_put_on_words_that_were_not_seen(room: Room) -> None:
    seen = room.seq
    room.inserts("IND", "loudly", after="ring", in_="PP1")
    with pytest.raises(TextMoved):
        room.takes("VIE", "support", on="PP1.1", seen=seen)
    room.takes("VIE", "support", on="PP1.2", seen=seen)


def test_a_bracket_that_has_ended_takes_no_position(room: Room) -> None:
    bracket = room.bracket("PP1.1")
    verdicts.decide(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        paragraph_id=bracket.paragraph_id,
        ways={bracket.pk: "retain"},
        seen=room.seq,
        key=room.key(),
    )
    with pytest.raises(Ended):
        room.takes("VIE", "support", on="PP1.1")


# ---- standing: pure


def test_tcb_is_neither_support_nor_objection() -> None:
    assert standing([Stand("VIE", "tcb")], [], "inserted") == Standing((), (), ("VIE",))


def test_minus_is_against_keeping_and_plus_against_removing() -> None:
    found = standing([Stand("IND", "oppose"), Stand("RUS", "support")], [], "unknown")
    assert found == Standing(("IND",), ("RUS",), ())


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("inserted", Standing(("CHN",), (), ())),
        ("original", Standing((), ("CHN",), ())),
        ("unknown", Standing((), (), ("CHN",))),
    ],
)
def test_keep_original_on_the_paragraph_is_read_by_the_brackets_origin(origin: str, expected: Standing) -> None:
    assert standing([], [Stand("CHN", "keep_original")], origin) == expected


def test_a_sign_on_the_bracket_goes_before_what_was_said_of_the_paragraph() -> None:
    found = standing([Stand("CHN", "support")], [Stand("CHN", "keep_original")], "inserted")
    assert found == Standing((), ("CHN",), ())


def test_chair_secretariat_and_observers_never_block() -> None:
    assert standing([Stand("CHAIR", "oppose", counts=False)], [], "original") == Standing()


def test_stale_support_is_silence_and_a_stale_objection_still_blocks() -> None:
    found = standing([Stand("A", "support", stale=True), Stand("B", "oppose", stale=True)], [], "inserted")
    assert found == Standing(("B",), (), ())


def test_an_exact_state_is_met_or_nothing_is_recorded(room: Room):
    """What a script read is demanded of the wording and of the delegation's own position (``rules.md`` 26)."""
    wording = room.paragraph("PP1").seq
    room.takes("VIE", "support", on="PP1.1", seen=Exact(wording, 0))
    before = room.seq
    with pytest.raises(TextMoved):
        room.takes("VIE", "oppose", on="PP1.1", seen=Exact(wording, 0))  # somebody spoke for VIE meanwhile
    with pytest.raises(TextMoved):
        room.takes("VIE", "oppose", on="PP1.1", seen=Exact(wording - 1, before))
    assert room.seq == before
    room.takes("VIE", "oppose", on="PP1.1", seen=Exact(wording, before))


def test_a_repeat_is_answered_before_the_exact_state_is_asked_for(room: Room):
    seen = Exact(room.paragraph("PP1").seq, 0)
    first = room.takes("VIE", "support", on="PP1.1", seen=seen, key="once")
    again = room.takes("VIE", "support", on="PP1.1", seen=seen, key="once")
    assert (again.seq, again.replayed, first.replayed) == (first.seq, True, False)
