"""What is answered before Django: the streams of the live pages and the health of the process."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.conf import settings

from config import asgi
from negotiations.live import app
from tests.matrix import place as places
from tests.matrix.place import WORDING, Place
from tests.matrix.routes import Route
from tests.matrix.table import Cell, Table

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = Table.read()
LIVE, HEALTH = Route("/live/", "/live/", ()), Route("/health/", "/health/", ())


def test_every_seat_gets_what_it_should(record_property: Callable[[str, object], None]) -> None:
    place = places.built()
    cells = [(cell, expected) for route in (LIVE, HEALTH) for cell, expected in TABLE.cells(route)]
    answers = asyncio.run(_all_of([_scope(place, cell) for cell, _expected in cells]))
    record_property("cells", len(cells))
    faults = [
        f"{cell}: {status}, not {expected}"
        for (cell, expected), (status, _body) in zip(cells, answers, strict=True)
        if status != expected
    ]
    assert not faults, "\n".join(faults)
    refused = [body for status, body in answers if status != 200]
    assert refused
    assert not any(words.encode() in body for words in WORDING for body in refused)


def _scope(place: Place, cell: Cell) -> dict[str, Any]:
    """The request as a server would hand it on."""
    negotiation = (place.elsewhere if cell.of == "elsewhere" else place.room).negotiation
    document = (place.elsewhere if cell.of in ("elsewhere", "smuggled") else place.room).document
    headers = [(b"host", b"localhost")]
    if cell.seat == "a token alone":
        headers.append((b"authorization", f"Bearer {place.secrets['delegate/all']}".encode()))
    elif key := place.sessions.get(cell.seat):
        headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={key}".encode()))
    is_live = cell.route is LIVE
    return {
        "type": "http",
        "method": cell.method,
        "path": f"/live/{negotiation.pk}/" if is_live else "/health/",
        "query_string": f"document={document.pk}&after=0".encode() if is_live else b"",
        "headers": headers,
    }


async def _all_of(scopes: list[dict[str, Any]]) -> list[tuple[int, bytes]]:
    try:
        return [await _asked(scope) for scope in scopes]
    finally:
        if app._ears.listening:
            app._ears.listening.cancel()
            with suppress(asyncio.CancelledError):
                await app._ears.listening


async def _asked(scope: dict[str, Any]) -> tuple[int, bytes]:
    """The status and the first bytes; a stream is left as soon as it has begun."""
    sent: list[dict[str, Any]] = []
    begun = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await begun.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(dict(message))
        if message["type"] == "http.response.body":
            begun.set()

    await asyncio.wait_for(asgi.application(scope, receive, send), 10)
    return int(sent[0]["status"]), bytes(sent[1]["body"])
