"""My file: private drafts in plain forms, and what waits for one's delegation in the room."""

import re
from typing import Any
from uuid import uuid4

import pytest

from negotiations.acts import verdicts
from negotiations.acts.wording import Replacement
from negotiations.models import PrivateDraft
from tests.room import Room
from tests.web.visiting import PARTIAL, hidden, signed_in, url

HERE = {"after": "bell", "in_": "PP2"}


def form_of(room: Room, code: str, query: str = "") -> str:
    return signed_in(room, code).get(url(room, "propose", room.paragraph("PP2").pk) + query).content.decode()


def sends(room: Room, code: str, action: str, headers: Any = None, **typed: object) -> Any:
    """What somebody types into the form, and the button."""
    form = {**hidden(form_of(room, code)), "kind": "insert", "last": room.at("PP2", "bell"), "words": "and tyre"}
    address = url(room, "propose", room.paragraph("PP2").pk)
    return signed_in(room, code).post(address, {**form, "action": action, **typed}, headers=headers or {})


def file_of(room: Room, code: str) -> str:
    return signed_in(room, code).get(url(room, "my-file")).content.decode()


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def section(page: str, name: str) -> str:
    found = re.search(rf'<section aria-labelledby="{name}">.*?</section>', page, re.DOTALL)
    return plain(found[0]) if found else ""


def buttons(page: str) -> list[str]:
    return re.findall(r'name="action" value="(\w+)"', page)


def test_beside_the_button_that_tables_stands_one_that_keeps_private(room: Room) -> None:
    page = form_of(room, "VIE")
    assert buttons(page) == ["preview", "keep", "table"]
    assert "Private note: only Vie sees it" in page


def test_while_the_session_is_suspended_one_can_only_prepare(room: Room) -> None:
    room.suspends()
    page = form_of(room, "VIE")
    assert buttons(page) == ["preview", "keep"]
    assert "The session is suspended. You can still prepare privately." in page
    assert sends(room, "VIE", "keep").status_code == 302
    assert "Table it as" not in file_of(room, "VIE")


def test_an_adviser_has_the_form_without_the_button_that_tables(room: Room) -> None:
    assert buttons(form_of(room, "VIE.adviser")) == ["preview", "keep"]
    assert buttons(form_of(room, "BIRDS")) == []


def test_a_kept_draft_stands_in_the_delegations_file_as_it_would_print(room: Room) -> None:
    answer = sends(room, "VIE.adviser", "keep", reason="They wear out.", note="Ask the capital.")
    assert answer["Location"] == url(room, "my-file")
    page = plain(file_of(room, "VIE"))
    assert "PP2. Noting that every bell [and tyre] (+VIE) has an owner;" in page
    assert all(said in page for said in ("They wear out.", "Ask the capital.", "private", "Table it as Vie"))
    assert "[and tyre]" not in room.prints("PP2")


def test_in_a_panel_a_kept_draft_leaves_an_empty_form_and_says_who_sees_it(room: Room) -> None:
    page = sends(room, "VIE", "keep", PARTIAL).content.decode()
    assert "Kept as a private draft. Only Vie sees it." in page
    assert "and tyre" not in page


def test_a_form_that_is_not_kept_has_everything_that_was_typed(room: Room) -> None:
    answer = sends(room, "VIE", "keep", words="and [tyre]", reason="They wear out.", note="Ask the capital.")
    assert answer.status_code == 422
    assert all(said in answer.content.decode() for said in ("and [tyre]", "They wear out.", "Ask the capital."))


def test_a_refused_tabling_offers_to_keep_what_was_typed(room: Room) -> None:
    form = {**hidden(form_of(room, "VIE")), "kind": "insert", "last": room.at("PP2", "bell"), "words": "and tyre"}
    room.suspends()
    client, address = signed_in(room, "VIE"), url(room, "propose", room.paragraph("PP2").pk)
    page = client.post(address, {**form, "action": "table", "note": "Ask."}).content.decode()
    assert "keep" in buttons(page)
    client.post(address, {**form, **hidden(page), "action": "keep", "note": "Ask."})
    assert (PrivateDraft.objects.get().text, PrivateDraft.objects.get().note) == ("and tyre", "Ask.")


