"""The peer of the live pages: Redis to event streams and nothing else. No sign-in, no database, no rendering."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

from redis.asyncio import Redis

CHANNEL = "bench"
pages: "set[asyncio.Queue[bytes]]" = set()
listening: list["asyncio.Task[None]"] = []


async def application(
    scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    if not listening:
        listening.append(asyncio.create_task(_listen()))
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    pages.add(queue)
    gone = asyncio.create_task(_until_gone(receive))
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    body = b"id: 0\ndata: open\n\n"
    try:
        while not gone.done():
            await send({"type": "http.response.body", "body": body, "more_body": True})
            getter = asyncio.create_task(queue.get())
            await asyncio.wait({getter, gone}, return_when=asyncio.FIRST_COMPLETED)
            body = getter.result() if getter.done() else b""
            getter.cancel()
    finally:
        pages.discard(queue)


async def _listen() -> None:
    subscription = Redis.from_url(os.environ["REDIS_URL"]).pubsub(ignore_subscribe_messages=True)
    await subscription.subscribe(CHANNEL)
    async for message in subscription.listen():
        for queue in pages:
            queue.put_nowait(message["data"])


async def _until_gone(receive: Callable[[], Awaitable[Any]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
