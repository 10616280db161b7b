"""The stream of a page: who gets it, what it says, that nobody is told too little, that an absent Redis is said."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.sessions.models import Session as SignedIn
from django.db import connections
from django.test import Client, override_settings

from config.embedded.valkey import EmbeddedValkey
from delegations.models import Delegate
from negotiations import wake
from negotiations.acts import texts
from negotiations.live import app
from negotiations.models import Participation
from tests.acts.test_import_received import document_of, imported, taken_in
from tests.room import Room

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Page:
    """A page's end of a stream, as a server would hold it."""

    scope: dict[str, Any]
    answers: "asyncio.Queue[dict[str, Any]]" = field(default_factory=asyncio.Queue)
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self) -> dict[str, Any]:
        await self.closed.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        await self.answers.put(dict(message))

    async def status(self) -> int:
        return int((await self.next())["status"])

    async def next(self) -> dict[str, Any]:
        return await asyncio.wait_for(self.answers.get(), 10)

    async def bytes(self) -> bytes:
        return bytes((await self.next())["body"])

    async def hears(self, kind: str) -> dict[str, Any]:
        """The data of the next event of that kind; other events and heartbeats before it are let pass."""
        while True:
            lines = (await self.bytes()).decode().splitlines()
            said = dict(line.split(": ", 1) for line in lines if not line.startswith(":") and line)
            if said.get("event") == kind:
                data = json.loads(said["data"])
                return data if isinstance(data, dict) else {}


def cookie(room: Room, code: str) -> str:
    client = Client()
    client.force_login(Delegate.objects.get(pk=room.actors[code].person_id))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def scope(room: Room, session: str, *, after: int, lang: str = "en", last: int | None = None) -> dict[str, Any]:
    headers = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode())]
    if last is not None:
        headers.append((b"last-event-id", str(last).encode()))
    return {
        "type": "http",
        "method": "GET",
        "path": f"/live/{room.negotiation.pk}/",
        "query_string": f"document={room.document.pk}&after={after}&lang={lang}".encode(),
        "headers": headers,
    }


@asynccontextmanager
async def streaming(asked: dict[str, Any]) -> AsyncIterator[Page]:
    page = Page(asked)
    task = asyncio.create_task(app.application(asked, page.receive, page.send))
    try:
        yield page
    finally:
        page.closed.set()
        await asyncio.wait_for(task, 10)


def run(work: Callable[[], Awaitable[None]]) -> None:
    """Run one scene on a loop of its own, and let go of the subscription and of every thread's connection."""

    async def scene() -> None:
        try:
            await work()
        finally:
            if app._ears.listening:
                app._ears.listening.cancel()
                with suppress(asyncio.CancelledError):
                    await app._ears.listening

    asyncio.run(scene())


def acting(work: Callable[[], object]) -> Awaitable[object]:
    def act() -> object:
        try:
            return work()
        finally:
            connections.close_all()

    return sync_to_async(act, thread_sensitive=False)()


@pytest.fixture
def redis_of_its_own(tmp_path: Path) -> Iterator[EmbeddedValkey]:
    server = EmbeddedValkey(tmp_path)
    server.start()
    with override_settings(REDIS_URL=server.urls()["REDIS_URL"]):
        wake._redis.cache_clear()
        yield server
    server.remove()
    wake._redis.cache_clear()


def test_whoever_is_not_signed_in_gets_403(room: Room) -> None:
    asked = scope(room, "no-such-session", after=0)

    async def work() -> None:
        async with streaming(asked) as page:
            assert await page.status() == 403

    run(work)


def test_whoever_takes_no_part_gets_404(room: Room) -> None:
    session = cookie(room, "TUR")
    Participation.objects.filter(delegation__code="TUR").delete()
    asked = scope(room, session, after=0)

    async def work() -> None:
        async with streaming(asked) as page:
            assert await page.status() == 404

    run(work)


def test_a_document_of_another_negotiation_is_not_found(room: Room) -> None:
    other = Room.opened()
    asked = scope(room, cookie(room, "VIE"), after=0)
    asked["query_string"] = f"document={other.document.pk}&after=0".encode()

    async def work() -> None:
        async with streaming(asked) as page:
            assert await page.status() == 404

    run(work)


