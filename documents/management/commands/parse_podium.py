"""``manage.py parse_podium FILE [--json]``: what a file says, without touching any database."""

import json
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from documents.notation.package import Package, read_package
from documents.notation.podium import to_podium_json
from documents.reading.text import NotText, decode_text


class Command(BaseCommand):
    help = (
        "Read a negotiating text and print what was understood: a report, or podium/1 with --json. Exit 2: not a text."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--json", action="store_true", help="print one podium/1 object")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        try:
            data = Path(path).read_bytes()
            source = decode_text(data)
        except NotText as fault:
            _give_up(path, str(fault))
        except OSError as fault:
            _give_up(path, (fault.strerror or "it cannot be read").lower())
        package = read_package(source)
        try:
            if options["json"]:
                answer = to_podium_json(package, name=os.path.basename(path), data=data)
                sys.stdout.buffer.write(
                    json.dumps(answer, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass") + b"\n"
                )
            else:
                self.stdout.write(_report(path, package))
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever reads us has seen enough; nothing may be printed at exit either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _give_up(path: str, reason: str) -> NoReturn:
    sys.stderr.write(f"parse_podium: {path}: {reason}\n")
    raise SystemExit(2)


def _report(path: str, package: Package) -> str:
    out = [f"{path}: {len(package.documents)} document(s){', with a covering note' if package.letter else ''}"]
    for at, read in enumerate(package.documents, start=1):
        spans = sum(len(p.reading.spans) for p in read.paragraphs)
        out.append(f"  {at}. {read.title or 'without a title'}: {len(read.paragraphs)} paragraphs, {spans} brackets")
    out += [f"{path}:{d.line}:{d.column}: {d.severity} {d.code}: {d.message}" for d in package.diagnostics]
    return "\n".join(out)
