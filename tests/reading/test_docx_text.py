"""What of a Word file is text, and where its paragraphs, tables, notes and bold letters are."""

import pytest

from documents.notation.package import read_package
from documents.notation.shown import Shown
from tests.reading import word
from tests.reading.word import box, docx, p, r, source_of, style, styles, t, table, taken


def pieces(source: str, ranges: tuple[tuple[int, int], ...]) -> list[str]:
    return [source[start:end] for start, end in ranges]


def bold(data: bytes) -> list[str]:
    source, shown = taken(data)
    assert shown.bold is not None
    return pieces(source, shown.bold)


def lines(source: str) -> list[str]:
    return [line for line in source.split("\n") if line.strip()]


def paragraphs(source: str, shown: Shown) -> list[str]:
    """What each paragraph begins with, up to the end of its line."""
    return [source[at:].split("\n")[0] for at in shown.paragraphs or ()]


# ---- paragraphs and lines


def test_each_paragraph_is_one_line_and_a_blank_line_parts_it_from_the_next():
    source, shown = taken(docx(p("OP1. Boats are ", "lent."), p("OP2. Oars too.")))
    assert source == "OP1. Boats are lent.\n\nOP2. Oars too."
    assert paragraphs(source, shown) == ["OP1. Boats are lent.", "OP2. Oars too."]


def test_empty_paragraphs_are_line_ends_and_begin_nothing():
    source, shown = taken(docx(p(), p("one"), p(), p("  "), p("two"), p()))
    assert source == "one\n\n\n\ntwo"
    assert shown.paragraphs == (0, 7)


def test_a_line_break_ends_a_line_and_begins_no_paragraph():
    source, shown = taken(docx(p("one", "<w:r><w:br/></w:r>", "two", "<w:r><w:cr/></w:r>", "three")))
    assert source == "one\ntwo\nthree"
    assert shown.paragraphs == (0,)


def test_signs_that_word_has_elements_for_are_characters():
    signs = "<w:r><w:tab/><w:noBreakHyphen/><w:softHyphen/><w:ptab/></w:r>"
    symbols = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    assert source_of(docx(p("a", signs, "b", symbols))) == "a\t\u2011\xad\tb•✓"


def test_a_sign_of_a_symbol_font_without_a_plain_character_is_reported():
    data = docx(p("a ", '<w:r><w:sym w:font="Wingdings" w:char="F028"/></w:r>'))
    assert source_of(data) == "a \uf028"
    assert [one.at for one in word.notices(data, "unreadable-characters")] == [2]


def test_white_space_at_the_ends_of_a_run_counts_only_where_it_is_said_to():
    kept, shed = t(" and "), "<w:t> or </w:t>"
    assert source_of(docx(p("a", f"<w:r>{kept}</w:r>", "b", f"<w:r>{shed}</w:r>", "c"))) == "a and borc"


def test_a_line_end_and_a_tab_inside_of_text_are_spaces():
    assert source_of(docx(p("a\tb\nc"))) == "a b c"


def test_control_characters_are_left_out_whatever_way_they_come_in():
    assert source_of(docx(p("a\x7fb\x85c", '<w:r><w:t xml:space="preserve">d&#127;e</w:t></w:r>'))) == "ab\x85cde"


@pytest.mark.parametrize(
    "blocks",
    [
        (p("one"), p('<w:r><w:br w:type="page"/></w:r>', "two")),
        (p("one", '<w:r><w:br w:type="page"/></w:r>'), p("two")),
        (p("one"), p('<w:r><w:br w:type="page"/></w:r>'), p("two")),
        (p("one"), p("two", pr="<w:pageBreakBefore/>")),
        (p("one", pr="<w:sectPr/>"), p("two")),
    ],
)
def test_a_page_break_is_a_form_feed_on_the_border_of_a_paragraph(blocks):
    source, shown = taken(docx(*blocks))
    assert lines(source) == ["one", "\ftwo"]
    assert [source[at] for at in shown.paragraphs or ()] == ["o", "t"]


def test_a_page_break_in_the_middle_of_a_paragraph_does_not_cut_it_in_two():
    source, shown = taken(docx(p("one", '<w:r><w:br w:type="page"/></w:r>', "and on"), p("two")))
    assert source == "one\nand on\n\n\ftwo"
    assert shown.paragraphs == (0, source.index("two"))


