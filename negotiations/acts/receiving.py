"""Files that come in: received, read by a worker, decided upon, put away. None of it is on the ledger.

What was read becomes part of the record by ``texts.import_received`` alone.
"""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import PurePath
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.actor import Actor
from documents.models import Document
from documents.notation import corrections as decisions
from documents.notation import shown as showings
from documents.notation.contents import Package
from documents.notation.corrections import Corrections
from documents.notation.stripping import stripped
from documents.reading.guarded import take_guarded
from documents.reading.refusal import NotText, gettext_noop
from documents.reading.taken import Taken
from negotiations import may, readings, wake
from negotiations.acts.typed import plain_text
from negotiations.models import Negotiation, ReceivedFile
from negotiations.models.received import ReceivedFileQuerySet, ReceivedState
from negotiations.refusals import (
    EmptyFile,
    ImportedAlready,
    NotAllowed,
    NotFound,
    NotReadYet,
    TooLarge,
)

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
TRIES = 3
LONGEST_NAME = 255


# ---- what comes in


def receive(
    *,
    actor: Actor,
    negotiation_id: UUID,
    name: str,
    data: bytes,
    language: str = "en",
    revises: UUID | None = None,
) -> ReceivedFile:
    """Keep a file as it came, for a worker to read. ``revises`` is the document that it is a later state of.

    Raises NotFound, NotAllowed, EmptyFile, TooLarge.
    """
    with transaction.atomic():
        negotiation = Negotiation.objects.visible_to(actor).filter(pk=negotiation_id).first()
        if negotiation is None:
            raise NotFound
        may.import_texts(actor)
        if not data.strip():
            raise EmptyFile()
        if len(data) > settings.MAX_UPLOAD_BYTES:
            raise TooLarge(why=_("The file is larger than %(n)s MB.") % {"n": settings.MAX_UPLOAD_BYTES >> 20})
        if language not in dict(settings.LANGUAGES):
            raise NotAllowed(why=_("A text can be in one of the languages of the house."))
        if revises is not None and not _on_the_agenda(negotiation_id, revises):
            raise NotFound
        file = ReceivedFile.objects.create(
            negotiation=negotiation,
            name=_name(name),
            data=data,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            language=language,
            received_by_id=actor.person_id,
            revises_id=revises,
        )
        wake.readers_after_commit()
    return file


def _on_the_agenda(negotiation_id: UUID, document_id: UUID) -> bool:
    return Document.objects.filter(pk=document_id, agenda_item__negotiation=negotiation_id).exists()


def _name(name: str) -> str:
    """The file's own name: no folders, and nothing that cannot be seen or stored."""
    last = PurePath(name.replace("\\", "/")).name
    seen = stripped("".join(sign for sign in last if sign.isprintable()), keep="").text.strip()
    if len(seen) > LONGEST_NAME:
        suffix = PurePath(seen).suffix[:16]
        seen = seen[: LONGEST_NAME - len(suffix)] + suffix
    return seen or _("text")


def received(*, actor: Actor, negotiation_id: UUID, file_id: UUID) -> ReceivedFile:
    """A file that came in. Raises NotFound, also for whoever may not import."""
    file = all_received(actor=actor, negotiation_id=negotiation_id).filter(pk=file_id).first()
    if file is None:
        raise NotFound
    return file


def all_received(*, actor: Actor, negotiation_id: UUID) -> ReceivedFileQuerySet:
    """The files that came in to a negotiation, newest first. Raises NotFound for whoever may not import."""
    try:
        may.import_texts(actor)
    except NotAllowed:
        raise NotFound from None
    if not Negotiation.objects.visible_to(actor).filter(pk=negotiation_id).exists():
        raise NotFound
    files = ReceivedFile.objects.filter(negotiation=negotiation_id).select_related("negotiation")
    return files.order_by("-received_at", "pk").listed()


# ---- reading, by a worker


def claim() -> ReceivedFile | None:
    """Take one file that waits to be read, or None. Two workers never get the same one while its lease runs.

    A file whose readers died over and over is refused: it is the file that they died of.
    """
    while (file := leased(ReceivedState.WAITING)) is not None:
        if file.tries <= TRIES:
            return file
        _refuse(file, _("The reader stopped on it %(n)s times. The file may be damaged.") % {"n": TRIES})
    return None


