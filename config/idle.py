"""A session ends an hour after its last use, not an hour after sign-in."""

import time
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

RENEW_AFTER = 5 * 60
"""Seconds. Renewing writes a row, so a busy page does it now and then; idle time may fall short by as much."""

RENEWED = "renewed"


def idle_session(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Renew the session of a signed-in person who is at work."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        session = request.session
        if session.accessed and SESSION_KEY in session and time.time() - session.get(RENEWED, 0) > RENEW_AFTER:
            session[RENEWED] = int(time.time())
        return response

    return answer