def test_a_continuous_section_and_a_page_that_was_merely_full_turn_no_page():
    full = "<w:r><w:lastRenderedPageBreak/></w:r>"
    data = docx(p("one", pr='<w:sectPr><w:type w:val="continuous"/></w:sectPr>'), p(full, "two"))
    assert "\f" not in source_of(data)


def test_a_dropped_capital_belongs_to_the_word_it_begins():
    source, shown = taken(docx(p("B", pr='<w:framePr w:dropCap="drop"/>'), p("oats are lent.")))
    assert source == "Boats are lent."
    assert shown.paragraphs == (0,)


def test_a_paragraph_whose_end_does_not_show_goes_on_in_the_next():
    source, shown = taken(docx(p("Boats. ", pr="<w:rPr><w:vanish/><w:specVanish/></w:rPr>"), p("They are lent.")))
    assert source == "Boats. They are lent."
    assert shown.paragraphs == (0,)


# ---- containers


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:hyperlink w:anchor='there'>{}</w:hyperlink>",
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:smartTag w:element='city'>{}</w:smartTag>",
        "<w:customXml w:element='x'><w:customXmlPr/>{}</w:customXml>",
        "<w:bdo w:val='rtl'>{}</w:bdo>",
        "<w:fldSimple w:instr=' REF there '>{}</w:fldSimple>",
        "<w:sdt><w:sdtContent><w:smartTag>{}</w:smartTag></w:sdtContent></w:sdt>",
    ],
)
def test_what_a_container_wraps_is_wording_once(wrapped):
    assert source_of(docx(p("a ", wrapped.format(r("boat")), " b"))) == "a boat b"


def test_paragraphs_in_a_content_control_are_paragraphs():
    control = f"<w:sdt><w:sdtContent>{p('two')}{table((p('cell'),))}</w:sdtContent></w:sdt>"
    source, shown = taken(docx(p("one"), control, p("three")))
    assert paragraphs(source, shown) == ["one", "two", "three"]
    assert len(shown.tables) == 1


def test_a_field_counts_by_its_result_once_and_nested_ones_too():
    inner = word.field(" PAGEREF x ", "7")
    data = docx(p("see ", word.field(' HYPERLINK \\l "x" ', "part ", inner, " below"), "."))
    assert source_of(data) == "see part 7 below."


