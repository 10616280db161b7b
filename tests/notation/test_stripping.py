"""Making plain what came in: exactly the odd characters go, every place moves along, nothing else changes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.notation.lines import WHITE
from documents.notation.package import read_package
from documents.notation.plain import first_odd, odd_in_source
from documents.notation.shown import Aside, Notice, Shown, Table, Tracked
from documents.notation.stripping import plain_package, plain_source, stripped
from tests.notation.hidden import CLASSES

FILE = "PP1. Noting that [bells] (+IND) warn;\n\nPP2. Колокола, қоңыраулар."
ODD = "\ue000\u2800\ufe0f\U000e0041\x01\u0378"
PIECES = [*"ab [](+IND)\n", *ODD, "e\u0301", "\u0301", "\u1112", "\u1161", "й", "и\u0306"]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(texts)
def test_what_is_plain_stays_in_its_order_and_can_be_found_at_its_new_place(text: str) -> None:
    plain = stripped(text)
    assert list(odd_in_source(plain.text)) == []
    assert unicodedata.is_normalized("NFC", plain.text)
    kept = "".join(sign for sign in text if sign not in ODD and sign != "\u0301")
    assert unicodedata.normalize("NFD", kept) == unicodedata.normalize("NFD", plain.text).replace("\u0301", "")
    for at, sign in enumerate(text):
        if sign in "ab[]()+IND\n":
            assert unicodedata.normalize("NFD", plain.text[plain.moved(at)])[0] == sign
    assert sum(plain.removed.values()) >= sum(sign in ODD for sign in text)


@given(texts)
def test_the_places_of_a_text_never_change_their_order(text: str) -> None:
    plain = stripped(text, collapse=True)
    places = [plain.moved(at) for at in range(len(text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(plain.text) for place in places)


def test_a_plain_text_is_left_alone() -> None:
    text = "Қазақстан\r\n\tnotes\xa0[that] (+IND)\u200b"
    assert stripped(text) == (text, {}, ())


def test_what_a_file_shows_moves_with_its_source() -> None:
    source = "\ue000OP1. One [two] (+ANNA) three\n\ue001page 1\ue002\nx\ue003y\n"
    shown = Shown(
        paragraphs=(1, 31),
        bold=((6, 9),),
        tracked=(Tracked(10, "ins", "AN\ue000NA", None, "(+ANNA)"),),
        aside=(Aside("page_number", (31, 38)),),
        tables=(Table((39, 42), (((39, 42),),)),),
        notices=(Notice("comment", 39, "q", "m"),),
    )
    assert source[10] == "["
    plain, moved = plain_source(source, shown)
    assert plain == "OP1. One [two] (+ANNA) three\npage 1\nxy\n"
    assert moved.bold is not None
    assert plain[slice(*moved.bold[0])] == "One"
    assert plain[moved.tracked[0].open] == "["
    assert moved.tracked[0].author == "ANNA"
    assert plain[slice(*moved.aside[0].src)].strip() == "page 1"
    assert plain[slice(*moved.tables[0].rows[0][0])] == "xy"
    assert moved.paragraphs == (0, 29)
    assert plain[moved.notices[0].at] == "x"


def test_brackets_and_markers_of_a_package_are_at_their_places_when_it_was_stripped() -> None:
    package, removed = plain_package(
        read_package("PP\ue0001. One \u2800 [tw\ue000o] (+I\ufe0fND) (VIE tcb); (CHN tcb)")
    )
    [paragraph] = package.documents[0].paragraphs
    reading = paragraph.reading
    assert reading.text == "PP1. One [two] (+IND) (VIE tcb); (CHN tcb)"
    [span] = reading.spans
    assert reading.text[span.open : span.close + 1] == "[two]"
    for marker in (*span.markers, *reading.markers):
        assert reading.text[marker.start : marker.end] == marker.raw
    assert removed == {
        "U+E000 PRIVATE USE CHARACTER": 2,
        "U+2800 BRAILLE PATTERN BLANK": 1,
        "U+FE0F VARIATION SELECTOR-16": 1,
    }


def test_a_paragraph_reports_each_odd_character_once_at_its_first_place() -> None:
    source = "PP1. A\ue000b\ue000c \u2800.\n\nPP2. A\ue000b.\n\nPP3. Ab."
    found = [(d.line, d.column, d.message[:6]) for d in read_package(source).diagnostics if d.code == "odd-character"]
    assert found == [(1, 7, "U+E000"), (1, 12, "U+2800"), (3, 7, "U+E000")]
    assert "\ue000" in read_package(source).documents[0].paragraphs[0].reading.text


@pytest.mark.parametrize("kind", CLASSES)
def test_whatever_nobody_sees_in_a_file_is_listed_and_gone_once_it_was_stripped(kind: str) -> None:
    """White space alone is not listed: it comes in as a common space. A byte order mark is no part of the text."""
    for sign in CLASSES[kind]:
        for at in range(0, len(FILE), 7):
            read = read_package(FILE[:at] + sign + FILE[at:])
            package, _ = plain_package(read)
            texts = [paragraph.reading.text for paragraph in package.documents[0].paragraphs]
            assert all(first_odd(text) is None for text in texts), (ascii(sign), at)
            listed = {found.code for found in read.diagnostics} & {"odd-character", "invisible-characters"}
            assert sign in WHITE or listed or (sign, at) == ("\ufeff", 0), (ascii(sign), at)


def test_white_space_and_what_the_reader_drops_are_not_odd() -> None:
    source = "PP1.\tA\xa0b\u200b c\xad\r\n\fd.\u2028"
    assert [d.code for d in read_package(source).diagnostics] == ["invisible-characters"]
