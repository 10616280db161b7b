"""Keep what was started running: start again what ends, more patiently each time, and stop everything at the end."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from config.embedded import processes
from config.embedded.processes import Process

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds between the end of something and its next start; doubled each time."""
STEADY = 60.0
"""Seconds after which something that runs is taken to be well, and its next end to be the first."""
LOOK = 1.0
"""Seconds between two looks."""
LONGEST_LOG = 2 * 1024 * 1024
"""Bytes; a longer log is put aside at the next start."""


def say(words: str) -> None:
    """Tell whoever started us. A terminal that was closed hears nothing, which must not keep us from stopping."""
    try:
        print(words, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is still in the buffer


class Watched(Protocol):
    """An embedded server or a part of the product."""

    name: str

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def is_running(self) -> bool: ...


@dataclass(slots=True)
class Part:
    """One process of the product: web, worker or beat. What it says goes to a log."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    log: Path
    child: "subprocess.Popen[bytes] | None" = None
    _known: list[Process] = field(default_factory=list)

    def start(self) -> None:
        """Start the process in a session of its own: Ctrl-C at the terminal is for the runner alone."""
        # A process that was killed leaves its children, and those of the web server would go on answering at its port.
        processes.stop(self.family(), patience=1)
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def is_running(self) -> bool:
        return self.child is not None and self.child.poll() is None

    def stop(self) -> None:
        """Let the process finish what it is at, then end it and all that it started."""
        family = self.family()
        processes.stop(family[:1], patience=8)
        processes.stop(family, patience=1)
        if self.child is not None:
            self.child.wait()

    def family(self) -> list[Process]:
        """The process and all that it started, those too whose parent has been killed meanwhile: they have none by
        which to find them, so whoever was seen once is kept in mind for as long as it runs.
        """
        leader = processes.seen(self.name, self.child.pid) if self.child else None
        found = processes.with_descendants(leader) if leader else []
        orphans = [one for one in self._known if one not in found and processes.is_running(one)]
        self._known = [*found, *orphans]
        return self._known

    def last_words(self) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-12:])


@dataclass(slots=True)
class _Turn:
    what: Watched
    since: float
    ends: int = -1
    due: float | None = None


@dataclass(slots=True)
class Watch:
    """Everything this run has started, in the order of its start. `notes` is where a later run finds what is left of it."""

    notes: Path
    turns: list[_Turn] = field(default_factory=list)
    _noted: Sequence[Process] = ()

    def start(self, what: Watched) -> None:
        """Start something and watch it from now on. Raises what its start raises; `stop` clears away after it."""
        self.turns.append(_Turn(what, time.monotonic()))
        what.start()
        self.note()

    def look(self) -> None:
        """Start again what has ended and is due. Says so."""
        for turn in self.turns:
            now = time.monotonic()
            if turn.due is None and not turn.what.is_running():
                turn.ends = 0 if now - turn.since > STEADY else turn.ends + 1
                pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**turn.ends)
                turn.due = now + pause
                say(f"{turn.what.name} has ended; starting it again in {pause:.0f} s.")
            elif turn.due is not None and now >= turn.due:
                turn.due, turn.since = None, now
                self._start_again(turn.what)
        self.note()

    def note(self, *passing: Process) -> None:
        """Write down which processes are ours, and those that end by themselves (`passing`): whoever finds this run
        killed can stop what it left.
        """
        parts = [turn.what for turn in self.turns if isinstance(turn.what, Part)]
        ours = [*passing, *(process for part in parts for process in part.family())]
        if ours != self._noted:
            self._noted = ours
            processes.remember(self.notes, ours)

    def stop(self) -> None:
        """Stop everything, last started first: the parts still need the servers to finish what they are at.

        A stop that fails keeps none of the others from being stopped.
        """
        with ExitStack() as stops:
            for turn in self.turns:
                stops.callback(turn.what.stop)
        self.notes.unlink(missing_ok=True)

    @staticmethod
    def _start_again(what: Watched) -> None:
        try:
            what.start()
        except (OSError, RuntimeError) as fault:
            say(f"{what.name} did not start: {fault}")


def stop_leftovers(notes: Path) -> int:
    """Stop what a killed run left behind; answer how many processes that were."""
    left = _with_families(processes.remembered(notes))
    processes.stop(left, patience=5)
    notes.unlink(missing_ok=True)
    return len(left)


def _with_families(found: Iterable[Process]) -> list[Process]:
    own = os.getpid()
    everyone = {one.pid: one for process in found for one in processes.with_descendants(process)}
    return [one for pid, one in everyone.items() if pid != own]
