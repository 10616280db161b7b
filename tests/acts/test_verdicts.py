"""Retaining, striking, agreeing, reopening."""

from typing import Any

import pytest

from negotiations.acts import verdicts
from negotiations.models import Bracket, Event
from negotiations.refusals import AgreedText, NotAllowed, NotClean
from tests.room import Room


def decides(room: Room, ways: dict[str, Any], code: str = "Secretariat") -> Event:
    handle = next(iter(ways)).rpartition(".")[0]
    return verdicts.decide(
        actor=room.actors[code],
        negotiation_id=room.negotiation.pk,
        paragraph_id=room.paragraph(handle).pk,
        ways={room.bracket(number).pk: way for number, way in ways.items()},
        seen=room.seq,
        key=room.key(),
    )


def agrees(room: Room, handle: str) -> Event:
    return verdicts.agree(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        paragraph_id=room.paragraph(handle).pk,
        seen=room.seq,
        key=room.key(),
    )


def test_retained_words_stay_and_struck_words_go(room: Room) -> None:
    decides(room, {"PP1.1": "retain"})
    decides(room, {"PP1.2": "strike"})
    assert room.prints("PP1") == "PP1. Recalling that bells ring and warn; (CHN tcb)"


def test_a_verdict_names_whom_it_overrules(room: Room) -> None:
    event = decides(room, {"PP1.1": "strike"})
    assert list(event.payload["facts"]["overruled"].values()) == [["IND", "CHN"]]


def test_striking_an_outer_bracket_ends_the_inner_one_as_fallen(room: Room) -> None:
    decides(room, {"OP1.3": "strike"})
    assert room.prints("OP1") == "OP1. Each town shall [oil] (-IND) [polish] (+IND) its bells."
    inner = room.bracket("OP1.4")
    assert (inner.state, inner.ended_with) == ("fallen", room.bracket("OP1.3"))


def test_retaining_an_outer_bracket_leaves_the_inner_one_standing(room: Room) -> None:
    decides(room, {"OP1.3": "retain"})
    assert room.prints("OP1").endswith("its bells in [early] spring.")


def test_a_replacement_is_carried_when_both_halves_go_as_asked_in_one_act(room: Room) -> None:
    decides(room, {"OP1.1": "strike", "OP1.2": "retain"})
    assert room.prints("OP1").startswith("OP1. Each town shall polish its bells")
    assert room.bracket("OP1.1").proposal.state == "carried"


def test_only_chair_and_secretariat_decide(room: Room) -> None:
    with pytest.raises(NotAllowed):
        decides(room, {"PP1.1": "retain"}, code="VIE")
    decides(room, {"PP1.1": "retain"}, code="CHAIR")


def test_a_clean_paragraph_is_agreed_and_then_not_edited(room: Room) -> None:
    agrees(room, "PP2")
    assert room.paragraph("PP2").agreement == "agreed_ad_ref"
    with pytest.raises(AgreedText):
        room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    with pytest.raises(AgreedText):
        room.takes("VIE", "tcb", on="PP2")


def test_a_paragraph_without_brackets_but_with_a_tcb_is_not_clean(room: Room) -> None:
    room.takes("VIE", "tcb", on="PP2")
    with pytest.raises(NotClean, match="VIE"):
        agrees(room, "PP2")


def test_a_bracketed_paragraph_is_not_clean(room: Room) -> None:
    with pytest.raises(NotClean, match=r"PP1\.1, PP1\.2"):
        agrees(room, "PP1")


def test_a_stray_bracket_keeps_its_paragraph_from_being_clean(db: None) -> None:
    room = Room.opened("PP1. One [ two;\n\nPP2. Three.\n")
    with pytest.raises(NotClean):
        agrees(room, "PP1")


def test_all_clean_paragraphs_are_agreed_in_one_event_each(room: Room) -> None:
    events = verdicts.agree_all_clean(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, document_id=room.document.pk, key=room.key()
    )
    assert [event.kind for event in events] == ["paragraph.agreed"] * 3
    assert room.paragraph("PP1").agreement == "open"


def test_reopening_needs_a_reason(room: Room) -> None:
    agrees(room, "PP2")
    reopen = {
        "actor": room.secretariat,
        "negotiation_id": room.negotiation.pk,
        "paragraph_id": room.paragraph("PP2").pk,
    }
    with pytest.raises(NotAllowed):
        verdicts.reopen(**reopen, reason=" ", key=room.key())  # type: ignore[arg-type]
    event = verdicts.reopen(**reopen, reason="Turkish text differs", key=room.key())  # type: ignore[arg-type]
    assert (event.payload["facts"]["reason"], room.paragraph("PP2").agreement) == ("Turkish text differs", "open")


def test_striking_a_whole_paragraph_closes_it_with_its_left_over_punctuation(db: None) -> None:
    room = Room.opened("PP1. One;\n\n[PP1a. Two bells] (+VIE).\n\nPP2. Three.\n")
    decides(room, {"PP1a.1": "strike"})
    closed = room.paragraph("PP1a")
    assert (closed.tree, closed.agreement, closed.label) == ([], "struck", "PP1a")
    assert Bracket.objects.get(paragraph=closed).state == "struck"