def test_the_answer_is_an_event_stream_that_nobody_stores_or_buffers(room: Room) -> None:
    asked = scope(room, cookie(room, "VIE"), after=room.seq)

    async def work() -> None:
        async with streaming(asked) as page:
            headers = dict((await page.next())["headers"])
            assert headers[b"content-type"] == b"text/event-stream"
            assert headers[b"cache-control"] == b"no-store"
            assert headers[b"x-accel-buffering"] == b"no"
            assert headers[b"content-security-policy"] == b"default-src 'none'"

    run(work)


def test_a_change_reaches_every_page_of_a_language_as_the_same_bytes(room: Room) -> None:
    seq = room.seq
    asked = [scope(room, cookie(room, code), after=seq) for code in ("VIE", "IND")]

    async def work() -> None:
        async with streaming(asked[0]) as vienna, streaming(asked[1]) as india:
            for page in (vienna, india):
                assert await page.status() == 200
                assert (await page.hears("changed"))["changed"] == []
            await acting(lambda: room.inserts("VIE", "loud", after="every", in_="PP2"))
            heard = []
            for page in (vienna, india):
                while not (body := await page.bytes()).startswith(b"id: "):
                    pass
                heard.append(body)
            assert heard[0] == heard[1]
            assert f"id: {seq + 1}\n".encode() in heard[0]
            assert "loud" in json.loads(heard[0].decode().split("data: ")[1])["changed"][0]["body"]

    run(work)


def test_nothing_pushed_holds_a_form_or_a_token(room: Room) -> None:
    asked = scope(room, cookie(room, "VIE"), after=0)

    async def work() -> None:
        async with streaming(asked) as page:
            assert await page.status() == 200
            body = await page.bytes()
            for never in (b"<form", b"<input", b"<button", b"csrf", b"hx-", b"@bells.example"):
                assert never not in body

    run(work)


def test_each_page_reads_in_its_own_language(room: Room) -> None:
    asked = [scope(room, cookie(room, "VIE"), after=0, lang=lang) for lang in ("en", "xx")]

    async def work() -> None:
        async with streaming(asked[0]) as english, streaming(asked[1]) as unknown:
            assert await english.status() == await unknown.status() == 200
            await english.hears("changed")
            await unknown.hears("changed")
            assert {language for _, _, language in app.rooms} == {"en"}

    run(work)


def test_a_page_that_comes_back_gets_each_changed_paragraph_once_in_its_present_state(room: Room) -> None:
    seq = room.seq
    room.inserts("VIE", "loud", after="every", in_="PP2")
    room.inserts("IND", "small", after="an", in_="PP2")
    paragraph = str(room.paragraph("PP2").pk)
    asked = scope(room, cookie(room, "TUR"), after=0, last=seq)

    async def work() -> None:
        async with streaming(asked) as page:
            assert await page.status() == 200
            replayed = await page.hears("changed")
            assert [one["id"] for one in replayed["changed"]] == [paragraph]
            assert "loud" in replayed["changed"][0]["body"]
            assert "small" in replayed["changed"][0]["body"]
            assert replayed["seq"] == seq + 2

    run(work)


def test_a_page_that_claims_to_know_the_future_does_not_silence_the_others(room: Room) -> None:
    seq = room.seq
    asked = [scope(room, cookie(room, code), after=after) for code, after in (("VIE", 10**9), ("IND", seq))]

    async def work() -> None:
        async with streaming(asked[0]) as liar, streaming(asked[1]) as page:
            assert await liar.status() == await page.status() == 200
            await page.hears("changed")
            await acting(lambda: room.takes("VIE", "support", on="PP1.1"))
            assert (await page.hears("changed"))["seq"] == seq + 1

    run(work)


def test_the_suspension_of_the_session_is_told(room: Room) -> None:
    asked = scope(room, cookie(room, "VIE"), after=room.seq)

    async def work() -> None:
        async with streaming(asked) as page:
            assert await page.status() == 200
            assert (await page.hears("changed"))["session"] == "open"
            await acting(room.suspends)
            assert (await page.hears("changed"))["session"] == "suspended"

    run(work)


def test_a_lost_wake_up_makes_a_page_late_but_not_wrong(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "SWEEP", 0.3)
    seq = room.seq
    asked = scope(room, cookie(room, "VIE"), after=seq)

    def in_silence() -> None:
        with monkeypatch.context() as hush:
            hush.setattr(wake, "_announce", lambda negotiation_id, seq: None)
            room.takes("IND", "support", on="PP1.1")

    async def work() -> None:
        async with streaming(asked) as page:
            assert await page.status() == 200
            await page.hears("changed")
            await acting(in_silence)
            assert (await page.hears("changed"))["seq"] == seq + 1

    run(work)


