"""The ledger replayed beside the living tables, and what differs: proof that the rows are its projection."""

from dataclasses import dataclass

from django.db import connection, transaction

from negotiations import projection
from negotiations.models import Event


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that the ledger does not bear out: missing in the tables, added to them, or changed."""

    table: str
    id: str
    what: str


def differences(limit: int = 20) -> list[Difference]:
    """Replay every event into temporary tables and compare them with the living ones, byte for byte as JSON.

    Writes nothing: the temporary tables end with the transaction.
    """
    found: list[Difference] = []
    with transaction.atomic(), connection.cursor() as cursor:
        # Temporary tables come first on the search path, so the one generic upsert writes into them unchanged.
        for table in projection.TABLES:
            cursor.execute(f'CREATE TEMPORARY TABLE "{table}" (LIKE public."{table}" INCLUDING INDEXES) ON COMMIT DROP')
        for payload in (
            Event.objects.order_by("negotiation", "seq").values_list("payload", flat=True).iterator(chunk_size=200)
        ):
            projection.apply(payload)
        # Places that paragraphs took from each other are checked when a transaction ends; these tables end before it does.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in projection.TABLES:
            cursor.execute(_COMPARE.format(table=table), [limit])
            found.extend(Difference(table, str(id_), what) for id_, what in cursor.fetchall())
        for table in projection.TABLES:
            cursor.execute(f'DROP TABLE pg_temp."{table}"')
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return found[:limit]


_COMPARE = """
SELECT coalesce(living.id, replayed.id),
       CASE WHEN living.id IS NULL THEN 'missing' WHEN replayed.id IS NULL THEN 'added' ELSE 'changed' END
FROM public."{table}" AS living
FULL JOIN pg_temp."{table}" AS replayed USING (id)
WHERE to_jsonb(living)::text IS DISTINCT FROM to_jsonb(replayed)::text
ORDER BY 1 LIMIT %s
"""
