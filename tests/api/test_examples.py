"""The examples of the documentation, run as they stand against a server process that listens."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from documents.rendering import text
from negotiations import printing
from tests.api.asking import secret_for
from tests.room import Room

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def start_mirror(room: Room, served: str, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []
    command = [sys.executable, str(EXAMPLES / "mirror.py"), served, room.negotiation.slug, str(tmp_path / "mirror")]

    def start() -> subprocess.Popen[bytes]:
        secret = secret_for(room, "BIRDS", "read")
        started.append(subprocess.Popen(command, env={**os.environ, "PODIUM_TOKEN": secret}))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def until_equal(room: Room, folder: Path, patience: float = 20) -> None:
    """Until the folder holds the document as the export prints it."""
    path, deadline = folder / f"{room.document.pk}.txt", time.monotonic() + patience
    room.negotiation.refresh_from_db()
    wanted = text.render(printing.as_it_stands(room.negotiation, room.document))
    told = folder / "seq.told"  # written last: then nothing is on its way any more
    while not told.exists() or told.read_text() != str(room.seq) or path.read_bytes() != wanted:
        assert time.monotonic() < deadline, "the mirror does not show the text"
        time.sleep(0.05)


def test_a_mirror_follows_the_text_and_goes_on_where_it_was_killed(
    room: Room, start_mirror: Callable[[], subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    first = start_mirror()
    until_equal(room, tmp_path / "mirror")
    room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    until_equal(room, tmp_path / "mirror", patience=5)  # far less than it waits: it was told
    first.kill()
    first.wait()
    room.takes("IND", "oppose", on="PP2.1")
    second = start_mirror()
    until_equal(room, tmp_path / "mirror")
    assert second.poll() is None
    assert b"[and tyre] (+VIE) (-IND)" in (tmp_path / "mirror" / f"{room.document.pk}.txt").read_bytes()


def test_the_example_takes_a_position(room: Room, served: str) -> None:
    address = f"{served}/api/v1/negotiations/{room.negotiation.pk}"
    command = [sys.executable, str(EXAMPLES / "position.py"), address, "PP1.2", "VIE", "oppose", "Not customary here."]
    environment = {**os.environ, "PODIUM_TOKEN": secret_for(room, "VIE", "positions")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "(-VIE)\n"), done.stderr
    assert "[, where customary,] (-TUR) (-VIE)" in room.prints("PP1")
    environment["PODIUM_TOKEN"] = secret_for(room, "VIE", "read")
    refused = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (refused.returncode, "scope" in refused.stderr) == (1, True)
