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

from documents.notation.contents import Package, ReadParagraph, all_markers
from documents.notation.lines import BLANK
from documents.notation.package import read_package
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


def test_a_rival_finds_its_base_by_its_label() -> None:
    source = "PP1. a;\n\nPP2. b;\n\nPP1 alt. c;\n\n[PP1 alt 2. d;] (+IND)\n\nPP5 alt. e;\n\nAlt. f;\n"
    paragraphs = read_package(source).documents[0].paragraphs
    assert [p.alternative_to for p in paragraphs] == [None, None, 0, 0, None, 4]
    assert [c for c in codes(source) if c[0] == "alternative-of"] == [
        ("alternative-of", 9, 1),
        ("alternative-of", 11, 1),
    ]


def test_a_label_that_says_bis_is_left_to_a_person_and_a_chapter_is_not() -> None:
    source = "Chapter II\n\nOP1. a;\n\nOP1 bis. b;\n\n2ter. c;\n"
    assert [c for c in codes(source) if c[0] == "bis-or-rival"] == [("bis-or-rival", 5, 1), ("bis-or-rival", 7, 1)]


def test_a_set_of_options_has_the_first_for_its_base_where_nothing_else_is() -> None:
    source = "OP1. The towns decide:\n\nOption 1: a:\n\n(a) x;\n\nOption 2: b.\n\nOption 3: no text\n"
    assert [p.alternative_to for p in read_package(source).documents[0].paragraphs] == [None, None, None, 1, 1]


def test_plain_tables_keep_what_draws_them() -> None:
    source = "OP1. Thus:\n\nTown | Share\n-----|------\nVell | [10] (+IND)\n\nPP1.\tOne;\nPP2.\tTwo;\n"
    [document] = read_package(source).documents
    [table] = document.tables
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Town |", "Share"],
        ["-----|------"],
        ["Vell |", "[10] (+IND)"],
    ]
    assert [m.delegation for m in table.rows[2][1].spans[0].markers] == ["IND"]
    assert [p.label for p in document.paragraphs] == ["OP1", "PP1", "PP2"]
    assert shown(read_package(source)) == visible(source)


@pytest.mark.parametrize(
    ("source", "marks"),
    [
        ("OP1. Bells[1] ring.\n\n[1] Of bronze.\n", ["[1]"]),
        ("OP1. Bells ring.1\n\n1 Of bronze.\n", ["1"]),
        ("OP1. Bells1) ring.\n\n1) Of bronze.\n", ["1)"]),
        ("OP1. Bells* ring.\n\n* Of bronze.\n\n* no note;\n", ["*"]),
        ("OP1. Bells ring.\n\n[1] Of bronze.\n", []),
        ("OP1. In 2029 CO2 fell.\n\n2 Towns met.\n", []),
    ],
)
def test_a_note_is_one_that_a_word_calls(source: str, marks: list[str]) -> None:
    assert [note.mark for note in read_package(source).documents[0].footnotes] == marks


def test_a_line_of_wording_at_the_turn_of_a_page_is_no_running_header() -> None:
    source = (
        "OP1. Any difference over the meaning of this\n7\n\fDeclaration shall be settled by talk and, should\n"
        "talk fail, by a joint journey on the night ferry.\n"
    )
    [document] = read_package(source).documents
    assert [(a.kind, a.text) for a in document.artefacts] == [("page_number", "7")]
    assert len(document.paragraphs) == 1


def test_agreed_on_a_line_of_its_own_is_said_of_the_paragraph_above() -> None:
    [document] = read_package("OP1. Bells ring.\n\n[Agreed ad ref.]\n\nOP2. Ropes hold.\n").documents
    assert [(p.label, p.status) for p in document.paragraphs] == [("OP1", "agreed_ad_ref"), ("OP2", None)]


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
