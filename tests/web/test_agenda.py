"""The agenda of a session on the desk: which documents it takes up, and where that is said."""

import re

from tests.room import Room
from tests.web.visiting import hidden, signed_in, url


def ticked(page: str) -> list[str]:
    return re.findall(r'name="agenda" value="([^"]+)" checked', page)


def test_the_desk_sets_the_agenda_and_the_pages_say_what_is_not_on_it(room: Room) -> None:
    second = room.imports("PP1. Noting the pumps;", name="Pumps")
    client = signed_in(room, "Secretariat")
    page = client.get(url(room, "desk")).content.decode()
    assert sorted(ticked(page)) == sorted([str(room.document.pk), str(second.pk)])
    answer = client.post(url(room, "set-agenda"), {"key": "a", "agenda": [str(second.pk)]})
    assert answer.status_code == 302
    page = client.get(url(room, "desk")).content.decode()
    assert ticked(page) == [str(second.pk)]
    assert "not on the agenda" in page
    reading = signed_in(room, "VIE").get(url(room, "document", room.document.pk)).content.decode()
    assert "not on the agenda of this session: reading only" in reading
    ending = client.get(url(room, "suspend-session")).content.decode()
    assert "Pumps" in ending
    assert room.document.name not in ending


def test_a_session_is_opened_with_the_ticked_documents(room: Room) -> None:
    second = room.imports("PP1. Noting the pumps;")
    room.suspends()
    client = signed_in(room, "Secretariat")
    form = {**hidden(client.get(url(room, "desk")).content.decode()), "agenda-shown": "1", "agenda": str(second.pk)}
    client.post(url(room, "open-session"), form)
    assert ticked(client.get(url(room, "desk")).content.decode()) == [str(second.pk)]


def test_an_agenda_without_a_document_is_refused_in_words(room: Room) -> None:
    room.imports("PP1. Noting the pumps;")
    answer = signed_in(room, "Secretariat").post(url(room, "set-agenda"), {"key": "a"})
    assert answer.status_code == 409
    assert "at least one document" in answer.content.decode()
    assert signed_in(room, "Secretariat").post(url(room, "set-agenda"), {"agenda": "x"}).status_code == 404
    assert signed_in(room, "VIE").post(url(room, "set-agenda"), {"agenda": str(room.document.pk)}).status_code == 403
