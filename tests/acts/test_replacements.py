"""A replacement is answered as one: crossed signs on both halves, in one event."""

import pytest

from negotiations.acts import replacements, verdicts
from negotiations.acts.replacements import Answer
from negotiations.models import Event
from negotiations.refusals import Ended, NotAllowed, NotFound, NothingToWithdraw, RoomClosed, TextMoved
from negotiations.room import Exact
from tests.room import Room


def answers(room: Room, code: str, answer: str, **more: object) -> Event:
    return replacements.answer(
        actor=room.actors[code],
        negotiation_id=room.negotiation.pk,
        proposal_id=room.bracket(str(more.pop("on", "OP1.1"))).proposal_id,
        answer=Answer(answer),
        seen=more.pop("seen", room.seq),  # type: ignore[arg-type]
        key=str(more.pop("key", room.key())),
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("answer", "prints"),
    [
        ("new", "[oil] (-IND) (-VIE) [polish] (+IND) (+VIE)"),
        ("old", "[oil] (-IND) (+VIE) [polish] (+IND) (-VIE)"),
        ("tcb", "[oil] (-IND) (VIE tcb) [polish] (+IND) (VIE tcb)"),
    ],
)
def test_answering_a_replacement_writes_the_crossed_signs(room: Room, answer: str, prints: str) -> None:
    before = room.seq
    event = answers(room, "VIE", answer)
    assert prints in room.prints("OP1")
    assert (event.seq, room.seq) == (before + 1, before + 1)


def test_an_answer_replaces_what_was_said_of_either_half(room: Room) -> None:
    room.takes("VIE", "tcb", on="OP1.1")
    answers(room, "VIE", "new")
    assert "(VIE tcb)" not in room.prints("OP1")
    room.takes("VIE", "support", on="OP1.1")
    assert "[oil] (-IND) (+VIE) [polish] (+IND) (+VIE)" in room.prints("OP1")


def test_an_answer_repeated_with_its_key_is_given_once(room: Room) -> None:
    first = answers(room, "VIE", "new", key="once")
    assert answers(room, "VIE", "new", key="once").pk == first.pk
    assert room.prints("OP1").count("(+VIE)") == 2  # one of them on "early", as the source has it


def test_withdrawing_the_answer_is_silence_on_both_halves(room: Room) -> None:
    def withdraws() -> Event:
        return replacements.withdraw_answer(
            actor=room.actors["VIE"],
            negotiation_id=room.negotiation.pk,
            proposal_id=room.bracket("OP1.1").proposal_id,
            key=room.key(),
        )

    answers(room, "VIE", "old")
    withdraws()
    assert "[oil] (-IND) [polish] (+IND) its" in room.prints("OP1")
    with pytest.raises(NothingToWithdraw):
        withdraws()


def test_a_half_that_ended_can_no_longer_be_answered_as_one(room: Room) -> None:
    half = room.bracket("OP1.2")
    verdicts.decide(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        paragraph_id=half.paragraph_id,
        ways={half.pk: "strike"},
        seen=room.seq,
        key=room.key(),
    )
    with pytest.raises(Ended):
        answers(room, "VIE", "new")


def test_only_a_replacement_has_two_halves_to_answer(room: Room) -> None:
    with pytest.raises(NotFound):
        answers(room, "VIE", "new", on="PP1.1")


@pytest.mark.parametrize("code", ["VIE.adviser", "BIRDS"])
def test_an_observer_or_adviser_cannot_answer_a_replacement(room: Room, code: str) -> None:
    with pytest.raises(NotAllowed):
        answers(room, code, "new")


def test_the_secretariat_answers_for_a_delegation_as_heard(room: Room) -> None:
    event = answers(room, "Secretariat", "new", on_behalf_of=room.actors["TUR"].delegation)
    assert event.on_behalf_of == "TUR"
    assert {row["heard"] for row in event.payload["rows"]["negotiations_position"]} == {"as_heard"}


def test_a_closed_room_takes_no_answer(room: Room) -> None:
    room.suspends()
    with pytest.raises(RoomClosed):
        answers(room, "VIE", "new")


def test_an_answer_is_not_put_on_words_that_were_not_seen(room: Room) -> None:
    before = room.seq
    room.inserts("IND", "gently", after="polish", in_="OP1")
    with pytest.raises(TextMoved):
        answers(room, "VIE", "new", seen=before)


def test_an_exact_state_is_met_by_both_halves_together(room: Room) -> None:
    wording = room.paragraph("OP1").seq
    first = room.takes("VIE", "tcb", on="OP1.2")
    with pytest.raises(TextMoved):
        answers(room, "VIE", "new", seen=Exact(wording, 0))
    answers(room, "VIE", "new", seen=Exact(wording, first.seq))
    assert "[oil] (-IND) (-VIE) [polish] (+IND) (+VIE)" in room.prints("OP1")
