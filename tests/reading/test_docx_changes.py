"""Tracked changes of a Word file as brackets, and what becomes of those that can be none."""

import pytest

from documents.notation.contents import Package
from documents.notation.package import read_package
from tests.reading import word
from tests.reading.word import deleted, docx, end, ins, numbered, numbers, p, r, source_of, table, taken, who


def read(data: bytes) -> Package:
    source, shown = taken(data)
    return read_package(source, shown=shown)


def changes(data: bytes) -> list[tuple[str, str, str]]:
    """Each change: its kind, its author, its bracket with the marker."""
    source, shown = taken(data)
    found: list[tuple[str, str, str]] = []
    for one in shown.tracked:
        close, depth = one.open, 0
        while True:
            depth += {"[": 1, "]": -1}.get(source[close], 0)
            close += 1
            if depth == 0:
                break
        stop = close + 1 + len(one.raw) if one.raw else close
        found.append((one.change, one.author, source[one.open : stop]))
    return found


# ---- what a change is written as


def test_an_insertion_and_a_deletion_are_brackets_with_the_author_as_marker():
    data = docx(p("Boats ", ins("and oars "), "are ", deleted("not "), "lent."))
    assert source_of(data) == "Boats [and oars] (+EVR) are [not] (-ELM) lent."
    assert changes(data) == [("ins", "EVR", "[and oars] (+EVR)"), ("del", "ELM", "[not] (-ELM)")]


def test_a_tracked_bracket_has_its_change_and_its_marker_in_the_reading():
    [paragraph] = read(docx(p("Boats ", ins("and oars "), "are lent."))).documents[0].paragraphs
    [span] = paragraph.reading.spans
    assert span.tracked is not None
    assert (span.tracked.change, span.tracked.date) == ("ins", "2024-05-01T10:00:00Z")
    assert [(marker.delegation, marker.stance) for marker in span.markers] == [("EVR", "support")]


def test_a_move_is_a_deletion_and_an_insertion():
    data = docx(p(deleted("first ", by="ELM", tag="moveFrom"), "then ", ins("first", by="ELM", tag="moveTo")))
    assert source_of(data) == "[first] (-ELM) then [first] (+ELM)"


def test_a_change_inside_of_a_word_leaves_its_letters_together():
    [paragraph] = read(docx(p("colo", deleted("u"), "red ", ins("[boats]")))).documents[0].paragraphs
    assert paragraph.reading.text == "colo[u] (-ELM)red [[boats]] (+EVR)"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("mara de vries 7", "(+mara de vries 7)"),
        ("Elm (Secretariat)", "(+Elm Secretariat)"),
        ("[a]\n［b］）", "(+a b)"),
        ("\u200fEVR\u202e", "(+EVR)"),
        ("Россия", "(+Россия)"),
        ("x" * 300, f"(+{'x' * 100})"),
    ],
)
def test_an_author_is_printed_without_signs_that_would_break_the_marker(name, raw):
    data = docx(p("Boats ", ins("and oars", by=name), " are lent."))
    source, shown = taken(data)
    assert source == f"Boats [and oars] {raw} are lent."
    assert [one.raw for one in shown.tracked] == [raw]
    [paragraph] = read(data).documents[0].paragraphs
    assert paragraph.reading.spans[0].markers[0].stance == "support"


@pytest.mark.parametrize("name", ["", " ", "()"])
def test_a_change_by_nobody_is_a_bracket_without_a_marker(name):
    source, shown = taken(docx(p("Boats ", ins("and oars", by=name, date=""))))
    assert source == "Boats [and oars]"
    assert shown.tracked[0] == (6, "ins", "", None, "")


def test_deleted_text_outside_of_a_deletion_is_one_by_nobody():
    assert source_of(docx(p("Boats ", "<w:r><w:delText>oars</w:delText></w:r>"))) == "Boats [oars]"


# ---- which runs are one change


def test_neighbouring_runs_of_one_change_are_one_bracket():
    first, second = ins("and ", date="2024-05-01T10:00:00Z"), ins(r("oars", "<w:b/>"), date="2024-05-01T10:00:59Z")
    data = docx(p("Boats ", first, '<w:bookmarkStart w:id="1" w:name="x"/>', second, " are lent."))
    assert source_of(data) == "Boats [and oars] (+EVR) are lent."


