"""The source beside what was understood of it: nothing of the source is missing, and each thing has its row."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from documents.notation import beside
from documents.notation.beside import Beside, lay_out, pages
from documents.notation.corrections import Corrections
from documents.notation.lines import BLANK
from documents.notation.package import Cuts, read_package
from documents.notation.shown import Aside, Shown, Table

TEXT = """The Secretariat forwards the draft below.

PONDS/2026/1
PODIUM VERSION AS OF COB OF 1 MAY 2026

Draft Statement on Ponds

PP1. Recalling that ponds [and lakes]
(+IND) are wet;

7

PP2. Noting¹ that frogs
live in them;

¹ Frogs are not fish.
"""
PIECES = [
    "PP1. ",
    "[and lakes] ",
    "(+IND)",
    "(-",
    "IND)",
    "\n",
    "\n\n",
    "7",
    "PODIUM VERSION AS OF COB OF 1 MAY 2026",
    "\f",
]
PIECES += ["Ponds are wet; ", "]", "¹", "\u200b", "\r\n", "   ", "____________", "Title of it", ":", "and so on"]


def laid(source: str, **more: object) -> Beside:
    return lay_out(read_package(source, **more))  # type: ignore[arg-type]


def kinds(found: Beside) -> list[str]:
    return [row.kind for part in found.parts for row in part.rows]


def visible(text: str) -> str:
    return "".join(character for character in text if character not in BLANK)


def joined(found: Beside) -> str:
    source = found.package.source
    return "".join(source[slice(*row.src)] for part in found.parts for row in part.rows)


def test_each_thing_has_a_row_in_the_order_of_the_source() -> None:
    found = laid(TEXT)
    assert kinds(found) == [
        *("letter", "header", "status", "title"),
        *("paragraph", "page_number", "paragraph", "footnote"),
    ]
    assert visible(joined(found)) == visible(TEXT)


def test_lines_are_numbered_as_an_editor_numbers_them() -> None:
    found = laid(TEXT)
    numbered = {found.lines.texts[at]: found.numbers[at] for at in range(len(found.lines))}
    assert numbered == {line: at for at, line in enumerate(TEXT.split("\n"), start=1) if line}


def test_what_stands_in_the_middle_of_a_paragraph_stays_in_its_row() -> None:
    source = "PP1. Ponds are\nPage 7\nwet;\n\nPP2. So are frogs;\n"
    at = source.index("Page 7")
    found = laid(source, shown=Shown(paragraphs=(0, source.index("PP2")), aside=(Aside("page_number", (at, at + 6)),)))
    [first, second] = found.parts[0].rows
    assert [(thing.kind, source[slice(*thing.src)]) for thing in first.inside] == [("page_number", "Page 7")]
    assert second.inside == ()


def test_a_table_has_a_row_of_its_own() -> None:
    source = "PP1. Ponds;\nfrogs\nfish\nPP2. Lakes;\n"
    cells = tuple((source.index(word), source.index(word) + len(word)) for word in ("frogs", "fish"))
    table = Table((cells[0][0], cells[1][1]), (cells,))
    found = laid(source, shown=Shown(paragraphs=(0, source.index("PP2")), tables=(table,)))
    assert kinds(found) == ["paragraph", "table", "paragraph"]


def test_a_document_that_a_person_lets_begin_is_a_part_of_its_own() -> None:
    at = TEXT.index("PP2")
    found = laid(TEXT, cuts=Cuts(documents={at: True}))
    assert [part.document for part in found.parts] == [None, 0, 1]
    assert found.parts[found.part_at(at)].document == 1
    assert visible(joined(found)) == visible(TEXT)


def test_a_place_is_found_in_its_part_and_its_row() -> None:
    found = laid(TEXT)
    part = found.parts[found.part_at(TEXT.index("frogs"))]
    row = part.rows[part.row_at(TEXT.index("live"))]
    assert TEXT[slice(*row.src)].startswith("PP2.")


def test_a_page_holds_so_many_rows_and_no_row_is_left_out() -> None:
    found = laid("".join(f"PP{number}. Noting ponds;\n\n" for number in range(1, 451)))
    [part] = found.parts
    assert [len(rows) for rows in pages(part)] == [200, 200, 50]
    assert [at for rows in pages(part) for at in rows] == list(range(450))


def test_a_paragraph_without_end_goes_on_in_rows_of_its_own() -> None:
    source = "PP1. " + "Ponds are wet, " * 10_000
    found = laid(source)
    rows = found.parts[0].rows
    assert [row.goes_on for row in rows] == [False, *[True] * (len(rows) - 1)]
    assert all(row.src[1] - row.src[0] <= beside.LONGEST for row in rows)
    assert visible(joined(found)) == visible(source)


def test_a_file_without_text_has_no_row() -> None:
    assert kinds(laid(" \n\n")) == []


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.data())
@settings(max_examples=300, deadline=None)
def test_every_visible_character_stands_in_exactly_one_row(source: str, data: st.DataObject) -> None:
    package = read_package(source)
    starts = lay_out(package).lines.starts
    some = st.dictionaries(st.sampled_from(starts), st.booleans(), max_size=4) if starts else st.just({})
    said = Corrections(paragraphs=data.draw(some), documents=data.draw(some))
    found = laid(source, cuts=Cuts(said.paragraphs, said.documents))
    assert visible(joined(found)) == visible(source)
    ends = [row.src for part in found.parts for row in part.rows]
    assert ends == sorted(ends)


def test_nothing_of_the_real_file_is_missing(real_file: Path) -> None:
    source = real_file.read_text(encoding="utf-8")
    found = laid(source)
    assert visible(joined(found)) == visible(source)
    counted = [sum(row.kind == "paragraph" for row in part.rows) for part in found.parts]
    assert counted == [0, 28, 52, 21, 19]
