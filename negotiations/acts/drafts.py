"""Private drafts: changes that a delegation prepares for itself, and then tables or drops.

They are beside the record: no event, no seq, and no lock on which another delegation's act could wait. What happens here
happens under the delegation's own seat, so its people take turns.
"""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from delegations.actor import Actor
from delegations.models import Delegation
from documents.models import Paragraph
from negotiations import may
from negotiations.acts import wording
from negotiations.acts.positions import public_reason
from negotiations.acts.typed import meant, plain_text
from negotiations.acts.wording import Change, Deletion, Insertion, Replacement
from negotiations.models import Event, Participation, PrivateDraft
from negotiations.models.drafts import DraftKind
from negotiations.refusals import DraftChanged, DraftGone, NotFound, TooManyDrafts

MOST = 200
"""Drafts that a delegation keeps in one negotiation."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A draft as a form showed it: kept anew only if nobody did so meanwhile."""

    draft_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class Typed:
    """What is tabled in place of what the draft says: the form in which it was being edited."""

    paragraph_id: UUID
    change: Change
    seen: int
    on_behalf_of: Delegation | None = None
    reason: str = ""
    to_come_back: bool = False
    confirmed_mixed: bool = False


def keep_draft(
    *,
    actor: Actor,
    negotiation_id: UUID,
    paragraph_id: UUID,
    change: Change,
    seen: int,
    key: str,
    reason: str = "",
    note: str = "",
    to_come_back: bool = False,
    confirmed_mixed: bool = False,
    edited: Edition | None = None,
    on_behalf_of: Delegation | None = None,
) -> PrivateDraft:
    """Keep a change for later, a new one or one that is being edited, whether or not the session is open.

    It is checked as it would be for tabling, so nothing is kept that could not stand in the text at this moment.
    Raises NotFound, NotAllowed, DraftGone, DraftChanged, TooManyDrafts, AgreedText, NotPlain, LooksAlike, CannotBracket,
    TextMoved.
    """
    key = key[:100] or str(uuid4())
    with transaction.atomic():
        seat = _own_seat(actor, negotiation_id)
        may.prepare(actor, on_behalf_of or actor.delegation)
        paragraph, change = _on_present_wording(paragraph_id, negotiation_id, change, seen)
        draft = _edited(seat, edited, key) if edited else _new(seat, key)
        draft.paragraph, draft.handle = paragraph, paragraph.handle
        draft.on_seq, draft.on_tree = paragraph.seq, paragraph.tree
        draft.kind, draft.first, draft.last, draft.text = _columns(change)
        draft.reason, draft.note = public_reason(reason), plain_text(note).strip()
        draft.to_come_back = to_come_back
        draft.confirmed_mixed = bool(meant(draft.text, confirmed_mixed=confirmed_mixed))
        draft.kept_by_id, draft.kept_at, draft.key = actor.person_id, timezone.now(), key
        draft.save()
        return draft


def drop_draft(*, actor: Actor, negotiation_id: UUID, draft_id: UUID) -> None:
    """Throw a draft away; it is nowhere then. Raises NotFound, NotAllowed."""
    with transaction.atomic():
        seat = _own_seat(actor, negotiation_id)
        may.prepare(actor, actor.delegation)
        _own_draft(seat, draft_id).delete()


def table_draft(*, actor: Actor, negotiation_id: UUID, draft_id: UUID, key: str, instead: Typed | None = None) -> Event:
    """Put a draft to the room as any other proposal; with that it is no draft any more.

    Where it is refused the draft stays as it is. Raises what tabling raises: NotFound, NotAllowed, RoomClosed,
    AgreedText, NotPlain, LooksAlike, CannotBracket, TextMoved, KeyUsed.
    """
    with transaction.atomic():
        seat = _own_seat(actor, negotiation_id)
        draft = seat.drafts.filter(pk=draft_id).first()
        if draft is None:
            return _answered(actor, negotiation_id, key)
        said = instead or _as_kept(draft)
        event = wording.table(
            actor=actor,
            negotiation_id=negotiation_id,
            paragraph_id=said.paragraph_id,
            change=said.change,
            seen=said.seen,
            key=key,
            on_behalf_of=said.on_behalf_of,
            to_come_back=said.to_come_back,
            reason=said.reason,
            confirmed_mixed=said.confirmed_mixed,
        )
        draft.delete()
        return event


