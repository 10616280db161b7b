"""``/live/<negotiation>/?document=…&after=…``: server-sent events for the pages of one document.

A small raw ASGI application. Redis only says that something happened; what happened is read from the ledger's
database, rendered once a language, and the same bytes go to every page. Pages resume by ``seq``: a stream begins with
what changed since the page was made. When Redis is away pages are told so and ask by themselves.

Events: ``changed`` (what the page's ``since`` address answers, with its ``seq`` as the event's id), ``away`` and
``back``. A page that is told ``away`` must not call itself live. ``gone`` is the last: the document was taken back.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections, connection, transaction
from django.db.models import QuerySet
from django.http import parse_cookie
from django.utils import translation
from django.utils.crypto import constant_time_compare
from redis import RedisError
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from delegations.actor import Actor
from delegations.models import Delegate
from negotiations import wake
from negotiations.models import AgendaItem, Negotiation
from negotiations.prepared import rows
from negotiations.web.reading import changed_since

log = logging.getLogger(__name__)

HEARTBEAT = 15.0
RECHECK = 30.0
"""Seconds between two looks whether the reader may still read."""
SWEEP = 15.0
"""Seconds between two looks at the ledger itself: a wake-up that was lost makes a page late, never wrong."""
STALLED = 20.0
"""Seconds after which a page that takes no bytes is dropped."""
WAITING = 64
"""Frames that may wait for a slow page before it is dropped; it comes back and resumes by ``seq``."""
AWAY = b"event: away\ndata: 1\n\n"
BACK = b"event: back\ndata: 1\n\n"
GONE = b"event: gone\ndata: 1\n\n"

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
    failing: bool = False


@dataclass(slots=True)
class Ears:
    """The process's one subscription."""

    hears: asyncio.Event = field(default_factory=asyncio.Event)
    listening: "asyncio.Task[None] | None" = None
    pushes: "set[asyncio.Task[None]]" = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, as far as the stream is concerned."""

    session_key: str
    negotiation: UUID
    document: UUID
    language: str
    after: int


rooms: dict[tuple[UUID, UUID, str], Room] = {}
_ears = Ears()


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Answer one page's stream: 403 for who is not signed in, 404 for who takes no part."""
    if scope["method"] != "GET":
        await _plain(send, 405)
        return
    reader = _reader(scope)
    if reader is None:
        await _plain(send, 404)
        return
    may, head = await _in_thread(_may_read, reader)
    if may != 200:
        await _plain(send, may)
        return
    await _stream(reader, head, receive, send)


async def _stream(reader: Reader, head: int, receive: Receive, send: Send) -> None:
    ears = await _listening()
    # Entered first, read afterwards: what happens in between is then told twice rather than not at all. The room
    # begins no later than the ledger's head, whatever a page says of itself, so that nobody else is told too little.
    key = (reader.negotiation, reader.document, reader.language)
    room = rooms.setdefault(key, Room(*key, told=min(reader.after, head)))
    queue: asyncio.Queue[bytes] = asyncio.Queue(WAITING)
    room.pages.add(queue)
    if room.failing or not ears.hears.is_set():
        queue.put_nowait(AWAY)
    gone = asyncio.create_task(_until_gone(receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        changes = await _in_thread(_changes, *key, reader.after)
        if changes is None:
            room.pages.discard(queue)
        await _body(send, _event(changes) if changes else GONE)
        await _pump(reader, room, queue, gone, send)
        await _body(send, b"", more=False)
    except (TimeoutError, OSError):
        log.info("A page takes no more bytes; it will come back and resume.")
    finally:
        gone.cancel()
        room.pages.discard(queue)
        if not room.pages and rooms.get(key) is room:
            del rooms[key]


async def _body(send: Send, body: bytes, *, more: bool = True) -> None:
    async with asyncio.timeout(STALLED):
        await send({"type": "http.response.body", "body": body, "more_body": more})


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
            if (await _in_thread(_may_read, reader))[0] != 200:
                return
        await _body(send, body)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


# ---- what happened


async def _listening() -> Ears:
    """The process's ears, opened with the first page; a moment's patience, so that a page seldom begins "away"."""
    global _ears
    if _ears.listening is None or _ears.listening.done():
        _ears = Ears()
        _ears.listening = asyncio.create_task(_listen(_ears))
    ears = _ears
    with suppress(TimeoutError):
        async with asyncio.timeout(1):
            await ears.hears.wait()
    return ears


async def _listen(ears: Ears) -> None:
    """One subscription for the process; a Redis that goes away is said to every page and asked for again."""
    pause = 0.5
    while True:
        # No second try inside the client: it would subscribe anew without a word, and what was said meanwhile is lost.
        client = Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0))
        try:
            async with client.pubsub(ignore_subscribe_messages=True) as subscription:
                await subscription.psubscribe(wake.channel("*"))
                await subscription.get_message(timeout=1)
                ears.hears.set()
                _tell_all(BACK)
                pause = 0.5
                await _hear(ears, subscription)
        except (RedisError, OSError):
            if ears.hears.is_set() or pause == 0.5:
                log.warning("Redis does not answer; pages ask by themselves until it does.")
            ears.hears.clear()
            _tell_all(AWAY)
        finally:
            with suppress(Exception):
                await client.aclose()
        await asyncio.sleep(pause)
        pause = min(5.0, pause * 2)


