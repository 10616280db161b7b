"""A page asks the database as often with much to show as with little: every address of the house is tried."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from delegations.models import Delegation
from documents.models import Document, PodiumVersion
from documents.notation.package import read_package
from negotiations.acts import receiving, sessions, texts
from negotiations.models import (
    Bracket,
    Event,
    Job,
    Participation,
    Position,
    PrivateDraft,
    ReadingNote,
    ReceivedFile,
    UnresolvedMarker,
)
from negotiations.tasks import read_received_files, work_off_jobs
from negotiations.web import shared
from tests.room import TEXT, Room
from tests.web.visiting import PARTIAL, signed_in, url

LETTER = "The Secretariat forwards the draft below.\n\n"
MORE = "OP{n}. Bells [, of {n} grams,] (+IND) (-TUR) (-XYZ) are hung); (CHN tcb)\n\n"
ANY_ID = "00000000-0000-4000-8000-000000000000"

Where = Callable[[Room], tuple[object, ...]]


def one_bracket(room: Room) -> tuple[object, ...]:
    return (room.bracket("PP1.1").pk,)


def half_of_a_replacement(room: Room) -> tuple[object, ...]:
    return (room.bracket("OP1.1").pk,)


def paragraph_with_a_past(room: Room) -> tuple[object, ...]:
    return (room.paragraph("PP2").pk,)


def a_proposal(room: Room) -> tuple[object, ...]:
    return (room.bracket("PP2.1").proposal_id,)


def the_document(room: Room) -> tuple[object, ...]:
    return (room.document.pk,)


def the_version(room: Room) -> tuple[object, ...]:
    return (PodiumVersion.objects.filter(document=room.document).latest("number").pk,)


def a_file_under_review(room: Room) -> tuple[object, ...]:
    return (ReceivedFile.objects.filter(negotiation=room.negotiation, state="read").latest("received_at").pk,)


def a_later_state(room: Room) -> tuple[object, ...]:
    return (ReceivedFile.objects.filter(negotiation=room.negotiation, revises=room.document).latest("received_at").pk,)


def an_imported_file(room: Room) -> tuple[object, ...]:
    return (ReceivedFile.objects.filter(negotiation=room.negotiation, state="imported").latest("received_at").pk,)


def a_draft(room: Room, code: str) -> object:
    """One of the delegation's own, on the paragraph with a past; for an observer there is none."""
    mine = PrivateDraft.objects.filter(seat__negotiation=room.negotiation, seat__delegation__code=code, handle="PP2")
    return mine.values_list("pk", flat=True).first() or ANY_ID


def nothing(room: Room) -> tuple[object, ...]:
    return ()


READINGS = ("as=clean", "as=original", "as=agreed", "as=VIE", "as=IND")
PAGES: dict[str, list[tuple[Where, str]]] = {
    "negotiation": [(nothing, "")],
    "document": [(the_document, ""), *((the_document, f"?{asked}") for asked in ("to={document}", *READINGS))],
    "since": [(the_document, "?after=0")],
    "same-as": [(the_document, "?delegation=IND")],
    "paragraph": [(paragraph_with_a_past, "")],
    "history": [(paragraph_with_a_past, "")],
    "characters": [(paragraph_with_a_past, "")],
    "propose": [(paragraph_with_a_past, ""), (paragraph_with_a_past, "?draft={draft}")],
    "rewrite": [(paragraph_with_a_past, "")],
    "new-paragraph": [(paragraph_with_a_past, "")],
    "bracket": [(one_bracket, ""), (half_of_a_replacement, "")],
    "revise": [(a_proposal, "")],
    "verdict": [(one_bracket, "?way=strike"), (half_of_a_replacement, "?way=carry")],
    "my-file": [(nothing, "")],
    "desk": [(nothing, "")],
    "suspend-session": [(nothing, "")],
    "close-session": [(nothing, "")],
    "import": [(nothing, "")],
    "received": [(a_file_under_review, "?part=2"), (an_imported_file, "")],
    "compare": [(a_later_state, "")],
    "versions": [(nothing, "")],
    "version": [(the_version, "")],
    "download": [(lambda room: (*the_version(room), "docx"), "")],
}
"""Pages of a negotiation by the name of their address: what each is shown of, and what is asked of it."""
OF_THE_HOUSE = {"home", "sign-in", "pointing", "tokens"}
ACTS = {
    "sign-out",
    "set_language",
    "revoke-token",
    "paragraph-position",
    "agree",
    "reopen",
    "bracket-position",
    "answer-replacement",
    "co-sponsor",
    "withdraw-proposal",
    "confirm",
    "table-draft",
    "drop-draft",
    "open-session",
    "set-agenda",
    "agree-clean",
    "correct-reading",
    "put-away",
    "import-received",
    "take-back-import",
}
"""Addresses that take a form and show no page of their own."""


