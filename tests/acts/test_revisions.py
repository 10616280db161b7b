"""Revising a proposal: the words change, what was said of the earlier ones stays and is marked (``rules.md`` 5)."""

from uuid import UUID

import pytest

from documents.models import Paragraph
from negotiations import consensus, projection, replay
from negotiations.acts import revisions, verdicts
from negotiations.models import Bracket, Event, Position
from negotiations.refusals import (
    CannotBracket,
    Ended,
    NotAllowed,
    NotPlain,
    OriginUnknown,
    RoomClosed,
    TextMoved,
)
from negotiations.room import Exact
from negotiations.standing import Standing
from tests.room import Room, proposal_of


@pytest.fixture
def tabled(room: Room) -> UUID:
    """A proposal of VIE: ``every bell [and tyre] (+VIE) has an owner;``."""
    return proposal_of(room.inserts("VIE", "and tyre", after="bell", in_="PP2"))


def revises(room: Room, code: str, proposal: UUID, text: str, **more: object) -> Event:
    return revisions.revise(
        actor=room.actors[code],
        negotiation_id=room.negotiation.pk,
        proposal_id=proposal,
        text=text,
        seen=more.pop("seen", room.seq),  # type: ignore[arg-type]
        key=str(more.pop("key", room.key())),
        **more,  # type: ignore[arg-type]
    )


def standing(room: Room, number: str) -> Standing:
    bracket = room.bracket(number)
    return consensus.standing_of(bracket, consensus.stands_of(bracket.paragraph))


def test_a_revision_prints_the_new_words_and_every_marker_as_it_was(room: Room, tabled: UUID) -> None:
    room.takes("IND", "oppose", on="PP2.1")
    room.takes("CHN", "support", on="PP2.1")
    revises(room, "VIE", tabled, "and every  tyre")
    assert room.prints("PP2") == "PP2. Noting that every bell [and every tyre] (+VIE) (-IND) (+CHN) has an owner;"


def test_a_stale_plus_counts_as_silent_and_a_stale_minus_still_blocks(room: Room, tabled: UUID) -> None:
    room.takes("IND", "oppose", on="PP2.1")
    room.takes("CHN", "support", on="PP2.1")
    room.takes("TUR", "tcb", on="PP2.1")
    revises(room, "VIE", tabled, "and every tyre")
    assert standing(room, "PP2.1") == Standing(("IND",), ("VIE",), ("TUR",))
    earlier = {p.delegation.code for p in Position.objects.filter(bracket__proposal=tabled) if p.is_earlier}
    assert earlier == {"IND", "CHN", "TUR"}


def test_reaffirming_puts_a_position_on_the_new_wording_and_prints_it_where_it_stood(room: Room, tabled: UUID) -> None:
    room.takes("CHN", "support", on="PP2.1")
    room.takes("IND", "oppose", on="PP2.1")
    revises(room, "VIE", tabled, "and every tyre")
    room.takes("CHN", "support", on="PP2.1")
    assert "[and every tyre] (+VIE) (+CHN) (-IND)" in room.prints("PP2")
    assert standing(room, "PP2.1") == Standing(("IND",), ("VIE", "CHN"), ())


def test_the_new_words_of_a_replacement_are_revised_and_the_old_stay(room: Room) -> None:
    proposal = proposal_of(room.replaces("VIE", "an", "owner", "a keeper", in_="PP2"))
    revises(room, "VIE", proposal, "a careful keeper")
    assert "[an owner] (-VIE) [a careful keeper] (+VIE);" in room.prints("PP2")


def test_only_the_tabler_revises_or_the_secretariat_as_heard(room: Room, tabled: UUID) -> None:
    for code in ("IND", "CHAIR", "BIRDS", "VIE.adviser"):
        with pytest.raises(NotAllowed):
            revises(room, code, tabled, "and every tyre")
    event = revises(room, "Secretariat", tabled, "and every tyre")
    assert (event.actor_code, event.on_behalf_of) == ("Secretariat", "VIE")


