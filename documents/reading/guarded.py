"""Files read in a process of their own, so that a hostile one harms nobody: limited in time and memory, without network,
files or other processes (``walls.py``), told nothing of the product, and believed nothing (``taken.from_json``)."""

import contextlib
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from documents.reading.child import OUT_OF_MEMORY
from documents.reading.kinds import KINDS, kind_of
from documents.reading.refusal import NotText, gettext_noop
from documents.reading.taken import Taken, from_json
from documents.reading.text import LARGEST

SECONDS, MEGABYTES = 10, 512
_LONGEST_ANSWER = 64 * 1024 * 1024  # bytes
_CHUNK = 1024 * 1024
_ROOT = Path(__file__).resolve().parent.parent.parent
_PYTHON = (sys.executable, "-I", "-B", "-X", "utf8", "-W", "ignore")
_START = "import sys; sys.path.append(sys.argv[1]); from documents.reading.child import main; main(*sys.argv[2:])"

_PATIENCE = 3
_TOO_LONG = gettext_noop("it takes longer than %(seconds)s seconds to read; it is too large or damaged")
_TOO_LARGE = gettext_noop("it takes more than %(megabytes)s MB of memory to read; it is too large or damaged")
_TOO_MUCH = gettext_noop("it holds more text than can be read at once")
_STOPPED = gettext_noop("the reader stopped on it; it is damaged")

_logger = logging.getLogger(__name__)


def take_guarded(data: bytes, name: str, *, seconds: int = SECONDS, megabytes: int = MEGABYTES) -> Taken:
    """Take the text out of a file's bytes, in a process of its own; ``counts`` is filled in. Raises NotText.

    ``seconds`` bounds what the process computes; it is waited for three times as long, since a busy machine gives it no
    core at once. ``megabytes`` bounds its address space.
    """
    with ReadingChild([_admitted(data)], seconds=seconds, megabytes=megabytes) as child:
        return child.take(data, name)


def _admitted(data: bytes) -> str:
    """The kind of a file that is worth starting a process for. Raises NotText."""
    if len(data) > LARGEST:
        raise NotText(gettext_noop("it is larger than 10 MiB"))
    return kind_of(data)


class ReadingChild:
    """A child process that reads files one after another, up to the first that it does not survive.

    ``peak`` is the most memory in bytes that it has had so far, ``filtered`` whether the system refuses its calls; both as
    of its last answer.
    """

    def __init__(
        self, kinds: Collection[str] = KINDS, *, seconds: int = SECONDS, megabytes: int = MEGABYTES, files: int = 1
    ) -> None:
        self.seconds, self.megabytes = seconds, megabytes
        self.peak, self.filtered = 0, False
        self._process = subprocess.Popen(
            [*_PYTHON, "-c", _START, str(_ROOT), ",".join(kinds), str(seconds * files), str(megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's complaints quote the file
            bufsize=0,
            cwd="/",
            env={"LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def take(self, data: bytes, name: str) -> Taken:
        """Take the text out of a file's bytes. Raises NotText; where the child did not survive the file, it has ended."""
        _admitted(data)
        request = json.dumps({"name": name[-200:], "bytes": len(data)}).encode() + b"\n" + data
        answer = self._asked(request)
        try:
            values = json.loads(answer)
            self._note(values)
            if "taken" in values:
                return from_json(values["taken"])
            refused = _refusal(values["refused"], values["facts"])
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            self._end()
            raise NotText(_STOPPED) from None
        raise refused

    def _note(self, values: dict[str, Any]) -> None:
        self.peak, self.filtered = int(values["peak"]), bool(values["filtered"])
        if not self.filtered and sys.platform == "linux":
            _logger.warning("The system does not filter the calls of the process that reads files.")

    def _asked(self, request: bytes) -> bytes:
        """The answer, one line. Raises NotText, and ends the child, if there is none in time or it is too long."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        until = time.monotonic() + _PATIENCE * self.seconds
        try:
            _send(self._process.stdin.fileno(), request, until)
            return _line(self._process.stdout.fileno(), until)
        except TimeoutError:
            self._end()
            raise NotText(_TOO_LONG, seconds=self.seconds) from None
        except OverflowError:
            self._end()
            raise NotText(_TOO_MUCH) from None
        except EOFError:
            raise self._why_it_ended(until) from None

    def _why_it_ended(self, until: float) -> NotText:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.1, until - time.monotonic()))
        ended = self._process.poll()
        self._end()
        if ended in (OUT_OF_MEMORY, -signal.SIGKILL):  # which the system sends where memory is short
            return NotText(_TOO_LARGE, megabytes=self.megabytes)
        if ended == -signal.SIGXCPU:
            return NotText(_TOO_LONG, seconds=self.seconds)
        return NotText(_STOPPED)

    def _end(self) -> None:
        """Kill the child with whatever it started, and wait for it."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


def _refusal(reason: object, facts: object) -> NotText:
    """What the child says, if that can be said: one printable line. Raises ValueError, KeyError or TypeError."""
    if not isinstance(reason, str) or not isinstance(facts, dict):
        raise TypeError("a refusal")
    said = reason % facts if facts else reason
    if len(said) > 300 or not said.isprintable() or any(not isinstance(fact, str | int) for fact in facts.values()):
        raise ValueError("a refusal")
    return NotText(reason, **facts)


def _send(pipe: int, data: bytes, until: float) -> None:
    """Write all of it. Raises TimeoutError; a child that has ended is no fault here, its answer is missing later."""
    os.set_blocking(pipe, False)
    rest = memoryview(data)
    with selectors.DefaultSelector() as waiting, contextlib.suppress(BrokenPipeError):
        waiting.register(pipe, selectors.EVENT_WRITE)
        while rest:
            _wait(waiting, until)
            rest = rest[os.write(pipe, rest[:_CHUNK]) :]


def _line(pipe: int, until: float) -> bytes:
    """Read up to the end of a line. Raises TimeoutError, EOFError, or OverflowError where the line is too long."""
    parts: list[bytes] = []
    length = 0
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while not parts or not parts[-1].endswith(b"\n"):
            _wait(waiting, until)
            parts.append(os.read(pipe, _CHUNK))
            length += len(parts[-1])
            if not parts[-1]:
                raise EOFError
            if length > _LONGEST_ANSWER:
                raise OverflowError
    return b"".join(parts)


def _wait(waiting: selectors.BaseSelector, until: float) -> None:
    if (left := until - time.monotonic()) <= 0 or not waiting.select(left):
        raise TimeoutError
