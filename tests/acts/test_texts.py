"""Texts come in as printed and go out as printed."""

from pathlib import Path

import pytest
from django.core.management import call_command

from documents.models import Document, Paragraph
from documents.notation.contents import Package
from documents.notation.package import read_package
from negotiations.acts import texts
from negotiations.models import Bracket, Negotiation, Position, UnresolvedMarker
from negotiations.refusals import NotAllowed, NothingRead
from tests.room import TEXT, Room


def squeezed(text: str) -> str:
    return "".join(text.split())


def exported(negotiation: Negotiation, capfdbinary: pytest.CaptureFixture[bytes]) -> str:
    capfdbinary.readouterr()
    call_command("export_podium", negotiation.slug)
    return capfdbinary.readouterr().out.decode()


def without_furniture(package: Package) -> str:
    source = package.source
    for document in package.documents:
        for artefact in reversed(document.artefacts):
            source = source[: artefact.src[0]] + source[artefact.src[1] :]
    return source


def test_export_right_after_import_gives_the_source_back(room: Room, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert squeezed(exported(room.negotiation, capfdbinary)) == squeezed(TEXT)


def test_the_real_package_comes_back_character_for_character(
    db: None, real_file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    room = Room.opened("PP1. A text that was there before.\n")
    source = real_file.read_text(encoding="utf-8")
    package = read_package(source)
    texts.import_package(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, package=package, name="real", key="real"
    )
    assert squeezed(exported(room.negotiation, capfdbinary)).endswith(squeezed(without_furniture(package)))
    assert Document.objects.exclude(pk=room.document.pk).count() == 4
    assert Paragraph.objects.exclude(document=room.document).count() == 120
    assert Bracket.objects.count() == 51


def test_brackets_from_paper_are_of_unknown_origin_and_nothing_is_agreed(room: Room) -> None:
    assert set(Bracket.objects.values_list("origin", flat=True)) == {"unknown"}
    assert set(Paragraph.objects.values_list("agreement", flat=True)) == {"open"}


def test_crossed_neighbours_become_one_replacement(room: Room) -> None:
    out, new = room.bracket("OP1.1"), room.bracket("OP1.2")
    assert (out.proposal_id, out.side, new.side, out.proposal.kind) == (new.proposal_id, "out", "in", "replacement")


@pytest.mark.parametrize(
    ("printed", "sides"),
    [
        ("[oil] (-IND) [polish] (+IND)", ("out", "in")),
        ("[polish] (+IND) [oil] (-IND)", ("in", "out")),
        ("[oil] (-IND) (+VIE) [polish] (+IND) (-VIE)", ("out", "in")),
    ],
)
def test_of_crossed_neighbours_the_one_goes_that_whoever_crosses_them_wants_to_go(
    db: None, printed: str, sides: tuple[str, str]
) -> None:
    room = Room.opened(f"OP1. Each town shall {printed} its bells.\n")
    assert (room.bracket("OP1.1").side, room.bracket("OP1.2").side) == sides


def test_an_unknown_code_is_kept_as_printed_and_listed(db: None, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    room = Room.opened("PP1. One [two] (+XYZ) three.\n")
    marker = UnresolvedMarker.objects.get()
    assert (marker.raw, marker.why) == ("(+XYZ)", "unknown-delegation")
    assert room.prints("PP1") == "PP1. One [two] (+XYZ) three."


def test_a_delegation_on_both_sides_has_said_neither(db: None) -> None:
    room = Room.opened("PP1. One [two] (+VIE) (-VIE) (+IND) three.\n")
    assert [p.delegation.code for p in Position.objects.select_related("delegation")] == ["IND"]
    assert room.prints("PP1") == "PP1. One [two] (+VIE) (-VIE) (+IND) three."
    room.takes("VIE", "oppose", on="PP1.1")
    assert room.prints("PP1") == "PP1. One [two] (+IND) (-VIE) three."
    assert not UnresolvedMarker.objects.exists()


def test_an_orphaned_marker_stays_in_the_wording_and_is_listed(db: None) -> None:
    room = Room.opened("PP1. One (+VIE) two.\n")
    assert room.prints("PP1") == "PP1. One (+VIE) two."
    assert UnresolvedMarker.objects.get().why == "orphan-marker"


def test_an_alias_is_read_and_printed_as_in_the_source(room: Room) -> None:
    room.actors["VIE"].delegation.aliases.create(code="ВЬЕ")
    package = read_package("PP1. One [two] (+ВЬЕ).\n")
    texts.import_package(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, package=package, name="second", key=room.key()
    )
    assert Position.objects.filter(delegation__code="VIE", paragraph__document__name="second").count() == 1


def test_only_the_secretariat_imports_also_between_sessions(room: Room) -> None:
    room.suspends()
    package = read_package("PP1. One.\n")
    bring = {"negotiation_id": room.negotiation.pk, "package": package, "name": "more"}
    with pytest.raises(NotAllowed):
        texts.import_package(actor=room.actors["VIE"], **bring, key=room.key())  # type: ignore[arg-type]
    assert len(texts.import_package(actor=room.secretariat, **bring, key=room.key())) == 1  # type: ignore[arg-type]


def test_a_file_without_a_paragraph_changes_nothing(room: Room) -> None:
    before = room.seq
    with pytest.raises(NothingRead):
        texts.import_package(
            actor=room.secretariat,
            negotiation_id=room.negotiation.pk,
            package=read_package(" \n"),
            name="nothing",
            key=room.key(),
        )
    assert room.seq == before
