"""Several people at the same moment, each on a database connection of their own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

WRITERS = 8


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Run ``act(0)`` … at the same moment on connections of their own; exceptions are results."""
    ready = threading.Barrier(count)

    def one(number: int) -> Any:
        try:
            ready.wait(timeout=10)
            return act(number)
        except Exception as fault:
            return fault
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
