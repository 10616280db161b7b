"""The change feed: gap-free, by ids alone, and waited for without holding what others need."""

import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from config.embedded.valkey import EmbeddedValkey
from delegations.models import Token, today
from negotiations import ledger
from negotiations.acts import texts
from negotiations.api import waiting
from negotiations.models import Event, Participation
from tests.acts.test_import_received import imported, taken_in
from tests.api.asking import Script, problem
from tests.room import Room, proposal_of

LONG = 20


def test_every_event_is_told_once_in_order_with_the_chain_of_hashes(room: Room) -> None:
    for number in range(5):
        room.takes("VIE", "tcb" if number % 2 else "oppose", on="PP1.1")
    script, found, after = Script.of(room, "BIRDS"), [], 0
    while page := script.json(f"events/?after={after}&limit=3")["events"]:
        found += page
        after = page[-1]["seq"]
    assert [event["seq"] for event in found] == list(range(1, room.seq + 1))
    assert all(after["previous_hash"] == before["hash"] for before, after in itertools.pairwise(found))
    assert ledger.verify(room.negotiation) is None
    assert script.json(f"events/?after={after}") == {"events": [], "head_seq": after}


def test_an_event_names_what_it_touched_and_holds_no_wording(room: Room) -> None:
    tabled = room.replaces("VIE", "owner", "owner", "keeper", in_="PP2")
    answered = Script.of(room, "IND").get(f"events/?after={tabled.seq - 1}")
    [event] = answered.json()["events"]
    paragraph = room.paragraph("PP2")
    assert event["changed"]["paragraphs"] == [str(paragraph.pk)]
    assert event["changed"]["proposals"] == [str(proposal_of(tabled))]
    assert len(event["changed"]["brackets"]) == len(event["changed"]["positions"]) == 2
    assert (event["document"], event["paragraph"]) == (str(room.document.pk), str(paragraph.pk))
    assert (event["actor"], event["on_behalf_of"]) == ({"code": "VIE", "role": "delegate"}, "VIE")
    assert b"keeper" not in answered.content
    assert b"person" not in answered.content


def test_a_position_that_is_withdrawn_is_gone(room: Room) -> None:
    taken = room.takes("VIE", "oppose", on="PP1.1")
    script = Script.of(room, "VIE")
    path = f"brackets/{room.bracket('PP1.1').pk}/positions/VIE/"
    held = script.json(path)["id"]
    script.delete(path)
    [event] = script.json(f"events/?after={taken.seq}")["events"]
    assert (event["kind"], event["gone"]["positions"], event["changed"]["positions"]) == (
        "position.withdrawn",
        [held],
        [],
    )


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "limit=0", "limit=501", "wait=26", "after=99999999999999999999"]
)
def test_a_wrong_question_is_named(room: Room, query: str) -> None:
    answer = Script.of(room, "VIE").get(f"events/?{query}")
    assert problem(answer) == "invalid-input"
    assert list(answer.json()["errors"]) == [query.partition("=")[0]]


@pytest.fixture
def waiting_room(transactional_db: None, redis_of_its_own: EmbeddedValkey) -> Room:
    return Room.opened()


def asked(script: Script, path: str) -> tuple[Any, float]:
    """The answer and how long it took, on a connection of its own."""
    began = time.monotonic()
    try:
        client = Client(raise_request_exception=False)
        answer = client.get(script.address(path), headers={"Authorization": f"Bearer {script.secret}"})
        return answer, time.monotonic() - began
    finally:
        connections.close_all()


def meanwhile(script: Script, path: str, act: Callable[[], object], *, until: Callable[[], bool]) -> tuple[Any, float]:
    """Ask, and once it waits, act; the answer and the seconds from the act to it."""
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(asked, script, path)
        deadline = time.monotonic() + 10
        while not until() and time.monotonic() < deadline:
            time.sleep(0.02)
        began = time.monotonic()
        act()
        return answer.result(timeout=30)[0], time.monotonic() - began


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set once somebody waits: after the first look at the ledger."""
    seen = threading.Event()
    looks = waiting._is_past

    def looking(*args: Any) -> bool:
        found = looks(*args)
        seen.set()
        return found

    monkeypatch.setattr(waiting, "_is_past", looking)
    return seen


def test_who_waits_is_told_at_once_and_holds_no_connection(waiting_room: Room, waits: threading.Event) -> None:
    script = Script.of(waiting_room, "VIE")
    held: list[int] = []

    def act() -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            held.append(cursor.fetchone()[0])
        waiting_room.takes("IND", "tcb", on="PP1.1")

    path = f"events/?after={waiting_room.seq}&wait={LONG}"
    answer, seconds = meanwhile(script, path, act, until=waits.is_set)
    assert [event["kind"] for event in answer.json()["events"]] == ["position.taken"]
    assert seconds < LONG / 2
    assert held == [0]


def test_without_redis_who_waits_asks_the_ledger(
    waiting_room: Room, redis_of_its_own: EmbeddedValkey, waits: threading.Event
) -> None:
    redis_of_its_own.remove()
    script = Script.of(waiting_room, "VIE")
    path = f"events/?after={waiting_room.seq}&wait={LONG}"
    answer, seconds = meanwhile(script, path, lambda: waiting_room.takes("IND", "tcb", on="PP1.1"), until=waits.is_set)
    assert len(answer.json()["events"]) == 1
    assert seconds < LONG / 2


def test_a_wait_ends_empty_after_its_seconds(waiting_room: Room) -> None:
    answer, seconds = asked(Script.of(waiting_room, "VIE"), f"events/?after={waiting_room.seq}&wait=1")
    assert answer.json()["events"] == []
    assert seconds >= 1


@pytest.mark.parametrize(
    ("lose", "code"),
    [
        (lambda: Token.objects.update(expires_on=today() - timedelta(days=1)), "token-refused"),
        (lambda: Participation.objects.filter(delegation__code="VIE").delete(), "not-found"),
    ],
)
def test_a_right_that_was_lost_while_waiting_is_lost(
    waiting_room: Room, waits: threading.Event, lose: Callable[[], object], code: str
) -> None:
    def act() -> None:
        lose()
        waiting_room.takes("IND", "tcb", on="PP1.1")

    path = f"events/?after={waiting_room.seq}&wait={LONG}"
    answer, _seconds = meanwhile(Script.of(waiting_room, "VIE"), path, act, until=waits.is_set)
    assert problem(answer) == code


def test_where_too_many_wait_one_more_is_answered_at_once(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_places", threading.BoundedSemaphore(1))
    with waiting.place() as taken:
        assert taken
        answer = Script.of(room, "VIE").get(f"events/?after={room.seq}&wait={LONG}")
    assert (answer.status_code, answer.json()["events"], answer["Retry-After"]) == (200, [], "1")
    assert settings.API_WAITERS >= 1
    assert Event.objects.filter(negotiation=room.negotiation).count() == room.seq


def test_the_feed_says_what_an_import_that_was_taken_back_took_with_it(room: Room) -> None:
    file = taken_in(room)
    [event] = imported(room, file)
    texts.take_back_import(actor=room.secretariat, negotiation_id=room.negotiation.pk, file_id=file.pk, key=room.key())
    came, went = Script.of(room, "BIRDS").json(f"events/?after={event.seq - 1}")["events"]
    assert (came["kind"], went["kind"]) == ("document.imported", "import.taken_back")
    for name in ("documents", "paragraphs", "brackets", "proposals", "positions"):
        assert sorted(went["gone"][name]) == sorted(came["changed"][name]) != []
    assert went["facts"]["documents"] == [{"id": str(event.document_id), "name": "bells"}]
