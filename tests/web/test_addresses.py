"""The addresses of the house: a negotiation's short name stands among their first parts and must be none of them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver

from negotiations.acts import sessions
from negotiations.models.frame import TAKEN
from tests.room import Room


def flat(patterns: list[Any]) -> Iterator[Any]:
    """Patterns whose text begins an address: an include without a text of its own is looked through."""
    for pattern in patterns:
        inner = getattr(pattern, "url_patterns", None)
        if inner is None or str(pattern.pattern):
            yield pattern
        else:
            yield from flat(inner)


def test_no_negotiation_hides_behind_an_address_of_the_house() -> None:
    """Every first part of an address that is no negotiation's is taken; the live pages and files are served apart."""
    firsts = {str(pattern.pattern).split("/")[0] for pattern in flat(get_resolver().url_patterns)}
    named = {first for first in firsts if re.fullmatch(r"[\w-]+", first)}
    assert named <= TAKEN
    assert {"live", "static", "health"} <= TAKEN


def test_a_name_of_the_house_founds_no_negotiation(room: Room) -> None:
    with pytest.raises(ValidationError):
        sessions.found(actor=room.secretariat, slug="api", title="x", organisation="", zone="UTC", delegations=[])
