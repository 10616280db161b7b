"""The page of a comparison: what a file says otherwise is ticked, asked about, recorded, and the receipt says so."""

import re

import pytest
from django.test import Client

from documents.models import PodiumVersion
from negotiations.models import Event, Position, ReceivedFile
from negotiations.tasks import read_received_files, work_off_jobs
from tests.acts.comparing import brought, changes, exported
from tests.room import TEXT, Room
from tests.web.visiting import hidden, signed_in, url

CHANGED = (
    TEXT.replace("(-TUR)", "(-TUR) (+VIE) (+CHN)")
    .replace("every bell", "each bell")
    .replace("[ring and] (+IND)", "ring and")
)


@pytest.fixture
def pen(room: Room) -> Client:
    return signed_in(room, "Secretariat")


def page(room: Room, file: ReceivedFile) -> str:
    return url(room, "compare", file.pk)


def ticked(html: str) -> list[str]:
    return re.findall(r'name="take" value="([0-9a-f]+)" checked', html)


def offered(html: str) -> list[str]:
    return re.findall(r'name="take" value="([0-9a-f]+)"', html)


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_the_file_attributes_is_ticked_and_what_is_asked_is_not(room: Room, pen: Client) -> None:
    file = brought(room, CHANGED)
    html = shown(pen, page(room, file))
    by_kind = {change.kind: change.id for change in changes(room, file)}
    assert set(offered(html)) == {change.id for change in changes(room, file)}
    assert by_kind["words"] not in ticked(html)
    assert len(ticked(html)) == 3
    assert "<b>VIE</b>" not in html
    assert "VIE on PP1.2: +  these words stay" in html
    assert f'name="for-{by_kind["words"]}"' in html
    assert " <del>every</del> <ins>each</ins> bell" in html


def test_a_file_that_says_the_same_says_so(room: Room, pen: Client) -> None:
    html = shown(pen, page(room, brought(room, exported(room))))
    assert "The file says what the text says." in html
    assert "<form method" not in html.split('<main id="main"')[1]


def test_what_is_ticked_is_recorded_and_the_receipt_leads_to_it(room: Room, pen: Client) -> None:
    file = brought(room, CHANGED)
    html = shown(pen, page(room, file))
    answer = pen.post(page(room, file), hidden(html) | {"take": ticked(html), "record": "1"})
    assert answer.status_code == 302
    receipt = shown(pen, answer["Location"])
    assert "3 acts are on record" in receipt
    assert url(room, "history", room.paragraph("PP1").pk) in receipt
    assert {p.delegation.code for p in Position.objects.filter(bracket=room.bracket("PP1.2"))} == {"TUR", "VIE", "CHN"}
    assert room.prints("PP2") == "PP2. Noting that every bell has an owner;"
    history = shown(pen, url(room, "history", room.paragraph("PP1").pk))
    assert "as read from “from the room.txt”" in history
    assert "recorded what a later state of the text said otherwise" in shown(pen, url(room, "desk"))


def test_a_receipt_of_another_file_or_of_nothing_is_not_found(room: Room, pen: Client) -> None:
    file = brought(room, CHANGED)
    assert pen.get(page(room, file), {"recorded": room.seq}).status_code == 404
    assert pen.get(page(room, file), {"recorded": "9" * 40}).status_code == 404


def test_a_refusal_keeps_everything_that_was_chosen(room: Room, pen: Client) -> None:
    file = brought(room, CHANGED)
    html = shown(pen, page(room, file))
    words = next(change.id for change in changes(room, file) if change.kind == "words")
    answer = pen.post(page(room, file), hidden(html) | {"take": [words], f"for-{words}": "", "record": "1"})
    again = answer.content.decode()
    assert answer.status_code == 422
    assert "say for which delegation it is tabled" in again
    assert ticked(again) == [words]
    assert not Event.objects.filter(kind="file.compared").exists()
    answer = pen.post(page(room, file), hidden(again) | {"take": [words], f"for-{words}": "NOBODY", "record": "1"})
    assert answer.status_code == 422
    answer = pen.post(page(room, file), hidden(again) | {"take": [words], f"for-{words}": "TUR", "record": "1"})
    assert answer.status_code == 302
    assert room.prints("PP2") == "PP2. Noting that [every] (-TUR) [each] (+TUR) bell has an owner;"
    assert "PP2" in shown(pen, answer["Location"]).split("Printed otherwise")[1]


