"""Django's PostgreSQL backend, up to the first connection."""

from typing import Any, NoReturn

from django.db import OperationalError
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Says in words, at the first use, that nobody named a database."""

    def get_connection_params(self) -> dict[str, Any]:
        _refuse()

    def get_database_version(self) -> tuple[int, ...]:
        _refuse()


def _refuse() -> NoReturn:
    raise OperationalError(
        "No database is known. Set DATABASE_URL to postgresql://user:password@host:port/database, "
        "or start 'make run', which brings a PostgreSQL of its own."
    )
