"""The text read clean, original, agreed only, or as a delegation would have it: what prints, and what is said of it."""

import html
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from delegations.models import Delegate
from documents.models import Document
from negotiations.acts import revisions, verdicts
from negotiations.models import Bracket, Negotiation
from negotiations.sample import load
from tests.room import Room, proposal_of
from tests.web.visiting import signed_in, url

pytestmark = pytest.mark.django_db

ARTICLE = re.compile(r'<article class="para.*?" aria-label="([^"]*)">(.*?)</article>', re.DOTALL)
BODY = re.compile(r'<p class="p [^"]*"[^>]* lang="[^>]*>(.*?)</p>', re.DOTALL)
WORD = re.compile(r"\w+|[^\w\s]")
NOTE = re.compile(r'<p class="note">(.*?)</p>', re.DOTALL)


@dataclass
class Seen:
    """A paragraph as its reader sees it."""

    body: str
    notes: list[str]


def plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def page_of(room: Room, chosen: str, code: str = "VIE") -> str:
    answer = signed_in(room, code).get(url(room, "document", room.document.pk), {"as": chosen})
    assert answer.status_code == 200
    return answer.content.decode()


def seen_on(page: str) -> dict[str, Seen]:
    return {
        name: Seen(
            "".join(plain(body) for body in BODY.findall(inside)), [plain(note) for note in NOTE.findall(inside)]
        )
        for name, inside in ARTICLE.findall(page)
    }


def read(room: Room, chosen: str, handle: str) -> Seen:
    return seen_on(page_of(room, chosen))[handle]


def banner(page: str) -> str:
    found = re.search(r'<aside class="read-as".*?</aside>', page, re.DOTALL)
    assert found is not None
    return " ".join(plain(found[0]).split())


# ---- clean and original


def test_clean_does_what_every_proposal_asks_and_original_undoes_it(room: Room) -> None:
    room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    room.deletes("IND", "every", "every", in_="PP2")
    room.replaces("TUR", "an", "owner", "its keeper", in_="PP2")
    assert read(room, "clean", "PP2") == Seen("PP2. Noting that bell and tyre has its keeper;", [])
    assert read(room, "original", "PP2") == Seen("PP2. Noting that every bell has an owner;", [])


def test_clean_takes_out_what_a_deletion_inside_an_insertion_asks_for(room: Room) -> None:
    room.inserts("VIE", "and every tyre", after="bell", in_="PP2")
    room.deletes("IND", "tyre", "tyre", in_="PP2")
    assert read(room, "clean", "PP2").body == "PP2. Noting that every bell and every has an owner;"
    assert read(room, "original", "PP2").body == "PP2. Noting that every bell has an owner;"


@pytest.mark.parametrize("chosen", ["clean", "original"])
def test_a_bracket_of_unknown_origin_keeps_its_words_and_its_signs_and_is_counted(room: Room, chosen: str) -> None:
    page = page_of(room, chosen)
    found = seen_on(page)["PP1"]
    assert found.body == "PP1. Recalling that bells [ring and] [, where customary,] warn;"
    assert [note.partition(" cannot")[0] for note in found.notes] == ["PP1.1, PP1.2"]
    assert "4 brackets could not be decided" in banner(page)  # and two of OP1


def test_of_a_replacement_read_from_paper_the_halves_are_known(room: Room) -> None:
    assert read(room, "clean", "OP1").body == "OP1. Each town shall polish its bells [in [early] spring]."
    assert read(room, "original", "OP1").body == "OP1. Each town shall oil its bells [in [early] spring]."


def test_a_replacement_that_prints_its_new_words_first_is_read_by_its_signs() -> None:
    room = Room.opened("OP1. Towns [polish] (+IND) [oil] (-IND) bells.\n")
    assert read(room, "clean", "OP1").body == "OP1. Towns polish bells."
    assert read(room, "original", "OP1").body == "OP1. Towns oil bells."


