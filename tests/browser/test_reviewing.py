"""A file from being sent to being in, in a real browser: its progress, its review, its decisions, its import."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from documents.models import Document, Paragraph
from documents.notation import corrections as decisions
from documents.notation import shown as showings
from documents.notation.corrections import Corrections
from documents.notation.lines import BLANK
from documents.notation.package import read_package
from documents.notation.shown import Notice, Shown
from negotiations.models import ReceivedFile
from negotiations.tasks import read_received_files
from tests.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

PACKAGE = """The Secretariat forwards two drafts.

PONDS/2026/1
PODIUM VERSION AS OF COB OF 1 MAY 2026

Draft Statement on Ponds

PP1. Recalling that ponds [and [small] lakes] (+IND) (-VIET) are wet; (CHN tcb)

PP2. Noting that frogs live in them;

OP1. Towns shall keep ponds) clean
and quiet [at night] (-IND).

PODIUM VERSION AS OF COB OF 1 MAY 2026

Draft Plan of Action on Reeds

1. Reeds [are cut] (+OWL) in autumn.

2. They [stand in winter.
"""


@pytest.fixture
def desk(sit: Callable[..., Any], room: Room) -> Callable[..., Any]:
    """A function that opens the page on which texts come in, as the Secretariat."""

    def opened(**more: Any) -> Any:
        page = sit("Secretariat", **more)
        root = page.url.split(f"/{room.negotiation.slug}/")[0]
        page.goto(root + reverse("import", args=[room.negotiation.slug]))
        return page

    return opened


def sends(page: Any, tmp_path: Path, text: str = PACKAGE, name: str = "ponds.txt") -> ReceivedFile:
    (tmp_path / name).write_text(text, encoding="utf-8")
    page.set_input_files("#file", str(tmp_path / name))
    page.click("button.act.first")
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/"))
    return ReceivedFile.objects.latest("received_at")


def said(file: ReceivedFile) -> Corrections:
    return decisions.from_json(ReceivedFile.objects.get(pk=file.pk).corrections)


def at(words: str, text: str = PACKAGE) -> int:
    return text.index(words)


def correct(page: Any, place: int) -> Any:
    """The row with its form open."""
    found = page.locator(f"#p-{place}")
    found.locator("details.correct > summary").click()
    return found


def test_a_package_is_sent_reviewed_corrected_imported_and_taken_back(
    desk: Callable[..., Any], room: Room, tmp_path: Path
) -> None:
    page = desk()
    file = sends(page, tmp_path)
    assert page.locator("#progress h2").inner_text() == "It waits to be read"
    read_received_files()
    page.wait_for_selector("#review", timeout=5_000)  # by itself: the page asks every second
    assert "0 of 2 decided" in page.inner_text("#review-head")
    page.select_option("#code-1", "VIE")
    page.click("text=Keep these codes")
    page.wait_for_selector("text=2 of 2 decided")
    assert said(file).codes == {"VIET": "VIE", "OWL": ""}
    page.click("nav.parts >> text=Draft Statement on Ponds")
    found = correct(page, at("PP2"))
    found.locator("text=comes in agreed ad referendum").click()
    found.locator("text=Keep this").click()
    page.wait_for_selector(f"#p-{at('PP2')}.decided")
    assert "1 come in agreed" in page.inner_text("#review-head")
    assert page.evaluate("document.activeElement.closest('.pair').id") == f"p-{at('PP2')}"
    found = correct(page, at("OP1"))
    found.locator("text=Cut there").click()
    page.wait_for_selector(f"#p-{at('and quiet')}")
    found = correct(page, at("and quiet"))
    found.locator("text=It goes on with the one before").click()
    page.wait_for_selector(f"#p-{at('and quiet')}", state="detached")
    page.click("text=These are original wording")
    page.wait_for_selector("text=Not known again")
    page.click("#import button.act.first")
    page.wait_for_selector("text=2 documents are on the agenda")
    documents = Document.objects.filter(agenda_item__negotiation=room.negotiation).order_by("agenda_item__place")
    statement, plan = list(documents)[-2:]
    assert (statement.name, plan.name) == ("Draft Statement on Ponds", "Draft Plan of Action on Reeds")
    assert Paragraph.objects.get(document=statement, handle="PP2").agreement == "agreed_ad_ref"
    page.click("#take-back ~ form button")
    page.wait_for_selector("#review")
    assert not Document.objects.filter(pk=statement.pk).exists()
    assert "2 of 2 decided" in page.inner_text("#review-head")


def test_without_javascript_every_decision_is_a_form_and_comes_back_to_its_row(
    desk: Callable[..., Any], room: Room, tmp_path: Path
) -> None:
    page = desk(java_script_enabled=False)
    file = sends(page, tmp_path)
    read_received_files()
    page.reload()
    page.click("nav.parts >> text=Draft Statement on Ponds")
    found = correct(page, at("OP1"))
    found.locator("input[name=label]").fill("OP7")
    found.locator("text=Keep this").click()
    found = page.locator(f"#p-{at('OP1')}")
    assert "does not begin with “OP7”" in found.inner_text()
    found.locator("input[name=label]").fill("OP1")
    found.locator("select[name=kind]").select_option("item")
    found.locator("text=Keep this").click()
    assert page.url.endswith(f"?part=2#p-{at('OP1')}")
    assert said(file).kinds == {at("OP1"): "item"}
    page.click("#import button.act.first")
    assert "2 documents are on the agenda" in page.content()


def test_a_bracket_and_its_source_lead_to_each_other(desk: Callable[..., Any], room: Room, tmp_path: Path) -> None:
    page = desk()
    sends(page, tmp_path)
    read_received_files()
    page.wait_for_selector("#review")
    page.click("nav.parts >> text=Draft Statement on Ponds")
    name = f"{at('PP1')}-2"
    page.click(f"#b-{name}")
    assert page.evaluate(f"document.getElementById('s-{name}').matches(':target')")
    ground = "getComputedStyle(document.getElementById('p-%s')).backgroundColor"
    assert page.evaluate(ground % at("PP1")) != page.evaluate(ground % at("PP2"))
    page.click(f"#s-{name}")
    assert page.evaluate(f"document.getElementById('b-{name}').matches(':target')")


def test_a_row_is_corrected_with_the_keyboard_alone(desk: Callable[..., Any], room: Room, tmp_path: Path) -> None:
    page = desk()
    file = sends(page, tmp_path)
    read_received_files()
    page.wait_for_selector("#review")
    page.click("nav.parts >> text=Draft Statement on Ponds")
    page.locator(f"#p-{at('PP2')} summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "kind"
    page.keyboard.type("oper")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "agreed"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#p-{at('PP2')}.decided")
    assert said(file).kinds == {at("PP2"): "operative"}
    assert said(file).agreed == {at("PP2")}


@pytest.mark.parametrize("width", [390, 1440])
def test_source_and_reading_stand_beside_or_under_one_another(
    desk: Callable[..., Any], room: Room, tmp_path: Path, width: int
) -> None:
    page = desk(width=width)
    sends(page, tmp_path)
    read_received_files()
    page.wait_for_selector("#review")
    page.click("nav.parts >> text=Draft Statement on Ponds")
    row = page.locator(f"#p-{at('PP1')}")
    source, understood = (row.locator(cell).bounding_box() for cell in (".source", ".understood"))
    if width == 390:
        assert understood["y"] >= source["y"] + source["height"]
    else:
        assert abs(understood["y"] - source["y"]) < 2
        assert understood["x"] > source["x"] + source["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = correct(page, at("PP1"))
    assert found.locator("form").bounding_box()["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_real_package_is_reviewed_and_imported_as_it_stands(
    desk: Callable[..., Any], room: Room, real_file: Path, tmp_path: Path
) -> None:
    source = real_file.read_text(encoding="utf-8")
    page = desk()
    file = sends(page, tmp_path, source, "package.txt")
    address = page.url
    page.goto("about:blank")  # a server that has shown a reading once keeps it
    read_received_files()
    bold = shows_bold(file)
    columns = []
    for part in (1, 3, 4, 5, 2):
        page.goto(f"{address}?part={part}")
        lines = "Array.from(document.querySelectorAll('.source')).map((cell) => cell.textContent).join('')"
        columns.append((part, page.evaluate(lines)))
    unseen = dict.fromkeys(map(ord, BLANK))
    assert "".join(words for _part, words in sorted(columns)).translate(unseen) == source.translate(unseen)
    page.click("text=Accept bold as agreed")
    page.wait_for_selector("text=None comes in agreed")
    assert said(file).agreed == bold
    assert "120 paragraphs" in page.inner_text("#import button.act.first")
    page.click("#import button.act.first")
    page.wait_for_selector("text=4 documents are on the agenda")


def shows_bold(file: ReceivedFile) -> set[int]:
    """The file as if it had come from Word, with a comment, and bold where nothing is contested in its first document."""
    file.refresh_from_db()
    found = read_package(file.source).documents[0].paragraphs
    clean = [one.src for one in found if not one.reading.spans and not one.reading.markers]
    notice = Notice("comment", clean[0][0], "Is this right?", "A comment.")
    file.shown = showings.to_json(Shown(bold=tuple(clean), notices=(notice,)))
    file.save()
    return {start for start, _end in clean}


def test_a_file_that_was_put_away_is_gone(desk: Callable[..., Any], room: Room, tmp_path: Path) -> None:
    page = desk()
    file = sends(page, tmp_path)
    read_received_files()
    page.wait_for_selector("#review")
    page.click("text=Put this file away")
    page.wait_for_selector("text=No file has come in yet")
    assert not ReceivedFile.objects.filter(pk=file.pk).exists()
