"""What may be typed: everything that can be seen, and nothing that cannot, wherever it stands and however it came."""

import unicodedata

import pytest

from documents.notation.plain import NotPlainText, as_plain, first_odd, name_of, odd_places
from tests.notation.hidden import CLASSES, hidden

PARAGRAPH = (
    "Recalling that bells [ring and] (+IND) warn, that the колокольчик звенит at “dusk”, and that қоңырау has been "
    "heard — in 2026, № 5 — over hills, § by §, in the façade of every town’s hall at 5 °C;"
)
EVERY_SEVENTH = range(0, len(PARAGRAPH) + 1, 7)


def test_there_are_more_of_them_than_anybody_would_list_by_hand() -> None:
    counts = {name: len(signs) for name, signs in CLASSES.items()}
    assert counts["format"] >= 163
    assert counts["variation selector"] == 256
    assert len(set(hidden())) == sum(counts.values()) >= 450, counts


@pytest.mark.parametrize("kind", CLASSES)
def test_each_is_refused_at_every_seventh_place_with_its_name_and_its_place(kind: str) -> None:
    """By the one function that every act takes words through; the doors are tried with the acts."""
    missed = []
    for sign in CLASSES[kind]:
        for at in EVERY_SEVENTH:
            odd = first_odd(PARAGRAPH[:at] + sign + PARAGRAPH[at:])
            if odd is None or (odd.character, odd.at, odd.name) != (sign, at + 1, name_of(sign)):
                missed.append((name_of(sign), at, odd))
    assert missed == []


def test_the_name_is_the_code_point_and_the_name_that_unicode_gives() -> None:
    assert name_of("\u202e") == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert name_of("\U000e0041") == "U+E0041 TAG LATIN CAPITAL LETTER A"
    assert name_of("\t") == "U+0009 CONTROL CHARACTER TABULATION"
    assert name_of("\ue000") == "U+E000 PRIVATE USE CHARACTER"
    assert name_of("\u0378") == "U+0378 UNASSIGNED CHARACTER"


@pytest.mark.parametrize(
    ("text", "word", "at"),
    [
        ("\u200bone", 1, 1),
        ("one\u200b", 1, 4),
        ("one \u200btwo", 2, 5),
        ("one two\u200b three", 2, 8),
        ("a \u200b", 2, 3),
    ],
)
def test_the_place_is_told_as_word_and_as_character(text: str, word: int, at: int) -> None:
    odd = first_odd(text)
    assert odd is not None
    assert (odd.word, odd.at) == (word, at)


@pytest.mark.parametrize(
    "text",
    [
        PARAGRAPH,
        "Ұлы Дала Елінің ғасырлар қойнауындағы өнегесі; ИКТ-2023, ₸ 5 000",
        "Việt Nam, Türkiye, Azərbaycan, Łódź, façade, naïve; “quoted” ‘so’ «так» „und“",
        "हिन्दी में ज़िंदगी; ภาษาไทยที่ดี; עִבְרִית; العربيّة; বাংলা; ქართული; 中文，日本語のテキスト；한국어",
        "first line\nsecond line",
        "",
    ],
)
def test_whatever_can_be_seen_is_taken_as_it_is(text: str) -> None:
    assert as_plain(text) == text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("q\u0301\u0302", None),
        ("q\u0301\u0302\u0303", 4),
        ("и\u0306\u0301\u0302", None),  # the first of them makes it й
        ("i\u0323\u0301\u0302\u0303", 5),
        ("\u0338 word", 1),  # it would strike through the bracket that Podium puts before it
        ("word \u0338", 6),
        ("5\u0301", 2),
        (",\u0301", 2),
        ("a\u0301" + "\u0301" * 50, 5),
    ],
)
def test_marks_stand_on_a_letter_two_at_most(text: str, found: int | None) -> None:
    odd = first_odd(text)
    assert (odd and odd.at) == found


@pytest.mark.parametrize(
    "typed", ["cafe\u0301", "Қазақстан".replace("й", "и\u0306"), "\u1112\u1161\u11ab", "5 \u212b", "й" * 9]
)
def test_what_is_composed_otherwise_is_stored_composed_and_looks_the_same(typed: str) -> None:
    decomposed = unicodedata.normalize("NFD", typed)
    assert as_plain(decomposed) == unicodedata.normalize("NFC", typed)


def test_line_ends_of_a_form_are_stored_as_line_feeds_and_a_lone_return_is_refused() -> None:
    assert as_plain("one\r\ntwo") == "one\ntwo"
    with pytest.raises(NotPlainText, match="CARRIAGE RETURN"):
        as_plain("one\rtwo")


def test_a_pile_of_a_hundred_thousand_marks_is_looked_through_in_one_walk() -> None:
    assert len(list(odd_places("a" + "\u0301" * 100_000))) == 100_000 - 3
