"""Retaining and striking brackets, agreeing paragraphs, reopening them: what the Chair and the Secretariat record."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from delegations.actor import Actor
from documents.models import Agreement, Paragraph
from negotiations import consensus, may, printing
from negotiations.acts.positions import public_reason
from negotiations.ledger import About
from negotiations.models import Bracket, Event
from negotiations.outcome import Outcome, displaced, outcome, retained_whole, rivals, unsettled
from negotiations.refusals import Ended, NotAllowed, NotClean, NotFound
from negotiations.room import Room, enter
from negotiations.standing import Way

Ways = Mapping[UUID, Way]
"""What is to be done with each bracket named: its words stay (retain) or go (strike)."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A verdict before it is recorded: what the text would be, and whom it overrules, by bracket.

    ``displaced`` are rivals for the same place that are struck with it, each with whom that overrules.
    """

    outcome: Outcome
    overruled: dict[UUID, tuple[str, ...]]
    displaced: list[tuple[Outcome, tuple[str, ...]]]


def decide(*, actor: Actor, negotiation_id: UUID, paragraph_id: UUID, ways: Ways, seen: int, key: str) -> Event:
    """Record that brackets of a paragraph fall, in one event: retained words stay, struck words go.

    Retaining an alternative also strikes its base and its rivals in the same act, with an event each (``rules.md`` 17);
    the first event is answered. Whom the act overrules stands in the events. Raises NotFound, NotAllowed, RoomClosed,
    Ended, AgreedText, TextMoved, KeyUsed.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, (paragraph_id, sorted((str(id_), way) for id_, way in ways.items())))
        may.hold_the_pen(actor)
        if room.answer is not None:
            return room.answer
        may.be_heard(room.session)
        paragraph = room.paragraph(paragraph_id)
        room.seen_enough(paragraph, seen)
        foreseen = foresee(paragraph, ways)
        foreseen.outcome.paragraph.seq = room.seq
        for gone, _overruled in foreseen.displaced:
            room.seen_enough(gone.paragraph, seen)
        decided = room.record(
            "brackets.decided",
            rows=foreseen.outcome.rows,
            about=About(paragraph=paragraph),
            facts={
                "ways": {str(id_): way for id_, way in ways.items()},
                "overruled": {str(id_): list(codes) for id_, codes in foreseen.overruled.items()},
            },
        )
        for gone, overruled in foreseen.displaced:
            gone.paragraph.seq = room.seq
            room.record(
                "paragraph.displaced",
                rows=gone.rows,
                about=About(paragraph=gone.paragraph),
                facts={"by": str(paragraph.pk), "overruled": list(overruled)},
            )
        return decided


def foresee(paragraph: Paragraph, ways: Ways) -> Foreseen:
    """The preview of a verdict, with nothing recorded. Raises NotFound, Ended, AgreedText."""
    rows = {row.pk: row for row in Bracket.objects.filter(paragraph=paragraph, pk__in=list(ways))}
    if not ways or set(rows) != set(ways):
        raise NotFound
    for row in rows.values():
        if row.state != "standing":
            raise Ended(number=f"{paragraph.handle}.{row.number}")
    stands = consensus.stands_of(paragraph)
    overruled = {id_: consensus.standing_of(rows[id_], stands).overruled_by(way) for id_, way in ways.items()}
    by = retained_whole(paragraph, ways)
    gone = [_displaced(rival, by) for rival in rivals(paragraph)] if by else []
    return Foreseen(outcome(paragraph, unsettled(paragraph), ways), overruled, gone)


def _displaced(rival: Paragraph, by: UUID) -> tuple[Outcome, tuple[str, ...]]:
    against = consensus.standing_on(rival).overruled_by("strike")  # as long as its brackets stand
    return displaced(rival, unsettled(rival), by), against


def agree(*, actor: Actor, negotiation_id: UUID, paragraph_id: UUID, seen: int, key: str) -> Event:
    """Mark a clean paragraph as agreed ad referendum: it prints bold from now on, and is not edited.

    Raises NotFound, NotAllowed, RoomClosed, TextMoved, NotClean, KeyUsed.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, paragraph_id)
        may.hold_the_pen(actor)
        if room.answer is not None:
            return room.answer
        may.be_heard(room.session)
        paragraph = room.paragraph(paragraph_id)
        room.seen_enough(paragraph, seen)
        if paragraph.agreement != Agreement.OPEN:
            raise NotClean(handle=paragraph.handle, why=paragraph.get_agreement_display())
        if found := consensus.blemishes_of(paragraph):
            raise NotClean(handle=paragraph.handle, why="; ".join(consensus.in_words(blemish) for blemish in found))
        return mark_agreed(room, paragraph)


def agree_all_clean(*, actor: Actor, negotiation_id: UUID, document_id: UUID, key: str) -> list[Event]:
    """Mark every clean paragraph of a document as agreed ad referendum, one event each (``rules.md`` 20).

    A repeat with the same key finds them agreed already and records nothing more.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, document_id)
        may.hold_the_pen(actor)
        if room.answer is not None:
            return [room.answer]
        may.be_heard(room.session)
        shown = printing.page(room.document(document_id))
        clean = [p for p in shown.paragraphs if p.agreement == Agreement.OPEN and not consensus.blemishes_on(shown, p)]
        return [mark_agreed(room, paragraph) for paragraph in clean]


def reopen(*, actor: Actor, negotiation_id: UUID, paragraph_id: UUID, reason: str, key: str) -> Event:
    """Open an agreed paragraph again, for a reason that everybody sees.

    Raises NotFound, NotAllowed, RoomClosed, NotPlain, KeyUsed.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, (paragraph_id, reason))
        may.hold_the_pen(actor)
        if room.answer is not None:
            return room.answer
        may.be_heard(room.session)
        paragraph = room.paragraph(paragraph_id)
        if paragraph.agreement != Agreement.AD_REF:
            raise NotAllowed(why=_("Only an agreed paragraph can be reopened."))
        if not (said := public_reason(reason)):
            raise NotAllowed(why=_("Reopening agreed text needs a reason that everybody can read."))
        paragraph.agreement, paragraph.seq = Agreement.OPEN, room.seq
        return room.record(
            "paragraph.reopened",
            rows=[paragraph],
            about=About(paragraph=paragraph),
            facts={"reason": said},
        )


def mark_agreed(room: Room, paragraph: Paragraph) -> Event:
    """Record that a paragraph is agreed ad referendum; the caller has seen that it is clean."""
    paragraph.agreement, paragraph.seq = Agreement.AD_REF, room.seq
    return room.record(
        "paragraph.agreed",
        rows=[paragraph],
        about=About(paragraph=paragraph),
    )