@pytest.mark.parametrize(
    "second",
    [
        ins("oars", by="ELM"),
        ins("oars", date="2024-05-01T10:01:00Z"),
        deleted("oars", by="EVR"),
    ],
)
def test_another_author_another_minute_or_another_kind_is_another_change(second):
    assert len(changes(docx(p(ins("and "), second)))) == 2


def test_changes_lie_in_each_other_as_in_the_file():
    inner = ins(deleted("gone", by="ELM"), by="EVR")
    assert source_of(docx(p("a ", inner))) == "a [[gone] (-ELM)] (+EVR)"
    outer = deleted(ins("late", by="EVR"), by="ELM")
    assert source_of(docx(p("a ", outer))) == "a [[late] (+EVR)] (-ELM)"
    part = ins("and ", deleted("all ", by="ELM"), "oars", by="EVR")
    assert source_of(docx(p("a ", part))) == "a [and [all] (-ELM) oars] (+EVR)"
    assert [one[0] for one in changes(docx(p("a ", part)))] == ["ins", "del"]


def test_a_change_round_containers_is_one_bracket():
    link = f"<w:hyperlink w:anchor='x'>{r('oars')}</w:hyperlink>"
    control = f"<w:sdt><w:sdtContent>{r(' too')}</w:sdtContent></w:sdt>"
    assert source_of(docx(p("a ", ins(link, control)))) == "a [oars too] (+EVR)"


# ---- whole paragraphs

LIST = numbers(("decimal", "PP%1."))


def test_a_paragraph_that_was_inserted_is_one_bracket_with_its_label_inside():
    own_end = docx(
        p("one"),
        p(ins("Boats"), ins(" are lent", date="2024-05-01T11:00:00Z"), pr=numbered() + end("ins")),
        numbering=LIST,
    )
    assert source_of(own_end) == "one\n\n[PP1. Boats are lent] (+EVR)"
    [_, paragraph] = read(own_end).documents[0].paragraphs
    assert paragraph.label == "PP1"
    assert len(paragraph.reading.spans) == 1


def test_so_is_one_that_was_typed_behind_another():
    """Word marks the end of the paragraph before as inserted then, and not that of the new one."""
    data = docx(p("one", pr=numbered() + end("ins")), p(ins("two"), pr=numbered()), numbering=LIST)
    assert source_of(data) == "PP1. one\n\n[PP2. two] (+EVR)"
    assert word.notices(data, "tracked-change") == []


def test_a_paragraph_that_was_deleted_is_one_bracket_with_its_label_inside():
    data = docx(p(deleted("one"), pr=numbered() + end("del", "ELM")), p("two", pr=numbered()), numbering=LIST)
    assert source_of(data) == "[PP1. one] (-ELM)\n\nPP2. two"


def test_words_that_were_inserted_behind_a_label_leave_it_outside():
    data = docx(p(ins("one"), pr=numbered()), numbering=LIST)
    assert source_of(data) == "PP1. [one] (+EVR)"


def test_a_deleted_end_keeps_both_paragraphs_apart_and_is_reported():
    data = docx(p("one", pr=end("del", "ELM")), p("two"))
    source, shown = taken(data)
    assert source == "one\n\ntwo"
    assert len(shown.paragraphs or ()) == 2
    [said] = word.notices(data, "tracked-change")
    assert (said.at, "ELM" in said.message) == (3, True)


def test_an_inserted_end_keeps_both_paragraphs_apart_and_is_reported():
    data = docx(p("one", pr=end("ins")), p("two"))
    assert source_of(data) == "one\n\ntwo"
    assert ["EVR" in one.message for one in word.notices(data, "tracked-change")] == [True]


def test_the_end_of_a_cell_says_nothing_of_the_cell_after_it():
    data = docx(table((p("a", pr=end("ins")), p(ins("b")))))
    assert source_of(data) == "a\n[b] (+EVR)"


# ---- what can be no bracket


def test_a_change_of_white_space_is_read_as_accepted():
    data = docx(p("Boats", ins("  "), "are", deleted(" "), " lent", ins("<w:r><w:tab/></w:r>"), "."))
    assert source_of(data) == "Boats  are lent\t."
    assert taken(data)[1].tracked == ()
    assert taken(data)[1].notices == ()


