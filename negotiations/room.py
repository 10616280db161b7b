"""Entering the room: the lock under which every act happens, and what an act may count on and do inside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from delegations.actor import Actor
from documents.models import Document, Paragraph
from negotiations import ledger
from negotiations.ledger import NO_IDS, NO_ROWS, NOTHING_ELSE, About
from negotiations.models import Bracket, Event, Negotiation, Position, Session, SetAside
from negotiations.prepared import rows
from negotiations.refusals import Ended, NotFound, NotOnTheAgenda, TextMoved


@dataclass(frozen=True, slots=True)
class Exact:
    """The very state that a script read and is sure of (``rules.md`` 26): it is met, or nothing is done.

    ``wording`` is the paragraph's seq; ``position`` the latest ``on_seq`` of what the delegation held on the target, 0
    where it was silent, None where the request is not about a position.
    """

    wording: int
    position: int | None = None

    def demand(self, paragraph: Paragraph, held: Iterable[Position] = ()) -> None:
        """Raise TextMoved unless all is as it was read."""
        on_seq = max((position.on_seq for position in held), default=0)
        if paragraph.seq != self.wording or self.position not in (None, on_seq):
            raise TextMoved(handle=paragraph.handle, paragraph=paragraph.pk)


Seen = int | Exact
"""What the actor had before them: a form says the seq of its page, a script the exact state."""


@dataclass(slots=True)
class Room:
    """A negotiation whose head row this transaction holds, and what an act does there.

    ``session`` is the open one, read under the lock: a suspension that came first has closed it; ``set_aside`` are the
    documents that are not on its agenda. ``answer`` is the event that answered the same request before, if it is a
    repeat.
    """

    actor: Actor
    negotiation: Negotiation
    now: datetime
    session: Session | None
    answer: Event | None
    key: str | None
    asked: str
    set_aside: frozenset[UUID] = frozenset()

    @property
    def seq(self) -> int:
        """The number that the act's next event will get."""
        return self.negotiation.head_seq + 1

    def record(
        self,
        kind: str,
        *,
        rows: Iterable[Model],
        columns: Mapping[str, list[dict[str, Any]]] = NO_ROWS,
        gone: Iterable[Model] = (),
        gone_ids: Mapping[str, list[str]] = NO_IDS,
        about: About = NOTHING_ELSE,
        facts: dict[str, Any] | None = None,
    ) -> Event:
        """Put the act's result on record; the first event of a request answers when it is repeated."""
        session = about.session or self.session
        event = ledger.record(
            self.negotiation,
            kind,
            self.actor,
            rows=rows,
            columns=columns,
            gone=gone,
            gone_ids=gone_ids,
            about=replace(about, session=session),
            facts=facts,
            key=self.key,
            asked=self.asked,
        )
        self.key = None
        return event

    def paragraph(self, paragraph_id: UUID) -> Paragraph:
        """The paragraph as it is now. Raises NotFound where it is not of this negotiation, NotOnTheAgenda."""
        if not (found := rows(_paragraph, paragraph_id, self.negotiation.pk)):
            raise NotFound
        self._must_be_on_the_agenda(found[0].document_id)
        return found[0]

    def _must_be_on_the_agenda(self, document_id: UUID) -> None:
        if document_id in self.set_aside:
            raise NotOnTheAgenda()

    def document(self, document_id: UUID) -> Document:
        """The document. Raises NotFound, NotOnTheAgenda."""
        found = Document.objects.filter(pk=document_id, agenda_item__negotiation=self.negotiation).first()
        if found is None:
            raise NotFound
        self._must_be_on_the_agenda(found.pk)
        return found

    def standing_bracket(self, bracket_id: UUID) -> Bracket:
        """The bracket with its paragraph and proposal. Raises NotFound, NotOnTheAgenda, and Ended where it no longer
        stands."""
        found = Bracket.objects.select_related("paragraph", "proposal").filter(
            pk=bracket_id, paragraph__document__agenda_item__negotiation=self.negotiation
        )
        bracket = found.first()
        if bracket is None:
            raise NotFound
        self._must_be_on_the_agenda(bracket.paragraph.document_id)
        if bracket.state != "standing":
            raise Ended(number=str(bracket))
        return bracket

    def seen_enough(self, paragraph: Paragraph, seen: int) -> None:
        """Refuse an act on a paragraph that changed after ``seen``, where no smaller question can be asked."""
        if paragraph.seq > seen:
            raise TextMoved(handle=paragraph.handle, paragraph=paragraph.pk)


def _paragraph(paragraph_id: UUID, negotiation_id: UUID) -> QuerySet[Paragraph]:
    return Paragraph.objects.filter(pk=paragraph_id, document__agenda_item__negotiation=negotiation_id)


def enter(actor: Actor, negotiation_id: UUID, key: str, asked: object) -> Room:
    """Lock the negotiation's head row for the transaction that is open.

    ``key`` names the request and ``asked`` is what it asks for, as a value whose ``repr`` is stable. Raises NotFound for
    whoever takes no part, KeyUsed where the key answered another request.
    """
    assert transaction.get_connection().in_atomic_block, "an act opens its transaction first"
    if not (found := rows(_locked, negotiation_id, actor.delegation.pk)):
        raise NotFound
    [negotiation] = found
    session, answer, set_aside = _as_found(negotiation.pk, actor.person_id, key)
    answered = ledger.answering(answer, repr(asked))
    return Room(actor, negotiation, timezone.now(), session, answered, key or None, repr(asked), set_aside)


def _locked(negotiation_id: UUID, delegation_id: UUID) -> QuerySet[Negotiation]:
    return Negotiation.objects.seating(delegation_id).select_for_update(of=("self",)).filter(pk=negotiation_id)


def _as_found(negotiation_id: UUID, person_id: int, key: str) -> tuple[Session | None, int | None, frozenset[UUID]]:
    """The open session, the id of the event that answered the key, and the documents that are not on the agenda: one
    statement, because every act asks it."""
    found: Any = Session.objects.raw(_OPEN_AND_ANSWERED, [negotiation_id, negotiation_id, person_id, key])[0]
    return (found if found.pk else None), found.answer, frozenset(found.aside)


_OPEN_AND_ANSWERED = f"""
SELECT session.*, event.id AS answer,
       ARRAY(SELECT document_id FROM "{SetAside._meta.db_table}" WHERE session_id = session.id) AS aside FROM (VALUES (1)) AS asked
LEFT JOIN "{Session._meta.db_table}" AS session ON session.negotiation_id = %s AND session.state = 'open'
LEFT JOIN "{Event._meta.db_table}" AS event ON event.negotiation_id = %s AND event.person_id = %s AND event.key = %s
"""  # noqa: S608  names of our own models
