"""Bringing texts in: what was read becomes documents, brackets, proposals and positions on record; and taking it back."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.actor import Actor
from delegations.models import Alias, Delegation
from delegations.roll import name_also
from documents.models import Document, Paragraph
from documents.notation import corrections as decisions
from documents.notation.contents import Package, ReadDocument, all_markers
from documents.notation.corrections import NO_CORRECTIONS, Corrections
from documents.notation.lookalikes import skeleton
from documents.notation.plain import name_of, odd_in_source
from documents.notation.stripping import Removed, plain_package, stripped
from negotiations import intake, ledger, may, reading_notes, wake
from negotiations.acts import receiving, verdicts
from negotiations.acts.typed import plain_text
from negotiations.columns import without_collecting
from negotiations.intake import Coming
from negotiations.ledger import About
from negotiations.models import (
    AgendaItem,
    Bracket,
    CoSponsor,
    CoveringNote,
    Event,
    Freeze,
    Position,
    Proposal,
    ReadingNote,
    ReceivedFile,
    SetAside,
    UnresolvedMarker,
)
from negotiations.models.received import ReceivedState
from negotiations.refusals import (
    ImportedAlready,
    NotAllowed,
    NotFound,
    NothingRead,
    NotReadYet,
    NotTakenBack,
    OddCharacters,
    Refusal,
)
from negotiations.room import Room, enter

log = logging.getLogger(__name__)

IMPORTED = "document.imported"
TAKEN_BACK = "import.taken_back"
LEASE = timedelta(minutes=10)


def import_package(
    *,
    actor: Actor,
    negotiation_id: UUID,
    package: Package,
    name: str,
    key: str,
    language: str = "en",
    strip_odd: bool = False,
) -> list[Event]:
    """Put every document of a package on the agenda, as it was printed; one event a document.

    Brackets read from paper are of unknown origin, and nothing is agreed. A marker that fits no position is kept as
    printed and listed. ``name`` stands for the title where the source has none. A repeat with the same key answers
    with the first event again.

    ``strip_odd`` is the Secretariat's consent to take out what a text may not hold (``documents.notation.plain``): the
    events say how many of which. Letters are composed (NFC) without asking, since nobody sees it.

    Raises NotFound, NotAllowed, NothingRead, NotPlain (the name), OddCharacters (without consent), KeyUsed.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, (name, ledger.digest(package.source)))
        may.import_texts(actor)
        if room.answer is not None:
            return [room.answer]
        text = _Text(package, plain_text(name), language, Corrections(strip=strip_odd))
        with without_collecting():
            return _brought_in(room, text)


def import_received(*, actor: Actor, negotiation_id: UUID, file_id: UUID, key: str) -> list[Event]:
    """Import a file as it was decided upon, in one transaction: an event for each document, then one for each paragraph
    that a person accepted as agreed and that is clean (``rules.md`` 20).

    Accepted paragraphs that are not clean come in as not agreed; their handles stand under ``not_agreed`` in the facts of
    their document's event. A repeat is answered with the same events. Raises NotFound, NotReadYet, ImportedAlready,
    NotAllowed (a later state of a document that is in), NothingRead, OddCharacters (unless it was decided to take them
    out), KeyUsed.
    """
    file = receiving.received(actor=actor, negotiation_id=negotiation_id, file_id=file_id)
    if file.state in (ReceivedState.READ, ReceivedState.IMPORTING):
        receiving.reading_of(file)  # it may take a second: before the room is locked
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, ("received", str(file_id)))
        may.import_texts(actor)
        file = _locked(room, file_id)
        if room.answer is not None:
            return _events_of(file) if file.first_seq == room.answer.seq else [room.answer]
        _must_be_ready(file, key)
        said = decisions.from_json(file.corrections)
        facts = {"file": str(file.pk), "sha256": file.sha256}
        text = _Text(receiving.reading_of(file), PurePath(file.name).stem, file.language, said, facts)
        with without_collecting():
            events = _brought_in(room, text)
        file.state, file.why, file.leased_until = ReceivedState.IMPORTED, "", None
        file.first_seq, file.last_seq = events[0].seq, events[-1].seq
        file.save(update_fields=["state", "why", "leased_until", "first_seq", "last_seq"])
    return events


