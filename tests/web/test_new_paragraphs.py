"""Proposing a whole paragraph in the browser, and how it arrives on pages that are open."""

import re

import pytest

from documents.models import Agreement
from tests.room import Room, proposal_of
from tests.web.visiting import PARTIAL, hidden, signed_in, url

WORDS = "Recalling further that a bell is heard before it is seen;"


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


@pytest.mark.parametrize(
    ("standing", "prints"), [("after", f"[PP1a. {WORDS}] (+VIE)"), ("alternative", f"[PP1 altern. {WORDS}] (+VIE)")]
)
def test_a_preview_shows_label_and_marker_and_records_nothing(room: Room, standing: str, prints: str) -> None:
    client, at = signed_in(room, "VIE"), url(room, "new-paragraph", room.paragraph("PP1").pk)
    form = hidden(client.get(at).content.decode())
    before = room.seq
    page = client.post(at, {**form, "standing": standing, "words": WORDS, "action": "preview"}).content.decode()
    assert prints in plain(page)
    assert f">{WORDS}</textarea>" in page
    assert room.seq == before


def test_a_paragraph_tabled_leads_to_where_it_stands(room: Room) -> None:
    client, at = signed_in(room, "VIE"), url(room, "new-paragraph", room.paragraph("PP1").pk)
    form = hidden(client.get(at).content.decode())
    answer = client.post(at, {**form, "standing": "after", "words": WORDS, "reason": "order", "action": "table"})
    new = room.paragraph("PP1a")
    assert answer["Location"] == url(room, "document", room.document.pk) + f"#p-{new.pk}"
    assert room.prints("PP1a") == f"[PP1a. {WORDS}] (+VIE)"
    history = client.get(url(room, "history", new.pk)).content.decode()
    assert "tabled the paragraph" in history


def test_the_secretariat_tables_a_paragraph_as_heard_with_tcb(room: Room) -> None:
    client, at = signed_in(room, "Secretariat"), url(room, "new-paragraph", room.paragraph("PP1").pk)
    form = hidden(client.get(at).content.decode())
    client.post(at, {**form, "words": WORDS, "for": "IND", "marker": "tcb", "action": "table"}, headers=PARTIAL)
    assert room.prints("PP1a") == f"[PP1a. {WORDS}] (IND tcb)"


def test_a_refusal_keeps_what_was_typed(room: Room) -> None:
    client, at = signed_in(room, "VIE"), url(room, "new-paragraph", room.paragraph("PP1").pk)
    form = hidden(client.get(at).content.decode())
    room.suspends()
    answer = client.post(at, {**form, "standing": "alternative", "words": WORDS, "action": "table"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f">{WORDS}</textarea>" in page
    assert re.search(r'value="alternative" checked', page)


def test_agreed_text_offers_no_alternative(room: Room) -> None:
    paragraph = room.paragraph("OP2")
    type(paragraph).objects.filter(pk=paragraph.pk).update(agreement=Agreement.AD_REF)
    page = signed_in(room, "VIE").get(url(room, "new-paragraph", paragraph.pk)).content.decode()
    assert 'value="after"' in page
    assert 'value="alternative"' not in page


def test_observers_get_no_form(room: Room) -> None:
    page = signed_in(room, "BIRDS").get(url(room, "new-paragraph", room.paragraph("PP1").pk)).content.decode()
    assert 'name="words"' not in page


def test_an_open_page_is_told_of_a_paragraph_that_came_in_once_and_where(room: Room) -> None:
    client, since = signed_in(room, "IND"), url(room, "since", room.document.pk)
    before = room.seq
    first = room.tables_paragraph("VIE", WORDS, at="PP1")
    room.tables_paragraph("TUR", WORDS, at="PP1")
    room.takes("CHN", "oppose", on="PP1a.1")
    told = client.get(since, {"after": before}).json()
    assert [(one["handle"], one["behind"]) for one in told["came"]] == [
        ("PP1a", str(room.paragraph("PP1").pk)),
        ("PP1b", str(room.paragraph("PP1a").pk)),
    ]
    assert "(-CHN)" in told["came"][0]["article"]
    assert "<form" not in told["came"][0]["article"]
    assert client.get(since, {"after": room.seq}).json()["came"] == []
    room.withdraws("VIE", proposal_of(first))
    later = client.get(since, {"after": room.seq - 1}).json()
    assert later["came"] == []
    assert "struck" in later["changed"][0]["gutter"]
