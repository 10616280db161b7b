"""What stands in the margins of a PDF's pages is told from the wording by what its pages have in common."""

from collections.abc import Sequence

from tests.reading.paper import lines, pdf, taken, text

BODY = [f"The towns of the river keep a book of their levels, number {at}, and read from it" for at in range(20)]


def page(*, header: str = "", footer: str = "", body: Sequence[str] = BODY, last: str = "") -> str:
    made = lines(*body, y=740)
    made += text(header, 72, 800, 9) if header else ""
    made += text(footer, 290, 40, 9) if footer else ""
    return made + (last or "")


def asides(data: bytes) -> list[tuple[str, str]]:
    source, shown = taken(data)
    return [(aside.kind, source[slice(*aside.src)]) for aside in shown.aside]


def test_lines_that_come_again_on_the_next_page_are_headers_and_numbers():
    data = pdf(*(page(header="MT/2026/DRAFT/7", footer=f"{at}") for at in (1, 2, 3)))
    expected = [[("running_header", "MT/2026/DRAFT/7"), ("page_number", str(at))] for at in (1, 2, 3)]
    assert asides(data) == [one for on_page in expected for one in on_page]


def test_headers_of_left_and_right_pages_may_differ():
    data = pdf(*(page(header="Mill towns" if at % 2 else "Draft declaration") for at in range(4)))
    assert [text for _, text in asides(data)] == ["Draft declaration", "Mill towns", "Draft declaration", "Mill towns"]


def test_a_single_page_has_its_number_where_it_stands_apart():
    assert asides(pdf(page(footer="- 1 -"))) == [("page_number", "- 1 -")]
    ends_with_a_year = lines(*BODY[:3], "2026", y=140)
    assert asides(pdf(ends_with_a_year)) == []


def test_wording_that_is_the_same_on_two_pages_is_wording():
    assert asides(pdf(page(), page())) == []


def test_a_letterhead_that_comes_again_with_each_document_is_none_of_them():
    head = ("COUNCIL OF MILL TOWNS", "12 May 2026", "PODIUM VERSION AS OF COB OF 12 MAY 2026")
    data = pdf(*(lines(*head, f"Draft Statement {at}", y=810, step=20) + page() for at in range(3)))
    assert asides(data) == []


def test_a_footer_that_names_the_podium_version_is_a_footer():
    data = pdf(*(page(footer="Podium version 2 as of 12 May 2026") for _ in range(3)))
    assert asides(data) == [("running_header", "Podium version 2 as of 12 May 2026")] * 3


def test_a_footnote_is_smaller_and_begins_with_a_mark_that_a_word_above_has():
    call = lines("The bell") + text("1", 115, 764.5, 7) + text(" rings", 119, 760)
    note = text("1", 72, 64, 6) + text("It has not been heard since.", 76, 60, 9)
    data = pdf(call + lines(*BODY, y=740) + note)
    assert asides(data) == [("footnote", "¹It has not been heard since.")]
    assert taken(data)[1].aside[0].mark == "¹"


def test_a_footnote_may_run_over_lines_and_the_next_begins_with_its_own_mark():
    calls = text("word", y=760) + text("1", 98, 764.5, 7) + text("bell", y=720) + text("2", 91, 724.5, 7)
    notes = text("1", 72, 92, 6) + lines("First note, which needs", "two lines.", x=76, y=88, size=9, step=11)
    notes += text("2", 72, 70, 6) + text("Second note.", 76, 66, 9)
    assert asides(pdf(calls + lines(*BODY[:3], y=600) + notes)) == [
        ("footnote", "¹First note, which needs\ntwo lines."),
        ("footnote", "²Second note."),
    ]


def test_small_print_without_a_call_is_wording():
    assert asides(pdf(page(last=text("1 Printed at the Long Mill.", 72, 60, 9)))) == []


def test_a_note_of_the_same_size_under_a_short_rule_is_a_footnote():
    call = lines("The bell") + text("1", 115, 764.5, 7) + text(" rings", 119, 760)
    note = "72 80 m 190 80 l S\n" + text("1 It has not been heard since.", 72, 60)
    assert asides(pdf(call + lines(*BODY[:5], y=740) + note)) == [("footnote", "1 It has not been heard since.")]
