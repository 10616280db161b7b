"""``manage.py parse_podium FILE [--json] [--codes LIST]``: what a file says, without touching any database."""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from django.core.management.base import BaseCommand, CommandParser

from documents.notation.contents import Package, all_markers
from documents.notation.package import read_package
from documents.notation.podium import to_podium_json
from documents.reading.guarded import take_guarded
from documents.reading.kinds import kind_of
from documents.reading.taken import Taken, take
from documents.reading.text import LARGEST, NotText, decode_text

_Said = TypeVar("_Said")
UNREADABLE = 2  # exit code, contract podium/1


class Command(BaseCommand):
    help = "Read a negotiating text and print what was understood: a report, or one podium/1 object with --json."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the file to read: text, .docx or PDF")
        parser.add_argument("--json", action="store_true", help="print one podium/1 object and nothing else")
        parser.add_argument(
            "--codes", metavar="LIST", help="a file of known delegation codes, one a line; others are reported"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        data, taken = _read(options["file"], _taken)
        known = _read(options["codes"], _codes)[1] if options["codes"] else None
        package = read_package(taken.source, shown=taken.shown, known_codes=known)
        if options["json"]:
            _print(_json(package, os.path.basename(options["file"]), data))
        else:
            _print("\n".join(_report(options["file"], package)))


def _taken(data: bytes, path: str) -> Taken:
    """A text harms nobody and is read here; what a library has to unpack is read in a process of its own."""
    return (take if kind_of(data) == "text" else take_guarded)(data, os.path.basename(path))


def _codes(data: bytes, _: str) -> list[str]:
    return [code.strip() for code in decode_text(data).split("\n")]


def _read(path: str, reader: Callable[[bytes, str], _Said]) -> tuple[bytes, _Said]:
    """The bytes of a file and what they say. Ends the command with one line on stderr where they say nothing."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)  # one byte more is enough to know
        return data, reader(data, path)
    except NotText as fault:
        _give_up(path, str(fault))
    except OSError as fault:
        _give_up(path, f"it cannot be read: {(fault.strerror or 'no reason given').lower()}")
    except ValueError:
        _give_up(path.replace("\0", "?"), "it is no name of a file")


def _give_up(path: str, reason: str) -> NoReturn:
    shown = " ".join(path.split()).encode("utf-8", "replace").decode()
    sys.stderr.write(f"parse_podium: {shown}: {reason}\n")
    raise SystemExit(UNREADABLE)


def _print(text: str) -> None:
    """Standard output in UTF-8, whatever the terminal says; a reader that has seen enough is no fault."""
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more at its end; that must find a place that takes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _json(package: Package, name: str, data: bytes) -> str:
    return json.dumps(to_podium_json(package, name=name, data=data), ensure_ascii=False, indent=1)


def _report(path: str, package: Package) -> Iterator[str]:
    """Counts for each document, then what is odd, one line each in the form that editors jump by."""
    count = len(package.documents)
    letter = ", after a letter" if package.letter else ""
    yield f"{path}: {count} {'document' if count == 1 else 'documents'}{letter}"
    for number, document in enumerate(package.documents, start=1):
        spans = sum(len(paragraph.reading.spans) for paragraph in document.paragraphs)
        stances = Counter(
            marker.stance for paragraph in document.paragraphs for marker in all_markers(paragraph.reading)
        )
        said = ", ".join(f"{stances[stance]} {stance}" for stance in sorted(stances)) or "none"
        yield f"  {number}. {document.title or '(no title)'}"
        yield f"     {len(document.paragraphs)} paragraphs, {spans} brackets, markers: {said}"
    for found in package.diagnostics:
        yield f"{path}:{found.line}:{found.column}: {found.severity} {found.code}: {found.message}"
