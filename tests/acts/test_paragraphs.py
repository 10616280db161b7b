"""New paragraphs and alternatives: what they print, what they are called, what becomes of them."""

from datetime import date

import pytest

from documents.models import Agreement, Paragraph
from documents.notation.package import read_package
from documents.rendering import text as text_rendition
from documents.rendering.printed import that_print
from negotiations import printing, replay
from negotiations.acts import verdicts
from negotiations.models import Bracket, Event, Negotiation
from negotiations.refusals import (
    AgreedText,
    CannotBracket,
    KeyUsed,
    NoPlace,
    NotAllowed,
    NotFound,
    NotPlain,
    RoomClosed,
    TextMoved,
)
from negotiations.room import Exact
from tests.room import Room, proposal_of

WORDS = "Recalling further that a bell is heard before it is seen;"


def test_a_new_paragraph_prints_whole_in_its_bracket_with_the_tablers_sign(room: Room) -> None:
    room.tables_paragraph("VIE", f" {WORDS} ", at="PP1")
    assert room.prints("PP1a") == f"[PP1a. {WORDS}] (+VIE)"
    assert room.order()[:4] == ["¶1", "PP1", "PP1a", "PP2"]


def test_labels_of_a_family_stand_in_order_and_are_never_given_twice(room: Room) -> None:
    first = room.tables_paragraph("VIE", WORDS, at="PP1")
    room.tables_paragraph("IND", WORDS, at="PP1")
    room.withdraws("VIE", proposal_of(first))
    room.tables_paragraph("TUR", WORDS, at="PP1a")
    assert room.order()[:6] == ["¶1", "PP1", "PP1a", "PP1b", "PP1c", "PP2"]
    assert room.paragraph("PP1a").agreement == Agreement.STRUCK


def test_the_negotiation_may_label_in_latin(room: Room) -> None:
    Negotiation.objects.filter(pk=room.negotiation.pk).update(new_labels="latin")
    room.tables_paragraph("VIE", WORDS, at="PP1")
    room.tables_paragraph("VIE", WORDS, at="PP1")
    assert room.prints("PP1 bis") == f"[PP1 bis. {WORDS}] (+VIE)"
    assert room.order()[1:4] == ["PP1", "PP1 bis", "PP1 ter"]


def test_a_paragraph_after_one_without_a_label_has_none(room: Room) -> None:
    room.tables_paragraph("VIE", "Gathered on the plain,", at="¶1")
    added = room.paragraph("¶6")
    assert (added.label, room.prints("¶6")) == ("", "[Gathered on the plain,] (+VIE)")
    assert room.order()[:3] == ["¶1", "¶6", "PP1"]


def test_an_alternative_stands_behind_its_base_and_points_to_it(room: Room) -> None:
    room.tables_paragraph("VIE", WORDS, at="PP1", alternative=True)
    room.tables_paragraph("IND", WORDS, at="PP1 altern", alternative=True)
    assert room.order()[1:4] == ["PP1", "PP1 altern", "PP1 altern. 2"]
    assert room.prints("PP1 altern") == f"[PP1 altern. {WORDS}] (+VIE)"
    base = room.paragraph("PP1").pk
    assert {room.paragraph(h).alternative_to_id for h in ("PP1 altern", "PP1 altern. 2")} == {base}


def test_a_new_paragraph_goes_behind_the_alternatives_of_its_base(room: Room) -> None:
    room.tables_paragraph("VIE", WORDS, at="PP1", alternative=True)
    room.tables_paragraph("IND", WORDS, at="PP1")
    room.tables_paragraph("IND", WORDS, at="PP1a", alternative=True)
    assert room.order()[1:6] == ["PP1", "PP1 altern", "PP1a", "PP1a altern", "PP2"]


def test_retaining_an_alternative_strikes_its_base_and_keeps_the_label(room: Room) -> None:
    room.tables_paragraph("VIE", WORDS, at="PP2", alternative=True)
    room.decides("retain", "PP2 altern.1")
    assert room.paragraph("PP2").agreement == Agreement.STRUCK
    assert room.prints("PP2 altern") == f"PP2 altern. {WORDS}"


def test_withdrawing_a_new_paragraph_leaves_a_hole(room: Room) -> None:
    event = room.tables_paragraph("VIE", WORDS, at="PP1")
    room.withdraws("VIE", proposal_of(event))
    assert (room.prints("PP1a"), room.paragraph("PP1a").agreement) == ("", Agreement.STRUCK)
    assert Bracket.objects.get(paragraph__handle="PP1a").state == "withdrawn"


def test_a_new_paragraph_is_negotiated_like_any_other(room: Room) -> None:
    room.tables_paragraph("VIE", WORDS, at="PP1")
    room.takes("IND", "oppose", on="PP1a.1")
    room.inserts("CHN", "clearly", after="heard", in_="PP1a")
    assert room.prints("PP1a") == (
        "[PP1a. Recalling further that a bell is heard [clearly] (+CHN) before it is seen;] (+VIE) (-IND)"
    )


