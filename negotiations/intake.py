"""A text that was read, as the rows that stand for it on record: paragraphs, brackets, proposals, positions, notes.

Nothing is written here.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from delegations.models import Alias, Delegation
from documents.models import PLACES_BETWEEN, Document, Paragraph
from documents.notation import tree as trees
from documents.notation.build import Built, Printed, build
from documents.notation.contents import ReadDocument
from documents.notation.read import Reading, Span
from negotiations.columns import Row, Rows, blank, new_ids
from negotiations.handles import handles
from negotiations.models import Bracket, Negotiation, Position, Proposal, UnresolvedMarker
from negotiations.models.wording import BracketState, Heard, Origin, ProposalKind, ProposalState, Side, Stance
from negotiations.standing import Stand, blemishes

PARAGRAPHS = Paragraph._meta.db_table
BRACKETS = Bracket._meta.db_table
PROPOSALS = Proposal._meta.db_table
POSITIONS = Position._meta.db_table
UNRESOLVED = UnresolvedMarker._meta.db_table


class Known(NamedTuple):
    """A delegation of this negotiation, as far as reading its markers goes."""

    id: str
    code: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Coming:
    """One document that comes in: at whose table, by whom, with which event and when (ISO 8601)."""

    negotiation: Negotiation
    known: Mapping[str, Known]
    person_id: int
    seq: int
    now: str
    # One for each document: threads that shared it, or a process that was forked, would give the same ids twice.
    new_id: Callable[[], str] = field(default_factory=lambda: new_ids().__next__)


@dataclass(slots=True)
class Brought:
    """One document's rows. ``agreed`` are the paragraphs that a person accepted as agreed and that are clean,
    ``not_agreed`` the handles of those that are not."""

    rows: Rows = field(default_factory=lambda: defaultdict(list))
    agreed: list[UUID] = field(default_factory=list)
    not_agreed: list[str] = field(default_factory=list)


def known_delegations(negotiation: Negotiation, codes: Mapping[str, str]) -> dict[str, Known]:
    """The delegations of this negotiation by every spelling of their code, in capitals.

    ``codes`` says of printed codes whose they are, by house code; "" is nobody's, so that it stays as printed.
    """
    seated = {one.code: one for one in Delegation.objects.filter(participations__negotiation=negotiation)}
    known = {squeezed(code): _known(delegation) for code, delegation in seated.items()}
    for alias in Alias.objects.filter(delegation__in=seated.values()).select_related("delegation"):
        known.setdefault(squeezed(alias.code), _known(alias.delegation))
    for printed, code in codes.items():
        if code in seated:
            known[squeezed(printed)] = _known(seated[code])
        elif not code:
            known.pop(squeezed(printed), None)
    return known


def _known(delegation: Delegation) -> Known:
    return Known(str(delegation.pk), delegation.code, delegation.is_member)


def squeezed(code: str) -> str:
    """A code without white space and in capitals: what two spellings of it have in common."""
    return "".join(code.split()).upper()


# ---- the paragraphs of a document


class Piece(NamedTuple):
    """What becomes a paragraph: one of the text, a table's cell, a footnote. ``called`` is what its handle is made of,
    ``base`` the number of the piece that it would replace."""

    label: str
    called: str | None
    kind: str
    reading: Reading
    base: int | None = None
    agreed: bool = False


def pieces_of(read: ReadDocument) -> list[Piece]:
    """In order: the paragraphs with the cells of tables where these stand, then the footnotes.

    Tables have no place of their own in the product: each cell that holds something is a paragraph.
    """
    order: list[tuple[int, int, Piece]] = [
        (
            found.src[0],
            at,
            Piece(found.label or "", found.label, found.kind, found.reading, found.alternative_to, found.agreed),
        )
        for at, found in enumerate(read.paragraphs)
    ]
    if read.tables:
        for table in read.tables:
            cells = (cell for row in table.rows for cell in row if cell.text)
            order.extend((table.src[0], -1, Piece("", None, "paragraph", cell)) for cell in cells)
        order.sort(key=lambda entry: entry[0])
        moved = {was: at for at, (_, was, _) in enumerate(order) if was >= 0}
        order = [
            (src, was, piece._replace(base=moved.get(piece.base or 0) if piece.base is not None else None))
            for src, was, piece in order
        ]
    notes = (Piece(note.mark, f"fn{note.mark}", "paragraph", note.reading) for note in read.footnotes)
    return [*(piece for _, _, piece in order), *notes]


def document_rows(coming: Coming, document: Document, read: ReadDocument) -> Brought:
    """Every row of the document's wording."""
    brought = Brought()
    pieces = pieces_of(read)
    named = handles([(piece.called, piece.kind, piece.base) for piece in pieces])
    ids = [coming.new_id() for _ in pieces]
    every, document_id = blank(Paragraph), str(document.pk)
    for at, (piece, handle, id_) in enumerate(zip(pieces, named, ids, strict=True), start=1):
        row: Row = every | {
            "id": id_,
            "document_id": document_id,
            "place": at * PLACES_BETWEEN,
            "handle": handle,
            "label": piece.label[:64],
            "kind": piece.kind,
            "language": document.language,
            "alternative_to_id": None if piece.base is None else ids[piece.base],
            "seq": coming.seq,
        }
        brought.rows[PARAGRAPHS].append(row)
        _wording(coming, row, piece, brought)
    return brought


