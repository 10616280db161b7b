"""A later state of a text that came as a file: what it says otherwise, and recording that, act by act, on consent.

Nothing here changes a text by itself: each change that was consented to is done by the act that does it in the room, for
the delegation whose act it is, as heard by the Secretariat. So it needs what that act needs, an open session above all.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from delegations.actor import Actor, FromFile
from delegations.models import Delegation
from documents.models import Agreement, Paragraph
from documents.notation import edit as edits
from documents.notation.as_printed import squeezed
from documents.notation.carrying import CannotCarry, Carrying
from documents.notation.changes import (
    Agreeing,
    Change,
    ComparedParagraph,
    Ending,
    NewParagraph,
    Position,
    Rewording,
    Silence,
    Tabling,
)
from documents.notation.understanding import WITHDRAWN
from negotiations import comparing, may, printing
from negotiations.acts import paragraphs, positions, receiving, revisions, verdicts, wording
from negotiations.acts.paragraphs import Standing
from negotiations.acts.positions import Target
from negotiations.acts.wording import Deletion, Insertion, Replacement
from negotiations.comparing import Compared
from negotiations.ledger import About
from negotiations.models import Bracket, Event, ReceivedFile
from negotiations.models import Position as Held
from negotiations.models.received import ReceivedState
from negotiations.models.wording import BracketState, Side, Stance
from negotiations.refusals import (
    AgreedText,
    ComparedTextMoved,
    Ended,
    NeedsAnother,
    NotAllowed,
    NothingChosen,
    NothingRead,
    NotReadYet,
    Unanswered,
)
from negotiations.room import Room, enter

RECORDED = "file.compared"


@dataclass(frozen=True, slots=True)
class Answer:
    """Consent to one change, with what only a person could say: for whom (a house code), and how a bracket ended."""

    delegation: str = ""
    which: str = ""


def understood(*, actor: Actor, negotiation_id: UUID, file_id: UUID) -> Compared:
    """What a received file says otherwise of the document that it is a later state of. Nothing is recorded.

    Raises NotFound (also for whoever may not import), NotReadYet, NotAllowed (it is no later state of anything),
    NothingRead.
    """
    file = receiving.received(actor=actor, negotiation_id=negotiation_id, file_id=file_id)
    return _compared(file)


def _compared(file: ReceivedFile) -> Compared:
    if file.state in (ReceivedState.WAITING, ReceivedState.REFUSED):
        raise NotReadYet()
    if file.revises is None:
        raise NotAllowed(why=_("This file did not come in as a later state of a document."))
    if (found := comparing.compared(file)) is None:
        raise NothingRead()
    return found


def record_compared(
    *,
    actor: Actor,
    negotiation_id: UUID,
    file_id: UUID,
    consents: Mapping[str, Answer],
    seen: int,
    key: str,
) -> list[Event]:
    """Record the changes that were consented to, by id; all of them or none.

    ``seen`` is the seq of the page they were chosen on: a change that the file no longer says of the present text is
    refused, one whose words are still the same is recorded wherever they stand by now (``rules.md`` 26). The last event
    sums up: in its facts are the handles of the paragraphs that print otherwise than the file although all that it says
    of them was recorded. A repeat is answered with the same events.

    Raises NotFound, NotAllowed, NotReadYet, NothingRead, RoomClosed, NothingChosen, ComparedTextMoved, Unanswered,
    NeedsAnother, KeyUsed, and whatever the acts raise.
    """
    with transaction.atomic():
        asked = sorted((id_, answer.delegation, answer.which) for id_, answer in consents.items())
        room = enter(actor, negotiation_id, key, ("compared", str(file_id), asked))
        may.import_texts(actor)
        if room.answer is not None:
            return _events(room.answer)
        file = receiving.received(actor=actor, negotiation_id=negotiation_id, file_id=file_id)
        may.be_heard(room.session)
        found = _compared(file)
        chosen = _chosen(found, consents, seen)
        recording = _Recording(room, found, consents, key)
        for paragraph, change in chosen:
            recording.record(paragraph, change)
        return [*recording.events, _summed_up(recording, chosen)]


def _events(last: Event) -> list[Event]:
    first, _last = last.payload["facts"]["events"]
    events = Event.objects.filter(negotiation=last.negotiation_id, seq__range=(first, last.seq))
    found = list(events.order_by("seq"))
    for event in found:
        event.replayed = True
    return found


Chosen = list[tuple[ComparedParagraph, Change]]


def _chosen(found: Compared, consents: Mapping[str, Answer], seen: int) -> Chosen:
    """The changes consented to, in order: what is retained comes first, since it decides on its rivals too.

    Raises NothingChosen, ComparedTextMoved, NeedsAnother, Unanswered.
    """
    if not consents:
        raise NothingChosen()
    every = [(one, change) for one in found.comparison.paragraphs for change in one.changes if change.step]
    chosen = [(one, change) for one, change in every if change.id in consents]
    if len(chosen) < len(consents):
        raise ComparedTextMoved(name=found.document.name, seen=seen)
    for paragraph, change in chosen:
        if any(need not in consents for need in change.needs):
            raise NeedsAnother(where=_where(paragraph))
        if change.question("delegation") and not consents[change.id].delegation:
            raise Unanswered(where=_where(paragraph), why=_("say for which delegation it is tabled."))
        which, said = change.question("which"), consents[change.id].which
        if which and said and said not in which.choices:
            raise Unanswered(where=_where(paragraph), why=_("say what became of the bracket."))
    return sorted(chosen, key=lambda one: one[1].kind != "retained")


def _where(paragraph: ComparedParagraph) -> str:
    return paragraph.handle or _("New paragraph")


@dataclass(slots=True)
class _Recording:
    """The changes on their way into the record: the paragraphs as they are by now, by their names in the comparison."""

    room: Room
    found: Compared
    consents: Mapping[str, Answer]
    key: str
    events: list[Event] = field(default_factory=list)
    carried: dict[str, Carrying] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)
    delegations: dict[str, Delegation] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        file = self.found.file
        return replace(self.room.actor, file=FromFile(str(file.pk), file.name, file.sha256))

    def record(self, compared: ComparedParagraph, change: Change) -> None:
        """Do what the change is, by the act that does it. Raises what the act raises, NeedsAnother."""
        try:
            self._record(compared.id, change)
        except CannotCarry:
            raise NeedsAnother(where=_where(compared)) from None

    def _record(self, name: str, change: Change) -> None:
        match change.step:
            case NewParagraph() as step:
                self._new_paragraph(name, change, step)
            case Ending() as step:
                self._end(name, change, step)
            case Rewording() as step:
                self._reword(name, change, step)
            case Tabling() as step:
                self._table(name, change, step)
            case Position() as step:
                self._position(name, change, step)
            case Silence() as step:
                self._silence(name, change, step)
            case Agreeing():
                self._did(change, verdicts.agree, paragraph_id=self._id(name), seen=self._head())

    def _did(self, change: Change, act: Callable[..., Event], /, **said: Any) -> Event:
        """One act, under a key of its own: a repeat of the whole is answered before it comes to this."""
        key = hashlib.sha256(f"{self.key}\x1f{change.id}".encode()).hexdigest()
        event = act(actor=self.actor, negotiation_id=self.room.negotiation.pk, key=key, **said)
        self.events.append(event)
        return event

    def _head(self) -> int:
        return self.events[-1].seq if self.events else self.room.negotiation.head_seq

    def _id(self, name: str) -> UUID:
        if name not in self.ids:
            if name.startswith("new:"):
                raise CannotCarry
            self.ids[name] = UUID(name)
        return self.ids[name]

    def _paragraph(self, name: str) -> Paragraph:
        return Paragraph.objects.get(pk=self._id(name))

    def _carrying(self, name: str) -> Carrying:
        if name not in self.carried:
            self.carried[name] = Carrying.of(self._paragraph(name).nodes)
        return self.carried[name]

    def _delegation(self, change: Change) -> Delegation:
        """Whose act it is: as the file says, else as was answered. Raises Unanswered."""
        code = change.code or self.consents[change.id].delegation
        if code not in self.delegations:
            seated = Delegation.objects.filter(participations__negotiation=self.room.negotiation, code=code).first()
            if seated is None:
                raise Unanswered(where=code, why=_("this delegation takes no part in this negotiation."))
            self.delegations[code] = seated
        return self.delegations[code]

    # ---- one kind of change each

    def _new_paragraph(self, name: str, change: Change, step: NewParagraph) -> None:
        event = self._did(
            change,
            paragraphs.table_paragraph,
            paragraph_id=self._beside(step.beside),
            standing=Standing.ALTERNATIVE if step.alternative else Standing.AFTER,
            text=step.text,
            seen=self._head(),
            on_behalf_of=self._delegation(change),
        )
        assert event.paragraph_id is not None
        self.ids[name] = event.paragraph_id
        self.carried[name] = Carrying.of_new(self._paragraph(name).nodes, step.new, step.keys)

    def _beside(self, name: str) -> UUID:
        """The paragraph that a new one follows; where that is one of the file's own, not recorded, the one before it."""
        while name.startswith("new:") and name not in self.ids:
            before = next((c for one in self.found.comparison.paragraphs if one.id == name for c in one.changes), None)
            if before is None or not isinstance(before.step, NewParagraph):
                raise CannotCarry
            name = before.step.beside
        return self._id(name)

    def _end(self, name: str, change: Change, step: Ending) -> None:
        paragraph = self._paragraph(name)
        if paragraph.agreement == Agreement.STRUCK:
            return  # with a rival that was retained
        carrying = self._carrying(name)
        bracket = Bracket.objects.select_related("proposal").get(pk=carrying.ids.get(step.bracket, step.bracket))
        if bracket.state != BracketState.STANDING:
            if (bracket.state == BracketState.RETAINED) == (step.way == "retain") or bracket.state == _BACK:
                return  # with its other half, or with the bracket around it
            raise Ended(number=str(bracket))
        if self.consents[change.id].which == WITHDRAWN:
            self._did(change, wording.withdraw, proposal_id=bracket.proposal_id)
        else:
            ways = {bracket.pk: step.way}
            self._did(change, verdicts.decide, paragraph_id=paragraph.pk, ways=ways, seen=self._head())
        ended = Bracket.objects.filter(paragraph=paragraph).exclude(state=BracketState.STANDING)
        gone = {str(row.pk) for row in ended.select_related("proposal") if _took_words_along(row)}
        carrying.follow(self._paragraph(name).nodes, struck=gone)

    def _reword(self, name: str, change: Change, step: Rewording) -> None:
        carrying = self._carrying(name)
        bracket = Bracket.objects.get(pk=carrying.bracket(step.bracket))
        self._did(change, revisions.revise, proposal_id=bracket.proposal_id, text=step.text, seen=self._head())
        carrying.follow(self._paragraph(name).nodes, came={str(bracket.pk): step.keys})

    def _table(self, name: str, change: Change, step: Tabling) -> None:
        paragraph = self._paragraph(name)
        if change.kind == "missing" and paragraph.agreement == Agreement.STRUCK:
            return  # with a rival that was retained
        if paragraph.agreement != Agreement.OPEN:
            raise AgreedText(handle=paragraph.handle)
        carrying = self._carrying(name)
        event = self._did(
            change,
            wording.table,
            paragraph_id=self._id(name),
            change=_numbered(carrying.edit(step)),
            seen=self._head(),
            on_behalf_of=self._delegation(change),
        )
        out, new = _brackets_of(event, step)
        carrying.tabled(step, self._paragraph(name).nodes, out=out, new=new)

    def _position(self, name: str, change: Change, step: Position) -> None:
        target, delegation = self._target(name, step.target), self._delegation(change)
        held = _held(target, delegation)
        if held and (held.stance, held.reservation) == (step.stance, step.reservation):
            return  # tabling put it there
        self._did(
            change,
            positions.take,
            target=target,
            stance=Stance(step.stance),
            reservation=step.reservation,
            seen=self._head(),
            on_behalf_of=delegation,
        )

    def _silence(self, name: str, change: Change, step: Silence) -> None:
        target, delegation = self._target(name, step.target), self._delegation(change)
        self._did(change, positions.withdraw, target=target, on_behalf_of=delegation)

    def _target(self, name: str, bracket: str | None) -> Target:
        carrying = self._carrying(name)
        return Target(self._id(name), UUID(carrying.bracket(bracket)) if bracket else None)


