"""What a Word file or a PDF shows beyond its letters, brought to the paragraphs that were read."""

import pytest

from documents.notation.contents import Package
from documents.notation.package import read_package
from documents.notation.podium import to_podium_json
from documents.notation.shown import Aside, Notice, Range, Shown, Table, Tracked, from_json, to_json


def read(source: str, **shown: object) -> Package:
    return read_package(source, shown=Shown(**shown))  # type: ignore[arg-type]


def found(source: str, words: str) -> Range:
    return source.index(words), source.index(words) + len(words)


LINES = "OP1. Boats are\nlent\n\nand mended by the town\n\n(+EVR)\n\nOP2. Oars are lent."


def begins(source: str, *first_words: str) -> tuple[int, ...]:
    return tuple(source.index(words) for words in first_words)


def test_a_paragraph_begins_where_the_file_says_so_and_nowhere_else():
    package = read(LINES, paragraphs=begins(LINES, "OP1", "and mended", "OP2"))
    assert [one.reading.text for one in package.documents[0].paragraphs] == [
        "OP1. Boats are lent",
        "and mended by the town (+EVR)",
        "OP2. Oars are lent.",
    ]


def test_a_paragraph_of_markers_alone_goes_on_with_the_one_before():
    package = read(LINES, paragraphs=begins(LINES, "OP1", "and mended", "(+EVR)", "OP2"))
    assert package.documents[0].paragraphs[1].reading.markers[0].delegation == "EVR"


@pytest.mark.parametrize(
    ("heavy", "said"),
    [
        ((), False),
        (("Boats [shall] be lent",), True),
        (("Boats", "be lent"), "mixed"),
        (("OP1.", "(+EVR)"), False),
    ],
)
def test_bold_is_said_of_the_wording_and_not_of_label_and_markers(heavy, said):
    source = "OP1. Boats [shall] (+EVR) be lent\n\n"
    bold = [found(source, words) for words in heavy if words in source]
    if said is True:
        bold = [found(source, "Boats [shall]"), found(source, "be lent")]
    [paragraph] = read(source, paragraphs=(0,), bold=tuple(bold)).documents[0].paragraphs
    assert paragraph.bold == said


def test_a_text_that_shows_no_bold_says_nothing_of_it():
    [paragraph] = read_package("OP1. Boats are lent.").documents[0].paragraphs
    assert paragraph.bold is None
    made = to_podium_json(read_package("OP1. Boats."), name="a.txt", data=b"")
    assert "bold" not in made["documents"][0]["paragraphs"][0]


def test_a_tracked_change_is_a_bracket_whoever_its_author_is():
    source = "OP1. Boats [and oars] (+mara de vries 7) are [not] (-EVR) lent."
    tracked = (
        Tracked(source.index("[and"), "ins", "mara de vries 7", "2024-05-01T10:00:00Z", "(+mara de vries 7)"),
        Tracked(source.index("[not"), "del", "EVR", None, "(-EVR)"),
    )
    package = read(source, paragraphs=(0,), tracked=tracked)
    [paragraph] = package.documents[0].paragraphs
    assert [marker.delegation for span in paragraph.reading.spans for marker in span.markers] == [
        "mara de vries 7",
        "EVR",
    ]
    spans = to_podium_json(package, name="a.docx", data=b"")["documents"][0]["paragraphs"][0]["spans"]
    assert [span["tracked"] for span in spans] == [
        {"change": "ins", "author": "mara de vries 7", "date": "2024-05-01T10:00:00Z"},
        {"change": "del", "author": "EVR", "date": None},
    ]
    assert [one.code for one in package.diagnostics] == []


def test_what_the_file_sets_apart_is_in_no_paragraph():
    source = "OP1. Boats¹ are lent\n\n7\n\nand mended.\n\n¹ Also rafts.\n\nTown symbol"
    aside = (
        Aside("page_number", found(source, "7")),
        Aside("footnote", found(source, "¹ Also rafts."), "¹"),
        Aside("running_header", found(source, "Town symbol")),
    )
    [document] = read(source, paragraphs=begins(source, "OP1"), aside=aside).documents
    assert [one.reading.text for one in document.paragraphs] == ["OP1. Boats¹ are lent and mended."]
    assert [(thing.kind, thing.text) for thing in document.artefacts] == [
        ("page_number", "7"),
        ("running_header", "Town symbol"),
    ]
    assert [(note.mark, note.reading.text) for note in document.footnotes] == [("¹", "¹ Also rafts.")]


def test_the_cells_of_a_table_are_read_as_paragraphs_are():
    source = "OP1. As in the table.\n\nBoats\n[two] (+EVR)\nOars [\nfour\n\nOP2. Oars are lent."
    rows = ((found(source, "Boats\n"), found(source, "[two] (+EVR)")), (found(source, "Oars ["), found(source, "four")))
    src = (rows[0][0][0], rows[1][1][1])
    empty = (src[1], src[1])
    package = read(source, paragraphs=begins(source, "OP1", "OP2"), tables=(Table(src, (*rows, (empty,))),))
    [document] = package.documents
    assert [one.label for one in document.paragraphs] == ["OP1", "OP2"]
    assert [[cell.text for cell in row] for row in document.tables[0].rows] == [
        ["Boats", "[two] (+EVR)"],
        ["Oars [", "four"],
        [""],
    ]
    assert document.tables[0].rows[0][1].spans[0].markers[0].delegation == "EVR"
    assert [(one.code, one.line) for one in package.diagnostics] == [("unclosed-bracket", 5)]


def test_what_was_set_aside_is_reported_at_its_place():
    source = "OP1. Boats are lent."
    notice = Notice("hidden-text", 5, "never", "Hidden text was set aside: “never”.")
    [reported] = read(source, paragraphs=(0,), notices=(notice,)).diagnostics
    assert (reported.code, reported.column, reported.severity) == ("hidden-text", 6, "warning")
    assert "never" in reported.message


def test_what_is_shown_crosses_to_another_process_whole():
    shown = Shown(
        (0, 9),
        ((1, 4),),
        (Tracked(2, "ins", "EVR", None, "(+EVR)"),),
        (Aside("footnote", (5, 7), "¹"),),
        (Table((5, 9), (((5, 6), (7, 9)),)),),
        (Notice("comment", 3, "why", "A comment: “why”."),),
    )
    assert from_json(to_json(shown)) == shown
    assert from_json(to_json(Shown())) == Shown()
