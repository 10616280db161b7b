"""What many tests stand on: the real file where it is at hand, and a room in which delegations meet."""

import os
from pathlib import Path

import pytest

from tests.room import Room


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
