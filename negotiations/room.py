"""Entering the room: the lock under which every act happens, and what an act may count on inside."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from delegations.actor import Actor
from documents.models import Document, Paragraph
from negotiations import ledger
from negotiations.models import Bracket, Event, Negotiation, Session
from negotiations.refusals import Ended, NotFound, TextMoved


@dataclass(slots=True)
class Room:
    """A negotiation whose head row this transaction holds. ``seq`` is the number that the act's event will get."""

    actor: Actor
    negotiation: Negotiation
    now: datetime

    @property
    def seq(self) -> int:
        return self.negotiation.head_seq + 1

    def session(self) -> Session | None:
        """The open session, read under the lock: a suspension that comes first has closed it."""
        return Session.objects.filter(negotiation=self.negotiation, state="open").first()

    def answered(self, key: str | None, body: object) -> Event | None:
        return ledger.answered(self.negotiation, self.actor, key, repr(body))

    def paragraph(self, paragraph_id: UUID) -> Paragraph:
        """The paragraph as it is now. Raises NotFound where it is not of this negotiation."""
        try:
            return Paragraph.objects.get(pk=paragraph_id, document__agenda_item__negotiation=self.negotiation)
        except Paragraph.DoesNotExist:
            raise NotFound from None

    def document(self, document_id: UUID) -> Document:
        try:
            return Document.objects.get(pk=document_id, agenda_item__negotiation=self.negotiation)
        except Document.DoesNotExist:
            raise NotFound from None

    def standing_bracket(self, bracket_id: UUID) -> Bracket:
        """The bracket with its paragraph and proposal. Raises NotFound, and Ended where it no longer stands."""
        found = Bracket.objects.select_related("paragraph", "proposal").filter(
            pk=bracket_id, paragraph__document__agenda_item__negotiation=self.negotiation
        )
        bracket = found.first()
        if bracket is None:
            raise NotFound
        if bracket.state != "standing":
            raise Ended(number=str(bracket))
        return bracket

    def seen_enough(self, paragraph: Paragraph, seen: int) -> None:
        """Refuse an act on a paragraph that changed after ``seen``, where no smaller question can be asked."""
        if paragraph.seq > seen:
            raise TextMoved(handle=paragraph.handle, paragraph=paragraph.pk)


def enter(actor: Actor, negotiation_id: UUID) -> Room:
    """Lock the negotiation's head row for the transaction that is open. Raises NotFound for whoever takes no part."""
    assert transaction.get_connection().in_atomic_block, "an act opens its transaction first"
    negotiation = (
        Negotiation.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=negotiation_id).first()
    )
    if negotiation is None:
        raise NotFound
    return Room(actor, negotiation, timezone.now())
