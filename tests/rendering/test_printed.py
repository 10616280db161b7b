"""A printed document goes into a row of the database and comes back the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.rendering.printed import file_stem, from_json, that_print, to_json
from tests.rendering.samples import document, lanterns, paragraphs, plain


@given(st.lists(paragraphs(), max_size=4), st.text(), st.dictionaries(st.text(), st.text()))
def test_a_printed_document_comes_back_from_json_equal(some, title, numbers):
    printed = document(*some, title=title, numbers=numbers)
    assert from_json(json.loads(json.dumps(to_json(printed)))) == printed


def test_positions_and_their_places_in_the_imprint_come_back_from_json():
    printed = from_json(json.loads(json.dumps(to_json(lanterns()))))
    marker = next(piece for piece in printed.paragraphs[2].pieces if piece.kind == "marker")
    assert [(mark.code, mark.places) for mark in marker.marks] == [("ELM", (0,)), ("OAK", (1,))]


@pytest.mark.parametrize("values", [{}, {"id": 1}, {"as_of": None}, to_json(document()) | {"paragraphs": [{}]}])
def test_anything_else_is_refused_with_a_value_error(values):
    with pytest.raises(ValueError, match="not a printed document"):
        from_json(values)


def test_a_struck_paragraph_and_an_empty_one_print_nothing():
    printed = document(plain("kept"), plain("gone", state="struck"), plain(""), plain(" "))
    assert [each.pieces[0].text for each in that_print(printed)] == ["kept"]


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Draft Plan: boats & lights, 2026–2027", "draft-plan-boats-lights-2026-2027-podium-version-2"),
        ("Café des Étoiles", "cafe-des-etoiles-podium-version-2"),
        ("Проект заявления о фонарях на 2026 год", "document-podium-version-2"),
        ("", "document-podium-version-2"),
        ("../../etc/passwd", "etc-passwd-podium-version-2"),
    ],
)
def test_a_file_is_named_for_its_title_in_plain_letters(title, stem):
    assert file_stem(document(title=title)) == stem


def test_a_long_title_gives_a_file_name_of_bearable_length():
    assert len(file_stem(document(title="lantern " * 100))) < 90
