"""The review of a file that came in: what is shown beside the source, and how forms become decisions."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from delegations.models import Alias
from documents.models import Document, Paragraph
from documents.notation import corrections as decisions
from documents.notation import shown as showings
from documents.notation.corrections import Corrections
from documents.notation.faults import SEVERITIES
from documents.notation.lines import BLANK
from documents.notation.shown import Notice, Shown
from negotiations.acts import receiving
from negotiations.models import Bracket, ReceivedFile
from negotiations.tasks import read_received_files
from negotiations.web.imports import SAID
from tests.room import TEXT, Room
from tests.web.visiting import PARTIAL, signed_in, url

MORE = f"""The Secretariat forwards two drafts.

{TEXT}
OP4. Pumps [, of iron,] (+QQQ) are lent) to guests
who ask for them.

OP5. Wheels are round.
"""


def received(room: Room, text: str = MORE, name: str = "bells.txt", shown: Shown | None = None) -> ReceivedFile:
    """A file that was read and waits for review."""
    file = receiving.receive(actor=room.secretariat, negotiation_id=room.negotiation.pk, name=name, data=text.encode())
    read_received_files()
    file = ReceivedFile.objects.get(pk=file.pk)
    if shown is not None:
        file.shown = showings.to_json(shown)
        file.save()
    return file


class Desk:
    """The Secretariat's browser on one file's review."""

    def __init__(self, room: Room, file: ReceivedFile) -> None:
        self.room, self.file, self.client = room, file, signed_in(room, "Secretariat")
        self.address = url(room, "received", file.pk)

    def page(self, query: str = "?part=2") -> str:
        answer = self.client.get(self.address + query)
        assert answer.status_code == 200
        return str(answer.content.decode())

    def decides(self, what: str, *, status: int = 302, partial: bool = False, **form: object) -> Any:
        headers = PARTIAL if partial else {}
        answer = self.client.post(
            url(self.room, "correct-reading", self.file.pk), {"what": what, **form}, headers=headers
        )
        assert answer.status_code == status, answer.content.decode()
        return answer

    @property
    def said(self) -> Corrections:
        self.file.refresh_from_db()
        return decisions.from_json(self.file.corrections)


@pytest.fixture
def desk(room: Room) -> Desk:
    return Desk(room, received(room))


def at(start: str, text: str = MORE) -> int:
    return text.index(start)


def row(page: str, place: int) -> str:
    return page.partition(f'id="p-{place}"')[2].partition("</article>")[0]


def visible(text: str) -> str:
    return "".join(character for character in text if character not in BLANK)


def left(page: str) -> str:
    """What stands in the left column, as a browser would copy it."""
    cells = re.findall(r'<div class="source"[^>]*>(.*?)</div>', page, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", "".join(cells)))


# ---- a file comes in


def test_a_file_is_sent_and_its_page_shows_how_far_it_is(room: Room) -> None:
    client = signed_in(room, "Secretariat")
    file = SimpleUploadedFile("annex.txt", b"PP1. One [two (+VIE).\n\nPP3. Three.\n")
    page = client.post(url(room, "import"), {"file": file, "language": "ru"}, follow=True)
    waiting = page.content.decode()
    assert "It waits to be read" in waiting
    assert '<noscript><meta http-equiv="refresh" content="1"></noscript>' in waiting
    address = page.redirect_chain[0][0]
    assert client.get(address, headers=PARTIAL).content.startswith(b'<div class="job')
    read_received_files()
    assert client.get(address, headers=PARTIAL)["HX-Refresh"] == "true"
    assert "A square bracket is opened here" in client.get(address).content.decode()
    assert ReceivedFile.objects.get().language == "ru"
    assert not Document.objects.filter(name="annex").exists()


def test_what_cannot_be_read_says_why_and_what_to_do_and_is_put_away(room: Room) -> None:
    client = signed_in(room, "Secretariat")
    file = SimpleUploadedFile("old.doc", b"\xd0\xcf\x11\xe0 and so on")
    address = client.post(url(room, "import"), {"file": file})["Location"]
    read_received_files()
    page = client.get(address).content.decode()
    assert "This file cannot be read" in page
    assert "save it as a Word document (.docx)" in page
    assert "old.doc" in client.get(url(room, "import")).content.decode()
    [file_row] = ReceivedFile.objects.all()
    assert client.post(url(room, "put-away", file_row.pk)).status_code == 302
    assert client.get(address).status_code == 404
    assert "No file has come in yet" in client.get(url(room, "import")).content.decode()


def test_a_form_without_anything_says_what_is_missing(room: Room) -> None:
    answer = signed_in(room, "Secretariat").post(url(room, "import"), {"name": "ponds"})
    assert answer.status_code == 422
    assert "Choose a file, or paste a text." in answer.content.decode()
    assert "ponds" in answer.content.decode()


def test_only_the_secretariat_is_told_that_a_file_came_in(room: Room) -> None:
    file = received(room)
    for code in ("VIE", "CHAIR", "BIRDS"):
        assert signed_in(room, code).get(url(room, "received", file.pk)).status_code == 404, code


# ---- what is shown


def test_every_code_of_the_reader_has_a_sentence() -> None:
    assert set(SEVERITIES) - set(SAID) == set()


def test_nothing_of_the_source_is_missing_at_the_left(desk: Desk) -> None:
    assert visible(left(desk.page("?part=1")) + left(desk.page("?part=2"))) == visible(MORE)


def test_a_paragraph_shows_what_it_was_taken_as_its_text_and_who_stands_where(desk: Desk) -> None:
    shown = row(desk.page(), at("OP1"))
    assert "operative paragraph" in shown
    assert 'data-n="1.1"' in shown
    assert '<span class="unseen">these words go: </span>IND' in shown


def test_the_head_counts_what_the_file_holds_and_what_is_decided(desk: Desk) -> None:
    page = desk.page()
    assert "<b>7</b> paragraphs" in page
    assert "<b>7</b> brackets" in page
    assert "0 of 1 decided" in page
    desk.decides("codes", code="QQQ", delegation="")
    assert "1 of 1 decided" in desk.page()


def test_what_was_noticed_leads_to_its_row(desk: Desk) -> None:
    page = desk.page()
    assert "A parenthesis is closed here and was not opened" in page
    line = MORE[: at("OP4")].count("\n") + 1
    assert f'<a href="?part=2#p-{at("OP4")}">line {line}' in page
    assert "A parenthesis is closed here and was not opened" in row(page, at("OP4"))


def test_what_was_set_aside_is_listed_with_every_word_of_it(room: Room) -> None:
    notice = Notice("hidden-text", at("PP2"), "Not for the room", "Hidden text was set aside.")
    desk = Desk(room, received(room, shown=Shown(notices=(notice,))))
    page = desk.page()
    assert "1 thing was set aside" in page
    assert "“Not for the room”" in page


def test_text_that_looks_like_markup_stays_text(room: Room) -> None:
    desk = Desk(room, received(room, "PP1. <script>alert(1)</script> [<b>] (+VIE) &amp; so;\n", "<i>.txt"))
    page = desk.page("")
    assert "<script>alert" not in page
    assert "<i>" not in page
    assert "<script>alert(1)</script> [<b>] (+VIE) &amp; so;" in left(page)


def test_a_long_file_is_shown_in_pages(room: Room) -> None:
    desk = Desk(room, received(room, "".join(f"PP{n}. Noting bells;\n\n" for n in range(1, 431))))
    assert desk.page("").count('<article class="pair') == 200
    assert desk.page("?part=1&page=3").count('<article class="pair') == 30
    assert desk.page("?part=99&page=99").count('<article class="pair') == 30


# ---- what is decided


def test_a_code_is_decided_once_for_the_whole_file_and_never_silently(room: Room) -> None:
    desk = Desk(room, received(room, "PP1. Bells [ring] (+VIET) [loudly] (-VIET) (+OWL);\n"))
    page = desk.page("")
    assert "perhaps VIE?" in page
    assert "selected" not in page.partition("at this table")[0].partition("code-1")[2]
    assert desk.said.codes == {}
    desk.decides("codes", code=["VIET", "OWL"], delegation=["VIE", ""])
    assert desk.said.codes == {"VIET": "VIE", "OWL": ""}
    assert "1 code stays as printed" in desk.page("")


def test_a_code_cannot_be_given_to_whoever_takes_no_part(desk: Desk) -> None:
    page = desk.decides("codes", code="QQQ", delegation="MARS", status=422).content.decode()
    assert "MARS takes no part in this negotiation" in page
    assert desk.said.codes == {}


def test_kind_label_relation_and_origin_of_a_paragraph_are_decided_in_its_row(desk: Desk) -> None:
    place, base = at("OP4"), at("OP2")
    form: dict[str, Any] = {"at": place, "kind": "item", "label": "", "base": base, "origin-1": "inserted"}
    answer = desk.decides("paragraph", **form)
    assert answer["Location"].endswith(f"?part=2#p-{place}")
    said = desk.said
    assert (said.kinds, said.labels, said.bases) == ({place: "item"}, {place: ""}, {place: base})
    assert said.origins == {f"{place}.1": "inserted"}
    shown = row(desk.page(), place)
    assert "item of a list" in shown
    assert "in the place of OP2" in shown
    assert "proposed wording" in shown
    assert "decided by you" in shown


def test_saving_what_was_read_decides_nothing(desk: Desk) -> None:
    place = at("OP4")
    form: dict[str, Any] = {"at": place, "kind": "operative", "label": "OP4", "base": "", "origin-1": "unknown"}
    desk.decides("paragraph", **form)
    assert desk.said == Corrections()


def test_a_label_that_is_not_printed_is_refused_and_what_was_typed_stays(desk: Desk) -> None:
    for partial in (False, True):
        answer = desk.decides("paragraph", at=at("OP4"), label="OP99", status=422, partial=partial)
        shown = row(answer.content.decode(), at("OP4"))
        assert "does not begin with “OP99”" in shown
        assert 'value="OP99"' in shown
        assert '<details class="correct" open>' in shown
    assert desk.said == Corrections()


def test_a_paragraph_goes_on_with_the_one_before_and_is_cut_at_a_line(desk: Desk) -> None:
    desk.decides("goes-on", at=at("OP5"))
    assert f'id="p-{at("OP5")}"' not in desk.page()
    desk.decides("begins-at", at=at("OP4"), line=at("who ask"))
    assert "¶7" in row(desk.page(), at("who ask"))
    assert desk.said.paragraphs == {at("OP5"): False, at("who ask"): True}
    desk.decides("as-read", at=at("who ask"))
    assert desk.said.paragraphs == {}


def test_a_cut_at_a_line_that_is_not_in_the_paragraph_is_refused(desk: Desk) -> None:
    desk.decides("begins-at", at=at("OP4"), line=at("PP1"), status=422)
    desk.decides("goes-on", at=at("We, the"), status=422)
    assert desk.said == Corrections()


def test_a_document_begins_is_named_and_is_joined_again(desk: Desk) -> None:
    desk.decides("document-begins", at=at("OP4"))
    assert "Document without a title" in desk.page("?part=3")
    desk.decides("name", document=at("OP4"), name="  Pumps  and wheels ")
    assert desk.said.names == {at("OP4"): "Pumps and wheels"}
    assert "2. Pumps and wheels" in desk.page("?part=3")
    desk.decides("name", document=at("OP4"), name=" ", status=422)
    desk.decides("join-document", document=at("OP4"))
    assert "?part=3" not in desk.page()


def test_bold_is_offered_with_its_count_and_accepted_by_a_person(room: Room) -> None:
    bold = ((at("PP2"), at("OP1")), (at("OP5"), len(MORE)))
    desk = Desk(room, received(room, shown=Shown(bold=bold)))
    page = desk.page()
    assert "<b>2 of 7 paragraphs are bold</b>" in page
    assert "None of them has a bracket or a position." in page
    assert "nothing comes in as agreed" in page
    desk.decides("bold-is-agreed", document=desk_document(desk))
    assert desk.said.agreed == {at("PP2"), at("OP5")}
    assert "2 paragraphs come in agreed" in desk.page()
    desk.decides("paragraph", at=at("PP2"))
    assert desk.said.agreed == {at("OP5")}
    desk.decides("none-is-agreed", document=desk_document(desk))
    assert desk.said.agreed == frozenset()


def desk_document(desk: Desk) -> int:
    return receiving.reading_of(desk.file).documents[0].begins


def test_a_contested_paragraph_cannot_come_in_as_agreed(desk: Desk) -> None:
    desk.decides("paragraph", at=at("OP4"), agreed="on", status=422)
    assert desk.said.agreed == frozenset()


def test_brackets_with_objections_alone_are_original_at_one_stroke(desk: Desk) -> None:
    desk.decides("opposed-is-original", document=desk_document(desk))
    assert desk.said.origins == {f"{at('PP1')}.2": "original", f"{at('OP1')}.1": "original"}
    assert "original wording" in row(desk.page(), at("OP1"))
    desk.decides("origins-as-read", document=desk_document(desk))
    assert desk.said.origins == {}


def test_htmx_is_answered_with_the_row_and_the_head_or_with_the_whole_review(desk: Desk) -> None:
    answer = desk.decides("paragraph", at=at("OP5"), agreed="on", status=200, partial=True)
    part = answer.content.decode()
    assert part.count("<article") == 1
    assert 'id="review-head" hx-swap-oob="true"' in part
    assert "<html" not in part
    answer = desk.decides("goes-on", at=at("OP5"), status=200, partial=True)
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#review", "outerHTML")
    assert answer.content.decode().count("<article") > 5


def test_a_form_about_what_has_moved_is_refused(desk: Desk) -> None:
    desk.decides("goes-on", at=at("OP5"))
    page = desk.decides("paragraph", at=at("OP5"), kind="item", status=422).content.decode()
    assert "begins elsewhere by now" in page


@pytest.mark.parametrize("what", ["", "paragraph", "codes", "name", "begins-at", "nonsense"])
@pytest.mark.parametrize("number", ["-1", "x", "9" * 40, "²", ""])
def test_a_form_that_is_none_of_ours_changes_nothing(desk: Desk, what: str, number: str) -> None:
    form = {"what": what, "at": number, "document": number, "line": number, "base": number}
    answer = desk.client.post(url(desk.room, "correct-reading", desk.file.pk), form)
    assert answer.status_code in (302, 404, 422)
    assert desk.said == Corrections()


# ---- the import


def test_an_import_brings_in_what_was_decided_and_is_taken_back(room: Room) -> None:
    desk = Desk(room, received(room))
    desk.decides("codes", code="QQQ", delegation="IND")
    desk.decides("paragraph", at=at("OP5"), agreed="on")
    desk.decides("opposed-is-original", document=desk_document(desk))
    assert "Import 1 document, 7 paragraphs; 1 paragraph comes in agreed" in " ".join(desk.page().split())
    assert desk.client.post(url(room, "import-received", desk.file.pk), {"key": "k"}).status_code == 302
    page = desk.page("")
    document = Document.objects.filter(agenda_item__negotiation=room.negotiation).latest("agenda_item__place")
    assert url(room, "document", document.pk) in page
    assert Paragraph.objects.get(document=document, handle="OP5").agreement == "agreed_ad_ref"
    assert Bracket.objects.filter(paragraph__document=document, origin="original").count() == 2
    assert Alias.objects.get(code="QQQ").delegation.code == "IND"
    assert desk.client.post(url(room, "take-back-import", desk.file.pk), {"key": "b"}).status_code == 302
    assert not Document.objects.filter(pk=document.pk).exists()
    assert desk.said.codes == {"QQQ": "IND"}
    assert "Review" in desk.page("")


def test_an_import_that_somebody_built_on_says_why_it_stays(room: Room) -> None:
    desk = Desk(room, received(room))
    desk.client.post(url(room, "import-received", desk.file.pk), {"key": "k"})
    room.document = Document.objects.filter(agenda_item__negotiation=room.negotiation).latest("agenda_item__place")
    room.takes("VIE", "support", on="PP1.2")
    assert "This import can no longer be taken back" in desk.page("")
    answer = desk.client.post(url(room, "take-back-import", desk.file.pk), {"key": "b"})
    assert answer.status_code == 409


def test_decisions_about_an_imported_file_are_led_to_its_page(room: Room) -> None:
    desk = Desk(room, received(room))
    desk.client.post(url(room, "import-received", desk.file.pk), {"key": "k"})
    desk.decides("paragraph", at=at("OP5"), kind="item")
    assert desk.said == Corrections()


def test_nothing_of_a_review_is_on_the_ledger(desk: Desk) -> None:
    before = desk.room.seq
    desk.decides("paragraph", at=at("OP5"), kind="item")
    assert desk.room.seq == before


# ---- what is not as it should be in the source itself


def test_characters_that_no_text_should_hold_stop_the_import_until_they_may_be_taken_out(room: Room) -> None:
    desk = Desk(room, received(room, "PP1. Bells\ue000 ring [loudly] (+VIE);\n"))
    page = desk.page("")
    assert "This cannot be imported yet" in page
    assert 'data-u="U+E000"' in row(page, 0)
    assert desk.client.post(url(room, "import-received", desk.file.pk), {"key": "k"}).status_code == 422
    desk.decides("strip", strip="on", place=0)
    assert desk.said.strip
    assert "This cannot be imported yet" not in desk.page("")
    assert desk.client.post(url(room, "import-received", desk.file.pk), {"key": "k2"}).status_code == 302


def test_a_sign_that_turns_the_direction_is_named_where_it_stands(room: Room) -> None:
    page = Desk(room, received(room, "PP1. Bells \u202ering;\n")).page("")
    assert 'data-u="U+202E" title="U+202E RIGHT-TO-LEFT OVERRIDE"' in row(page, 0)


def test_the_notation_of_another_house_is_chosen_by_a_person(room: Room) -> None:
    text = "PP1. Bells [ring loudly - IND, VIE; TUR delete] and [are oiled - CHN];\n\nPP2. Horns [sound - IND];\n"
    desk = Desk(room, received(room, text))
    assert 'value="inside" checked' in desk.page("")
    desk.decides("dialect", dialect="signs-after", place=0)
    assert desk.said.dialect == "signs-after"
    assert 'value="signs-after" checked' in desk.page("")
    desk.decides("dialect", dialect="runes", place=0, status=422)
