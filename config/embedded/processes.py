"""Processes that we started, named so that nobody else's is ever stopped: a pid counts only with its start time."""

import json
import os
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

SAME_START = 2.0
"""Seconds two readings of one start time may differ: it is reckoned from the clock, which may be set meanwhile."""


@dataclass(frozen=True, slots=True)
class Process:
    """One process of ours: what it does, its pid and when it started (seconds since 1970)."""

    name: str
    pid: int
    started: float


def seen(name: str, pid: int) -> Process | None:
    """The process that has this pid now, or None if there is none."""
    try:
        return Process(name, pid, psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return None


def is_running(process: Process) -> bool:
    """Whether this very process is alive. Neither a zombie nor a stranger with the same pid counts."""
    return _find(process) is not None


def with_descendants(process: Process) -> list[Process]:
    """The process and all that it started, itself first. Empty when it is gone."""
    found = _find(process)
    if found is None:
        return []
    try:
        children = found.children(recursive=True)
    except psutil.NoSuchProcess:
        return [process]
    return [process, *filter(None, (seen(process.name, child.pid) for child in children))]


def stop(processes: Iterable[Process], *, patience: float) -> None:
    """Ask each to end (SIGTERM), wait `patience` seconds for all of them, kill who is left. Returns when all are gone."""
    alive = [found for found in map(_find, processes) if found is not None]
    for found in alive:
        _signal(found, kill=False)
    left = wait_until_gone(alive, patience=patience)
    for found in left:
        _signal(found, kill=True)
    wait_until_gone(left, patience=10)


def wait_until_gone(processes: Sequence[psutil.Process], *, patience: float) -> Sequence[psutil.Process]:
    """Wait until all have ended; answer those that have not after `patience` seconds.

    A zombie has ended: where process 1 is no init, an orphan stays one for good.
    """
    deadline = time.monotonic() + patience
    while (left := [found for found in processes if _lives(found)]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


def remember(path: Path, processes: Iterable[Process]) -> None:
    """Write the processes down, so that a later run can stop them if this one is killed."""
    write_private(path, json.dumps([asdict(process) for process in processes]))


def remembered(path: Path) -> list[Process]:
    """The processes written down by `remember`. A missing or torn file holds none."""
    try:
        return [Process(**row) for row in json.loads(path.read_text())]
    except (FileNotFoundError, ValueError, TypeError):
        return []


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


def _find(process: Process) -> psutil.Process | None:
    try:
        found = psutil.Process(process.pid)
        same = abs(found.create_time() - process.started) < SAME_START
        return found if same and _lives(found) else None
    except psutil.NoSuchProcess:
        return None


def _lives(found: psutil.Process) -> bool:
    try:
        return found.is_running() and found.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _signal(found: psutil.Process, *, kill: bool) -> None:
    with suppress(psutil.NoSuchProcess):
        found.kill() if kill else found.terminate()
