"""Querysets composed once: for what every act asks, Django takes longer to compose the statement than PostgreSQL to answer."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def rows(queryset: Callable[..., QuerySet[M]], *ids: UUID | int) -> list[M]:
    """The rows of ``queryset(*ids)``, whose statement is composed at the first call and used again for other ids.

    The function is of module level, takes nothing but ids and uses each of them; related rows are not joined in.
    """
    model, statement, places = _composed(queryset, tuple(map(type, ids)))
    filled = [value if at is None else ids[at] for value, at in places]
    return list(model._default_manager.raw(statement, filled))


@cache
def _composed(
    queryset: Callable[..., QuerySet[M]], kinds: tuple[type, ...]
) -> tuple[type[M], str, list[tuple[object, int | None]]]:
    """The statement with its parameters: a value of its own each, or the number of the id that stands there."""
    stand_ins = [uuid4() if kind is UUID else uuid4().int >> 98 for kind in kinds]
    composed = queryset(*stand_ins)
    statement, values = composed.query.get_compiler(connection=connection).as_sql()
    places = [(value, stand_ins.index(value) if value in stand_ins else None) for value in values]
    assert {at for _, at in places} >= set(range(len(kinds))), "every id stands somewhere in the statement"
    return composed.model, statement, places
