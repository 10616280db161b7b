"""Waking those who wait: workers and live pages, after the commit, by name only.

A wake-up carries no fact. If it is lost (Redis is away) workers find their jobs at the next sweep and pages ask by
``seq``; so it is tried once, for a moment, and its failure is only logged.
"""

import logging
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import transaction
from redis import Redis, RedisError

log = logging.getLogger(__name__)


def channel(negotiation_id: UUID | str) -> str:
    """The channel on which a negotiation's new ``seq`` is announced."""
    return f"podium:{negotiation_id}"


def workers_after_commit() -> None:
    """Tell a worker that jobs are waiting."""
    transaction.on_commit(_wake_workers, robust=True)


def pages_after_commit(negotiation_id: UUID, seq: int) -> None:
    """Tell the live pages of a negotiation that its head is at ``seq``."""
    transaction.on_commit(lambda: _announce(negotiation_id, seq), robust=True)


def _wake_workers() -> None:
    try:
        current_app.send_task("negotiations.tasks.work_off_jobs", retry=False, ignore_result=True)
    except Exception:  # the broker's client raises what its transport raises; the sweep does the work then
        log.warning("No worker could be woken; the sweep will find the jobs.")


_redis: Redis | None = None


def _client() -> Redis:
    global _redis
    if _redis is None:
        _redis = Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=0.5)
    return _redis


def _announce(negotiation_id: UUID, seq: int) -> None:
    try:
        _client().publish(channel(negotiation_id), str(seq))
    except (RedisError, OSError):
        log.warning("Live pages could not be told of event %s; they will ask for it.", seq)