@pytest.mark.parametrize(
    ("origin", "clean", "original"), [("inserted", "bells ring and", "bells"), ("original", "bells", "bells ring and")]
)
def test_a_known_origin_says_what_a_bracket_from_paper_asks_for(
    room: Room, origin: str, clean: str, original: str
) -> None:
    Bracket.objects.filter(pk=room.bracket("PP1.1").pk).update(origin=origin)
    assert read(room, "clean", "PP1").body == f"PP1. Recalling that {clean} [, where customary,] warn;"
    assert read(room, "original", "PP1").body == f"PP1. Recalling that {original} [, where customary,] warn;"


def test_clean_shows_every_rival_for_a_place_and_chooses_none(room: Room) -> None:
    room.tables_paragraph("VIE", "Noting that bells belong to nobody;", at="PP2", alternative=True)
    found = seen_on(page_of(room, "clean"))
    rival = room.order()[room.order().index("PP2") + 1]
    assert found["PP2"].body == "PP2. Noting that every bell has an owner;"
    assert found[rival].body.endswith("Noting that bells belong to nobody;")
    assert found["PP2"].notes == found[rival].notes == [f"At most one of these can stand: PP2, {rival}."]


def test_original_leaves_out_and_names_what_was_proposed_as_a_whole(room: Room) -> None:
    room.tables_paragraph("VIE", "Praising bells;", at="PP1")
    room.tables_paragraph("VIE", "Noting nothing;", at="PP2", alternative=True)
    found = seen_on(page_of(room, "original"))
    _, paragraph, _, alternative, *_ = room.order()[1:]
    for handle in (paragraph, alternative):
        assert found[handle] == Seen("", [f"{handle} was proposed as a whole and is left out."])


def test_an_alternative_read_from_paper_was_not_there_before() -> None:
    room = Room.opened("PP1. Noting the bells;\n\n[PP1 altern. Noting the horns;] (+IND) (-TUR)\n")
    rival = room.order()[1]
    assert room.paragraph(rival).alternative_to_id is not None
    assert read(room, "clean", rival).body == "PP1 altern. Noting the horns;"
    assert read(room, "original", rival).body == ""


def test_clean_names_a_paragraph_of_which_nothing_would_be_left(room: Room) -> None:
    room.deletes("IND", "Noting", "owner", in_="PP2")
    assert read(room, "clean", "PP2") == Seen("", ["Nothing of PP2 would be left."])


def test_signs_that_meet_in_a_reading_are_listed_for_the_pen(room: Room) -> None:
    room.inserts("VIE", ", and tyre,", after="bell", in_="PP2")
    room.inserts("VIE", ", always", after="owner", in_="PP2")
    room.inserts("IND", ";", after="always", in_="PP2")
    found = read(room, "clean", "PP2")
    assert found.body == "PP2. Noting that every bell, and tyre, has an owner, always;;"
    assert found.notes == ["For the pen to look at: “;;”"]


# ---- as a delegation would have it


def test_only_the_delegations_own_sign_decides_and_silence_leaves_the_bracket_as_printed(room: Room) -> None:
    room.takes("VIE", "support", on="PP1.1")
    found = read(room, "VIE", "PP1")
    assert found.body == "PP1. Recalling that bells ring and [, where customary,] (-TUR) warn;"
    assert found.notes == ["VIE has said neither + nor − of PP1.2: as printed."]
    assert read(room, "IND", "OP1").body == "OP1. Each town shall polish its bells [in [early] spring] (+VIE)."
    assert read(room, "TUR", "PP1").body == "PP1. Recalling that bells [ring and] (+IND) (+VIE) warn;"


@pytest.mark.parametrize("on", ["PP1.1", "PP1"])
def test_whoever_will_come_back_has_decided_nothing(room: Room, on: str) -> None:
    room.takes("VIE", "tcb", on=on)
    assert "[ring and]" in read(room, "VIE", "PP1").body


