"""What a reading asks of a person: the codes it prints, what bold shows, which brackets carry objections alone."""

import pytest

from documents.notation.contents import ReadDocument
from documents.notation.package import read_package
from documents.notation.questions import (
    bold_of,
    bracket_name,
    codes_printed,
    is_clean,
    known_origin,
    only_opposed,
    suggested,
    untitled,
)
from documents.notation.shown import Shown, Tracked

TEXT = """PP1. Noting ponds [and lakes] (+IND) [, or not,] (-TUR) (-IND); (CHN tcb)

PP2. Frogs are green.

PP3. Fish [swim] (-IND) (+TUR).
"""


def document(source: str = TEXT, **more: object) -> ReadDocument:
    return read_package(source, **more).documents[0]  # type: ignore[arg-type]


def test_codes_are_counted_with_the_places_of_their_paragraphs() -> None:
    found = codes_printed(read_package(TEXT))
    assert list(found) == ["IND", "TUR", "CHN"]
    assert found["IND"] == [0, 0, TEXT.index("PP3")]


def test_only_what_has_neither_bracket_nor_position_is_clean() -> None:
    assert [is_clean(paragraph) for paragraph in document().paragraphs] == [False, True, False]


def test_bold_is_counted_and_its_clean_paragraphs_are_named() -> None:
    found = bold_of(document(shown=Shown(bold=((0, TEXT.index("PP3")),))))
    assert (found.paragraphs, found.bold) == (3, 2)
    assert found.clean == (TEXT.index("PP2"),)


def test_where_a_file_shows_no_bold_nothing_is_offered() -> None:
    assert bold_of(document()).bold == 0


def test_brackets_with_objections_alone_are_found() -> None:
    first = document().paragraphs[0]
    assert only_opposed(document()) == [bracket_name(first, 2)]


def test_a_tracked_change_says_whether_its_words_were_there() -> None:
    source = "PP1. Ponds [and lakes] (+A. Bee) [and seas] (-A. Bee) are wet."
    changes = [
        Tracked(source.index("[and l"), "ins", "A. Bee", None, "(+A. Bee)"),
        Tracked(source.index("[and s"), "del", "A. Bee", None, "(-A. Bee)"),
    ]
    [paragraph] = document(source, shown=Shown(tracked=tuple(changes))).paragraphs
    assert [known_origin(span) for span in paragraph.reading.spans] == ["inserted", "original"]
    assert [known_origin(span) for span in document().paragraphs[0].reading.spans] == ["unknown", "unknown"]


@pytest.mark.parametrize(
    ("code", "house"),
    [
        ("VIET", "VIE"),  # begins as it
        ("viet nam", "VIE"),  # a name
        ("JORDN", "JORDAN"),  # a letter is missing
        ("РОС", "RUS"),  # an alias, in its own letters
        ("XYZ", ""),
        ("IN", ""),  # two letters are too few
    ],
)
def test_a_near_spelling_is_suggested_and_a_far_one_is_not(code: str, house: str) -> None:
    known = {"VIE": "VIE", "Viet Nam": "VIE", "JORDAN": "JORDAN", "РОС": "RUS", "RUS": "RUS", "IND": "IND"}
    assert suggested(code, known) == house


def test_a_document_without_a_title_asks_for_a_name() -> None:
    package = read_package(TEXT)
    assert untitled(package.documents) == [package.documents[0].begins]
    titled = read_package("PODIUM VERSION AS OF COB OF 1 MAY 2026\n\nDraft Statement on Ponds\n\n" + TEXT)
    assert untitled(titled.documents) == []
