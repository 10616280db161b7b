"""The pages with JavaScript off: plain links and forms, every act from sign-in to the issued file."""

import re
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.models import PodiumVersion
from documents.notation.words import words
from negotiations.models import Bracket, Position, ReceivedFile
from negotiations.tasks import read_received_files, work_off_jobs
from tests.room import Room
from tests.web.visiting import hidden, signed_in, url


def read(room: Room, code: str = "VIE") -> str:
    answer = signed_in(room, code).get(url(room, "document", room.document.pk))
    assert answer.status_code == 200
    return answer.content.decode()


def propose(room: Room, code: str, **typed: object) -> tuple[int, str]:
    client = signed_in(room, code)
    address = url(room, "propose", room.paragraph("PP2").pk)
    form = hidden(client.get(address).content.decode())
    answer = client.post(address, {**form, "kind": "insert", "marker": "sign", "action": "table", **typed}, follow=True)
    return answer.status_code, answer.content.decode()


def at(room: Room, word: str) -> int:
    return next(w.index for w in words(room.paragraph("PP2").nodes) if w.text == word)


def test_a_delegate_reads_the_text_with_literal_brackets_and_markers(room: Room) -> None:
    page = re.sub(r"<[^>]+>", "", read(room))
    assert "PP1. Recalling that bells [ring and] (+IND) [, where customary,] (-TUR) warn; (CHN tcb)" in page


def test_tabling_without_javascript_previews_first_and_then_prints(room: Room) -> None:
    status, preview = propose(room, "VIE", last=at(room, "bell"), words="and tyre", action="preview")
    assert status == 200
    assert "every bell [and tyre] (+VIE) has" in re.sub(r"<[^>]+>", "", preview)
    assert room.prints("PP2") == "PP2. Noting that every bell has an owner;"
    propose(room, "VIE", last=at(room, "bell"), words="and tyre")
    assert room.prints("PP2") == "PP2. Noting that every bell [and tyre] (+VIE) has an owner;"


def test_a_refusal_keeps_what_was_typed(room: Room) -> None:
    status, page = propose(room, "VIE", last=at(room, "bell"), words="and [tyre]", reason="long thought over")
    assert status == 422
    assert "and [tyre]" in page
    assert "long thought over" in page


def test_a_changed_paragraph_shows_what_you_saw_what_it_is_and_what_you_wrote(room: Room) -> None:
    seen = room.seq
    room.deletes("IND", "bell", "bell", in_="PP2")
    status, page = propose(room, "VIE", last=at(room, "bell"), words="and tyre", seen=seen)
    assert status == 412
    assert all(words_ in page for words_ in ("What you saw", "What it is now", "What you wrote", "and tyre"))


def test_a_form_sent_twice_has_one_effect(room: Room) -> None:
    client = signed_in(room, "VIE")
    address = url(room, "propose", room.paragraph("PP2").pk)
    form = hidden(client.get(address).content.decode())
    typed = {**form, "kind": "insert", "action": "table", "last": at(room, "bell"), "words": "and tyre"}
    for _ in range(2):
        client.post(address, typed)
    assert room.prints("PP2").count("[and tyre]") == 1


@pytest.mark.parametrize(
    ("stance", "printed"),
    [("support", "(+VIE)"), ("oppose", "(-VIE)"), ("tcb", "(VIE tcb)"), ("keep_original", "(VIE: keep original)")],
)
def test_each_position_is_taken_and_withdrawn_by_a_plain_form(room: Room, stance: str, printed: str) -> None:
    client, bracket = signed_in(room, "VIE"), room.bracket("PP1.1")
    form = hidden(client.get(url(room, "bracket", bracket.pk)).content.decode())
    client.post(url(room, "bracket-position", bracket.pk), {**form, "stance": stance})
    assert f"[ring and] (+IND) {printed}" in room.prints("PP1")
    form = hidden(client.get(url(room, "bracket", bracket.pk)).content.decode())
    client.post(url(room, "bracket-position", bracket.pk), {**form, "stance": "withdraw"})
    assert printed not in room.prints("PP1")


def test_a_position_on_the_whole_paragraph_is_a_plain_form(room: Room) -> None:
    client, paragraph = signed_in(room, "VIE"), room.paragraph("PP2")
    form = hidden(client.get(url(room, "paragraph", paragraph.pk)).content.decode())
    client.post(url(room, "paragraph-position", paragraph.pk), {**form, "stance": "keep_original"})
    assert room.prints("PP2").endswith("(VIE: keep original)")


