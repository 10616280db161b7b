"""Error pages say what happened and what to do next, in a page or in one notice."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from delegations.web import errors


def forbids(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def cannot_read(request: HttpRequest) -> HttpResponse:
    raise BadRequest


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of our own")


urlpatterns = [
    path("", include("delegations.web.urls")),
    path("forbidden/", forbids),
    path("unreadable/", cannot_read),
    path("broken/", breaks),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
pytestmark = pytest.mark.urls(__name__)

SAYS = {
    "/unreadable/": (400, "This request could not be read"),
    "/forbidden/": (403, "You may not do this"),
    "/nowhere/": (404, "There is no page here that you can open"),
    "/broken/": (500, "Something went wrong on our side"),
}


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", SAYS)
def test_each_error_says_what_happened_and_the_way_on(visitor, address):
    """No database is asked for: pytest would refuse it in this test."""
    status, words = SAYS[address]
    answer = visitor.get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{words}</h1>" in page
    assert '<a href="/">Go to the start</a>' in page


@pytest.mark.parametrize("address", ["/forbidden/", "/nowhere/"])
def test_htmx_gets_a_notice_for_the_top_of_the_page_never_a_page_in_a_page(visitor, address):
    answer = visitor.get(address, headers={"HX-Request": "true"})
    assert answer.status_code == SAYS[address][0]
    assert answer["HX-Retarget"] == "#said"
    assert "<html" not in answer.content.decode()


def test_a_form_that_is_older_than_the_sign_in_shows_what_was_typed_and_no_button_to_send_it(settings):
    settings.CSRF_FAILURE_VIEW = "delegations.web.errors.csrf_failure"
    answer = Client(enforce_csrf_checks=True).post("/language/", {"words": "and initiatives", "language": "ru"})
    main = answer.content.decode().partition('id="main"')[2]
    assert answer.status_code == 403
    assert "<dd>and initiatives</dd>" in main
    assert "<form" not in main
