"""No silent overwrite: writers who saw the same wording and go for the same words cannot both have them."""

from typing import Any

import pytest

from negotiations.acts import wording
from negotiations.models import Event
from negotiations.refusals import TextMoved
from tests.races.at_once import WRITERS, at_once
from tests.room import MEMBERS, Room

pytestmark = pytest.mark.django_db(transaction=True)


def all_replace_one_word(room: Room) -> list[Any]:
    """Eight delegates at the same moment, each on the page as it was before any of them."""
    at, seen, paragraph = room.at("PP2", "owner"), room.seq, room.paragraph("PP2").pk
    return at_once(
        WRITERS,
        lambda number: wording.table(
            actor=room.actors[MEMBERS[number % len(MEMBERS)]],
            negotiation_id=room.negotiation.pk,
            paragraph_id=paragraph,
            change=wording.Replacement(at, at, f"keeper {number}"),
            seen=seen,
            key=f"writer-{number}",
        ),
    )


def one_landed_and_the_others_were_told(answers: list[Any]) -> bool:
    kinds = sorted(type(answer).__name__ for answer in answers)
    return kinds == sorted([Event.__name__, *[TextMoved.__name__] * (WRITERS - 1)])


def test_of_eight_writers_on_the_same_word_one_lands_and_seven_are_told(room: Room) -> None:
    answers = all_replace_one_word(room)
    assert one_landed_and_the_others_were_told(answers), answers
    [landed] = [answer for answer in answers if isinstance(answer, Event)]
    number = answers.index(landed)
    code = MEMBERS[number % len(MEMBERS)]
    assert room.prints("PP2") == (f"PP2. Noting that every bell has an [owner] (-{code}) [keeper {number}] (+{code});")


def test_canary_without_the_check_of_what_was_seen_more_than_one_lands(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wording, "on_present_wording", lambda paragraph, edit, seen: edit)
    assert not one_landed_and_the_others_were_told(all_replace_one_word(room))