def test_the_secretariat_enters_as_heard_and_the_delegation_confirms(room: Room) -> None:
    desk, bracket = signed_in(room, "Secretariat"), room.bracket("PP1.1")
    form = hidden(desk.get(url(room, "bracket", bracket.pk)).content.decode())
    desk.post(url(room, "bracket-position", bracket.pk), {**form, "stance": "oppose", "for": "VIE"})
    heard = Position.objects.get(bracket=bracket, delegation__code="VIE")
    delegate = signed_in(room, "VIE")
    assert "Confirm: we said this" in delegate.get(url(room, "my-file")).content.decode()
    delegate.post(url(room, "confirm", heard.pk), {"key": "confirm"})
    heard.refresh_from_db()
    assert heard.heard == "confirmed"


def test_a_verdict_is_previewed_with_whom_it_overrules_and_then_recorded(room: Room) -> None:
    client, bracket = signed_in(room, "Secretariat"), room.bracket("PP1.1")
    address = url(room, "verdict", bracket.pk)
    page = client.get(address, {"way": "strike"}).content.decode()
    assert "IND" in page
    assert Bracket.objects.get(pk=bracket.pk).state == "standing"
    client.post(address, {**hidden(page), "way": "strike"})
    assert Bracket.objects.get(pk=bracket.pk).state == "struck"


def test_a_delegate_is_shown_no_verdict_and_may_not_post_one(room: Room) -> None:
    client, bracket = signed_in(room, "VIE"), room.bracket("PP1.1")
    assert "Retain" not in client.get(url(room, "bracket", bracket.pk)).content.decode()
    form = {"way": "strike", "seen": room.seq, "key": "k"}
    assert client.post(url(room, "verdict", bracket.pk), form).status_code == 403


def test_suspending_issues_a_version_with_its_files(room: Room) -> None:
    client = signed_in(room, "Secretariat")
    form = hidden(client.get(url(room, "suspend-session")).content.decode())
    client.post(url(room, "suspend-session"), {**form, "as_of": "2026-05-01"})
    assert "Refresh" in client.get(url(room, "versions"))
    work_off_jobs()
    version = PodiumVersion.objects.get()
    page = client.get(url(room, "version", version.pk)).content.decode()
    assert "PODIUM VERSION AS OF COB OF 1 MAY 2026" in page
    pdf = client.get(url(room, "download", version.pk, "pdf"))
    assert pdf.content.startswith(b"%PDF")
    assert "attachment" in pdf["Content-Disposition"]


def test_a_session_is_closed_by_a_plain_form_that_says_what_it_will_issue(room: Room) -> None:
    desk = signed_in(room, "Secretariat")
    page = desk.get(url(room, "close-session")).content.decode()
    assert "Close and issue" in page
    room.suspends()
    page = desk.get(url(room, "close-session")).content.decode()
    assert "closing it issues nothing more" in page
    assert desk.post(url(room, "close-session"), hidden(page)).status_code == 302
    assert room.negotiation.sessions.get().state == "closed"
    assert "Open the session" in desk.get(url(room, "desk")).content.decode()
    assert signed_in(room, "VIE").post(url(room, "close-session"), {}).status_code == 403


def test_a_date_that_is_none_is_refused_at_its_field(room: Room) -> None:
    client = signed_in(room, "Secretariat")
    answer = client.post(url(room, "suspend-session"), {"as_of": "yesterday", "key": "k"})
    assert answer.status_code == 422
    assert "“yesterday” is no date" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "empty"), (b"   \n", "empty")],
    ids=["empty", "blank"],
)
def test_a_file_that_holds_nothing_is_not_received(room: Room, data: bytes, said: str) -> None:
    client, before = signed_in(room, "Secretariat"), room.seq
    answer = client.post(url(room, "import"), {"file": SimpleUploadedFile("x.txt", data)})
    assert (answer.status_code, room.seq) == (422, before)
    assert said in answer.content.decode()
    assert not ReceivedFile.objects.exists()


def test_markers_that_fit_no_position_are_listed_on_the_desk_until_the_delegation_speaks(db: None) -> None:
    room = Room.opened("PP1. Noting [that] (+IND) (-IND) bells [and horns] (+QQQ) ring;\n")
    page = signed_in(room, "Secretariat").get(url(room, "desk")).content.decode()
    assert "Markers to resolve" in page
    assert page.count("“(+IND)”") == page.count("“(-IND)”") == page.count("“(+QQQ)”") == 1
    room.takes("IND", "support", on="PP1.1")
    page = signed_in(room, "Secretariat").get(url(room, "desk")).content.decode()
    assert "“(-IND)”" not in page
    assert "“(+QQQ)”" in page


