"""Bringing texts in: a package that was read becomes documents, brackets, proposals and positions on record."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max, Model

from delegations.actor import Actor
from delegations.models import Alias, Delegation
from documents.models import PLACES_BETWEEN, Document, Paragraph
from documents.notation import tree as trees
from documents.notation.build import Built, Printed, build
from documents.notation.package import Package, ReadDocument, ReadParagraph
from documents.notation.report import Diagnostic
from negotiations import ledger, may
from negotiations.handles import handles
from negotiations.ledger import About
from negotiations.models import (
    AgendaItem,
    Bracket,
    CoveringNote,
    Event,
    Position,
    Proposal,
    ReadingNote,
    UnresolvedMarker,
)
from negotiations.models.wording import BracketState, Heard, Origin, ProposalKind, ProposalState, Side, Stance
from negotiations.refusals import NothingRead
from negotiations.room import Room, enter


def import_package(
    *, actor: Actor, negotiation_id: UUID, package: Package, name: str, key: str, language: str = "en"
) -> list[Event]:
    """Put every document of a package on the agenda, as it was printed; one event a document.

    Brackets read from paper are of unknown origin, and nothing is agreed. A marker that fits no position is kept as
    printed and listed. ``name`` stands for the title where the source has none. A repeat with the same key answers
    with the first event again. Raises NotFound, NotAllowed, NothingRead, KeyUsed.
    """
    with transaction.atomic():
        room = enter(actor, negotiation_id, key, (name, ledger.digest(package.source)))
        may.import_texts(actor)
        if room.answer is not None:
            return [room.answer]
        if not any(read.paragraphs for read in package.documents):
            raise NothingRead()
        place = AgendaItem.objects.filter(negotiation=room.negotiation).aggregate(Max("place"))["place__max"] or 0
        known = _delegations(room)
        return [
            _document(room, package, at, name, language, place + at + 1, known) for at in range(len(package.documents))
        ]


def _document(
    room: Room,
    package: Package,
    at: int,
    name: str,
    language: str,
    place: int,
    known: dict[str, Delegation],
) -> Event:
    read = package.documents[at]
    document = Document(
        name=read.title or name,
        title=read.title or "",
        header_lines=list(read.header_lines),
        status_line=read.status_line or "",
        language=language,
    )
    rows: list[Model] = [document, AgendaItem(negotiation=room.negotiation, document=document, place=place)]
    if at == 0 and package.letter:
        rows.append(CoveringNote(negotiation=room.negotiation, before=document, text=package.letter))
    paragraphs = _paragraphs(room, document, read)
    rows.extend(paragraphs)
    for paragraph, found in zip(paragraphs, read.paragraphs, strict=True):
        rows.extend(_wording(room, paragraph, found, known))
    rows.extend(_notes(room, document, package, at))
    return room.record(
        "document.imported",
        rows=rows,
        about=About(document=document),
        facts={"name": name, "characters": len(package.source)},
    )


def _paragraphs(room: Room, document: Document, read: ReadDocument) -> list[Paragraph]:
    named = handles([(found.label, found.kind, found.alternative_to) for found in read.paragraphs])
    made = [
        Paragraph(
            document=document,
            place=at * PLACES_BETWEEN,
            handle=handle,
            label=found.label or "",
            kind=found.kind,
            language=document.language,
            tree=[],
            seq=room.seq,
        )
        for at, (found, handle) in enumerate(zip(read.paragraphs, named, strict=True), start=1)
    ]
    for paragraph, found in zip(made, read.paragraphs, strict=True):
        if found.alternative_to is not None:
            paragraph.alternative_to = made[found.alternative_to]
    return made


def _wording(room: Room, paragraph: Paragraph, found: ReadParagraph, known: dict[str, Delegation]) -> Iterator[Model]:
    """Sets the paragraph's tree, and gives the rows of its brackets, proposals, positions and unresolved markers."""
    built = build(found.reading, found.label, lambda: str(uuid4()))
    paragraph.tree = trees.to_json(built.tree)
    paragraph.next_number = len(built.brackets) + 1
    positions, unresolved = _positions(room, paragraph, built.printed, known)
    for marker in found.reading.orphans:
        unresolved.append(
            UnresolvedMarker(paragraph=paragraph, code=marker.delegation or "", raw=marker.raw, why="orphan-marker")
        )
    brackets = _brackets(room, paragraph, built, positions)
    yield from {bracket.proposal_id: bracket.proposal for bracket in brackets}.values()
    yield from brackets
    yield from positions
    yield from unresolved


# ---- brackets and proposals


def _brackets(room: Room, paragraph: Paragraph, built: Built, positions: Iterable[Position]) -> list[Bracket]:
    """Every bracket, numbered in order of opening; crossed neighbours become one replacement (``rules.md`` 16)."""
    signs: dict[str, dict[UUID, str]] = defaultdict(dict)
    for position in positions:
        signs[str(position.bracket_id)][position.delegation_id] = position.stance
    pairs = _crossed(built.tree, signs)
    proposals: dict[str, Proposal] = {}
    made: list[Bracket] = []
    for number, id_ in enumerate(built.brackets, start=1):
        out = next((first for first, second in pairs if id_ in (first, second)), None)
        owner = out or id_
        if owner not in proposals:
            proposals[owner] = _printed_proposal(
                room, paragraph, ProposalKind.REPLACEMENT if out else ProposalKind.PRINTED
            )
        side = Side.NONE if out is None else Side.OUT if id_ == out else Side.IN
        made.append(
            Bracket(
                id=UUID(id_),
                paragraph=paragraph,
                number=number,
                proposal=proposals[owner],
                side=side,
                origin=Origin.UNKNOWN,
                state=BracketState.STANDING,
            )
        )
    return made