_BACK = BracketState.WITHDRAWN


def _took_words_along(row: Bracket) -> bool:
    if row.state == BracketState.WITHDRAWN:
        return row.puts_in
    return row.state in (BracketState.STRUCK, BracketState.FALLEN)


def _numbered(edit: edits.Edit) -> wording.Change:
    match edit:
        case edits.Insert(after, text):
            return Insertion(after, text)
        case edits.Delete(first, last):
            return Deletion(first, last)
        case edits.Replace(first, last, text):
            return Replacement(first, last, text)


def _brackets_of(event: Event, step: Tabling) -> tuple[str, str]:
    """The ids of the brackets round the words that should go, and round the new ones."""
    rows = event.payload["rows"][Bracket._meta.db_table]
    if step.covers and step.text:
        sides = {row["side"]: row["id"] for row in rows}
        return sides[Side.OUT], sides[Side.IN]
    [row] = rows
    return (row["id"], "") if step.covers else ("", row["id"])


def _held(target: Target, delegation: Delegation) -> Held | None:
    said = Held.objects.filter(paragraph=target.paragraph_id, bracket=target.bracket_id, delegation=delegation)
    return said.first()


# ---- what was recorded


def _summed_up(recording: _Recording, chosen: Chosen) -> Event:
    """The event that answers the request: how much was recorded, and what prints otherwise than the file all the same."""
    room, found, events = recording.room, recording.found, recording.events
    room.negotiation.refresh_from_db(fields=["head_seq", "head_hash"])
    first = events[0].seq if events else room.seq
    facts = {
        "file": str(found.file.pk),
        "name": found.file.name,
        "sha256": found.file.sha256,
        "events": [first, room.seq],
        "changes": len(chosen),
        "otherwise": sorted(_otherwise(recording, chosen)),
    }
    return room.record(RECORDED, rows=(), about=About(document=found.document), facts=facts)


def _otherwise(recording: _Recording, chosen: Chosen) -> Iterator[str]:
    """Handles of paragraphs of which everything was recorded and that do not print what the file does."""
    consented = {change.id for _one, change in chosen}
    touched: Sequence[ComparedParagraph] = list({one.id: one for one, _change in chosen}.values())
    whole = [one for one in touched if all(change.id in consented for change in one.changes if change.step)]
    stood = {recording.ids.get(one.id) or UUID(one.id): one for one in whole}
    shown = printing.page(recording.found.document, list(Paragraph.objects.filter(pk__in=stood)))
    for paragraph in shown.paragraphs:
        prints = "".join(piece.text for piece in shown.pieces(paragraph))
        if paragraph.agreement == Agreement.STRUCK:
            prints = ""
        if squeezed(prints) != squeezed(stood[paragraph.pk].after):
            yield paragraph.handle
