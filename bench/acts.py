"""W1, W2, R3: durable acts beside the bare ORM doing as much as any such act must: lock a row, insert two, commit."""

import threading
from collections.abc import Callable

ROUNDS = 30
"""Two acts each."""
WRITERS = 8


def writes(ratio: Callable[..., tuple[float, float, float]]) -> None:
    from django.db import connections

    from bench.bare import insert_two
    from bench.delegates import positions_taken_and_changed, words_tabled_and_withdrawn
    from tests.room import Room

    rooms = [Room.opened() for _ in range(WRITERS)]
    for title, act in (
        ("a position taken, changed", positions_taken_and_changed),
        ("words tabled, withdrawn", words_tabled_and_withdrawn),
    ):
        print(f"W1, W2 {title}: in process, against lock + two inserts + commit by the bare ORM")
        for name, count, shared in (
            ("W1, 1 connection", 1, False),
            ("W1, 8 connections", 8, False),
            ("W2, 8 on one paragraph", 8, True),
        ):
            of = [rooms[0] if shared else room for room in rooms]
            against, peer, mine = ratio(
                lambda c=count, of=of: _threads(c, lambda n: insert_two(of[n].negotiation.pk, 2 * ROUNDS)),
                lambda c=count, of=of, act=act: _threads(c, lambda n: act(of[n], n, ROUNDS)),
            )
            done = 2 * count * ROUNDS
            print(f"   {name}: {against:.2f} x bare ORM (goal 0.3); {done / peer:.0f}/s and {done / mine:.0f}/s")
    connections.close_all()


def queries() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    from delegations.models import Delegate
    from tests.room import Room

    setup_test_environment()
    counts = []
    for paragraphs in (10, 1000):
        room = Room.opened("\n\n".join(f"PP{n}. One [two] (+VIE) (-IND) three;" for n in range(1, paragraphs + 1)))
        client = Client()
        client.force_login(Delegate.objects.get(pk=room.actors["VIE"].person_id))
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/{room.negotiation.slug}/texts/{room.document.pk}/")
        counts.append(len(caught))
    print(f"R3 queries a page: {counts[0]} with 10 paragraphs, {counts[1]} with 1,000")


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
