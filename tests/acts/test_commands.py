"""Commands for those who run the house."""

import pytest
from django.core.management import CommandError, call_command

from negotiations.models import Position
from tests.room import Room


def test_the_doctor_names_the_role_that_could_empty_the_ledger(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    """Tests connect as the owner: that is the one thing to report."""
    with pytest.raises(CommandError, match="1 thing"):
        call_command("doctor")
    assert "may empty the ledger" in capsys.readouterr().out


def test_the_doctor_finds_a_row_that_was_changed_by_hand(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    Position.objects.update(stance="tcb", reservation=False)
    with pytest.raises(CommandError, match="2 thing"):
        call_command("doctor")
    assert "not what the ledger holds" in capsys.readouterr().out


def test_importing_into_an_unknown_negotiation_names_the_known_ones(room: Room) -> None:
    with pytest.raises(CommandError, match=room.negotiation.slug):
        call_command("import_podium", __file__, "--negotiation", "nowhere")
