"""Co-sponsoring: whose names stand under a proposal, and what becomes of it when one of them leaves."""

from uuid import UUID

import pytest

from negotiations import replay
from negotiations.acts import sponsors
from negotiations.models import CoSponsor, Event, Position, Proposal
from negotiations.refusals import Ended, NotAllowed, NothingToWithdraw, RoomClosed, TextMoved
from negotiations.room import Exact
from tests.room import Room, proposal_of


@pytest.fixture
def tabled(room: Room) -> UUID:
    """``every bell has [an owner] (-VIE) [a keeper] (+VIE);``"""
    return proposal_of(room.replaces("VIE", "an", "owner", "a keeper", in_="PP2"))


def joins(room: Room, code: str, proposal: UUID, **more: object) -> Event:
    return sponsors.co_sponsor(
        actor=room.actors[code],
        negotiation_id=room.negotiation.pk,
        proposal_id=proposal,
        seen=more.pop("seen", room.seq),  # type: ignore[arg-type]
        key=str(more.pop("key", room.key())),
        **more,  # type: ignore[arg-type]
    )


def leaves(room: Room, code: str, proposal: UUID) -> Event:
    return sponsors.leave(
        actor=room.actors[code], negotiation_id=room.negotiation.pk, proposal_id=proposal, key=room.key()
    )


def names(proposal: UUID) -> list[str]:
    return list(CoSponsor.objects.filter(proposal=proposal).values_list("delegation__code", flat=True))


def test_a_co_sponsor_prints_the_tablers_signs(room: Room, tabled: UUID) -> None:
    joins(room, "IND", tabled)
    assert "[an owner] (-VIE) (-IND) [a keeper] (+VIE) (+IND);" in room.prints("PP2")
    assert names(tabled) == ["IND"]


def test_whoever_leaves_keeps_its_signs_until_it_changes_them(room: Room, tabled: UUID) -> None:
    joins(room, "IND", tabled)
    leaves(room, "IND", tabled)
    assert names(tabled) == []
    assert "[a keeper] (+VIE) (+IND);" in room.prints("PP2")
    with pytest.raises(NothingToWithdraw):
        leaves(room, "IND", tabled)


def test_a_proposal_with_co_sponsors_is_not_withdrawn_but_passes_to_the_first(room: Room, tabled: UUID) -> None:
    joins(room, "TUR", tabled)
    joins(room, "IND", tabled)
    event = room.withdraws("VIE", tabled, key="once")
    assert room.withdraws("VIE", tabled, key="once").pk == event.pk
    assert (event.kind, event.payload["facts"]) == ("proposal.handed_on", {"to": "TUR"})
    assert "[an owner] (-TUR) (-IND) [a keeper] (+TUR) (+IND);" in room.prints("PP2")
    assert Proposal.objects.get(pk=tabled).tabled_by == room.actors["TUR"].delegation
    assert names(tabled) == ["IND"]
    room.withdraws("TUR", tabled)
    room.withdraws("IND", tabled)
    assert room.prints("PP2") == "PP2. Noting that every bell has an owner;"
    assert replay.differences() == []


def test_a_name_stands_once_and_not_under_ones_own(room: Room, tabled: UUID) -> None:
    joins(room, "IND", tabled)
    for code in ("IND", "VIE"):
        with pytest.raises(NotAllowed):
            joins(room, code, tabled)


def test_only_members_co_sponsor(room: Room, tabled: UUID) -> None:
    for code in ("CHAIR", "Secretariat", "BIRDS", "VIE.adviser"):
        with pytest.raises(NotAllowed):
            joins(room, code, tabled)
    joins(room, "Secretariat", tabled, on_behalf_of=room.actors["CHN"].delegation)
    assert Position.objects.filter(bracket__proposal=tabled, delegation__code="CHN", heard="as_heard").count() == 2


def test_nobody_can_tell_who_would_be_joined_on_paper(room: Room) -> None:
    with pytest.raises(NotAllowed):
        joins(room, "CHN", room.bracket("PP1.1").proposal_id)


def test_a_settled_proposal_or_a_closed_room_takes_no_name(room: Room, tabled: UUID) -> None:
    room.suspends()
    with pytest.raises(RoomClosed):
        joins(room, "IND", tabled)
    room.resumes()
    room.withdraws("VIE", tabled)
    with pytest.raises(Ended):
        joins(room, "IND", tabled)


def test_a_name_is_put_to_the_words_that_were_seen(room: Room, tabled: UUID) -> None:
    with pytest.raises(TextMoved):
        joins(room, "IND", tabled, seen=Exact(room.paragraph("PP2").seq - 1))
    first = joins(room, "IND", tabled, seen=Exact(room.paragraph("PP2").seq), key="once")
    assert room.paragraph("PP2").seq == first.seq  # what was read of the proposal is no longer all
    assert joins(room, "IND", tabled, key="once").pk == first.pk