def _wording(coming: Coming, row: Row, piece: Piece, brought: Brought) -> None:
    """Sets the paragraph's tree, and adds the rows of its brackets, proposals, positions and unresolved markers."""
    reading, rows = piece.reading, brought.rows
    built = build(reading, piece.label or None, coming.new_id)
    row["tree"] = trees.to_json(built.tree)
    row["next_number"] = len(built.brackets) + 1
    positions: list[Row] = []
    unresolved: list[Row] = []
    if built.printed:
        positions, unresolved = _positions(coming, row["id"], built.printed)
    for marker in reading.orphans:
        unresolved.append(
            _unresolved(coming, row["id"], None, marker.delegation or "", marker.raw, "orphan-marker", [])
        )
    if built.brackets:
        _brackets(coming, row["id"], built, reading.spans, positions, rows)
    rows[POSITIONS] += positions
    rows[UNRESOLVED] += unresolved
    if piece.agreed:
        if _is_clean(coming, built, positions, unresolved):
            brought.agreed.append(UUID(row["id"]))
        else:
            brought.not_agreed.append(row["handle"])


def _is_clean(coming: Coming, built: Built, positions: Sequence[Row], unresolved: Sequence[Row]) -> bool:
    counts = {known.id: known.counts for known in coming.known.values()}
    whole = [
        Stand("", said["stance"], counts=counts[said["delegation_id"]]) for said in positions if not said["bracket_id"]
    ]
    return not blemishes(
        brackets=built.brackets,
        on_paragraph=whole,
        unresolved=[marker["raw"] for marker in unresolved],
        words=trees.wording(built.tree, with_label=False),
    )


# ---- brackets and proposals


def _brackets(
    coming: Coming, paragraph: str, built: Built, spans: Sequence[Span], positions: Iterable[Row], rows: Rows
) -> None:
    """Every bracket, numbered in order of opening; crossed neighbours become one replacement (``rules.md`` 16)."""
    signs: dict[str, dict[str, str]] = defaultdict(dict)
    for position in positions:
        signs[position["bracket_id"]][position["delegation_id"]] = position["stance"]
    goes_with = _crossed(built.tree, signs) if len(built.brackets) > 1 else {}
    proposal = blank(Proposal) | {
        "paragraph_id": paragraph,
        "state": ProposalState.TABLED.value,
        "entered_by_id": coming.person_id,
        "tabled_at": coming.now,
        "seq": coming.seq,
    }
    bracket = blank(Bracket) | {"paragraph_id": paragraph, "state": BracketState.STANDING.value}
    proposals: dict[str, str] = {}
    for number, (id_, span) in enumerate(zip(built.brackets, spans, strict=True), start=1):
        out = goes_with.get(id_)
        owner = out or id_
        if owner not in proposals:
            kind = ProposalKind.REPLACEMENT if out else ProposalKind.PRINTED
            proposals[owner] = coming.new_id()
            rows[PROPOSALS].append(proposal | {"id": proposals[owner], "kind": kind.value})
        side = Side.NONE if out is None else Side.OUT if id_ == out else Side.IN
        rows[BRACKETS].append(
            bracket
            | {
                "id": id_,
                "number": number,
                "proposal_id": proposals[owner],
                "side": side.value,
                "origin": origin_of(span),
            }
        )