def _printed_proposal(room: Room, paragraph: Paragraph, kind: str) -> Proposal:
    return Proposal(
        paragraph=paragraph,
        kind=kind,
        state=ProposalState.TABLED,
        entered_by_id=room.actor.person_id,
        tabled_at=room.now,
        seq=room.seq,
    )


def _crossed(tree: trees.Tree, signs: dict[str, dict[UUID, str]]) -> list[tuple[str, str]]:
    """Neighbouring brackets on which one delegation holds crossed signs: (goes, comes), in printed order."""
    pairs: list[tuple[str, str]] = []
    taken: set[str] = set()
    for nodes in (tree, *(bracket.inside for bracket in trees.brackets(tree))):
        for first, second in _neighbours(nodes):
            if first in taken or second in taken:
                continue
            if any({sign, signs[second].get(who)} == {"support", "oppose"} for who, sign in signs[first].items()):
                pairs.append((first, second))
                taken |= {first, second}
    return pairs


def _neighbours(nodes: trees.Tree) -> Iterator[tuple[str, str]]:
    """Brackets with nothing but white space and markers between them."""
    last: str | None = None
    for node in nodes:
        if isinstance(node, trees.Bracket):
            if last:
                yield last, node.id
            last = node.id
        elif isinstance(node, trees.Label) or (isinstance(node, trees.Text) and node.words.strip(" ,")):
            last = None


# ---- positions


def _delegations(room: Room) -> dict[str, Delegation]:
    """The delegations of this negotiation by every spelling of their code, in capitals."""
    seated = Delegation.objects.filter(participations__negotiation=room.negotiation)
    known = {delegation.code.upper(): delegation for delegation in seated}
    for alias in Alias.objects.filter(delegation__in=seated).select_related("delegation"):
        known.setdefault(alias.code.upper(), alias.delegation)
    return known


def _positions(
    room: Room, paragraph: Paragraph, printed: Iterable[Printed], known: dict[str, Delegation]
) -> tuple[list[Position], list[UnresolvedMarker]]:
    """What the markers say, one position for a delegation and target; what cannot be one stays as printed.

    A delegation that printed two different stances on one target has said neither for us: both stay as printed.
    """
    positions: list[Position] = []
    unresolved: list[UnresolvedMarker] = []
    groups: dict[tuple[str | None, str], list[Printed]] = defaultdict(list)
    for one in printed:
        groups[one.target, (one.marker.delegation or "").upper()].append(one)
    for (target, code), ones in groups.items():
        bracket_id = UUID(target) if target else None
        delegation = known.get("".join(code.split()))
        said = {_stance(one) for one in ones}
        fault = _fault(delegation, said)
        if fault or delegation is None:
            unresolved.extend(
                UnresolvedMarker(
                    paragraph=paragraph,
                    bracket_id=bracket_id,
                    code=one.marker.delegation or "",
                    raw=one.marker.raw,
                    why=fault,
                    places=[one.place],
                )
                for one in ones
            )
            continue
        stance, reservation = next(iter(said)) or ("", False)
        positions.append(
            Position(
                paragraph=paragraph,
                bracket_id=bracket_id,
                delegation=delegation,
                stance=stance,
                reservation=reservation,
                entered_by_id=room.actor.person_id,
                heard=Heard.PRINTED,
                on_seq=room.seq,
                taken_at=room.now,
                places=[one.place for one in ones],
            )
        )
    return positions, unresolved


def _fault(delegation: Delegation | None, said: set[tuple[str, bool] | None]) -> str:
    if None in said:
        return "no-position"
    if delegation is None:
        return "unknown-delegation"
    return "contradictory-stance" if len(said) > 1 else ""


def _stance(one: Printed) -> tuple[str, bool] | None:
    """Stance and reservation; None where the marker says something that is neither (``rules.md`` 2, 7).

    A reservation without a sign is a pending position.
    """
    match one.marker.stance:
        case "support" | "oppose" | "tcb" | "keep_original":
            return one.marker.stance, False
        case "reservation":
            if re.match(r"[(（]\s*[-–—−－]", one.marker.raw):
                return None
            return (Stance.SUPPORT, True) if re.match(r"[(（]\s*[+＋]", one.marker.raw) else (Stance.TCB, False)
    return None


# ---- what the reader had to say


def _notes(room: Room, document: Document, package: Package, at: int) -> Iterator[ReadingNote]:
    """The diagnostics that lie in this document; what comes before the first document goes with it."""
    for diagnostic in package.diagnostics:
        if _document_at(package, diagnostic) == at:
            yield ReadingNote(
                negotiation=room.negotiation,
                document=document,
                code=diagnostic.code,
                severity=diagnostic.severity,
                line=diagnostic.line,
                column=diagnostic.column,
                excerpt=diagnostic.excerpt,
                message=diagnostic.message,
            )


def _document_at(package: Package, diagnostic: Diagnostic) -> int:
    found = 0
    for at, read in enumerate(package.documents):
        if read.paragraphs and read.paragraphs[0].src[0] <= diagnostic.at:
            found = at
    return found
