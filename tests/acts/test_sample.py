"""The sample that every installation begins with: who sits there, what is printed, that it comes back as it was."""

import stat
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from delegations.models import Alias, Delegate, Delegation
from documents.models import Document, Paragraph
from documents.notation.contents import Package, ReadParagraph, all_markers
from documents.notation.package import read_package
from negotiations.models import Bracket, CoveringNote, Negotiation, Position, ReadingNote, UnresolvedMarker
from negotiations.reading_notes import ANSWERED_BY_ROWS
from negotiations.sample import load

PASSPHRASE = "a passphrase of the tests"


@pytest.fixture
def sample(db: None) -> Negotiation:
    load.load(PASSPHRASE)
    return Negotiation.objects.get(slug=load.SLUG)


@pytest.fixture(scope="module")
def package() -> Package:
    """The text, read with the codes and aliases of the table."""
    known = {code for seat in load.seats() for code in (seat.code, *seat.aliases)}
    return read_package(load.TEXT.read_text(encoding="utf-8"), known_codes=known)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_seat_of_the_table_is_taken(sample: Negotiation) -> None:
    seated = Delegation.objects.filter(pk__in=sample.participations.values("delegation"))
    kinds = list(seated.values_list("kind", flat=True))
    assert {kind: kinds.count(kind) for kind in kinds} == {"member": 27, "observer": 3, "chair": 1, "secretariat": 1}
    assert not seated.filter(name_ru="").exists()
    assert not seated.filter(name_kk="").exists()
    assert Delegate.objects.count() == len(load.seats()) == 63


def test_every_member_has_one_head_and_only_observers_observe(sample: Negotiation) -> None:
    for delegation in Delegation.objects.all():
        roles = sorted(Delegate.objects.filter(delegation=delegation).values_list("role", flat=True))
        if delegation.is_member:
            assert roles.count("head") == 1
            assert set(roles) <= {"head", "delegate", "adviser"}
        else:
            assert set(roles) == {"observer" if delegation.kind == "observer" else "delegate"}


def test_loading_the_sample_twice_changes_nothing(sample: Negotiation) -> None:
    Delegate.objects.filter(email="evr@lanterns.example").update(is_active=False)
    again = load.load("another one")
    assert Negotiation.objects.filter(is_sample=True).count() == 1
    assert "evr@lanterns.example" not in {account.email for account in again}
    assert Delegate.objects.count() == 63
    assert Delegate.objects.get(email="chair@lanterns.example").check_password(PASSPHRASE)


def test_a_text_that_cannot_be_read_leaves_nobody_seated(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "TEXT", tmp_path / "gone.txt")
    with pytest.raises(FileNotFoundError):
        load.load(PASSPHRASE)
    assert not Delegation.objects.exists()
    assert not Delegate.objects.exists()