def test_a_draft_is_tabled_from_the_file(room: Room) -> None:
    draft = room.keeps_insertion("VIE", **HERE)
    answer = signed_in(room, "VIE").post(url(room, "table-draft", draft.pk), {"key": "x"})
    assert f"#p-{draft.paragraph_id}" in answer["Location"]
    assert "[and tyre] (+VIE)" in room.prints("PP2")
    assert "No draft." in file_of(room, "VIE")


def test_a_draft_that_cannot_be_tabled_stays_and_the_file_says_why(room: Room) -> None:
    draft = room.keeps_insertion("VIE", **HERE)
    room.suspends()
    answer = signed_in(room, "VIE").post(url(room, "table-draft", draft.pk), {"key": "x"})
    assert answer.status_code == 409
    assert "The session is not open." in answer.content.decode()
    assert "[and tyre]" in plain(answer.content.decode())


def test_a_draft_is_dropped_from_the_file(room: Room) -> None:
    draft = room.keeps_insertion("VIE", **HERE)
    signed_in(room, "VIE.adviser").post(url(room, "drop-draft", draft.pk))
    assert not PrivateDraft.objects.exists()


def test_editing_opens_the_form_with_what_was_kept_on_the_present_wording(room: Room) -> None:
    draft = room.keeps_insertion("VIE", "and tyre", **HERE, reason="They wear out.", note="Ask.", to_come_back=True)
    room.inserts("IND", "good and loud", after="every", in_="PP2")
    page = form_of(room, "VIE", f"?draft={draft.pk}")
    assert all(said in page for said in ("and tyre", "They wear out.", "Ask.", str(draft.pk)))
    assert re.search(r'value="tcb" checked', page)
    last = re.search(r'<select [^>]*name="last">.*?</select>', page, re.DOTALL)
    assert last is not None
    assert re.findall(r"selected>\d+ (\w+)", last[0]) == ["bell"]


def edits(room: Room, draft: PrivateDraft, action: str, code: str = "VIE", **typed: object) -> Any:
    page = form_of(room, code, f"?draft={draft.pk}")
    more = dict(re.findall(r'<input type="hidden" name="(draft|edition)" value="([^"]*)"', page))
    form = {**hidden(page), **more, "kind": "insert", "last": room.at("PP2", "bell"), "action": action, **typed}
    return signed_in(room, code).post(url(room, "propose", room.paragraph("PP2").pk), form)


def test_an_edited_draft_is_kept_anew_and_can_be_tabled_as_edited(room: Room) -> None:
    draft = room.keeps_insertion("VIE", **HERE)
    edits(room, draft, "keep", words="and pump")
    assert PrivateDraft.objects.get().text == "and pump"
    edits(room, draft, "table", words="and rim")
    assert "[and rim] (+VIE)" in room.prints("PP2")
    assert not PrivateDraft.objects.exists()


def test_a_draft_that_fits_no_more_says_so_and_is_edited_with_its_words(room: Room) -> None:
    at = room.at("PP2", "owner")
    draft = room.keeps("VIE", Replacement(at, at, "keeper"), in_="PP2")
    room.deletes("IND", "an", "owner", in_="PP2")
    page = file_of(room, "VIE")
    assert "the draft does not fit any more" in page
    assert "“keeper” in place of “owner”" in plain(page)
    assert "Table it as" not in page
    form = form_of(room, "VIE", f"?draft={draft.pk}")
    assert "choose the words again" in form
    assert "keeper" in form


