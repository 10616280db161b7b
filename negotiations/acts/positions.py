"""Taking, changing, withdrawing and confirming positions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from delegations.actor import Actor
from delegations.models import Delegation
from documents.models import Agreement, Paragraph
from documents.notation import tree as trees
from negotiations import history, may
from negotiations.acts.typed import plain_text
from negotiations.ledger import About
from negotiations.models import Bracket, Event, Position, UnresolvedMarker
from negotiations.models.wording import Heard, Stance
from negotiations.prepared import rows
from negotiations.refusals import AgreedText, NotFound, NothingToConfirm, NothingToWithdraw, TextMoved
from negotiations.room import Exact, Room, Seen, enter


@dataclass(frozen=True, slots=True)
class Target:
    """What a position is about: a bracket, or the whole paragraph where ``bracket_id`` is None."""

    paragraph_id: UUID
    bracket_id: UUID | None = None


def take(
    *,
    actor: Actor,
    negotiation_id: UUID,
    target: Target,
    stance: Stance,
    seen: Seen,
    key: str,
    on_behalf_of: Delegation | None = None,
    reservation: bool = False,
    reason: str = "",
) -> Event:
    """Put a delegation's position on record; it replaces the one held before.

    A position repeated as it was is reaffirmed: it goes on printing as the source printed it. Raises NotFound,
    NotAllowed, RoomClosed, Ended, AgreedText, TextMoved (the words in question changed after ``seen``), KeyUsed.
    """
    delegation = on_behalf_of or actor.delegation
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, (target, stance, reservation, reason, delegation.pk))
        may.speak_here(actor, delegation, room.negotiation)
        if room.answer is not None:
            return room.answer
        may.be_heard_on_a_position(room.session, room.negotiation)
        position = placed(room, target, delegation, stance, seen=seen, reservation=reservation, reason=reason)
        return room.record(
            "position.taken",
            rows=[position],
            gone=resolved_by(position),
            about=About(delegation, paragraph=position.paragraph),
        )


def placed(
    room: Room,
    target: Target,
    delegation: Delegation,
    stance: Stance,
    *,
    seen: Seen,
    reservation: bool = False,
    reason: str = "",
) -> Position:
    """The delegation's position on the target as it will be on record, in place of the one it holds.

    Raises NotFound, Ended, AgreedText, NotPlain, TextMoved.
    """
    paragraph, bracket = _found(room, target)
    before = _held(paragraph, bracket, delegation)
    if isinstance(seen, Exact):
        seen.demand(paragraph, filter(None, [before]))
    else:
        same_words(paragraph, bracket, seen)
    position = before or Position(paragraph=paragraph, bracket=bracket, delegation=delegation)
    position.paragraph = paragraph
    _restate(position, stance, reservation and stance == Stance.SUPPORT, room.now)
    position.reason = public_reason(reason)
    position.entered_by_id = room.actor.person_id
    position.heard = Heard.OWN if delegation.pk == room.actor.delegation_id else Heard.AS_HEARD
    position.on_seq = room.seq
    return position


def withdraw(
    *,
    actor: Actor,
    negotiation_id: UUID,
    target: Target,
    key: str,
    on_behalf_of: Delegation | None = None,
    seen: Exact | None = None,
) -> Event:
    """Take a position back: the delegation is silent again, which is neither support nor objection.

    Raises NotFound, NotAllowed, RoomClosed, NothingToWithdraw, TextMoved, KeyUsed.
    """
    delegation = on_behalf_of or actor.delegation
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, (target, delegation.pk))
        may.speak_here(actor, delegation, room.negotiation)
        if room.answer is not None:
            return room.answer
        may.be_heard_on_a_position(room.session, room.negotiation)
        position = held(room, target, delegation, seen)
        if position is None:
            raise NothingToWithdraw(code=delegation.code)
        return room.record(
            "position.withdrawn",
            rows=[],
            gone=[position],
            about=About(delegation, paragraph=position.paragraph),
            facts={"bracket": target.bracket_id and str(target.bracket_id)},
        )


def public_reason(typed: str) -> str:
    """A reason as everybody will read it. Raises NotPlain."""
    return plain_text(typed).strip()


def held(room: Room, target: Target, delegation: Delegation, seen: Exact | None = None) -> Position | None:
    """What the delegation holds on the target now. Raises NotFound, Ended, AgreedText, TextMoved."""
    paragraph, bracket = _found(room, target)
    position = _held(paragraph, bracket, delegation)
    if seen is not None:
        seen.demand(paragraph, filter(None, [position]))
    if position is not None:
        position.paragraph = paragraph
    return position


def confirm(*, actor: Actor, negotiation_id: UUID, position_id: UUID, key: str, seen: Exact | None = None) -> Event:
    """The delegation says that what was entered for it as heard is what it said. Also between sessions.

    Raises NotFound, NotAllowed, NothingToConfirm, TextMoved, KeyUsed.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, position_id)
        position = (
            Position.objects.select_related("delegation", "paragraph")
            .filter(pk=position_id, paragraph__document__agenda_item__negotiation=room.negotiation)
            .first()
        )
        if position is None or position.delegation_id != actor.delegation_id:
            raise NotFound
        may.speak_for(actor, position.delegation)
        if room.answer is not None:
            return room.answer
        if seen is not None:
            seen.demand(position.paragraph, [position])
        if position.heard != Heard.AS_HEARD:
            raise NothingToConfirm()
        position.heard = Heard.CONFIRMED
        return room.record(
            "position.confirmed",
            rows=[position],
            about=About(position.delegation, paragraph=position.paragraph),
        )