async def _hear(ears: Ears, subscription: PubSub) -> None:
    clock = asyncio.get_running_loop().time
    swept = 0.0
    while True:
        if clock() - swept >= SWEEP:  # at once after a silence: what was missed is read from the ledger
            swept = clock()
            for room in rooms.values():
                _start(ears, room, None)
        message = await subscription.get_message(timeout=SWEEP / 3)
        if message is None:
            continue
        with suppress(ValueError):
            negotiation, seq = UUID(message["channel"].decode().rpartition(":")[2]), int(message["data"])
            for room in rooms.values():
                if room.negotiation == negotiation:
                    _start(ears, room, seq)


def _start(ears: Ears, room: Room, seq: int | None) -> None:
    # In a task of its own: a long text in one negotiation must not hold up the others.
    task = asyncio.create_task(_push(room, seq))
    ears.pushes.add(task)
    task.add_done_callback(ears.pushes.discard)


async def _push(room: Room, seq: int | None) -> None:
    """Render what came since the last push, once, and give every page the same bytes.

    ``seq`` is what the wake-up said; if an earlier push has told that much already, there is nothing to do.
    """
    async with room.busy:
        if seq is not None and room.told >= seq:
            return
        try:
            changes = await _in_thread(_changes, room.negotiation, room.document, room.language, room.told)
        except Exception as fault:  # whatever it is, the pages must not call themselves live; the sweep tries again
            log.error("A change could not be rendered: %s", type(fault).__name__)
            room.failing = True
            _tell(room, AWAY)
            return
        if changes is None:
            _tell(room, GONE)
            room.pages.clear()  # each page ends when it has told this
            return
        if changes["seq"] > room.told:
            room.told = changes["seq"]
            _tell(room, _event(changes))
        if room.failing:
            room.failing = False
            _tell(room, BACK)


def _tell_all(frame: bytes) -> None:
    for room in list(rooms.values()):
        _tell(room, frame)


def _tell(room: Room, frame: bytes) -> None:
    for queue in list(room.pages):
        try:
            queue.put_nowait(frame)
        except asyncio.QueueFull:
            room.pages.discard(queue)


def _event(changes: dict[str, Any]) -> bytes:
    return f"id: {changes['seq']}\nevent: changed\ndata: {json.dumps(changes, ensure_ascii=False)}\n\n".encode()


# ---- the database, in threads


async def _in_thread(work: Callable[..., Any], *args: Any) -> Any:
    return await sync_to_async(_tidily, thread_sensitive=False)(work, *args)


def _tidily(work: Callable[..., Any], *args: Any) -> Any:
    close_old_connections()
    try:
        return work(*args)
    finally:
        close_old_connections()


def _changes(negotiation: UUID, document: UUID, language: str, after: int) -> dict[str, Any] | None:
    """What the pages of a document have not been told; None where it is on the agenda no more."""
    # One snapshot: ``seq``, trees and positions belong to the same moment, and a later frame never holds less.
    with translation.override(language), transaction.atomic():
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        items = rows(_item, negotiation, document)
        return changed_since(items[0].negotiation, items[0].document, after) if items else None


def _item(negotiation_id: UUID, document_id: UUID) -> QuerySet[AgendaItem]:
    items = AgendaItem.objects.select_related("negotiation", "document")
    return items.filter(negotiation=negotiation_id, document=document_id)


def _may_read(reader: Reader) -> tuple[int, int]:
    """200, 403 for who is not signed in or 404 for who takes no part, as the pages answer; and the ledger's head."""
    session = SessionStore(reader.session_key).load()
    person = (
        Delegate.objects.select_related("delegation").filter(pk=session.get(SESSION_KEY, 0), is_active=True).first()
    )
    if person is None or BACKEND_SESSION_KEY not in session:
        return 403, 0
    if not constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()):
        return 403, 0
    seated = Negotiation.objects.visible_to(Actor.of(person)).filter(pk=reader.negotiation)
    head = seated.filter(agenda__document=reader.document).values_list("head_seq", flat=True).first()
    return (404, 0) if head is None else (200, head)


# ---- the request


def _reader(scope: Message) -> Reader | None:
    headers = dict(scope["headers"])
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin-1"))
    # The language of the page that asks, even if the person has chosen another one since in another tab.
    language = asked.get("lang", [""])[0]
    try:
        after = int(headers.get(b"last-event-id", b"") or asked.get("after", ["0"])[0])
        return Reader(
            cookies.get(settings.SESSION_COOKIE_NAME, ""),
            UUID(scope["path"].strip("/").split("/")[1]),
            UUID(asked["document"][0]),
            language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
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