def addresses(patterns: list[Any]) -> Iterator[URLPattern]:
    """The addresses of pages; those of the API are counted with its own tests."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace == "api":
                continue
            yield from addresses(pattern.url_patterns)
        else:
            yield pattern


def lived_in(size: int) -> Room:
    """A room where everything that grows while people negotiate has grown to at least ``size``."""
    room = Room.opened(LETTER + TEXT + "".join(f"\n{MORE.format(n=3 + n)}" for n in range(10 * size)))
    for number in range(size):
        guest, _ = Delegation.objects.get_or_create(code=f"GUEST{chr(65 + number)}", kind="member", name_en="Guest")
        Participation.objects.create(negotiation=room.negotiation, delegation=guest)
        room.actors[guest.code] = replace(room.actors["VIE"], delegation=guest)
        for target in ("PP1.1", "OP1.1", "PP2"):
            room.takes("Secretariat", "tcb", on=target, heard_for=guest.code)
        room.inserts("VIE", f"tyre of {guest.code}", after="bell", in_="PP2")
        room.tables_paragraph("VIE", f"Praising {guest.code};", at="PP1")
        for code in ("VIE", "Secretariat"):
            _prepares(room, code)
    act = {"actor": room.secretariat, "negotiation_id": room.negotiation.pk}
    for number in range(1, size):
        package = read_package(LETTER + TEXT)
        texts.import_package(**act, package=package, name=f"more bells {number}", key=room.key())  # type: ignore[arg-type]
    for name in ("under review", "imported"):
        data = (LETTER + (TEXT + MORE.format(n=3) * size) * size).encode()
        file = receiving.receive(**act, name=name, data=data)  # type: ignore[arg-type]
        read_received_files()
    texts.import_received(**act, file_id=file.pk, key=room.key())  # type: ignore[arg-type]
    receiving.receive(**act, name="later", data=TEXT.encode(), revises=room.document.pk)  # type: ignore[arg-type]
    read_received_files()
    for number in range(size + 1):
        room.suspends()
        if number < size:  # the last suspension is still being issued
            work_off_jobs()
        sessions.open_session(actor=room.secretariat, negotiation_id=room.negotiation.pk, key=room.key())
    return room


def _prepares(room: Room, code: str) -> None:
    """Drafts in several paragraphs, one on words that change afterwards, one beside such words."""
    room.keeps_insertion(code, "and rim", after="every", in_="PP2")
    fits_no_more = f"OP{3 + PrivateDraft.objects.filter(seat__delegation__code=code).count()}"
    room.keeps_insertion(code, "and bolt", after="hung", in_=fits_no_more)
    room.inserts("IND", "often", after="hung", in_=fits_no_more)
    room.inserts("IND", "gladly", after="Noting", in_="PP2")


def asked(room: Room, code: str) -> dict[str, int]:
    """The number of queries for each page that this delegation's person opens, a second time."""
    client = signed_in(room, code)
    found: dict[str, int] = {}
    for name, rows in PAGES.items():
        for where, query in rows:
            address = url(room, name, *where(room)) + query.format(document=room.document.pk, draft=a_draft(room, code))
            for headers in ({}, PARTIAL):
                client.get(address, headers=headers)
                with CaptureQueriesContext(connection) as caught:
                    status = client.get(address, headers=headers).status_code
                found[f"{name} {where.__name__}{query} {len(headers)}: {status}"] = len(caught)
    return found


def test_every_address_of_the_house_is_counted_or_takes_a_form() -> None:
    named = {pattern.name for pattern in addresses(get_resolver().url_patterns)}
    assert named == set(PAGES) | OF_THE_HOUSE | ACTS


@pytest.mark.django_db
def test_an_address_that_is_not_counted_shows_no_page(room: Room) -> None:
    client = signed_in(room, "Secretariat")
    for pattern in addresses(get_resolver().url_patterns):
        if pattern.name in ACTS:
            wanted = {name: room.negotiation.slug if name == "slug" else ANY_ID for name in pattern.pattern.converters}
            assert client.get(reverse(pattern.name, kwargs=wanted)).status_code == 405, pattern.name


@pytest.mark.django_db
def test_a_room_that_was_lived_in_has_more_of_everything(room: Room) -> None:
    """The test below has something to find: nothing that a page lists is as few as before."""

    def counted(lived: Room) -> list[int]:
        of = {"document__agenda_item__negotiation": lived.negotiation}
        through = {f"paragraph__{name}": value for name, value in of.items()}
        return [
            Document.objects.filter(agenda_item__negotiation=lived.negotiation).count(),
            lived.document.paragraphs.count(),
            Bracket.objects.filter(**through).count(),
            Position.objects.filter(**through, heard="as_heard").count(),
            UnresolvedMarker.objects.filter(**through).count(),
            ReadingNote.objects.filter(negotiation=lived.negotiation).count(),
            lived.negotiation.covering_notes.count(),
            sum(file.counts["documents"] for file in ReceivedFile.objects.filter(negotiation=lived.negotiation)),
            lived.negotiation.participations.count(),
            PodiumVersion.objects.filter(**of).count(),
            Job.objects.filter(freeze__session__negotiation=lived.negotiation, done_at=None).count(),
            PrivateDraft.objects.filter(seat__negotiation=lived.negotiation).count(),
            Event.objects.filter(paragraph_id=lived.paragraph("PP2").pk).count(),
        ]

    few, many = counted(lived_in(1)), counted(lived_in(3))
    assert all(0 < little < much for little, much in zip(few, many, strict=True)), (few, many)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "kept"), [("VIE", 0), ("VIE", shared.MOST), ("Secretariat", 0), ("BIRDS", shared.MOST)]
)
def test_no_page_of_a_negotiation_asks_more_often_when_there_is_more_to_show(
    code: str, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the shared text was kept since the first visit or, with no room to keep any, is made again."""
    monkeypatch.setattr(shared, "MOST", kept)
    few, many = asked(lived_in(1), code), asked(lived_in(3), code)
    assert many == few


@pytest.mark.django_db
def test_no_page_of_the_house_asks_more_often_when_there_are_more_negotiations(room: Room) -> None:
    Room.opened()  # with one alone, its first text is opened at once
    client = signed_in(room, "VIE")

    def counted() -> dict[str, int]:
        found = {}
        for name in OF_THE_HOUSE:
            client.get(reverse(name))
            with CaptureQueriesContext(connection) as caught:
                found[f"{name}: {client.get(reverse(name)).status_code}"] = len(caught)
        return found

    few = counted()
    for _ in range(3):
        Room.opened()
    lived_in(2)
    assert counted() == few
