"""P2: a proposal sent by a delegate until the last of 100 screens shows it, beside bare pub/sub to as many streams."""

import asyncio
import os
import statistics
from uuid import uuid4

from bench.house import product_as_run, served
from bench.screens import Seen, p50, p95, watched
from bench.visitor import Visitor, may_sign_in, signed_in

SCREENS, CHANGES, RATE, PAIRS = 100, 40, 5.0, 5
FRAME = 4096
GOAL = 6.0


def report() -> None:
    from bench.texts import document
    from tests.room import MEMBERS, Room

    print(
        f"P2 POST of a proposal -> the last of {SCREENS} screens, {RATE:.0f} changes/s, {CHANGES} changes a side, "
        f"{PAIRS} alternating pairs; against Redis -> streams alone, {FRAME} bytes a frame"
    )
    room = Room.opened(document(PAIRS * CHANGES + 1))
    emails = [may_sign_in(room, code) for code in MEMBERS]
    with (
        served("product", *product_as_run(), path="/sign-in/") as (product, _),
        served("bare", "--interface", "asginl", "--workers", "1", "bench.bare_live:application", path="") as (bare, _),
    ):
        pairs = asyncio.run(_pairs(room, emails, product, bare))
    for name, side in (("bare", 0), ("Podium", 1)):
        _say(name, [pair[side] for pair in pairs])
    ratio = statistics.median(p95(ours.last) / p95(peer.last) for peer, ours in pairs)
    print(f"   p95 of the last screen: {ratio:.1f} x bare (goal <= {GOAL:.0f})")


async def _pairs(room: object, emails: list[str], product: int, bare: int) -> list[tuple[Seen, Seen]]:
    people = [await signed_in(product, email) for email in emails]
    found = []
    for number in range(PAIRS):
        print(f"   pair {number + 1} of {PAIRS} …", flush=True)
        found.append((await _bare(bare, number), await _ours(room, people, product, number)))
    for person in people:
        person.close()
    return found


async def _bare(port: int, number: int) -> Seen:
    from redis.asyncio import Redis

    from bench.bare_live import CHANNEL

    first = number * CHANGES + 1
    async with Redis.from_url(os.environ["REDIS_URL"]) as redis:

        async def publish(at: int) -> None:
            await redis.publish(CHANNEL, f"id: {first + at}\ndata: {'x' * (FRAME - 20)}\n\n".encode())

        request = f"GET / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()
        return await watched(port, [request] * SCREENS, publish, first, CHANGES, RATE)


async def _ours(room: object, people: list[Visitor], port: int, number: int) -> Seen:
    """One delegate tables words in one paragraph after another, as the page's form does with a script."""
    from asgiref.sync import sync_to_async

    seq = await sync_to_async(lambda: room.seq)()
    paragraphs = await sync_to_async(lambda: list(room.document.paragraphs.values_list("pk", flat=True)))()
    author, slug = people[0], room.negotiation.slug
    await author.get(f"/{slug}/paragraphs/{paragraphs[-1]}/propose/")

    async def table(at: int) -> None:
        form = {"kind": "insert", "last": "1", "words": "and every lantern", "marker": "sign", "action": "table"}
        form |= {"seen": str(seq + at), "key": str(uuid4())}
        path = f"/{slug}/paragraphs/{paragraphs[number * CHANGES + at + 1]}/propose/"
        answer = await author.post(path, form, "HX-Request: true")
        assert answer.status == 200, f"the proposal was answered {answer.status}"

    requests = [_stream(room, port, people[at % len(people)], seq) for at in range(SCREENS)]
    seen = await watched(port, requests, table, seq + 1, CHANGES, RATE)
    now = await sync_to_async(lambda: room.seq)()
    assert now == seq + CHANGES, f"{now - seq} of {CHANGES} proposals are on record"
    return seen


def _stream(room: object, port: int, person: Visitor, seq: int) -> bytes:
    path = f"/live/{room.negotiation.pk}/?document={room.document.pk}&after={seq}"
    return f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {person.cookie()}\r\n\r\n".encode()


def _say(name: str, runs: list[Seen]) -> None:
    def middle(of: str, figure: object) -> str:
        return f"{statistics.median(figure(getattr(run, of)) for run in runs):.1f}"

    print(
        f"   {name:6}: last p50/p95 {middle('last', p50)}/{middle('last', p95)} ms, "
        f"each {middle('each', p50)}/{middle('each', p95)} ms, answered p50 {middle('answered', p50)} ms; "
        f"frames of {runs[-1].frame} bytes; missing {sum(run.missing for run in runs)}, "
        f"out of order {sum(run.out_of_order for run in runs)}, twice {sum(run.twice for run in runs)}"
    )
