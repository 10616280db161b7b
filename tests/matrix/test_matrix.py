"""Who may do and see what: every address by every method for every seat, as ``expected.yaml`` says it should be."""

import logging
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.urls import get_resolver
from pytest_django import DjangoDbBlocker

from tests.matrix import place as places
from tests.matrix.asking import prepare
from tests.matrix.checking import Try, as_if_not
from tests.matrix.routes import Route, routes
from tests.matrix.table import Table

pytestmark = pytest.mark.django_db

TABLE = Table.read()
ROUTES = list(routes(get_resolver().url_patterns))


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[places.Place]:
    """Built once and undone at the end; every cell is undone by itself."""
    said = logging.getLogger("django.request")
    level = said.level
    said.setLevel(logging.CRITICAL)  # a line for each of thousands of refusals helps nobody
    with django_db_blocker.unblock(), transaction.atomic():
        yield places.built()
        transaction.set_rollback(True)
    said.setLevel(level)


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.name in TABLE.rows()], ids=lambda route: route.name
)
def test_every_seat_gets_what_it_should(
    route: Route, place: places.Place, record_property: Callable[[str, object], None]
) -> None:
    with as_if_not():
        prepare(place, route.name)
        trying, cells = Try(TABLE, place), list(TABLE.cells(route))
        faults = [fault for cell, expected in cells for fault in trying.faults(cell, expected)]
    record_property("cells", len(cells))
    assert not faults, "\n".join([f"{len(faults)} of {len(cells)} cells of {route.name}:", *faults])