def test_the_command_prints_a_few_accounts_and_keeps_the_list_of_all(
    db: None, tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.VAR_DIR = tmp_path
    call_command("load_sample")
    said = capsys.readouterr().out
    printed = [line.split()[0] for line in said.splitlines() if line.startswith("  ")]
    assert printed == [f"{who}@lanterns.example" for who in ("secretariat", "chair", "evr", "halv", "heron")]
    listed = tmp_path / "sample-accounts.txt"
    assert f"All 63 accounts are listed in {listed}." in said
    assert [line.split()[0] for line in listed.read_text().splitlines()] == [seat.email for seat in load.seats()]
    passphrase = tmp_path / "sample-passphrase"
    assert passphrase.read_text().strip() not in listed.read_text()
    assert [stat.S_IMODE(file.stat().st_mode) for file in (listed, passphrase)] == [0o600, 0o600]


def test_the_sample_is_refused_under_production_settings(db: None, settings: Settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not loaded under production settings"):
        call_command("load_sample")
    assert not Delegate.objects.exists()


# --- The text ---


def test_the_sample_comes_back_character_for_character(
    sample: Negotiation, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    capfdbinary.readouterr()
    call_command("export_podium", sample.slug)
    assert squeezed(capfdbinary.readouterr().out.decode()) == squeezed(load.TEXT.read_text(encoding="utf-8"))


def test_every_row_of_the_sample_finds_its_place(sample: Negotiation) -> None:
    found = [
        Paragraph.objects.filter(document=document).count()
        for document in Document.objects.order_by("agenda_item__place")
    ]
    assert found == [30, 51, 46, 21]
    assert (Bracket.objects.count(), Position.objects.count()) == (160, 375)
    assert [marker.raw for marker in UnresolvedMarker.objects.all()] == ["(GOSM: subject to the tide)"]
    assert Counter(ReadingNote.objects.values_list("code", flat=True)) == {
        "unopened-parenthesis": 1,
        "stray-punctuation": 1,
        "doubled-brackets": 1,
        "label-gap": 1,
    }


def test_the_covering_note_names_the_four_documents_in_three_languages(sample: Negotiation) -> None:
    note = CoveringNote.objects.get().text
    lines = [line for line in note.splitlines() if line.startswith("- ")]
    assert len(lines) == 12
    titles = [
        " ".join((document.title or "").split()).casefold()
        for document in Document.objects.order_by("agenda_item__place")
    ]
    english = [
        " ".join(words.split()).casefold() for words in note.split("This is an invented sample.")[0].split("- ")[1:]
    ]
    assert [words.rstrip(".;").removesuffix("; and") for words in english] == titles
    for word in ("invented", "вымышленный", "ойдан шығарылған"):
        assert word in note


def test_only_the_slips_that_are_meant_are_reported(package: Package) -> None:
    """An unknown code would be reported too: the table knows every code of the text. What the review asks is no slip."""
    assert [found.code for found in package.diagnostics if found.code not in ANSWERED_BY_ROWS] == [
        "unopened-parenthesis",
        "stray-punctuation",
        "doubled-brackets",
        "label-gap",
    ]


def test_every_member_speaks_and_no_observer_does(sample: Negotiation) -> None:
    spoke = {position.delegation.code for position in Position.objects.select_related("delegation")}
    members = set(Delegation.objects.filter(kind="member").values_list("code", flat=True))
    assert spoke == members | {"CHAIR", "Secretariat"}


def test_every_alias_that_texts_print_is_read(package: Package, sample: Negotiation) -> None:
    printed = {marker.delegation for paragraph in _paragraphs(package) for marker in all_markers(paragraph.reading)}
    assert printed & set(Alias.objects.values_list("code", flat=True)) == {"HALVEN", "SEVENBR", "ЗЕФРА", "ЭВРИН"}


def test_every_form_of_the_notation_occurs(package: Package) -> None:
    paragraphs = _paragraphs(package)
    spans = [span for paragraph in paragraphs for span in paragraph.reading.spans]
    stances = {marker.stance for paragraph in paragraphs for marker in all_markers(paragraph.reading)}
    assert stances == {"support", "oppose", "tcb", "keep_original", "reservation", "other"}
    assert {span.depth for span in spans} == {1, 2, 3}
    assert any(not span.markers for span in spans)
    assert any(paragraph.reading.markers for paragraph in paragraphs)
    assert any(
        paragraph.reading.text[span.open : span.close + 1] == "[.]"
        for paragraph in paragraphs
        for span in paragraph.reading.spans
    )
    assert {paragraph.kind for paragraph in paragraphs} == {
        *("chapeau", "preambular", "operative", "item", "section_heading", "formula", "paragraph")
    }
    labels = {paragraph.label for paragraph in paragraphs}
    assert labels >= {
        "PP5a",
        "PP5b altern",
        "Alt",
        "5a",
        "5 bis",
        "3 altern",
        "3 bis",
        "Pillar IV",
        "Article 9",
        "(d)",
        None,
    }
    assert sum(paragraph.alternative_to is not None for paragraph in paragraphs) == 7


def _paragraphs(package: Package) -> list[ReadParagraph]:
    return [paragraph for document in package.documents for paragraph in document.paragraphs]
