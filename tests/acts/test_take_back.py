"""An import is taken back while nobody has built on it: everything goes that came, and it can come in again."""

from collections.abc import Callable

import pytest
from django.core.management import call_command

from delegations.models import Alias
from documents.models import Document, Paragraph
from negotiations import ledger, replay
from negotiations.acts import positions, receiving, sessions, texts, verdicts
from negotiations.acts.positions import Target
from negotiations.models import (
    AgendaItem,
    Bracket,
    CoveringNote,
    Event,
    Position,
    Proposal,
    ReadingNote,
    ReceivedFile,
    UnresolvedMarker,
)
from negotiations.models.wording import Stance
from negotiations.refusals import NotFound, NotTakenBack
from tests.acts.test_import_received import SOURCE, document_of, imported, taken_in
from tests.room import Room
from tests.web.visiting import signed_in, url

LETTER = "The Secretariat forwards the draft below.\n\nPODIUM VERSION AS OF COB OF 1 MAY 2026\n\nA Draft\n\n"
TWO = LETTER + SOURCE + "\n\nPODIUM VERSION AS OF COB OF 2 MAY 2026\n\nAnother Draft\n\nPP1. One (+VIE) [two];\n"
EVERYTHING = (
    Document,
    AgendaItem,
    CoveringNote,
    Paragraph,
    Bracket,
    Proposal,
    Position,
    UnresolvedMarker,
    ReadingNote,
    Alias,
)


def taken_back(room: Room, file: ReceivedFile, code: str = "Secretariat", key: str = "") -> Event:
    return texts.take_back_import(
        actor=room.actors[code], negotiation_id=room.negotiation.pk, file_id=file.pk, key=key or room.key()
    )


def counted() -> list[int]:
    return [model._default_manager.count() for model in EVERYTHING]


def holds(room: Room) -> bool:
    room.negotiation.refresh_from_db()
    return ledger.verify(room.negotiation) is None and replay.differences() == []


def test_taking_back_leaves_nothing_of_the_text_and_an_unbroken_record(room: Room) -> None:
    before = counted()
    file = taken_in(room, TWO, codes={"XYZ": "VIE"}, agreed=frozenset({TWO.index("PP2")}))
    events = imported(room, file)
    assert [event.kind for event in events] == ["document.imported", "document.imported", "paragraph.agreed"]
    assert all(now > was for now, was in zip(counted(), before, strict=True))
    event = taken_back(room, file)
    assert counted() == before
    assert [went["id"] for went in event.payload["facts"]["documents"]] == [str(e.document_id) for e in events[:2]]
    assert holds(room)
    call_command("rebuild", check=True)
    call_command("verify_ledger")


def test_a_file_that_was_taken_back_keeps_its_decisions_and_comes_in_again(room: Room) -> None:
    file = taken_in(room, TWO, codes={"XYZ": "VIE"})
    imported(room, file)
    taken_back(room, file)
    file.refresh_from_db()
    assert (file.state, file.first_seq, file.corrections["codes"]) == ("read", None, {"XYZ": "VIE"})
    imported(room, file)
    assert Document.objects.filter(agenda_item__negotiation=room.negotiation).count() == 3
    assert holds(room)
    taken_back(room, file)
    assert holds(room)


def test_what_is_sent_again_is_answered_with_the_same_event(room: Room) -> None:
    file = taken_in(room)
    imported(room, file)
    assert taken_back(room, file, key="once").seq == taken_back(room, file, key="once").seq
    with pytest.raises(NotTakenBack):
        taken_back(room, file)


def test_a_document_that_was_set_aside_meanwhile_goes_with_its_place_on_the_agenda(room: Room) -> None:
    file = taken_in(room)
    imported(room, file)
    sessions.set_agenda(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, agenda=[room.document.pk], key=room.key()
    )
    taken_back(room, file)
    assert holds(room)


def takes_a_position(room: Room) -> None:
    room.takes("IND", "tcb", on="PP2")


def tables_words(room: Room) -> None:
    room.inserts("VIE", "bronze", after="No", in_="PP2")


def marks_it_agreed(room: Room) -> None:
    verdicts.agree_all_clean(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, document_id=room.document.pk, key=room.key()
    )


def issues_a_version(room: Room) -> None:
    room.suspends()


def sends_a_later_state(room: Room) -> None:
    receiving.receive(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        name="later.txt",
        data=SOURCE.encode(),
        revises=room.document.pk,
    )


@pytest.mark.parametrize(
    ("build", "why"),
    [
        (takes_a_position, "IND has worked on it since"),
        (tables_words, "VIE has worked on it since"),
        (marks_it_agreed, "Secretariat has worked on it since"),
        (issues_a_version, "a podium version of it was issued"),
        (sends_a_later_state, "another file came in as a later state of it"),
    ],
)
def test_an_import_that_somebody_built_on_stays(room: Room, build: Callable[[Room], None], why: str) -> None:
    file = taken_in(room)
    room.document = document_of(imported(room, file)[0])
    build(room)
    before = room.seq
    with pytest.raises(NotTakenBack, match=why):
        taken_back(room, file)
    file.refresh_from_db()
    assert why in texts.why_not_taken_back(file)
    assert (room.seq, file.state) == (before, "imported")


def test_what_happens_to_other_documents_does_not_hold_an_import_fast(room: Room) -> None:
    file = taken_in(room)
    imported(room, file)
    positions.take(
        actor=room.actors["VIE"],
        negotiation_id=room.negotiation.pk,
        target=Target(room.paragraph("PP2").pk),
        stance=Stance.TCB,
        seen=room.seq,
        key=room.key(),
    )
    file.refresh_from_db()
    assert texts.why_not_taken_back(file) == ""
    taken_back(room, file)


def test_only_the_secretariat_takes_an_import_back(room: Room) -> None:
    file = taken_in(room)
    imported(room, file)
    for code in ("VIE", "CHAIR"):
        with pytest.raises(NotFound):
            taken_back(room, file, code)


# ---- what everybody else sees of it


def test_a_text_that_was_taken_back_is_nowhere_and_breaks_no_page(room: Room) -> None:
    file = taken_in(room, TWO)
    first, second = (event.document_id for event in imported(room, file))
    paragraph = Paragraph.objects.filter(document=first).first()
    bracket = Bracket.objects.filter(paragraph__document=first).first()
    assert paragraph is not None
    assert bracket is not None
    visitor = signed_in(room, "VIE")
    pages = [
        url(room, "document", first),
        url(room, "document", second),
        url(room, "since", first),
        url(room, "paragraph", paragraph.pk),
        url(room, "history", paragraph.pk),
        url(room, "bracket", bracket.pk),
    ]
    assert {visitor.get(page).status_code for page in pages} == {200}
    seen = room.seq
    taken_back(room, file)
    assert {visitor.get(page).status_code for page in pages} == {404}
    other = visitor.get(url(room, "document", room.document.pk)).content.decode()
    assert "Another Draft" not in other
    changes = visitor.get(url(room, "since", room.document.pk) + f"?after={seen}").json()
    assert changes["documents"], "the list of documents is another one now"


def test_the_desk_says_in_words_what_came_in_and_what_was_taken_back(room: Room) -> None:
    file = taken_in(room, TWO)
    imported(room, file)
    taken_back(room, file)
    page = signed_in(room, "CHAIR").get(url(room, "desk")).content.decode()
    assert "took the import back, before anybody had built on it: A Draft; Another Draft" in page
    assert "brought the text in, as it was printed: A Draft" in page