@pytest.mark.parametrize("stance", ["support", "oppose"])
def test_a_sign_on_the_whole_paragraph_is_no_sign_on_its_brackets(room: Room, stance: str) -> None:
    room.takes("VIE", stance, on="PP1")
    found = read(room, "VIE", "PP1")
    assert "[ring and] (+IND) [, where customary,] (-TUR)" in found.body
    assert found.notes[-1] == f"Of the whole paragraph VIE has said ({'+' if stance == 'support' else '-'}VIE)."


def test_a_plus_with_reservation_keeps_the_words_and_is_said(room: Room) -> None:
    room.takes("VIE", "support", on="PP1.2", reservation=True)
    found = read(room, "VIE", "PP1")
    assert found.body == "PP1. Recalling that bells [ring and] (+IND), where customary, warn;"
    assert "VIE supports PP1.2 with reservation." in found.notes


def test_keep_original_reads_inserted_words_out_original_words_in_and_leaves_the_unknown(room: Room) -> None:
    room.inserts("IND", "and tyre", after="bell", in_="PP2")
    room.deletes("IND", "every", "every", in_="PP2")
    for handle in ("PP1", "PP2"):
        room.takes("VIE", "keep_original", on=handle)
    found = read(room, "VIE", "PP2")
    assert found.body == "PP2. Noting that every bell has an owner;"
    assert found.notes == [
        "PP2.1, PP2.2: decided by what VIE said of the whole paragraph, keep original.",
        "Of the whole paragraph VIE has said (VIE: keep original).",
    ]
    assert "[ring and]" in read(room, "VIE", "PP1").body


def test_a_sign_on_a_bracket_goes_before_keep_original_on_its_paragraph(room: Room) -> None:
    room.inserts("IND", "and tyre", after="bell", in_="PP2")
    room.takes("VIE", "keep_original", on="PP2")
    room.takes("VIE", "support", on="PP2.1")
    assert read(room, "VIE", "PP2").body == "PP2. Noting that every bell and tyre has an owner;"


@pytest.mark.parametrize("stance", ["support", "oppose"])
def test_what_was_said_of_an_earlier_wording_decides_nothing(room: Room, stance: str) -> None:
    proposal = proposal_of(room.inserts("IND", "and tyre", after="bell", in_="PP2"))
    room.takes("VIE", stance, on="PP2.1")
    named: dict[str, Any] = {"negotiation_id": room.negotiation.pk, "proposal_id": proposal, "key": room.key()}
    revisions.revise(actor=room.actors["IND"], text="and wheel", seen=room.seq, **named)
    found = read(room, "VIE", "PP2")
    assert "[and wheel] (+IND)" in found.body
    assert "What VIE said of PP2.1 was said of an earlier wording and decides nothing here." in found.notes


# ---- agreed only


def test_agreed_only_prints_agreed_paragraphs_and_names_the_others(room: Room) -> None:
    act: dict[str, Any] = {"actor": room.secretariat, "negotiation_id": room.negotiation.pk, "key": room.key()}
    verdicts.agree(paragraph_id=room.paragraph("PP2").pk, seen=room.seq, **act)
    found = seen_on(page_of(room, "agreed"))
    assert list(found) == room.order()
    assert found.pop("PP2") == Seen("PP2. Noting that every bell has an owner;", [])
    assert all(one == Seen("", ["not agreed yet"]) for one in found.values())


# ---- the page


@pytest.mark.parametrize("chosen", ["clean", "original", "agreed", "VIE"])
def test_a_reading_says_what_it_is_as_of_when_and_leads_back(room: Room, chosen: str) -> None:
    page = page_of(room, chosen)
    address = url(room, "document", room.document.pk)
    assert f'href="{address}?as={chosen}">Read again' in page
    assert f'<a href="{address}">Back to the text with brackets' in page
    assert f"as of seq {room.seq}, not live" in page
    assert banner(page).startswith("You read ")
    assert f'<option value="{chosen}" selected>' in page