def _locked(room: Room, file_id: UUID) -> ReceivedFile:
    files = ReceivedFile.objects.listed().select_for_update(of=("self",))
    file = files.filter(pk=file_id, negotiation=room.negotiation).first()
    if file is None:
        raise NotFound
    return file


def _must_be_ready(file: ReceivedFile, key: str) -> None:
    if file.state == ReceivedState.IMPORTED or (file.state == ReceivedState.IMPORTING and file.asked_key != key):
        raise ImportedAlready()
    if file.state not in (ReceivedState.READ, ReceivedState.IMPORTING):
        raise NotReadYet()
    if file.revises_id is not None:
        raise NotAllowed(why=_("This file is a later state of a document that is in already: it is compared instead."))


def _events_of(file: ReceivedFile) -> list[Event]:
    between = (file.first_seq, file.last_seq)
    return list(Event.objects.filter(negotiation=file.negotiation_id, seq__range=between).order_by("seq"))


# ---- importing by a worker, for files so long that nobody should wait for the answer


def ask_for_import(*, actor: Actor, negotiation_id: UUID, file_id: UUID, key: str) -> ReceivedFile:
    """Have a worker import the file, under the same key; what stands in the way is then found in the file's ``why``.

    Raises NotFound, NotReadYet, ImportedAlready, NotAllowed.
    """
    with transaction.atomic():
        file = receiving.in_hand(actor, negotiation_id, file_id)
        _must_be_ready(file, key)
        file.state, file.why, file.tries, file.leased_until = ReceivedState.IMPORTING, "", 0, None
        file.asked_by_id, file.asked_key = actor.person_id, key
        file.save(update_fields=["state", "why", "tries", "leased_until", "asked_by", "asked_key"])
        wake.readers_after_commit()
    return file


def claim_import() -> ReceivedFile | None:
    """Take one file that somebody asked to have imported, or None; one whose workers died over and over goes back."""
    while (file := receiving.leased(ReceivedState.IMPORTING, LEASE)) is not None:
        if file.tries <= receiving.TRIES:
            return file
        _handed_back(file, _("The import stopped %(n)s times. Nothing was imported.") % {"n": receiving.TRIES})
    return None


def work_off_import(file: ReceivedFile) -> None:
    """Import a claimed file for whoever asked for it; where that is refused, the file waits for review again."""
    assert file.asked_by is not None
    try:
        import_received(
            actor=Actor.of(file.asked_by), negotiation_id=file.negotiation_id, file_id=file.pk, key=file.asked_key
        )
    except Refusal as refusal:
        _handed_back(file, str(refusal))
    except Exception as fault:
        log.error("File %s could not be imported: %s", file.pk, type(fault).__name__)
        soon = timezone.now() + timedelta(seconds=2**file.tries)
        ReceivedFile.objects.filter(pk=file.pk, state=ReceivedState.IMPORTING).update(leased_until=soon)


def _handed_back(file: ReceivedFile, why: str) -> None:
    asked = ReceivedFile.objects.filter(pk=file.pk, state=ReceivedState.IMPORTING)
    asked.update(state=ReceivedState.READ, leased_until=None, why=why)


# ---- the one way in


@dataclass(frozen=True, slots=True)
class _Text:
    """What comes in: a package, what stands for the title where there is none, what was decided, what else is recorded."""

    package: Package
    name: str
    language: str
    said: Corrections = NO_CORRECTIONS
    facts: dict[str, Any] = field(default_factory=dict)


