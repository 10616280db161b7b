"""Every act that takes words takes them plain, and none of them leaves a trace where it does not."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest

from delegations.models import Alias
from documents.models import Paragraph
from documents.notation.contents import Package
from documents.notation.corrections import Corrections
from documents.notation.package import read_package
from documents.notation.plain import name_of
from documents.notation.words import words
from negotiations import acts, history
from negotiations.acts import receiving, replacements, revisions, sessions, texts, verdicts
from negotiations.acts.replacements import Answer
from negotiations.acts.wording import Change
from negotiations.models import CoveringNote, Event, ReadingNote, ReceivedFile
from negotiations.refusals import CodesAlike, LooksAlike, NotPlain, OddCharacters
from negotiations.tasks import read_received_files
from tests.acts.test_several import takes
from tests.acts.test_table_rewriting import rewrites
from tests.room import Room, proposal_of

NO_WORDS = {"key", "slug", "zone", "language"}
"""Texts that an act takes and that are no words: they fit a pattern or name something that is there."""
ZWSP = "\u200b"


def text_arguments() -> Iterator[tuple[str, str, str]]:
    """Module, act and argument of everything that could bring words into the record."""
    for found in pkgutil.iter_modules(acts.__path__):
        module = import_module(f"{acts.__name__}.{found.name}")
        for name, act in inspect.getmembers(module, inspect.isfunction):
            arguments = inspect.signature(act).parameters
            if act.__module__ != module.__name__ or "actor" not in arguments:
                continue
            for argument, said in arguments.items():
                if said.annotation in (str, str | None, Change, Package, Corrections) and argument not in NO_WORDS:
                    yield found.name, name, argument


def common(room: Room, code: str = "VIE") -> dict[str, Any]:
    return {"actor": room.actors[code], "negotiation_id": room.negotiation.pk, "key": room.key()}


def reopens(room: Room, text: str) -> None:
    paragraph = room.paragraph("PP2")
    Paragraph.objects.filter(pk=paragraph.pk).update(agreement="agreed_ad_ref")
    verdicts.reopen(**common(room, "Secretariat"), paragraph_id=paragraph.pk, reason=text)


def imports(room: Room, text: str = "PP1. Noting the pumps;", name: str = "pumps", **more: Any) -> list[Event]:
    return texts.import_package(**common(room, "Secretariat"), package=read_package(text), name=name, **more)


def founds(room: Room, **said: Any) -> None:
    delegations = [actor.delegation for actor in room.actors.values()]
    given = {"slug": "ponds", "title": "Ponds", "organisation": "Towns", "zone": "UTC", "delegations": set(delegations)}
    sessions.found(actor=room.secretariat, **(given | said))


def revises(room: Room, text: str, **more: Any) -> Event:
    found = Event.objects.filter(negotiation=room.negotiation, kind="proposal.tabled").last()
    assert found is not None
    return revisions.revise(**common(room), proposal_id=proposal_of(found), seen=room.seq, text=text, **more)


def answers(room: Room, text: str) -> None:
    proposal = room.bracket("OP1.1").proposal_id
    replacements.answer(**common(room), proposal_id=proposal, answer=Answer.NEW, seen=room.seq, reason=text)


def receives(room: Room, data: str = "PP1. Noting the pumps;", name: str = "pumps.txt") -> ReceivedFile:
    file = receiving.receive(actor=room.secretariat, negotiation_id=room.negotiation.pk, name=name, data=data.encode())
    read_received_files()
    return file


def decides(room: Room, file: ReceivedFile, **decided: Any) -> dict[str, Any]:
    act: dict[str, Any] = {"actor": room.secretariat, "negotiation_id": room.negotiation.pk, "file_id": file.pk}
    receiving.correct(**act, corrections=Corrections(**decided))
    return act


TRIES: dict[tuple[str, str, str], Callable[[Room, str], object]] = {
    ("wording", "table", "change"): lambda room, text: room.inserts("VIE", text, after="bell", in_="PP2"),
    ("wording", "table", "reason"): lambda room, text: room.inserts("VIE", "x", after="bell", in_="PP2", reason=text),
    ("paragraphs", "table_paragraph", "text"): lambda room, text: room.tables_paragraph("VIE", text, at="PP1"),
    ("paragraphs", "table_paragraph", "reason"): lambda room, text: room.tables_paragraph(
        "VIE", "Noting;", at="PP1", reason=text
    ),
    ("rewriting", "table_rewriting", "text"): lambda room, text: rewrites(room, "VIE", text, in_="PP2"),
    ("rewriting", "table_rewriting", "reason"): lambda room, text: rewrites(
        room, "VIE", "Noting that every bell [and tyre] has a keeper;", in_="PP2", reason=text
    ),
    ("several", "take_several", "reason"): lambda room, text: takes(room, "VIE", {"PP1.1": "tcb"}, reason=text),
    ("drafts", "keep_draft", "change"): lambda room, text: room.keeps_insertion("VIE", text, after="bell", in_="PP2"),
    ("drafts", "keep_draft", "reason"): lambda room, text: room.keeps_insertion(
        "VIE", "x", after="bell", in_="PP2", reason=text
    ),
    ("drafts", "keep_draft", "note"): lambda room, text: room.keeps_insertion(
        "VIE", "x", after="bell", in_="PP2", note=text
    ),
    ("positions", "take", "reason"): lambda room, text: room.takes("VIE", "tcb", on="PP1.1", reason=text),
    ("replacements", "answer", "reason"): answers,
    ("revisions", "revise", "text"): revises,
    ("revisions", "revise", "reason"): lambda room, text: revises(room, "and whistle", reason=text),
    ("verdicts", "reopen", "reason"): reopens,
    ("receiving", "correct", "corrections"): lambda room, text: decides(room, receives(room), names={0: text}),
    ("texts", "import_package", "name"): lambda room, text: imports(room, name=text),
    ("texts", "import_package", "package"): lambda room, text: imports(room, text.replace(ZWSP, "\u2800")),
    ("sessions", "found", "title"): lambda room, text: founds(room, title=text),
    ("sessions", "found", "organisation"): lambda room, text: founds(room, organisation=text),
}


CLEANED = {("receiving", "receive", "name")}
"""The name of a file is a machine's, and only shown: it is made plain without asking."""


