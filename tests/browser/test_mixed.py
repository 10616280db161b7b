"""A word of two alphabets, typed in a browser: said while one types, asked when it is tabled, shown to everybody."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_every_page import faults_of
from tests.browser.test_room import chooses
from tests.browser.waiting import reads, until
from tests.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def test_a_word_of_two_alphabets_is_named_asked_about_and_recorded_with_a_tick(
    sit: Callable[..., Any], room: Room
) -> None:
    vie, ind = sit("VIE"), sit("IND")
    chooses(vie, "PP2", "bell")
    vie.fill(".panel [name=words]", "of СНN")
    until(vie, lambda: "You will be asked to confirm it" in (vie.text_content(".panel [role=status]") or ""))
    vie.click(".panel button[value=table]")
    vie.wait_for_selector(".panel .mixed")
    assert "С, Н: Cyrillic; N: Latin" in vie.inner_text(".panel .mixed")
    assert faults_of(vie) == []
    assert "СНN" not in room.prints("PP2")
    vie.check(".panel [name=mixed]")
    vie.click(".panel button[value=table]")
    reads(ind, "PP2", "[of СНN] (+VIE)", within=4)
    assert room.prints("PP2") == "PP2. Noting that every bell [of СНN] (+VIE) has an owner;"
