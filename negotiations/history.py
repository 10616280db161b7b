"""How a paragraph read before: looked up in the ledger, which holds every tree that ever stood."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from documents.models import Paragraph
from documents.notation.tree import Tree, from_json
from negotiations.models import Event

_TABLE = Paragraph._meta.db_table


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


def _touching(paragraph: Paragraph) -> QuerySet[Event]:
    about = Q(paragraph_id=paragraph.pk) | Q(paragraph_id=None)
    return Event.objects.filter(about, document_id=paragraph.document_id)


def _row(payload: dict[str, Any], paragraph_id: UUID) -> dict[str, Any] | None:
    return next((row for row in payload["rows"].get(_TABLE, []) if row["id"] == str(paragraph_id)), None)
