"""The podium version on A4, by typst: PDF/A-2a and PDF/UA-1, tagged, the same bytes every time.

The wording reaches the typesetter as JSON data, never as markup, so no text can reach into the layout.
"""

import json
import re
import threading
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import cache
from importlib import resources
from typing import Any

import typst
from django.utils.translation import gettext as _

from documents.notation.write import Piece
from documents.rendering.language import speaking
from documents.rendering.legend import legend
from documents.rendering.letterhead import letterhead
from documents.rendering.paper import on_paper, page_of_pages, shortened, version_line
from documents.rendering.printed import AGREED, PrintedDocument, PrintedParagraph, that_print

STANDARDS: list[Any] = ["a-2a", "ua-1"]
LONGEST_WORD = 48
"""Characters after which a word without a break may be parted: about half a line; no word of a language is longer."""
LONGEST_IN_HEAD = 28
"""The same for titles, which are set larger, and for header lines, whose columns are narrower."""

_DASH = re.compile(r"[-‐‑–—−]")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_WORD = re.compile(r"[^\s‐–—-]+")

# How typst names a cluster of characters that the font does not have.
_UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")

_one_at_a_time = threading.Lock()


def render(printed: PrintedDocument) -> bytes:
    """The version as a PDF. A character that no font here draws is printed as its number, and the reader is told."""
    with speaking(printed.language):
        sheet = _sheet(printed)
        # Fixed by the version itself: the clock of the machine must not get into the file.
        made = int(datetime.combine(printed.as_of, time(), UTC).timestamp())
        try:
            return _typeset(_written(sheet), made, STANDARDS)
        except typst.TypstError as fault:
            # Both standards refuse such a character, and an empty box would lose the word to whoever copies it.
            missing = _without_letterform(fault.diagnostic)
            sheet["notices"] = [
                _(
                    "Some characters of this text have no letterform in the fonts of this file; each is printed as its "
                    "number in Unicode, as in %(sample)s. The text and HTML files of this version show them."
                )
                % {"sample": _number(min(missing, default="\ufffd"))}
            ]
            return _typeset(_written(sheet).translate({ord(sign): _number(sign) for sign in missing}), made, STANDARDS)


def _written(sheet: dict[str, Any]) -> str:
    return json.dumps(sheet, ensure_ascii=False)


def _without_letterform(diagnostic: str) -> set[str]:
    """The characters of which typst complains. What is ASCII is always drawn, and is the syntax of the sheet."""
    named = "".join(_UNDRAWN.findall(diagnostic))
    return {sign for sign in _ESCAPED.sub(lambda found: chr(int(found[1], 16)), named) if not sign.isascii()}


def _number(sign: str) -> str:
    return f"‹U+{ord(sign):04X}›\u200b"  # the line may end behind it


@cache
def _compiler() -> typst.Compiler:
    """One for each process: it keeps what it has laid out, so the next version costs a fraction of the first."""
    return typst.Compiler(ignore_system_fonts=True)


@cache
def _template() -> bytes:
    return resources.files("documents.rendering").joinpath("podium.typ").read_bytes()


def _typeset(sheet: str, made: int, standards: list[Any]) -> bytes:
    with _one_at_a_time:  # a compiler serves one thread at a time
        body = _compiler().compile(
            input=_template(),
            format="pdf",
            sys_inputs={"sheet": sheet},
            pdf_standards=standards,
            timestamp=made,
        )
    if not isinstance(body, bytes):
        raise TypeError("typst answers bytes for a PDF")
    return body


def _sheet(printed: PrintedDocument) -> dict[str, Any]:
    """All that the template prints, in the language now spoken."""
    head = letterhead(printed)
    version = version_line(printed)
    title = on_paper(printed.title).strip() or version
    return {
        "title": title,
        "heading": _breakable(title, LONGEST_IN_HEAD),
        "author": on_paper(printed.organisation).strip(),
        "language": _language(printed.language),
        "organisation": [_head_line(line) for line in head.organisation],
        "reference": [_head_line(line) for line in head.reference],
        "chair": [_head_line(line) for line in head.chair],
        "status": _head_line(printed.status_line.strip()),
        "paragraphs": [_paragraph(paragraph) for paragraph in that_print(printed)],
        "legend_title": _("How to read this text"),
        "legend": [{"sample": entry.sample, "meaning": entry.meaning, "bold": entry.bold} for entry in legend(printed)],
        "notices": [],
        "foot": {
            "title": _breakable(shortened(title), LONGEST_WORD),
            "version": version,
            "page": page_of_pages(),
        },
    }


Run = str | list[str]
"""A string; ``["…"]`` where the line must not end within it; ``[]`` for a place where it may."""


def _paragraph(paragraph: PrintedParagraph) -> dict[str, Any]:
    runs: list[Run] = []
    for run in _joined(run for piece in paragraph.pieces for run in _runs(piece)):
        runs.extend(_breakable(run, LONGEST_WORD) if isinstance(run, str) else [run])
    return {
        "kind": paragraph.kind,
        "agreed": paragraph.state in AGREED,
        "language": _language(paragraph.language),
        "runs": runs,
    }


def _head_line(line: str) -> list[Run]:
    return _breakable(on_paper(line), LONGEST_IN_HEAD)


def _runs(piece: Piece) -> Iterator[Run]:
    words = on_paper(piece.text)
    if piece.kind != "marker":
        yield words
        return
    for at, word in enumerate(words.split(" ")):
        if at:
            yield " "
        # "(-" at the end of a line and "RUS)" on the next is how the notation goes wrong on paper.
        yield [word] if _DASH.search(word) and len(word) <= LONGEST_WORD else word


def _joined(runs: Iterator[Run]) -> list[Run]:
    """The runs with neighbouring strings made one, so that a word is seen whole over the signs within it."""
    result: list[Run] = []
    for run in runs:
        if isinstance(run, str) and result and isinstance(last := result[-1], str):
            result[-1] = last + run
        elif run != "":
            result.append(run)
    return result


def _breakable(words: str, longest: int) -> list[Run]:
    """The words, with places to end a line in those that are longer than ``longest`` and would leave the page."""
    result: list[Run] = []
    start = 0
    for word in _WORD.finditer(words):
        if word.end() - word.start() <= longest:
            continue
        for at in range(word.start() + longest, word.end(), longest):
            while at < word.end() and unicodedata.category(words[at]) in ("Mn", "Me", "Cf"):
                at += 1  # an accent stays with its letter
            if start < at < word.end():
                result += [words[start:at], []]
                start = at
    return [*result, words[start:]] if words[start:] else result


def _language(tag: str) -> str:
    """The tag as typst takes it: a bare code of two or three letters; English where there is none."""
    code = tag.lower().partition("-")[0]
    return code if _LANGUAGE.fullmatch(code) else "en"
