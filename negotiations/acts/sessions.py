"""Founding a negotiation, opening a session, suspending it, closing it."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from delegations.actor import Actor
from delegations.models import Alias, Delegation
from documents.models import Document
from documents.notation.lookalikes import alike
from documents.rendering.printed import to_json
from negotiations import ledger, may, printing, wake
from negotiations.acts.typed import plain_text
from negotiations.ledger import About
from negotiations.models import Event, Freeze, Job, Negotiation, Participation, Session, SetAside
from negotiations.models.frame import NewLabels, SessionState
from negotiations.refusals import (
    CodesAlike,
    EmptyAgenda,
    NotFound,
    NothingToClose,
    NothingToFreeze,
    RoomClosed,
    SessionAlreadyOpen,
)
from negotiations.room import Room, enter


def found(
    *,
    actor: Actor,
    slug: str,
    title: str,
    organisation: str,
    zone: str,
    delegations: Iterable[Delegation],
    is_sample: bool = False,
    new_labels: NewLabels = NewLabels.LETTERS,
) -> Negotiation:
    """Begin a negotiation with these delegations at the table; ``new_labels`` is how paragraphs that come in between
    are labelled. Raises NotAllowed, NotPlain, CodesAlike, ValidationError."""
    with transaction.atomic():
        may.import_texts(actor)
        seated = list(delegations)
        _told_apart(seated)
        negotiation = Negotiation(
            slug=slug,
            title=plain_text(title),
            organisation=plain_text(organisation),
            zone=zone,
            is_sample=is_sample,
            new_labels=new_labels,
        )
        negotiation.full_clean()
        negotiation.save()
        seats = [Participation(negotiation=negotiation, delegation=delegation) for delegation in seated]
        ledger.record(negotiation, "negotiation.founded", actor, rows=seats)
    return negotiation


def _told_apart(seated: Collection[Delegation]) -> None:
    """Raises CodesAlike where two delegations have codes, or other spellings of them, that look the same."""
    spellings = [(delegation.code, delegation.code) for delegation in seated]
    aliases = Alias.objects.filter(delegation__in=seated).select_related("delegation")
    spellings += [(alias.code, alias.delegation.code) for alias in aliases]
    if (found := alike(spellings)) is not None:
        raise CodesAlike(first=found[0], second=found[1])


def open_session(*, actor: Actor, negotiation_id: UUID, key: str, agenda: Collection[UUID] | None = None) -> Event:
    """Open the next session, or resume the one that was suspended last.

    ``agenda`` names the documents that it takes up; None leaves a resumed session its agenda and gives a new one every
    document. Raises NotAllowed, SessionAlreadyOpen, NotFound (a document of another negotiation), EmptyAgenda, KeyUsed.
    """
    with transaction.atomic():
        room = enter(
            actor, negotiation_id, key, ("open", None if agenda is None else sorted(str(id_) for id_ in agenda))
        )
        may.hold_the_pen(actor)
        if room.answer is not None:
            return room.answer
        if room.session is not None:
            raise SessionAlreadyOpen()
        last = _last(room)
        resumed = last is not None and last.state == SessionState.SUSPENDED
        session = last if last and resumed else _next(room, last)
        session.state, session.sitting_began, session.sitting_ended = SessionState.OPEN, room.now, None
        aside, back = ([], []) if agenda is None else _agenda_set(room, session, agenda)
        return room.record(
            "session.resumed" if resumed else "session.opened",
            rows=[session, *aside],
            gone=back,
            about=About(session=session),
        )


def set_agenda(*, actor: Actor, negotiation_id: UUID, agenda: Collection[UUID], key: str) -> Event:
    """Put these documents on the agenda of the session that sits, and set the others aside.

    Raises NotAllowed, RoomClosed, NotFound (a document of another negotiation), EmptyAgenda, KeyUsed.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, ("agenda", sorted(map(str, agenda))))
        may.hold_the_pen(actor)
        if room.answer is not None:
            return room.answer
        may.be_heard(room.session)
        assert room.session is not None
        aside, back = _agenda_set(room, room.session, agenda)
        return room.record("session.agenda_set", rows=aside, gone=back, about=About(session=room.session))


