"""Who may do what, role by role: every right against every seat."""

from collections.abc import Callable

import pytest

from delegations.actor import Actor
from delegations.models import Delegation, Kind, Role
from negotiations import may
from negotiations.models import Negotiation, Session
from negotiations.refusals import NotAllowed, NotFound, Refusal, RoomClosed

OWN = Delegation(code="VIE", kind=Kind.MEMBER)
ANOTHER = Delegation(code="IND", kind=Kind.MEMBER)
WATCHING = Delegation(code="BIRDS", kind=Kind.OBSERVER)

SEATS = {
    "head": Actor(1, OWN, Role.HEAD),
    "delegate": Actor(2, OWN, Role.DELEGATE),
    "adviser": Actor(3, OWN, Role.ADVISER),
    "member's observer": Actor(4, OWN, Role.OBSERVER),
    "observer": Actor(5, WATCHING, Role.OBSERVER),
    "observer's delegate": Actor(6, WATCHING, Role.DELEGATE),
    "chair": Actor(7, Delegation(code="CHAIR", kind=Kind.CHAIR), Role.DELEGATE),
    "chair's adviser": Actor(8, Delegation(code="CHAIR", kind=Kind.CHAIR), Role.ADVISER),
    "secretariat": Actor(9, Delegation(code="Secretariat", kind=Kind.SECRETARIAT), Role.DELEGATE),
    "secretariat's adviser": Actor(10, Delegation(code="Secretariat", kind=Kind.SECRETARIAT), Role.ADVISER),
}
RIGHTS: dict[str, tuple[Callable[[Actor], None], set[str]]] = {
    "speak for one's own": (
        lambda actor: may.speak_for(actor, actor.delegation),
        {"head", "delegate", "chair", "secretariat"},
    ),
    "speak for another member": (lambda actor: may.speak_for(actor, ANOTHER), {"secretariat"}),
    "speak for an observer": (lambda actor: may.speak_for(actor, WATCHING), set()),
    "hold the pen": (may.hold_the_pen, {"chair", "secretariat"}),
    "import texts": (may.import_texts, {"secretariat"}),
    "have a desk": (
        may.have_a_desk,
        {"head", "delegate", "adviser", "chair", "chair's adviser", "secretariat", "secretariat's adviser"},
    ),
}


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize("right", RIGHTS)
def test_each_seat_has_its_rights_and_no_other(right: str, seat: str) -> None:
    check, seats = RIGHTS[right]
    if seat in seats:
        check(SEATS[seat])
        return
    with pytest.raises((NotAllowed, NotFound)) as refused:
        check(SEATS[seat])
    assert len(str(refused.value)) > 20  # a reason that a delegate can read


def refused(check: Callable[[], None]) -> type[Refusal] | None:
    try:
        check()
    except Refusal as refusal:
        return type(refusal)
    return None


def test_outside_a_sitting_nothing_is_tabled_and_positions_only_where_the_negotiation_takes_them_in_writing() -> None:
    strict, written = Negotiation(), Negotiation(written_positions=True)
    assert refused(lambda: may.be_heard(None)) is RoomClosed
    assert refused(lambda: may.be_heard(Session())) is None
    assert refused(lambda: may.be_heard_on_a_position(None, strict)) is RoomClosed
    assert refused(lambda: may.be_heard_on_a_position(None, written)) is None
    assert refused(lambda: may.be_heard_on_a_position(Session(), strict)) is None
