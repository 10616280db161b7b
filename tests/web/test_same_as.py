"""Saying the same as another delegation: a list that is read, ticks that are one's own, one button."""

import re

from django.test import Client

from tests.room import Room
from tests.web.test_new_paragraphs import plain
from tests.web.visiting import hidden, signed_in, url


def at(room: Room) -> str:
    return url(room, "same-as", room.document.pk)


def listed(client: Client, room: Room, code: str, **more: str) -> str:
    return client.get(at(room), {"delegation": code, **more}).content.decode()


def boxes(page: str) -> dict[str, bool]:
    """The value of each box, and whether it is ticked."""
    found = re.findall(r'name="take" value="([^"]+)"( checked)?', page)
    return {value: bool(ticked) for value, ticked in found}


def test_the_list_says_what_each_would_print_and_ticks_where_one_is_silent(room: Room) -> None:
    room.takes("CHN", "support", on="OP1.1")
    page = listed(signed_in(room, "CHN"), room, "IND")
    text = plain(page)
    assert "PP1.1 (+CHN) these words stay: ring and" in text
    assert "OP1.1 (-CHN) these words go: oil in place of what you hold now: these words stay" in text
    assert list(boxes(page).values()) == [True, False, True]


def test_what_is_ticked_is_recorded_and_nothing_else(room: Room) -> None:
    client = signed_in(room, "CHN")
    page = listed(client, room, "IND")
    first = next(iter(boxes(page)))
    before = room.seq
    answer = client.post(at(room), {**hidden(page), "take": [first]})
    assert answer["Location"] == url(room, "document", room.document.pk)
    assert room.seq == before + 1
    assert "[ring and] (+IND) (+CHN)" in room.prints("PP1")
    assert "CHN" not in room.prints("OP1")


def test_a_refusal_keeps_the_ticks_and_the_reason(room: Room) -> None:
    client = signed_in(room, "CHN")
    page = listed(client, room, "IND")
    first, *_ = boxes(page)
    room.suspends()
    answer = client.post(at(room), {**hidden(page), "delegation": "IND", "take": [first], "reason": "as they said"})
    again = answer.content.decode()
    assert answer.status_code == 409
    assert [value for value, ticked in boxes(again).items() if ticked] == [first]
    assert ">as they said</textarea>" in again


def test_nothing_ticked_is_asked_for(room: Room) -> None:
    client = signed_in(room, "CHN")
    answer = client.post(at(room), hidden(listed(client, room, "IND")))
    assert answer.status_code == 422
    assert "Tick what you mean" in answer.content.decode()


def test_the_secretariat_says_it_as_heard_from_a_delegation(room: Room) -> None:
    client = signed_in(room, "Secretariat")
    page = listed(client, room, "IND", **{"for": "TUR"})
    assert "(+TUR) these words stay" in plain(page)
    client.post(at(room), {**hidden(page), "for": "TUR", "take": list(boxes(page))})
    assert 'name="for" value="TUR"' in page
    assert "(+TUR)" in room.prints("PP1")
    assert "[oil] (-IND) (-TUR)" in room.prints("OP1")


def test_observers_and_advisers_are_told_that_they_do_not(room: Room) -> None:
    for code in ("BIRDS", "VIE.adviser"):
        page = listed(signed_in(room, code), room, "IND")
        assert "do not take positions" in page
        assert not boxes(page)


def test_a_reading_of_nothing_says_what_will_be_here(room: Room) -> None:
    bare = Room.opened("PP1. A text without a bracket;\n")
    page = signed_in(bare, "VIE").get(at(bare)).content.decode()
    assert "No other delegation holds a sign in this text yet" in page
