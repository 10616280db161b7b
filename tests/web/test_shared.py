"""The shared text of a page is kept between requests: it is never older than the ledger and never anybody's own."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from documents.notation.package import read_package
from negotiations.acts import positions, revisions, sessions, texts, verdicts, wording
from negotiations.acts.positions import Target
from negotiations.web import shared
from tests.room import TEXT, Room, proposal_of
from tests.web.visiting import signed_in, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    shared._kept.clear()
    yield
    shared._kept.clear()


def text_of(room: Room) -> tuple[str, str]:
    room.negotiation.refresh_from_db()
    page = shared.page(room.negotiation, room.document.pk)
    assert page is not None
    assert page.seq == room.negotiation.head_seq
    return page.text, page.foot


def made_anew(room: Room) -> tuple[str, str]:
    shared._kept.clear()
    return text_of(room)


def strike(room: Room) -> None:
    verdicts.decide(
        **by(room, "Secretariat"),
        paragraph_id=room.paragraph("PP1").pk,
        ways={room.bracket("PP1.1").pk: "strike"},
        seen=room.seq,
    )


def by(room: Room, code: str) -> dict[str, Any]:
    return {"actor": room.actors[code], "negotiation_id": room.negotiation.pk, "key": room.key()}


def table_and_withdraw(room: Room) -> None:
    event = room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    text_of(room)
    wording.withdraw(**by(room, "VIE"), proposal_id=proposal_of(event))


def table_and_revise(room: Room) -> None:
    event = room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    room.takes("IND", "oppose", on="PP2.1")
    text_of(room)
    revisions.revise(**by(room, "VIE"), proposal_id=proposal_of(event), text="and wheel", seen=room.seq)


def take_back(room: Room) -> None:
    room.takes("VIE", "oppose", on="PP1.1")
    text_of(room)
    positions.withdraw(**by(room, "VIE"), target=Target(room.paragraph("PP1").pk, room.bracket("PP1.1").pk))


def bring_in(room: Room) -> None:
    texts.import_package(**by(room, "Secretariat"), package=read_package(TEXT), name="more bells")


def agree_all(room: Room) -> None:
    verdicts.agree_all_clean(**by(room, "Secretariat"), document_id=room.document.pk)


ACTS: dict[str, Callable[[Room], object]] = {
    "words tabled": lambda room: room.inserts("VIE", "and tyre", after="bell", in_="PP2"),
    "words to go": lambda room: room.deletes("VIE", "bell", "bell", in_="PP2"),
    "words replaced": lambda room: room.replaces("VIE", "bell", "bell", "horn", in_="PP2"),
    "a paragraph tabled": lambda room: room.tables_paragraph("VIE", "Praising bells;", at="PP1"),
    "withdrawn": table_and_withdraw,
    "revised": table_and_revise,
    "a position on a bracket": lambda room: room.takes("VIE", "oppose", on="PP1.1"),
    "a position on the whole": lambda room: room.takes("VIE", "keep_original", on="PP2"),
    "a position taken back": take_back,
    "a verdict": strike,
    "all clean agreed": agree_all,
    "a session that ends": lambda room: room.suspends(),
    "another text": bring_in,
}


@pytest.mark.parametrize("name", ACTS)
def test_a_kept_page_is_after_every_act_what_it_would_be_if_made_anew(room: Room, name: str) -> None:
    before = text_of(room)
    ACTS[name](room)
    brought_up = text_of(room)
    assert brought_up == made_anew(room)
    assert (brought_up != before) == (name not in ("withdrawn", "a position taken back", "a session that ends"))


def test_a_page_that_missed_several_acts_is_brought_up_at_once(room: Room) -> None:
    text_of(room)
    room.takes("VIE", "oppose", on="PP1.1")
    room.inserts("IND", "and tyre", after="bell", in_="PP2")
    room.takes("CHN", "tcb", on="OP2")
    assert text_of(room) == made_anew(room)


def test_only_what_changed_is_rendered_again(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    text_of(room)
    rendered: list[str] = []
    once = shared._part

    def noted(page: Any, paragraph: Any, *rest: Any) -> shared.Part:
        rendered.append(str(paragraph))
        return once(page, paragraph, *rest)

    monkeypatch.setattr(shared, "_part", noted)
    text_of(room)
    room.takes("VIE", "oppose", on="PP1.1")
    text_of(room)
    assert rendered == ["PP1"]


def test_an_unchanged_page_is_kept_and_asks_nothing(room: Room) -> None:
    text_of(room)
    with CaptureQueriesContext(connection) as caught:
        shared.page(room.negotiation, room.document.pk)
    assert len(caught) == 0


def test_the_kept_text_is_the_same_for_every_reader_and_holds_no_token(room: Room) -> None:
    pages = [
        signed_in(room, code).get(url(room, "document", room.document.pk)).content.decode()
        for code in ("VIE", "VIE.adviser", "Secretariat", "BIRDS")
    ]
    found = {re.search(r'<div class="read".*</footer>', page, re.DOTALL)[0] for page in pages}  # type: ignore[index]
    assert len(found) == 1
    assert "csrf" not in found.pop()


def test_a_page_is_kept_for_each_language(room: Room) -> None:
    for language in ("en", "kk"):
        with translation.override(language):
            text_of(room)
    assert [key[2] for key in shared._kept] == ["en", "kk"]


def test_a_document_of_another_negotiation_is_not_found_even_where_it_is_kept(room: Room) -> None:
    other = Room.opened()
    text_of(other)
    assert shared.page(room.negotiation, other.document.pk) is None


def test_the_page_not_asked_for_longest_is_let_go(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "MOST", 2)
    others = [Room.opened(), Room.opened()]
    text_of(others[0])
    text_of(room)
    text_of(others[0])
    text_of(others[1])
    assert [key[1] for key in shared._kept] == [others[0].document.pk, others[1].document.pk]


def test_reopening_the_session_changes_no_text(room: Room) -> None:
    room.suspends()
    before = text_of(room)
    sessions.open_session(**by(room, "Secretariat"))
    assert text_of(room) == before
