"""Retaining and striking brackets, agreeing paragraphs, reopening them: what the Chair and the Secretariat record."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from delegations.actor import Actor
from delegations.models import Kind
from documents.models import Agreement, Paragraph
from documents.notation import tree as trees
from negotiations import ledger, may, printing, projection
from negotiations.ledger import About
from negotiations.models import Bracket, Event, Position
from negotiations.outcome import Outcome, outcome
from negotiations.refusals import Ended, NotAllowed, NotClean, NotFound
from negotiations.room import Room, enter
from negotiations.standing import Blemish, Stand, Standing, Way, blemishes, standing

Ways = Mapping[UUID, Way]
"""What is to be done with each bracket named: its words stay (retain) or go (strike)."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A verdict before it is recorded: what the text would be, and whom it overrules, by bracket."""

    outcome: Outcome
    overruled: dict[UUID, tuple[str, ...]]


def decide(*, actor: Actor, negotiation_id: UUID, paragraph_id: UUID, ways: Ways, seen: int, key: str) -> Event:
    """Record that brackets fall: retained words stay, struck words go. All in one event.

    Whom it overrules stands in the event. Raises NotFound, NotAllowed, RoomClosed, Ended, AgreedText, TextMoved, KeyUsed.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id)
        may.hold_the_pen(actor)
        body = (paragraph_id, sorted((str(id_), way) for id_, way in ways.items()))
        if (answer := room.answered(key, body)) is not None:
            return answer
        session = may.be_heard(room.session(), room.negotiation)
        paragraph = room.paragraph(paragraph_id)
        room.seen_enough(paragraph, seen)
        foreseen = foresee(paragraph, ways)
        foreseen.outcome.paragraph.seq = room.seq
        event = ledger.record(
            room.negotiation,
            "brackets.decided",
            actor,
            rows=foreseen.outcome.rows,
            about=About(session=session, paragraph=paragraph),
            facts={
                "ways": {str(id_): way for id_, way in ways.items()},
                "overruled": {str(id_): list(codes) for id_, codes in foreseen.overruled.items()},
            },
            key=key,
            body=repr(body),
        )
        projection.apply(event)
    return event


def foresee(paragraph: Paragraph, ways: Ways) -> Foreseen:
    """The preview of a verdict, with nothing recorded. Raises NotFound, Ended, AgreedText."""
    rows = {row.pk: row for row in Bracket.objects.filter(paragraph=paragraph, pk__in=list(ways))}
    if not ways or set(rows) != set(ways):
        raise NotFound
    for row in rows.values():
        if row.state != "standing":
            raise Ended(number=f"{paragraph.handle}.{row.number}")
    stands = stands_of(paragraph)
    overruled = {id_: standing_of(rows[id_], stands).overruled_by(way) for id_, way in ways.items()}
    return Foreseen(outcome(paragraph, ways), overruled)


def agree(*, actor: Actor, negotiation_id: UUID, paragraph_id: UUID, seen: int, key: str) -> Event:
    """Mark a clean paragraph as agreed ad referendum: it prints bold from now on, and is not edited.

    Raises NotFound, NotAllowed, RoomClosed, TextMoved, NotClean, KeyUsed.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id)
        may.hold_the_pen(actor)
        if (answer := room.answered(key, paragraph_id)) is not None:
            return answer
        may.be_heard(room.session(), room.negotiation)
        paragraph = room.paragraph(paragraph_id)
        room.seen_enough(paragraph, seen)
        if paragraph.agreement != Agreement.OPEN:
            raise NotClean(handle=paragraph.handle, why=paragraph.get_agreement_display())
        if found := blemishes_of(paragraph):
            raise NotClean(handle=paragraph.handle, why="; ".join(in_words(blemish) for blemish in found))
        return _agreed(room, paragraph, key)


