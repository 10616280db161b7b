"""Whose request this is, where proxies of ours stand in front: waits after wrong tries are counted by address."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def client_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Put the browser's address where Django expects it, in ``REMOTE_ADDR``."""

    def answer(request: HttpRequest) -> HttpResponse:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if address := _vouched_for(forwarded, settings.PROXY_HOPS):
            request.META["REMOTE_ADDR"] = address
        return get_response(request)

    return answer


def _vouched_for(forwarded: str, hops: int) -> str | None:
    """The address that the outermost of our proxies saw; None where the header does not say.

    Each proxy adds the address that it was called from at the right end. What stands further left than our proxies
    reach was sent by the browser, and may say anything.
    """
    said = [word.strip() for word in forwarded.split(",")]
    if not 0 < hops <= len(said):
        return None
    try:
        return str(ipaddress.ip_address(said[-hops]))
    except ValueError:
        return None
