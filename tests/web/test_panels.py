"""The panels below a paragraph: what they offer is what may be done, and what they say is what prints."""

import re

import pytest

from tests.room import Room
from tests.web.visiting import PARTIAL, hidden, signed_in, url


def panel(room: Room, code: str, number: str) -> str:
    return signed_in(room, code).get(url(room, "bracket", room.bracket(number).pk)).content.decode()


@pytest.mark.parametrize(("half", "other", "words"), [("OP1.1", "OP1.2", "polish"), ("OP1.2", "OP1.1", "oil")])
def test_each_half_of_a_replacement_leads_to_the_other(room: Room, half: str, other: str, words: str) -> None:
    page = panel(room, "VIE", half)
    assert f'href="{url(room, "bracket", room.bracket(other).pk)}"' in page
    assert f"“{words}”" in page


def test_one_answer_puts_crossed_signs_on_both_halves(room: Room) -> None:
    delegate, half = signed_in(room, "VIE"), room.bracket("OP1.2")
    page = panel(room, "VIE", "OP1.2")
    assert "prints (-VIE) … (+VIE)" in page
    form = {**hidden(page.split("<details")[0]), "stance": "new", "reason": "oil stains"}
    answer = delegate.post(url(room, "answer-replacement", half.proposal_id), form, headers=PARTIAL)
    assert answer.status_code == 200
    assert "[oil] (-IND) (-VIE) [polish] (+IND) (+VIE)" in room.prints("OP1")
    assert 'value="new" aria-pressed="true"' in answer.content.decode()
    without_script = {**hidden(panel(room, "VIE", "OP1.1").split("<details")[0]), "stance": "withdraw"}
    assert delegate.post(url(room, "answer-replacement", half.proposal_id), without_script).status_code == 302
    assert "[oil] (-IND) [polish] (+IND) its" in room.prints("OP1")


def test_an_answer_to_one_half_leaves_its_part_of_the_panel_open(room: Room) -> None:
    form = {**hidden(panel(room, "VIE", "OP1.1").split("<details")[1]), "stance": "oppose"}
    answer = signed_in(room, "VIE").post(url(room, "bracket-position", room.bracket("OP1.1").pk), form, headers=PARTIAL)
    assert "<details open>" in answer.content.decode()
    assert "[oil] (-IND) (-VIE) [polish] (+IND) its" in room.prints("OP1")


def test_a_bracket_of_its_own_speaks_of_no_other_half(room: Room) -> None:
    assert "of a replacement" not in panel(room, "VIE", "PP1.1")


def test_a_half_left_alone_is_no_pair_and_has_no_verdict_on_both(room: Room) -> None:
    desk, half = signed_in(room, "Secretariat"), room.bracket("OP1.1")
    assert "Carry the replacement" in panel(room, "Secretariat", "OP1.2")
    address = url(room, "verdict", half.pk)
    page = desk.get(address, {"way": "strike"}).content.decode()
    desk.post(address, {**hidden(page), "way": "strike"})
    left = panel(room, "Secretariat", "OP1.2")
    assert "Carry the replacement" not in left
    assert "of a replacement" not in left


def test_what_was_said_of_the_whole_paragraph_is_shown_at_each_bracket_until_its_delegation_speaks_there(
    room: Room,
) -> None:
    assert "<b>CHN</b> to come back, said of the whole of PP1" in panel(room, "VIE", "PP1.1")
    room.takes("CHN", "oppose", on="PP1.1")
    assert "said of the whole" not in panel(room, "VIE", "PP1.1")


def test_what_was_said_before_a_bracket_stood_is_marked_as_presumed_there(room: Room) -> None:
    room.inserts("VIE", "bright", after="that", in_="PP1")
    assert "presumed: said before this bracket stood" in panel(room, "VIE", "PP1.3")
    assert "presumed" not in panel(room, "VIE", "PP1.1")


def test_a_bracket_and_a_whole_paragraph_can_be_answered_in_the_same_ways(room: Room) -> None:
    whole = signed_in(room, "VIE").get(url(room, "paragraph", room.paragraph("PP2").pk)).content.decode()
    for page in (panel(room, "VIE", "PP1.1"), whole):
        assert re.findall(r'name="stance" value="(\w+)"', page) == ["support", "oppose", "tcb", "keep_original"]
        assert 'name="reservation"' in page


def test_a_whole_paragraph_is_supported_with_a_reservation(room: Room) -> None:
    delegate, paragraph = signed_in(room, "VIE"), room.paragraph("PP2")
    form = hidden(delegate.get(url(room, "paragraph", paragraph.pk)).content.decode())
    said = {**form, "stance": "support", "reservation": "on"}
    assert delegate.post(url(room, "paragraph-position", paragraph.pk), said).status_code == 302
    assert room.prints("PP2") == "PP2. Noting that every bell has an owner; (+VIE with reservation)"


def test_a_recorded_answer_leaves_no_reason_and_no_delegation_behind_for_the_next(room: Room) -> None:
    desk, bracket = signed_in(room, "Secretariat"), room.bracket("PP1.1")
    form = hidden(desk.get(url(room, "bracket", bracket.pk)).content.decode())
    said = {**form, "stance": "oppose", "for": "VIE", "reason": "said on the floor"}
    page = desk.post(url(room, "bracket-position", bracket.pk), said, headers=PARTIAL).content.decode()
    assert "[ring and] (+IND) (-VIE)" in room.prints("PP1")
    assert 'value="VIE" selected' not in page
    assert ">said on the floor</textarea>" not in page


def test_a_refused_answer_keeps_its_reason_and_its_delegation(room: Room) -> None:
    desk, bracket = signed_in(room, "Secretariat"), room.bracket("PP1.1")
    form = hidden(desk.get(url(room, "bracket", bracket.pk)).content.decode())
    room.suspends()
    room.negotiation.refresh_from_db()
    said = {**form, "stance": "oppose", "for": "VIE", "reason": "said on the floor"}
    answer = desk.post(url(room, "bracket-position", bracket.pk), said, headers=PARTIAL)
    assert answer.status_code == 409
    assert "what you typed is still here" in answer.content.decode()
    assert "said on the floor" in answer.content.decode()


def test_a_delegate_is_offered_no_verdict_by_its_address_either(room: Room) -> None:
    answer = signed_in(room, "VIE").get(url(room, "verdict", room.bracket("PP1.1").pk), {"way": "strike"})
    assert answer.status_code == 403
    assert "Record it" not in answer.content.decode()


def test_a_closed_room_foresees_a_verdict_and_says_why_it_cannot_be_recorded(room: Room) -> None:
    room.suspends()
    answer = signed_in(room, "Secretariat").get(url(room, "verdict", room.bracket("PP1.1").pk), {"way": "strike"})
    assert answer.status_code == 200
    assert "The session is not open" in answer.content.decode()
    assert "Record it" not in answer.content.decode()


def test_a_verdict_on_a_bracket_that_fell_says_so_with_its_status(room: Room) -> None:
    desk, address = signed_in(room, "Secretariat"), url(room, "verdict", room.bracket("PP1.1").pk)
    desk.post(address, {**hidden(desk.get(address, {"way": "strike"}).content.decode()), "way": "strike"})
    answer = desk.get(address, {"way": "retain"})
    assert answer.status_code == 409
    assert "no longer stands" in answer.content.decode()
