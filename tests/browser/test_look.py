"""The pages in a real browser: no accessibility fault, no hole in the security policy, no sideways scrolling."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from delegations.web import errors
from delegations.web.signed_in import signed_in

axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")

PANEL = """{% extends "base.html" %}{% block title %}Panel{% endblock %}{% block main %}<h1>Panel</h1>
<section class="panel"><h2>Propose</h2>
<form method="post" action="/draft/" hx-post="/draft/" hx-target="closest section">{% csrf_token %}
<div class="field"><label for="words">Words</label><textarea id="words" name="words" rows="3"></textarea></div>
<button class="first">Table it</button></form></section>
<section><h2>Elsewhere</h2><button hx-get="/forbidden/">Forbidden</button> <button hx-get="/broken/">Broken</button>
</section>{% endblock %}"""


def panel(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(PANEL).render({}, request))


@signed_in
def draft(request: HttpRequest) -> HttpResponse:
    return HttpResponse("recorded")


def forbids(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of our own")


urlpatterns = [
    path("", include("delegations.web.urls")),
    path("panel/", panel),
    path("draft/", draft),
    path("forbidden/", forbids),
    path("broken/", breaks),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def look(chromium, live_server):
    """A function that opens a page; afterwards no page may have broken the security policy."""
    broken: list[str] = []
    contexts = []

    def opened(address: str, *, width: int = 1440, theme: str = "light", **more: object):
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: broken.extend([said.text] if "Security Policy" in said.text else []))
        page.goto(live_server.url + address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert broken == []


def faults_of(page) -> list[str]:
    found = axe_playwright.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    return [f"{fault['id']}: {node['html']}" for fault in found.response["violations"] for node in fault["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize("address", ["/sign-in/", "/panel/", "/nowhere/", "/forbidden/", "/broken/"])
def test_pages_have_no_accessibility_fault_and_do_not_scroll_sideways(look, address, width, theme):
    page = look(address, width=width, theme=theme)
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_wrong_sign_in_puts_the_focus_on_the_summary_of_faults(look):
    page = look("/sign-in/")
    page.fill("[name=email]", "nobody@mission.example")
    page.fill("[name=passphrase]", "wrong words")
    page.click("main button.first")
    page.wait_for_selector(".fault")
    assert page.title() == "Error: Sign in · Podium"
    assert page.evaluate("document.activeElement.className") == "fault"
    assert faults_of(page) == []


def test_what_is_typed_into_the_passphrase_can_be_shown(look):
    page = look("/sign-in/")
    page.fill("[name=passphrase]", "seven slow lanterns")
    page.check("text=Show what I type")
    assert page.get_attribute("[name=passphrase]", "type") == "text"


def test_without_scripts_the_sign_in_offers_nothing_that_cannot_work(look):
    page = look("/sign-in/", java_script_enabled=False)
    assert not page.is_visible("text=Show what I type")
    assert page.is_visible("[name=passphrase]")


def test_a_press_while_signed_out_shows_the_sign_in_in_the_panel_with_the_typed_words(look):
    page = look("/panel/")
    page.fill("[name=words]", "and initiatives")
    page.click("text=Table it")
    page.wait_for_selector(".panel [name=passphrase]")
    assert page.inner_text(".panel dd") == "and initiatives"
    assert page.inner_text("h1") == "Panel"
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert faults_of(page) == []


def test_htmx_keeps_nothing_in_the_browser(look):
    page = look("/panel/")
    page.fill("[name=words]", "and initiatives")
    page.click("text=Table it")
    page.wait_for_selector(".panel [name=passphrase]")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.parametrize(("button", "words"), [("Forbidden", "You may not do this."), ("Broken", "went wrong")])
def test_a_refused_or_broken_press_is_said_at_the_top_and_swaps_nothing_else(look, button, words):
    page = look("/panel/")
    page.fill("[name=words]", "and initiatives")
    page.click(f"text={button}")
    page.wait_for_selector("#said .notice")
    assert words in page.inner_text("#said")
    assert page.inner_text(f"button:has-text('{button}')") == button
    assert page.input_value("[name=words]") == "and initiatives"


def test_a_server_that_is_not_reached_is_said_and_the_typed_words_stay(look):
    page = look("/panel/")
    page.fill("[name=words]", "and initiatives")
    page.context.set_offline(True)
    page.click("text=Table it")
    page.wait_for_selector("#said .notice")
    assert "The server did not answer." in page.inner_text("#said")
    assert page.input_value("[name=words]") == "and initiatives"
