"""Word files as programs write them: LibreOffice, and our own renderer, whose files come back as the text they print."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings

from documents.notation.contents import Package
from documents.notation.lines import collapsed
from documents.notation.package import read_package
from documents.reading.docx import take_docx
from documents.rendering import docx as rendition
from documents.rendering import text
from documents.rendering.paper import on_paper
from documents.rendering.printed import PrintedDocument, PrintedParagraph, text_of, that_print
from tests.reading.word import deleted, docx, end, field, ins, numbered, numbers, p, r, style, styles, table, taken
from tests.rendering.samples import document, lanterns, paragraphs

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture
def office() -> str:
    if SOFFICE is None:
        if os.environ.get("REQUIRE_OFFICE") == "1":
            pytest.fail("REQUIRE_OFFICE=1, but there is no LibreOffice on this machine.")
        pytest.skip("There is no LibreOffice on this machine.")
    return SOFFICE


def with_everything() -> bytes:
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    note = f'<w:footnote w:id="1">{p("<w:r><w:footnoteRef/></w:r>", r(" Also rafts."))}</w:footnote>'
    begins, ends = (
        '<w:commentRangeStart w:id="0"/>',
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
    )
    return docx(
        p("Draft on boats"),
        p("Recalling that boats ", r("shall", "<w:b/>"), " be lent", pr=numbered()),
        p(
            "Noting ",
            ins("the oars "),
            "and ",
            deleted("all "),
            "rafts,",
            '<w:r><w:footnoteReference w:id="1"/></w:r>',
            pr=numbered(),
        ),
        p(ins("Mindful of tugs,"), pr=numbered() + end("ins")),
        p("first item", pr=numbered(1)),
        p("second item", pr=numbered(1)),
        table((p("Boats"), p("two")), (p("Oars ", r("four", "<w:b/>")), p())),
        p("Words ", r("nobody sees ", "<w:vanish/>"), "end ", begins, "here", ends, "."),
        p("after a page", "<w:r><w:br/></w:r>", "and a line.", pr="<w:pageBreakBefore/>"),
        '<w:sectPr><w:headerReference w:type="default" r:id="rId_header1"/>'
        '<w:footerReference w:type="default" r:id="rId_footer1"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>',
        numbering=numbers(("decimal", "PP%1."), ("lowerLetter", "(%2)")),
        footnotes=separators + note,
        comments=f'<w:comment w:id="0" w:author="Mara" w:date="2024-05-01T10:00:00Z">{p("Is this ours?")}</w:comment>',
        header1=p("Town of Evergreen"),
        footer1=p("Page ", field(" PAGE ", "1")),
        styles=styles(style("Normal", default=True)),
    )


def test_what_libreoffice_writes_again_reads_as_before(office: str, tmp_path: Path) -> None:
    before = with_everything()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "boats.docx").write_bytes(before)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "in" / "boats.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    after = (tmp_path / "boats.docx").read_bytes()
    assert after != before
    (source, shown), (source_then, shown_then) = taken(after), taken(before)
    # LibreOffice reckons the pages anew.
    assert source.split() == source_then.replace("Page 1", "Page 2").split()
    assert [one[1:] for one in shown.tracked] == [one[1:] for one in shown_then.tracked]
    assert [(one.kind, one.mark) for one in shown.aside] == [(one.kind, one.mark) for one in shown_then.aside]
    assert words(source, shown.bold) == words(source_then, shown_then.bold) == ["shall", "four"]
    assert [collapsed(one.quote) for one in shown.notices] == [collapsed(one.quote) for one in shown_then.notices]
    assert len(shown.paragraphs or ()) == len(shown_then.paragraphs or ())
    assert [len(row) for row in shown.tables[0].rows] == [2, 2]


def words(source: str, ranges: tuple[tuple[int, int], ...] | None) -> list[str]:
    return [source[start:stop].strip() for start, stop in ranges or ()]


# ---- our own renderer


def read(source_and_shown: tuple) -> Package:
    source, shown = source_and_shown
    return read_package(source, shown=shown)


def wording(package: Package) -> list[tuple]:
    """What was read of each paragraph, but for its place; not of the legend behind them."""
    paragraphs = package.documents[0].paragraphs
    last = next(
        (at for at, one in enumerate(paragraphs) if one.reading.text == "How to read this text"), len(paragraphs)
    )
    return [(one.label, one.kind, one.reading, one.alternative_to) for one in paragraphs[:last]]


def test_our_own_file_comes_back_as_the_text_it_prints() -> None:
    package = read(taken(rendition.render(lanterns())))
    printed = read_package(text.render(lanterns()).decode())
    assert wording(package) == wording(printed)
    found, [expected] = package.documents[0], printed.documents
    assert (found.title, found.status_line) == (expected.title, expected.status_line)
    assert found.header_lines == tuple(line for line in expected.header_lines if line.strip("_"))
    assert [one.bold for one in found.paragraphs if one.label in ("PP1", "OP1")] == [False, True]


def test_a_footer_that_looks_like_a_status_line_begins_no_document() -> None:
    [found] = read(taken(rendition.render(lanterns()))).documents
    assert [thing.kind for thing in found.artefacts] == ["other"] + ["running_header"] * 3


@settings(max_examples=60, deadline=None)
@given(paragraphs())
def test_any_wording_of_ours_comes_back_letter_by_letter(one: PrintedParagraph) -> None:
    source, _shown = take_docx(rendition.render(document(one)))
    solid = "".join(source.split())
    for line in expected_lines(document(one)):
        assert "".join(line.split()) in solid


def expected_lines(printed: PrintedDocument) -> list[str]:
    return [
        on_paper(text_of(one)).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd") for one in that_print(printed)
    ]
