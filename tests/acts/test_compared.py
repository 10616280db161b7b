"""A later state of a text comes as a file: its acts are understood, and recorded on consent."""

from collections.abc import Callable

import pytest

from negotiations import ledger, replay
from negotiations.acts import compared, receiving, verdicts
from negotiations.acts.compared import Answer
from negotiations.models import Bracket, Event, Position, Proposal
from negotiations.refusals import (
    ComparedTextMoved,
    KeyUsed,
    NeedsAnother,
    NotAllowed,
    NotFound,
    NothingChosen,
    NotReadYet,
    RoomClosed,
    Unanswered,
)
from negotiations.tasks import read_received_files
from tests.acts.comparing import brought, changes, exported, prints, records, understood
from tests.room import TEXT, Room, proposal_of


@pytest.fixture
def other(room: Room) -> Room:
    """Another negotiation of the same delegations about the same text."""
    return Room.opened()


def _insertion(room: Room) -> None:
    room.inserts("VIE", "small", after="that", in_="PP1")


def _deletion(room: Room) -> None:
    room.deletes("TUR", "every", "bell", in_="PP2")


def _replacement(room: Room) -> None:
    room.replaces("CHN", "every", "bell", "each lamp", in_="PP2")
    room.takes("IND", "oppose", on="PP2.1")
    room.takes("IND", "support", on="PP2.2")


def _positions(room: Room) -> None:
    room.takes("VIE", "support", on="PP1.2")
    room.takes("IND", "tcb", on="PP1.1")
    room.takes("IND", "oppose", on="OP1.3", reservation=False)
    room.takes("TUR", "support", on="OP1.3", reservation=True)
    room.takes("VIE", "keep_original", on="PP2")


def _verdicts(room: Room) -> None:
    room.decides("retain", "PP1.1")
    room.decides("strike", "OP1.1")
    room.decides("retain", "OP1.2")


def _nested(room: Room) -> None:
    room.inserts("VIE", "and lasting peace", after="Bells", in_="OP2")
    room.deletes("IND", "lasting", "lasting", in_="OP2")
    room.inserts("TUR", "quiet", after="and", in_="OP2")


def _struck_with_what_stands_in_it(room: Room) -> None:
    room.decides("strike", "OP1.3")


def _paragraph(room: Room) -> None:
    room.tables_paragraph("VIE", "Recalling also the lamps;", at="PP1")
    room.takes("CHN", "oppose", on="PP1a.1")
    room.tables_paragraph("IND", "Each town may oil its bells.", at="OP1", alternative=True)


def _many(room: Room) -> None:
    for act in (_insertion, _replacement, _positions, _verdicts, _nested, _paragraph):
        act(room)


ACTS = [
    _insertion,
    _deletion,
    _replacement,
    _positions,
    _verdicts,
    _nested,
    _struck_with_what_stands_in_it,
    _paragraph,
    _many,
]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__.strip("_"))
def test_what_was_done_in_one_room_is_done_in_the_other_on_consent(
    room: Room, other: Room, act: Callable[[Room], None]
) -> None:
    act(room)
    file = brought(other, exported(room))
    events = records(other, file, which="verdict")
    assert prints(other) == prints(room)
    assert events[-1].payload["facts"]["otherwise"] == []
    assert changes(other, file) == []
    other.negotiation.refresh_from_db()
    assert ledger.verify(other.negotiation) is None
    assert replay.differences() == []


def test_a_file_that_says_what_the_text_says_has_nothing_to_record(room: Room) -> None:
    file = brought(room, exported(room))
    assert changes(room, file) == []
    with pytest.raises(NothingChosen):
        records(room, file)


def test_each_event_says_from_which_file_it_came_and_for_whom(room: Room) -> None:
    file = brought(room, TEXT.replace("(-TUR)", "(-TUR) (+VIE)"))
    position, summed_up = records(room, file)
    assert (position.kind, position.on_behalf_of, position.actor_code) == ("position.taken", "VIE", "Secretariat")
    said = position.payload["facts"]["compared"]
    assert said == {"id": str(file.pk), "name": "from the room.txt", "sha256": file.sha256}
    assert (summed_up.kind, summed_up.document_id) == ("file.compared", room.document.pk)
    assert summed_up.payload["facts"]["events"] == [position.seq, summed_up.seq]
    assert Position.objects.get(bracket=room.bracket("PP1.2"), delegation__code="VIE").heard == "as_heard"