def change_of(draft: PrivateDraft) -> Change:
    """The change that a draft keeps, numbered in its own wording."""
    match draft.kind:
        case DraftKind.DELETION:
            return Deletion(draft.first, draft.last)
        case DraftKind.REPLACEMENT:
            return Replacement(draft.first, draft.last, draft.text)
    return Insertion(draft.last, draft.text)


def _as_kept(draft: PrivateDraft) -> Typed:
    return Typed(
        draft.paragraph_id,
        change_of(draft),
        draft.on_seq,
        reason=draft.reason,
        to_come_back=draft.to_come_back,
        confirmed_mixed=draft.confirmed_mixed,
    )


def _columns(change: Change) -> tuple[DraftKind, int, int, str]:
    match change:
        case Insertion(after, text):
            return DraftKind.INSERTION, after, after, text
        case Deletion(first, last):
            return DraftKind.DELETION, first, last, ""
        case Replacement(first, last, text):
            return DraftKind.REPLACEMENT, first, last, text


def _own_seat(actor: Actor, negotiation_id: UUID) -> Participation:
    """The delegation's seat, held until the transaction ends. Raises NotFound for whoever takes no part."""
    seats = Participation.objects.select_for_update(no_key=True)
    if (seat := seats.filter(negotiation=negotiation_id, delegation=actor.delegation_id).first()) is None:
        raise NotFound
    return seat


def _own_draft(seat: Participation, draft_id: UUID) -> PrivateDraft:
    if (draft := seat.drafts.filter(pk=draft_id).first()) is None:
        raise NotFound
    return draft


def _new(seat: Participation, key: str) -> PrivateDraft:
    if (again := seat.drafts.filter(key=key).first()) is not None:
        return again
    if seat.drafts.count() >= MOST:
        raise TooManyDrafts(most=MOST)
    return PrivateDraft(seat=seat)


def _edited(seat: Participation, edited: Edition, key: str) -> PrivateDraft:
    draft = seat.drafts.select_related("kept_by").filter(pk=edited.draft_id).first()
    if draft is None:
        raise DraftGone()
    if draft.key == key:
        return draft
    if draft.edition != edited.number:
        raise DraftChanged(who=draft.kept_by.name)
    draft.edition += 1
    return draft


def _on_present_wording(
    paragraph_id: UUID, negotiation_id: UUID, change: Change, seen: int
) -> tuple[Paragraph, Change]:
    """The paragraph, and the change in plain words with the numbers that they have in it now.

    No lock holds the text still, as it does for an act of the record: what changed between two looks is looked at again.
    """
    if not isinstance(change, Deletion):
        change = replace(change, text=wording.plain(change.text))
    while True:
        here = Paragraph.objects.filter(document__agenda_item__negotiation=negotiation_id, pk=paragraph_id)
        if (paragraph := here.first()) is None:
            raise NotFound
        wording.draft(paragraph, change, seen)
        now = wording.moved(paragraph, change, seen)
        if now is not None and here.filter(seq=paragraph.seq).exists():
            return paragraph, now


def _answered(actor: Actor, negotiation_id: UUID, key: str) -> Event:
    """What tabled the draft, where the same request is made once more. Raises NotFound, NotAllowed."""
    events = Event.objects.filter(negotiation=negotiation_id, person_id=actor.person_id, kind="proposal.tabled")
    if not key or (event := events.filter(key=key).first()) is None:
        raise NotFound
    may.speak_for(actor, actor.delegation)
    event.replayed = True
    return event
