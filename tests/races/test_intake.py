"""Files and workers: each file is read by one worker at a time, imported once, and taken back or built on, never both."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from documents.models import Document
from documents.notation.corrections import Corrections
from negotiations import intake, ledger, replay
from negotiations.acts import positions, receiving, texts
from negotiations.acts.positions import Target
from negotiations.models import Event, Position, ReceivedFile
from negotiations.models.wording import Stance
from negotiations.refusals import ImportedAlready, NotFound, NotTakenBack
from negotiations.tasks import read_received_files, sweep_jobs
from tests.acts.test_import_received import SOURCE, document_of, imported, taken_in
from tests.races.at_once import WRITERS, at_once
from tests.room import Room

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hot() -> Room:
    return Room.opened()


def receive(room: Room, count: int) -> list[ReceivedFile]:
    return [
        receiving.receive(
            actor=room.secretariat, negotiation_id=room.negotiation.pk, name=f"{n}.txt", data=SOURCE.encode()
        )
        for n in range(count)
    ]


def test_eight_workers_claim_each_file_once(hot: Room) -> None:
    files = receive(hot, 5)
    claimed = [file for file in at_once(WRITERS, lambda _: receiving.claim()) if file is not None]
    assert sorted(file.pk for file in claimed) == sorted(file.pk for file in files)
    assert receiving.claim() is None


def test_workers_at_once_read_every_file_to_the_end(hot: Room) -> None:
    receive(hot, 4)
    assert sum(at_once(2, lambda _: read_received_files())) == 4
    assert set(ReceivedFile.objects.values_list("state", "source")) == {("read", SOURCE)}


def test_a_file_whose_worker_died_is_taken_up_again_when_its_lease_has_run_out(hot: Room) -> None:
    [file] = receive(hot, 1)
    assert receiving.claim() is not None  # by a worker that dies now
    assert sweep_jobs() == 0
    ReceivedFile.objects.filter(pk=file.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    assert sweep_jobs() == 1
    file.refresh_from_db()
    assert file.state == "read"


def test_a_file_that_is_imported_by_several_at_once_comes_in_once(hot: Room) -> None:
    file = taken_in(hot)
    answers = at_once(4, lambda number: imported(hot, file, f"key-{number}"))
    assert len([answer for answer in answers if isinstance(answer, list)]) == 1
    assert len([answer for answer in answers if isinstance(answer, ImportedAlready)]) == 3
    assert Event.objects.filter(kind="document.imported").count() == 2  # with the room's own text


def test_one_request_that_is_sent_several_times_at_once_gets_one_answer(hot: Room) -> None:
    file = taken_in(hot)
    answers = at_once(4, lambda _: [event.seq for event in imported(hot, file, "once")])
    assert len({str(answer) for answer in answers}) == 1
    assert isinstance(answers[0], list)


def test_a_decision_made_while_a_file_comes_in_waits_and_is_refused(hot: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the file would say that it came in as it never did."""
    file = taken_in(hot)
    beside: list[Any] = []

    def decide() -> None:
        where = {"actor": hot.secretariat, "negotiation_id": hot.negotiation.pk, "file_id": file.pk}
        beside.extend(at_once(1, lambda _: receiving.correct(**where, corrections=Corrections(codes={"XYZ": "VIE"}))))  # type: ignore[arg-type]

    decider = threading.Thread(target=decide)
    rows = intake.document_rows

    def in_the_middle(*args: Any) -> intake.Brought:
        decider.start()
        decider.join(timeout=0.7)
        return rows(*args)

    monkeypatch.setattr(intake, "document_rows", in_the_middle)
    imported(hot, file)
    decider.join()
    assert isinstance(beside[0], ImportedAlready)
    file.refresh_from_db()
    assert file.corrections["codes"] == {}


def test_an_import_is_taken_back_or_built_on_and_never_both(hot: Room) -> None:
    for _round in range(4):
        file = taken_in(hot)
        document = document_of(imported(hot, file)[0])
        paragraph = document.paragraphs.get(handle="PP2")

        def act(number: int, file: ReceivedFile = file, paragraph: object = paragraph) -> Event:
            if number:
                return texts.take_back_import(
                    actor=hot.secretariat, negotiation_id=hot.negotiation.pk, file_id=file.pk, key=f"back {file.pk}"
                )
            return positions.take(
                actor=hot.actors["VIE"],
                negotiation_id=hot.negotiation.pk,
                target=Target(paragraph.pk),  # type: ignore[attr-defined]
                stance=Stance.TCB,
                seen=10_000,
                key=f"take {file.pk}",
            )

        taken, went = at_once(2, act)
        if isinstance(went, NotTakenBack):
            assert Position.objects.filter(paragraph=paragraph).exists()
        else:
            assert isinstance(taken, NotFound)
            assert not Document.objects.filter(pk=document.pk).exists()
    hot.negotiation.refresh_from_db()
    assert ledger.verify(hot.negotiation) is None
    assert replay.differences() == []
