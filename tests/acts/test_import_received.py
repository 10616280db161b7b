"""A file that was reviewed comes in as it was decided: codes, origins, agreement, names."""

import json

import pytest

from delegations.models import Alias
from documents.models import Document, Paragraph
from documents.notation import shown as showings
from documents.notation.corrections import Corrections
from documents.notation.package import read_package
from documents.notation.shown import Aside, Shown, Table, Tracked
from negotiations import intake, ledger, reading_notes
from negotiations.acts import receiving, texts
from negotiations.models import Bracket, Event, Position, Proposal, ReadingNote, ReceivedFile, UnresolvedMarker
from negotiations.models.received import ReceivedState
from negotiations.refusals import ImportedAlready, KeyUsed, NotAllowed, NotFound, NotReadYet, TooLarge
from negotiations.tasks import read_received_files
from tests.room import Room

SOURCE = """PP1. Every bell [rings] (+XYZ) (-TUR) loudly;

PP2. No bell is lost;

OP1. Bells [may] (-IND) be lent; (VIE tcb)
"""


def taken_in(room: Room, source: str = SOURCE, shown: Shown | None = None, **decided: object) -> ReceivedFile:
    """A file that was read, with what was decided about it."""
    file = receiving.receive(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, name="bells.txt", data=source.encode()
    )
    read_received_files()
    if shown is not None:
        ReceivedFile.objects.filter(pk=file.pk).update(shown=showings.to_json(shown))
    return receiving.correct(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        file_id=file.pk,
        corrections=Corrections(**decided),  # type: ignore[arg-type]
    )


def imported(room: Room, file: ReceivedFile, key: str = "") -> list[Event]:
    return texts.import_received(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, file_id=file.pk, key=key or room.key()
    )


def came_in(room: Room, source: str = SOURCE, shown: Shown | None = None, **decided: object) -> Document:
    return document_of(imported(room, taken_in(room, source, shown, **decided))[0])


def document_of(event: Event) -> Document:
    assert event.document_id is not None
    return Document.objects.get(pk=event.document_id)


def prints(room: Room, document: Document) -> list[str]:
    room.document = document
    return [room.prints(handle) for handle in room.order()]


