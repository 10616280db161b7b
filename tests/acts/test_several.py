"""Positions on several brackets at once: all of them or none, each on record by itself."""

import pytest

from negotiations.acts.several import take_several
from negotiations.models import Event, Position
from negotiations.models.wording import Stance
from negotiations.refusals import KeyUsed, NotAllowed, NothingTicked, RoomClosed, TextMoved
from tests.acts.test_revisions import revises
from tests.room import Room, proposal_of


def takes(room: Room, code: str, said: dict[str, str], **more: object) -> list[Event]:
    return take_several(
        actor=room.actors[code],
        negotiation_id=room.negotiation.pk,
        answers=[(room.target(on), Stance(stance)) for on, stance in said.items()],
        seen=more.pop("seen", room.seq),  # type: ignore[arg-type]
        key=str(more.pop("key", room.key())),
        **more,  # type: ignore[arg-type]
    )


def test_each_position_is_an_event_of_its_own(room: Room) -> None:
    before = room.seq
    events = takes(room, "VIE", {"PP1.1": "support", "PP1.2": "oppose", "OP1.1": "oppose"}, reason="as IND said")
    assert [event.seq for event in events] == [before + 1, before + 2, before + 3]
    assert {event.kind for event in events} == {"position.taken"}
    assert "(+VIE)" in room.prints("PP1")
    assert "(-VIE)" in room.prints("OP1")
    held = Position.objects.filter(delegation__code="VIE", on_seq__gt=before)
    assert [position.reason for position in held] == ["as IND said"] * 3
    assert sorted(position.on_seq for position in held) == [before + 1, before + 2, before + 3]


def test_one_refusal_refuses_all(room: Room) -> None:
    event = room.inserts("IND", "and tyre", after="bell", in_="PP2")
    seen = event.seq
    revises(room, "IND", proposal_of(event), "and wheel")
    before = Event.objects.count()
    with pytest.raises(TextMoved):
        takes(room, "VIE", {"PP1.1": "support", "PP2.1": "support"}, seen=seen)
    assert Event.objects.count() == before
    assert "(+VIE)" not in room.prints("PP1")


def test_a_repeat_records_nothing_again(room: Room) -> None:
    seen, key = room.seq, room.key()
    first = takes(room, "VIE", {"PP1.1": "support", "OP1.1": "oppose"}, seen=seen, key=key)
    again = takes(room, "VIE", {"PP1.1": "support", "OP1.1": "oppose"}, seen=seen, key=key)
    assert [event.pk for event in again] == [first[0].pk]
    assert room.seq == first[1].seq
    with pytest.raises(KeyUsed):
        takes(room, "VIE", {"PP1.1": "oppose"}, seen=seen, key=key)


def test_nothing_ticked_is_said_so(room: Room) -> None:
    with pytest.raises(NothingTicked):
        takes(room, "VIE", {})


def test_who_may_not_speak_takes_none(room: Room) -> None:
    for code in ("VIE.adviser", "BIRDS"):
        with pytest.raises(NotAllowed):
            takes(room, code, {"PP1.1": "support"})
    with pytest.raises(NotAllowed):
        takes(room, "VIE", {"PP1.1": "support"}, on_behalf_of=room.actors["IND"].delegation)


def test_none_is_taken_while_no_session_is_open(room: Room) -> None:
    room.suspends()
    with pytest.raises(RoomClosed):
        takes(room, "VIE", {"PP1.1": "support"})