def test_a_draft_on_agreed_text_waits_for_its_being_reopened(room: Room) -> None:
    room.keeps_insertion("VIE", **HERE)
    verdicts.agree(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        paragraph_id=room.paragraph("PP2").pk,
        seen=room.seq,
        key=room.key(),
    )
    page = file_of(room, "VIE")
    assert "The draft can be tabled if it is reopened" in page
    assert "Table it as" not in page


def test_a_paragraph_that_changed_elsewhere_leaves_the_draft_fitting(room: Room) -> None:
    room.keeps_insertion("VIE", **HERE)
    room.inserts("IND", "good and loud", after="every", in_="PP2")
    page = plain(file_of(room, "VIE"))
    assert "the draft still fits" in page
    assert "every [good and loud] (+IND) bell [and tyre] (+VIE) has" in page


@pytest.mark.parametrize("code", ["IND", "CHAIR", "Secretariat"])
def test_the_form_of_anothers_draft_is_nowhere(room: Room, code: str) -> None:
    draft = room.keeps_insertion("VIE", **HERE)
    client, address = signed_in(room, code), url(room, "propose", room.paragraph("PP2").pk)
    answers = [client.get(f"{address}?draft={name}") for name in (draft.pk, uuid4(), "x")]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert "and tyre" not in file_of(room, code)


def test_an_observer_has_no_file(room: Room) -> None:
    client = signed_in(room, "BIRDS")
    assert client.get(url(room, "my-file")).status_code == 404
    assert url(room, "my-file") not in client.get(url(room, "document", room.document.pk)).content.decode()


def test_a_file_is_for_nobodys_cache(room: Room) -> None:
    said = signed_in(room, "VIE").get(url(room, "my-file"))["Cache-Control"]
    assert said == "no-store"


# ---- out of what everybody may read


def test_what_waits_is_every_bracket_on_which_one_is_silent_or_will_come_back(room: Room) -> None:
    waiting = section(file_of(room, "VIE"), "waiting")
    assert all(name in waiting for name in ("PP1.1", "PP1.2", "OP1.1", "OP1.2"))
    room.takes("VIE", "oppose", on="PP1.1")
    room.takes("VIE", "tcb", on="PP1.2")
    waiting = section(file_of(room, "VIE"), "waiting")
    assert "PP1.1" not in waiting
    assert "PP1.2" in waiting


def test_a_position_on_the_whole_paragraph_is_one_on_its_brackets(room: Room) -> None:
    room.takes("VIE", "keep_original", on="PP1")
    assert "PP1" not in section(file_of(room, "VIE"), "waiting")


def test_one_is_alone_as_long_as_nobody_else_says_the_same(room: Room) -> None:
    room.takes("VIE", "oppose", on="PP1.1")
    assert "PP1.1 −" in section(file_of(room, "VIE"), "alone")
    assert "PP1.1 +" in section(file_of(room, "IND"), "alone")
    room.takes("CHN", "oppose", on="PP1.1")
    assert "PP1.1" not in section(file_of(room, "VIE"), "alone")


def test_what_chair_and_secretariat_say_makes_nobody_less_alone(room: Room) -> None:
    room.takes("VIE", "oppose", on="PP1.1")
    room.takes("CHAIR", "oppose", on="PP1.1")
    assert "PP1.1 −" in section(file_of(room, "VIE"), "alone")
    assert section(file_of(room, "CHAIR"), "alone") == ""


def test_what_one_tabled_and_still_stands_is_pending(room: Room) -> None:
    assert "Nothing of yours is before the room" in section(file_of(room, "VIE"), "pending")
    room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    assert "PP2.1" in section(file_of(room, "VIE"), "pending")
    assert "PP2.1" not in section(file_of(room, "IND"), "pending")
    room.decides("retain", "PP2.1")
    assert "PP2.1" not in section(file_of(room, "VIE"), "pending")


def test_the_desk_of_a_delegation_is_its_file(room: Room) -> None:
    assert signed_in(room, "VIE").get(url(room, "desk"))["Location"] == url(room, "my-file")
    assert signed_in(room, "CHAIR").get(url(room, "desk")).status_code == 200
