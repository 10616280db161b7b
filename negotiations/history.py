"""How a paragraph read before: looked up in the ledger, which holds every tree and every position that ever stood."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from delegations.models import Delegation
from documents.models import Paragraph
from documents.notation.tree import Tree, from_json
from documents.notation.write import Piece, pieces
from negotiations import printing
from negotiations.models import CoSponsor, Event, Position, Proposal, UnresolvedMarker

_TABLE = Paragraph._meta.db_table
_POSITIONS = Position._meta.db_table
_UNRESOLVED = UnresolvedMarker._meta.db_table
_NAMES = CoSponsor._meta.db_table


def trees_since(paragraph: Paragraph, seen: int) -> list[Tree]:
    """The tree as it stood at ``seen`` and every later one in order; the last is the present one.

    Empty where the paragraph did not exist at ``seen``.
    """
    events = _touching(paragraph).order_by("-seq").values_list("seq", "payload")
    later: list[Tree] = []
    for seq, payload in events.iterator(chunk_size=50):
        row = _row(payload, paragraph.pk)
        if row is None:
            continue
        later.append(from_json(row["tree"]))
        if seq <= seen:
            return later[::-1]
    return []


def later_trees(paragraphs: Iterable[Paragraph], after: int) -> dict[UUID, list[tuple[int, Tree]]]:
    """Every tree that some paragraphs of one negotiation got after event ``after``, with its event, in order.

    One question whatever their number; only the paragraphs' own rows are taken out of the ledger.
    """
    chosen = list(paragraphs)
    found: dict[UUID, list[tuple[int, Tree]]] = {paragraph.pk: [] for paragraph in chosen}
    about = Q(paragraph_id__in=found.keys()) | Q(paragraph_id=None)
    documents = {paragraph.document_id for paragraph in chosen}
    events = Event.objects.filter(about, document_id__in=documents, seq__gt=after).order_by("seq")
    for seq, rows in events.values_list("seq", f"payload__rows__{_TABLE}"):
        for row in rows or ():
            if (id_ := UUID(row["id"])) in found:
                found[id_].append((seq, from_json(row["tree"])))
    return found


def _touching(paragraph: Paragraph) -> QuerySet[Event]:
    about = Q(paragraph_id=paragraph.pk) | Q(paragraph_id=None)
    return Event.objects.filter(about, document_id=paragraph.document_id)


def _row(payload: dict[str, Any], paragraph_id: UUID) -> dict[str, Any] | None:
    return next((row for row in payload["rows"].get(_TABLE, []) if row["id"] == str(paragraph_id)), None)


def co_sponsors_at(proposal: Proposal, seq: int) -> list[str]:
    """The house codes of those whose names stood under the proposal after event ``seq``, first come first."""
    events = Event.objects.filter(paragraph_id=proposal.paragraph_id, seq__lte=seq).order_by("seq")
    names: dict[str, str] = {}
    for payload in events.values_list("payload", flat=True).iterator(chunk_size=50):
        for row in payload["rows"].get(_NAMES, []):
            if row["proposal_id"] == str(proposal.pk):
                names[row["id"]] = row["delegation_id"]
        for id_ in payload["gone"].get(_NAMES, []):
            names.pop(id_, None)
    codes = {str(d.pk): d.code for d in Delegation.objects.filter(pk__in=names.values())}
    return [codes[delegation] for delegation in names.values()]


@dataclass(frozen=True, slots=True)
class Step:
    """What the paragraph printed after an event that touched it; ``changed`` is false where it printed the same before."""

    event: Event
    pieces: tuple[Piece, ...]
    changed: bool


def steps(paragraph: Paragraph) -> list[Step]:
    """Every event that touched the paragraph, in order. The rows are read as the events hold them: no rule is asked."""
    room = Delegation.objects.filter(participations__negotiation__agenda__document=paragraph.document_id)
    delegations = {str(delegation.pk): delegation for delegation in room}
    standing: _Rows = {_TABLE: {}, _POSITIONS: {}, _UNRESOLVED: {}}
    found: list[Step] = []
    for event in _touching(paragraph).order_by("seq").iterator(chunk_size=50):
        if not _folded(standing, event.payload, str(paragraph.pk)) and event.paragraph_id != paragraph.pk:
            continue
        printed = _printed(standing, str(paragraph.pk), delegations)
        found.append(Step(event, printed, not found or printed != found[-1].pieces))
    return found


_Rows = dict[str, dict[str, dict[str, Any]]]


def _folded(standing: _Rows, payload: dict[str, Any], paragraph: str) -> bool:
    """Bring the paragraph's rows to where the event left them; false where it has none of them."""
    touched = False
    for table, rows in standing.items():
        for row in payload["rows"].get(table, []):
            if paragraph in (row["id"], row.get("paragraph_id")):
                rows[row["id"]] = row
                touched = True
        for id_ in payload["gone"].get(table, []):
            touched = rows.pop(id_, None) is not None or touched
    return touched


def _printed(standing: _Rows, paragraph: str, delegations: Mapping[str, Delegation]) -> tuple[Piece, ...]:
    said = [
        Position(
            delegation=delegations[row["delegation_id"]],
            **{name: row[name] for name in ("bracket_id", "stance", "reservation", "places", "taken_at")},
        )
        for row in standing[_POSITIONS].values()
    ]
    said.sort(key=lambda position: (position.taken_at, position.delegation.code))
    unresolved = [
        UnresolvedMarker(**{name: row[name] for name in ("bracket_id", "code", "raw", "places")})
        for row in standing[_UNRESOLVED].values()
    ]
    tree = from_json(standing[_TABLE][paragraph]["tree"])
    return tuple(pieces(tree, printing.marks(said, unresolved)))
