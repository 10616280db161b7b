"""A PDF's text: what is printed as a line is a line, in the order in which people read."""

import unicodedata

import pytest

from documents.reading.pdf import take_pdf
from tests.reading.paper import lines, notices, pdf, stream, taken, text, words
from tests.reading.three_formats import typeset

WRAPPED = ("Each member town shall keep a book of its levels, open to all,", "and shall read from it to whoever asks,")


def set_in(typst: str) -> bytes:
    head = '#set page(paper: "a6", margin: 10mm)\n#set text(font: "Libertinus Serif", size: 11pt, lang: "en")\n'
    return typeset(head + typst, {})


def test_a_printed_line_is_a_line_and_a_wider_gap_a_blank_one():
    page = lines(*WRAPPED, "as long as it is dry.") + lines("A second paragraph.", y=760 - 3 * 14 - 8)
    assert take_pdf(pdf(page))[0] == "\n".join([*WRAPPED, "as long as it is dry.", "", "A second paragraph.", ""])


def test_a_form_feed_stands_at_each_turn_of_the_page():
    source, _ = taken(pdf(text("One"), "", text("Three")))
    assert source == "One\n\f\fThree\n"


def test_words_that_are_only_set_apart_are_parted_by_a_space():
    page = text("Each", 72) + text("town", 102) + text("(-", 133) + text("TARN)", 141.2)
    assert words(pdf(page)) == ["Each town (-TARN)"]


def test_letters_that_are_set_wide_are_one_word():
    assert words(pdf(text("COUNCIL", more="3 Tc"))) == ["COUNCIL"]


def test_spaces_of_the_file_are_kept_once():
    assert words(pdf(text("Each  town ") + text(" shall", 133))) == ["Each town shall"]


def test_ligatures_are_letters():
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding << /Differences [1 /fi /fl] >> >>"
    assert words(pdf(text("of\1ce, \2ow", font="F3"), objects=[font])) == ["office, flow"]


def test_a_small_raised_figure_is_a_superscript():
    page = text("bell", 72, 700) + text("12", 91, 704.5, 7) + text("rings", 102.5, 700)
    assert words(pdf(page)) == ["bell¹² rings"]


def test_a_figure_that_the_face_draws_raised_is_a_superscript():
    assert words(set_in("10#super[6] lanterns, and 106 more"))[0] == "10⁶ lanterns, and 106 more"


def test_a_hyphen_that_ends_a_line_stays_one():
    assert words(pdf(lines("towns shall respect the non-", "interference of herons"))) == [
        "towns shall respect the non-",
        "interference of herons",
    ]


def test_a_hyphenated_word_ends_its_line_with_a_soft_hyphen():
    source, _ = taken(
        set_in("#set par(justify: true)\n#set text(hyphenate: true)\n" + "unreasonable bureaucracies " * 12)
    )
    assert "\xad\n" in source
    assert "-" not in source
    assert set(source.replace("\xad\n", "").split()) == {"unreasonable", "bureaucracies"}


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (text("Each ") + text("town", 102, font="F2") + text(" shall", 131), "town"),
        (text("Each ") + "q " + text("town", 102, more="2 Tr") + "Q " + text(" shall", 131), "town"),
        (text("Each ") + text("town", 102) + text("town", 102.3) + text(" shall", 131), "town"),
    ],
    ids=["by its face", "by a stroke round it", "printed twice"],
)
def test_bold_is_a_face_a_stroke_or_a_word_printed_twice(page: str, expected: str):
    source, shown = taken(pdf(page))
    assert source == "Each town shall\n"
    assert [source[slice(*one)] for one in shown.bold or ()] == [expected]


def test_bold_goes_on_over_the_end_of_a_line():
    source, shown = taken(pdf(lines("Each town", "shall", font="F2")))
    assert [source[slice(*one)] for one in shown.bold or ()] == ["Each town\nshall"]


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(90, "0 1 -1 0 300 100"), (180, "-1 0 0 -1 300 300"), (270, "0 -1 1 0 300 300")],
)
def test_a_page_that_is_turned_is_read_as_it_is_shown(turn: int, matrix: str):
    page = f"BT /F1 12 Tf {matrix} Tm (Each town) Tj 0 -14 Td (shall) Tj ET"
    source, shown = taken(pdf(page, page=f"/Rotate {turn}"))
    assert source == "Each town\nshall\n"
    assert not shown.notices


def test_text_that_is_turned_is_read_last_and_said():
    page = "BT /F1 12 Tf 0 1 -1 0 40 300 Tm (margin note) Tj ET\n" + lines("Each town", "shall")
    data = pdf(page)
    assert words(data) == ["Each town", "shall", "margin note"]
    assert [notice.quote for notice in notices(data, "rotated-text")] == ["margin note"]


def test_characters_of_which_the_file_does_not_say_what_they_are_are_counted():
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode 12 0 R >>"
    private = "/CIDInit begincmap 1 begincodespacerange <00><FF> endcodespacerange 1 beginbfchar <41> <E001> endbfchar endcmap"
    data = pdf(text("AB", font="F3"), objects=[font, stream(private)])
    assert unicodedata.category(words(data)[0][0]) == "Co"
    assert "1 character " in notices(data, "unreadable-characters")[0].message


def test_a_line_that_is_set_in_begins_with_spaces_and_one_in_the_middle_does_not():
    body = "Each member town shall keep a book of its levels. " * 3
    source, _ = taken(set_in(f"#par(justify: true)[{body}]\n#pad(left: 11mm)[set in]\n#align(center)[in the middle]"))
    assert source.splitlines()[-3:] == ["      set in", "", "in the middle"]


def test_columns_are_read_from_top_to_bottom_and_what_stands_across_them_between():
    left = [f"left {at} keeps a book of its levels" for at in range(8)]
    right = [f"right {at} keeps a book of its levels" for at in range(8)]
    across = "What stands across both of the columns is read where it stands on the page, between them"
    page = (
        lines(across, y=800)
        + lines(*left, y=770)
        + lines(*right, x=310, y=767)
        + lines(across, y=640)
        + lines(*left, y=610)
        + lines(*right, x=310, y=610)
    )
    assert words(pdf(page)) == [across, *left, *right, across, *left, *right]


def test_a_table_is_read_row_by_row():
    rows = [("Marl", "40"), ("Tarn", "12"), ("Lind", "7"), ("Oster", "9"), ("Quill", "31"), ("Verenna", "5")]
    page = lines(*(name for name, _ in rows)) + lines(*(count for _, count in rows), x=300)
    assert words(pdf(page)) == [f"{name}   {count}" for name, count in rows]


def test_a_letterhead_is_read_part_by_part():
    page = (
        text("COUNCIL OF MILL TOWNS", 72, 800)
        + text("MT/2026/DRAFT/7", 450, 800)
        + text("12 May 2026", 450, 786)
        + text("Long Mill, Verenna", 72, 784)
        + lines("Each member town shall keep a book of its levels, open to all, for as long as it rains", y=740)
    )
    assert words(pdf(page))[:4] == ["COUNCIL OF MILL TOWNS", "Long Mill, Verenna", "MT/2026/DRAFT/7", "12 May 2026"]