def test_what_is_tabled_is_read_back_from_paper_as_the_same(room: Room) -> None:
    room.tables_paragraph("VIE", WORDS, at="PP1")
    room.tables_paragraph("IND", WORDS, at="PP2", alternative=True)
    shown = printing.page(room.document)
    printed = printing.printed(room.negotiation, shown, number=1, seq=room.seq, as_of=date(2026, 5, 1))
    [read] = read_package(text_rendition.render(printed).decode()).documents
    assert [p.label for p in read.paragraphs] == [p.label for p in that_print(printed)]
    labels = {p.label: p for p in read.paragraphs}
    assert labels["PP2 altern"].alternative_to == [p.label for p in read.paragraphs].index("PP2")
    assert labels["PP1a"].alternative_to is None


def test_many_paragraphs_find_a_place_behind_one(room: Room) -> None:
    """Past the places left free the paragraphs behind are moved, in the same event, and replay holds."""
    Paragraph.objects.filter(document=room.document, handle="PP2").update(place=room.paragraph("PP1").place + 1)
    for _ in range(3):
        room.tables_paragraph("VIE", WORDS, at="PP1")
    assert room.order()[1:6] == ["PP1", "PP1a", "PP1b", "PP1c", "PP2"]


def test_a_ledger_with_new_paragraphs_replays_to_the_same_rows(room: Room) -> None:
    for _ in range(12):
        room.tables_paragraph("VIE", WORDS, at="PP1", alternative=True)
    assert replay.differences() == []
    assert room.order()[2:5] == ["PP1 altern", "PP1 altern. 2", "PP1 altern. 3"]


def test_an_alternative_to_agreed_or_struck_text_is_refused(room: Room) -> None:
    room.tables_paragraph("VIE", WORDS, at="PP2", alternative=True)
    verdicts.agree(
        actor=room.actors["CHAIR"],
        negotiation_id=room.negotiation.pk,
        paragraph_id=room.paragraph("OP2").pk,
        seen=room.seq,
        key=room.key(),
    )
    with pytest.raises(AgreedText):
        room.tables_paragraph("VIE", WORDS, at="OP2", alternative=True)
    room.decides("retain", "PP2 altern.1")
    with pytest.raises(NoPlace):
        room.tables_paragraph("IND", WORDS, at="PP2", alternative=True)
    room.tables_paragraph("IND", WORDS, at="OP2")
    assert room.prints("OP2a").startswith("[OP2a. ")


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_paragraph_needs_words(room: Room, text: str) -> None:
    with pytest.raises(CannotBracket):
        room.tables_paragraph("VIE", text, at="PP1")


def test_a_paragraph_takes_plain_words_alone(room: Room) -> None:
    with pytest.raises(NotPlain):
        room.tables_paragraph("VIE", "bells\u202e", at="PP1")
    with pytest.raises(CannotBracket):
        room.tables_paragraph("VIE", "[bells] (+IND)", at="PP1")


def test_observers_and_advisers_table_no_paragraph(room: Room) -> None:
    for code in ("BIRDS", "VIE.adviser"):
        with pytest.raises(NotAllowed):
            room.tables_paragraph(code, WORDS, at="PP1")


def test_the_secretariat_tables_a_paragraph_as_heard(room: Room) -> None:
    event = room.tables_paragraph("Secretariat", WORDS, at="PP1", on_behalf_of=room.actors["IND"].delegation)
    assert room.prints("PP1a").endswith("(+IND)")
    assert (event.actor_code, event.on_behalf_of) == ("Secretariat", "IND")


def test_a_suspended_session_takes_no_paragraph(room: Room) -> None:
    room.suspends()
    with pytest.raises(RoomClosed):
        room.tables_paragraph("VIE", WORDS, at="PP1")


def test_a_paragraph_of_another_negotiation_is_not_found(room: Room) -> None:
    room.document = Room.opened().document
    with pytest.raises(NotFound):
        room.tables_paragraph("VIE", WORDS, at="PP1")


def test_a_paragraph_repeated_with_its_key_is_tabled_once(room: Room) -> None:
    first = room.tables_paragraph("VIE", WORDS, at="PP1", key="once")
    assert room.tables_paragraph("VIE", WORDS, at="PP1", key="once").pk == first.pk
    with pytest.raises(KeyUsed):
        room.tables_paragraph("VIE", WORDS, at="PP2", key="once")
    assert Event.objects.filter(kind="paragraph.tabled", negotiation=room.negotiation).count() == 1


def test_a_script_tables_at_the_very_wording_it_read(room: Room) -> None:
    seen = Exact(room.paragraph("PP1").seq)
    room.inserts("IND", "loudly", after="warn", in_="PP1")
    with pytest.raises(TextMoved):
        room.tables_paragraph("VIE", WORDS, at="PP1", seen=seen)
    room.tables_paragraph("VIE", WORDS, at="PP1", seen=Exact(room.paragraph("PP1").seq))


def test_to_come_back_prints_in_place_of_the_sign_of_a_paragraph(room: Room) -> None:
    room.tables_paragraph("VIE", WORDS, at="PP1", to_come_back=True)
    assert room.prints("PP1a").endswith("] (VIE tcb)")