def leased(state: str, lease: timedelta = LEASE) -> ReceivedFile | None:
    """One file in this state that no worker has in hand, now in this one's, with its tries counted."""
    with transaction.atomic():
        due = ReceivedFile.objects.due(state).select_for_update(skip_locked=True, of=("self",))
        file = due.order_by("received_at", "pk").first()
        if file is not None:
            file.leased_until, file.tries = timezone.now() + lease, file.tries + 1
            file.save(update_fields=["leased_until", "tries"])
    return file


def read(file: ReceivedFile) -> None:
    """Read a claimed file and keep what was taken out of it; a file that cannot be read is refused, with the reason.

    A reader that is late, whose file another one has taken up, changes nothing.
    """
    try:
        taken = _taken(bytes(file.data), file.name)
    except NotText as fault:
        _refuse(file, _("This cannot be read: %(why)s.") % {"why": fault})
        return
    except Exception as fault:
        log.error("File %s could not be read: %s", file.pk, type(fault).__name__)  # its words belong in no log
        _mine(file).update(leased_until=timezone.now() + min(LEASE, timedelta(seconds=2**file.tries)))
        return
    _mine(file).update(
        state=ReceivedState.READ,
        leased_until=None,
        tries=0,
        why="",
        kind=taken.kind,
        source=taken.source,
        shown=showings.to_json(taken.shown),
        counts=asdict(taken.counts) if taken.counts else {},
    )


def _taken(data: bytes, name: str) -> Taken:
    """What a file holds, read in a process of its own. Raises NotText, also for what PostgreSQL does not store."""
    taken = take_guarded(data, name)
    if any("\0" in text for text in _texts(taken)):
        raise NotText(gettext_noop("it holds characters that are no text"))
    return taken


def _texts(taken: Taken) -> Iterator[str]:
    yield taken.source
    for change in taken.shown.tracked:
        yield f"{change.author}{change.raw}{change.date}"
    for aside in taken.shown.aside:
        yield aside.mark
    for notice in taken.shown.notices:
        yield notice.quote + notice.message


def _mine(file: ReceivedFile) -> ReceivedFileQuerySet:
    """The file's row as long as this worker has it in hand: whoever took it up since has counted another try."""
    return ReceivedFile.objects.filter(pk=file.pk, state=ReceivedState.WAITING, tries=file.tries)


def _refuse(file: ReceivedFile, why: str) -> None:
    _mine(file).update(state=ReceivedState.REFUSED, leased_until=None, why=why)


# ---- what a person decides


def reading_of(file: ReceivedFile) -> Package:
    """The file as it reads with what was decided about it; kept between requests as long as nothing changes it."""
    return readings.reading_of(file)


def correct(*, actor: Actor, negotiation_id: UUID, file_id: UUID, corrections: Corrections) -> ReceivedFile:
    """Keep what was decided about a file, in place of what was decided before.

    Raises NotFound, NotReadYet, ImportedAlready, NotPlain (a name), NotAllowed (a delegation that takes no part).
    """
    with transaction.atomic():
        file = in_hand(actor, negotiation_id, file_id)
        if file.state in (ReceivedState.WAITING, ReceivedState.REFUSED):
            raise NotReadYet()
        _must_be_possible(file, corrections)
        file.corrections = decisions.to_json(corrections)
        file.save(update_fields=["corrections"])
    return file


def _must_be_possible(file: ReceivedFile, corrections: Corrections) -> None:
    for text in (*corrections.names.values(), *corrections.labels.values()):
        plain_text(text)
    seated = set(file.negotiation.participations.values_list("delegation__code", flat=True))
    for code in corrections.codes.values():
        if code and code not in seated:
            raise NotAllowed(why=_("%(code)s takes no part in this negotiation.") % {"code": code})


def put_away(*, actor: Actor, negotiation_id: UUID, file_id: UUID) -> None:
    """Delete a file and everything that was read of it. Raises NotFound, ImportedAlready."""
    with transaction.atomic():
        in_hand(actor, negotiation_id, file_id).delete()


def in_hand(actor: Actor, negotiation_id: UUID, file_id: UUID) -> ReceivedFile:
    """The file, locked, if it is not imported or being imported. Raises NotFound, ImportedAlready."""
    files = all_received(actor=actor, negotiation_id=negotiation_id)
    file = files.select_for_update(of=("self",)).filter(pk=file_id).first()
    if file is None:
        raise NotFound
    if file.state in (ReceivedState.IMPORTING, ReceivedState.IMPORTED):
        raise ImportedAlready()
    return file
