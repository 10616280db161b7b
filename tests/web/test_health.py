"""`/health/` through both doors, to whoever asks. Without its database: tests/running/test_production.py."""

import asyncio
from typing import Any

import pytest
from django.test import RequestFactory

from config import asgi, wsgi

pytestmark = pytest.mark.django_db(transaction=True)


def by_wsgi(method: str = "GET") -> tuple[int, bytes]:
    answered: list[str] = []
    environ = RequestFactory().generic(method, "/health/", HTTP_HOST="10.0.0.7:8000").environ
    body = b"".join(wsgi.application(environ, lambda status, headers: answered.append(status)))
    return int(answered[0].split()[0]), body


def by_asgi(method: str = "GET") -> tuple[int, bytes]:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": "/health/", "headers": [(b"host", b"10.0.0.7:8000")]}

    async def asked() -> None:
        await asgi.application(scope, receive, send)

    asyncio.run(asked())
    return sent[0]["status"], sent[1]["body"]


DOORS = pytest.mark.parametrize("door", [by_wsgi, by_asgi], ids=["wsgi", "asgi"])


@DOORS
def test_a_process_with_its_database_is_well_whatever_it_is_called_by(door):
    assert door() == (200, b"ok\n")
    assert door("HEAD") == (200, b"")
    assert door("POST") == (405, b"")