def test_words_read_from_paper_have_no_tabler_to_revise_them(room: Room) -> None:
    with pytest.raises(OriginUnknown):
        revises(room, "IND", room.bracket("PP1.1").proposal_id, "jingle and")


def test_words_that_should_go_are_not_revised(room: Room) -> None:
    proposal = proposal_of(room.deletes("VIE", "every", "every", in_="PP2"))
    with pytest.raises(NotAllowed):
        revises(room, "VIE", proposal, "each")


def test_a_deletion_of_proposed_words_does_not_make_them_its_own(room: Room, tabled: UUID) -> None:
    proposal = proposal_of(room.deletes("IND", "tyre", "tyre", in_="PP2"))
    with pytest.raises(NotAllowed):
        revises(room, "IND", proposal, "wheel")


def test_words_with_others_brackets_inside_are_not_revised(room: Room, tabled: UUID) -> None:
    room.deletes("IND", "tyre", "tyre", in_="PP2")
    with pytest.raises(CannotBracket):
        revises(room, "VIE", tabled, "and every tyre")
    assert "[and [tyre] (-IND)] (+VIE)" in room.prints("PP2")


@pytest.mark.parametrize(
    ("text", "refusal"), [("and tyre", CannotBracket), ("[x]", CannotBracket), ("a\u200bb", NotPlain)]
)
def test_a_revision_needs_other_plain_words(room: Room, tabled: UUID, text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        revises(room, "VIE", tabled, text)


def test_a_revision_of_words_that_moved_meanwhile_is_a_conflict(room: Room, tabled: UUID) -> None:
    seen = room.seq
    revises(room, "VIE", tabled, "and every tyre")
    with pytest.raises(TextMoved):
        revises(room, "VIE", tabled, "and wheel", seen=seen)
    with pytest.raises(TextMoved):
        revises(room, "VIE", tabled, "and wheel", seen=Exact(seen))


def test_a_position_on_the_earlier_words_is_not_put_on_the_new_ones(room: Room, tabled: UUID) -> None:
    seen = room.seq
    revises(room, "VIE", tabled, "and every tyre")
    with pytest.raises(TextMoved):
        room.takes("CHN", "support", on="PP2.1", seen=seen)


def test_a_settled_or_closed_room_takes_no_revision(room: Room, tabled: UUID) -> None:
    bracket = Bracket.objects.get(proposal=tabled)
    room.suspends()
    with pytest.raises(RoomClosed):
        revises(room, "VIE", tabled, "and every tyre")
    room.resumes()
    verdicts.decide(
        actor=room.actors["CHAIR"],
        negotiation_id=room.negotiation.pk,
        paragraph_id=bracket.paragraph_id,
        ways={bracket.pk: "retain"},
        seen=room.seq,
        key=room.key(),
    )
    with pytest.raises(Ended):
        revises(room, "VIE", tabled, "and every tyre")


def test_a_revision_repeated_with_its_key_is_done_once(room: Room, tabled: UUID) -> None:
    first = revises(room, "VIE", tabled, "and every tyre", key="once", reason="clearer")
    assert revises(room, "VIE", tabled, "and every tyre", key="once", reason="clearer").pk == first.pk
    assert Bracket.objects.get(proposal=tabled).worded_seq == first.seq == Paragraph.objects.get(handle="PP2").seq
    assert replay.differences() == []


def test_an_event_from_before_there_were_revisions_replays(room: Room, tabled: UUID) -> None:
    """Events that were recorded without the column leave it empty."""
    event = revises(room, "VIE", tabled, "and every tyre")
    [row] = event.payload["rows"]["negotiations_bracket"]
    del row["worded_seq"]
    projection.apply(event.payload)
    assert Bracket.objects.get(proposal=tabled).worded_seq is None
