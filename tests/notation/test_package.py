"""Whole files read: letters, documents, paragraphs, nothing lost."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.notation.lines import BLANK
from documents.notation.package import Package, ReadParagraph, all_markers, read_package
from documents.notation.podium import to_podium_json
from documents.reading.text import NotText, decode_text

WHOLE = """A covering note, which says what follows.

ASSEMBLY OF TOWNS
PODIUM VERSION AS OF COB OF 1 MAY 2026

Draft Statement on Bells

We, the towns,

PP1. Recalling that bells [ring and] (+IND) (-
RUS) warn whoever
walks ahead;

OP1. Each town shall:
(1) oil its bells;
(2) lend them.

OP3. Done.

PODIUM VERSION AS OF COB OF 1 MAY 2026

Draft Annex

1. Background

Bells are old.
"""


LEFT_TO_A_PERSON = {
    "open-origin",
    "bis-or-rival",
    "alternative-of",
    "rivals-side-by-side",
    "rivals-in-one-bracket",
    "other-dialect",
}


def visible(text: str) -> Counter[str]:
    return Counter(sign for sign in text if sign not in BLANK)


def shown(package: Package) -> Counter[str]:
    found = visible(package.letter or "")
    for document in package.documents:
        for part in (document.title, document.status_line, *document.header_lines):
            found += visible(part or "")
        for paragraph in document.paragraphs:
            found += visible(paragraph.reading.text)
        for artefact in document.artefacts:
            found += visible(artefact.text)
        for note in document.footnotes:
            found += visible(note.reading.text)
        for table in document.tables:
            found += visible("".join(cell.text for row in table.rows for cell in row))
    return found


def labels(package: Package) -> list[list[str | None]]:
    return [[paragraph.label for paragraph in document.paragraphs] for document in package.documents]


def codes(source: str, **more: Any) -> list[tuple[str, int, int]]:
    return [(d.code, d.line, d.column) for d in read_package(source, **more).diagnostics]


def test_a_file_of_two_documents_and_a_letter() -> None:
    package = read_package(WHOLE)
    assert package.letter == "A covering note, which says what follows."
    assert [document.title for document in package.documents] == ["Draft Statement on Bells", "Draft Annex"]
    assert package.documents[0].header_lines == ("ASSEMBLY OF TOWNS",)
    assert labels(package) == [[None, "PP1", "OP1", "(1)", "(2)", "OP3"], ["1", None]]


def test_a_marker_broken_over_a_line_is_one_marker() -> None:
    [_, first, *_] = read_package(WHOLE).documents[0].paragraphs
    assert first.reading.text == "PP1. Recalling that bells [ring and] (+IND) (-RUS) warn whoever walks ahead;"


def test_blank_lines_between_wrapped_lines_do_not_cut_a_paragraph() -> None:
    source = WHOLE.replace("\n", "\n\n")
    assert labels(read_package(source)) == labels(read_package(WHOLE))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_read_the_same(end: str) -> None:
    package = read_package(WHOLE.replace("\n", end))
    assert labels(package) == labels(read_package(WHOLE))


def test_a_fault_stays_in_its_paragraph() -> None:
    package = read_package("PP1. One [two;\n\nPP2. Three [four] (+IND).\n")
    assert [len(p.reading.spans) for p in package.documents[0].paragraphs] == [0, 1]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("PP1. One [two;\n\nPP2. Three] four.\n", ("bracket-crosses-paragraphs", 1, 10)),
        ("PP1. One.\n\nPP3. Two.\n", ("label-gap", 3, 1)),
        ("PP1. One.\n\nPP1. Two.\n", ("duplicate-label", 3, 1)),
        ("PP1. O\u200bne.\n", ("invisible-characters", 1, 7)),
        ("[PP1. One] (+IND).\n", ("stray-punctuation", 1, 18)),
        ("PP1. [One] (+IИD) two.\n", ("mixed-script-code", 1, 12)),
        ("", ("no-text", 1, 1)),
    ],
)
def test_each_diagnostic_of_a_file_is_at_its_place(source: str, expected: tuple[str, int, int]) -> None:
    assert expected in codes(source)


def test_a_list_of_delegations_only_adds_a_diagnostic() -> None:
    source = "PP1. One [two] (+XYZ) three.\n"
    assert codes(source) == []
    assert codes(source, known_codes=["IND"]) == [("unknown-delegation", 1, 16)]


@pytest.mark.parametrize("marker", ["(IND: keep original)", "(IND: see our letter)", "(IND tcb; VIE tcb)"])
def test_what_a_marker_says_is_no_stray_sign(marker: str) -> None:
    assert codes(f"[PP1. One.] (+IND) {marker}\n") == []
    assert codes(f"[PP1. One.] (+IND) {marker};\n") == [("stray-punctuation", 1, 20 + len(marker))]


@given(st.text(alphabet=st.sampled_from("[](+-) \n\r\f\u00adaZ.;:19PO\u0416"), max_size=300))
def test_no_file_loses_or_invents_a_character(source: str) -> None:
    assert shown(read_package(source)) == visible(source)


@given(st.text(max_size=200))
def test_any_text_is_read(source: str) -> None:
    package = read_package(source)
    assert json.dumps(to_podium_json(package, name="x", data=b""))


def parentheses_of_wording(paragraph: ReadParagraph) -> list[str]:
    """The parentheses of a paragraph that are neither markers nor its label, such as ``(UN)``."""
    markers = {marker.start for marker in all_markers(paragraph.reading)}
    found = re.finditer(r"\([^()]*\)", paragraph.reading.text)
    return [words[0] for words in found if words.start() not in markers and words[0] != paragraph.label]


def test_the_real_package(real_file: Path) -> None:
    package = read_package(real_file.read_text(encoding="utf-8"))
    paragraphs = [p for document in package.documents for p in document.paragraphs]
    on_brackets = [m for p in paragraphs for s in p.reading.spans for m in s.markers]
    on_paragraphs = [m for p in paragraphs for m in p.reading.markers]
    assert [len(document.paragraphs) for document in package.documents] == [28, 52, 21, 19]
    assert sum(len(p.reading.spans) for p in paragraphs) == 51
    assert max(s.depth for p in paragraphs for s in p.reading.spans) == 3
    assert sum(not s.markers for p in paragraphs for s in p.reading.spans) == 2
    assert (len(on_brackets), len(on_paragraphs)) == (105, 6)
    assert Counter(m.stance for m in (*on_brackets, *on_paragraphs)) == {
        "support": 53,
        "oppose": 43,
        "tcb": 8,
        "keep_original": 6,
        "reservation": 1,
    }
    assert len([words for p in paragraphs for words in parentheses_of_wording(p)]) == 14
    assert shown(package) == visible(package.source)
    found = [d.code for d in package.diagnostics]
    left_open = Counter(code for code in found if code in LEFT_TO_A_PERSON)
    objected = [s for p in paragraphs for s in p.reading.spans if any(m.stance == "oppose" for m in s.markers)]
    assert left_open == {"open-origin": len(objected), "alternative-of": 4}
    assert [code for code in found if code not in LEFT_TO_A_PERSON] == [
        "unopened-parenthesis",
        "stray-punctuation",
        "label-gap",
        "doubled-brackets",
    ]


def parse(file: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "parse_podium", str(file), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_prints_one_object_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "bells.txt"
    file.write_text(WHOLE)
    answer = parse(file, "--json")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert json.loads(answer.stdout)["source"]["name"] == "bells.txt"


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01", b"%PDF-1.7", b"PK\x03\x04", b"\xff\xff", b"a" * (10 * 1024 * 1024 + 1)],
    ids=["binary", "pdf", "zip", "not-utf-8", "too-large"],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "no.txt"
    file.write_bytes(data)
    with pytest.raises(NotText):
        decode_text(data)
    answer = parse(file, "--json")
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)


def test_utf_16_with_a_mark_is_a_text() -> None:
    assert decode_text("bells".encode("utf-16")) == "\ufeffbells"


def test_a_status_line_runs_on_from_the_day_to_the_month():
    [document] = read_package("PODIUM VERSION AS OF 28\nSEPTEMBER 2022\n\nON BOATS\n\nOP1. Boats are lent.\n").documents
    assert document.status_line == "PODIUM VERSION AS OF 28 SEPTEMBER 2022"
    assert document.title == "ON BOATS"