def test_only_what_was_consented_to_is_recorded(room: Room) -> None:
    file = brought(room, TEXT.replace("(-TUR)", "(-TUR) (+VIE)").replace("[ring and] (+IND)", "ring and"))
    retained, position = changes(room, file)
    records(room, file, [position])
    assert room.bracket("PP1.1").state == "standing"
    assert changes(room, file) == [retained]
    assert room.prints("PP1").endswith("(-TUR) (+VIE) warn; (CHN tcb)")


def test_words_that_nobody_tables_are_asked_for_and_stand_in_brackets_of_whoever_is_named(room: Room) -> None:
    file = brought(room, TEXT.replace("every bell", "each bell"))
    [words] = changes(room, file)
    assert (words.kind, words.before, words.after, words.is_attributed) == ("words", "every", "each", False)
    with pytest.raises(Unanswered):
        records(room, file)
    assert not Event.objects.filter(kind="proposal.tabled").exists()
    *_, last = records(room, file, tabled_for="VIE")
    assert room.prints("PP2") == "PP2. Noting that [every] (-VIE) [each] (+VIE) bell has an owner;"
    assert last.payload["facts"]["otherwise"] == ["PP2"]


def test_nobody_is_named_who_takes_no_part(room: Room) -> None:
    file = brought(room, TEXT.replace("every bell", "each bell"))
    with pytest.raises(Unanswered):
        records(room, file, tabled_for="NOBODY")


def test_a_bracket_whose_words_are_gone_was_struck_or_taken_back_as_a_person_says(room: Room) -> None:
    room.inserts("VIE", "small", after="that", in_="PP1")
    file = brought(room, TEXT)
    [gone] = changes(room, file)
    assert (gone.kind, gone.is_attributed) == ("struck", False)
    records(room, file, which="withdrawn")
    assert Proposal.objects.get(brackets=room.bracket("PP1.3")).state == "withdrawn"
    assert (
        room.prints("PP1") == "PP1. Recalling that bells [ring and] (+IND) [, where customary,] (-TUR) warn; (CHN tcb)"
    )


def test_a_replacement_that_was_taken_back_is_taken_back_whole(room: Room) -> None:
    tabled = room.replaces("VIE", "every", "bell", "each lamp", in_="PP2")
    file = brought(room, TEXT)
    assert [change.kind for change in changes(room, file)] == ["retained", "struck"]
    events = records(room, file, which="withdrawn")
    assert [event.kind for event in events] == ["proposal.withdrawn", "file.compared"]
    assert Proposal.objects.get(pk=proposal_of(tabled)).state == "withdrawn"


def test_other_words_in_its_own_bracket_are_the_tablers_revision(room: Room) -> None:
    room.inserts("VIE", "small", after="that", in_="PP1")
    file = brought(room, exported(room).replace("[small]", "[small and round]"))
    [revision] = changes(room, file)
    assert (revision.kind, revision.code) == ("revision", "VIE")
    records(room, file)
    assert "[small and round] (+VIE)" in room.prints("PP1")


def test_a_retained_alternative_strikes_its_base_once(room: Room, other: Room) -> None:
    for one in (room, other):
        one.tables_paragraph("IND", "Each town may oil its bells.", at="OP1", alternative=True)
    room.decides("retain", "OP1 altern.1")
    file = brought(other, exported(room))
    assert [change.kind for change in changes(other, file)] == ["missing", "retained"]
    records(other, file, tabled_for="IND", which="verdict")
    assert prints(other) == prints(room)


def test_a_missing_paragraph_is_left_unless_somebody_wants_it_to_go(room: Room) -> None:
    file = brought(room, TEXT.replace("PP2. Noting that every bell has an owner;\n\n", ""))
    [missing] = changes(room, file)
    assert (missing.kind, missing.is_attributed) == ("missing", False)
    records(room, file, tabled_for="TUR")
    assert room.prints("PP2") == "[PP2. Noting that every bell has an owner;] (-TUR)"


def test_a_bracket_round_old_words_with_a_plus_alone_asks_who_wants_them_to_go(room: Room) -> None:
    file = brought(room, TEXT.replace("every bell", "[every bell] (+IND)"))
    deletion, keeping = changes(room, file)
    assert (deletion.kind, deletion.code, keeping.code, keeping.stance) == ("deletion", "", "IND", "support")
    with pytest.raises(NeedsAnother):
        records(room, file, [keeping])
    records(room, file, tabled_for="TUR")
    assert room.prints("PP2") == "PP2. Noting that [every bell] (-TUR) (+IND) has an owner;"


