"""``/health/``: whether this process can answer pages, for whoever watches it. It says nothing else.

It is answered before Django: no host name to be right, no way to TLS, no session, no line in the log for each time.
"""

from collections.abc import Callable, Iterable
from typing import Any

from asgiref.sync import sync_to_async
from django.db import DatabaseError, connection

from config.body_limit import AsgiApplication, Message, Receive, Send, WsgiApplication

PATH = "/health/"
READING = ("GET", "HEAD")
WELL, ILL = (200, "OK", b"ok\n"), (503, "Service Unavailable", b"the database does not answer\n")
NO_SUCH_METHOD = (405, "Method Not Allowed", b"")
HEADERS = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]


def answer_health_wsgi(application: WsgiApplication) -> WsgiApplication:
    """The application, and its health."""

    def answered(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH:
            return application(environ, start_response)
        status, reason, body = _health() if environ["REQUEST_METHOD"] in READING else NO_SUCH_METHOD
        start_response(f"{status} {reason}", [*HEADERS, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    return answered


def answer_health_asgi(application: AsgiApplication) -> AsgiApplication:
    """The same, for a server that speaks ASGI."""

    async def answered(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH:
            return await application(scope, receive, send)
        status, _, body = NO_SUCH_METHOD
        if scope["method"] in READING:
            status, _, body = await sync_to_async(_health, thread_sensitive=False)()
        headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
        return None

    return answered


def _health() -> tuple[int, str, bytes]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return ILL
    finally:
        connection.close()  # back to the pool; Django does it only after its own requests
    return WELL
