"""Rewriting a paragraph in the browser: the whole text in a box, and what of it will print in brackets."""

import re

from tests.room import Room
from tests.web.test_new_paragraphs import plain
from tests.web.visiting import PARTIAL, hidden, signed_in, url

TYPED = "Noting with joy that every bell has a keeper;"
PRINTS = "PP2. Noting [with joy] (+VIE) that every bell has [an owner] (-VIE) [a keeper] (+VIE);"


def at_pp2(room: Room) -> str:
    return url(room, "rewrite", room.paragraph("PP2").pk)


def box(page: str) -> str:
    found = re.search(r'<textarea id="words-[^>]*>([^<]*)</textarea>', page)
    assert found
    return found[1]


def test_the_form_begins_with_the_text_as_it_stands(room: Room) -> None:
    page = signed_in(room, "VIE").get(url(room, "rewrite", room.paragraph("OP1").pk)).content.decode()
    assert box(page) == "Each town shall [oil] [polish] its bells [in [early] spring]."


def test_a_preview_shows_every_change_as_it_will_print_and_records_nothing(room: Room) -> None:
    client = signed_in(room, "VIE")
    form = hidden(client.get(at_pp2(room)).content.decode())
    before = room.seq
    page = client.post(at_pp2(room), {**form, "words": TYPED, "action": "preview"}).content.decode()
    assert PRINTS in plain(page)
    assert "2 changes. Each is a proposal of its own" in page
    assert (box(page), room.seq) == (TYPED, before)


def test_what_is_typed_is_previewed_while_it_is_typed(room: Room) -> None:
    client = signed_in(room, "VIE")
    form = hidden(client.get(at_pp2(room)).content.decode())
    look = {**form, "action": "look"}
    page = client.post(at_pp2(room), {**look, "words": TYPED}, headers=PARTIAL).content.decode()
    assert PRINTS in plain(page)
    same = {**look, "words": "Noting that every bell has an owner;"}
    page = client.post(at_pp2(room), same, headers=PARTIAL).content.decode()
    assert "No word differs" in page


def test_a_rewriting_tabled_leads_to_the_text_and_prints_as_previewed(room: Room) -> None:
    client = signed_in(room, "VIE")
    form = hidden(client.get(at_pp2(room)).content.decode())
    answer = client.post(at_pp2(room), {**form, "words": TYPED, "action": "table"})
    assert answer["Location"] == url(room, "document", room.document.pk) + f"#p-{room.paragraph('PP2').pk}"
    assert room.prints("PP2") == PRINTS


def test_words_that_stay_beside_are_told_in_the_preview(room: Room) -> None:
    client, at = signed_in(room, "TUR"), url(room, "rewrite", room.paragraph("OP1").pk)
    form = hidden(client.get(at).content.decode())
    typed = "Each town shall [grease] [polish] its bells [in [early] spring]."
    page = client.post(at, {**form, "words": typed, "action": "preview"}).content.decode()
    assert "The words of bracket OP1.1 are another proposal" in page


def test_a_refused_rewriting_comes_back_with_what_was_typed(room: Room) -> None:
    client = signed_in(room, "VIE")
    form = hidden(client.get(at_pp2(room)).content.decode())
    answer = client.post(at_pp2(room), {**form, "words": f"[{TYPED}]", "action": "table"})
    assert answer.status_code == 422
    assert "must stay where they are" in answer.content.decode()
    assert box(answer.content.decode()) == f"[{TYPED}]"


def test_a_conflict_shows_all_three_texts_and_offers_the_changes_that_still_fit(room: Room) -> None:
    client = signed_in(room, "VIE")
    form = hidden(client.get(at_pp2(room)).content.decode())
    room.deletes("IND", "an", "owner", in_="PP2")
    answer = client.post(at_pp2(room), {**form, "words": TYPED, "action": "table"})
    page = answer.content.decode()
    assert answer.status_code == 412
    assert TYPED in plain(page)
    assert "Noting that every bell has an owner;" in plain(page)
    assert box(page) == "Noting with joy that every bell has [an owner];"
    assert "but for one whose words were changed meanwhile" in page
    again = client.post(at_pp2(room), {**hidden(page), "words": box(page), "action": "table"})
    assert again.status_code == 302
    assert room.prints("PP2") == "PP2. Noting [with joy] (+VIE) that every bell has [an owner] (-IND);"


def test_a_paragraph_that_changed_elsewhere_takes_the_rewriting_in(room: Room) -> None:
    client = signed_in(room, "VIE")
    form = hidden(client.get(at_pp2(room)).content.decode())
    room.inserts("IND", "and tyre", after="bell", in_="PP2")
    page = client.post(at_pp2(room), {**form, "words": TYPED, "action": "preview"}).content.decode()
    assert "[and tyre] (+IND)" in plain(page)
    client.post(at_pp2(room), {**hidden(page), "words": box(page), "action": "table"})
    assert "every bell [and tyre] (+IND) has [an owner] (-VIE) [a keeper] (+VIE)" in room.prints("PP2")


def test_the_history_tells_of_a_rewriting(room: Room) -> None:
    client = signed_in(room, "VIE")
    form = hidden(client.get(at_pp2(room)).content.decode())
    client.post(at_pp2(room), {**form, "words": TYPED, "action": "table", "reason": "shorter"})
    page = plain(client.get(url(room, "history", room.paragraph("PP2").pk)).content.decode())
    assert PRINTS in page


def test_observers_get_no_box(room: Room) -> None:
    page = signed_in(room, "BIRDS").get(at_pp2(room)).content.decode()
    assert 'name="words"' not in page
