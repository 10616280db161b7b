"""The form by which words are proposed: what it numbers is what it means, whatever the others do meanwhile."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.urls import reverse

from negotiations.acts import verdicts
from tests.room import Room
from tests.web.visiting import hidden, signed_in

OPTION = re.compile(r'<option value="(-?\d+)"[^>]*?( selected)?>(?:\d+ )?([^<]*)</option>')


def address(room: Room, handle: str = "PP2") -> str:
    return reverse("propose", args=[room.negotiation.slug, room.paragraph(handle).pk])


def numbered(page: str, name: str) -> list[tuple[str, bool, str]]:
    """The options of a select as its reader meets them: value, chosen or not, words."""
    select = re.search(rf'<select [^>]*name="{name}">(.*?)</select>', page, re.DOTALL)
    assert select is not None
    return [(value, bool(chosen), words) for value, chosen, words in OPTION.findall(select[1])]


def choose(page: str, word: str) -> dict[str, str]:
    """The form filled in by somebody who looks for a word in the two lists."""
    found = {name: next(v for v, _, w in numbered(page, name) if w == word) for name in ("first", "last")}
    return {**hidden(page), **found, "kind": "delete", "marker": "sign"}


def chosen(page: str) -> list[str]:
    return [next((w for _, picked, w in numbered(page, name) if picked), "") for name in ("first", "last")]


def in_between(act: Callable[[], object], *, before: str) -> Any:
    """Let somebody else act once, just before the first statement that reads the table ``before``."""
    done: list[bool] = []

    def interleave(execute: Any, sql: str, *rest: Any) -> Any:
        if not done and f'FROM "{before}"' in sql:
            done.append(True)
            act()
        return execute(sql, *rest)

    return connection.execute_wrapper(interleave)


def test_a_preview_on_a_text_that_grew_still_shows_the_words_that_were_chosen(room: Room) -> None:
    client = signed_in(room, "VIE")
    form = choose(client.get(address(room)).content.decode(), "owner")
    room.inserts("IND", "good and loud", after="every", in_="PP2")
    page = client.post(address(room), {**form, "action": "preview"}).content.decode()
    assert chosen(page) == ["owner", "owner"]


def test_words_chosen_anew_after_such_a_preview_are_the_words_that_are_bracketed(room: Room) -> None:
    client = signed_in(room, "VIE")
    form = choose(client.get(address(room)).content.decode(), "owner")
    room.inserts("IND", "good and loud", after="every", in_="PP2")
    page = client.post(address(room), {**form, "action": "preview"}).content.decode()
    client.post(address(room), {**choose(page, "bell"), "action": "table"})
    assert room.prints("PP2") == "PP2. Noting that every [good and loud] (+IND) [bell] (-VIE) has an owner;"


def test_a_form_drawn_while_somebody_tabled_means_the_words_that_it_shows(room: Room) -> None:
    client, page_of = signed_in(room, "VIE"), address(room)
    with in_between(
        lambda: room.inserts("IND", "good and loud", after="every", in_="PP2"), before="documents_paragraph"
    ):
        page = client.get(page_of).content.decode()
    assert "loud" in page
    client.post(page_of, {**choose(page, "bell"), "action": "table"})
    assert room.prints("PP2") == "PP2. Noting that every [good and loud] (+IND) [bell] (-VIE) has an owner;"


def looked_at(room: Room, **typed: object) -> str:
    client = signed_in(room, "VIE")
    form = hidden(client.get(address(room)).content.decode())
    answer = client.post(address(room), {**form, "action": "look", **typed}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_look_shows_how_it_would_print_and_records_nothing(room: Room) -> None:
    before = room.seq
    page = looked_at(room, kind="insert", last=room.at("PP2", "bell"), words="and tyre")
    assert "every bell [and tyre] (+VIE) has" in re.sub(r"<[^>]+>", "", page)
    assert room.seq == before


def test_a_look_brings_no_form_that_could_wipe_what_is_being_typed(room: Room) -> None:
    page = looked_at(room, kind="insert", last=room.at("PP2", "bell"), words="and tyre")
    assert not any(tag in page for tag in ("<form", "<textarea", "<input", "<select"))


def test_a_look_at_words_still_to_be_typed_says_nothing(room: Room) -> None:
    assert looked_at(room, kind="insert", last=room.at("PP2", "bell"), words=" ").strip() == ""


def test_a_look_at_words_that_cannot_be_bracketed_says_why(room: Room) -> None:
    page = looked_at(room, kind="insert", last=room.at("PP2", "bell"), words="and [tyre]")
    assert "Type the words alone" in page


def test_a_deletion_that_met_another_wording_is_told_in_the_words_it_chose(room: Room) -> None:
    client = signed_in(room, "VIE")
    form = choose(client.get(address(room)).content.decode(), "owner")
    room.deletes("IND", "an", "owner", in_="PP2")
    answer = client.post(address(room), {**form, "action": "table"})
    assert answer.status_code == 412
    assert "delete “owner”" in answer.content.decode()


def test_an_agreed_paragraph_offers_no_form_and_says_who_can_reopen_it(room: Room) -> None:
    verdicts.agree(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        paragraph_id=room.paragraph("PP2").pk,
        seen=room.seq,
        key=room.key(),
    )
    page = signed_in(room, "VIE").get(address(room)).content.decode()
    assert "PP2 is agreed ad referendum: it is not edited" in page
    assert "Table it" not in page
