"""Two delegations in two browsers on a real server: one proposes, the other sees it, nothing that is typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from config.embedded.valkey import EmbeddedValkey
from documents.notation.package import read_package
from negotiations.acts import texts
from tests.browser.waiting import prints, reads, shows, until
from tests.room import TEXT, Room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

SELECT = """([handle, words]) => {
  const walker = document.createTreeWalker(
    document.querySelector(`article[aria-label="${handle}"] .p`), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.textContent.indexOf(words);
    if (at >= 0) document.getSelection().setBaseAndExtent(
      walker.currentNode, at, walker.currentNode, at + words.length);
  }
}"""


def chooses(page: Any, handle: str, words: str) -> None:
    """Select words as a person does, and open the form on them."""
    page.evaluate(SELECT, [handle, words])
    page.click(f'article[aria-label="{handle}"] .tools a.button')
    page.wait_for_selector(f'article[aria-label="{handle}"] select[name=first]')


def replaces(page: Any, handle: str, words: str, instead: str) -> None:
    chooses(page, handle, words)
    page.check(".panel [name=kind][value=replace]")
    page.fill(".panel [name=words]", instead)
    page.click(".panel button[value=table]")


def test_words_chosen_by_selecting_are_tabled_and_seen_by_the_other_without_reloading(sit: Callable[..., Any]) -> None:
    vie, ind = sit("VIE"), sit("IND")
    ind.evaluate("window.notReloaded = true")
    vie.evaluate(SELECT, ["PP2", "every bell"])
    until(vie, lambda: vie.inner_text('article[aria-label="PP2"] .tools a.button') == "Propose on “every bell”")
    chooses(vie, "PP2", "bell")
    assert vie.locator("select[name=last] option:checked").all_text_contents() == ["4 bell"]
    vie.fill("textarea[name=words]", "and tyre")
    until(vie, lambda: "every bell [and tyre] (+VIE) has" in (vie.text_content("[role=status] .preview") or ""))
    vie.click("button[value=table]")
    reads(ind, "PP2", "every bell [and tyre] (+VIE) has an owner", within=2)
    assert prints(ind, "PP2") == "PP2. Noting that every bell [and tyre] (+VIE) has an owner;"
    assert ind.evaluate("window.notReloaded") is True


def test_a_paragraph_that_is_tabled_comes_in_on_open_pages_and_is_negotiated_there(sit: Callable[..., Any]) -> None:
    vie, ind = sit("VIE"), sit("IND")
    ind.evaluate("window.notReloaded = true")
    vie.click('article[aria-label="PP1"] .tools a:has-text("Propose a paragraph")')
    vie.fill(".panel [name=words]", "Recalling that bells are heard before they are seen;")
    until(vie, lambda: "PP1a will print, after PP1" in (vie.text_content("[role=status] .preview") or ""))
    vie.click(".panel button[value=table]")
    reads(ind, "PP1a", "[PP1a. Recalling that bells are heard before they are seen;] (+VIE)", within=2)
    order = ind.locator("article.para").evaluate_all("found => found.map(one => one.getAttribute('aria-label'))")
    assert order[:4] == ["¶1", "PP1", "PP1a", "PP2"]
    assert ind.locator("nav.outline ol li").nth(2).inner_text().startswith("PP1a")
    ind.click('article[aria-label="PP1a"] .rail a[data-panel]')
    ind.click(".panel button[value=oppose]")
    reads(vie, "PP1a", "(+VIE) (-IND)", within=2)
    assert ind.evaluate("window.notReloaded") is True


def test_a_revision_marks_what_was_said_of_the_earlier_words(sit: Callable[..., Any], room: Room) -> None:
    room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    room.takes("IND", "support", on="PP2.1")
    vie, ind = sit("VIE"), sit("IND")
    vie.click('article[aria-label="PP2"] .rail a[data-panel]')
    vie.click('.panel a:has-text("Revise our wording")')
    vie.fill(".panel [name=words]", "and wheel")
    until(vie, lambda: "every bell [and wheel] (+VIE) (+IND)" in (vie.text_content("[role=status] .preview") or ""))
    vie.click(".panel button[value=revise]")
    reads(ind, "PP2", "every bell [and wheel] (+VIE) (+IND) has an owner", within=2)
    until(ind, lambda: ind.locator('article[aria-label="PP2"] .chip.earlier').count() == 1)
    ind.click('article[aria-label="PP2"] .rail a[data-panel]')
    ind.click(".panel button[value=support]")
    until(vie, lambda: vie.locator('article[aria-label="PP2"] .chip.earlier').count() == 0)


def test_a_card_stays_level_with_its_bracket_while_a_preview_shows_the_bracket_again(sit: Callable[..., Any]) -> None:
    vie = sit("VIE")
    top = "document.querySelector('article[aria-label=\"PP1\"] .card').getBoundingClientRect().top + scrollY"
    before = vie.evaluate(top)
    chooses(vie, "PP1", "Recalling")
    vie.fill(".panel [name=words]", "once more")
    vie.wait_for_selector(".panel .preview")
    assert abs(vie.evaluate(top) - before) < 2


def test_the_foot_and_the_list_of_documents_follow_what_others_do(sit: Callable[..., Any], room: Room) -> None:
    ind = sit("IND")
    assert "6 brackets" in ind.inner_text("#foot")
    room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    until(ind, lambda: "7 brackets" in ind.inner_text("#foot"))
    package = read_package(TEXT.replace("Bicycle Bells", "Bicycle Lamps"))
    texts.import_package(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, package=package, name="lamps", key="lamps"
    )
    until(ind, lambda: "Bicycle Lamps" in ind.inner_text("#documents"))


def test_a_replacement_is_answered_with_one_press(sit: Callable[..., Any]) -> None:
    vie, ind = sit("VIE"), sit("IND")
    vie.click('article[aria-label="OP1"] .rail a[data-panel] >> nth=0')
    vie.click(".panel button[value=new]")
    reads(ind, "OP1", "[oil] (-IND) (-VIE) [polish] (+IND) (+VIE)", within=2)


def test_a_push_leaves_a_half_typed_form_and_the_place_of_reading_alone(sit: Callable[..., Any]) -> None:
    vie, ind = sit("VIE"), sit("IND")
    ind.set_viewport_size({"width": 1000, "height": 250})
    ind.click('article[aria-label="PP2"] .tools a >> nth=0')
    ind.fill(".panel [name=words]", "half a thought")
    panel = "document.querySelector('.panel')"
    ind.evaluate(f"{panel}.scrollIntoView()")
    before = ind.evaluate(f"{panel}.getBoundingClientRect().top")
    replaces(vie, "PP1", "Recalling", "Recalling with some warmth and at considerable length, over many lines,")
    reads(ind, "PP1", "considerable length", within=2)
    assert ind.input_value(".panel [name=words]") == "half a thought"
    assert abs(ind.evaluate(f"{panel}.getBoundingClientRect().top") - before) < 2


def test_without_redis_the_page_says_so_asks_by_seq_and_is_live_again_when_it_is_back(
    sit: Callable[..., Any], redis_of_its_own: EmbeddedValkey
) -> None:
    vie, ind = sit("VIE"), sit("IND")
    redis_of_its_own.stop()
    ind.wait_for_selector("#live.lost", timeout=5_000)
    assert "not live since" in ind.inner_text("#live")
    replaces(vie, "PP2", "every bell", "each bell")
    reads(ind, "PP2", "[each bell] (+VIE)", within=5)
    redis_of_its_own.start()
    ind.wait_for_selector("#live:not(.lost)", timeout=15_000)


def test_a_page_says_when_its_room_is_suspended(sit: Callable[..., Any], room: Room) -> None:
    ind = sit("IND")
    room.suspends()
    until(ind, shows(ind, "suspended"))


def test_a_session_suspended_while_one_types_refuses_the_words_and_keeps_them(
    sit: Callable[..., Any], room: Room
) -> None:
    vie = sit("VIE")
    chooses(vie, "PP2", "every bell")
    vie.fill(".panel [name=words]", "and every horn")
    room.suspends()
    vie.click(".panel button[value=table]")
    vie.wait_for_selector(".panel .fault")
    assert "The session is not open" in vie.inner_text(".panel .fault")
    assert vie.input_value(".panel [name=words]") == "and every horn"
    assert "horn" not in room.prints("PP2")


def test_everything_a_delegate_does_works_without_javascript(sit: Callable[..., Any], room: Room) -> None:
    vie = sit("VIE", java_script_enabled=False)
    vie.click('article[aria-label="PP2"] .tools a >> nth=0')
    vie.check("input[value=delete]")
    vie.select_option("select[name=first]", str(room.at("PP2", "every")))
    vie.select_option("select[name=last]", str(room.at("PP2", "every")))
    vie.click("button[value=preview]")
    assert "that [every] (-VIE) bell" in vie.text_content(".preview")
    vie.click("button[value=table]")
    assert "that [every] (-VIE) bell" in prints(vie, "PP2")
    vie.click('article[aria-label="PP1"] .rail a[data-panel] >> nth=0')
    vie.check("input[name=reservation]")
    vie.click("button[value=support]")
    assert "[ring and] (+IND) (+VIE with reservation)" in prints(vie, "PP1")
    vie.click('article[aria-label="PP1"] .rail a[data-panel] >> nth=0')
    vie.click("button[value=withdraw]")
    assert "[ring and] (+IND) [" in prints(vie, "PP1")
    vie.click('article[aria-label="PP2"] .rail a[data-panel] >> nth=0')
    vie.get_by_role("button", name="Withdraw our proposal").click()
    assert prints(vie, "PP2") == "PP2. Noting that every bell has an owner;"


def test_the_secretariat_retains_agrees_and_suspends_without_javascript(sit: Callable[..., Any], room: Room) -> None:
    desk = sit("Secretariat", java_script_enabled=False)
    desk.click('article[aria-label="PP1"] .rail a[data-panel] >> nth=0')
    desk.select_option("select[name=for]", "TUR")
    desk.click("button[value=tcb]")
    assert "[ring and] (+IND) (TUR tcb)" in prints(desk, "PP1")
    desk.click('article[aria-label="PP1"] .rail a[data-panel] >> nth=0')
    desk.get_by_role("link", name="Retain: these words stay").click()
    assert "TUR" in desk.inner_text("main")  # whom it does not wait for
    assert "bells ring and [, where customary,]" in desk.text_content(".preview")
    desk.get_by_role("button", name="Record it").click()
    assert "bells ring and [, where customary,] (-TUR) warn" in prints(desk, "PP1")
    desk.click('article[aria-label="PP2"] .tools a:has-text("The whole paragraph")')
    desk.get_by_role("button", name="Mark as agreed ad referendum").click()
    assert "agreed" in (desk.locator('article[aria-label="PP2"]').get_attribute("class") or "").split()
    desk.goto(desk.url.split("/texts/")[0] + "/desk/")
    desk.get_by_role("link", name="Suspend the session").click()
    desk.get_by_role("button", name="Suspend and issue").click()
    assert room.negotiation.sessions.get().state == "suspended"
    assert reverse("versions", args=[room.negotiation.slug]) in desk.url
