"""What nobody sees, through every door; and words of two alphabets, which a form names letter by letter."""

import contextlib
import re

import pytest

from documents.models import Paragraph
from documents.notation import tree as trees
from documents.notation.corrections import Corrections
from documents.notation.plain import first_odd, name_of
from negotiations.acts import receiving, texts
from negotiations.models import Event, ReceivedFile
from negotiations.models.received import ReceivedState
from negotiations.refusals import OddCharacters
from negotiations.tasks import read_received_files
from negotiations.web.characters import _words
from tests.api.asking import Script, problem
from tests.room import Room
from tests.web.visiting import hidden, signed_in, url

SIGNS = "\u200b\u200d\u202e\u00ad\u2066\ufeff\u00a0\u2003\u034f\u3164\u2800\ufe0f\U000e0041\ue000\x01\u2028\u0378"
"""One or two of each class; all of them are tried on the function that every door leads to."""
WORDS = "and every tyre of the hall"
PLACES = range(0, len(WORDS) + 1, 7)
ids = [f"U+{ord(sign):04X}" for sign in SIGNS]


def with_sign(sign: str) -> list[str]:
    return [WORDS[:at] + sign + WORDS[at:] for at in PLACES]


@pytest.mark.parametrize("sign", SIGNS, ids=ids)
def test_a_form_refuses_it_by_name_and_keeps_what_was_typed(room: Room, sign: str) -> None:
    client, before = signed_in(room, "VIE"), room.seq
    address = url(room, "propose", room.paragraph("PP2").pk)
    form = {**hidden(client.get(address).content.decode()), "kind": "insert", "action": "table", "last": 3}
    for words in with_sign(sign):
        answer = client.post(address, {**form, "words": words})
        page = answer.content.decode()
        assert answer.status_code == 422, ascii(words)
        assert name_of(sign) in page
        assert f"character {words.index(sign) + 1} of" in page
    assert room.seq == before


@pytest.mark.parametrize("sign", SIGNS, ids=ids)
def test_a_script_is_refused_by_name(room: Room, sign: str) -> None:
    script, before, paragraph = Script.of(room, "VIE"), room.seq, room.paragraph("PP2").pk
    tag = script.tag(f"paragraphs/{paragraph}/")
    for words in with_sign(sign):
        body = {"kind": "insertion", "after": 3, "text": words}
        answer = script.post(f"paragraphs/{paragraph}/proposals/", body, tag=tag)
        assert problem(answer) == "text-not-plain", ascii(words)
        assert name_of(sign) in answer.json()["detail"]
        held = f"brackets/{room.bracket('PP1.1').pk}/positions/VIE/"
        assert problem(script.put(held, {"stance": "tcb", "reason": words})) == "text-not-plain", ascii(words)
    assert room.seq == before


@pytest.mark.parametrize("sign", SIGNS, ids=ids)
def test_a_pasted_text_comes_in_without_it_or_not_at_all(room: Room, sign: str) -> None:
    client = signed_in(room, "Secretariat")
    for number, words in enumerate(with_sign(sign)):
        form = hidden(client.get(url(room, "import")).content.decode())
        typed = {**form, "name": f"paste {number}", "text": f"PP1. Noting {words};"}
        assert client.post(url(room, "import"), typed).status_code == 302
        read_received_files()
        file = ReceivedFile.objects.latest("received_at")
        if file.state == ReceivedState.REFUSED:
            assert f"U+{ord(sign):04X}" in file.why
            continue
        with contextlib.suppress(OddCharacters):
            imports(room, file)
            assert not odd(room, file)
            continue
        assert f"U+{ord(sign):04X}" in client.get(url(room, "received", file.pk)).content.decode()
        secretariat, negotiation = room.secretariat, room.negotiation.pk
        receiving.correct(
            actor=secretariat, negotiation_id=negotiation, file_id=file.pk, corrections=Corrections(strip=True)
        )
        imports(room, file)
        assert not odd(room, file)


def imports(room: Room, file: ReceivedFile) -> None:
    texts.import_received(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, file_id=file.pk, key=f"import {file.pk}"
    )


def odd(room: Room, file: ReceivedFile) -> bool:
    """Whether a stored paragraph of the file holds what nobody sees."""
    events = Event.objects.filter(negotiation=room.negotiation, kind=texts.IMPORTED, payload__facts__file=str(file.pk))
    [document] = events.values_list("document_id", flat=True)
    return first_odd(trees.wording(Paragraph.objects.get(document=document).nodes)) is not None


# ---- letters that look like others


