"""The walls around the process that reads a stranger's file: limits of the system, and doors that are shut for good."""

import resource
import sys
from typing import Any

from documents.reading.seccomp import close_calls

_FILES_OPEN = 64
_SHUT = ("open", "os.", "socket.", "subprocess.", "ctypes.dlopen", "shutil.", "tempfile.", "pty.")


def set_limits(*, cpu_seconds: int, megabytes: int) -> None:
    """No more memory and time than this, no file written, no core left behind. There is no way back."""
    memory = megabytes * 1024 * 1024
    _limit(resource.RLIMIT_AS, memory, memory)
    _limit(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1)  # the first is told by a signal of its own
    _limit(resource.RLIMIT_NOFILE, _FILES_OPEN, _FILES_OPEN)
    _limit(resource.RLIMIT_FSIZE, 0, 0)
    _limit(resource.RLIMIT_CORE, 0, 0)


def _limit(what: int, soft: int, hard: int) -> None:
    _, most = resource.getrlimit(what)
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(what, (soft, hard))


def shut_doors() -> bool:
    """No file is opened, no connection made and no process started from here on. Everything needed must be loaded.

    Python's own calls are refused everywhere; True if the system refuses those of libraries as well.
    """
    filtered = close_calls()
    sys.addaudithook(_refuse)
    return filtered


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(_SHUT):
        raise PermissionError(event)
