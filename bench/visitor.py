"""A person with a browser, as far as a server can tell: signs in through the page, keeps cookies, sends forms."""

import asyncio
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.room import Room

PASSPHRASE = "seven lanterns over the ferry"
SECONDS = 30


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: str


@dataclass
class Visitor:
    """One connection, kept open."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    _streams: "tuple[asyncio.StreamReader, asyncio.StreamWriter] | None" = None

    async def get(self, path: str) -> Answer:
        answer = await self._ask(f"GET {path} HTTP/1.1\r\n{self._head()}\r\n".encode())
        if found := re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.body):
            self.token = found[1]
        return answer

    async def post(self, path: str, form: dict[str, str], *more: str) -> Answer:
        """Send a form; ``more`` are header lines."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **form})
        lines = "".join(f"{line}\r\n" for line in ("Content-Type: application/x-www-form-urlencoded", *more))
        head = f"POST {path} HTTP/1.1\r\n{self._head()}{lines}Content-Length: {len(body)}\r\n\r\n"
        return await self._ask((head + body).encode())

    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()

    def _head(self) -> str:
        own = f"http://localhost:{self.port}"
        return f"Host: localhost:{self.port}\r\nOrigin: {own}\r\nCookie: {self.cookie()}\r\n"

    async def _ask(self, request: bytes) -> Answer:
        async with asyncio.timeout(SECONDS):
            if self._streams is None:
                self._streams = await asyncio.open_connection("127.0.0.1", self.port)
            reader, writer = self._streams
            writer.write(request)
            status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
            headers = [(name.lower(), value) for name, _, value in (line.partition(": ") for line in lines)]
            body = await self._body(reader, dict(headers))
        for name, value in headers:
            if name == "set-cookie":
                key, _, kept = value.partition(";")[0].partition("=")
                self.cookies[key] = kept
        return Answer(int(status.split()[1]), headers, body.decode())

    @staticmethod
    async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return await reader.readexactly(int(headers.get("content-length", 0)))
        parts = []
        while size := int(await reader.readline(), 16):
            parts.append(await reader.readexactly(size))
            await reader.readexactly(2)
        await reader.readexactly(2)
        return b"".join(parts)


def may_sign_in(room: Room, code: str) -> str:
    """Give a delegation's person the passphrase; answer the e-mail address."""
    from delegations.models import Delegate

    person = Delegate.objects.get(pk=room.actors[code].person_id)
    person.set_password(PASSPHRASE)
    person.save()
    return person.email


async def signed_in(port: int, email: str) -> Visitor:
    """A visitor who has signed in at the sign-in page."""
    visitor = Visitor(port)
    await visitor.get("/sign-in/")
    answer = await visitor.post("/sign-in/", {"email": email, "passphrase": PASSPHRASE})
    assert answer.status == 302, f"sign-in answered {answer.status}"
    return visitor
