"""A real browser, the product's own server on the test's database, and a Redis that a test may take away."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from delegations.models import Delegate
from tests.room import Room

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("REQUIRE_BROWSER=1, but there is no Chromium on this machine.")
        pytest.skip("There is no Chromium on this machine.")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        # Playwright keeps an event loop in this thread; Django takes that for a view that must not touch the database.
        before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        yield browser
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        browser.close()


@pytest.fixture
def sit(chromium: Any, room: Room, served: str) -> Iterator[Callable[..., Any]]:
    """A function that opens the reading page as a delegation, in a browser of its own.

    Afterwards no page may have broken the security policy or failed in a script.
    """
    faults: list[str] = []
    contexts: list[Any] = []
    reading = served + reverse("document", args=[room.negotiation.slug, room.document.pk])

    def seated(code: str, *, width: int = 1440, theme: str = "light", **more: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, **more)
        contexts.append(context)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": _session(room, code), "url": served}])
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.extend([said.text] if "Security Policy" in said.text else []))
        page.goto(reading)
        if more.get("java_script_enabled", True):
            page.wait_for_selector("#live:not(.lost)", timeout=10_000)
        return page

    yield seated
    for context in contexts:
        context.close()
    assert faults == []


def _session(room: Room, code: str) -> str:
    client = Client()
    client.force_login(Delegate.objects.get(pk=room.actors[code].person_id))
    return client.cookies[settings.SESSION_COOKIE_NAME].value