def test_a_bracket_round_words_is_not_drawn_round_others_that_should_have_gone(room: Room) -> None:
    both = TEXT.replace("that bells [ring and] (+IND) [, where customary,] (-TUR) warn", "[that bells warn] (-VIE)")
    file = brought(room, both)
    *struck, deletion = changes(room, file)
    assert [change.kind for change in (*struck, deletion)] == ["struck", "struck", "deletion"]
    with pytest.raises(NeedsAnother):
        records(room, file, [struck[0], deletion])
    records(room, file)
    assert room.prints("PP1") == "PP1. Recalling [that bells warn] (-VIE); (CHN tcb)"


def test_a_change_is_refused_where_its_words_moved_since_and_recorded_where_they_did_not(room: Room) -> None:
    file = brought(room, TEXT.replace("every bell", "[every bell] (-TUR)").replace("(-TUR) warn", "(-TUR) (+VIE) warn"))
    chosen, seen = changes(room, file), room.seq
    room.inserts("IND", "small", after="that", in_="PP1")  # elsewhere in the paragraph
    position, deletion = chosen
    records(room, file, [position], seen=seen)
    room.deletes("CHN", "bell", "bell", in_="PP2")
    before = room.seq
    with pytest.raises(ComparedTextMoved):
        records(room, file, [deletion], seen=seen)
    assert room.seq == before


def test_everything_is_refused_where_one_act_is(room: Room) -> None:
    file = brought(room, TEXT.replace("(-TUR)", "(-TUR) (+VIE)").replace("(+VIE).", "(+VIE) (-TUR)."))
    both = changes(room, file)
    room.suspends()
    seq = room.seq
    with pytest.raises(RoomClosed):
        records(room, file, both)
    assert room.seq == seq


def test_agreed_text_is_reported_and_not_touched(room: Room) -> None:
    verdicts.agree(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        paragraph_id=room.paragraph("PP2").pk,
        seen=room.seq,
        key=room.key(),
    )
    file = brought(room, TEXT.replace("every bell", "[every bell] (-TUR)"))
    [change] = changes(room, file)
    assert (change.step, change.why) == (None, "agreed")


def test_a_repeat_is_answered_with_the_same_events_and_another_request_is_refused(room: Room) -> None:
    file = brought(room, TEXT.replace("(-TUR)", "(-TUR) (+VIE)"))
    [position] = changes(room, file)
    first = records(room, file, [position], key="once")
    seq = room.seq
    again = records(room, file, [position], key="once")
    assert [event.pk for event in again] == [event.pk for event in first]
    assert all(event.replayed for event in again)
    assert room.seq == seq
    with pytest.raises(KeyUsed):
        records(room, file, [position], key="once", tabled_for="IND")


def test_only_the_secretariat_sees_and_records_what_a_file_says(room: Room) -> None:
    file = brought(room, TEXT.replace("(-TUR)", "(-TUR) (+VIE)"))
    consents = {change.id: Answer() for change in changes(room, file)}
    for code in ("VIE", "CHAIR", "VIE.adviser"):
        by = {"actor": room.actors[code], "negotiation_id": room.negotiation.pk, "file_id": file.pk}
        with pytest.raises(NotFound):
            compared.understood(**by)  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            compared.record_compared(**by, consents=consents, seen=room.seq, key=room.key())  # type: ignore[arg-type]


def test_a_file_that_is_no_later_state_or_not_read_is_not_compared(room: Room) -> None:
    by = {"actor": room.secretariat, "negotiation_id": room.negotiation.pk}
    file = receiving.receive(**by, name="new.txt", data=TEXT.encode())  # type: ignore[arg-type]
    with pytest.raises(NotReadYet):
        understood(room, file)
    read_received_files()
    with pytest.raises(NotAllowed):
        understood(room, file)


def test_a_marker_of_nobody_is_listed_and_not_recorded(room: Room) -> None:
    file = brought(room, TEXT.replace("(-TUR)", "(-TUR) (+MARS)"))
    [odd] = changes(room, file)
    assert (odd.kind, odd.why, odd.after, odd.step) == ("not-understood", "marker", "(+MARS)", None)
    assert Bracket.objects.filter(paragraph=room.paragraph("PP1")).count() == 2
