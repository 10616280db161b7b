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


def test_a_label_outside_does_not_make_a_bracket_less_than_the_whole_paragraph(db: None) -> None:
    room = Room.opened("1. One thing.\n\n2. [Two things.] (+VIE)\n\n3. Three things.\n")
    decides(room, {"2.1": "strike"})
    assert (room.paragraph("2").tree, room.paragraph("2").agreement) == ([], "struck")


ALTERNATIVES = """PP1. Recalling one;

[PP2. Noting two [and three];] (+VIE)

[PP2 altern. Noting four;] (+IND) (-TUR)

[PP2 altern 2. Noting five;] (+CHN)

PP3. Noting six;
"""


def test_retaining_an_alternative_strikes_its_base_and_its_rivals_in_the_same_act(db: None) -> None:
    room = Room.opened(ALTERNATIVES)
    first = decides(room, {"PP2 altern.1": "retain"})
    assert [room.paragraph(h).agreement for h in ("PP2", "PP2 altern", "PP2 altern 2")] == ["struck", "open", "struck"]
    assert room.prints("PP2 altern") == "PP2 altern. Noting four;"
    events = Event.objects.filter(negotiation=room.negotiation, seq__gte=first.seq).order_by("seq")
    assert [event.kind for event in events] == ["brackets.decided", "paragraph.displaced", "paragraph.displaced"]
    assert [event.payload["facts"]["overruled"] for event in events[1:]] == [["VIE"], ["CHN"]]
    assert (room.bracket("PP2.1").state, room.bracket("PP2.2").state) == ("struck", "fallen")


def test_retaining_the_base_strikes_its_alternatives(db: None) -> None:
    room = Room.opened(ALTERNATIVES)
    decides(room, {"PP2.1": "retain"})
    assert room.prints("PP2") == "PP2. Noting two [and three];"
    assert [room.paragraph(h).agreement for h in ("PP2 altern", "PP2 altern 2")] == ["struck", "struck"]


def test_a_base_that_stands_in_no_bracket_is_struck_whole_with_what_stands_in_it(db: None) -> None:
    room = Room.opened("1. One [two] (+VIE) three; (IND: keep original)\n\n[Alt. One.] (+CHN)\n")
    base, rival = room.document.paragraphs.order_by("place")
    event = decides(room, {f"{rival.handle}.1": "retain"})
    base.refresh_from_db()
    assert (base.tree, base.agreement) == ([], "struck")
    inner = Bracket.objects.get(paragraph=base)
    assert (inner.state, inner.ended_with_id) == ("fallen", Bracket.objects.get(paragraph=rival).pk)
    [gone] = Event.objects.filter(negotiation=room.negotiation, seq__gt=event.seq)
    assert gone.payload["facts"]["overruled"] == ["IND"]


def test_striking_an_alternative_leaves_its_rivals_standing(db: None) -> None:
    room = Room.opened(ALTERNATIVES)
    decides(room, {"PP2 altern.1": "strike"})
    assert [room.paragraph(h).agreement for h in ("PP2", "PP2 altern", "PP2 altern 2")] == ["open", "struck", "open"]


def test_an_agreed_rival_is_not_struck_unseen(db: None) -> None:
    room = Room.opened("PP1. Noting one;\n\n[PP1 altern. Noting two;] (+IND)\n")
    agrees(room, "PP1")
    with pytest.raises(AgreedText):
        decides(room, {"PP1 altern.1": "retain"})
    assert room.prints("PP1 altern").startswith("[")
