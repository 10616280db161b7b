"""A paragraph rewritten as one would like it: what differs is tabled, change by change, in one act."""

import pytest

from documents.models import Agreement
from negotiations.acts import wording
from negotiations.acts.rewriting import rewritten, table_rewriting
from negotiations.acts.wording import Deletion
from negotiations.models import Bracket, Event, Proposal
from negotiations.refusals import AgreedText, CannotBracket, KeyUsed, LooksAlike, NotAllowed, RoomClosed, TextMoved
from negotiations.replay import differences
from tests.room import Room


def rewrites(room: Room, code: str, text: str, *, in_: str, **more: object) -> Event:
    return table_rewriting(
        actor=room.actors[code],
        negotiation_id=room.negotiation.pk,
        paragraph_id=room.paragraph(in_).pk,
        text=text,
        seen=more.pop("seen", room.seq),  # type: ignore[arg-type]
        key=str(more.pop("key", room.key())),
        **more,  # type: ignore[arg-type]
    )


def test_each_difference_is_a_proposal_of_its_own_and_one_event_records_all(room: Room) -> None:
    before = Event.objects.count()
    event = rewrites(room, "VIE", "Noting with joy that every bell has a keeper;", in_="PP2", reason="shorter")
    assert room.prints("PP2") == (
        "PP2. Noting [with joy] (+VIE) that every bell has [an owner] (-VIE) [a keeper] (+VIE);"
    )
    assert Event.objects.count() == before + 1
    found = Proposal.objects.filter(seq=event.seq).order_by("kind")
    assert [(one.kind, one.reason) for one in found] == [("insertion", "shorter"), ("replacement", "shorter")]


def test_brackets_are_numbered_in_the_order_of_the_text(room: Room) -> None:
    rewrites(room, "VIE", "Noting with joy that every bell has a keeper;", in_="PP2")
    assert [b.number for b in Bracket.objects.filter(paragraph__handle="PP2", state="standing")] == [1, 2, 3]
    assert room.paragraph("PP2").next_number == 4


def test_a_change_inside_anothers_bracket_lands_inside_it(room: Room) -> None:
    rewrites(room, "TUR", "Each town shall [oil] [polish] its bells [in [early] and warm spring].", in_="OP1")
    assert "[in [early] [and warm] (+TUR) spring] (+VIE)" in room.prints("OP1")


def test_a_bracket_typed_wholly_anew_stays_with_its_signs_and_the_new_words_stand_beside_it(room: Room) -> None:
    text = "Each town shall [grease] [polish] its bells [in [early] spring]."
    made = rewritten(room.paragraph("OP1"), text, room.seq)
    assert [str(bracket) for bracket in made.beside] == ["OP1.1"]
    rewrites(room, "TUR", text, in_="OP1")
    assert "[oil] (-IND) [grease] (+TUR) [polish] (+IND)" in room.prints("OP1")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Each town shall [oil] [polish] its  bells [in [early] spring].", "No word differs"),
        ("Each town shall oil [polish] its bells [in [early] spring].", "must stay where they are"),
        ("Each town shall [] [polish] its bells [in [early] spring].", "All words of bracket OP1.1"),
    ],
)
def test_what_cannot_be_bracketed_says_why_and_records_nothing(room: Room, text: str, why: str) -> None:
    before = Event.objects.count()
    with pytest.raises(CannotBracket, match=why):
        rewrites(room, "TUR", text, in_="OP1")
    assert Event.objects.count() == before


def test_to_come_back_stands_on_every_change(room: Room) -> None:
    rewrites(room, "VIE", "Noting with joy that every bell has a keeper;", in_="PP2", to_come_back=True)
    assert room.prints("PP2").count("(VIE tcb)") == 3


def test_a_change_is_withdrawn_by_itself(room: Room) -> None:
    event = rewrites(room, "VIE", "Noting with joy that every bell has a keeper;", in_="PP2")
    wording.withdraw(
        actor=room.actors["VIE"],
        negotiation_id=room.negotiation.pk,
        proposal_id=Proposal.objects.get(seq=event.seq, kind="replacement").pk,
        key=room.key(),
    )
    assert room.prints("PP2") == "PP2. Noting [with joy] (+VIE) that every bell has an owner;"


def test_two_who_rewrite_one_paragraph_both_land_where_their_words_differ(room: Room) -> None:
    seen = room.seq
    rewrites(room, "VIE", "Noting with joy that every bell has an owner;", in_="PP2", seen=seen)
    rewrites(room, "IND", "Noting that every bell has a keeper;", in_="PP2", seen=seen)
    assert room.prints("PP2") == (
        "PP2. Noting [with joy] (+VIE) that every bell has [an owner] (-IND) [a keeper] (+IND);"
    )


def test_where_one_change_met_another_nothing_is_tabled(room: Room) -> None:
    seen = room.seq
    room.tables("VIE", Deletion(5, 6), in_="PP2", seen=seen)
    before = Event.objects.count()
    with pytest.raises(TextMoved):
        rewrites(room, "IND", "Noting with joy that every bell has a keeper;", in_="PP2", seen=seen)
    assert Event.objects.count() == before


def test_agreed_text_is_not_rewritten(room: Room) -> None:
    paragraph = room.paragraph("PP2")
    paragraph.agreement = Agreement.AD_REF
    with pytest.raises(AgreedText):
        rewritten(paragraph, "Noting nothing;", room.seq)


def test_who_may_not_speak_rewrites_nothing(room: Room) -> None:
    for code in ("VIE.adviser", "BIRDS"):
        with pytest.raises(NotAllowed):
            rewrites(room, code, "Noting nothing;", in_="PP2")


def test_no_paragraph_is_rewritten_while_no_session_is_open(room: Room) -> None:
    room.suspends()
    with pytest.raises(RoomClosed):
        rewrites(room, "VIE", "Noting nothing;", in_="PP2")


def test_words_of_two_alphabets_are_confirmed_first(room: Room) -> None:
    text = "Noting that every bell has an оwner;"
    with pytest.raises(LooksAlike):
        rewrites(room, "VIE", text, in_="PP2")
    rewrites(room, "VIE", text, in_="PP2", confirmed_mixed=True)


def test_the_secretariat_enters_a_rewriting_as_heard(room: Room) -> None:
    text, india = "Noting that every bell has a keeper;", room.actors["IND"].delegation
    rewrites(room, "Secretariat", text, in_="PP2", on_behalf_of=india)
    assert "[a keeper] (+IND)" in room.prints("PP2")
    assert Proposal.objects.get(paragraph__handle="PP2", state="tabled").as_heard


def test_a_repeat_is_answered_with_the_same_event_and_another_text_under_its_key_is_refused(room: Room) -> None:
    seen, key = room.seq, room.key()
    first = rewrites(room, "VIE", "Noting that every bell has a keeper;", in_="PP2", seen=seen, key=key)
    again = rewrites(room, "VIE", "Noting that every bell has a keeper;", in_="PP2", seen=seen, key=key)
    assert (again.pk, again.replayed) == (first.pk, True)
    with pytest.raises(KeyUsed):
        rewrites(room, "VIE", "Noting that every bell has no keeper;", in_="PP2", seen=seen, key=key)


def test_the_ledger_rebuilds_what_a_rewriting_made(room: Room) -> None:
    rewrites(room, "VIE", "Noting with joy that every bell has a keeper;", in_="PP2")
    assert differences() == []
