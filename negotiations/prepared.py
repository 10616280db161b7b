"""Querysets composed once: for what every act and every frame asks, Django takes longer to compose the statement than
PostgreSQL to answer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
Id = UUID | int | str

FEW = 8
"""So many ids are worth a statement that is kept; with more the composing is the smaller part of the work."""


def rows(queryset: Callable[..., QuerySet[M]], *ids: Id) -> list[M]:
    """The rows of ``queryset(*ids)``, whose statement is composed at the first call and used again for other ids.

    The function is of module level, takes nothing but ids and uses each of them; what it joins in by
    ``select_related`` comes with the rows.
    """
    if len(ids) > FEW:
        return list(queryset(*ids))
    return list(_composed(queryset, tuple(map(type, ids))).instances(ids))


def values(queryset: Callable[..., QuerySet[Any, Any]], *ids: Id) -> list[tuple[Any, ...]]:
    """The same for a queryset of ``values_list``."""
    return list(_composed(queryset, tuple(map(type, ids))).tuples(ids))


@dataclass(frozen=True, slots=True)
class _Composed:
    """A statement, its parameters (a value of its own each, or the number of the id that stands there), and the
    compiler that made it, which knows what the columns of the answer mean."""

    statement: str
    places: list[tuple[object, int | None]]
    compiler: SQLCompiler

    def tuples(self, ids: Sequence[Id]) -> Iterable[Any]:
        filled: list[Any] = [value if at is None else ids[at] for value, at in self.places]
        with connection.cursor() as cursor:
            cursor.execute(self.statement, filled)
            found = cursor.fetchall()
        return self.compiler.results_iter([found], tuple_expected=True)

    def instances(self, ids: Sequence[Id]) -> Iterator[Any]:
        # As Django's own ModelIterable does it, for querysets without annotations.
        select, about = self.compiler.select, self.compiler.klass_info
        assert select is not None
        assert about is not None, "values() gives what values_list asks for"
        assert not self.compiler.annotation_col_map, "annotations would be lost"
        first, end = about["select_fields"][0], about["select_fields"][-1] + 1
        names = [column.target.attname for column, *_ in select[first:end]]
        joined = get_related_populators(about, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs are of Django 6
        for row in self.tuples(ids):
            instance = about["model"].from_db(DEFAULT_DB_ALIAS, names, row[first:end])
            for related in joined:
                related.populate(row, instance)
            yield instance


@cache
def _composed(queryset: Callable[..., QuerySet[Any, Any]], kinds: tuple[type, ...]) -> _Composed:
    stand_ins = [_stand_in(kind) for kind in kinds]
    compiler = queryset(*stand_ins).query.get_compiler(connection=connection)
    statement, parameters = compiler.as_sql()
    places = [(value, stand_ins.index(value) if value in stand_ins else None) for value in parameters]
    assert {at for _, at in places} >= set(range(len(kinds))), "every id stands somewhere in the statement"
    return _Composed(statement, places, compiler)


def _stand_in(kind: type) -> Id:
    if kind is UUID:
        return uuid4()
    return uuid4().hex if kind is str else uuid4().int >> 98