def test_every_act_that_takes_words_is_tried() -> None:
    assert set(text_arguments()) == set(TRIES) | CLEANED


@pytest.mark.parametrize("argument", TRIES, ids="-".join)
def test_what_nobody_sees_is_refused_by_name_and_place_and_nothing_is_recorded(
    room: Room, argument: tuple[str, str, str]
) -> None:
    room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    before = Event.objects.count()
    with pytest.raises((NotPlain, OddCharacters)) as refused:
        TRIES[argument](room, f"and to{ZWSP}wns")
    assert refused.value.code == "text-not-plain"
    name = name_of("\u2800" if argument[2] == "package" else ZWSP)
    assert name in str(refused.value)
    assert ("word 2, character 7" in str(refused.value)) != (argument[2] == "package")
    assert Event.objects.count() == before


def test_words_are_stored_composed(room: Room) -> None:
    room.inserts("VIE", "and cafe\u0301s", after="bell", in_="PP2", reason="a na\u0131\u0308ve one")
    assert "[and cafés] (+VIE)" in room.prints("PP2")
    imports(room, "PP1. Noting the cafe\u0301s [and] (+IND) bells;")
    assert "cafés" in str(Paragraph.objects.latest("seq").tree)


# ---- files


def test_a_file_with_odd_characters_is_refused_with_how_many_and_where(room: Room) -> None:
    with pytest.raises(OddCharacters) as refused:
        imports(room, "Bells\n\nPP1. One.\n\nPP2. T\ue000w\U000e0041o.\n")
    assert "2 of them, the first U+E000 PRIVATE USE CHARACTER at PP2, line 5" in str(refused.value)


def test_with_consent_they_are_taken_out_and_the_event_says_how_many_of_which(room: Room) -> None:
    events = imports(room, "PP1. One \u2800 [t\ue000wo] (+I\ue000ND) three; (C\ufe0fHN tcb)", strip_odd=True)
    document = events[0].document_id
    paragraph = Paragraph.objects.get(document=document)
    printed = "".join(piece.text for piece in history.steps(paragraph)[-1].pieces)
    assert printed == "PP1. One [two] (+IND) three; (CHN tcb)"
    assert events[0].payload["facts"]["stripped"] == {
        "U+2800 BRAILLE PATTERN BLANK": 1,
        "U+E000 PRIVATE USE CHARACTER": 2,
        "U+FE0F VARIATION SELECTOR-16": 1,
    }


