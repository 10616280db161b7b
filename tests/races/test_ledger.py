"""The ledger: unbroken, append-only, replayable, in one order under eight writers; each race with its canary."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.utils import DatabaseError
from psycopg.conninfo import conninfo_to_dict

from documents.models import PodiumVersion, Rendition
from negotiations import ledger, replay, room
from negotiations.acts import positions, sessions, versions
from negotiations.models import Event, Freeze, Job, Negotiation, Position
from negotiations.refusals import Refusal
from negotiations.tasks import work_off_jobs
from tests.races.at_once import WRITERS, at_once
from tests.room import Room

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hot() -> Room:
    return Room.opened()


def takes(room: Room, code: str, key: str, stance: str = "tcb") -> Event:
    return positions.take(
        actor=room.actors[code],
        negotiation_id=room.negotiation.pk,
        target=positions.Target(paragraphs[room.negotiation.pk]),
        stance=stance,  # type: ignore[arg-type]
        seen=10_000,
        key=key,
    )


paragraphs: dict[Any, Any] = {}


@pytest.fixture(autouse=True)
def one_paragraph(hot: Room) -> None:
    paragraphs[hot.negotiation.pk] = hot.paragraph("PP2").pk


def write_much(room: Room, rounds: int = 6) -> list[Any]:
    codes = ["VIE", "IND", "TUR", "CHN"]

    def many(number: int) -> list[Any]:
        made: list[Any] = []
        for round_ in range(rounds):
            try:
                made.append(takes(room, codes[number % 4], f"{number}-{round_}"))
            except Exception as fault:
                made.append(fault)
        return made

    return [answer for answers in at_once(WRITERS, many) for answer in answers]


def is_one_order(room: Room, answers: list[Any], before: int) -> bool:
    """Every act acknowledged once, numbered without a gap, in a chain that holds."""
    if any(isinstance(answer, Exception) for answer in answers):
        return False
    seqs = sorted(answer.seq for answer in answers)
    room.negotiation.refresh_from_db()
    return seqs == list(range(before + 1, before + 1 + len(answers))) and ledger.verify(room.negotiation) is None


def test_eight_writers_on_one_paragraph_lose_double_and_reorder_nothing(hot: Room) -> None:
    before = hot.seq
    assert is_one_order(hot, write_much(hot), before)


def test_canary_without_the_lock_the_order_breaks(hot: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above has teeth: with the head row unlocked the same writers collide."""
    monkeypatch.setattr(room, "_locked", lambda id_, seat: Negotiation.objects.seating(seat).filter(pk=id_))
    before = hot.seq
    assert not is_one_order(hot, write_much(hot), before)


def test_the_same_key_eight_times_at_once_has_one_effect_and_one_answer(hot: Room) -> None:
    before = hot.seq
    answers = at_once(WRITERS, lambda _: takes(hot, "VIE", "same"))
    assert {answer.seq for answer in answers} == {before + 1}
    assert hot.seq == before + 1


