"""A load of page requests, in a process of its own: ``python -m bench.load '{"port": …, "path": …}'`` prints JSON.

So many connections each ask again as soon as they are answered, for so many seconds; the same for both sides of a ratio.
"""

import asyncio
import json
import sys
from collections import Counter
from time import perf_counter

WARM_UP = 1.0
"""Seconds that are not counted."""


class Connection(asyncio.Protocol):
    """One connection that asks, waits for the whole answer, and asks again until it is told to end."""

    def __init__(self, request: bytes, taken: list[tuple[float, float]], statuses: "Counter[str]") -> None:
        self.request, self.taken, self.statuses = request, taken, statuses
        self.left = -1
        self.head = b""
        self.size = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        self.began = perf_counter()
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if self.left < 0:
            self.head += data
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return
            head, body = self.head[:end].lower(), len(self.head) - end - 4
            self.size = int(head.partition(b"content-length: ")[2].split(b"\r\n", 1)[0] or 0)
            self.statuses[head[9:12].decode()] += 1
            self.left, self.head = self.size - body, b""
        else:
            self.left -= len(data)
        if self.left == 0:
            self.left = -1
            self.taken.append((self.began, perf_counter()))
            self._ask()


async def load(port: int, path: str, connections: int, seconds: float, headers: dict[str, str]) -> dict[str, object]:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{lines}\r\n".encode()
    taken: list[tuple[float, float]] = []
    statuses: Counter[str] = Counter()
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: Connection(request, taken, statuses), "127.0.0.1", port)
        for _ in range(connections)
    ]
    begin = perf_counter() + WARM_UP
    await asyncio.sleep(WARM_UP + seconds)
    for transport, _ in opened:
        transport.abort()
    counted = sorted(1000 * (end - start) for start, end in taken if start >= begin)
    return {
        "rate": len(counted) / seconds,
        "p50": counted[len(counted) // 2],
        "p95": counted[95 * len(counted) // 100],
        "statuses": statuses,
        "bytes": opened[0][1].size,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(load(**json.loads(sys.argv[1])))))
