"""Sessions: opened, suspended, resumed, closed; what each end pins, and what it does not pin twice."""

from datetime import UTC, date, datetime

import pytest

from documents.models import Document
from negotiations import replay
from negotiations.acts import sessions
from negotiations.models import Event, Freeze, Job, Session
from negotiations.refusals import (
    EmptyAgenda,
    NotAllowed,
    NotFound,
    NothingToClose,
    NotOnTheAgenda,
    RoomClosed,
    SessionAlreadyOpen,
)
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


def sets_agenda(room: Room, *documents: Document, code: str = "Secretariat") -> Event:
    return sessions.set_agenda(
        actor=room.actors[code],
        negotiation_id=room.negotiation.pk,
        agenda=[document.pk for document in documents],
        key=room.key(),
    )


def test_a_document_that_is_set_aside_is_read_and_not_negotiated(room: Room) -> None:
    second = room.imports("PP1. Noting the pumps;")
    sets_agenda(room, second)
    for act in (
        lambda: room.takes("VIE", "support", on="PP1.1"),
        lambda: room.takes("VIE", "tcb", on="PP1"),
        lambda: room.deletes("VIE", "every", "every", in_="PP2"),
        lambda: room.tables_paragraph("VIE", "Noting the bells;", at="PP1"),
        lambda: room.decides("retain", "PP1.1"),
    ):
        with pytest.raises(NotOnTheAgenda):
            act()
    sets_agenda(room, second, room.document)
    room.takes("VIE", "support", on="PP1.1")


def test_suspending_pins_what_is_on_the_agenda_alone(room: Room) -> None:
    second = room.imports("PP1. Noting the pumps;")
    sets_agenda(room, second)
    room.suspends()
    assert [freeze.document_id for freeze in Freeze.objects.all()] == [second.pk]


def test_a_resumed_session_keeps_its_agenda_and_a_new_one_has_everything(room: Room) -> None:
    second = room.imports("PP1. Noting the pumps;")
    sets_agenda(room, second)
    room.suspends()
    opens(room)
    with pytest.raises(NotOnTheAgenda):
        room.takes("VIE", "support", on="PP1.1")
    closes(room)
    opens(room)
    room.takes("VIE", "support", on="PP1.1")
    assert replay.differences() == []


def test_a_session_opens_with_the_agenda_that_is_named(room: Room) -> None:
    second = room.imports("PP1. Noting the pumps;")
    room.suspends()
    sessions.open_session(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, key=room.key(), agenda=[second.pk]
    )
    with pytest.raises(NotOnTheAgenda):
        room.takes("VIE", "support", on="PP1.1")


def test_an_agenda_is_of_this_negotiation_and_never_empty(room: Room) -> None:
    with pytest.raises(EmptyAgenda):
        sets_agenda(room)
    with pytest.raises(NotFound):
        sets_agenda(room, room.document, Room.opened().document)
    with pytest.raises(NotAllowed):
        sets_agenda(room, room.document, code="VIE")


def test_what_comes_in_while_a_session_sits_is_on_its_agenda(room: Room) -> None:
    room.imports("PP1. Noting the pumps;")
    sets_agenda(room, room.document)
    third = room.imports("PP1. Noting the chains;")
    room.suspends()
    assert {freeze.document_id for freeze in Freeze.objects.all()} == {room.document.pk, third.pk}
