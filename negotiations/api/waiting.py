"""Waiting for a negotiation's next event, in a thread of its own and with no database connection in hand.

Redis only says that something happened. Without it the ledger's head is asked for every second.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from uuid import UUID

from django.conf import settings
from django.db import connection
from redis import RedisError
from redis.client import PubSub

from negotiations import wake
from negotiations.models import Negotiation

log = logging.getLogger(__name__)

ASKS_EVERY = 1.0
"""Seconds between two looks at the ledger while Redis is away."""
LOOKS_EVERY = 10.0
"""Seconds after which a waiter looks for itself: a wake-up that was lost makes an answer late, never wrong."""

_places = BoundedSemaphore(settings.API_WAITERS)


@contextmanager
def place() -> Iterator[bool]:
    """One of the process's places to wait in; false where all are taken."""
    taken = _places.acquire(blocking=False)
    try:
        yield taken
    finally:
        if taken:
            _places.release()


def until_after(negotiation_id: UUID, seq: int, seconds: float) -> None:
    """Return once the ledger holds an event after ``seq``, or the seconds are over."""
    end = time.monotonic() + seconds
    try:
        with wake.hearing(negotiation_id) as heard:
            # Subscribed first, looked afterwards: what happens in between is then heard.
            while not _is_past(negotiation_id, seq) and (left := end - time.monotonic()) > 0:
                _listen(heard, seq, min(left, LOOKS_EVERY))
    except (RedisError, OSError):
        log.info("Redis does not answer: whoever waits for events asks the ledger.")
        while not _is_past(negotiation_id, seq) and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, ASKS_EVERY))


def _listen(heard: PubSub, seq: int, seconds: float) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        said = heard.get_message(ignore_subscribe_messages=True, timeout=left)
        if said is not None and int(said["data"]) > seq:
            return


def _is_past(negotiation_id: UUID, seq: int) -> bool:
    head = Negotiation.objects.filter(pk=negotiation_id).values_list("head_seq", flat=True).first()
    if not connection.in_atomic_block:
        connection.close()  # back to the pool: others need it more than somebody who waits
    return head is None or head > seq
