"""Many screens on event streams, as one process sees them: which frame came to whom, when, and in which order."""

import asyncio
import statistics
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import perf_counter

PATIENCE = 20.0
"""Seconds for the last frames after the last change."""


class Screen(asyncio.Protocol):
    """One stream; the first frame says that it is open, every later one is kept with the moment it was whole."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.waiting = b""
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.frames: list[tuple[int, float]] = []
        self.size = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while (end := self.waiting.find(b"\n\n")) >= 0:
            frame, self.waiting = self.waiting[:end], self.waiting[end + 2 :]
            if (at := frame.find(b"id: ")) < 0:
                continue
            if not self.opened.done():
                self.opened.set_result(None)
                continue
            self.size = len(frame) - at
            self.frames.append((int(frame[at + 4 : frame.index(b"\n", at)]), perf_counter()))

    def connection_lost(self, fault: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(fault or ConnectionError(f"no stream: {self.waiting[:80]!r}"))


@dataclass
class Seen:
    """Milliseconds from a change's sending: to its answer, to each screen, to the last one; and what went wrong."""

    answered: list[float] = field(default_factory=list)
    each: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    missing: int = 0
    out_of_order: int = 0
    twice: int = 0
    frame: int = 0


def percentile(values: list[float], of_hundred: int) -> float:
    """In order of size, the value below which so many of a hundred lie; the largest of few."""
    return sorted(values)[min(len(values) - 1, of_hundred * len(values) // 100)]


def p95(values: list[float]) -> float:
    return percentile(values, 95)


def p50(values: list[float]) -> float:
    return statistics.median(values)


async def watched(
    port: int, requests: list[bytes], change: Callable[[int], Awaitable[None]], first: int, changes: int, rate: float
) -> Seen:
    """Open a stream for each request, make the changes at the rate, and say how they came through.

    The frame of the change number ``at`` has the id ``first + at``, or a later one where two changes share a frame.
    """
    loop = asyncio.get_running_loop()
    screens = []
    for request in requests:
        _, screen = await loop.create_connection(lambda r=request: Screen(r), "127.0.0.1", port)
        screens.append(screen)
    try:
        await asyncio.wait_for(asyncio.gather(*(screen.opened for screen in screens)), PATIENCE)
        await asyncio.sleep(0.5)
        seen, sent = Seen(), []
        began = perf_counter()
        for at in range(changes):
            await asyncio.sleep(max(0.0, began + at / rate - perf_counter()))
            sent.append(perf_counter())
            await change(at)
            seen.answered.append(1000 * (perf_counter() - sent[-1]))
        until = loop.time() + PATIENCE
        while loop.time() < until and any(s.frames[-1:] < [(first + changes - 1, 0.0)] for s in screens):
            await asyncio.sleep(0.05)
    finally:
        for screen in screens:
            screen.transport.close()
    _compare(seen, screens, sent, first)
    return seen


def _compare(seen: Seen, screens: list[Screen], sent: list[float], first: int) -> None:
    for screen in screens:
        ids = [id_ for id_, _ in screen.frames]
        seen.twice += len(ids) - len(set(ids))
        seen.out_of_order += ids != sorted(ids)
    for at, moment in enumerate(sent):
        came = [next((when for id_, when in s.frames if id_ >= first + at), None) for s in screens]
        there = [1000 * (when - moment) for when in came if when is not None]
        seen.missing += len(came) - len(there)
        seen.each += there
        seen.last += [max(there)] if len(there) == len(came) else []
    seen.frame = max(screen.size for screen in screens)
