"""Private drafts: kept, edited, tabled and dropped by one delegation, and nobody else's business."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from documents.models import Paragraph
from negotiations.acts import drafts, receiving, texts, verdicts
from negotiations.acts.drafts import Edition, Typed
from negotiations.acts.wording import Deletion, Insertion, Replacement
from negotiations.models import Event, Participation, PrivateDraft, Proposal
from negotiations.refusals import (
    AgreedText,
    CannotBracket,
    DraftChanged,
    DraftGone,
    LooksAlike,
    NotAllowed,
    NotFound,
    RoomClosed,
    TextMoved,
    TooManyDrafts,
)
from negotiations.tasks import read_received_files
from tests.room import Room

HERE = {"after": "bell", "in_": "PP2"}


def drops(room: Room, code: str, draft: PrivateDraft) -> None:
    drafts.drop_draft(actor=room.actors[code], negotiation_id=room.negotiation.pk, draft_id=draft.pk)


def agrees(room: Room, handle: str) -> None:
    verdicts.agree(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        paragraph_id=room.paragraph(handle).pk,
        seen=room.seq,
        key=room.key(),
    )


def as_kept(draft: PrivateDraft) -> Any:
    return PrivateDraft.objects.filter(pk=draft.pk).values().get()


def test_a_draft_is_kept_whether_or_not_the_session_is_open(room: Room) -> None:
    room.suspends()
    before = room.seq
    draft = room.keeps_insertion("VIE", "and tyre", **HERE, reason="They wear out.", note="Ask the capital.")
    assert (draft.text, draft.reason, draft.note) == ("and tyre", "They wear out.", "Ask the capital.")
    assert room.seq == before
    assert room.prints("PP2") == "PP2. Noting that every bell has an owner;"


def test_an_adviser_prepares_and_a_delegate_tables(room: Room) -> None:
    draft = room.keeps_insertion("VIE.adviser", **HERE)
    with pytest.raises(NotAllowed, match="Advisers prepare drafts"):
        room.tables_draft("VIE.adviser", draft)
    room.tables_draft("VIE", draft)
    assert "[and tyre] (+VIE)" in room.prints("PP2")


def test_whoever_can_never_table_keeps_no_draft(room: Room) -> None:
    with pytest.raises(NotAllowed, match="Observers read"):
        room.keeps_insertion("BIRDS", **HERE)
    assert not PrivateDraft.objects.exists()


@pytest.mark.parametrize("code", ["CHAIR", "Secretariat"])
def test_chair_and_secretariat_keep_drafts_of_their_own_alone(room: Room, code: str) -> None:
    room.keeps_insertion(code, **HERE)
    with pytest.raises(NotAllowed, match="one's own delegation"):
        room.keeps_insertion(code, **HERE, on_behalf_of=room.actors["VIE"].delegation)
    assert PrivateDraft.objects.count() == 1


@pytest.mark.parametrize("code", ["IND", "CHAIR", "Secretariat", "BIRDS"])
def test_nobody_outside_the_delegation_touches_a_draft(room: Room, code: str) -> None:
    """It is answered as if there were none."""
    draft = room.keeps_insertion("VIE", **HERE)
    before = as_kept(draft)
    with pytest.raises(NotFound):
        room.tables_draft(code, draft)
    if code != "BIRDS":
        with pytest.raises(NotFound):
            drops(room, code, draft)
        with pytest.raises(DraftGone):
            room.keeps_insertion(code, "and pump", **HERE, edited=Edition(draft.pk, 1))
        with pytest.raises(DraftGone):
            room.keeps_insertion(code, "and pump", **HERE, edited=Edition(uuid4(), 1))
    assert as_kept(draft) == before


def test_a_draft_is_of_one_negotiation_alone(room: Room) -> None:
    draft, other = room.keeps_insertion("VIE", **HERE), Room.opened()
    with pytest.raises(NotFound):
        other.tables_draft("VIE", draft)
    with pytest.raises(NotFound):
        drops(other, "VIE", draft)


def test_who_takes_no_part_keeps_nothing(room: Room) -> None:
    Participation.objects.filter(negotiation=room.negotiation, delegation=room.actors["VIE"].delegation).delete()
    with pytest.raises(NotFound):
        room.keeps_insertion("VIE", **HERE)


def test_a_colleague_edits_a_draft_and_what_was_said_before_is_gone(room: Room) -> None:
    draft = room.keeps_insertion("VIE", "and tyre", **HERE)
    at = room.at("PP2", "owner")
    room.keeps("VIE.adviser", Replacement(at, at, "keeper"), in_="PP2", edited=Edition(draft.pk, 1))
    kept = PrivateDraft.objects.get()
    assert (kept.pk, kept.kind, kept.text, kept.edition) == (draft.pk, "replacement", "keeper", 2)
    assert kept.kept_by_id == room.actors["VIE.adviser"].person_id


def test_words_of_a_colleague_are_not_written_over_unseen(room: Room) -> None:
    draft = room.keeps_insertion("VIE", "and tyre", **HERE)
    room.keeps_insertion("VIE.adviser", "and pump", **HERE, edited=Edition(draft.pk, 1))
    with pytest.raises(DraftChanged):
        room.keeps_insertion("VIE", "and rim", **HERE, edited=Edition(draft.pk, 1))
    assert PrivateDraft.objects.get().text == "and pump"


def test_a_form_pressed_twice_keeps_one_draft(room: Room) -> None:
    draft = room.keeps_insertion("VIE", **HERE, key="one")
    assert room.keeps_insertion("VIE", **HERE, key="one").pk == draft.pk
    edited: dict[str, Any] = {"edited": Edition(draft.pk, 1), "key": "two"}
    for _ in range(2):
        room.keeps_insertion("VIE", "and pump", **HERE, **edited)
    assert PrivateDraft.objects.get().edition == 2


def test_a_draft_that_is_gone_is_not_edited(room: Room) -> None:
    draft = room.keeps_insertion("VIE", **HERE)
    drops(room, "VIE", draft)
    with pytest.raises(DraftGone):
        room.keeps_insertion("VIE", **HERE, edited=Edition(draft.pk, 1))


def test_a_dropped_draft_is_nowhere(room: Room) -> None:
    draft = room.keeps_insertion("VIE", **HERE)
    drops(room, "VIE.adviser", draft)
    assert not PrivateDraft.objects.exists()


def test_a_delegation_keeps_so_many_drafts_and_no_more(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST", 2)
    first = room.keeps_insertion("VIE", **HERE)
    room.keeps_insertion("VIE", **HERE)
    with pytest.raises(TooManyDrafts, match="keeps 2 private drafts"):
        room.keeps_insertion("VIE", **HERE)
    room.keeps_insertion("VIE", "and pump", **HERE, edited=Edition(first.pk, 1))  # what is there may be edited
    room.keeps_insertion("IND", **HERE)  # and nobody else's count matters


def test_nothing_is_kept_that_could_not_be_tabled(room: Room) -> None:
    with pytest.raises(CannotBracket):
        room.keeps_insertion("VIE", "and [tyre]", **HERE)
    with pytest.raises(CannotBracket):
        room.keeps_insertion("VIE", "  ", **HERE)
    with pytest.raises(LooksAlike):
        room.keeps_insertion("VIE", "and СНN", **HERE)
    agrees(room, "PP2")
    with pytest.raises(AgreedText):
        room.keeps_insertion("VIE", **HERE)
    assert not PrivateDraft.objects.exists()


def test_words_of_two_alphabets_that_were_confirmed_on_keeping_are_confirmed_on_tabling(room: Room) -> None:
    draft = room.keeps_insertion("VIE", "and СНN", **HERE, confirmed_mixed=True)
    assert room.tables_draft("VIE", draft).payload["facts"]["mixed_scripts"] == ["СНN"]


def test_a_draft_of_an_older_page_is_kept_on_the_present_wording(room: Room) -> None:
    seen = room.seq
    change = Deletion(room.at("PP2", "owner"), room.at("PP2", "owner"))
    room.inserts("IND", "good and loud", after="every", in_="PP2")
    draft = room.keeps("VIE", change, in_="PP2", seen=seen)
    assert draft.first == room.at("PP2", "owner")
    assert draft.on_seq == room.paragraph("PP2").seq


def test_a_draft_is_tabled_on_the_wording_that_stands_by_then(room: Room) -> None:
    draft = room.keeps_insertion("VIE", "and tyre", **HERE)
    room.inserts("IND", "good and loud", after="every", in_="PP2")
    room.tables_draft("VIE", draft)
    assert room.prints("PP2") == "PP2. Noting that every [good and loud] (+IND) bell [and tyre] (+VIE) has an owner;"
    assert not PrivateDraft.objects.exists()


def test_a_tabled_draft_is_recorded_as_any_other_proposal(room: Room) -> None:
    """Nobody can tell from the record whether words were prepared."""

    def shape(event: Event) -> object:
        rows = {name: [sorted(row) for row in found] for name, found in event.payload["rows"].items()}
        return event.kind, rows, event.payload["facts"], event.payload["gone"], len(str(event.key))

    key = "0123456789"
    outright = room.inserts("VIE", "and tyre", after="bell", in_="PP2", reason="They wear out.", key=f"{key}1")
    room.withdraws("VIE", Proposal.objects.latest("seq").pk)
    draft = room.keeps_insertion("VIE", "and tyre", **HERE, reason="They wear out.", note="Ask the capital.")
    prepared = room.tables_draft("VIE", draft, key=f"{key}2")
    assert shape(prepared) == shape(outright)
    assert "capital" not in str(prepared.payload)


def test_the_private_note_is_never_tabled(room: Room) -> None:
    draft = room.keeps_insertion("VIE", "and tyre", **HERE, reason="They wear out.", note="Ask the capital.")
    room.tables_draft("VIE", draft)
    assert Proposal.objects.latest("seq").reason == "They wear out."
    assert not any("capital" in str(event.payload) for event in Event.objects.all())


def test_a_draft_tabled_twice_with_one_key_is_tabled_once(room: Room) -> None:
    draft = room.keeps_insertion("VIE", "and tyre", **HERE)
    event = room.tables_draft("VIE", draft, key="press")
    assert room.tables_draft("VIE", draft, key="press").pk == event.pk
    with pytest.raises(NotFound):
        room.tables_draft("VIE", draft, key="another")


def test_where_tabling_is_refused_the_draft_stays_as_it_is(room: Room) -> None:
    at = room.at("PP2", "owner")
    draft = room.keeps("VIE", Deletion(at, at), in_="PP2", note="Ask the capital.")
    before = as_kept(draft)
    room.suspends()
    with pytest.raises(RoomClosed):
        room.tables_draft("VIE", draft)
    room.resumes()
    room.deletes("IND", "an", "owner", in_="PP2")
    with pytest.raises(TextMoved):
        room.tables_draft("VIE", draft)
    Paragraph.objects.filter(handle="PP2", document=room.document).update(agreement="agreed_ad_ref")
    with pytest.raises(AgreedText):
        room.tables_draft("VIE", draft)
    assert as_kept(draft) == before


def test_what_was_being_edited_is_tabled_in_place_of_what_was_kept(room: Room) -> None:
    draft = room.keeps_insertion("VIE", "and tyre", **HERE, reason="They wear out.")
    instead = Typed(
        room.paragraph("PP2").pk, Insertion(room.at("PP2", "bell"), "and pump"), room.seq, to_come_back=True
    )
    drafts.table_draft(
        actor=room.actors["VIE"], negotiation_id=room.negotiation.pk, draft_id=draft.pk, key="x", instead=instead
    )
    assert "[and pump] (VIE tcb)" in room.prints("PP2")
    assert Proposal.objects.latest("seq").reason == ""
    assert not PrivateDraft.objects.exists()


def test_an_import_is_taken_back_whatever_somebody_prepared_on_it(room: Room) -> None:
    """The draft says still where it was; the Secretariat is not stopped by what it cannot see."""
    act: dict[str, Any] = {"actor": room.secretariat, "negotiation_id": room.negotiation.pk}
    act["file_id"] = receiving.receive(**act, name="pumps.txt", data=b"PP1. Noting the pumps;").pk
    read_received_files()
    [event] = texts.import_received(**act, key=room.key())
    draft = drafts.keep_draft(
        actor=room.actors["VIE"],
        negotiation_id=room.negotiation.pk,
        paragraph_id=Paragraph.objects.get(document=event.document_id).pk,
        change=Insertion(0, "gladly"),
        seen=room.seq,
        key=room.key(),
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    texts.take_back_import(**act, key=room.key())
    assert PrivateDraft.objects.get(pk=draft.pk).handle == "PP1"
    with pytest.raises(NotFound):
        room.tables_draft("VIE", draft)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "paragraph"},
        {"first": 1, "last": 2},
        {"kind": "deletion", "text": "and tyre"},
        {"text": ""},
        {"kind": "replacement", "first": -1, "last": 2},
        {"kind": "replacement", "first": 3, "last": 2},
    ],
)
def test_the_database_keeps_no_draft_that_means_nothing(room: Room, wrong: dict[str, object]) -> None:
    draft = room.keeps_insertion("VIE", **HERE)
    with pytest.raises(IntegrityError), transaction.atomic():
        PrivateDraft.objects.filter(pk=draft.pk).update(**wrong)