def origin_of(span: Span) -> str:
    """Whether a bracket's words were there before: as a person said, else as a tracked change shows, else unknown."""
    if span.origin is not None:
        return span.origin
    if span.tracked is None:
        return Origin.UNKNOWN.value
    return (Origin.INSERTED if span.tracked.change == "ins" else Origin.ORIGINAL).value


def _crossed(tree: trees.Tree, signs: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Neighbouring brackets on which one delegation holds crossed signs, in printed order: each of the two names the
    one that goes. Where delegations cross them both ways, that is the one printed first."""
    pairs: dict[str, str] = {}
    for nodes in (tree, *(bracket.inside for bracket in trees.brackets(tree))):
        for first, second in _neighbours(nodes):
            if first in pairs or second in pairs:
                continue
            later = signs.get(second, {})
            crossing = {(sign, later.get(who)) for who, sign in signs.get(first, {}).items()}
            if ("oppose", "support") in crossing:
                pairs[first] = pairs[second] = first
            elif ("support", "oppose") in crossing:
                pairs[first] = pairs[second] = second
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


def _positions(coming: Coming, paragraph: str, printed: Iterable[Printed]) -> tuple[list[Row], list[Row]]:
    """What the markers say, one position for a delegation and target; what cannot be one stays as printed.

    A delegation that printed two different stances on one target has said neither for us: both stay as printed.
    """
    positions: list[Row] = []
    unresolved: list[Row] = []
    groups: dict[tuple[str | None, str], list[Printed]] = {}
    for one in printed:
        code = one.marker.delegation or ""
        known = coming.known.get(squeezed(code))
        groups.setdefault((one.target, known.id if known else code.upper()), []).append(one)
    every = blank(Position) | {
        "paragraph_id": paragraph,
        "entered_by_id": coming.person_id,
        "heard": Heard.PRINTED.value,
        "on_seq": coming.seq,
        "taken_at": coming.now,
    }
    for (target, _), ones in groups.items():
        delegation = coming.known.get(squeezed(ones[0].marker.delegation or ""))
        said = {_stance(one) for one in ones}
        fault = _fault(delegation, said)
        if fault or delegation is None:
            unresolved.extend(
                _unresolved(coming, paragraph, target, one.marker.delegation or "", one.marker.raw, fault, [one.place])
                for one in ones
            )
            continue
        stance, reservation = next(iter(said)) or ("", False)
        positions.append(
            every
            | {
                "id": coming.new_id(),
                "bracket_id": target,
                "delegation_id": delegation.id,
                "stance": stance,
                "reservation": reservation,
                "places": [one.place for one in ones],
            }
        )
    return positions, unresolved


def _unresolved(
    coming: Coming, paragraph: str, bracket: str | None, code: str, raw: str, why: str, places: list[int]
) -> Row:
    return blank(UnresolvedMarker) | {
        "id": coming.new_id(),
        "paragraph_id": paragraph,
        "bracket_id": bracket,
        "code": code[:64],
        "raw": raw,
        "why": why,
        "places": places,
    }


def _fault(delegation: Known | None, said: set[tuple[str, bool] | None]) -> str:
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
            return (
                (Stance.SUPPORT.value, True)
                if re.match(r"[(（]\s*[+＋]", one.marker.raw)
                else (Stance.TCB.value, False)
            )
    return None
