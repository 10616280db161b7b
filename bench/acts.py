"""Durable acts beside the bare ORM doing as much as any such act must: lock a row, insert two, commit."""

import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from config.embedded.postgres import EmbeddedPostgres
from config.embedded.valkey import EmbeddedValkey

ROUNDS = 60
WRITERS = 8


def report(ratio: Callable[..., tuple[float, float, float]]) -> None:
    """W1, W2 and R3 on a PostgreSQL of its own, which is removed afterwards."""
    var = Path(tempfile.mkdtemp(prefix="podium-bench-"))
    var.chmod(0o755)
    postgres = EmbeddedPostgres(var, owner_makes_databases=True)
    postgres.start()
    valkey = EmbeddedValkey(var)
    valkey.start()
    try:
        os.environ |= {
            "DATABASE_URL": postgres.urls()["DATABASE_OWNER_URL"],
            "REDIS_URL": valkey.urls()["REDIS_URL"],
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_LEVEL": "ERROR",
        }
        _measure(ratio)
    finally:
        valkey.remove()
        postgres.remove()


def _measure(ratio: Callable[..., tuple[float, float, float]]) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, connections
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    call_command("migrate", verbosity=0)
    from bench.bare import insert_two
    from tests.room import Room

    rooms = [Room.opened() for _ in range(WRITERS)]

    def ours(count: int, one_room: bool) -> None:
        _threads(count, lambda number: _tables(rooms[0 if one_room else number], number))

    def bare(count: int, one_row: bool) -> None:
        _threads(count, lambda number: insert_two(rooms[0 if one_row else number].negotiation.pk, ROUNDS))

    print("W1, W2 tabling and taking positions in process, against lock + two inserts + commit by the bare ORM")
    for name, count, shared in (
        ("W1, 1 connection", 1, False),
        ("W1, 8 connections", 8, False),
        ("W2, 8 on one", 8, True),
    ):
        against, peer, mine = ratio(lambda c=count, s=shared: bare(c, s), lambda c=count, s=shared: ours(c, s))
        done = count * ROUNDS
        print(f"   {name}: {against:.2f} x bare ORM (goal 0.3); {done / peer:.0f}/s and {done / mine:.0f}/s")
    connections.close_all()

    setup_test_environment()
    counts = []
    for paragraphs in (10, 1000):
        room = Room.opened("\n\n".join(f"PP{n}. One [two] (+VIE) (-IND) three;" for n in range(1, paragraphs + 1)))
        client = Client()
        from delegations.models import Delegate

        client.force_login(Delegate.objects.get(pk=room.actors["VIE"].person_id))
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/{room.negotiation.slug}/texts/{room.document.pk}/")
        counts.append(len(caught))
    print(f"R3 queries a page: {counts[0]} with 10 paragraphs, {counts[1]} with 1,000")


def _tables(room: object, number: int) -> None:
    from negotiations.acts import positions
    from negotiations.models.wording import Stance
    from tests.room import MEMBERS, Room

    assert isinstance(room, Room)
    target = positions.Target(room.paragraph("PP2").pk)
    for at in range(ROUNDS):
        positions.take(
            actor=room.actors[MEMBERS[number % len(MEMBERS)]],
            negotiation_id=room.negotiation.pk,
            target=target,
            stance=Stance.TCB if at % 2 else Stance.OPPOSE,
            seen=10**9,
            key=str(uuid4()),
        )


def _threads(count: int, work: Callable[[int], None]) -> None:
    from django.db import connections

    def one(number: int) -> None:
        try:
            work(number)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
