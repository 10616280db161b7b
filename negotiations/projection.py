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
from negotiations.models import (
    AgendaItem,
    Bracket,
    CoSponsor,
    CoveringNote,
    Participation,
    Position,
    Proposal,
    ReadingNote,
    Session,
    SetAside,
    UnresolvedMarker,
)

PROJECTED: tuple[type[Model], ...] = (
    Participation,
    Session,
    Document,
    AgendaItem,
    SetAside,
    CoveringNote,
    Paragraph,
    ReadingNote,
    Proposal,
    CoSponsor,
    Bracket,
    Position,
    UnresolvedMarker,
)
"""What the ledger rebuilds. Delegations, people, freezes, jobs and versions stand beside it."""

TABLES = {model._meta.db_table: model for model in PROJECTED}


class Torn(AssertionError):
    """The trees and the rows disagree: an act is wrong, and its transaction must not commit."""


def apply(payload: dict[str, Any]) -> None:
    """Write the rows of an event that is recorded already; tables are named as they are found on the search path."""
    remove(payload)
    if rows := payload["rows"]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH {', '.join(upserts(rows))} SELECT 1", [json.dumps(of_table) for of_table in rows.values()]
            )


def remove(payload: dict[str, Any]) -> None:
    """Remove the rows that an event says are gone, before others may take their place."""
    for table, ids in payload["gone"].items():
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{_known(table)}" WHERE id = ANY(%s::uuid[])', [ids])  # noqa: S608  a name of ours


def upserts(tables: Iterable[str]) -> list[str]:
    """For a WITH clause: an upsert for each table, whose one parameter is the JSON of its rows.

    In one statement: references between rows are checked when the transaction commits.
    """
    return [_upsert(table) for table in tables]


def hold_together(payload: dict[str, Any]) -> None:
    """Raise Torn where the brackets in the trees of an event and the standing rows disagree."""
    if changed := payload["rows"].get(Paragraph._meta.db_table):
        _agree(changed)


def _known(table: str) -> str:
    if table not in TABLES:
        raise Torn(f"{table} is not projected from the ledger")
    return table


@cache
def _upsert(table: str) -> str:
    columns = [field.column for field in TABLES[_known(table)]._meta.concrete_fields]
    listed = ", ".join(f'"{column}"' for column in columns)
    renewed = ", ".join(f'"{column}" = EXCLUDED."{column}"' for column in columns if column != "id")
    # Tables and columns are names of our own models.
    return (
        f'"rows of {table}" AS (INSERT INTO "{table}" ({listed}) SELECT {listed} FROM '  # noqa: S608
        f'jsonb_populate_recordset(NULL::"{table}", %s::jsonb) '
        f"ON CONFLICT (id) DO UPDATE SET {renewed})"
    )


_STANDING = f"""
SELECT paragraph_id::text, id::text FROM "{Bracket._meta.db_table}" WHERE paragraph_id = ANY(%s::uuid[]) AND state = 'standing'
"""  # noqa: S608  a name of our own models


def _agree(paragraphs: Iterable[dict[str, Any]]) -> None:
    in_trees = {(row["id"], bracket) for row in paragraphs for bracket in trees.ids_in_json(row["tree"])}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [[row["id"] for row in paragraphs]])
        in_rows = set(cursor.fetchall())
    if in_trees != in_rows:
        raise Torn(f"brackets in trees and standing rows differ: {sorted(in_trees ^ in_rows)[:4]}")