def choose(room: Room, code: str = "VIE", **typed: object) -> tuple[int, str]:
    client = signed_in(room, code)
    address = url(room, "propose", room.paragraph("PP2").pk)
    form = {**hidden(client.get(address).content.decode()), "kind": "insert", "action": "table", "last": 3}
    answer = client.post(address, {**form, "words": "of СНN", **typed}, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_form_names_the_letters_and_asks_whether_they_are_meant_so(room: Room) -> None:
    status, page = choose(room)
    assert status == 422
    assert "С, Н: Cyrillic; N: Latin" in page
    assert 'type="checkbox" name="mixed"' in page
    assert "СНN" not in room.prints("PP2")
    status, page = choose(room, mixed="on")
    assert (status, "[of СНN] (+VIE)" in room.prints("PP2")) == (200, True)
    history = signed_in(room, "IND").get(url(room, "history", room.paragraph("PP2").pk)).content.decode()
    assert "Confirmed that it is meant so: “СНN” (С, Н: Cyrillic; N: Latin)." in history


def test_words_of_one_alphabet_are_asked_about_nothing(room: Room) -> None:
    _, page = choose(room, words="and CO2-нейтральный звон", action="preview")
    assert 'name="mixed"' not in page


def test_a_preview_says_it_while_one_types_and_the_other_forms_ask_as_well(room: Room) -> None:
    _, page = choose(room, action="look")
    assert "You will be asked to confirm it" in page
    assert 'name="mixed"' not in page
    client, before = signed_in(room, "VIE"), room.seq
    address = url(room, "new-paragraph", room.paragraph("PP1").pk)
    form = hidden(client.get(address).content.decode())
    typed = {**form, "standing": "after", "action": "table", "words": "Noting the pеace;"}
    assert 'name="mixed"' in client.post(address, typed).content.decode()
    assert room.seq == before
    client.post(address, {**typed, "mixed": "on"})
    assert room.seq == before + 1
    room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    revise = url(room, "revise", room.bracket("PP2.1").proposal_id)
    form = hidden(client.get(revise).content.decode())
    typed = {**form, "action": "revise", "words": "and tуre"}
    assert 'name="mixed"' in client.post(revise, typed).content.decode()
    client.post(revise, {**typed, "mixed": "on"})
    assert "[and tуre] (+VIE)" in room.prints("PP2")


def test_a_script_says_that_it_means_it(room: Room) -> None:
    script, paragraph = Script.of(room, "VIE"), room.paragraph("PP2").pk
    tag = script.tag(f"paragraphs/{paragraph}/")
    body = {"kind": "insertion", "after": 3, "text": "of СНN"}
    answer = script.post(f"paragraphs/{paragraph}/proposals/", body, tag=tag)
    assert problem(answer) == "looks-alike"
    assert "С, Н: Cyrillic; N: Latin" in answer.json()["detail"]
    body["confirm_mixed_scripts"] = True
    assert script.post(f"paragraphs/{paragraph}/proposals/", body, tag=tag).status_code == 201
    assert "[of СНN] (+VIE)" in room.prints("PP2")


# ---- the characters of a paragraph


def test_every_character_beyond_ascii_is_named_word_by_word(room: Room) -> None:
    room.inserts("VIE", "– the «звон» of СНN", after="bell", in_="PP2", confirmed_mixed=True)
    page = signed_in(room, "BIRDS").get(url(room, "characters", room.paragraph("PP2").pk)).content.decode()
    text = room.prints("PP2")
    assert f'id="text">{text}</p>' in page
    for sign in set(text):
        assert sign.isascii() or re.search(rf"<b>{sign}</b> <code>U\+{ord(sign):04X}</code> [A-Z]", page), sign
    assert "U+0421</code> CYRILLIC CAPITAL LETTER ES" in page
    assert "С, Н: Cyrillic; N: Latin" in page


def test_a_paragraph_of_plain_ascii_says_so_in_a_sentence(room: Room) -> None:
    page = signed_in(room, "VIE").get(url(room, "characters", room.paragraph("PP2").pk)).content.decode()
    assert "nothing in this paragraph but plain Latin letters" in page
    assert "<table" not in page


def test_a_space_that_is_none_would_be_named_too() -> None:
    assert [word["signs"] for word in _words("a\xa0b c")] == [[("\xa0", "U+00A0", "NO-BREAK SPACE")]]


def test_the_paragraph_and_its_history_lead_to_its_characters(room: Room) -> None:
    client, paragraph = signed_in(room, "VIE"), room.paragraph("PP2").pk
    for name in ("paragraph", "history"):
        assert url(room, "characters", paragraph) in client.get(url(room, name, paragraph)).content.decode()
