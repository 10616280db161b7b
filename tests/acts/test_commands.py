"""Commands for those who run the house."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from delegations.models import Delegate, Delegation
from negotiations.models import Negotiation, Position
from tests.room import Room

ROLL = """code,kind,name_en,name_kk,aliases,email,person,role
VIE,,Viet Nam,Вьетнам,VN ВЬЕ,vie@bells.example,Head of Viet Nam,head
VIE,,,,,vie-2@bells.example,,adviser
BIRDS,observer,Birds,,,birds@bells.example,,
Secretariat,secretariat,Secretariat,,,pen@bells.example,,
"""


def founds(tmp_path: Path, roll: str) -> None:
    (tmp_path / "roll.csv").write_text(roll, encoding="utf-8")
    call_command("found_negotiation", "bells", "--title", "Bells", "--delegations", str(tmp_path / "roll.csv"))


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


def test_a_negotiation_is_founded_from_a_table_of_its_people(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    founds(tmp_path, ROLL)
    said = capsys.readouterr().out
    seats = Negotiation.objects.get(slug="bells").participations.values_list("delegation__code", flat=True)
    assert set(seats) == {"VIE", "BIRDS", "Secretariat"}
    assert {alias.code for alias in Delegation.objects.get(code="VIE").aliases.all()} == {"VN", "ВЬЕ"}
    people = {person.email: person for person in Delegate.objects.all()}
    assert [people[f"{who}@bells.example"].role for who in ("vie", "vie-2", "birds")] == ["head", "adviser", "observer"]
    for person in people.values():
        [line] = [line for line in said.splitlines() if line.split()[:1] == [person.email]]
        assert person.check_password(line.split()[-1])


def test_people_of_the_house_keep_their_passphrase_in_a_second_negotiation(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    founds(tmp_path, ROLL)
    before = Delegate.objects.get(email="vie@bells.example").password
    call_command("found_negotiation", "horns", "--title", "Horns", "--delegations", str(tmp_path / "roll.csv"))
    assert Delegate.objects.get(email="vie@bells.example").password == before
    assert Negotiation.objects.count() == 2
    assert "as before" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("roll", "why"),
    [
        ("delegation,email\nVIE,vie@bells.example\n", "line 1: .*Unknown: delegation"),
        (ROLL.replace("birds@bells.example", "birds"), "line 4: "),
        (ROLL.replace("VIE,,,,,vie-2", "VIE,observer,,,,vie-2"), "line 3: VIE is on record as Member"),
        (ROLL.replace("Secretariat,,,pen", "Secretariat,,VN,pen"), "line 5: VN stands for another delegation"),
        (ROLL.replace("BIRDS,observer", "БИРДС,observer"), "line 4: A house code"),
        (ROLL.replace("Viet Nam,В", "Viet, Nam,В"), "line 2: "),
        (ROLL.rsplit("Secretariat,sec", 1)[0], "nobody of the Secretariat"),
    ],
)
def test_a_table_with_a_fault_founds_nothing_and_names_the_line(db: None, tmp_path: Path, roll: str, why: str) -> None:
    with pytest.raises(CommandError, match=why):
        founds(tmp_path, roll)
    assert not Negotiation.objects.exists()
    assert not Delegate.objects.exists()
