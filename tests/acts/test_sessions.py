"""Sessions: opened, suspended, resumed, closed; what each end pins, and what it does not pin twice."""

from datetime import UTC, date, datetime

import pytest

from negotiations.acts import sessions
from negotiations.models import Event, Freeze, Job, Session
from negotiations.refusals import NotAllowed, NothingToClose, RoomClosed, SessionAlreadyOpen
from tests.room import Room


def opens(room: Room) -> Event:
    return sessions.open_session(actor=room.secretariat, negotiation_id=room.negotiation.pk, key=room.key())


def closes(room: Room, code: str = "Secretariat", **more: object) -> Event:
    key = str(more.pop("key", room.key()))
    return sessions.close_session(actor=room.actors[code], negotiation_id=room.negotiation.pk, key=key, **more)  # type: ignore[arg-type]


def states(room: Room) -> list[tuple[int, str]]:
    return list(Session.objects.filter(negotiation=room.negotiation).values_list("number", "state"))


def test_closing_a_session_that_sits_pins_every_document_once(room: Room) -> None:
    first = closes(room, key="once")
    assert closes(room, key="once").pk == first.pk
    assert (Freeze.objects.count(), Job.objects.count()) == (1, 1)
    assert states(room) == [(1, "closed")]
    with pytest.raises(RoomClosed):
        room.takes("VIE", "oppose", on="PP1.1")


def test_closing_a_suspended_session_issues_nothing_a_second_time(room: Room) -> None:
    room.suspends()
    closes(room)
    assert Freeze.objects.count() == 1
    assert states(room) == [(1, "closed")]


def test_after_a_closed_session_the_next_one_has_a_new_number(room: Room) -> None:
    closes(room)
    assert opens(room).kind == "session.opened"
    assert states(room) == [(1, "closed"), (2, "open")]


def test_a_suspended_session_is_resumed_under_its_number_and_can_be_suspended_again(room: Room) -> None:
    room.suspends()
    assert opens(room).kind == "session.resumed"
    room.suspends()
    assert states(room) == [(1, "suspended")]
    assert list(Freeze.objects.values_list("number", flat=True).order_by("number")) == [1, 2]


def test_a_session_that_is_closed_cannot_be_closed_again(room: Room) -> None:
    closes(room)
    with pytest.raises(NothingToClose):
        closes(room)


def test_only_one_session_is_open(room: Room) -> None:
    with pytest.raises(SessionAlreadyOpen):
        opens(room)


@pytest.mark.parametrize("code", ["VIE", "BIRDS"])
def test_only_chair_and_secretariat_close_a_session(room: Room, code: str) -> None:
    with pytest.raises(NotAllowed):
        closes(room, code)
    closes(room, "CHAIR")


def test_the_date_that_prints_is_the_day_in_the_rooms_zone_on_which_the_sitting_began(room: Room) -> None:
    """23:30 UTC is 04:30 of the next day in Almaty."""
    Session.objects.update(sitting_began=datetime(2026, 5, 1, 23, 30, tzinfo=UTC))
    closes(room)
    assert Freeze.objects.get().as_of == date(2026, 5, 2)


def test_the_date_that_prints_can_be_said(room: Room) -> None:
    closes(room, as_of=date(2026, 4, 30))
    frozen = Freeze.objects.get()
    assert frozen.as_of == date(2026, 4, 30)
    assert frozen.printed["status_line"] == "PODIUM VERSION AS OF COB OF 30 APRIL 2026"
