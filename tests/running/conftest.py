"""Servers and folders of their own for the tests of the house's running."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.embedded.postgres import EmbeddedPostgres
from config.embedded.valkey import EmbeddedValkey
from tests.running.house import processes_of


@contextmanager
def state_folder() -> Iterator[Path]:
    """A state folder that other users may pass through; pytest's own is closed to them when root runs it. Whatever a
    test does, nothing may be left running in it.
    """
    folder = Path(tempfile.mkdtemp(prefix="podium-running-"))
    folder.chmod(0o755)
    try:
        yield folder
        assert not processes_of(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def bare(var: Path) -> dict[str, str]:
    """What a fresh shell has: no address of any server, nothing of Podium's but a state folder."""
    ours = (
        "PODIUM_",
        "DATABASE_",
        "REDIS_",
        "SECRET_",
        "ALLOWED_",
        "DJANGO_",
        "DEBUG",
        "PORT",
        "PYTEST_",
        "PYTHONUNBUFFERED",
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PODIUM_VAR": str(var)}


@pytest.fixture
def var() -> Iterator[Path]:
    with state_folder() as folder:
        yield folder


@pytest.fixture
def bare_environment(var: Path) -> dict[str, str]:
    return bare(var)


@pytest.fixture
def postgres(var: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(var)
    server.start()
    yield server
    server.remove()


@pytest.fixture
def valkey(var: Path) -> Iterator[EmbeddedValkey]:
    server = EmbeddedValkey(var)
    server.start()
    yield server
    server.remove()
