"""The table and the product have the same addresses and methods; and a table that is wrong does not pass."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import get_resolver, path
from django.views import View

from negotiations.api.index import drawn_up
from tests.matrix import place as places
from tests.matrix.checking import Try, as_if_not
from tests.matrix.routes import Route, described, routes
from tests.matrix.table import Faulty, Table

BESIDE = [Route(name, name, ()) for name in ("/live/", "/health/")]
TABLE = Table.read()
PATTERNS = get_resolver().url_patterns
ROUTES = [*routes(PATTERNS), *BESIDE]


def methods(found: list[Route]) -> dict[str, set[str]]:
    """The methods of each address of the API by the name of its row, as the API describes them."""
    by_shape = {_shape(path): said for path, said in described(drawn_up()).items()}
    return {
        route.name: by_shape[_shape("/" + route.pattern)] for route in found if _shape("/" + route.pattern) in by_shape
    }


def _shape(pattern: str) -> tuple[str, ...]:
    """An address with its names left out: ``<uuid:id>`` and ``{id}`` are the same place."""
    return tuple("*" if part[:1] in "<{" and part else part for part in pattern.split("/"))


def altered(*keys: str, to: Any) -> Table:
    said = copy.deepcopy(TABLE.said)
    inner = said
    for key in keys[:-1]:
        inner = inner[key]
    if to is None:
        del inner[keys[-1]]
    else:
        inner[keys[-1]] = to
    return Table(said)


def test_every_address_and_every_described_method_has_its_row_and_every_row_its_address() -> None:
    known = methods(ROUTES)
    assert len(known) > 25
    assert TABLE.faults(ROUTES, known) == []


def test_every_cell_has_one_status() -> None:
    assert sum(1 for route in ROUTES for _cell in TABLE.cells(route)) > 5_000


def test_an_address_without_a_row_is_named_with_a_line_to_paste() -> None:
    more = [*PATTERNS, path("<slug:slug>/backstage/", View.as_view(), name="backstage")]
    [fault] = TABLE.faults([*routes(more), *BESIDE], {})
    assert "<slug:slug>/backstage/" in fault
    assert "paste: backstage:" in fault


def test_a_row_without_an_address_is_named() -> None:
    gone = [route for route in ROUTES if route.name != "desk"]
    assert TABLE.faults(gone, {}) == ["desk is the row of no route"]


def test_a_described_method_without_its_line_is_named_with_a_line_to_paste() -> None:
    table = altered("api of a negotiation", "api:answer", "PUT", to=None)
    assert table.faults(ROUTES, methods(ROUTES)) == ["api:answer has no PUT; paste: PUT: {seated: 200}"]


def test_a_seat_that_is_forgotten_in_a_row_is_named() -> None:
    table = altered("pages of a negotiation", "agree", "POST", to={"pen": 302, "no pen": 403})
    [agree] = [route for route in ROUTES if route.name == "agree"]
    with pytest.raises(Faulty, match=r"POST agree as observer.*paste: observer"):
        list(table.cells(agree))


@pytest.fixture
def place(db: None) -> Iterator[places.Place]:
    with transaction.atomic():
        yield places.built()


def test_one_wrong_value_in_the_table_is_found_out(place: places.Place) -> None:
    """The same tries as of the whole matrix, of one row: right as it is written, wrong with one value changed."""
    [desk] = [route for route in ROUTES if route.name == "desk"]
    wrong = altered("pages of a negotiation", "desk", "GET HEAD", "observer", to=200)
    assert faults(TABLE, desk, place) == []
    assert faults(wrong, desk, place) == [
        "GET desk as observer: 404, not 200",
        "HEAD desk as observer: 404, not 200",
    ]


def faults(table: Table, route: Route, place: places.Place) -> list[str]:
    with as_if_not():
        trying = Try(table, place)
        return [fault for cell, expected in table.cells(route) for fault in trying.faults(cell, expected)]
