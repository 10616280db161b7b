"""``/live/<negotiation>/?document=…&after=…``: server-sent events for the pages of one document.

A small raw ASGI application. Redis only says that something happened; what happened is read from the ledger's
database, rendered once a language, and the same bytes go to every page. Pages resume by ``seq``: a stream begins with
what changed since the page was made. When Redis is away pages are told so and ask by themselves.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.utils import translation
from django.utils.crypto import constant_time_compare
from redis import RedisError
from redis.asyncio import Redis

from delegations.actor import Actor
from delegations.models import Delegate
from documents.models import Document
from negotiations import wake
from negotiations.models import Negotiation
from negotiations.web.reading import changed_since

log = logging.getLogger(__name__)

HEARTBEAT = 15.0
RECHECK = 30.0
"""Seconds between two looks whether the reader may still read."""
WAITING = 64
"""Frames that may wait for a slow page before it is dropped; it comes back and resumes by ``seq``."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


@dataclass(slots=True, eq=False)
class Room:
    """The pages of one document in one language, and how far they have been told."""

    negotiation: UUID
    document: UUID
    language: str
    told: int
    pages: set["asyncio.Queue[bytes]"] = field(default_factory=set)
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, as far as the stream is concerned."""

    session_key: str
    negotiation: UUID
    document: UUID
    language: str
    after: int


rooms: dict[tuple[UUID, UUID, str], Room] = {}
_listener: asyncio.Task[None] | None = None


async def application(scope: Message, receive: Receive, send: Send) -> None:
    reader = _reader(scope)
    if reader is None:
        await _plain(send, 404)
        return
    may = await _in_thread(_may_read, reader)
    if may != 200:
        await _plain(send, may)
        return
    await _stream(reader, receive, send)


async def _stream(reader: Reader, receive: Receive, send: Send) -> None:
    global _listener
    if _listener is None or _listener.done():
        _listener = asyncio.create_task(_listen())
    key = (reader.negotiation, reader.document, reader.language)
    room = rooms.setdefault(key, Room(reader.negotiation, reader.document, reader.language, reader.after))
    queue: asyncio.Queue[bytes] = asyncio.Queue(WAITING)
    room.pages.add(queue)
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    gone = asyncio.create_task(_until_gone(receive))
    try:
        await send({"type": "http.response.body", "body": await _frame(reader, reader.after), "more_body": True})
        await _pump(reader, room, queue, gone, send)
    finally:
        gone.cancel()
        room.pages.discard(queue)
        if not room.pages:
            rooms.pop(key, None)
    with suppress(Exception):
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _pump(
    reader: Reader, room: Room, queue: "asyncio.Queue[bytes]", gone: "asyncio.Task[None]", send: Send
) -> None:
    clock = asyncio.get_running_loop().time
    checked = clock()
    while not gone.done() and queue in room.pages:
        getter = asyncio.create_task(queue.get())
        await asyncio.wait({getter, gone}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
        body = getter.result() if getter.done() else b": still here\n\n"
        getter.cancel()
        if gone.done():
            return
        if clock() - checked > RECHECK:
            checked = clock()
            if await _in_thread(_may_read, reader) != 200:
                return
        await send({"type": "http.response.body", "body": body, "more_body": True})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


# ---- what happened


async def _listen() -> None:
    """One subscription for the process; a Redis that goes away is said to every page and asked for again."""
    pause = 0.5
    while True:
        client = Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1)
        try:
            async with client.pubsub() as subscription:
                await subscription.psubscribe(wake.channel("*"))
                _tell_all(b"event: back\ndata: 1\n\n")
                await asyncio.gather(*(_push(room) for room in list(rooms.values())))
                pause = 0.5
                async for message in subscription.listen():
                    if message["type"] == "pmessage":
                        await _woken(message["channel"].decode().partition(":")[2])
        except (RedisError, OSError):
            log.warning("Redis does not answer; pages ask by themselves until it does.")
            _tell_all(b"event: away\ndata: 1\n\n")
        finally:
            with suppress(Exception):
                await client.aclose()
        await asyncio.sleep(pause)
        pause = min(5.0, pause * 2)


async def _woken(negotiation: str) -> None:
    with suppress(ValueError):
        found = [room for room in list(rooms.values()) if room.negotiation == UUID(negotiation)]
        await asyncio.gather(*(_push(room) for room in found))


async def _push(room: Room) -> None:
    """Render what came since the last push, once, and give every page the same bytes."""
    async with room.busy:
        try:
            changes = await _in_thread(_changes, room.negotiation, room.document, room.language, room.told)
        except Exception as fault:
            log.error("A change could not be rendered: %s", type(fault).__name__)
            return
        if changes["seq"] > room.told:
            room.told = changes["seq"]
            _tell(room, _event(changes))


def _tell_all(frame: bytes) -> None:
    for room in list(rooms.values()):
        _tell(room, frame)


def _tell(room: Room, frame: bytes) -> None:
    for queue in list(room.pages):
        try:
            queue.put_nowait(frame)
        except asyncio.QueueFull:
            room.pages.discard(queue)


async def _frame(reader: Reader, after: int) -> bytes:
    return _event(await _in_thread(_changes, reader.negotiation, reader.document, reader.language, after))


def _event(changes: dict[str, Any]) -> bytes:
    return f"id: {changes['seq']}\nevent: changed\ndata: {json.dumps(changes)}\n\n".encode()


# ---- the database, in threads


async def _in_thread(work: Callable[..., Any], *args: Any) -> Any:
    return await sync_to_async(_tidily, thread_sensitive=False)(work, *args)


def _tidily(work: Callable[..., Any], *args: Any) -> Any:
    close_old_connections()
    try:
        return work(*args)
    finally:
        close_old_connections()


def _changes(negotiation: UUID, document: UUID, language: str, after: int) -> dict[str, Any]:
    with translation.override(language):
        return changed_since(Negotiation.objects.get(pk=negotiation), Document.objects.get(pk=document), after)


def _may_read(reader: Reader) -> int:
    """200, 403 for who is not signed in, 404 for who takes no part: the same answers as the pages give."""
    session = SessionStore(reader.session_key).load()
    person = (
        Delegate.objects.select_related("delegation").filter(pk=session.get(SESSION_KEY, 0), is_active=True).first()
    )
    if person is None or BACKEND_SESSION_KEY not in session:
        return 403
    if not constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()):
        return 403
    seated = Negotiation.objects.visible_to(Actor.of(person)).filter(pk=reader.negotiation)
    return 200 if seated.filter(agenda__document=reader.document).exists() else 404


# ---- the request


def _reader(scope: Message) -> Reader | None:
    headers = dict(scope["headers"])
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    cookies = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
    session = cookies.get(settings.SESSION_COOKIE_NAME)
    spoken = cookies.get(settings.LANGUAGE_COOKIE_NAME)
    language = spoken.value if spoken and spoken.value in dict(settings.LANGUAGES) else asked.get("lang", ["en"])[0]
    try:
        after = int(headers.get(b"last-event-id", b"") or asked.get("after", ["0"])[0])
        return Reader(
            session.value if session else "",
            UUID(scope["path"].strip("/").split("/")[1]),
            UUID(asked["document"][0]),
            language if language in dict(settings.LANGUAGES) else "en",
            after,
        )
    except (ValueError, KeyError, IndexError):
        return None


async def _plain(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": b""})


_HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
]
