"""Behind proxies of ours each browser is counted by its own address, and none can give itself another."""

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.client_address import client_address
from delegations.web.lockout import TRIES

PROXY = "172.18.0.5"


def seen(forwarded: str | None, hops: int, settings) -> str:
    """The address that the product takes a request to come from."""
    settings.PROXY_HOPS = hops
    addresses: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        addresses.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    client_address(page)(RequestFactory().get("/", headers=headers, REMOTE_ADDR=PROXY))
    return addresses[0]


@pytest.mark.parametrize(
    ("forwarded", "hops", "address"),
    [
        ("192.0.2.7", 0, PROXY),  # no proxy of ours: whoever sends this header made it up
        ("192.0.2.7", 1, "192.0.2.7"),
        ("198.51.100.1, 192.0.2.7", 1, "192.0.2.7"),  # the browser sent the left one
        ("198.51.100.1, 192.0.2.7, 172.18.0.9", 2, "192.0.2.7"),
        ("2001:DB8::7", 1, "2001:db8::7"),
        ("192.0.2.7", 2, PROXY),  # it did not come all the way
        ("192.0.2.7:4321", 1, PROXY),
        ("unknown", 1, PROXY),
        ("", 1, PROXY),
        (None, 1, PROXY),
    ],
)
def test_as_many_addresses_are_believed_as_there_are_proxies(forwarded, hops, address, settings):
    assert seen(forwarded, hops, settings) == address


def tries(address: str, *, made_up: str) -> int:
    """The status of a wrong try to sign in, as the proxy passes it on."""
    headers = {"X-Forwarded-For": f"{made_up}, {address}"}
    form = {"email": "linh@mission.example", "passphrase": "wrong words"}
    return Client(REMOTE_ADDR=PROXY).post("/sign-in/", form, headers=headers).status_code


@pytest.mark.django_db
def test_wrong_tries_behind_a_proxy_are_counted_by_browser_whatever_it_says_of_itself(settings):
    cache.clear()
    settings.PROXY_HOPS = 1
    statuses = [tries("192.0.2.7", made_up=f"198.51.100.{n}") for n in range(TRIES + 1)]
    assert statuses == [422] * TRIES + [429]
    assert tries("192.0.2.8", made_up="192.0.2.7") == 422
