"""One cell tried: the status, and what has to hold beside it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import transaction

from tests.matrix.asking import address, send
from tests.matrix.place import WORDING, Place
from tests.matrix.table import READING, Cell, Table

REFUSED = (401, 403, 404)
OF_ITS_OWN = re.compile(rb'name="(csrfmiddlewaretoken|key)" value="[^"]*"|"X-CSRFToken": ?"[^"]*"')
"""What each rendering of a form has anew."""


@contextmanager
def as_if_not() -> Iterator[None]:
    """Nothing that is done within stays: neither rows nor counted tries."""
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Try:
    """Tries cells in one place. What a seat is told of things that are nowhere is asked once and kept."""

    def __init__(self, table: Table, place: Place) -> None:
        self.table, self.place = table, place
        self.before = place.heads()
        self._nowhere: dict[tuple[str, str, bool], bytes] = {}

    def faults(self, cell: Cell, expected: int) -> list[str]:
        """What is otherwise than it should be, in words."""
        with as_if_not():
            answer = send(self.place, cell)
            body = b"" if answer.streaming else bytes(answer.content)
            moved = self.place.heads() != self.before
        found = [f"{answer.status_code}, not {expected}"] if answer.status_code != expected else []
        found += self._of_the_record(cell, expected, moved)
        found += self._of_the_door(cell, answer)
        if self._may_not_hold_wording(cell, answer.status_code) and any(words.encode() in body for words in WORDING):
            found.append("the answer holds wording")
        if answer.status_code == expected == 404 and self._plain(cell, body) != self._of_nothing(cell):
            found.append("not answered as if it were nowhere")
        return [f"{cell}: {fault}" for fault in found]

    def _of_the_record(self, cell: Cell, expected: int, moved: bool) -> list[str]:
        acted = self.table.records(cell.route.name) and cell.method not in READING and expected < 400
        if moved and not acted:
            return ["the ledger grew"]
        if acted and not moved:
            return ["nothing was recorded"]
        return []

    def _of_the_door(self, cell: Cell, answer: Any) -> list[str]:
        door, kind = self.table.section(cell.route.name)
        if door == "api":
            is_problem = answer["Content-Type"] == "application/problem+json"
            return ["an error that is no problem+json"] if answer.status_code >= 400 and not is_problem else []
        if answer.status_code != 302 or kind == "open":
            return []
        asked = answer["Location"]
        if not self.table.stands_in(cell.seat, "outside"):
            return ["a signed-in person is asked to sign in"] if asked.startswith("/sign-in/") else []
        at = address(self.place, cell) + ("?way=retain" if cell.route.name == "verdict" else "")
        return [] if asked == f"/sign-in/?{urlencode({'next': at})}" else [f"led to {asked}"]

    def _may_not_hold_wording(self, cell: Cell, status: int) -> bool:
        """A problem holds none. A page that refuses a seat which may read the text shows the text beside the refusal."""
        if self.table.section(cell.route.name)[0] == "api":
            return status in REFUSED
        return cell.of == "elsewhere" or self.table.stands_in(cell.seat, "outside, stranger")

    def _of_nothing(self, cell: Cell) -> bytes:
        """What the seat is told of a negotiation that is nowhere, or of what is nowhere in its own."""
        key = (cell.seat, cell.method, cell.of == "elsewhere")
        if key not in self._nowhere:
            with as_if_not():
                self._nowhere[key] = self._plain(cell, bytes(send(self.place, cell, absent=True).content), absent=True)
        return self._nowhere[key]

    def _plain(self, cell: Cell, body: bytes, *, absent: bool = False) -> bytes:
        """The body without what differs from one answer to the next: its own address and the keys of forms."""
        return OF_ITS_OWN.sub(b"", body).replace(address(self.place, cell, absent=absent).encode(), b"")
