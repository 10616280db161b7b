"""Rows as plain columns, the way an event keeps them.

A long text has hundreds of thousands of rows; model instances would take longer to make and to take apart again than
PostgreSQL to store them.
"""

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db.models import Model

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""By table, each row by column."""

_AT_ONCE = 4096
"""As many as the twelve bits between time and chance count."""


def new_ids() -> Iterator[str]:
    """UUIDs as text that grow in the order they are asked for (version 7, RFC 9562, 6.2 method 1), many at a time.

    A long text needs hundreds of thousands: where they grow, PostgreSQL adds to the end of its indexes.
    """
    milliseconds = time.time_ns() // 1_000_000
    while True:
        digits = os.urandom(8 * _AT_ONCE).hex()
        time_part = f"{milliseconds >> 16:08x}-{milliseconds & 0xFFFF:04x}"
        for number in range(_AT_ONCE):
            random = digits[16 * number : 16 * number + 16]
            variant = "89ab"[int(random[0], 16) & 3]
            yield f"{time_part}-7{number:03x}-{variant}{random[1:4]}-{random[4:]}"
        milliseconds += 1


@contextmanager
def without_collecting() -> Iterator[None]:
    """The rows of a text are many and hold no cycle: the collector of cycles would walk all of them again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@cache
def blank(model: type[Model]) -> Row:
    """A row of the model with every column at its default: what is not said of it."""
    return {str(one.column): one.get_default() for one in model._meta.concrete_fields}
