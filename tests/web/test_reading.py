"""The reading page without a script: every card and every list leads somewhere."""

import re

import pytest
from django.urls import reverse

from documents.models import Document
from tests.room import Room
from tests.web.visiting import signed_in


def address(room: Room, document: Document | None = None) -> str:
    return reverse("document", args=[room.negotiation.slug, (document or room.document).pk])


def test_the_narrow_list_leads_to_each_paragraph_and_document(room: Room) -> None:
    page = signed_in(room, "VIE").get(address(room)).content.decode()
    jump = re.search(r'<form class="jump" method="get">(.*?)</form>', page, re.DOTALL)
    assert jump is not None
    listed = set(re.findall(r'<option value="([^"]+)"', jump[1]))
    paragraphs = {str(pk) for pk in room.document.paragraphs.values_list("pk", flat=True)}
    assert listed == paragraphs | {str(room.document.pk)}


def test_going_to_a_paragraph_lands_on_it(room: Room) -> None:
    wanted = room.paragraph("OP1").pk
    answer = signed_in(room, "VIE").get(address(room), {"to": str(wanted)})
    assert (answer.status_code, answer.url) == (302, f"{address(room)}#p-{wanted}")  # type: ignore[attr-defined]


def test_going_to_a_document_of_the_agenda_opens_it(room: Room) -> None:
    answer = signed_in(room, "VIE").get(address(room), {"to": str(room.document.pk)})
    assert (answer.status_code, answer.url) == (302, address(room))  # type: ignore[attr-defined]


@pytest.mark.parametrize("to", ["PP1", "elsewhere"])
def test_going_where_nothing_of_this_negotiation_is_finds_nothing(room: Room, to: str) -> None:
    wanted = to if to == "PP1" else str(Room.opened().document.pk)
    assert signed_in(room, "VIE").get(address(room), {"to": wanted}).status_code == 404


def test_every_card_links_to_the_panel_of_its_bracket(room: Room) -> None:
    page = signed_in(room, "VIE").get(address(room)).content.decode()
    for number in ("PP1.1", "PP1.2", "OP1.1", "OP1.3"):
        panel = reverse("bracket", args=[room.negotiation.slug, room.bracket(number).pk])
        assert f'href="{panel}" data-panel="{room.bracket(number).paragraph_id}"' in page, number


def test_the_history_of_a_paragraph_names_who_did_what_and_shows_what_it_printed(room: Room) -> None:
    room.takes("Secretariat", "oppose", on="PP1.1", heard_for="VIE")
    room.inserts("TUR", "all", after="Recalling", in_="PP1")
    history = reverse("history", args=[room.negotiation.slug, room.paragraph("PP1").pk])
    page = signed_in(room, "BIRDS").get(history).content.decode()
    text = " ".join(re.sub(r"<[^>]*>", "", page).split())
    assert "VIE took a position entered by Secretariat, as heard" in text
    assert text.index("[all] (+TUR)") < text.index("VIE took a position")
    assert "[ring and] (+IND) (-VIE)" in text
    whole = reverse("paragraph", args=[room.negotiation.slug, room.paragraph("PP1").pk])
    assert history in signed_in(room, "VIE").get(whole).content.decode()


def test_the_history_of_another_negotiations_paragraph_is_not_found(room: Room) -> None:
    elsewhere = Room.opened().paragraph("PP1").pk
    assert signed_in(room, "VIE").get(reverse("history", args=[room.negotiation.slug, elsewhere])).status_code == 404
