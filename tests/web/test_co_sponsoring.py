"""Co-sponsoring in the panel of a bracket: whose names stand there, and what each button would do."""

from uuid import UUID

import pytest

from negotiations.models import CoSponsor
from tests.room import Room, proposal_of
from tests.web.visiting import PARTIAL, hidden, signed_in, url


@pytest.fixture
def tabled(room: Room) -> UUID:
    return proposal_of(room.inserts("VIE", "and tyre", after="bell", in_="PP2"))


def panel(room: Room, code: str) -> str:
    return signed_in(room, code).get(url(room, "bracket", room.bracket("PP2.1").pk)).content.decode()


def test_a_delegation_joins_and_leaves_in_the_panel(room: Room, tabled: UUID) -> None:
    client, at = signed_in(room, "IND"), url(room, "co-sponsor", tabled)
    page = panel(room, "IND")
    assert "Co-sponsor this proposal" in page
    shown = client.post(at, {**hidden(page), "action": "join"}, headers=PARTIAL).content.decode()
    assert "with Ind" in shown
    assert "Take our name off" in shown
    assert "[and tyre] (+VIE) (+IND)" in room.prints("PP2")
    client.post(at, {**hidden(shown), "action": "leave"}, headers=PARTIAL)
    assert not CoSponsor.objects.exists()


def test_withdrawing_says_to_whom_the_proposal_would_pass(room: Room, tabled: UUID) -> None:
    assert "the text is again what it was before" in panel(room, "VIE")
    signed_in(room, "IND").post(url(room, "co-sponsor", tabled), {"seen": room.seq, "key": "k", "action": "join"})
    assert "it passes to Ind; our signs go" in panel(room, "VIE")


def test_neither_the_tabler_nor_chair_nor_observer_is_offered_to_join(room: Room, tabled: UUID) -> None:
    for code in ("VIE", "CHAIR", "Secretariat", "BIRDS", "VIE.adviser"):
        assert "Co-sponsor this proposal" not in panel(room, code)


def test_a_refused_co_sponsor_reads_why(room: Room, tabled: UUID) -> None:
    answer = signed_in(room, "CHAIR").post(url(room, "co-sponsor", tabled), {"seen": room.seq, "key": "k"})
    assert answer.status_code == 403
    assert "Members co-sponsor" in answer.content.decode()