def columns_without_ids(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    dull = ("id", "document_id", "paragraph_id", "proposal_id", "bracket_id", "on_seq", "seq", "taken_at", "tabled_at")
    return [{name: value for name, value in row.items() if name not in (*dull, "tree")} for row in rows]


def test_a_file_without_decisions_comes_in_as_the_command_brings_it_in(room: Room) -> None:
    [received] = imported(room, taken_in(room))
    [direct] = texts.import_package(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        package=read_package(SOURCE),
        name="bells",
        key=room.key(),
    )
    mine, theirs = received.payload["rows"], direct.payload["rows"]
    assert mine.keys() == theirs.keys() | {reading_notes.NOTES}  # a review reports unknown codes
    for table in (intake.PARAGRAPHS, intake.BRACKETS, intake.PROPOSALS, intake.POSITIONS, intake.UNRESOLVED):
        assert columns_without_ids(mine[table]) == columns_without_ids(theirs[table])


def test_every_row_of_an_import_has_every_column_of_its_table(room: Room) -> None:
    [event] = imported(room, taken_in(room, SOURCE + "\n\nOP1. Again (+VIE) here.\n"))
    for model in (Paragraph, Bracket, Proposal, Position, UnresolvedMarker, ReadingNote):
        rows = event.payload["rows"][model._meta.db_table]
        stored = ledger.by_table(model._default_manager.filter(pk__in=[row["id"] for row in rows]))
        by_id = {row["id"]: row for row in stored[model._meta.db_table]}
        assert [by_id[row["id"]] for row in rows] == rows


def test_a_code_that_was_mapped_is_a_position_and_prints_as_printed(room: Room) -> None:
    document = came_in(room, codes={"XYZ": "VIE"})
    assert (
        Position.objects.get(paragraph__document=document, bracket__isnull=False, stance="support").delegation.code
        == "VIE"
    )
    assert prints(room, document)[0] == "PP1. Every bell [rings] (+XYZ) (-TUR) loudly;"
    assert not UnresolvedMarker.objects.filter(paragraph__document=document).exists()


def test_a_free_spelling_that_was_mapped_is_an_alias_from_then_on(room: Room) -> None:
    document = came_in(room, codes={"XYZ": "VIE"})
    assert Alias.objects.get().delegation.code == "VIE"
    event = Event.objects.get(document_id=document.pk)
    assert event.payload["facts"]["aliases"] == {"XYZ": "VIE"}
    assert not UnresolvedMarker.objects.filter(paragraph__document=came_in(room)).exists()


def test_a_code_that_is_another_delegations_name_makes_no_alias(room: Room) -> None:
    document = came_in(room, codes={"TUR": "VIE", "IND": "", "NOT-THERE": "VIE"})
    assert not Alias.objects.exists()
    assert prints(room, document)[0] == "PP1. Every bell [rings] (+XYZ) (-TUR) loudly;"
    on_first = Position.objects.filter(paragraph__document=document, paragraph__handle="PP1")
    assert [p.delegation.code for p in on_first] == ["VIE"]


def test_a_code_that_is_to_stay_as_printed_is_listed_to_resolve(room: Room) -> None:
    document = came_in(room, codes={"IND": ""})
    marker = UnresolvedMarker.objects.get(paragraph__document=document, code="IND")
    assert (marker.raw, marker.why) == ("(-IND)", "unknown-delegation")
    assert prints(room, document)[2] == "OP1. Bells [may] (-IND) be lent; (VIE tcb)"


def test_one_delegation_under_two_spellings_has_one_position(room: Room) -> None:
    document = came_in(room, "PP1. One [two] (+VIE) (+XYZ) three.\n", codes={"XYZ": "VIE"})
    assert Position.objects.filter(paragraph__document=document).count() == 1
    assert prints(room, document) == ["PP1. One [two] (+VIE) (+XYZ) three."]


def test_origins_are_those_that_a_person_decided(room: Room) -> None:
    at = SOURCE.index("OP1")
    document = came_in(room, origins={f"{at}.1": "original"})
    origins = Bracket.objects.filter(paragraph__document=document).values_list("paragraph__handle", "origin")
    assert dict(origins) == {"PP1": "unknown", "OP1": "original"}


def test_what_the_review_asked_and_the_rows_answer_is_no_reading_note(room: Room) -> None:
    at = SOURCE.index("OP1")
    file = taken_in(room, origins={f"{at}.1": "original"})
    assert "open-origin" in {found.code for found in receiving.reading_of(file).diagnostics}
    document = document_of(imported(room, file)[0])
    assert set(ReadingNote.objects.filter(document=document).values_list("code", flat=True)) == {"unknown-delegation"}


def test_a_tracked_change_says_where_its_words_come_from_unless_a_person_says_otherwise(room: Room) -> None:
    source = "PP1. [A] (+Ann Lee) [b] (-Ann Lee) [c] (+Ann Lee) d.\n"
    tracked = (
        Tracked(source.index("[A"), "ins", "Ann Lee", None, "(+Ann Lee)"),
        Tracked(source.index("[b"), "del", "Ann Lee", None, "(-Ann Lee)"),
        Tracked(source.index("[c"), "ins", "Ann Lee", None, "(+Ann Lee)"),
    )
    document = came_in(room, source, Shown(tracked=tracked), codes={"Ann Lee": "VIE"}, origins={"0.3": "original"})
    found = Bracket.objects.filter(paragraph__document=document).order_by("number")
    assert [bracket.origin for bracket in found] == ["inserted", "original", "original"]
    assert set(Position.objects.filter(paragraph__document=document).values_list("delegation__code", flat=True)) == {
        "VIE"
    }
    assert not Alias.objects.exists(), "a person's name is nobody's alias"
    assert "Ann Lee" not in str(Event.objects.get(document_id=document.pk).payload["facts"])


def test_what_was_accepted_as_agreed_is_agreed_with_one_event_each_if_it_is_clean(room: Room) -> None:
    room.suspends()  # no session is needed
    at = {label: SOURCE.index(label) for label in ("PP1", "PP2", "OP1")}
    events = imported(room, taken_in(room, agreed=frozenset(at.values())))
    assert [event.kind for event in events] == ["document.imported", "paragraph.agreed"]
    assert events[0].payload["facts"]["not_agreed"] == ["PP1", "OP1"]
    document = document_of(events[0])
    agreement = dict(Paragraph.objects.filter(document=document).values_list("handle", "agreement"))
    assert agreement == {"PP1": "open", "PP2": "agreed_ad_ref", "OP1": "open"}


def test_a_document_without_a_title_has_the_name_it_was_given(room: Room) -> None:
    assert came_in(room, names={0: "Statement on Bells"}).name == "Statement on Bells"
    assert came_in(room).name == "bells"


def test_an_import_that_is_sent_again_is_answered_with_the_same_events(room: Room) -> None:
    file = taken_in(room, agreed=frozenset({SOURCE.index("PP2")}))
    first = imported(room, file, "once")
    assert [event.seq for event in imported(room, file, "once")] == [event.seq for event in first]
    file.refresh_from_db()
    assert (file.state, file.first_seq, file.last_seq) == ("imported", first[0].seq, first[1].seq)
    with pytest.raises(ImportedAlready):
        imported(room, file)
    with pytest.raises(KeyUsed):
        imported(room, taken_in(room), "once")


def test_an_imported_file_is_neither_corrected_nor_put_away(room: Room) -> None:
    file = taken_in(room)
    imported(room, file)
    where = {"actor": room.secretariat, "negotiation_id": room.negotiation.pk, "file_id": file.pk}
    with pytest.raises(ImportedAlready):
        receiving.correct(**where, corrections=Corrections())  # type: ignore[arg-type]
    with pytest.raises(ImportedAlready):
        receiving.put_away(**where)  # type: ignore[arg-type]


def test_what_is_not_read_yet_or_is_to_be_compared_is_not_imported(room: Room) -> None:
    file = receiving.receive(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, name="bells.txt", data=SOURCE.encode()
    )
    with pytest.raises(NotReadYet):
        imported(room, file)
    read_received_files()
    with pytest.raises(NotFound):
        texts.import_received(
            actor=room.actors["VIE"], negotiation_id=room.negotiation.pk, file_id=file.pk, key=room.key()
        )
    ReceivedFile.objects.update(revises=room.document)
    with pytest.raises(NotAllowed):
        imported(room, file)


def test_a_worker_imports_what_it_was_asked_to_under_the_same_key(room: Room) -> None:
    file = taken_in(room)
    where = {"actor": room.secretariat, "negotiation_id": room.negotiation.pk, "file_id": file.pk}
    texts.ask_for_import(**where, key="asked")  # type: ignore[arg-type]
    with pytest.raises(ImportedAlready):
        texts.ask_for_import(**where, key="twice")  # type: ignore[arg-type]
    assert read_received_files() == 1
    file.refresh_from_db()
    assert file.state == ReceivedState.IMPORTED
    assert [event.seq for event in imported(room, file, "asked")] == [file.first_seq]


def test_an_import_that_a_worker_is_refused_waits_for_review_with_the_reason(room: Room) -> None:
    file = taken_in(room)
    texts.ask_for_import(actor=room.secretariat, negotiation_id=room.negotiation.pk, file_id=file.pk, key="asked")
    ReceivedFile.objects.update(source="")
    read_received_files()
    file.refresh_from_db()
    assert (file.state, file.why) == ("read", "The file holds no paragraph to import. Nothing was changed.")


WITH_EXTRAS = """PP1. Noting the table¹ below;

Town

Bells [rung] (-TUR)

Ilva

12 (+IND)

PP2. Noting it.

¹ As [counted] (+VIE) in spring.
"""


def _extras() -> Shown:
    def at(words: str) -> tuple[int, int]:
        start = WITH_EXTRAS.index(words)
        return start, start + len(words)

    cells = ((at("Town"), at("Bells [rung] (-TUR)")), (at("Ilva"), at("12 (+IND)")))
    note = "¹ As [counted] (+VIE) in spring."
    return Shown(
        paragraphs=(0, WITH_EXTRAS.index("PP2")),
        aside=(Aside("footnote", at(note), "¹"),),
        tables=(Table((cells[0][0][0], cells[1][1][1]), cells),),
    )


def test_footnotes_and_tables_keep_every_word_every_bracket_and_every_position(room: Room) -> None:
    document = came_in(room, WITH_EXTRAS, _extras())
    assert prints(room, document) == [
        "PP1. Noting the table¹ below;",
        "Town",
        "Bells [rung] (-TUR)",
        "Ilva",
        "12 (+IND)",
        "PP2. Noting it.",
        "¹ As [counted] (+VIE) in spring.",
    ]
    handles = list(Paragraph.objects.filter(document=document).values_list("handle", "label"))
    assert handles[0] == ("PP1", "PP1")
    assert handles[-2:] == [("PP2", "PP2"), ("fn¹", "¹")]
    said = Position.objects.filter(paragraph__document=document).order_by("paragraph__place")
    assert [position.delegation.code for position in said] == ["TUR", "IND", "VIE"]
    notes = set(ReadingNote.objects.filter(document=document).values_list("code", "line"))
    assert {("table-as-paragraphs", 3), ("footnotes-at-the-end", 13)} <= notes


def test_a_text_with_more_in_it_than_an_event_can_hold_is_refused_in_words(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, before = taken_in(room, SOURCE.replace("bell", "колокол")), room.seq
    monkeypatch.setattr(ledger, "LARGEST_EVENT", 3000)
    with pytest.raises(TooLarge, match="more brackets and positions"):
        imported(room, file)
    monkeypatch.undo()
    assert room.seq == before
    assert len(imported(room, file)) == 1


def test_the_hash_of_an_event_is_that_of_its_canonical_json(room: Room) -> None:
    [event] = imported(room, taken_in(room))
    said = {
        "negotiation": str(event.negotiation_id),
        "seq": event.seq,
        "kind": event.kind,
        "at": ledger.plain(event.at),
        "person": event.person_id,
        "actor": [event.actor_code, str(event.actor_role)],
        "on_behalf_of": event.on_behalf_of,
        "session": ledger.plain(event.session_id),
        "document": ledger.plain(event.document_id),
        "paragraph": None,
        "payload": event.payload,
        "previous": event.previous_hash,
    }
    assert event.hash == ledger.digest(json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")))
