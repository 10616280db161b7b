"""Two rooms with the same text: what was done in one goes as a file into the other."""

from collections.abc import Iterable

from documents.models import Paragraph
from documents.notation.changes import Change
from documents.rendering import text
from negotiations import printing
from negotiations.acts import compared, receiving
from negotiations.acts.compared import Answer
from negotiations.comparing import Compared
from negotiations.models import Event, ReceivedFile
from negotiations.tasks import read_received_files
from tests.room import Room


def exported(room: Room) -> str:
    return text.render(printing.as_it_stands(room.negotiation, room.document)).decode()


def brought(room: Room, source: str, name: str = "from the room.txt") -> ReceivedFile:
    """The file, received as a later state of the room's document, and read."""
    file = receiving.receive(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        name=name,
        data=source.encode(),
        revises=room.document.pk,
    )
    read_received_files()
    return file


def understood(room: Room, file: ReceivedFile) -> Compared:
    return compared.understood(actor=room.secretariat, negotiation_id=room.negotiation.pk, file_id=file.pk)


def changes(room: Room, file: ReceivedFile) -> list[Change]:
    return list(understood(room, file).comparison.changes)


def records(
    room: Room,
    file: ReceivedFile,
    consents: Iterable[Change] | None = None,
    *,
    code: str = "Secretariat",
    tabled_for: str = "",
    which: str = "",
    **more: object,
) -> list[Event]:
    """Consent to the changes, to all of them where none are named."""
    chosen = changes(room, file) if consents is None else consents
    answers = {change.id: Answer(tabled_for, which) for change in chosen if change.step}
    return compared.record_compared(
        actor=room.actors[code],
        negotiation_id=room.negotiation.pk,
        file_id=file.pk,
        consents=answers,
        seen=int(str(more.pop("seen", room.seq))),
        key=str(more.pop("key", room.key())),
    )


def prints(room: Room) -> dict[str, str]:
    """What each paragraph that is not struck prints, by handle."""
    standing = Paragraph.objects.filter(document=room.document).exclude(agreement="struck")
    return {paragraph.handle: room.prints(paragraph.handle) for paragraph in standing}