def _brought_in(room: Room, text: _Text) -> list[Event]:
    """Record every document, then what is agreed. Raises NothingRead, OddCharacters."""
    if not any(read.paragraphs for read in text.package.documents):
        raise NothingRead()
    text, removed = _made_plain(text)
    package = text.package
    facts = {"name": text.name, "characters": len(package.source)} | text.facts | _spellings(room, text)
    facts |= {"stripped": removed} if removed else {}
    known = intake.known_delegations(room.negotiation, text.said.codes)
    place = AgendaItem.objects.filter(negotiation=room.negotiation).aggregate(Max("place"))["place__max"] or 0
    events: list[Event] = []
    agreed: list[UUID] = []
    notes = reading_notes.by_document(package)
    for at, read in enumerate(package.documents):
        coming = Coming(room.negotiation, known, room.actor.person_id, room.seq, ledger.plain(room.now))
        document = _document(text, read)
        brought = intake.document_rows(coming, document, read)
        brought.rows[reading_notes.NOTES] = reading_notes.note_rows(room.negotiation, document, notes[at])
        frame: list[Model] = [
            document,
            AgendaItem(negotiation=room.negotiation, document=document, place=place + at + 1),
        ]
        if at == 0 and package.letter:
            frame.append(CoveringNote(negotiation=room.negotiation, before=document, text=package.letter))
        not_agreed = {"not_agreed": brought.not_agreed} if brought.not_agreed else {}
        events.append(
            room.record(
                IMPORTED, rows=frame, columns=brought.rows, about=About(document=document), facts=facts | not_agreed
            )
        )
        agreed += brought.agreed
    for paragraph in Paragraph.objects.filter(pk__in=agreed).order_by("document__agenda_item__place", "place"):
        events.append(verdicts.mark_agreed(room, paragraph))
    return events


def _made_plain(text: _Text) -> tuple[_Text, Removed]:
    """The text as it may be stored, and what was taken out of it. Raises OddCharacters without consent."""
    if not text.said.strip:
        _nothing_odd(text.package)
    package, removed = plain_package(text.package)
    codes = {stripped(printed).text: code for printed, code in text.said.codes.items()}
    return replace(text, package=package, said=replace(text.said, codes=codes)), removed


def _nothing_odd(package: Package) -> None:
    places = list(odd_in_source(package.source))
    if not places:
        return
    first = places[0]
    where = _("line %(line)s") % {"line": package.source.count("\n", 0, first) + 1}
    paragraphs = (found for read in package.documents for found in read.paragraphs)
    label = next((found.label for found in paragraphs if found.src[0] <= first < found.src[1]), None)
    where = f"{label}, {where}" if label else where
    raise OddCharacters(count=len(places), what=name_of(package.source[first]), where=where)


def _document(text: _Text, read: ReadDocument) -> Document:
    return Document(
        name=read.title or plain_text(text.said.names.get(read.begins, "")) or text.name,
        title=read.title or "",
        header_lines=list(read.header_lines),
        status_line=read.status_line or "",
        language=text.language,
    )


def _spellings(room: Room, text: _Text) -> dict[str, Any]:
    """What was decided of printed codes. A free spelling becomes an alias of its delegation: it is known from now on.

    The author of a tracked change is a person's name, which is nobody's alias; and no alias looks like another
    delegation's code.
    """
    if not (codes := {printed: code for printed, code in text.said.codes.items() if code}):
        return {}
    seated = {one.code: one for one in Delegation.objects.filter(participations__negotiation=room.negotiation)}
    found = sorted(_printed_codes(text.package) & codes.keys())
    codes = {printed: codes[printed] for printed in found if codes[printed] in seated}
    looks = {skeleton(code): code for code in seated}
    own = {printed: code for printed, code in codes.items() if looks.get(skeleton(printed), code) == code}
    aliases = {printed: code for printed, code in own.items() if name_also(seated[code], printed)}
    return ({"codes": codes} if codes else {}) | ({"aliases": aliases} if aliases else {})


def _printed_codes(package: Package) -> set[str]:
    """The codes that the texts spell, without those that only stand for the author of a tracked change."""
    found: set[str] = set()
    for read in package.documents:
        for piece in intake.pieces_of(read):
            authors = {span.tracked.author for span in piece.reading.spans if span.tracked}
            said = {marker.delegation for marker in all_markers(piece.reading) if marker.delegation}
            found |= said - authors
    return found


