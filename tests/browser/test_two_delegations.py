"""Two delegations, two browsers, one server process: what one tables the other reads without asking for it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from config.embedded.valkey import EmbeddedValkey
from delegations.models import Delegate
from tests.room import Room

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SELECT = """([id, words]) => {
  const walker = document.createTreeWalker(document.getElementById(id), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.textContent.indexOf(words);
    if (at >= 0) document.getSelection().setBaseAndExtent(
      walker.currentNode, at, walker.currentNode, at + words.length);
  }
}"""


@pytest.fixture
def redis_of_its_own(tmp_path: Path) -> Iterator[EmbeddedValkey]:
    server = EmbeddedValkey(tmp_path)
    server.start()
    yield server
    server.remove()


@pytest.fixture
def served(room: Room, redis_of_its_own: EmbeddedValkey, tmp_path: Path) -> Iterator[str]:
    """The address of a server process as `make run` starts it, on the test's own database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    known = connection.settings_dict
    user, secret = quote(known["USER"], safe=""), quote(known["PASSWORD"] or "", safe="")
    database = f"postgresql://{user}:{secret}@{quote(known['HOST'], safe='')}:{known['PORT']}/{known['NAME']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PODIUM_VAR": str(tmp_path),
        "DATABASE_URL": database,
        "SECRET_KEY": settings.SECRET_KEY,
        **redis_of_its_own.urls(),
    }
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen([*command, "--no-ws", "config.asgi:application"], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_it_answers(port, server)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def _wait_until_it_answers(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended before it answered"
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not answer")


@pytest.fixture
def browsers(room: Room, served: str, monkeypatch: pytest.MonkeyPatch):
    """A function that opens the reading page as a delegation; no page may have broken the security policy."""
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("REQUIRE_BROWSER=1, but there is no Chromium on this machine.")
        pytest.skip("There is no Chromium on this machine.")
    # Playwright keeps an event loop in this thread; Django takes that for a view that must not touch the database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    cookies = {code: _cookie(room, code) for code in ("VIE", "IND")}
    page_of = served + reverse("document", args=[room.negotiation.slug, room.document.pk])
    faults: list[str] = []
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        def opened(code: str):
            context = browser.new_context()
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookies[code], "url": served}])
            page = context.new_page()
            page.on("pageerror", lambda fault: faults.append(str(fault)))
            page.on("console", lambda said: faults.extend([said.text] if "Security Policy" in said.text else []))
            page.goto(page_of)
            page.wait_for_selector("#live:not(.lost)", timeout=10_000)
            return page

        yield opened
        browser.close()
    assert faults == []


def _cookie(room: Room, code: str) -> str:
    client = Client()
    client.force_login(Delegate.objects.get(pk=room.actors[code].person_id))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def table(page, paragraph: str, words: str, instead: str) -> None:
    """Replace words as a person does: select them, press Propose words, type, table."""
    page.evaluate(SELECT, [f"body-{paragraph}", words])
    page.wait_for_selector(f"#p-{paragraph} .tools a.button")
    page.click(f"#p-{paragraph} .tools a.button")
    page.wait_for_selector(f"#panel-{paragraph} select[name=first]")
    page.check(f"#panel-{paragraph} [name=kind][value=replace]")
    page.fill(f"#panel-{paragraph} [name=words]", instead)
    page.click(f"#panel-{paragraph} button[value=table]")


def reads(page, paragraph: str, words: str, *, within: float) -> None:
    page.wait_for_function(
        "([id, words]) => document.getElementById(id).textContent.includes(words)",
        arg=[f"body-{paragraph}", words],
        timeout=within * 1000,
    )


def test_what_one_delegation_tables_by_selecting_words_the_other_reads_within_two_seconds(room: Room, browsers):
    paragraph = str(room.paragraph("PP2").pk)
    vienna, india = browsers("VIE"), browsers("IND")
    india.evaluate("window.notReloaded = true")
    table(vienna, paragraph, "every bell", "each bell")
    reads(india, paragraph, "[every bell] (-VIE) [each bell] (+VIE) has an owner", within=2)
    assert india.evaluate("window.notReloaded") is True


def test_a_push_leaves_a_half_typed_form_and_the_place_of_reading_alone(room: Room, browsers):
    second, first = str(room.paragraph("PP2").pk), str(room.paragraph("PP1").pk)
    vienna, india = browsers("VIE"), browsers("IND")
    india.set_viewport_size({"width": 1000, "height": 250})
    india.click(f"#p-{second} .tools a >> nth=0")
    india.fill(f"#panel-{second} [name=words]", "half a thought")
    india.evaluate("id => document.getElementById(id).scrollIntoView()", f"panel-{second}")
    before = india.evaluate("id => document.getElementById(id).getBoundingClientRect().top", f"panel-{second}")
    table(vienna, first, "Recalling", "Recalling with some warmth and at considerable length, over many lines,")
    reads(india, first, "considerable length", within=2)
    assert india.input_value(f"#panel-{second} [name=words]") == "half a thought"
    after = india.evaluate("id => document.getElementById(id).getBoundingClientRect().top", f"panel-{second}")
    assert abs(after - before) < 2


def test_without_redis_the_page_says_that_it_is_not_live_and_still_shows_the_change(
    room: Room, browsers, redis_of_its_own: EmbeddedValkey
):
    paragraph = str(room.paragraph("PP2").pk)
    vienna, india = browsers("VIE"), browsers("IND")
    redis_of_its_own.stop()
    india.wait_for_selector("#live.lost", timeout=5_000)
    assert "not live since" in india.inner_text("#live")
    table(vienna, paragraph, "every bell", "each bell")
    reads(india, paragraph, "[each bell] (+VIE)", within=5)
    redis_of_its_own.start()
    india.wait_for_selector("#live:not(.lost)", timeout=15_000)
