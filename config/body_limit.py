"""Refuse a request body that is too long before it fills memory or disk. Django limits forms, but not files."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApplication = Callable[[Message, Receive, Send], Awaitable[None]]
WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

TOO_LARGE = b"The file is too large.\n"
HEADERS = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Length", str(len(TOO_LARGE))),
    ("Connection", "close"),
]


def limit_asgi(application: AsgiApplication, *, longest: int) -> AsgiApplication:
    """The application, with 413 for a body of more than `longest` bytes, announced or not."""

    async def limited(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await application(scope, receive, send)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > longest:
            return await _refuse(send)
        taken, answering = 0, False

        async def counting() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            return message if taken <= longest else {"type": "http.disconnect"}

        async def watching(message: Message) -> None:
            nonlocal answering
            answering = True
            await send(message)

        await application(scope, counting, watching)
        if taken > longest and not answering:  # the application took it for a browser that went away
            await _refuse(send)
        return None

    return limited


def limit_wsgi(application: WsgiApplication, *, longest: int) -> WsgiApplication:
    """The application, with 413 for a body of more than `longest` bytes. Django reads no more than is announced."""

    def limited(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        announced = environ.get("CONTENT_LENGTH") or "0"
        if not announced.isdigit() or int(announced) > longest:
            start_response("413 Content Too Large", HEADERS)
            return [TOO_LARGE]
        return application(environ, start_response)

    return limited


async def _refuse(send: Send) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": TOO_LARGE})
