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
from documents.rendering.language import count, speaking
from documents.rendering.legend import legend
from documents.rendering.letterhead import letterhead
from documents.rendering.printed import AGREED, PrintedDocument, PrintedParagraph, that_print

STANDARDS = ["a-2a", "ua-1"]
LONGEST_WORD = 48
"""Characters after which a word without a break may be parted: about half a line; no word of a language is longer."""

_DASH = re.compile(r"[-‐‑–—−]")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_LONG = re.compile(rf"[^\s]{{{LONGEST_WORD + 1},}}")
_CONTROLS = dict.fromkeys((*range(9), *range(14, 32), *range(127, 133), *range(134, 160)))
_SPACES = dict.fromkeys((9, 10, 11, 12, 13, 133, 8232, 8233), " ")
_ON_PAPER = str.maketrans(_CONTROLS | _SPACES)

_one_at_a_time = threading.Lock()


def render(printed: PrintedDocument) -> bytes:
    """The version as a PDF. A character that no font draws costs the file its PDF/A and PDF/UA marks, and says so."""
    with speaking(printed.language):
        sheet = _sheet(printed)
        # Fixed by the version itself: the clock of the machine must not get into the file.
        made = int(datetime.combine(printed.as_of, time(), UTC).timestamp())
        try:
            return _typeset(sheet, made, STANDARDS)
        except typst.TypstError:
            # Both standards refuse a character without a letterform. The word is kept (it can be searched and copied)
            # and the reader is told, rather than the word being left out or the version having no PDF at all.
            sheet["notices"] = [
                _(
                    "Some characters of this text have no letterform in this file's fonts and show as empty boxes. "
                    "The text and HTML files of this version show them."
                )
            ]
            return _typeset(sheet, made, [])


@cache
def _compiler() -> typst.Compiler:
    """One for each process: it keeps what it has laid out, so the next version costs a fraction of the first."""
    return typst.Compiler(ignore_system_fonts=True)


@cache
def _template() -> bytes:
    return resources.files("documents.rendering").joinpath("podium.typ").read_bytes()


def _typeset(sheet: dict[str, Any], made: int, standards: list[Any]) -> bytes:
    with _one_at_a_time:  # a compiler serves one thread at a time
        body = _compiler().compile(
            input=_template(),
            format="pdf",
            sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
            pdf_standards=standards,
            timestamp=made,
        )
    if not isinstance(body, bytes):
        raise TypeError("typst answers bytes for a PDF")
    return body


def _sheet(printed: PrintedDocument) -> dict[str, Any]:
    """All that the template prints, in the language now spoken."""
    head = letterhead(printed)
    version = _("Podium version %(number)s · seq %(seq)s") % {"number": printed.number, "seq": count(printed.seq)}
    title = _on_paper(printed.title).strip() or version
    return {
        "title": title,
        "author": _on_paper(printed.organisation).strip(),
        "language": _language(printed.language),
        "organisation": [_on_paper(line) for line in head.organisation],
        "reference": [_on_paper(line) for line in head.reference],
        "chair": [_on_paper(line) for line in head.chair],
        "status": _on_paper(printed.status_line).strip(),
        "paragraphs": [_paragraph(paragraph) for paragraph in that_print(printed)],
        "legend_title": _("How to read this text"),
        "legend": [{"sample": entry.sample, "meaning": entry.meaning, "bold": entry.bold} for entry in legend(printed)],
        "notices": [],
        "foot": {
            "title": _shortened(title),
            "version": version,
            "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        },
    }


def _paragraph(paragraph: PrintedParagraph) -> dict[str, Any]:
    return {
        "kind": paragraph.kind,
        "agreed": paragraph.state in AGREED,
        "language": _language(paragraph.language),
        "runs": _joined(run for piece in paragraph.pieces for run in _runs(piece)),
    }


Run = str | list[str]
"""A string; ``["…"]`` where the line must not end within it; ``[]`` for a place where it may."""


def _runs(piece: Piece) -> Iterator[Run]:
    words = _on_paper(piece.text)
    if piece.kind != "marker":
        yield from _breakable(words)
        return
    for at, word in enumerate(words.split(" ")):
        if at:
            yield " "
        # "(-" at the end of a line and "RUS)" on the next is how the notation goes wrong on paper.
        if _DASH.search(word) and len(word) <= LONGEST_WORD:
            yield [word]
        else:
            yield from _breakable(word)


def _breakable(words: str) -> Iterator[Run]:
    """The words, with places to break a line in what would run over the margin."""
    end = 0
    for long in _LONG.finditer(words):
        yield words[end : long.start()]
        end = long.start()
        for at in range(end + LONGEST_WORD, long.end(), LONGEST_WORD):
            while at < long.end() and unicodedata.category(words[at]) in ("Mn", "Me", "Cf"):
                at += 1  # an accent stays with its letter
            if at > end:
                yield words[end:at]
                yield []
                end = at
    yield words[end:]


def _joined(runs: Iterator[Run]) -> list[Run]:
    result: list[Run] = []
    for run in runs:
        if isinstance(run, str) and result and isinstance(last := result[-1], str):
            result[-1] = last + run
        elif run != "":
            result.append(run)
    return result


def _on_paper(words: str) -> str:
    """The words without control characters, which no font draws, and with line ends as spaces."""
    return words.translate(_ON_PAPER)


def _language(tag: str) -> str:
    """The tag as typst takes it: a bare code of two or three letters; English where there is none."""
    code = tag.lower().partition("-")[0]
    return code if _LANGUAGE.fullmatch(code) else "en"


def _shortened(title: str, longest: int = 90) -> str:
    """The title for the foot of a page, where it must not take more than one line."""
    if len(title) <= longest:
        return title
    return title[:longest].rsplit(" ", 1)[0] + " …"
