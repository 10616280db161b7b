"""The process in which a stranger's file is read: what it is asked comes in by standard input, answers go to standard output.

A request is one line of JSON, ``{"name": …, "bytes": …}``, and that many bytes; an answer is one line of JSON: ``taken``
or ``refused``, each with ``peak``, the most memory in bytes that the process has had, and ``filtered``, whether the system
refuses calls. Anything else that goes wrong is an exit code. It knows nothing of Django, of settings or of a database.
"""

import codecs
import importlib
import json
import os
import resource
import sys
from typing import Any, BinaryIO, NoReturn

from documents.reading.refusal import NotText
from documents.reading.taken import on_trial, take, to_json
from documents.reading.walls import set_limits, shut_doors

OUT_OF_MEMORY, STOPPED = 71, 70
"""Exit codes: more memory was needed than there may be; a reader met what it was not made for."""

_READERS = {"docx": "documents.reading.docx", "pdf": "documents.reading.pdf"}
_CODECS = ("utf-8", "utf-16-le", "utf-16-be", "cp437", "latin-1", "ascii", "unicode_escape")
_LATE = ("heapq",)  # what the standard library imports where it is first needed
_FIRST_WORDS = b"OP1. Boats [and oars] (+EVR) are lent.\n\nOP2. Oars are mended. (EVR tcb)\n"
_MEMORY = "/proc/self/status"


def main(kinds: str, cpu_seconds: str, megabytes: str) -> NoReturn:
    """Answer requests about files of these kinds (parted by commas) until there are no more."""
    try:
        set_limits(cpu_seconds=int(cpu_seconds), megabytes=int(megabytes))
        _load(kinds.split(","))
        memory = os.open(_MEMORY, os.O_RDONLY) if os.path.exists(_MEMORY) else None
        filtered = shut_doors()
        while (request := sys.stdin.buffer.readline(100_000)) and (answer := _answer(request, sys.stdin.buffer)):
            answer |= {"peak": _peak(memory), "filtered": filtered}
            sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
            sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BaseException:
        # What went wrong may quote the file; that belongs in no log.
        os._exit(STOPPED)
    os._exit(0)


def _load(kinds: list[str]) -> None:
    """Load what a reader of these kinds would load at its first use: later there is no opening files."""
    for name in _CODECS:
        codecs.lookup(name)
    for name in (*_LATE, *(_READERS[kind] for kind in kinds if kind in _READERS)):
        importlib.import_module(name)
    on_trial(take(_FIRST_WORDS, ""))


def _answer(request: bytes, files: BinaryIO) -> dict[str, Any]:
    asked = json.loads(request)
    data = files.read(asked["bytes"])
    try:
        return {"taken": to_json(on_trial(take(data, asked["name"])))}
    except NotText as refused:
        return {"refused": refused.reason, "facts": refused.facts}


def _peak(memory: int | None) -> int:
    """The most memory that this process has had. What the system counts for a child takes its parent in, so /proc is asked."""
    if memory is not None:
        for line in os.pread(memory, 8192, 0).splitlines():
            if line.startswith(b"VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
