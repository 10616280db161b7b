"""The ledger's only writer: events in one unbroken, hash-chained order.

An event records the result: the touched rows as they are afterwards, as plain columns (``rules.md`` 24). The hash of
an event covers everything said in it and the hash of the one before.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.actor import Actor
from delegations.models import Delegation
from documents.models import Document, Paragraph
from negotiations import projection, wake
from negotiations.models import Event, Negotiation, Session
from negotiations.refusals import KeyUsed, TooLarge


@dataclass(frozen=True, slots=True)
class About:
    """What an event is about, for those who look for it later."""

    on_behalf_of: Delegation | None = None
    session: Session | None = None
    document: Document | None = None
    paragraph: Paragraph | None = None


NOTHING_ELSE = About()
LARGEST_EVENT = 240 * 1024 * 1024
"""Bytes of JSON; PostgreSQL takes no more than 256 MiB in one value."""
NO_ROWS: Mapping[str, list[dict[str, Any]]] = {}
NO_IDS: Mapping[str, list[str]] = {}


def record(
    negotiation: Negotiation,
    kind: str,
    actor: Actor,
    *,
    rows: Iterable[Model],
    columns: Mapping[str, list[dict[str, Any]]] = NO_ROWS,
    gone: Iterable[Model] = (),
    gone_ids: Mapping[str, list[str]] = NO_IDS,
    about: About = NOTHING_ELSE,
    facts: dict[str, Any] | None = None,
    key: str | None = None,
    asked: str = "",
) -> Event:
    """Append one event, move the head of the locked ledger and write the rows that the event holds.

    ``columns`` are rows that were never model instances, by table, each with every column as JSON values;
    ``gone_ids`` names rows that go without loading them. No table stands in both. The caller holds the lock. Raises TooLarge, and projection.Torn where brackets in a tree and standing rows would disagree.
    """
    document = about.paragraph.document_id if about.paragraph else about.document.pk if about.document else None
    event = Event(
        negotiation=negotiation,
        seq=negotiation.head_seq + 1,
        kind=kind,
        at=timezone.now(),
        person_id=actor.person_id,
        actor_code=actor.delegation.code,
        actor_role=actor.role,
        on_behalf_of=(about.on_behalf_of or actor.delegation).code,
        session_id=about.session.pk if about.session else None,
        document_id=document,
        paragraph_id=about.paragraph.pk if about.paragraph else None,
        payload={
            "rows": by_table(rows) | {table: made for table, made in columns.items() if made},
            "gone": _ids_by_table(gone) | dict(gone_ids),
            "facts": (facts or {}) | ({"compared": asdict(actor.file)} if actor.file else {}),
        },
        previous_hash=negotiation.head_hash,
        key=key,
        body_hash=digest(asked) if key else "",
    )
    rows_of = {table: _canonical(of_table) for table, of_table in sorted(event.payload["rows"].items())}
    payload = _around(event.payload, rows_of)
    _must_fit(payload)
    event.hash = _hash(event, payload)
    _append(event, payload, rows_of)
    projection.hold_together(event.payload)
    negotiation.head_seq, negotiation.head_hash = event.seq, event.hash
    wake.pages_after_commit(negotiation.pk, event.seq)
    return event


def _must_fit(payload: str) -> None:
    """Refuse in words what PostgreSQL would refuse with an error. A character takes up to four bytes."""
    if 4 * len(payload) > LARGEST_EVENT and len(payload.encode("utf-8", "surrogatepass")) > LARGEST_EVENT:
        raise TooLarge(why=_("This holds more brackets and positions than one document can have on record."))


def _around(payload: dict[str, Any], rows_of: dict[str, str]) -> str:
    """The canonical JSON of a payload around that of its rows, table by table: the rows are written out once."""
    listed = ",".join(f"{_canonical(table)}:{written}" for table, written in rows_of.items())
    return f"{_canonical(payload | {'rows': {}})[:-2]}{listed}}}}}"


def _append(event: Event, payload: str, rows_of: dict[str, str]) -> None:
    """One statement for the event, the head and the rows: they are written from the very text that is recorded.

    Each table's rows are sent once more by themselves. PostgreSQL would copy the whole payload for every table that it
    takes out of it, which for a long text is slower.
    """
    projection.remove(event.payload)
    values = [field.get_db_prep_save(getattr(event, field.attname), connection) for field in _SAID]
    head = (event.seq, event.hash, event.negotiation_id)
    with connection.cursor() as cursor:
        cursor.execute(_appending(tuple(rows_of)), (*rows_of.values(), *head, *values, payload))
        event.pk = cursor.fetchone()[0]
    event._state.adding, event._state.db = False, connection.alias


_SAID = [field for field in Event._meta.concrete_fields if field.name not in ("id", "payload")]


@cache
def _appending(tables: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in _SAID)
    places = ", ".join(["%s"] * len(_SAID))
    # Tables and columns are names of our own models.
    head = f'UPDATE "{Negotiation._meta.db_table}" SET head_seq = %s, head_hash = %s WHERE id = %s'  # noqa: S608
    into = f'"{Event._meta.db_table}" ({columns}, payload)'
    event = f"INSERT INTO {into} VALUES ({places}, %s::jsonb) RETURNING id"  # noqa: S608
    return f"WITH {', '.join([*projection.upserts(tables), f'head AS ({head})'])} {event}"


def answering(event_id: int | None, asked: str) -> Event | None:
    """The event that answered a key before, if one did. Raises KeyUsed where it answered another request."""
    if event_id is None:
        return None
    event = Event.objects.get(pk=event_id)
    if event.body_hash != digest(asked):
        raise KeyUsed()
    event.replayed = True
    return event


def by_table(rows: Iterable[Model]) -> dict[str, list[dict[str, Any]]]:
    """Model instances as ``{table: [{column: JSON value}]}``, each row once, as it is now."""
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for instance in rows:
        tables.setdefault(instance._meta.db_table, {})[str(instance.pk)] = _columns(instance)
    return {table: list(found.values()) for table, found in tables.items()}


def _ids_by_table(rows: Iterable[Model]) -> dict[str, list[str]]:
    tables: dict[str, list[str]] = {}
    for instance in rows:
        tables.setdefault(instance._meta.db_table, []).append(str(instance.pk))
    return tables


def _columns(instance: Model) -> dict[str, Any]:
    return {str(field.column): plain(getattr(instance, field.attname)) for field in instance._meta.concrete_fields}


def plain(value: Any) -> Any:
    """A column's value as an event keeps it."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(timezone.get_default_timezone()).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def hash_of(event: Event) -> str:
    """SHA-256 over the canonical JSON of all that the event says, and the hash before it."""
    return _hash(event, _canonical(event.payload))