@pytest.mark.parametrize("chosen", ["clean", "original", "agreed", "VIE"])
def test_nothing_can_be_done_in_a_reading_and_nothing_in_it_is_live(room: Room, chosen: str) -> None:
    page = page_of(room, chosen, "Secretariat")
    assert all(sign not in page for sign in ("room.js", "data-live-url", "data-panel", 'class="rail"'))
    assert 'method="post"' not in page.partition('<div class="head">')[2]


def test_the_bracketed_page_offers_every_reading_in_a_plain_form(room: Room) -> None:
    page = signed_in(room, "BIRDS").get(url(room, "document", room.document.pk)).content.decode()
    form = re.search(r'<form method="get" class="row choose">(.*?)</form>', page, re.DOTALL)
    assert form is not None
    offered = re.findall(r'<option value="([^"]*)"', form[1])
    assert offered == ["", "clean", "original", "agreed", "CHAIR", "CHN", "IND", "Secretariat", "TUR", "VIE"]


def test_the_empty_choice_is_the_text_with_its_brackets(room: Room) -> None:
    assert "(+IND) [, where customary,] (-TUR)" in plain(page_of(room, ""))


def test_going_on_keeps_the_reading(room: Room) -> None:
    address, paragraph = url(room, "document", room.document.pk), room.paragraph("PP2").pk
    visitor = signed_in(room, "VIE")
    answer = visitor.get(address, {"to": str(paragraph), "as": "clean"})
    assert answer.headers["Location"] == f"{address}?as=clean#p-{paragraph}"
    other = room.imports("PP1. Noting the pumps;")
    there = url(room, "document", other.pk)
    assert visitor.get(address, {"to": str(other.pk), "as": "VIE"}).headers["Location"] == f"{there}?as=VIE"
    assert f'<a href="{there}?as=clean">' in page_of(room, "clean")


@pytest.mark.parametrize("chosen", ["bracketed", "vie", "BIRDS", "XYZ", "clean "])
def test_a_reading_that_nobody_has_is_not_found(room: Room, chosen: str) -> None:
    """An observer takes no positions: there is nothing to read the text by."""
    answer = signed_in(room, "VIE").get(url(room, "document", room.document.pk), {"as": chosen})
    assert answer.status_code == 404


def test_a_reading_is_for_those_who_take_part(room: Room) -> None:
    other = Room.opened()
    address = url(room, "document", other.document.pk)
    assert signed_in(room, "VIE").get(address, {"as": "clean"}).status_code == 404
    assert Client().get(url(room, "document", room.document.pk), {"as": "clean"}).status_code == 302


# ---- the sample


def test_each_text_of_the_sample_reads_well_in_every_reading(db: None) -> None:
    """No word that was not there, no hole where words left, every paragraph in its place."""
    load.load("a passphrase of the tests")
    negotiation = Negotiation.objects.get(slug=load.SLUG)
    visitor = Client()
    visitor.force_login(Delegate.objects.get(email="evr@lanterns.example"))
    documents = Document.objects.filter(agenda_item__negotiation=negotiation)
    assert documents.count() == 4
    for document in documents:
        address = f"/{negotiation.slug}/texts/{document.pk}/"
        bracketed = seen_on(visitor.get(address).content.decode())
        for chosen in ("clean", "original", "agreed", "EVR", "ZEFRA", "CHAIR"):
            found = seen_on(visitor.get(address, {"as": chosen}).content.decode())
            assert list(found) == list(bracketed)
            for handle, seen in found.items():
                rest = iter(WORD.findall(bracketed[handle].body))
                assert all(word in rest for word in WORD.findall(seen.body)), (chosen, handle)
                for hole in ("  ", " ,", " ;", " ."):
                    assert hole not in seen.body or hole in bracketed[handle].body, (chosen, handle, seen.body)