def test_a_deactivated_person_loses_the_stream(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "HEARTBEAT", 0.05)
    monkeypatch.setattr(app, "RECHECK", 0.1)
    asked = scope(room, cookie(room, "VIE"), after=room.seq)
    person = Delegate.objects.filter(pk=room.actors["VIE"].person_id)

    async def work() -> None:
        async with streaming(asked) as page:
            assert await page.status() == 200
            await acting(lambda: person.update(is_active=False))
            while (await page.next())["more_body"]:
                pass

    run(work)


def test_signing_out_ends_the_stream(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "HEARTBEAT", 0.05)
    monkeypatch.setattr(app, "RECHECK", 0.1)
    session = cookie(room, "VIE")
    asked = scope(room, session, after=room.seq)

    async def work() -> None:
        async with streaming(asked) as page:
            assert await page.status() == 200
            await acting(SignedIn.objects.filter(pk=session).delete)
            while (await page.next())["more_body"]:
                pass

    run(work)


def test_a_page_that_takes_no_bytes_is_dropped_and_the_others_go_on(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "STALLED", 0.2)
    seq = room.seq
    asked = [scope(room, cookie(room, code), after=seq) for code in ("VIE", "IND")]

    async def work() -> None:
        stalled = Page(asked[0])

        async def takes_nothing(message: Any) -> None:
            if message["type"] == "http.response.body":
                await asyncio.Event().wait()

        async with streaming(asked[1]) as page:
            assert await page.status() == 200
            await page.hears("changed")
            await asyncio.wait_for(app.application(stalled.scope, stalled.receive, takes_nothing), 5)
            await acting(lambda: room.takes("VIE", "support", on="PP1.1"))
            assert (await page.hears("changed"))["seq"] == seq + 1
            assert [len(found.pages) for found in app.rooms.values()] == [1]

    run(work)


def test_an_absent_redis_is_said_and_what_was_missed_is_told_when_it_is_back(
    room: Room, redis_of_its_own: EmbeddedValkey
) -> None:
    seq = room.seq
    asked = scope(room, cookie(room, "VIE"), after=seq)

    async def work() -> None:
        async with streaming(asked) as page:
            assert await page.status() == 200
            await page.hears("changed")
            await acting(redis_of_its_own.stop)
            await page.hears("away")
            await acting(lambda: room.takes("IND", "support", on="PP1.1"))
            await acting(redis_of_its_own.start)
            await page.hears("back")
            assert (await page.hears("changed"))["seq"] == seq + 1

    run(work)


def test_a_page_opened_while_redis_is_away_is_told_so(room: Room, redis_of_its_own: EmbeddedValkey) -> None:
    redis_of_its_own.stop()
    asked = scope(room, cookie(room, "VIE"), after=room.seq)

    async def work() -> None:
        async with streaming(asked) as page:
            assert await page.status() == 200
            await page.hears("away")

    run(work)


def test_no_room_is_kept_when_its_last_page_has_gone(room: Room) -> None:
    asked = scope(room, cookie(room, "VIE"), after=room.seq)

    async def work() -> None:
        async with streaming(asked) as page:
            assert await page.status() == 200
            assert len(app.rooms) == 1
        assert app.rooms == {}

    run(work)


def test_pages_of_a_text_that_is_taken_back_are_told_and_let_go(room: Room, redis_of_its_own: EmbeddedValkey) -> None:
    file = taken_in(room)
    stays, session = room.document, cookie(room, "VIE")
    room.document = document_of(imported(room, file)[0])
    asked = scope(room, session, after=room.seq)
    room.document = stays
    beside = scope(room, session, after=room.seq)

    def take_back() -> object:
        return texts.take_back_import(
            actor=room.secretariat, negotiation_id=room.negotiation.pk, file_id=file.pk, key="back"
        )

    async def work() -> None:
        async with streaming(asked) as page, streaming(beside) as other:
            assert await page.status() == await other.status() == 200
            await page.hears("changed")
            await other.hears("changed")
            await acting(take_back)
            await page.hears("gone")
            assert (await page.next())["more_body"] is False
            assert (await other.hears("changed"))["documents"], "the list of documents is another one"
        async with streaming(asked) as page:
            assert await page.status() == 404

    run(work)
