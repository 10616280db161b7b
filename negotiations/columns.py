"""Rows as plain columns, the way an event keeps them.

A long text has hundreds of thousands of rows; model instances would take longer to make and to take apart again than
PostgreSQL to store them.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db.models import Model

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""By table, each row by column."""

_AT_ONCE = 256


def new_ids() -> Iterator[str]:
    """Random UUIDs (version 4) as text, made many at a time: a long text needs hundreds of thousands."""
    while True:
        digits = os.urandom(16 * _AT_ONCE).hex()
        for at in range(0, 32 * _AT_ONCE, 32):
            one = digits[at : at + 32]
            variant = "89ab"[int(one[16], 16) & 3]
            yield f"{one[:8]}-{one[8:12]}-4{one[13:16]}-{variant}{one[17:20]}-{one[20:]}"


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
