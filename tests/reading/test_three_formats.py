"""The same content as text, as Word file and as PDF gives the same documents, whoever made the file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from documents.notation.contents import Package, ReadDocument, ReadParagraph, all_markers
from documents.notation.package import read_package
from documents.reading.pdf import take_pdf
from tests import office
from tests.reading.files import read_docx, read_pdf, read_text
from tests.reading.three_formats import (
    HEADER,
    Block,
    as_docx,
    as_pdf,
    as_pdf_in_two_columns,
    as_text,
    described,
    typeset,
)


def without_wide_brackets(blocks: Iterable[Block]) -> list[Block]:
    """The face of the PDF has no full-width brackets."""
    plain = str.maketrans("［］", "[]")
    return [
        Block(block.role, tuple(replace(run, words=run.words.translate(plain)) for run in block.runs))
        for block in blocks
    ]


def head(document: ReadDocument) -> dict[str, Any]:
    # A running header on the page on which a document begins stands among its header lines.
    lines = [line for line in document.header_lines if line != HEADER]
    return {"title": document.title, "status": document.status_line, "header": lines}


def told(paragraph: ReadParagraph) -> tuple[Any, ...]:
    """All that is known of a paragraph but its place in the source."""
    reading = paragraph.reading
    return (
        paragraph.label,
        paragraph.kind,
        reading.text,
        paragraph.alternative_to,
        paragraph.status,
        [(span.open, span.close, span.depth, span.parent, tuple(span.markers)) for span in reading.spans],
        tuple(reading.markers),
        tuple(reading.orphans),
    )


def assert_same(found: Package, expected: Package) -> None:
    assert [head(one) for one in found.documents] == [head(one) for one in expected.documents]
    for ours, theirs in zip(found.documents, expected.documents, strict=True):
        for paragraph, other in zip(ours.paragraphs, theirs.paragraphs, strict=False):
            assert told(paragraph) == told(other)
        assert len(ours.paragraphs) == len(theirs.paragraphs)


def notes(package: Package) -> list[str]:
    """Footnotes without their marks: how a mark is set differs from program to program."""
    listed = [note for document in package.documents for note in document.footnotes]
    return [note.reading.text.removeprefix(note.mark).strip() for note in listed]


def weights(package: Package) -> list[tuple[str | None, object]]:
    return [(one.label, one.bold) for document in package.documents for one in document.paragraphs]


def furniture(package: Package) -> Counter[str]:
    return Counter(one.kind for document in package.documents for one in document.artefacts)


def letter(package: Package) -> str:
    return "".join((package.letter or "").split())


def test_the_description_holds_what_it_is_to_try():
    package = read_text(as_text(described()))
    paragraphs = [paragraph for document in package.documents for paragraph in document.paragraphs]
    kinds = {paragraph.kind for paragraph in paragraphs}
    assert kinds == {
        "chapeau", "preambular", "operative", "item", "subitem", "section_heading", "formula", "paragraph",
    }  # fmt: skip
    assert {marker.stance for paragraph in paragraphs for marker in all_markers(paragraph.reading)} == {
        "support", "oppose", "tcb", "keep_original", "reservation", "agreed", "other",
    }  # fmt: skip
    assert max(span.depth for paragraph in paragraphs for span in paragraph.reading.spans) == 2
    assert [len(document.paragraphs) for document in package.documents] == [18, 11, 6]


def test_word_and_text_give_the_same_documents():
    expected, found = read_text(as_text(described())), read_docx(as_docx(described()))
    assert_same(found, expected)
    assert letter(found) == letter(expected)
    assert notes(found) == notes(expected)  # though at the end of the file, in the last document


@pytest.mark.parametrize(("size", "margin"), [("11pt", "27mm"), ("9pt", "20mm"), ("12pt", "30mm")])
def test_pdf_and_text_give_the_same_documents(size: str, margin: str):
    blocks = without_wide_brackets(described())
    expected, found = read_text(as_text(blocks)), read_pdf(as_pdf(blocks, size=size, margin=margin))
    assert_same(found, expected)
    assert letter(found) == letter(expected)
    assert notes(found) == notes(expected)


def test_a_paragraph_runs_on_over_a_turn_of_the_page_with_a_note_a_number_and_a_header_in_it():
    source, shown = take_pdf(as_pdf(without_wide_brackets(described())))
    package = read_package(source, shown=shown)
    long = next(one for one in package.documents[0].paragraphs if one.label == "OP5")
    assert "\f" in source[slice(*long.src)]
    assert {aside.kind for aside in shown.aside if long.src[0] < aside.src[0] < long.src[1]} == {
        "footnote", "page_number", "running_header",
    }  # fmt: skip


def test_word_and_pdf_show_the_same_words_in_bold():
    assert weights(read_pdf(as_pdf(described()))) == weights(read_docx(as_docx(described())))
    assert Counter(bold for _, bold in weights(read_pdf(as_pdf(described())))) == {False: 33, True: 1, "mixed": 1}


def test_the_pages_of_a_pdf_have_their_numbers_and_headers_beside_the_wording():
    assert furniture(read_pdf(as_pdf(described()))) == {"page_number": 4, "running_header": 1}


def test_two_columns_are_read_one_after_the_other():
    blocks = without_wide_brackets(described())
    data = as_pdf_in_two_columns(blocks)
    assert_same(read_pdf(data), read_text(as_text(blocks)))


def test_the_pdf_that_libreoffice_makes_of_the_word_file_gives_the_same_documents(tmp_path: Path):
    program = office.command()
    path = tmp_path / "mill-towns.docx"
    path.write_bytes(as_docx(described()))
    found = read_pdf(office.converted(program, [path], "pdf", tmp_path)[0].read_bytes())
    expected = read_text(as_text(described()))
    assert_same(found, expected)
    assert notes(found) == notes(expected)


LAYOUTS = {
    "usual": {},
    "small": {"size": "9pt"},
    "narrow": {"margin": "(x: 42mm, y: 30mm)"},
    "ragged": {"justify": "false"},
    "set in": {"spacing": "0.65em", "first": "1.5em"},
    "close": {"spacing": "0.65em"},
    "apart": {"leading": "1.3em", "spacing": "2em"},
    "even": {"font": "DejaVu Sans Mono", "size": "9pt"},
    "hyphenated": {"hyphenate": "true"},
}
_REAL = """
#let sheet = json(bytes(sys.inputs.sheet))
#set page(
  paper: "a4", margin: MARGIN,
  header: context if counter(page).get().first() > 1 [Working Group #h(1fr) draft],
  footer: align(center, context counter(page).display("1")),
)
#set text(font: "FONT", size: SIZE, lang: "en", hyphenate: HYPHENATE)
#set par(justify: JUSTIFY, leading: LEADING, spacing: SPACING, first-line-indent: (amount: FIRST, all: true))
#for block in sheet {
  if block.role == "begin" { pagebreak(weak: true) }
  else if block.role == "head" { align(center, par(first-line-indent: 0pt, block.words)) }
  else if block.role == "title" { align(center, par(first-line-indent: 0pt, strong(block.words))) }
  else { par(block.words) }
}
"""


def real_pdf(package: Package, layout: dict[str, str]) -> bytes:
    """The real package set anew, each document on a page of its own."""
    sheet = [{"role": "p", "words": " ".join(words.split())} for words in (package.letter or "").split("\n \n")]
    for document in package.documents:
        sheet.append({"role": "begin", "words": ""})
        sheet += [{"role": "head", "words": line} for line in (*document.header_lines, document.status_line or "")]
        sheet.append({"role": "title", "words": document.title or ""})
        sheet += [{"role": "p", "words": paragraph.reading.text} for paragraph in document.paragraphs]
    values = {
        "margin": "25mm", "font": "Libertinus Serif", "size": "11pt", "hyphenate": "false", "justify": "true",
        "leading": "0.65em", "spacing": "1.2em", "first": "0pt",
    }  # fmt: skip
    template = _REAL
    for name, value in (values | layout).items():
        template = template.replace(name.upper(), value)
    return typeset(template, sheet)


def dashed(paragraph: ReadParagraph) -> str:
    """A hyphen with spaces round it loses the one behind it where it ends a line (podium/1, R6)."""
    return paragraph.reading.text.replace(" - ", " -")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_real_package_set_as_a_pdf(layout: str, real_file: Path):
    real = read_package(real_file.read_text(encoding="utf-8"))
    found = read_pdf(real_pdf(real, LAYOUTS[layout]))
    paragraphs = [paragraph for document in found.documents for paragraph in document.paragraphs]
    assert len(found.documents) == 4
    assert sum(len(paragraph.reading.spans) for paragraph in paragraphs) == 51
    assert sum(len(all_markers(paragraph.reading)) for paragraph in paragraphs) == 111
    assert [len(document.paragraphs) for document in found.documents] == [28, 52, 21, 19]
    for ours, theirs in zip(found.documents, real.documents, strict=True):
        assert ours.title == theirs.title
        assert [dashed(one) for one in ours.paragraphs] == [dashed(one) for one in theirs.paragraphs]
