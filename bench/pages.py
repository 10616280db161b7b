"""R1, R2: the reading page under load, beside a constant page of the same size under the same server.

R1 asks for a page that has not changed since it was last made. For R2 another delegation changes its position in the same
text all the while, as fast as it can be recorded; how many pages were asked for between two changes is said.
"""

import json
import statistics
import subprocess
import sys
import threading
from typing import Any
from uuid import uuid4

from bench.house import ROOT, served

PARAGRAPHS, CONNECTIONS, SECONDS, PAIRS = 200, 16, 4.0, 5
WSGI = ("--interface", "wsgi", "--workers", "2")
R1_GOAL, R2_GOAL, R2_P95 = 0.6, 0.02, 150
CHANGES_A_SECOND = 500
"""More than are recorded beside the load: the next change follows at once."""

Run = dict[str, Any]


def report() -> None:
    from django.conf import settings
    from django.contrib.contenttypes.models import ContentType
    from django.test import Client

    from bench.texts import document
    from delegations.models import Delegate
    from tests.room import Room

    room = Room.opened(document(PARAGRAPHS))
    client = Client()
    client.force_login(Delegate.objects.get(pk=room.actors["VIE"].person_id))
    page = f"/{room.negotiation.slug}/texts/{room.document.pk}/"
    answer = client.get(page, headers={"Host": "localhost"})
    size = len(answer.content)
    print(
        f"R1, R2 the reading page of {PARAGRAPHS} paragraphs, {size // 1000} kB; granian WSGI, 2 workers, "
        f"{CONNECTIONS} connections, {SECONDS:.0f} s a side, {PAIRS} alternating pairs"
    )
    signed = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}
    key = ContentType.objects.create(app_label="bench", model="page").pk
    with (
        served("pages", *WSGI, "config.wsgi:application", path="/sign-in/") as (ours, _),
        served("bare-pages", *WSGI, "bench.bare_pages:application", path="/constant", BENCH_PAGE_BYTES=str(size)) as (
            bare,
            _,
        ),
    ):
        pairs = [(_load(bare, f"/query/{key}", {}), _load(ours, page, signed)) for _ in range(PAIRS)]
        _say("R1 unchanged, against one query and the same bytes", pairs, f"goal >= {R1_GOAL}")
        if etag := answer.headers.get("ETag"):
            unchanged = signed | {"If-None-Match": etag}
            pairs = [(_load(bare, f"/query/{key}", {}), _load(ours, page, unchanged)) for _ in range(PAIRS)]
            _say("R1 asked whether it changed (304)", pairs, "goal >= 0.8")
        else:
            print("   R1 304: does not apply, the page has no ETag (a personal page is kept by no cache)")
        pairs = []
        for _ in range(PAIRS):
            peer = _load(bare, "/constant", {})
            with Changing(room) as changing:
                pairs.append((peer, _load(ours, page, signed)))
            pairs[-1][1]["changes"] = changing.made
        _say("R2 made afresh, against the constant page", pairs, f"goal >= {R2_GOAL}; p95 <= {R2_P95} ms")
        made = statistics.median(run["changes"] / (SECONDS + 1) for _, run in pairs)
        print(f"      {made:.0f} changes/s meanwhile: each makes the page afresh in both workers")


class Changing:
    """A delegation that changes its position again and again, until the end of the ``with``."""

    def __init__(self, room: Any) -> None:
        self.room, self.made = room, 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._change)

    def __enter__(self) -> "Changing":
        self._thread.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._over.set()
        self._thread.join()

    def _change(self) -> None:
        from django.db import connections

        from bench.delegates import ANY_PAGE
        from negotiations.acts import positions
        from negotiations.models.wording import Stance

        target = positions.Target(self.room.paragraph("PP1").pk)
        while not self._over.wait(1 / CHANGES_A_SECOND):
            positions.take(
                actor=self.room.actors["IND"],
                negotiation_id=self.room.negotiation.pk,
                target=target,
                stance=(Stance.TCB, Stance.OPPOSE)[self.made % 2],
                seen=ANY_PAGE,
                key=str(uuid4()),
            )
            self.made += 1
        connections.close_all()


def _load(port: int, path: str, headers: dict[str, str]) -> Run:
    asked = {"port": port, "path": path, "connections": CONNECTIONS, "seconds": SECONDS, "headers": headers}
    command = [sys.executable, "-m", "bench.load", json.dumps(asked)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    run: Run = json.loads(done.stdout)
    assert set(run["statuses"]) <= {"200", "304"}, f"{path} answered {run['statuses']}"
    return run


def _say(what: str, pairs: list[tuple[Run, Run]], goal: str) -> None:
    ratio = statistics.median(ours["rate"] / peer["rate"] for peer, ours in pairs)
    sides = []
    for side in (0, 1):
        rate, p50, p95 = (statistics.median(pair[side][of] for pair in pairs) for of in ("rate", "p50", "p95"))
        sides.append(f"{rate:.0f}/s, p50/p95 {p50:.1f}/{p95:.1f} ms")
    print(f"   {what}: {ratio:.3f} x ({goal}); {sides[0]} and {sides[1]}", flush=True)