# ---- taking an import back


def take_back_import(*, actor: Actor, negotiation_id: UUID, file_id: UUID, key: str) -> Event:
    """Take everything out again that a file brought in, as long as nobody has built on it; the file waits for review
    again, with its decisions. Raises NotFound, NotTakenBack, KeyUsed."""
    with transaction.atomic():
        receiving.received(actor=actor, negotiation_id=negotiation_id, file_id=file_id)
        room = enter(actor, negotiation_id, key, ("taken back", str(file_id)))
        may.import_texts(actor)
        if room.answer is not None:
            return room.answer
        file = _locked(room, file_id)
        if why := why_not_taken_back(file):
            raise NotTakenBack(why=why)
        imported = _imported(file)
        names = dict(Document.objects.filter(pk__in=[id_ for id_, _facts in imported]).values_list("pk", "name"))
        facts = imported[0][1]
        aliases = facts.get("aliases", {})
        Alias.objects.filter(code__in=aliases).delete()
        event = room.record(
            TAKEN_BACK,
            rows=(),
            gone_ids=dict(_everything_of(names)),
            facts={
                "name": facts["name"],
                "documents": [{"id": str(id_), "name": names[id_]} for id_, _facts in imported],
                "events": [file.first_seq, file.last_seq],
            }
            | ({"aliases": aliases} if aliases else {}),
        )
        file.state, file.first_seq, file.last_seq = ReceivedState.READ, None, None
        file.save(update_fields=["state", "first_seq", "last_seq"])
    return event


def why_not_taken_back(file: ReceivedFile) -> str:
    """What stands in the way of taking the import back, as half a sentence; empty where nothing does."""
    if file.state != ReceivedState.IMPORTED:
        return _("it is not imported")
    documents = [id_ for id_, _facts in _imported(file)]
    later = Event.objects.filter(negotiation=file.negotiation_id, seq__gt=file.last_seq, document_id__in=documents)
    if (first := later.order_by("seq").only("seq", "on_behalf_of").first()) is not None:
        return _("%(code)s has worked on it since (event %(seq)s)") % {"code": first.on_behalf_of, "seq": first.seq}
    if Freeze.objects.filter(document__in=documents).exists():
        return _("a podium version of it was issued")
    if ReceivedFile.objects.filter(revises__in=documents).exists():
        return _("another file came in as a later state of it")
    return ""


def _imported(file: ReceivedFile) -> list[tuple[UUID, dict[str, Any]]]:
    """The documents that the file brought in, each with the facts of its event."""
    events = Event.objects.filter(negotiation=file.negotiation_id, seq__range=(file.first_seq, file.last_seq))
    said = events.filter(kind=IMPORTED).order_by("seq").values_list("document_id", "payload__facts")
    return [(document, facts) for document, facts in said if document is not None]


def _everything_of(documents: Iterable[UUID]) -> Iterator[tuple[str, list[str]]]:
    """The ids of all rows that hang on documents, by table."""
    ids = list(documents)
    hanging: list[QuerySet[Any]] = [
        CoSponsor.objects.filter(proposal__paragraph__document__in=ids),
        Position.objects.filter(paragraph__document__in=ids),
        UnresolvedMarker.objects.filter(paragraph__document__in=ids),
        Bracket.objects.filter(paragraph__document__in=ids),
        Proposal.objects.filter(paragraph__document__in=ids),
        ReadingNote.objects.filter(document__in=ids),
        CoveringNote.objects.filter(before__in=ids),
        SetAside.objects.filter(document__in=ids),
        AgendaItem.objects.filter(document__in=ids),
        Paragraph.objects.filter(document__in=ids),
        Document.objects.filter(pk__in=ids),
    ]
    for rows in hanging:
        if found := [str(id_) for id_ in rows.order_by("pk").values_list("pk", flat=True)]:
            yield rows.model._meta.db_table, found