def agree_all_clean(*, actor: Actor, negotiation_id: UUID, document_id: UUID, key: str) -> list[Event]:
    """Mark every clean paragraph of a document as agreed ad referendum, one event each (``rules.md`` 20).

    A repeat with the same key finds them agreed already and records nothing more.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id)
        may.hold_the_pen(actor)
        if (answer := room.answered(key, document_id)) is not None:
            return [answer]
        may.be_heard(room.session(), room.negotiation)
        shown = printing.page(room.document(document_id))
        clean = [p for p in shown.paragraphs if p.agreement == Agreement.OPEN and not _blemishes(shown, p)]
        events = []
        for at, paragraph in enumerate(clean):
            events.append(_agreed(room, paragraph, key if at == 0 else None, body=document_id))
    return events


def reopen(*, actor: Actor, negotiation_id: UUID, paragraph_id: UUID, reason: str, key: str) -> Event:
    """Open an agreed paragraph again, for a reason that everybody sees. Raises NotFound, NotAllowed, RoomClosed, KeyUsed."""
    with transaction.atomic():
        room = enter(actor, negotiation_id)
        may.hold_the_pen(actor)
        body = (paragraph_id, reason)
        if (answer := room.answered(key, body)) is not None:
            return answer
        session = may.be_heard(room.session(), room.negotiation)
        paragraph = room.paragraph(paragraph_id)
        if paragraph.agreement != Agreement.AD_REF:
            raise NotAllowed(why=_("Only an agreed paragraph can be reopened."))
        if not reason.strip():
            raise NotAllowed(why=_("Reopening agreed text needs a reason that everybody can read."))
        paragraph.agreement, paragraph.seq = Agreement.OPEN, room.seq
        event = ledger.record(
            room.negotiation,
            "paragraph.reopened",
            actor,
            rows=[paragraph],
            about=About(session=session, paragraph=paragraph),
            facts={"reason": reason.strip()},
            key=key,
            body=repr(body),
        )
        projection.apply(event)
    return event


def _agreed(room: Room, paragraph: Paragraph, key: str | None, body: object = None) -> Event:
    paragraph.agreement, paragraph.seq = Agreement.AD_REF, room.seq
    event = ledger.record(
        room.negotiation,
        "paragraph.agreed",
        room.actor,
        rows=[paragraph],
        about=About(session=room.session(), paragraph=paragraph),
        key=key,
        body=repr(body or paragraph.pk),
    )
    projection.apply(event)
    return event


# ---- reading positions as stands


def stands_of(paragraph: Paragraph) -> dict[UUID | None, list[Stand]]:
    """The paragraph's positions by bracket, as far as consensus is concerned."""
    found: dict[UUID | None, list[Stand]] = {}
    for position in Position.objects.filter(paragraph=paragraph).select_related("delegation"):
        found.setdefault(position.bracket_id, []).append(stand(position))
    return found


def stand(position: Position) -> Stand:
    return Stand(position.delegation.code, position.stance, counts=position.delegation.kind == Kind.MEMBER)


def standing_of(
    bracket: Bracket, stands: Mapping[UUID | None, list[Stand]], unresolved: tuple[str, ...] = ()
) -> Standing:
    """Where the members stand on a bracket, given its paragraph's positions."""
    return standing(stands.get(bracket.pk, []), stands.get(None, []), bracket.origin, unresolved)


def blemishes_of(paragraph: Paragraph) -> list[Blemish]:
    """What keeps the paragraph from being clean."""
    return _blemishes(printing.page(paragraph.document, [paragraph]), paragraph)


def _blemishes(shown: printing.Page, paragraph: Paragraph) -> list[Blemish]:
    return blemishes(
        brackets=[f"{paragraph.handle}.{bracket.number}" for bracket in shown.brackets[paragraph.pk]],
        on_paragraph=[stand(p) for p in shown.positions[paragraph.pk] if p.bracket_id is None],
        unresolved=[marker.raw for marker in shown.unresolved[paragraph.pk]],
        words=trees.wording(paragraph.nodes, with_label=False),
    )


def in_words(blemish: Blemish) -> str:
    """The blemish as a clause of a sentence."""
    what = ", ".join(blemish.what)
    match blemish.code:
        case "brackets":
            return ngettext("bracket %(what)s stands", "brackets %(what)s stand", len(blemish.what)) % {"what": what}
        case "positions":
            return _("the whole paragraph is not accepted by %(what)s") % {"what": what}
        case "unresolved":
            return _("printed markers wait to be resolved: %(what)s") % {"what": what}
        case "placeholder":
            return _("it has no words yet")
    return _("a square bracket stands in it without its partner")
