"""One package of our own wording, written out as a text, as a Word file and as a PDF."""

import json
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from tests.reading import word

DESCRIPTION = Path(__file__).parents[1] / "golden" / "formats" / "mill-towns.txt"
HEADER = "MT/2026/DRAFT/7-9"
COLUMNS = 72
ROWS = 44  # of a page of the text file
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKS = re.compile(r"\*\*(?P<bold>.+?)\*\*|\^\[(?P<note>.+?)\]")


@dataclass(frozen=True)
class Run:
    """Words of one weight; ``note`` is the footnote that they call at their end. ``\\n`` ends a line on purpose."""

    words: str
    bold: bool = False
    note: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph: ``role`` is letter, begin (a document begins, without words), header, status, title, formula, h (a
    heading), p, i (an item) or s (a subitem)."""

    role: str
    runs: tuple[Run, ...] = ()

    @property
    def words(self) -> str:
        return "".join(run.words for run in self.runs)


def described() -> list[Block]:
    """The package as its description has it."""
    source = "".join(line for line in DESCRIPTION.read_text(encoding="utf-8").splitlines(True) if line[0] != "#")
    made = []
    for block in re.split(r"\n(?=\S)", source.strip()):
        role, _, words = block.partition(":")
        words = re.sub(r"\s*\n\s+", " ", words.strip()).replace("/ ", "\n").replace("~", "\xa0")
        made.append(Block(role.strip(), tuple(_runs(words))))
    return made


def _runs(words: str) -> Iterator[Run]:
    at = 0
    for found in _MARKS.finditer(words):
        plain = words[at : found.start()]
        if found["note"]:
            yield Run(plain, note=found["note"])
        else:
            if plain:
                yield Run(plain)
            yield Run(found["bold"], bold=True)
        at = found.end()
    if words[at:]:
        yield Run(words[at:])


# ---- a text file


def as_text(blocks: Iterable[Block]) -> bytes:
    """Wrapped at 72 columns; from the first document on with a running header and a number on each page."""
    pages: list[list[str]] = [[]]
    notes: list[str] = []
    number = 0
    for block in blocks:
        if block.role == "begin":
            _end_page(pages, notes)
            continue
        words = ""
        for run in block.runs:
            words += run.words
            if run.note:
                number += 1
                words += str(number).translate(SUPERSCRIPTS)
                notes.append(f"{str(number).translate(SUPERSCRIPTS)} {run.note}")
        for line in _wrapped(words):
            if len(pages[-1]) >= ROWS:
                _end_page(pages, notes)
            pages[-1].append(line)
        pages[-1].append("")
    _end_page(pages, notes)
    return "\f".join(_page(number, lines) for number, lines in enumerate(pages[:-1], start=1)).encode()


def _wrapped(words: str) -> list[str]:
    return [
        line
        for part in words.split("\n")
        for line in textwrap.wrap(part, COLUMNS, break_long_words=False, break_on_hyphens=False)
    ]


def _end_page(pages: list[list[str]], notes: list[str]) -> None:
    if notes:
        pages[-1] += [*_wrapped(" ".join(notes)), ""]
        notes.clear()
    pages.append([])


def _page(number: int, lines: list[str]) -> str:
    if number == 1:
        return "\n".join(lines) + "\n"
    begins = any(line.startswith(("PODIUM VERSION", "ПОДИУМНАЯ")) for line in lines)
    head = [] if begins else [HEADER, ""]
    return "\n".join([*head, *lines, *([""] if lines[-1] else []), str(number), ""])


# ---- a Word file

_SMALL = '<w:sz w:val="18"/>'
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'


def as_docx(blocks: Iterable[Block]) -> bytes:
    notes: list[str] = []
    body = []
    new_page = False
    for block in blocks:
        if block.role == "begin":
            new_page = True
            continue
        runs = "".join(_word_run(run, notes) for run in block.runs)
        breaks = "<w:pageBreakBefore/>" if new_page else ""
        centre = '<w:jc w:val="center"/>' if block.role in ("header", "status", "title", "h", "formula") else ""
        body.append(word.p(runs, pr=f'{breaks}<w:spacing w:after="120"/>{centre}'))
        new_page = False
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId_header1"/>'
        '<w:footerReference w:type="default" r:id="rId_footer1"/></w:sectPr>'
    )
    mark = f"<w:r>{_RAISED}<w:footnoteRef/></w:r>"
    footnotes = "".join(
        f'<w:footnote w:id="{at}">{word.p(mark, word.r(" " + note, _SMALL))}</w:footnote>'
        for at, note in enumerate(notes, start=2)
    )
    more: dict[str, Any] = {"footnotes": footnotes} if notes else {}
    footer = word.p(word.field(" PAGE ", "2"))
    listed = word.entries("".join(body) + section, header1=word.p(HEADER), footer1=footer, **more)
    return word.zipped([("[Content_Types].xml", _types(name for name, _ in listed)), *listed[1:]])


def _types(names: Iterable[str]) -> str:
    """The kinds of parts, which LibreOffice asks for."""
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {name: re.sub(r"\d|\.xml|word/", "", name) for name in names if name.endswith(".xml") and "word/" in name}
    made = "".join(
        f'<Override PartName="/{name}" ContentType="{kinds}.{"document.main" if kind == "document" else kind}+xml"/>'
        for name, kind in parts.items()
    )
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{word.HEAD}<Types xmlns="{space}">{defaults}{made}</Types>'


def _word_run(run: Run, notes: list[str]) -> str:
    bold = "<w:b/>" if run.bold else ""
    made = "<w:r><w:br/></w:r>".join(word.r(words, bold) for words in run.words.split("\n"))
    if run.note:
        notes.append(run.note)
        made += f'<w:r>{_RAISED}<w:footnoteReference w:id="{len(notes) + 1}"/></w:r>'
    return made


# ---- a PDF

_TEMPLATE = """
#let sheet = json(bytes(sys.inputs.sheet))
#let begins() = query(<begin>).any(it => it.location().page() == here().page())
#set page(
  paper: "a4", margin: MARGIN,
  header: context if counter(page).get().first() > 1 and not begins() { align(right, text(8pt, sheet.header)) },
  footer: context if counter(page).get().first() > 1 { align(center, text(9pt, counter(page).display())) },
)
#set text(font: "Libertinus Serif", size: SIZE, lang: "en", hyphenate: false)
#set par(justify: true)
#let words(runs) = for run in runs {
  let body = run.words.split("\\n").join(linebreak())
  if run.bold { strong(body) } else { body }
  if run.note != "" { footnote(run.note) }
}
#let block-of(it) = {
  let body = words(it.runs)
  if it.role in ("header", "status", "formula", "h") { align(center, par(justify: false, body)) }
  else if it.role == "title" { align(center, par(justify: false, strong(body))) }
  else if it.role == "i" { pad(left: 8mm, par(body)) }
  else if it.role == "s" { pad(left: 16mm, par(body)) }
  else { par(body) }
}
#for it in sheet.blocks {
  if it.role == "begin" { pagebreak(weak: true); [#metadata(none) <begin>] } else { block-of(it) }
}
"""
_TWO = """#for it in sheet.blocks {
  if it.role == "begin" { pagebreak(weak: true); [#metadata(none) <begin>] }
  else if it.role in ("header", "status", "title") { block-of(it) }
  else if it.role == "all" { columns(2, gutter: 9mm, for one in it.blocks { block-of(one) }) }
  else { block-of(it) }
}
"""


def as_pdf(blocks: Iterable[Block], *, size: str = "11pt", margin: str = "27mm", header: str = HEADER) -> bytes:
    """One face, justified, without hyphens, with a running header and numbers."""
    sheet = {"header": header, "blocks": [_sheet_block(block) for block in blocks]}
    return typeset(_TEMPLATE.replace("SIZE", size).replace("MARGIN", margin), sheet)


def as_pdf_in_two_columns(blocks: Iterable[Block], *, size: str = "10pt") -> bytes:
    """The head of each document over the whole page, its paragraphs in two columns."""
    listed: list[dict[str, Any]] = []
    for block in blocks:
        if block.role in ("begin", "letter", "header", "status", "title"):
            listed.append(_sheet_block(block))
        else:
            if listed[-1]["role"] != "all":
                listed.append({"role": "all", "blocks": []})
            listed[-1]["blocks"].append(_sheet_block(block))
    template = _TEMPLATE.replace("SIZE", size).replace("MARGIN", "22mm")
    head, _, _ = template.partition("#for it in sheet.blocks")
    return typeset(head + _TWO, {"header": HEADER, "blocks": listed})


def _sheet_block(block: Block) -> dict[str, Any]:
    runs = [{"words": run.words, "bold": run.bold, "note": run.note} for run in block.runs]
    return {"role": block.role, "runs": runs}


def typeset(template: str, sheet: object, **options: Any) -> bytes:
    """A PDF from a template of typst that reads ``sheet``."""
    body = typst.compile(
        template.encode(),
        format="pdf",
        sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
        ignore_system_fonts=True,
        **options,
    )
    assert isinstance(body, bytes)
    return body


WRITERS: dict[str, Callable[[Iterable[Block]], bytes]] = {"text": as_text, "docx": as_docx, "pdf": as_pdf}
