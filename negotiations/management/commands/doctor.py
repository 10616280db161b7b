from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from redis import Redis, RedisError

from negotiations import ledger, replay
from negotiations.models import Job, Negotiation

SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


class Command(BaseCommand):
    help = "Say in words what is wrong with this installation, and what to do about it."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(_faults())
        for fault in faults:
            self.stdout.write(f"- {fault}")
        if faults:
            raise CommandError(f"{len(faults)} thing(s) need attention.")
        self.stdout.write("Everything is as it should be: database, ledger, tables, Redis, jobs.")


def _faults() -> Iterator[str]:
    try:
        connection.ensure_connection()
    except DatabaseError as fault:
        yield f"The database does not answer: {str(fault).strip()} Start it, or set DATABASE_URL."
        return
    yield from _database()
    yield from _redis()


def _database() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "The tables are behind this version. Run: manage.py migrate"
        return
    with connection.cursor() as cursor:
        for name, wanted in SAFE.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            if (found := cursor.fetchone()[0]) != wanted:
                yield f"PostgreSQL runs with {name} = {found}: a power cut can lose acts. Set it to {wanted}."
        cursor.execute("SELECT has_table_privilege('negotiations_event', 'TRUNCATE')")
        if cursor.fetchone()[0]:
            yield "The application may empty the ledger: it connects as the owner of the tables. Give it a role of its own (manage.py grant_rights ROLE)."
    for negotiation in Negotiation.objects.order_by("slug"):
        if (bad := ledger.verify(negotiation)) is not None:
            yield f"The ledger of {negotiation.slug} breaks at event {bad.seq}: {bad.why}. Compare it with a backup."
    if found := replay.differences(limit=5):
        yield f"{len(found)} or more rows are not what the ledger holds, such as {found[0].table} {found[0].id}. Run: manage.py rebuild --check"
    late = Job.objects.filter(done_at=None, freeze__frozen_at__lt=timezone.now() - timedelta(minutes=5))
    for job in late.select_related("freeze__document"):
        yield f"Podium version {job.freeze} is not made after {job.tries} tries: {job.fault or 'no worker took it'}. Look at the worker."


def _redis() -> Iterator[str]:
    client = Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1)
    try:
        client.ping()
    except (RedisError, OSError):
        yield "Redis does not answer: pages ask every 2 seconds, and versions are made only by the sweep. Start it, or set REDIS_URL."
    finally:
        client.close()