def test_a_bracket_that_was_typed_with_tracking_on_is_text_and_reported():
    data = docx(p("Boats ", ins("["), "and oars", ins("] (+ELM)"), " are ", deleted("[not"), " lent."))
    source, shown = taken(data)
    assert source == "Boats [and oars] (+ELM) are [not lent."
    assert shown.tracked == ()
    assert [(one.at, one.quote) for one in word.notices(data, "tracked-change")] == [
        (6, "["),
        (15, "] (+ELM)"),
        (28, "[not"),
    ]
    assert "inserted by EVR" in word.notices(data, "tracked-change")[0].message
    assert "deleted by ELM" in word.notices(data, "tracked-change")[2].message


def test_brackets_that_close_before_they_open_are_not_balanced():
    assert source_of(docx(p("Boats [and ", ins("] or ["), "oars]"))) == "Boats [and ] or [oars]"


def test_a_balanced_change_inside_of_one_that_is_not_is_a_bracket():
    assert source_of(docx(p("a ", ins("[b ", deleted("c"), " d")))) == "a [b [c] (-ELM) d"


def test_a_marker_that_was_typed_with_tracking_on_belongs_to_the_bracket_before_it():
    data = docx(p("Boats [and oars] (+ELM)", ins(" (+EVR) (OAK tcb)", by="Secretariat"), " are lent."))
    assert source_of(data) == "Boats [and oars] (+ELM) (+EVR) (OAK tcb) are lent."
    [paragraph] = read(data).documents[0].paragraphs
    assert [marker.delegation for marker in paragraph.reading.spans[0].markers] == ["ELM", "EVR", "OAK"]
    assert ["Secretariat" in one.message for one in word.notices(data, "tracked-change")] == [True]


def test_a_parenthesis_that_is_no_marker_is_wording_when_inserted():
    assert source_of(docx(p("Boats", ins(" (large ones)")))) == "Boats [(large ones)] (+EVR)"


# ---- elsewhere


def test_changes_in_cells_and_notes_are_brackets_too():
    note = f'<w:footnote w:id="1">{p(ins("Not oars."))}</w:footnote>'
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    data = docx(table((p("a ", ins("b")), p(deleted("c")))), p("Boats", reference), footnotes=note)
    assert source_of(data) == "a [b] (+EVR)\n[c] (-ELM)\n\nBoats¹\n\n¹ [Not oars.] (+EVR)"
    [document] = read(data).documents
    assert [span.tracked is not None for row in document.tables[0].rows for cell in row for span in cell.spans] == [
        True,
        True,
    ]
    assert document.footnotes[0].reading.spans[0].tracked is not None


def test_a_text_box_in_an_insertion_is_inserted():
    assert source_of(docx(p("a", ins(word.box(p("boxed")))))) == "a\n\n[boxed] (+EVR)"


def test_a_row_that_was_inserted_or_a_cell_that_was_deleted_is_reported():
    row = f'<w:tr><w:trPr><w:ins w:id="1"{who("EVR")}/></w:trPr><w:tc>{p("a")}</w:tc></w:tr>'
    cell = f'<w:tr><w:tc><w:tcPr><w:cellDel w:id="2"{who("ELM")}/></w:tcPr>{p("b")}</w:tc></w:tr>'
    data = docx(f"<w:tbl><w:tblPr/>{row}{cell}</w:tbl>")
    assert ["EVR" in one.message or "ELM" in one.message for one in word.notices(data, "tracked-change")] == [
        True,
        True,
    ]


def test_changes_of_formatting_are_counted_once_a_file():
    change = f'<w:rPrChange w:id="1"{who("EVR")}><w:rPr><w:vanish/></w:rPr></w:rPrChange>'
    layout = f'<w:pPrChange w:id="2"{who("ELM")}><w:pPr/></w:pPrChange>'
    data = docx(p(r("a", change), r("b", change), pr=layout))
    assert source_of(data) == "ab"
    [said] = word.notices(data, "formatting-change")
    assert "3 tracked changes of formatting" in said.message
    assert "ELM, EVR" in said.message
