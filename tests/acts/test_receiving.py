"""Files come in, are read by a worker, are decided upon, and are put away."""

import pytest

from documents.notation.corrections import Corrections
from negotiations.acts import receiving
from negotiations.models import ReceivedFile
from negotiations.refusals import EmptyFile, NotAllowed, NotFound, NotPlain, NotReadYet, TooLarge
from negotiations.tasks import read_received_files
from tests.room import TEXT, Room


def receive(
    room: Room, data: bytes = TEXT.encode(), name: str = "bells.txt", code: str = "Secretariat"
) -> ReceivedFile:
    return receiving.receive(actor=room.actors[code], negotiation_id=room.negotiation.pk, name=name, data=data)


def again(room: Room, file: ReceivedFile, code: str = "Secretariat") -> ReceivedFile:
    return receiving.received(actor=room.actors[code], negotiation_id=room.negotiation.pk, file_id=file.pk)


def correct(room: Room, file: ReceivedFile, **decided: object) -> ReceivedFile:
    return receiving.correct(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        file_id=file.pk,
        corrections=Corrections(**decided),  # type: ignore[arg-type]
    )


def test_a_file_waits_is_read_and_waits_for_review(room: Room) -> None:
    file = receive(room)
    assert again(room, file).state == "waiting"
    assert read_received_files() == 1
    file = again(room, file)
    assert (file.state, file.kind, file.source, file.why) == ("read", "text", TEXT, "")
    assert file.counts["documents"] == 1
    assert file.counts["brackets"] == 6
    assert [p.label for p in receiving.reading_of(file).documents[0].paragraphs][1:3] == ["PP1", "PP2"]


def test_a_file_that_is_no_text_is_refused_in_words(room: Room) -> None:
    file = receive(room, b"\x89PNG and so on", "picture.txt")
    read_received_files()
    file = again(room, file)
    assert file.state == "refused"
    assert file.why == "This cannot be read: it is a picture, not a text."
    with pytest.raises(NotReadYet):
        correct(room, file)


def test_nothing_and_too_much_are_refused_at_the_door(room: Room, settings: object) -> None:
    with pytest.raises(EmptyFile):
        receive(room, b" \n")
    settings.MAX_UPLOAD_BYTES = 20  # type: ignore[attr-defined]
    with pytest.raises(TooLarge):
        receive(room)
    assert not ReceivedFile.objects.exists()


def test_only_the_secretariat_receives_and_nobody_else_sees_what_it_received(room: Room) -> None:
    with pytest.raises(NotAllowed):
        receive(room, code="VIE")
    file = receive(room)
    for code in ("VIE", "CHAIR", "BIRDS"):
        with pytest.raises(NotFound):
            again(room, file, code)
    elsewhere = Room.opened()
    with pytest.raises(NotFound):
        receiving.received(actor=room.secretariat, negotiation_id=elsewhere.negotiation.pk, file_id=file.pk)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("C:\\papers\\bells.txt", "bells.txt"), ("a\u202eb\x00.txt", "ab.txt"), ("", "text"), ("x" * 400 + ".docx", None)],
)
def test_a_name_is_kept_without_folders_and_without_what_cannot_be_seen(room: Room, sent: str, kept: str) -> None:
    name = receive(room, name=sent).name
    assert name == kept if kept else len(name) == 255 and name.endswith(".docx")


def test_a_reader_that_fails_three_times_over_is_not_asked_again(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(data: bytes, name: str) -> None:
        raise MemoryError

    monkeypatch.setattr(receiving, "_taken", stops)
    file = receive(room)
    for tries in range(1, 5):
        ReceivedFile.objects.update(leased_until=None)
        read_received_files()
        assert again(room, file).tries == tries
    file = again(room, file)
    assert (file.state, file.why) == ("refused", "The reader stopped on it 3 times. The file may be damaged.")


def test_a_reader_that_was_given_up_changes_nothing(room: Room) -> None:
    file = receive(room)
    late = receiving.claim()
    ReceivedFile.objects.update(leased_until=None)
    in_time = receiving.claim()
    assert late is not None
    assert in_time is not None
    receiving.read(late)
    assert again(room, file).state == "waiting"
    receiving.read(in_time)
    assert again(room, file).state == "read"


def test_decisions_are_kept_and_change_how_the_file_reads(room: Room) -> None:
    file = receive(room)
    read_received_files()
    at = TEXT.index("PP2")
    correct(room, file, kinds={at: "item"}, codes={"XYZ": "VIE"}, agreed=frozenset({at}))
    [pp2] = [p for p in receiving.reading_of(again(room, file)).documents[0].paragraphs if p.src[0] == at]
    assert (pp2.kind, pp2.agreed) == ("item", True)
    correct(room, file)
    [pp2] = [p for p in receiving.reading_of(again(room, file)).documents[0].paragraphs if p.src[0] == at]
    assert (pp2.kind, pp2.agreed) == ("preambular", False)


def test_a_decision_that_cannot_be_is_refused(room: Room) -> None:
    file = receive(room)
    read_received_files()
    with pytest.raises(NotAllowed):
        correct(room, file, codes={"XYZ": "NOBODY"})
    with pytest.raises(NotPlain):
        correct(room, file, names={0: "Bells\u200b"})
    assert again(room, file).corrections == {}


def test_a_file_that_is_put_away_is_gone_with_everything_read_of_it(room: Room) -> None:
    file = receive(room)
    receiving.put_away(actor=room.secretariat, negotiation_id=room.negotiation.pk, file_id=file.pk)
    assert not ReceivedFile.objects.exists()
    assert read_received_files() == 0