def _hash(event: Event, payload: str) -> str:
    """The same where the payload is written out already: that of a long text is written once, and never copied."""
    # The keys of the whole object stand in order; "payload" is between the two parts.
    before = {
        "negotiation": str(event.negotiation_id),
        "kind": event.kind,
        "at": plain(event.at),
        "actor": [event.actor_code, str(event.actor_role)],
        "on_behalf_of": event.on_behalf_of,
        "document": plain(event.document_id),
        "paragraph": plain(event.paragraph_id),
    }
    after = {
        "person": event.person_id,
        "previous": event.previous_hash,
        "seq": event.seq,
        "session": plain(event.session_id),
    }
    hashed = hashlib.sha256()
    for part in (_canonical(before)[:-1], ',"payload":', payload, ",", _canonical(after)[1:]):
        hashed.update(part.encode("utf-8", "surrogatepass"))
    return hashed.hexdigest()


def _canonical(values: Any) -> str:
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a ledger does not hold together."""

    seq: int
    kind: str
    why: str


def verify(negotiation: Negotiation) -> Break | None:
    """Walk the chain from the first event to the head; None if nothing was changed, dropped, swapped or added."""
    previous, seq = "0" * 64, 0
    for event in _events(negotiation):
        if event.seq != seq + 1:
            return Break(seq + 1, event.kind, f"event {seq + 1} is missing; {event.seq} follows {seq}")
        if event.previous_hash != previous:
            return Break(event.seq, event.kind, "it does not follow from the one before it")
        if event.hash != hash_of(event):
            return Break(event.seq, event.kind, "its words are not those that were recorded")
        previous, seq = event.hash, event.seq
    if (negotiation.head_seq, negotiation.head_hash) != (seq, previous):
        return Break(seq + 1, "", f"the head says {negotiation.head_seq} events, the ledger holds {seq}")
    return None


def _events(negotiation: Negotiation) -> Iterator[Event]:
    return Event.objects.filter(negotiation=negotiation).order_by("seq").iterator(chunk_size=500)
