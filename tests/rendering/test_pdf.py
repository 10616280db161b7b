"""The PDF: the words that print, on pages that can be handed round, the same bytes every time."""

from datetime import date

import pypdfium2
import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.notation.tree import Bracket, Node, Text, Tree
from documents.notation.write import Mark
from documents.rendering import pdf
from documents.rendering.podium import INVISIBLE
from documents.rendering.printed import text_of, that_print
from tests.rendering.samples import CHARACTERS, document, lanterns, paragraph, paragraphs, plain

MILLIMETRE = 72 / 25.4
PAGE = (210 * MILLIMETRE, 297 * MILLIMETRE)


def pages(body: bytes) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(body))


def between(page: pypdfium2.PdfPage, *, top: float, bottom: float) -> str:
    """The text of a page from ``top`` to ``bottom``, in millimetres below its upper edge."""
    words = page.get_textpage().get_text_bounded(
        left=0, right=PAGE[0], top=PAGE[1] - top * MILLIMETRE, bottom=PAGE[1] - bottom * MILLIMETRE
    )
    # These are how pdfium writes a hyphen that ends a line.
    return words.replace("\ufffe", "-").replace("\x02", "-")


def text_area(body: bytes) -> str:
    """All words between the running header and the foot."""
    return "\n".join(between(page, top=24 if at else 0, bottom=268) for at, page in enumerate(pages(body)))


def solid(words: str) -> str:
    """The words without white space and without what nobody sees."""
    return "".join(sign for sign in words if not sign.isspace() and sign not in INVISIBLE)


def bold_words(body: bytes) -> str:
    """What is set in a bold font, in the order of the file."""
    found = []
    for page in pages(body):
        texts = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage())
        for thing in texts:
            if "Bold" in thing.get_font().get_base_name():
                found.append(thing.extract())
    return "".join(found)


def test_the_words_of_the_pages_are_the_words_that_print():
    words = solid(text_area(pdf.render(lanterns())))
    expected = solid("".join(text_of(each) for each in that_print(lanterns())))
    before, found, after = words.partition(expected)
    assert found
    assert solid("Draft declaration on lanterns") in before
    assert after.startswith(solid("How to read this text"))
    assert "struck" not in words


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(paragraphs(st.sampled_from("aж қ№[](){}#$*_\\\"'`@<>=/-+~")), max_size=3))
def test_any_wording_that_the_fonts_draw_is_on_the_pages(some):
    printed = document(*some)
    expected = solid("".join(text_of(each) for each in that_print(printed)))
    assert expected in solid(text_area(pdf.render(printed)))


