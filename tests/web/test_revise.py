"""Revising in the browser: the form keeps what was typed, the mark shows who spoke of earlier words."""

import re
from uuid import UUID

import pytest

from tests.room import Room, proposal_of
from tests.web.visiting import PARTIAL, hidden, signed_in, url


@pytest.fixture
def tabled(room: Room) -> UUID:
    return proposal_of(room.inserts("VIE", "and tyre", after="bell", in_="PP2"))


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_the_form_holds_the_present_words_and_a_preview_records_nothing(room: Room, tabled: UUID) -> None:
    client, at = signed_in(room, "VIE"), url(room, "revise", tabled)
    page = client.get(at).content.decode()
    assert re.search(r"<textarea[^>]*>and tyre</textarea>", page)
    before = room.seq
    shown = client.post(at, {**hidden(page), "words": "and wheel", "action": "preview"}).content.decode()
    assert "every bell [and wheel] (+VIE) has" in plain(shown)
    assert ">and wheel</textarea>" in shown
    assert room.seq == before


def test_a_revision_is_recorded_and_leads_back_to_the_text(room: Room, tabled: UUID) -> None:
    client, at = signed_in(room, "VIE"), url(room, "revise", tabled)
    form = hidden(client.get(at).content.decode())
    answer = client.post(at, {**form, "words": "and wheel", "reason": "shorter", "action": "revise"})
    assert answer.status_code == 302
    assert "[and wheel] (+VIE)" in room.prints("PP2")
    page = client.get(url(room, "bracket", room.bracket("PP2.1").pk)).content.decode()
    assert "shorter" in page


def test_words_that_moved_meanwhile_show_both_and_keep_what_was_typed(room: Room, tabled: UUID) -> None:
    client, at = signed_in(room, "VIE"), url(room, "revise", tabled)
    form = hidden(client.get(at).content.decode())
    signed_in(room, "Secretariat").post(at, {**form, "key": "other", "words": "and rim", "action": "revise"})
    answer = client.post(at, {**form, "words": "and wheel", "action": "revise"})
    page = answer.content.decode()
    assert answer.status_code == 412
    assert "“and rim”" in page
    assert ">and wheel</textarea>" in page
    client.post(at, {**hidden(page), "words": "and wheel", "action": "revise"})
    assert "[and wheel] (+VIE)" in room.prints("PP2")


def test_others_read_whose_words_they_are_and_get_no_form(room: Room, tabled: UUID) -> None:
    for code in ("IND", "BIRDS"):
        page = signed_in(room, code).get(url(room, "revise", tabled)).content.decode()
        assert "it alone gives them another wording" in page
        assert 'name="words"' not in page


def test_a_position_on_an_earlier_wording_is_marked_wherever_it_is_shown(room: Room, tabled: UUID) -> None:
    room.takes("IND", "support", on="PP2.1")
    client = signed_in(room, "IND")
    document, bracket = url(room, "document", room.document.pk), url(room, "bracket", room.bracket("PP2.1").pk)
    assert "on an earlier wording" not in client.get(document).content.decode()
    form = hidden(signed_in(room, "VIE").get(url(room, "revise", tabled)).content.decode())
    signed_in(room, "VIE").post(url(room, "revise", tabled), {**form, "words": "and wheel", "action": "revise"})
    shown = client.get(document).content.decode()
    assert re.findall(r'class="chip plus earlier is-(\w+)"', shown) == ["IND"]
    panel = client.get(bracket).content.decode()
    assert "on an earlier wording" in panel
    assert "The words changed after you spoke" in panel
    assert "PP2.1" in client.get(url(room, "my-file")).content.decode()
    room.takes("IND", "support", on="PP2.1")
    assert "on an earlier wording" not in client.get(document).content.decode()
    assert "No words changed under a position of yours" in client.get(url(room, "my-file")).content.decode()


def test_the_panel_of_a_half_typed_revision_swaps_in_place(room: Room, tabled: UUID) -> None:
    page = signed_in(room, "VIE").get(url(room, "revise", tabled), headers=PARTIAL).content.decode()
    assert page.lstrip().startswith("<section")


def test_a_settled_proposal_says_so_and_keeps_what_was_typed(room: Room, tabled: UUID) -> None:
    client, at = signed_in(room, "VIE"), url(room, "revise", tabled)
    form = hidden(client.get(at).content.decode())
    client.post(url(room, "withdraw-proposal", tabled), {"key": "w"})
    answer = client.post(at, {**form, "words": "and wheel", "action": "revise"})
    assert answer.status_code == 409
    assert "and wheel" in answer.content.decode()