def test_a_field_may_run_over_paragraphs():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    between, done = ('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    source, shown = taken(docx(p(begin, between, "Boats"), p("Oars"), p(done, "PP1. Rivers")))
    assert paragraphs(source, shown) == ["Boats", "Oars", "PP1. Rivers"]


def test_a_field_that_never_ends_swallows_nothing():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert source_of(docx(p(begin, "Boats are"), p("lent."))) == "Boats are\n\nlent."


def test_a_choice_from_a_list_and_a_ticked_box_print_as_chosen():
    def form(data):
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    choice = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="may"/><w:listEntry w:val="shall"/></w:ddList>'
    assert source_of(docx(p("it ", form(choice), form("<w:checkBox><w:checked/></w:checkBox>")))) == "it shall☒"


def test_a_text_box_follows_the_paragraph_it_is_anchored_in_once():
    source, shown = taken(docx(p("one ", box(p("boxed"), p("twice")), "and on"), p("two")))
    assert paragraphs(source, shown) == ["one and on", "boxed", "twice", "two"]
    assert source.count("boxed") == 1


def test_a_text_box_of_an_old_program_is_read_too():
    old = f"<w:r><w:pict><v:rect><v:textbox><w:txbxContent>{p('boxed')}</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    assert source_of(docx(p("one", old))) == "one\n\nboxed"


def test_the_letters_of_a_formula_are_wording():
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    power = "<m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup>"
    assert source_of(docx(p("about ", f"<m:oMath>{half}{power}</m:oMath>", " of it"))) == "about 1/2m^3 of it"


def test_small_letters_above_the_line_are_listed_and_those_below_are_wording():
    ruby = f"<w:r><w:ruby><w:rt>{r('kawa')}</w:rt><w:rubyBase>{r('川')}</w:rubyBase></w:ruby></w:r>"
    data = docx(p("the ", ruby))
    assert source_of(data) == "the 川"
    assert word.quotes(data, "unread-element") == ["kawa"]


# ---- bold


def test_bold_is_shown_by_character():
    assert bold(docx(p("Boats ", r("shall", "<w:b/>"), " be lent"))) == ["shall"]
    assert taken(docx(p("Boats")))[1].bold == ()


def test_neighbouring_runs_in_bold_are_one_stretch():
    assert bold(docx(p(r("Boats ", "<w:b/>"), r("shall", '<w:b w:val="1"/><w:i/>')))) == ["Boats shall"]


STRONG = style("Strong", "character", rpr="<w:b/>")
HEAVY = style("Heavy", rpr="<w:b/>")


@pytest.mark.parametrize(
    ("made", "paragraph", "run", "is_bold"),
    [
        ((HEAVY,), "Heavy", "", True),
        ((HEAVY, style("Child", based_on="Heavy")), "Child", "", True),
        ((HEAVY, style("Child", based_on="Heavy", rpr='<w:b w:val="0"/>')), "Child", "", False),
        ((STRONG,), "", '<w:rStyle w:val="Strong"/>', True),
        ((STRONG, HEAVY), "Heavy", '<w:rStyle w:val="Strong"/>', False),
        ((STRONG, HEAVY), "Heavy", '<w:rStyle w:val="Strong"/><w:b/>', True),
        ((HEAVY,), "Heavy", '<w:b w:val="false"/>', False),
        ((style("Usual", rpr="<w:b/>", default=True),), "", "", True),
        ((), "", "<w:bCs/>", False),
        ((), "", "<w:bCs/><w:rtl/>", True),
    ],
)
def test_bold_comes_from_styles_which_switch_each_other_and_from_the_run_itself(made, paragraph, run, is_bold):
    assert bold(docx(p(r("x", run), style=paragraph), styles=styles(*made))) == (["x"] if is_bold else [])


def test_bold_by_the_defaults_of_the_document_is_not_switched_off_by_a_style_that_is_bold():
    assert bold(docx(p("x", style="Heavy"), styles=styles(HEAVY, defaults="<w:b/>"))) == ["x"]


def test_styles_that_are_based_on_each_other_are_no_trap():
    ring = style("A", based_on="B", rpr="<w:b/>"), style("B", based_on="A")
    assert bold(docx(p("x", style="A"), styles=styles(*ring))) == ["x"]


def test_paragraphs_are_bold_not_bold_or_mixed_in_the_reading():
    heavy = "<w:b/>"
    source, shown = taken(
        docx(p(r("Boats are lent.", heavy)), p("Oars are lent."), p(r("Rafts", heavy), " are lent."), p("x"), p("y"))
    )
    read = read_package(source, shown=shown).documents[0].paragraphs
    assert [one.bold for one in read[:3]] == [True, False, "mixed"]


# ---- tables


def test_the_cells_of_a_table_are_lines_row_by_row_and_no_paragraphs():
    source, shown = taken(
        docx(
            p("before"),
            table(
                (
                    p("a"),
                    p("b"),
                ),
                (p("c"), p("d")),
            ),
            p("after"),
        )
    )
    assert source == "before\n\na\nb\nc\nd\n\nafter"
    assert paragraphs(source, shown) == ["before", "after"]
    [found] = shown.tables
    assert source[slice(*found.src)] == "a\nb\nc\nd"
    assert [pieces(source, row) for row in found.rows] == [["a", "b"], ["c", "d"]]


def test_several_paragraphs_of_a_cell_are_lines_and_an_empty_cell_is_an_empty_range():
    source, shown = taken(docx(table((p("a") + p() + p("b"), p()), (p(), p("c")))))
    assert [pieces(source, row) for row in shown.tables[0].rows] == [["a\nb", ""], ["", "c"]]
    assert read_package(source, shown=shown).documents[0].tables[0].rows[0][0].text == "a b"


def test_a_merged_cell_counts_once():
    goes_on = f"<w:tcPr><w:vMerge/></w:tcPr>{p()}"
    source, shown = taken(
        docx(table((f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("a")}', p("b")), (goes_on, p("c"))))
    )
    assert [pieces(source, row) for row in shown.tables[0].rows] == [["a", "b"], ["", "c"]]


def test_a_table_in_a_cell_is_read_as_lines_of_the_cell_and_reported():
    data = docx(table((p("a") + table((p("b"), p("c"))) + p("d"), p("e"))))
    source, shown = taken(data)
    assert [pieces(source, row) for row in shown.tables[0].rows] == [["a\nb\nc\nd", "e"]]
    assert len(shown.tables) == 1
    assert len(word.notices(data, "nested-table")) == 1


def test_rows_and_cells_in_content_controls_are_rows_and_cells():
    def control(inner):
        return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    first, second = f"<w:tc>{p('a')}</w:tc>", f"<w:tc>{p('b')}</w:tc>"
    rows = control(f"<w:tr>{control(first)}{second}</w:tr>")
    source, shown = taken(docx(f"<w:tbl><w:tblPr/>{rows}</w:tbl>"))
    assert [pieces(source, row) for row in shown.tables[0].rows] == [["a", "b"]]


# ---- notes


NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="5">{p("<w:r><w:footnoteRef/></w:r>", " Also rafts.")}{p("And tugs.")}</w:footnote>'
    f'<w:footnote w:id="4">{p("<w:r><w:footnoteRef/></w:r>", r(" Not oars."))}</w:footnote>'
)


def reference(number: int, kind: str = "footnote", more: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"{more}/></w:r>'


def test_a_footnote_is_referred_to_by_its_number_and_stands_after_the_body():
    data = docx(p("Boats", reference(5), " are lent", reference(4), "."), p("End."), footnotes=NOTES)
    source, shown = taken(data)
    assert source == "Boats¹ are lent².\n\nEnd.\n\n¹ Also rafts.\nAnd tugs.\n\n² Not oars."
    assert [(one.kind, source[slice(*one.src)], one.mark) for one in shown.aside] == [
        ("footnote", "¹ Also rafts.\nAnd tugs.", "¹"),
        ("footnote", "² Not oars.", "²"),
    ]
    assert paragraphs(source, shown) == ["Boats¹ are lent².", "End."]
    [document] = read_package(source, shown=shown).documents
    assert [(one.mark, one.reading.text) for one in document.footnotes] == [
        ("¹", "¹ Also rafts. And tugs."),
        ("²", "² Not oars."),
    ]


def test_a_footnote_with_a_mark_of_its_own_keeps_it():
    notes = f'<w:footnote w:id="1">{p("* Not oars.")}</w:footnote>'
    data = docx(p("Boats", reference(1, more=' w:customMarkFollows="1"'), "*", " are lent."), footnotes=notes)
    source, shown = taken(data)
    assert source == "Boats* are lent.\n\n* Not oars."
    assert shown.aside[0].mark == "*"


def test_endnotes_are_counted_in_roman_figures_as_word_does_unless_told_otherwise():
    notes = f'<w:endnote w:id="1">{p("Not oars.")}</w:endnote>'
    data = docx(p("Boats", reference(1, "endnote")), endnotes=notes)
    assert source_of(data) == "Boatsⁱ\n\nⁱ Not oars."
    told = '<w:endnotePr><w:numFmt w:val="decimal"/><w:numStart w:val="7"/></w:endnotePr>'
    assert (
        source_of(docx(p("Boats", reference(1, "endnote")), endnotes=notes, settings=told)) == "Boats⁷\n\n⁷ Not oars."
    )


def test_a_raised_figure_is_a_raised_figure():
    assert source_of(docx(p("10", r("6", '<w:vertAlign w:val="superscript"/>')))) == "10⁶"


# ---- headers and footers


def section(*references: str, more: str = "") -> str:
    made = "".join(
        f'<w:{kind}Reference w:type="{which}" r:id="rId_{name}"/>' for kind, which, name in map(str.split, references)
    )
    return f"<w:sectPr>{made}{more}</w:sectPr>"


def test_headers_and_footers_stand_at_the_end_each_text_once():
    data = docx(
        p("Boats.", pr=section("header default header1")),
        p("Oars."),
        section("header default header2", "footer default footer1"),
        header1=p("Town of Evergreen"),
        header2=p("Town of Evergreen") + p("Draft"),
        footer1=p("- ", word.field(" PAGE ", "3"), " -"),
    )
    source, shown = taken(data)
    assert lines(source) == ["Boats.", "\fOars.", "Town of Evergreen", "Draft", "- 3 -"]
    assert [(one.kind, source[slice(*one.src)]) for one in shown.aside] == [
        ("running_header", "Town of Evergreen"),
        ("running_header", "Draft"),
        ("page_number", "- 3 -"),
    ]
    [document] = read_package(source, shown=shown).documents
    assert [one.reading.text for one in document.paragraphs] == ["Boats.", "Oars."]


def test_a_table_in_a_header_is_lines_of_the_header():
    data = docx(p("Boats."), section("header default header1"), header1=table((p("left"), p("right"))))
    source, shown = taken(data)
    assert [source[slice(*one.src)] for one in shown.aside] == ["left", "right"]
    assert shown.tables == ()
