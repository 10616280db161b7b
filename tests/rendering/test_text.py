"""The text rendition: one paragraph a line."""

from hypothesis import given
from hypothesis import strategies as st

from documents.rendering import text
from documents.rendering.printed import text_of, that_print
from tests.rendering.samples import document, lanterns, paragraphs, plain


def test_header_status_title_and_paragraphs_stand_apart_by_a_blank_line():
    assert text.render(lanterns()).decode() == (
        "COUNCIL OF FERRYMEN\nCF/2026/DRAFT/1\n3 May 2026\n________\nChairmanship of Willow\n"
        "\nPODIUM VERSION AS OF COB OF 3 MAY 2026\n"
        "\nDraft declaration on lanterns\n"
        "\nThe Council, having met at the ferry house,\n"
        "\nPP1. Recalling that lanterns [shine] (-ALD) (ELM tcb) [glow [faintly] at night] (+ALD) "
        "(+OAK with reservation) over the river; (ASH: keep original)\n"
        "\n[PP1a. Mindful of moths] (+ELM, OAK), (OAK says: maybe).\n"
        "\nHereby declare:\n\nI. Oil\n\nOP1. Lamps are filled at dusk:\n\n(a) by the ferryman;\n\n(i) or by his heir.\n"
    )


def test_what_a_document_lacks_leaves_no_blank_lines():
    assert text.render(document(plain("One."), title="", header_lines=(), status_line="")) == b"One.\n"


def test_a_document_without_anything_is_an_empty_file():
    assert text.render(document(title="", header_lines=(), status_line="")) == b""


def test_a_line_end_inside_a_paragraph_is_a_space():
    body = text.render(document(plain("one\r\ntwo\nthree\rfour"), title="", header_lines=(), status_line=""))
    assert body == b"one two three four\n"


@given(st.lists(paragraphs(), max_size=4))
def test_each_paragraph_stands_at_the_place_that_is_told(some):
    printed = document(*some)
    composition = text.compose(printed)
    assert [each for each, _place in composition.paragraphs] == that_print(printed)
    for each, (start, end) in composition.paragraphs:
        assert composition.text[start:end] == text.one_line(text_of(each))


@given(st.lists(paragraphs(), max_size=4))
def test_the_text_has_the_same_bytes_every_time(some):
    assert text.render(document(*some)) == text.render(document(*some))
