"""Waking those who wait: workers and live pages, after the commit, by name only.

A wake-up carries no fact. If it is lost (Redis is away) workers find their jobs at the next sweep and pages ask by
``seq``; so it is tried once, for a moment, and its failure is only logged.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from uuid import UUID

from celery import Celery
from django.conf import settings
from django.db import transaction
from redis import Redis, RedisError
from redis.client import PubSub

log = logging.getLogger(__name__)


def channel(negotiation_id: UUID | str) -> str:
    """The channel on which a negotiation's new ``seq`` is announced."""
    return f"podium:{negotiation_id}"


def workers_after_commit() -> None:
    """Tell a worker that podium versions are to be made."""
    transaction.on_commit(_wake_workers, robust=True)


def readers_after_commit() -> None:
    """Tell a worker that files wait to be read or to be imported."""
    transaction.on_commit(lambda: _wake_workers("negotiations.tasks.read_received_files"), robust=True)


def pages_after_commit(negotiation_id: UUID, seq: int) -> None:
    """Tell the live pages of a negotiation that its head is at ``seq``."""
    transaction.on_commit(lambda: _announce(negotiation_id, seq), robust=True)


@contextmanager
def hearing(negotiation_id: UUID) -> Iterator[PubSub]:
    """A subscription to a negotiation's announcements, in force when it is given. Raises RedisError, OSError."""
    with _redis().pubsub() as heard:
        heard.subscribe(channel(negotiation_id))
        heard.get_message(timeout=1)  # that it is in force
        yield heard


@cache
def _celery() -> Celery:
    application = Celery("podium", set_as_current=False)
    application.config_from_object("django.conf:settings", namespace="CELERY")
    return application


@cache
def _redis() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=0.5)


def _wake_workers(task: str = "negotiations.tasks.work_off_jobs") -> None:
    try:
        _celery().send_task(task, retry=False, ignore_result=True)
    except Exception:  # the broker's client raises whatever its transport raises; the sweep does the work then
        log.warning("No worker could be woken; the sweep will find the jobs.")


class _Told:
    """Whether the last announcement went through: a Redis that is away is said once, not once an act."""

    last = True


def _announce(negotiation_id: UUID, seq: int) -> None:
    try:
        _redis().publish(channel(negotiation_id), str(seq))
        _Told.last = True
    except (RedisError, OSError):
        if _Told.last:
            log.warning("Redis does not answer: live pages are not told of event %s and later; they will ask.", seq)
        _Told.last = False
