"""Tabling words, moving them onto a changed wording, taking them back."""

import pytest

from documents.models import Agreement
from negotiations.acts import wording
from negotiations.acts.wording import Deletion
from negotiations.models import Bracket, Event, Position, Proposal
from negotiations.refusals import CannotBracket, KeyUsed, NotAllowed, NotPlain, OriginUnknown, RoomClosed, TextMoved
from tests.room import Room, proposal_of


def test_an_insertion_prints_in_brackets_with_the_tablers_sign(room: Room) -> None:
    room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    assert room.prints("PP2") == "PP2. Noting that every bell [and tyre] (+VIE) has an owner;"


def test_a_deletion_brackets_the_words_and_asks_for_them_to_go(room: Room) -> None:
    room.deletes("TUR", "every", "every", in_="PP2")
    assert room.prints("PP2") == "PP2. Noting that [every] (-TUR) bell has an owner;"


def test_a_replacement_is_one_proposal_with_two_brackets_and_crossed_signs(room: Room) -> None:
    event = room.replaces("VIE", "an", "owner", "a keeper", in_="PP2")
    assert room.prints("PP2") == "PP2. Noting that every bell has [an owner] (-VIE) [a keeper] (+VIE);"
    assert [b.side for b in Bracket.objects.filter(proposal=proposal_of(event)).order_by("number")] == ["out", "in"]


def test_to_come_back_prints_in_place_of_the_sign(room: Room) -> None:
    room.inserts("VIE", "and tyre", after="bell", in_="PP2", to_come_back=True)
    assert "[and tyre] (VIE tcb)" in room.prints("PP2")


def test_a_bracket_number_is_never_used_again(room: Room) -> None:
    event = room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    wording.withdraw(
        actor=room.actors["VIE"], negotiation_id=room.negotiation.pk, proposal_id=proposal_of(event), key=room.key()
    )
    room.inserts("VIE", "and pump", after="bell", in_="PP2")
    assert Bracket.objects.get(paragraph__handle="PP2", state="standing").number == 2


def test_two_delegations_on_one_paragraph_both_land(room: Room) -> None:
    seen = room.seq
    room.inserts("VIE", "and tyre", after="bell", in_="PP2", seen=seen)
    room.tables("IND", Deletion(5, 6), in_="PP2", seen=seen)
    assert room.prints("PP2") == "PP2. Noting that every bell [and tyre] (+VIE) has [an owner] (-IND);"


def test_an_edit_of_words_that_were_touched_meanwhile_is_a_conflict_and_records_nothing(room: Room) -> None:
    seen = room.seq
    room.tables("VIE", Deletion(3, 4), in_="PP2", seen=seen)
    before = Event.objects.count()
    with pytest.raises(TextMoved):
        room.tables("IND", Deletion(4, 5), in_="PP2", seen=seen)
    assert Event.objects.count() == before


def test_withdrawing_restores_the_text_before_the_proposal(room: Room) -> None:
    before = room.prints("PP2")
    event = room.replaces("VIE", "an", "owner", "a keeper", in_="PP2")
    wording.withdraw(
        actor=room.actors["VIE"], negotiation_id=room.negotiation.pk, proposal_id=proposal_of(event), key=room.key()
    )
    assert room.prints("PP2") == before
    assert Proposal.objects.get(pk=proposal_of(event)).state == "withdrawn"


def test_what_others_put_inside_a_withdrawn_insertion_falls_with_it(room: Room) -> None:
    event = room.inserts("VIE", "and every tyre", after="bell", in_="PP2")
    room.deletes("IND", "tyre", "tyre", in_="PP2")
    wording.withdraw(
        actor=room.actors["VIE"], negotiation_id=room.negotiation.pk, proposal_id=proposal_of(event), key=room.key()
    )
    fallen = Bracket.objects.get(paragraph__handle="PP2", state="fallen")
    assert fallen.ended_with == Bracket.objects.get(proposal=proposal_of(event))


def test_only_the_tabler_withdraws(room: Room) -> None:
    event = room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    with pytest.raises(NotAllowed):
        wording.withdraw(
            actor=room.actors["IND"], negotiation_id=room.negotiation.pk, proposal_id=proposal_of(event), key=room.key()
        )


def test_a_bracket_read_from_paper_cannot_be_withdrawn_without_saying_which_way(room: Room) -> None:
    with pytest.raises(OriginUnknown):
        wording.withdraw(
            actor=room.secretariat,
            negotiation_id=room.negotiation.pk,
            proposal_id=room.bracket("PP1.2").proposal_id,
            key=room.key(),
        )


def test_nothing_is_tabled_while_the_room_does_not_sit(room: Room) -> None:
    room.suspends()
    with pytest.raises(RoomClosed):
        room.inserts("VIE", "and tyre", after="bell", in_="PP2")


@pytest.mark.parametrize("code", ["VIE.adviser", "BIRDS"])
def test_advisers_and_observers_do_not_table(room: Room, code: str) -> None:
    with pytest.raises(NotAllowed):
        room.inserts(code, "and tyre", after="bell", in_="PP2")


def test_the_secretariat_tables_for_a_delegation_as_heard(room: Room) -> None:
    event = room.inserts("Secretariat", "and tyre", after="bell", in_="PP2", on_behalf_of=room.actors["VIE"].delegation)
    assert "[and tyre] (+VIE)" in room.prints("PP2")
    assert (event.actor_code, event.on_behalf_of) == ("Secretariat", "VIE")
    assert Position.objects.get(delegation__code="VIE", paragraph__handle="PP2").heard == "as_heard"


def test_the_chair_tables_text_of_its_own(room: Room) -> None:
    room.inserts("CHAIR", "and tyre", after="bell", in_="PP2")
    assert "[and tyre] (+CHAIR)" in room.prints("PP2")


def test_an_invisible_character_is_refused_by_name_and_place(room: Room) -> None:
    with pytest.raises(NotPlain) as refused:
        room.inserts("VIE", "and\u202etyre", after="bell", in_="PP2")
    assert "U+202E RIGHT-TO-LEFT OVERRIDE" in str(refused.value)


def test_typed_brackets_are_refused(room: Room) -> None:
    with pytest.raises(CannotBracket):
        room.inserts("VIE", "[and tyre]", after="bell", in_="PP2")


def test_a_choice_that_crosses_a_bracket_names_the_bracket(room: Room) -> None:
    with pytest.raises(CannotBracket, match=r"PP1\.1"):
        room.deletes("VIE", "bells", "ring", in_="PP1")


def test_a_repeated_key_has_one_effect_and_one_answer(room: Room) -> None:
    first = room.inserts("VIE", "and tyre", after="bell", in_="PP2", key="same", seen=9)
    again = wording.table(
        actor=room.actors["VIE"],
        negotiation_id=room.negotiation.pk,
        paragraph_id=room.paragraph("PP2").pk,
        change=wording.Insertion(3, "and tyre"),
        seen=9,
        key="same",
    )
    assert (first.pk, Proposal.objects.filter(kind="insertion").count()) == (again.pk, 1)


def test_a_key_used_with_other_words_is_refused(room: Room) -> None:
    room.inserts("VIE", "and tyre", after="bell", in_="PP2", key="same")
    with pytest.raises(KeyUsed):
        room.inserts("VIE", "and pump", after="bell", in_="PP2", key="same")


def test_words_tabled_inside_an_open_paragraph_leave_it_open(room: Room) -> None:
    room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    assert room.paragraph("PP2").agreement == Agreement.OPEN