def _found(room: Room, target: Target) -> tuple[Paragraph, Bracket | None]:
    if target.bracket_id is None:
        paragraph, bracket = room.paragraph(target.paragraph_id), None
    else:
        bracket = room.standing_bracket(target.bracket_id)
        paragraph = bracket.paragraph
        if paragraph.pk != target.paragraph_id:
            raise NotFound
    if paragraph.agreement != Agreement.OPEN:
        raise AgreedText(handle=paragraph.handle)
    return paragraph, bracket


def same_words(paragraph: Paragraph, bracket: Bracket | None, seen: int) -> None:
    """A position is about words: it is not put on words that its delegation has not seen."""
    if paragraph.seq <= seen:
        return
    steps = history.trees_since(paragraph, seen)
    if steps and bracket and _words(steps[0], bracket) == _words(steps[-1], bracket):
        return
    if steps and bracket is None and trees.wording(steps[0]) == trees.wording(steps[-1]):
        return
    raise TextMoved(handle=paragraph.handle, paragraph=paragraph.pk)


def _words(tree: trees.Tree, bracket: Bracket) -> str | None:
    try:
        return trees.wording(trees.find(tree, str(bracket.pk)).inside)
    except KeyError:
        return None


def _held(paragraph: Paragraph, bracket: Bracket | None, delegation: Delegation) -> Position | None:
    if bracket:
        found = rows(_held_on_bracket, bracket.pk, delegation.pk)
    else:
        found = rows(_held_on_paragraph, paragraph.pk, delegation.pk)
    return found[0] if found else None


def _held_on_bracket(bracket_id: UUID, delegation_id: UUID) -> QuerySet[Position]:
    return Position.objects.filter(bracket=bracket_id, delegation=delegation_id)


def _held_on_paragraph(paragraph_id: UUID, delegation_id: UUID) -> QuerySet[Position]:
    return Position.objects.filter(paragraph=paragraph_id, bracket=None, delegation=delegation_id)


def _restate(position: Position, stance: Stance, reservation: bool, now: datetime) -> None:
    """What is said anew prints anew, behind the others; what is repeated goes on printing where it did."""
    if (position.stance, position.reservation) == (stance, reservation):
        return
    position.stance, position.reservation = stance, reservation
    position.places, position.taken_at = [], now


def resolved_by(position: Position) -> list[UnresolvedMarker]:
    """Printed markers of this delegation that fitted no position here: it has now said what it means."""
    unresolved = [m for m in rows(_unresolved, position.paragraph_id) if m.bracket_id == position.bracket_id]
    if not unresolved:
        return []
    spellings = {position.delegation.code, *position.delegation.aliases.values_list("code", flat=True)}
    return [marker for marker in unresolved if marker.code in spellings]


def _unresolved(paragraph_id: UUID) -> QuerySet[UnresolvedMarker]:
    return UnresolvedMarker.objects.filter(paragraph=paragraph_id)