def test_a_covering_note_is_kept_apart_and_can_be_read_where_the_text_came_in_and_on_the_desk(room: Room) -> None:
    desk = signed_in(room, "Secretariat")
    text = "The Secretariat presents its compliments.\n\nPODIUM VERSION AS OF COB OF 1 MAY 2026\n\nPonds\n\nPP1. Wet."
    address = desk.post(url(room, "import"), {"name": "ponds", "text": text})["Location"]
    read_received_files()
    review = desk.get(address).content.decode()
    assert "presents its compliments" in review
    assert desk.post(address + "take-in/", {"key": "k"}).status_code == 302
    assert "presents its compliments" in desk.get(url(room, "desk")).content.decode()
    assert "presents its compliments" not in signed_in(room, "VIE").get(url(room, "my-file")).content.decode()


def test_a_delegate_may_not_import(room: Room) -> None:
    assert signed_in(room, "VIE").get(url(room, "import")).status_code == 403


PAGES = ["negotiation", "desk", "my-file", "versions", "import", "suspend-session"]


@pytest.mark.parametrize("name", PAGES)
def test_a_delegation_without_a_seat_finds_nothing(room: Room, name: str) -> None:
    stranger = Room.opened()
    assert signed_in(stranger, "VIE").get(url(stranger, name)).status_code in (200, 302, 403)
    room.negotiation.participations.filter(delegation__code="VIE").delete()
    assert signed_in(room, "VIE").get(url(room, name)).status_code == 404


def test_an_observer_reads_texts_and_versions_and_has_no_desk(room: Room) -> None:
    watching = signed_in(room, "BIRDS")
    for name in ("desk", "suspend-session", "import"):
        assert watching.get(url(room, name)).status_code == 404, name
    page = watching.get(url(room, "document", room.document.pk))
    assert page.status_code == 200
    assert url(room, "desk") not in page.content.decode()
    assert watching.get(url(room, "versions")).status_code == 200


def test_objects_of_another_negotiation_are_not_found_under_ones_own(room: Room) -> None:
    other = Room.opened()
    client = signed_in(room, "VIE")
    for name, pk in (
        ("document", other.document.pk),
        ("since", other.document.pk),
        ("paragraph", other.paragraph("PP1").pk),
        ("propose", other.paragraph("PP1").pk),
        ("bracket", other.bracket("PP1.1").pk),
        ("verdict", other.bracket("PP1.1").pk),
    ):
        assert client.get(url(room, name, pk)).status_code == 404, name


def test_a_signed_out_person_is_asked_to_sign_in_and_keeps_what_was_typed(room: Room) -> None:
    address = url(room, "propose", room.paragraph("PP2").pk)
    answer = Client().post(address, {"words": "and every tyre of the town", "kind": "insert"})
    assert answer.status_code == 401
    assert "and every tyre of the town" in answer.content.decode()


def test_a_closed_room_offers_no_act_and_says_why(room: Room) -> None:
    room.suspends()
    page = signed_in(room, "VIE").get(url(room, "bracket", room.bracket("PP1.1").pk)).content.decode()
    assert "The session is not open" in page
    assert 'name="stance"' not in page


def test_since_gives_the_changed_paragraphs_and_nothing_personal(room: Room) -> None:
    seen = room.seq
    room.inserts("IND", "and tyre", after="bell", in_="PP2")
    answers = [signed_in(room, c).get(url(room, "since", room.document.pk), {"after": seen}) for c in ("VIE", "TUR")]
    assert answers[0].content == answers[1].content
    found = answers[0].json()
    assert [UUID(one["id"]) for one in found["changed"]] == [room.paragraph("PP2").pk]
    assert not any(sign in answers[0].content.decode() for sign in ("<form", "csrf", "hx-"))


def queries(room: Room) -> int:
    client = signed_in(room, "VIE")
    with CaptureQueriesContext(
        connection,
    ) as caught:
        client.get(url(room, "document", room.document.pk))
    return len(caught)


def test_a_page_takes_the_same_number_of_queries_at_any_length(room: Room) -> None:
    long = Room.opened("\n\n".join(f"PP{n}. One [two] (+VIE) (-IND) three; (CHN tcb)" for n in range(1, 120)))
    assert queries(long) == queries(room)