def test_canary_without_the_stored_answer_the_effect_is_doubled(hot: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above has teeth: without the look-up and the unique key every repeat is a new act."""
    monkeypatch.setattr(ledger, "answering", lambda *_: None)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE negotiations_event DROP CONSTRAINT one_answer_per_key")
    try:
        before = hot.seq
        at_once(WRITERS, lambda _: takes(hot, "VIE", "same"))
        assert hot.seq == before + WRITERS
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE negotiations_event")
            cursor.execute(
                "ALTER TABLE negotiations_event ADD CONSTRAINT one_answer_per_key UNIQUE (negotiation_id, person_id, key)"
            )


def test_the_database_itself_refuses_a_second_answer_to_one_key(hot: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    takes(hot, "VIE", "same")
    monkeypatch.setattr(ledger, "answering", lambda *_: None)
    with pytest.raises(IntegrityError):
        takes(hot, "VIE", "same")


def test_two_suspensions_at_once_freeze_each_document_once(hot: Room) -> None:
    def suspend(number: int) -> Event:
        return sessions.suspend_session(actor=hot.secretariat, negotiation_id=hot.negotiation.pk, key=f"s{number}")

    answers = at_once(2, suspend)
    assert sorted(type(answer).__name__ for answer in answers) == ["Event", "RoomClosed"]
    assert Freeze.objects.count() == 1


def test_a_position_after_the_suspension_is_refused_never_slipped_in(hot: Room) -> None:
    suspended: dict[str, Event] = {}

    def act(number: int) -> Any:
        if number == 0:
            suspended["event"] = hot.suspends()
            return suspended["event"]
        return takes(hot, ["VIE", "IND", "TUR"][number % 3], f"late-{number}")

    answers = at_once(WRITERS, act)
    late = [answer for answer in answers[1:] if isinstance(answer, Event)]
    assert all(event.seq < suspended["event"].seq for event in late)
    assert all(isinstance(answer, Event | Refusal) for answer in answers)


def test_eight_workers_make_one_version_with_each_file_once(hot: Room) -> None:
    hot.suspends()
    freeze = Freeze.objects.get()
    made = at_once(4, lambda _: versions.issue(freeze_id=freeze.pk).pk)
    assert len(set(made)) == 1
    assert PodiumVersion.objects.count() == 1
    assert sorted(Rendition.objects.values_list("format", flat=True)) == ["docx", "html", "json", "pdf", "text"]


def test_a_job_whose_worker_died_is_done_by_another_once_its_lease_is_over(hot: Room) -> None:
    hot.suspends()
    claimed = versions.claim()
    assert claimed is not None
    assert versions.claim() is None
    Job.objects.update(leased_until="2020-01-01T00:00:00Z")
    assert work_off_jobs() == 1
    assert PodiumVersion.objects.count() == 1


def test_a_version_shows_the_text_as_frozen_even_if_the_room_went_on(hot: Room) -> None:
    hot.suspends()
    sessions.open_session(actor=hot.secretariat, negotiation_id=hot.negotiation.pk, key="again")
    hot.inserts("VIE", "and tyre", after="bell", in_="PP2")
    work_off_jobs()
    text = bytes(Rendition.objects.get(format="text").body).decode()
    assert "every bell has an owner" in text


# ---- tamper evidence


def tampered(statement: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE negotiations_event DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE negotiations_event ENABLE TRIGGER USER")
    yield


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE negotiations_event SET payload = jsonb_set(payload, '{facts,note}', '\"x\"') WHERE seq = 2",
        "UPDATE negotiations_event SET at = at + interval '1 second' WHERE seq = 2",
        "UPDATE negotiations_event SET actor_code = 'IND' WHERE seq = 2",
        "UPDATE negotiations_event SET on_behalf_of = 'IND' WHERE seq = 2",
        "UPDATE negotiations_event SET kind = 'other' WHERE seq = 2",
        "DELETE FROM negotiations_event WHERE seq = 2",
        "DELETE FROM negotiations_event WHERE seq = 3",
        "UPDATE negotiations_event SET seq = 99 WHERE seq = 2",
    ],
)
def test_any_change_to_the_record_is_found(hot: Room, statement: str) -> None:
    call_command("verify_ledger")
    next(tampered(statement))
    with pytest.raises(CommandError):
        call_command("verify_ledger")


@pytest.mark.parametrize("statement", ["UPDATE {} SET seq = seq + 1", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["negotiations_event", "negotiations_freeze", "documents_podiumversion"])
def test_what_was_recorded_cannot_be_changed_or_taken_out(hot: Room, table: str, statement: str) -> None:
    hot.suspends()
    work_off_jobs()
    with pytest.raises(DatabaseError, match="insert-only"), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_the_applications_role_may_append_to_the_ledger_but_not_empty_it(hot: Room) -> None:
    """Tests connect as the tables' owner; the product connects as this role."""
    if not (url := os.environ.get("PODIUM_TEST_APP_URL")):
        pytest.skip("DATABASE_URL names a server of one role only")
    address = {**conninfo_to_dict(url), "dbname": connection.settings_dict["NAME"]}
    call_command("grant_rights", address["user"])
    for statement in (
        "TRUNCATE negotiations_event CASCADE",
        "DELETE FROM negotiations_event",
        "UPDATE negotiations_event SET kind = 'other'",
        "DROP TABLE negotiations_event",
    ):
        with psycopg.connect(**address) as stranger, pytest.raises(psycopg.errors.InsufficientPrivilege):
            stranger.execute(statement)
    with psycopg.connect(**address) as stranger:
        found = stranger.execute("SELECT count(*) FROM negotiations_event").fetchone()
    assert found == (hot.seq,)


def test_replaying_the_ledger_gives_the_same_rows(hot: Room) -> None:
    hot.inserts("VIE", "and tyre", after="bell", in_="PP2")
    hot.takes("IND", "oppose", on="PP2.1")
    hot.suspends()
    assert replay.differences() == []


def test_a_row_that_the_ledger_does_not_bear_out_is_found(hot: Room) -> None:
    Position.objects.filter(delegation__code="IND").update(stance="oppose")
    found = replay.differences()
    assert {(one.table, one.what) for one in found} == {("negotiations_position", "changed")}
    with pytest.raises(CommandError, match="changed"):
        call_command("rebuild", "--check")
