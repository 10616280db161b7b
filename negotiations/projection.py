"""Events applied: the sole writer of trees and of the rows that say what is true of them.

One generic upsert, without clock, chance or rules (``rules.md`` 24): an event holds the rows as they are afterwards,
column by column, so replaying the ledger gives the same rows whatever the rules have become since.
"""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from documents.models import Document, Paragraph
from documents.notation import tree as trees
from negotiations import wake
from negotiations.models import (
    AgendaItem,
    Bracket,
    CoveringNote,
    Event,
    Participation,
    Position,
    Proposal,
    ReadingNote,
    Session,
    UnresolvedMarker,
)

PROJECTED: tuple[type[Model], ...] = (
    Participation,
    Session,
    Document,
    AgendaItem,
    CoveringNote,
    Paragraph,
    ReadingNote,
    Proposal,
    Bracket,
    Position,
    UnresolvedMarker,
)
"""What the ledger rebuilds. Delegations, people, freezes, jobs and versions stand beside it."""

TABLES = {model._meta.db_table: model for model in PROJECTED}


class Torn(AssertionError):
    """The trees and the rows disagree: an act is wrong, and its transaction must not commit."""


def apply(event: Event) -> None:
    """Write the rows that the event holds. Raises Torn where brackets in a tree and standing rows would disagree."""
    apply_payload(event.payload)
    wake.pages_after_commit(event.negotiation_id, event.seq)
    changed = event.payload["rows"].get(Paragraph._meta.db_table, [])
    if changed:
        _agree(changed)


def apply_payload(payload: dict[str, Any]) -> None:
    """The writing alone; tables are named as they are found on the search path."""
    with connection.cursor() as cursor:
        for table, ids in payload["gone"].items():
            cursor.execute(f'DELETE FROM "{_known(table)}" WHERE id = ANY(%s::uuid[])', [ids])  # noqa: S608  a name of ours
        for table in TABLES:
            if rows := payload["rows"].get(table):
                cursor.execute(_upsert(table), [json.dumps(rows)])


def _known(table: str) -> str:
    if table not in TABLES:
        raise Torn(f"{table} is not projected from the ledger")
    return table


@cache
def _upsert(table: str) -> str:
    columns = [field.column for field in TABLES[table]._meta.concrete_fields]
    listed = ", ".join(f'"{column}"' for column in columns)
    renewed = ", ".join(f'"{column}" = EXCLUDED."{column}"' for column in columns if column != "id")
    return (  # table and columns are names of our own models
        f'INSERT INTO "{table}" ({listed}) SELECT {listed} FROM jsonb_populate_recordset(NULL::"{table}", %s::jsonb) '  # noqa: S608
        f"ON CONFLICT (id) DO UPDATE SET {renewed}"
    )


def _agree(paragraphs: Iterable[dict[str, Any]]) -> None:
    in_trees = {
        (row["id"], bracket) for row in paragraphs for bracket in trees.bracket_ids(trees.from_json(row["tree"]))
    }
    standing = Bracket.objects.filter(paragraph__in=[row["id"] for row in paragraphs], state="standing")
    in_rows = {(str(paragraph), str(bracket)) for paragraph, bracket in standing.values_list("paragraph_id", "id")}
    if in_trees != in_rows:
        raise Torn(f"brackets in trees and standing rows differ: {sorted(in_trees ^ in_rows)[:4]}")
