"""A real Celery worker: a suspension is issued once, whatever is sent twice, lost or late."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.embedded.valkey import EmbeddedValkey
from config.watch import Part
from documents.models import PodiumVersion, Rendition
from documents.rendering.formats import FORMATS
from negotiations import wake
from negotiations.acts import receiving, sessions
from negotiations.models import Job, ReceivedFile
from tests import product
from tests.room import TEXT, Room

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def start_worker(room: Room, redis_of_its_own: EmbeddedValkey, tmp_path: Path) -> Iterator[Callable[..., None]]:
    started: list[Part] = []

    def start(*more: str) -> None:
        command = [sys.executable, "-m", "celery", "-A", "config.celery:application", "worker", "--concurrency", "1"]
        environment = product.environment(redis_of_its_own, tmp_path)
        started.append(Part("worker", [*command, *more], environment, product.ROOT, tmp_path / "worker.log"))
        started[-1].start()

    yield start
    for worker in started:
        worker.stop()


def until_done(versions: int, patience: float = 30) -> None:
    deadline = time.monotonic() + patience
    while Job.objects.filter(done_at=None).exists() or PodiumVersion.objects.count() < versions:
        assert time.monotonic() < deadline, f"{PodiumVersion.objects.count()} of {versions} podium versions were made"
        time.sleep(0.1)


def test_a_suspension_is_issued_once_however_many_workers_are_woken_however_often(
    room: Room, start_worker: Callable[..., None]
) -> None:
    start_worker("-n", "one@%h")
    start_worker("-n", "two@%h")
    room.suspends()
    for _ in range(8):
        wake._wake_workers()
    until_done(1)
    assert PodiumVersion.objects.count() == 1
    assert Rendition.objects.count() == len(FORMATS)


def test_a_suspension_that_no_worker_heard_of_is_found_by_the_sweep(
    room: Room, redis_of_its_own: EmbeddedValkey, start_worker: Callable[..., None], tmp_path: Path
) -> None:
    redis_of_its_own.stop()
    room.suspends()  # goes on without Redis; nobody is woken
    sessions.open_session(actor=room.secretariat, negotiation_id=room.negotiation.pk, key=room.key())
    room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    redis_of_its_own.start()
    start_worker("--beat", "--schedule", str(tmp_path / "beat"))
    until_done(1)
    assert b"and tyre" not in bytes(Rendition.objects.get(format="text").body)


def until_read(file: ReceivedFile, patience: float = 30) -> None:
    deadline = time.monotonic() + patience
    while file.state == "waiting":
        assert time.monotonic() < deadline, "no worker read the file"
        time.sleep(0.1)
        file.refresh_from_db()


def test_a_file_that_comes_in_is_read_by_a_worker_that_is_woken(room: Room, start_worker: Callable[..., None]) -> None:
    start_worker("-n", "one@%h")
    file = receiving.receive(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, name="bells.txt", data=TEXT.encode()
    )
    until_read(file)
    assert (file.state, file.source) == ("read", TEXT)


def test_a_file_that_no_worker_heard_of_is_found_by_the_sweep(
    room: Room, redis_of_its_own: EmbeddedValkey, start_worker: Callable[..., None], tmp_path: Path
) -> None:
    redis_of_its_own.stop()
    file = receiving.receive(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, name="bells.txt", data=TEXT.encode()
    )
    redis_of_its_own.start()
    start_worker("--beat", "--schedule", str(tmp_path / "beat"))
    until_read(file)
    assert file.state == "read"