def test_notes_and_the_covering_note_are_stored_without_what_nobody_sees(room: Room) -> None:
    status = "PODIUM VERSION AS OF COB OF 1 MAY 2026"
    imports(room, f"Dear \u202etowns\u202c,\n\n{status}\n\nPonds\n\nPP1. One [\u2800two (+IND).\n", strip_odd=True)
    assert CoveringNote.objects.get().text == "Dear towns,"
    assert {note.excerpt for note in ReadingNote.objects.filter(code="odd-character")} == {"two (+IND)."}
    assert "U+2800 BRAILLE PATTERN BLANK" in ReadingNote.objects.get(code="odd-character").message


def test_a_received_file_comes_in_stripped_only_if_that_was_decided(room: Room) -> None:
    file = receives(room, "Bells\n\nPP1. One \u2800[two] (+V\ue000IE) three;", name="be\u2800l\u200bls.txt")
    assert file.name == "bells.txt"
    act = decides(room, file, codes={"V\ue000IE": "VIE"})
    with pytest.raises(OddCharacters):
        texts.import_received(**act, key=room.key())
    decides(room, file, codes={"V\ue000IE": "VIE"}, strip=True)
    [event] = texts.import_received(**act, key=room.key())
    paragraph = Paragraph.objects.get(document=event.document_id, handle="PP1")
    assert "".join(piece.text for piece in history.steps(paragraph)[-1].pieces) == "PP1. One [two] (+VIE) three;"
    assert event.payload["facts"]["stripped"]["U+2800 BRAILLE PATTERN BLANK"] == 1


def test_a_spelling_that_looks_like_anothers_code_becomes_nobodys_alias(room: Room) -> None:
    file = receives(room, "PP1. One [two] (+ІND) (-ВЬЕ) three;")
    act = decides(room, file, codes={"ІND": "VIE", "ВЬЕ": "VIE"})
    [event] = texts.import_received(**act, key=room.key())
    assert event.payload["facts"]["aliases"] == {"ВЬЕ": "VIE"}


# ---- letters that look like others


@pytest.mark.parametrize(
    "act",
    [
        lambda room, text, **more: room.inserts("VIE", text, after="bell", in_="PP2", **more),
        lambda room, text, **more: room.replaces("VIE", "an", "owner", text, in_="PP2", **more),
        lambda room, text, **more: room.tables_paragraph("VIE", text, at="PP1", **more),
        revises,
    ],
    ids=["insert", "replace", "paragraph", "revise"],
)
def test_a_word_of_two_alphabets_is_recorded_only_if_it_is_meant_so(room: Room, act: Callable[..., Event]) -> None:
    room.inserts("VIE", "and tyre", after="bell", in_="PP2")
    before = room.seq
    with pytest.raises(LooksAlike) as refused:
        act(room, "of СНN and pеace")
    assert "“СНN”, word 2 of what you typed (character 4)" in str(refused.value)
    assert "С, Н: Cyrillic; N: Latin" in str(refused.value)
    assert room.seq == before
    event = act(room, "of СНN and pеace", confirmed_mixed=True)
    assert event.payload["facts"]["mixed_scripts"] == ["СНN", "pеace"]


def test_words_of_one_alphabet_each_need_no_word_about_it(room: Room) -> None:
    event = room.inserts("VIE", "and CO2-нейтральный звон", after="bell", in_="PP2", confirmed_mixed=True)
    assert event.payload["facts"] == {}


def test_codes_that_look_alike_cannot_sit_at_one_table(room: Room) -> None:
    Alias.objects.create(delegation=room.actors["VIE"].delegation, code="ІND")
    with pytest.raises(CodesAlike, match="IND and ІND look the same"):
        founds(room)
    Alias.objects.update(delegation=room.actors["IND"].delegation)
    founds(room)


def test_a_mark_stays_with_its_letter_in_the_numbering_of_words(room: Room) -> None:
    room.inserts("VIE", "о бале\u0301те", after="bell", in_="PP2")
    assert "бале\u0301те" in [word.text for word in words(room.paragraph("PP2").nodes)]
