"""Two delegations in two browsers on a real server: one proposes, the other sees it, nothing breaks the page's policy."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from config.embedded import ports
from delegations.models import Delegate
from tests.room import Room

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = os.environ.get("PODIUM_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
PASSPHRASE = "seven slow lanterns cross the lake"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

SELECT = """([handle, word]) => {
  const body = document.querySelector(`article[aria-label="${handle}"] .p`);
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.textContent.indexOf(word);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + word.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
}"""


@pytest.fixture
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("REQUIRE_BROWSER=1, but there is no Chromium on this machine.")
        pytest.skip("There is no Chromium on this machine.")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    # Playwright keeps an event loop in this thread; Django takes that for a view that must not touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def served(room_of_bells: Room, request: pytest.FixtureRequest) -> Iterator[str]:
    """The product's own server on the test database; marked ``without_redis``, with a Redis that does not answer."""
    parts = connection.settings_dict
    url = f"postgresql://{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT']}/{parts['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings", "PODIUM_POOL": "4"}
    if request.node.get_closest_marker("without_redis"):
        environment["REDIS_URL"] = "redis://127.0.0.1:9/0"
    port = ports.free_port()
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen([*command, "--no-ws", "config.asgi:application"], env=environment)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the server did not start")


@pytest.fixture
def room_of_bells(transactional_db: None) -> Room:
    return Room.opened()


@pytest.fixture
def sit(chromium: Any, served: str, room_of_bells: Room) -> Iterator[Callable[..., Any]]:
    """Sign somebody in on a browser of its own; afterwards no page may have broken the security policy."""
    broken: list[str] = []
    contexts = []

    def seated(code: str, **more: Any) -> Any:
        person = Delegate.objects.get(pk=room_of_bells.actors[code].person_id)
        person.set_password(PASSPHRASE)
        person.save()
        context = chromium.new_context(viewport={"width": 1440, "height": 900}, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: broken.extend([said.text] if "Security Policy" in said.text else []))
        page.on("pageerror", lambda fault: broken.append(str(fault)))
        page.goto(f"{served}/sign-in/")
        page.fill("input[name=email]", person.email)
        page.fill("input[name=passphrase]", PASSPHRASE)
        page.press("input[name=passphrase]", "Enter")
        page.wait_for_url("**/texts/**")
        return page

    yield seated
    for context in contexts:
        context.close()
    assert broken == []


def until(page: Any, done: Callable[[], bool], patience: float = 8) -> None:
    """Wait in small steps: the page's policy lets nobody evaluate strings in it, not even the test."""
    deadline = time.monotonic() + patience
    while not done():
        if time.monotonic() > deadline:
            pytest.fail("it did not happen in time")
        page.wait_for_timeout(50)


def shows(page: Any, words: str) -> Callable[[], bool]:
    return lambda: words in (page.text_content("body") or "")


def prints(page: Any, handle: str) -> str:
    text: str = page.text_content(f'article[aria-label="{handle}"] .p')
    return text


def test_words_chosen_by_selecting_are_tabled_and_seen_by_the_other_at_once(sit: Callable[..., Any]) -> None:
    vie, ind = sit("VIE"), sit("IND")
    ind.wait_for_selector("#live:not(.lost)")
    vie.evaluate(SELECT, ["PP2", "bell"])
    vie.click('article[aria-label="PP2"] .tools a >> nth=0')
    until(vie, lambda: vie.locator("select[name=last] option:checked").all_text_contents() == ["4 bell"])
    vie.fill("textarea[name=words]", "and tyre")
    vie.click("button[value=preview]")
    vie.wait_for_selector(".preview")
    assert "every bell [and tyre] (+VIE) has" in vie.text_content(".preview")
    vie.click("button[value=table]")
    until(ind, shows(ind, "[and tyre] (+VIE)"))
    assert prints(ind, "PP2") == "PP2. Noting that every bell [and tyre] (+VIE) has an owner;"


def test_a_position_taken_in_a_panel_is_seen_by_the_other_and_a_half_typed_form_is_kept(
    sit: Callable[..., Any],
) -> None:
    vie, ind = sit("VIE"), sit("IND")
    ind.wait_for_selector("#live:not(.lost)")
    ind.click('article[aria-label="PP1"] .tools a >> nth=0')
    ind.fill("textarea[name=words]", "half typed")
    vie.click('article[aria-label="PP1"] .rail a[data-panel] >> nth=0')
    vie.click(".panel button[value=oppose]")
    until(ind, shows(ind, "(+IND) (-VIE)"))
    assert ind.input_value("textarea[name=words]") == "half typed"


@pytest.mark.without_redis
def test_without_redis_the_page_says_so_and_asks_by_seq(sit: Callable[..., Any]) -> None:
    vie, ind = sit("VIE"), sit("IND")
    ind.wait_for_selector("#live.lost", timeout=10000)
    until(ind, shows(ind, "not live since"), patience=10)
    vie.click('article[aria-label="PP1"] .rail a[data-panel] >> nth=0')
    vie.click(".panel button[value=oppose]")
    until(ind, shows(ind, "(+IND) (-VIE)"), patience=10)


def test_a_page_says_when_its_room_is_suspended(sit: Callable[..., Any], room_of_bells: Room) -> None:
    ind = sit("IND")
    ind.wait_for_selector("#live:not(.lost)")
    room_of_bells.suspends()
    until(ind, shows(ind, "suspended"))


def test_everything_a_delegate_does_works_without_javascript(sit: Callable[..., Any], room_of_bells: Room) -> None:
    vie = sit("VIE", java_script_enabled=False)
    vie.click('article[aria-label="PP2"] .tools a >> nth=0')
    vie.check("input[value=delete]")
    vie.select_option("select[name=first]", str(room_of_bells.at("PP2", "every")))
    vie.select_option("select[name=last]", str(room_of_bells.at("PP2", "every")))
    vie.click("button[value=preview]")
    assert "that [every] (-VIE) bell" in vie.text_content(".preview")
    vie.click("button[value=table]")
    assert "that [every] (-VIE) bell" in prints(vie, "PP2")


def test_every_page_of_the_secretariat_keeps_the_policy(sit: Callable[..., Any], room_of_bells: Room) -> None:
    desk = sit("Secretariat")
    slug = room_of_bells.negotiation.slug
    bracket = room_of_bells.bracket("PP1.1")
    root = desk.url.split(f"/{slug}/")[0]
    for address in (
        "desk/",
        "desk/suspend/",
        "import/",
        "versions/",
        f"brackets/{bracket.pk}/",
        f"brackets/{bracket.pk}/verdict/?way=retain",
    ):
        answer = desk.goto(f"{root}/{slug}/{address}")
        assert answer.status == 200, address
        assert "default-src 'none'" in answer.headers["content-security-policy"], address
