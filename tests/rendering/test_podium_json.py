"""The data file: podium/1 over the text rendition, so that either can be checked with the other."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.notation.tree import Anchor, Bracket, Stamp, Text
from documents.notation.write import Mark
from documents.rendering import text
from documents.rendering.formats import FORMATS
from documents.rendering.podium import INVISIBLE, WHITE, render, to_podium_json
from tests.rendering.samples import document, lanterns, paragraph, paragraphs, plain


def squeezed(words):
    return "".join(sign for sign in words if sign not in WHITE and sign not in INVISIBLE)


def only(printed):
    return to_podium_json(printed)["documents"][0]["paragraphs"][0]


@given(st.lists(paragraphs(), max_size=4))
def test_every_offset_points_at_what_it_names(some):
    printed = document(*some)
    source = text.render(printed).decode()
    answer = to_podium_json(printed)
    assert answer["source"]["characters"] == len(source)
    assert answer["source"]["sha256"] == hashlib.sha256(source.encode()).hexdigest()
    for each in answer["documents"][0]["paragraphs"]:
        words = each["text"]
        start, end = each["src"]
        assert squeezed(source[start:end]) == squeezed(words)
        assert words == words.strip(" ")
        assert "  " not in words
        assert not (WHITE - {" "} | INVISIBLE) & set(words)
        for span in each["spans"]:
            assert (words[span["open"]], words[span["close"]]) == ("[", "]")
            assert words[span["open"] + 1 : span["close"]] == span["inner"]
            around = [
                other for other in each["spans"] if other["open"] < span["open"] and span["close"] < other["close"]
            ]
            assert span["depth"] == len(around) + 1
            parent = None if span["parent"] is None else each["spans"][span["parent"]]
            assert parent == max(around, key=lambda other: other["open"], default=None)
        for marker in each["markers"] + [marker for span in each["spans"] for marker in span["markers"]]:
            assert words[slice(*marker["at"])] == marker["raw"]


def test_the_file_names_the_text_file_that_it_counts_in():
    answer = json.loads(render(lanterns()))
    assert answer["format"] == "podium/1"
    assert answer["source"]["name"] == FORMATS["text"].file_name(lanterns())


def test_header_status_and_title_are_told_apart():
    found = to_podium_json(lanterns())["documents"][0]
    assert found["title"] == "Draft declaration on lanterns"
    assert found["status_line"] == "PODIUM VERSION AS OF COB OF 3 MAY 2026"
    assert found["header_lines"][1] == "CF/2026/DRAFT/1"
    nothing = to_podium_json(document(title="", status_line="", header_lines=()))["documents"][0]
    assert (nothing["title"], nothing["status_line"], nothing["header_lines"]) == (None, None, [])


def test_brackets_carry_their_ids_numbers_and_positions():
    found = to_podium_json(lanterns())["documents"][0]["paragraphs"][1]
    assert [(span["id"], span["number"], span["parent"], span["inner"]) for span in found["spans"]] == [
        ("b1", "PP1.1", None, "shine"),
        ("b2", "PP1.2", None, "glow [faintly] at night"),
        ("b3", "PP1.3", 1, "faintly"),
    ]
    said = [[(each["delegation"], each["stance"], each["raw"]) for each in span["markers"]] for span in found["spans"]]
    assert said == [
        [("ALD", "oppose", "(-ALD)"), ("ELM", "tcb", "(ELM tcb)")],
        [("ALD", "support", "(+ALD)"), ("OAK", "reservation", "(+OAK with reservation)")],
        [],
    ]
    assert [each["stance"] for each in found["markers"]] == ["keep_original"]


def test_delegations_of_one_parenthesis_share_its_place():
    first, second, third = to_podium_json(lanterns())["documents"][0]["paragraphs"][2]["spans"][0]["markers"]
    assert (first["delegation"], second["delegation"]) == ("ELM", "OAK")
    assert first["at"] == second["at"] != third["at"]
    assert third["stance"] == "other"


@pytest.mark.parametrize(
    ("raw", "marks", "printed"),
    [
        ("(+ELM-LAND)", [Mark("EL", "support", places=(0,))], "ELM-LAND"),
        ("(+Elm Land with reservation)", [Mark("EL", "support", reservation=True, places=(0,))], "Elm Land"),
        (
            "(ВЯЗ, ДУБ: keep original)",
            [Mark("ELM", "keep_original", places=(0,)), Mark("OAK", "keep_original", places=(1,))],
            "ДУБ",
        ),
        ("(+\u200bE L)", [Mark("EL", "support", places=(0,))], "EL"),
    ],
)
def test_a_code_is_given_as_the_source_printed_it(raw, marks, printed):
    places = tuple(place for mark in marks for place in mark.places)
    tree = (Text("a "), Bracket("b1", (Text("b"),)), Anchor("b1", (Stamp(" ", raw, places),)))
    assert only(document(paragraph(tree, {"b1": marks})))["spans"][0]["markers"][-1]["delegation"] == printed


@pytest.mark.parametrize(("state", "status"), [("open", None), ("agreed_ad_ref", "agreed_ad_ref"), ("agreed", None)])
def test_the_state_of_a_paragraph_is_told(state, status):
    found = only(document(plain("a", state=state)))
    assert (found["state"], found["status"]) == (state, status)


def test_a_marker_that_says_agreed_names_no_delegation():
    found = only(document(paragraph((Text("a"),), {None: [Mark("", "agreed", raw="(agreed ad ref)")]})))
    assert (found["markers"][0]["delegation"], found["status"]) == (None, "agreed_ad_ref")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_bytes_for_the_same_version(name):
    assert FORMATS[name].render(lanterns()) == FORMATS[name].render(lanterns())


def test_the_table_of_formats_names_each_by_its_key():
    assert {name: found.name for name, found in FORMATS.items()} == {name: name for name in FORMATS}
    assert [found.suffix for found in FORMATS.values()] == [".txt", ".html", ".pdf", ".docx", ".json"]
