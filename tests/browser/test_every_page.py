"""Every page of a negotiation, in both themes and at three widths: nothing breaks the policy, nobody is shut out."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse

from documents.models import PodiumVersion
from negotiations.acts import receiving, revisions, sessions, sponsors, texts, versions
from negotiations.acts.wording import Deletion
from negotiations.models import Freeze, PrivateDraft, ReceivedFile
from negotiations.tasks import read_received_files
from tests.room import TEXT, Room, proposal_of

axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

FAULTY = f"""The Secretariat forwards the draft.

{TEXT}
OP4. Pumps [, of [iron],] (+QQQ) (-IND) are lent); (VIET tcb)

OP6. [Alt. No pumps are lent.] (-TUR) ¹ and [so on

¹ Pumps are not bells.

7
""".encode()
PANELS = """() => {
  for (const at of [0, 1]) document.querySelectorAll('article .tools')[2].querySelectorAll('a')[at].click();
  document.querySelector('article .rail a[data-panel]').click();
}"""


def pages_of(room: Room, code: str) -> Iterator[str]:
    def at(name: str, *args: object) -> str:
        return reverse(name, args=[room.negotiation.slug, *args])

    single, half, paragraph = room.bracket("PP1.1").pk, room.bracket("OP1.1").pk, room.paragraph("PP2").pk
    yield at("same-as", room.document.pk) + "?delegation=IND"
    for reading in ("", "?as=clean", "?as=agreed", "?as=VIE"):
        yield at("document", room.document.pk) + reading
    yield at("bracket", single)
    yield at("bracket", half)
    yield at("paragraph", paragraph)
    yield at("propose", paragraph)
    yield at("rewrite", paragraph)
    yield at("new-paragraph", paragraph)
    yield at("revise", room.bracket("PP2.1").proposal_id)
    yield at("bracket", room.bracket("PP2.1").pk)
    yield reverse("tokens")
    yield reverse("api:docs")
    yield at("history", room.paragraph("PP1").pk)
    yield at("characters", room.paragraph("PP1").pk)
    yield at("propose", paragraph) + f"?draft={PrivateDraft.objects.get(seat__delegation__code=code, handle='PP2').pk}"
    yield at("my-file")
    yield at("desk")
    yield at("versions")
    yield at("version", PodiumVersion.objects.filter(document=room.document).get().pk)
    if code == "Secretariat":
        yield at("verdict", single) + "?way=retain"
        yield at("verdict", half) + "?way=carry"
        yield at("suspend-session")
        yield at("close-session")
        yield at("import")
        for file in ReceivedFile.objects.filter(negotiation=room.negotiation):
            yield at("compare" if file.revises_id else "received", file.pk)


def faults_of(page: Any) -> list[str]:
    found = axe_playwright.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    return [f"{fault['id']}: {node['html']}" for fault in found.response["violations"] for node in fault["nodes"]]


@pytest.fixture
def issued(room: Room) -> Room:
    """A room that was suspended and resumed, with a document set aside, a co-sponsor and words that were revised."""
    proposal = proposal_of(room.inserts("VIE", "and tyre", after="bell", in_="PP2"))
    named: dict[str, Any] = {"negotiation_id": room.negotiation.pk, "proposal_id": proposal}
    sponsors.co_sponsor(actor=room.actors["IND"], seen=room.seq, key=room.key(), **named)
    revisions.revise(actor=room.actors["VIE"], text="and every wheel", seen=room.seq, key=room.key(), **named)
    room.imports("PP1. Noting the pumps;")
    sessions.set_agenda(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, agenda=[room.document.pk], key=room.key()
    )
    room.suspends()
    versions.issue(freeze_id=Freeze.objects.get().pk)
    sessions.open_session(actor=room.secretariat, negotiation_id=room.negotiation.pk, key=room.key())
    room.takes("Secretariat", "tcb", on="PP1.1", heard_for="TUR")
    _prepares(room)
    _receives(room)
    return room


def _prepares(room: Room) -> None:
    """A draft that fits and one that fits no more, a bracket where one is alone, one that got other words since."""
    for code in ("VIE", "Secretariat"):
        at = room.at("OP2", "returned")
        room.keeps(code, Deletion(at, at), in_="OP2", reason="They stay.", note="Ask the capital.")
        room.keeps_insertion(code, "and rim", after="every", in_="PP2", reason="They wear out.", note="Ask.")
        room.takes(code, "oppose", on="PP1.1")
    room.deletes("IND", "and", "returned", in_="OP2")


def _receives(room: Room) -> None:
    """A file in each state: under review with something of everything, refused, imported, and still waiting."""
    act: dict[str, Any] = {"actor": room.secretariat, "negotiation_id": room.negotiation.pk}
    for name, data in (("faulty.txt", FAULTY), ("picture.pdf", b"\x89PNG"), ("pumps.txt", b"PP1. Noting the pumps;")):
        file = receiving.receive(**act, name=name, data=data)
        read_received_files()
    texts.import_received(**act, file_id=file.pk, key=room.key())
    later = TEXT.replace("(-TUR)", "(+VIE) (+MARS)").replace("every bell", "each bell").replace("[oil] (-IND)", "")
    receiving.receive(**act, name="later.txt", data=later.encode(), revises=room.document.pk)
    read_received_files()
    receiving.receive(**act, name="waiting.txt", data=b"PP1. Noting;")


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 1440), ("light", 768), ("dark", 360)])
@pytest.mark.parametrize("code", ["VIE", "Secretariat"])
def test_every_page_keeps_the_policy_fits_its_window_and_has_no_accessibility_fault(
    sit: Callable[..., Any], issued: Room, code: str, theme: str, width: int
) -> None:
    page = sit(code, width=width, theme=theme)
    root = page.url.split(f"/{issued.negotiation.slug}/")[0]
    for address in pages_of(issued, code):
        answer = page.goto(root + address)
        assert answer.status == 200, address
        assert "default-src 'none'" in answer.headers["content-security-policy"], address
        assert faults_of(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_panels_in_their_place_have_no_accessibility_fault(sit: Callable[..., Any]) -> None:
    page = sit("VIE")
    page.evaluate(PANELS)
    page.wait_for_function("() => document.querySelectorAll('.panel').length >= 2")
    assert faults_of(page) == []