def _agenda_set(room: Room, session: Session, agenda: Collection[UUID]) -> tuple[list[SetAside], list[SetAside]]:
    """Which documents are set aside now, and which were and come back. Raises NotFound, EmptyAgenda."""
    everything = set(_documents(room).values_list("pk", flat=True))
    if not set(agenda) <= everything:
        raise NotFound
    if everything and not agenda:
        raise EmptyAgenda()
    before = {row.document_id: row for row in SetAside.objects.filter(session=session)}
    aside = [SetAside(session=session, document_id=id_) for id_ in everything - set(agenda) if id_ not in before]
    return aside, [row for id_, row in before.items() if id_ in agenda]


def suspend_session(*, actor: Actor, negotiation_id: UUID, key: str, as_of: date | None = None) -> Event:
    """Suspend the session and pin every document on its agenda; workers make the podium versions from that.

    ``as_of`` is the close-of-business date to print; by default the local day on which the sitting began
    (``rules.md`` 22). Raises NotAllowed, RoomClosed, NothingToFreeze, KeyUsed.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, as_of)
        may.hold_the_pen(actor)
        if room.answer is not None:
            return room.answer
        if room.session is None:
            raise RoomClosed()
        documents = _agenda(room, room.session)
        if not documents:
            raise NothingToFreeze()
        return _end_sitting(room, room.session, SessionState.SUSPENDED, documents, as_of)


def close_session(*, actor: Actor, negotiation_id: UUID, key: str, as_of: date | None = None) -> Event:
    """Close the session for good; the next one that is opened has a new number.

    A session that sits is pinned as by a suspension. One that is suspended was pinned then, and nothing is issued a
    second time. Raises NotAllowed, NothingToClose, KeyUsed.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, ("close", as_of))
        may.hold_the_pen(actor)
        if room.answer is not None:
            return room.answer
        if room.session is not None:
            return _end_sitting(room, room.session, SessionState.CLOSED, _agenda(room, room.session), as_of)
        last = _last(room)
        if last is None or last.state != SessionState.SUSPENDED:
            raise NothingToClose()
        last.state = SessionState.CLOSED
        return room.record("session.closed", rows=[last], about=About(session=last))


def _end_sitting(
    room: Room, session: Session, state: SessionState, documents: Iterable[Document], as_of: date | None
) -> Event:
    """Record the end of a sitting and leave the pinned documents to the workers."""
    session.state, session.sitting_ended = state, room.now
    day = as_of or session.sitting_began.astimezone(room.negotiation.tz).date()
    freezes = [_freeze(room, session, document, day) for document in documents]
    event = room.record(
        f"session.{state}",
        rows=[session],
        about=About(session=session),
        facts={"documents": {str(f.document_id): f.number for f in freezes}, "as_of": day.isoformat()},
    )
    Freeze.objects.bulk_create(freezes)
    Job.objects.bulk_create(Job(freeze=freeze) for freeze in freezes)
    wake.workers_after_commit()
    return event


def _agenda(room: Room, session: Session) -> list[Document]:
    """The documents that the session takes up, in order."""
    return list(_documents(room).exclude(pk__in=SetAside.objects.filter(session=session).values("document")))


def _documents(room: Room) -> QuerySet[Document]:
    return Document.objects.filter(agenda_item__negotiation=room.negotiation).order_by("agenda_item__place")


def _last(room: Room) -> Session | None:
    return Session.objects.filter(negotiation=room.negotiation).order_by("-number").first()


def _next(room: Room, last: Session | None) -> Session:
    return Session(negotiation=room.negotiation, number=last.number + 1 if last else 1)


def _freeze(room: Room, session: Session, document: Document, as_of: date) -> Freeze:
    number = Freeze.objects.filter(document=document).count() + 1
    pinned = printing.printed(room.negotiation, printing.page(document), number=number, seq=room.seq, as_of=as_of)
    return Freeze(
        session=session,
        document=document,
        number=number,
        seq=room.seq,
        as_of=as_of,
        frozen_at=room.now,
        printed=to_json(pinned),
    )
