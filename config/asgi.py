"""The ASGI application: `/live/` goes to the live pages' own small application, everything else to Django."""

import os
import warnings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("PODIUM_POOL", "16")

from django.conf import settings
from django.core.asgi import get_asgi_application

from config.body_limit import AsgiApplication, Message, Receive, Send, limit_asgi
from config.health import answer_health_asgi

# Style sheets and scripts are small files read at once; that they are no asynchronous iterators costs nothing.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

pages = get_asgi_application()  # sets Django up: the live pages import models


def _live() -> AsgiApplication:
    from negotiations.live.app import application

    return application  # type: ignore[return-value]


async def _dispatch(scope: Message, receive: Receive, send: Send) -> None:
    is_live = scope["type"] == "http" and scope["path"].startswith("/live/")
    await (live if is_live else pages)(scope, receive, send)  # type: ignore[arg-type]


live = _live()
application = answer_health_asgi(limit_asgi(_dispatch, longest=settings.MAX_REQUEST_BYTES))