def test_what_was_recorded_after_the_version_that_the_file_was_made_from_is_not_ticked_away(
    room: Room, pen: Client
) -> None:
    room.suspends()
    work_off_jobs()
    version = PodiumVersion.objects.get(document=room.document)
    source = pen.get(url(room, "download", version.pk, "text")).content.decode()
    room.resumes()
    room.takes("IND", "support", on="PP1.2")  # after the file was made
    file = brought(room, source.replace("[oil] (-IND)", "[oil] (-IND) (+TUR)"))
    html = shown(pen, page(room, file))
    by_kind = {change.kind: change.id for change in changes(room, file)}
    assert ticked(html) == [by_kind["position"]]
    assert by_kind["silent"] in offered(html)
    assert "made from podium version 1" in html
    assert html.count("Something was recorded here after podium version 1") == 1


def test_all_of_one_delegation_are_ticked_with_one_press(room: Room, pen: Client) -> None:
    file = brought(room, CHANGED)
    html = shown(pen, page(room, file))
    form = hidden(html)
    nothing = pen.post(page(room, file), form | {"take": ticked(html), "all": "nobody"}).content.decode()
    assert ticked(nothing) == []
    vie = pen.post(page(room, file), form | {"all": "VIE"}).content.decode()
    by_code = {change.code: change.id for change in changes(room, file) if change.code}
    assert ticked(vie) == [by_code["VIE"]]
    both = pen.post(page(room, file), form | {"take": ticked(vie), "all": "CHN"}).content.decode()
    assert set(ticked(both)) == {by_code["VIE"], by_code["CHN"]}
    assert len(ticked(pen.post(page(room, file), form | {"all": "everybody"}).content.decode())) == 3


def test_while_no_session_is_open_the_page_says_when_it_can_be_recorded(room: Room, pen: Client) -> None:
    file = brought(room, CHANGED)
    html = shown(pen, page(room, file))
    room.suspends()
    assert 'name="record"' not in shown(pen, page(room, file))
    answer = pen.post(page(room, file), hidden(html) | {"take": ticked(html), "record": "1"})
    assert (answer.status_code, len(ticked(answer.content.decode()))) == (409, 3)


def test_what_is_not_understood_is_listed_with_what_stands_in_the_way(room: Room, pen: Client) -> None:
    file = brought(room, TEXT.replace("(-TUR)", "(-TUR) (+MARS)"))
    html = shown(pen, page(room, file))
    assert "This was not understood" in html
    assert "of no delegation at this table" in html
    assert offered(html) == []


def test_how_a_bracket_ended_is_asked_where_its_tabler_is_known(room: Room, pen: Client) -> None:
    room.inserts("VIE", "small", after="that", in_="PP1")
    file = brought(room, TEXT)
    [gone] = changes(room, file)
    html = shown(pen, page(room, file))
    assert ticked(html) == []
    said = hidden(html) | {"take": [gone.id], f"which-{gone.id}": "withdrawn", "record": "1"}
    assert pen.post(page(room, file), said).status_code == 302
    assert room.bracket("PP1.3").state == "withdrawn"


def test_a_file_sent_as_a_later_state_is_compared_and_not_imported(room: Room, pen: Client) -> None:
    form = shown(pen, url(room, "import"))
    assert f'<option value="{room.document.pk}">' in form
    said = {"name": "later", "text": CHANGED, "language": "en", "revises": str(room.document.pk)}
    answer = pen.post(url(room, "import"), said)
    file = ReceivedFile.objects.get()
    assert file.revises_id == room.document.pk
    waiting = pen.get(page(room, file))
    assert (waiting.status_code, waiting["Location"]) == (302, answer["Location"])
    read_received_files()
    assert pen.get(answer["Location"])["Location"] == page(room, file)
    assert pen.get(f"{answer['Location']}?review=1").status_code == 200


def test_a_later_state_of_nothing_here_is_not_received(room: Room, pen: Client) -> None:
    other = Room.opened()
    for chosen in (str(other.document.pk), "nonsense"):
        said = {"name": "later", "text": CHANGED, "language": "en", "revises": chosen}
        assert pen.post(url(room, "import"), said).status_code == 422
    assert not ReceivedFile.objects.exists()


@pytest.mark.parametrize("code", ["VIE", "CHAIR", "VIE.adviser", "BIRDS"])
def test_nobody_but_the_secretariat_sees_what_a_file_says(room: Room, code: str) -> None:
    file = brought(room, CHANGED)
    assert signed_in(room, code).get(page(room, file)).status_code == 404


def test_a_change_that_is_no_longer_said_is_refused_with_what_is_said_now(room: Room, pen: Client) -> None:
    file = brought(room, CHANGED)
    html = shown(pen, page(room, file))
    room.takes("VIE", "support", on="PP1.2")
    answer = pen.post(page(room, file), hidden(html) | {"take": ticked(html), "record": "1"})
    assert answer.status_code == 412
    assert "changed after you opened this page" in answer.content.decode()
