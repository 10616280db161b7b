"""Guessing a passphrase is slowed down: five wrong tries for one account from one address, then a wait.

The count stands in Django's cache, which all server processes must share (``docs/sign-in.md``). A try is counted before
the passphrase is looked at, so many tries sent at once do not slip through together.
"""

import hashlib
import logging
import time

from django.core.cache import cache

logger = logging.getLogger(__name__)

TRIES = 5
WINDOW = 10 * 60
"""Seconds, from the first of the tries that are counted together."""


def count_try(email: str, address: str) -> int:
    """Count one try. Returns 0 if it may go on, else the seconds until the next one may.

    A refused try does not make the wait longer, or a stranger could keep a delegate out for ever.
    """
    count, since = _keys(email, address)
    now = int(time.time())
    try:
        cache.add(since, now, WINDOW)
        # add() and incr() are one step each in every shared cache, so no two tries get the same number.
        tries = 1 if cache.add(count, 1, WINDOW) else cache.incr(count)
        if tries <= TRIES:
            return 0
        return max(1, int(cache.get(since, now)) + WINDOW - now)
    except Exception:  # each cache has errors of its own
        # Without its cache the house still opens: a summit does not stop because a counter is away.
        logger.exception("Wrong sign-ins are not being counted: the cache does not answer.")
        return 0


def forget_tries(email: str, address: str) -> None:
    """Start again from none, after the right passphrase."""
    try:
        cache.delete_many(_keys(email, address))
    except Exception:  # as above
        logger.exception("Wrong sign-ins could not be forgotten: the cache does not answer.")


def _keys(email: str, address: str) -> tuple[str, str]:
    # Hashed: no e-mail stands in a cache, and any text makes a legal key.
    name = hashlib.sha256(f"{email.strip().lower()}\n{address}".encode()).hexdigest()
    return f"sign-in-tries-{name}", f"sign-in-since-{name}"
