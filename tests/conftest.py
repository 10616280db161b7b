"""What many tests stand on: the real file where it is at hand, a room in which delegations meet, a Redis of one's own."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from config.embedded import ports
from config.embedded.valkey import EmbeddedValkey
from config.watch import Part
from negotiations import wake
from tests import product
from tests.room import Room


def pytest_configure() -> None:
    """Workers draw their ports from ranges of their own: one that was free a second ago is not another worker's now."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    width = (ports.HIGHEST + 1 - ports.LOWEST) // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    ports.LOWEST += worker * width
    ports.HIGHEST = ports.LOWEST + width - 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many cells of the matrix of rights were tried: a number that shrinks is a hole."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    said = (dict(getattr(report, "user_properties", ())) for report in reports if getattr(report, "when", "") == "call")
    if cells := sum(int(properties.get("cells", 0)) for properties in said):
        terminalreporter.write_line(f"matrix: {cells} cells")


@pytest.fixture(scope="session")
def real_file() -> Path:
    """The one real package; it is not shipped with the product."""
    if not (name := os.environ.get("PODIUM_REAL_FILE")):
        pytest.skip("PODIUM_REAL_FILE does not name the real package")
    return Path(name)


@pytest.fixture
def room(db: None) -> Room:
    """A negotiation with an open session on a short text of our own."""
    return Room.opened()


@pytest.fixture
def redis_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedValkey]:
    """A Redis for this test's server and for what the test itself does to the room."""
    server = EmbeddedValkey(tmp_path)
    server.start()
    for name in ("REDIS_URL", "CELERY_BROKER_URL"):
        monkeypatch.setattr(settings, name, server.urls()["REDIS_URL"])
    _forget_redis()
    yield server
    _forget_redis()
    server.remove()


@pytest.fixture
def served(room: Room, redis_of_its_own: EmbeddedValkey, tmp_path: Path) -> Iterator[str]:
    """The address of a server process as `make run` starts it, on the test's own database."""
    port = ports.free_port()
    granian = ("granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(port), "--no-ws")
    command = [sys.executable, "-m", *granian, "config.asgi:application"]
    server = Part("web", command, product.environment(redis_of_its_own, tmp_path), product.ROOT, tmp_path / "web.log")
    server.start()
    try:
        _wait_until_it_answers(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()


def _wait_until_it_answers(port: int, server: Part) -> None:
    for _ in range(300):
        assert server.is_running(), f"the server ended before it answered:\n{server.last_words()}"
        if not ports.is_free(port):
            return
        time.sleep(0.1)
    pytest.fail("the server did not answer")


def _forget_redis() -> None:
    """The clients were made for the address before."""
    wake._redis.cache_clear()
    wake._celery.cache_clear()