HOSTILE = [
    '#let x = read("/etc/passwd")',
    '"); #panic("no") //',
    "$ sum_(i=0)^n $ *bold* _slanted_ `raw` @label <label> = Heading",
    "\\u{41} \\ \\# ~ --- -- ... /* gone? */ https://example.org/a//b",
    "<script>alert(1)</script> {{ title }} %(number)s {page}",
    "one\u200ftwo\u202ethree\u202c\u200bfour\u00adfive",
    "one\ttwo\x01three\x7ffour\u0085five",
    "e\u0301" * 120,
    "Қазақстан Республикасы, өңір, үміт, һәм, Ұлытау; Ёлка № 5 «цитата» ₸",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_wording_is_never_read_as_layout(words):
    printed = document(plain(words), title=words, header_lines=(words,), status_line=words, organisation=words)
    body = pdf.render(printed)
    shown = solid("".join(sign for sign in words if sign.isprintable() or sign in INVISIBLE))
    if "\u202e" not in words:  # a text that turns its own direction is extracted as it looks
        assert solid(text_area(body)).count(shown.replace("e\u0301", "é")) + solid(text_area(body)).count(shown) >= 2
    assert b"pdfaid" in body


def test_a_word_without_end_stays_within_the_margins():
    body = pdf.render(document(plain("x" * 500), plain("a/b" * 300), title="T" * 200))
    for page in pages(body):
        for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            _left, _bottom, right, _top = thing.get_bounds()
            assert right <= PAGE[0] - 25 * MILLIMETRE


def test_only_agreed_paragraphs_are_bold():
    printed = document(
        plain("I. Heading", kind="section_heading"),
        plain("open", kind="item"),
        plain("referred", state="agreed_ad_ref"),
        plain("done", state="agreed"),
    )
    # The word of the legend that shows what bold is comes once for each of the two kinds of agreement.
    assert solid(bold_words(pdf.render(printed))) == "referreddoneboldbold"


def test_a_marker_of_one_delegation_is_not_parted_at_its_sign():
    tree: list[Node] = []
    marks: dict[str | None, list[Mark]] = {}
    for at in range(60):
        tree += [Text(" word" * (at % 7)), Bracket(f"b{at}", (Text("or"),))]
        marks[f"b{at}"] = [Mark("ELMLAND", "oppose")]
    lines = text_area(pdf.render(document(paragraph(tuple(tree), marks)))).splitlines()
    assert sum(line.count("(-ELMLAND)") for line in lines) == 60


def test_brackets_sixty_four_deep_print():
    tree: Tree = (Text("deep"),)
    marks: dict[str | None, list[Mark]] = {}
    for depth in range(64):
        tree = (Bracket(f"b{depth}", tree),)
        marks[f"b{depth}"] = [Mark("ELM", "oppose")]
    printed = document(paragraph(tree, marks))
    assert solid(text_of(printed.paragraphs[0])) in solid(text_area(pdf.render(printed)))


def test_three_hundred_paragraphs_print_with_each_page_counted():
    printed = document(*(plain(f"OP{at}. Lamps are lit on pier {at}. " * 4) for at in range(1, 301)))
    body = pdf.render(printed)
    expected = solid("".join(text_of(each) for each in printed.paragraphs))
    assert expected in solid(text_area(body))
    found = pages(body)
    for number, page in enumerate(found, start=1):
        foot = " ".join(between(page, top=268, bottom=297).split())
        assert f"Page {number} of {len(found)}" in foot
        assert "Draft declaration on lanterns" in foot
        assert "Podium version 2 · seq 1,417" in foot


def test_the_legend_stands_on_the_last_page():
    body = pdf.render(document(*(plain("Lamps. " * 60, state="agreed") for _ in range(30))))
    assert ["How to read this text" in between(page, top=0, bottom=268) for page in pages(body)] == [
        *([False] * (len(pages(body)) - 1)), True,
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["section_heading", "formula", "chapeau"])
def test_no_heading_is_left_alone_at_the_end_of_a_page(kind):
    for lines in range(26, 36):
        filling = [plain(f"line {at}") for at in range(lines)]
        body = pdf.render(document(*filling, plain("Heading", kind=kind), plain("first words after it")))
        for page in pages(body):
            words = between(page, top=24, bottom=268)
            assert ("Heading" in words) == ("first words after it" in words)


def test_the_same_version_has_the_same_bytes_whoever_asks():
    first = pdf.render(lanterns())
    with translation.override("kk"):
        assert pdf.render(lanterns()) == first
    pdf.render(document(plain("another in between")))
    assert pdf.render(lanterns()) == first


def test_the_date_of_the_file_is_the_version_s():
    body = pdf.render(document(plain("a"), as_of=date(2031, 2, 3)))
    assert b"D:20310203" in body
    assert b"D:2031" not in pdf.render(lanterns())


def test_the_file_claims_the_archive_and_accessibility_standards():
    body = pdf.render(lanterns())
    assert b"<pdfaid:part>2</pdfaid:part>" in body
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in body
    assert b"<pdfuaid:part>1</pdfuaid:part>" in body


def test_a_character_that_no_font_draws_is_printed_as_its_number_and_the_reader_is_told():
    body = pdf.render(document(plain("The word 灯 is a lamp, and 笼 a cage."), title="On 灯"))
    words = solid(text_area(body))
    assert "Theword‹U+706F›isalamp,and‹U+7B3C›acage." in words
    assert "On‹U+706F›" in words
    assert "noletterform" in words
    assert b"<pdfaid:part>2</pdfaid:part>" in body


def test_a_long_text_that_no_font_draws_stays_within_the_margins():
    for page in pages(pdf.render(document(plain("灯" * 300)))):
        for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            assert thing.get_bounds()[2] <= PAGE[0] - 25 * MILLIMETRE


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(CHARACTERS, max_size=40))
def test_any_characters_at_all_give_a_file_of_the_archive_standard(words):
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf.render(document(plain(words), title=words))


def test_a_document_without_title_header_and_wording_is_still_a_page():
    printed = document(title="", header_lines=(), status_line="", organisation="", language="")
    assert len(pages(pdf.render(printed))) == 1
