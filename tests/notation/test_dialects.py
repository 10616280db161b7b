"""Positions inside the bracket, as in New York: read, chosen, kept in place, printed again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.notation.build import Built, build
from documents.notation.dialects import DIALECTS, HOUSE, inside, prevailing
from documents.notation.edit import retain, strike
from documents.notation.package import read_package
from documents.notation.podium import to_podium_json
from documents.notation.read import Reading
from documents.notation.tree import Tree
from documents.notation.write import Mark, Marks, write

PIECES = [
    *("[", "]", "［", "］", " ", "(+IND)", "(-RUS)", " - ", "-", "– ", ". -", "; ", ", ", " / ", "/", " and ", "."),
    *(
        "EU",
        "G77",
        "US",
        "Canada",
        "Holy See",
        "words",
        "more words",
        " delete",
        " retain",
        " reserve",
        " tcb",
        "[a - EU]",
    ),
]
wordings = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=80))


def held(text: str) -> list[tuple[str | None, str, str]]:
    return [(m.delegation, m.stance, m.words) for span in inside.read_wording(text).spans for m in span.markers]


def built_of(text: str) -> tuple[Reading, Built]:
    reading = inside.read_wording(text)
    return reading, build(reading, None, iter(f"b{number}" for number in range(len(text) + 1)).__next__)


def marks_of(built: Built, without: tuple[str, ...] = ()) -> dict[str | None, list[Mark]]:
    found: dict[str | None, list[Mark]] = {}
    for one in built.printed:
        if (code := one.marker.delegation or "") not in without:
            found.setdefault(one.target, []).append(Mark(code, one.marker.stance, places=(one.place,)))
    return found


def printed(tree: Tree, marks: Marks) -> str:
    return write(tree, marks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we [go - EU; G77 delete] on", [("EU", "support", ""), ("G77", "oppose", "")]),
        ("[, by sea. -G77; US, Canada delete.]", [("G77", "support", ""), ("US", "oppose", ""), ("Canada", "oppose", "")]),
        ("[by sea – Holy See retain]", [("Holy See", "keep_original", "")]),
        ("[by sea - US reserve]", [("US", "reservation", "")]),
        ("[by sea - G77 and China; Republic of Korea: delete]", [("G77", "support", ""), ("China", "support", ""), ("Republic of Korea", "oppose", "")]),
        ("[by [small - US] boats - EU delete]", [("EU", "oppose", ""), ("US", "support", "")]),
        ("[by sea - US / Canada]", [("US", "support", ""), ("Canada", "support", "")]),
        ("[sea - EU, G77 retain / air - US]", [("EU", "other", "retain: sea"), ("G77", "other", "retain: sea"), ("US", "other", "air")]),
        ("[sea / air - US]", [("US", "other", "air")]),
        ("[by sea - EU] (+IND)", [("EU", "support", ""), ("IND", "support", "")]),
        ("[five dimensions - the military-political]", []),
        ("[counter-Terrorism]", []),
        ("[Agreed ad ref]", []),
    ],
)  # fmt: skip
def test_who_is_named_at_the_end_of_a_bracket_holds_it(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert held(text) == expected


def test_rivals_in_one_bracket_are_reported_and_nobody_is_given_the_whole() -> None:
    faults = inside.read_wording("we go by [sea - EU / air - US]").faults
    assert [(fault.code, fault.at) for fault in faults] == [("rivals-in-one-bracket", 9)]


def test_a_dash_and_a_name_inside_a_bracket_are_wording_in_doubt() -> None:
    assert prevailing("[cooperation - ASEAN] (+IND)")[0].name == HOUSE
    assert prevailing("one [cooperation - ASEAN] only")[0].name == HOUSE
    assert prevailing("[by sea - EU; G77 delete]")[0].name == inside.name
    assert prevailing("[by sea - EU; G77 delete] [a] (+IND) [b] (-RUS)")[0].name == HOUSE
    assert prevailing("no bracket - EU; G77 delete")[0].name == HOUSE


def test_another_dialect_is_reported_at_the_first_bracket_that_shows_it() -> None:
    package = read_package("1. We go.\n\n2. We go by [sea - EU; G77 delete] or [air - US].\n")
    found = [(d.code, d.line, d.column) for d in package.diagnostics if d.code == "other-dialect"]
    assert (package.dialect, found) == ("inside", [("other-dialect", 3, 13)])


def test_a_bracket_of_another_dialect_in_a_house_text_is_reported_and_not_read() -> None:
    package = read_package("1. We [go] (+IND) by [sea - EU; G77 delete] and [air] (-RUS).\n")
    assert package.dialect == HOUSE
    assert [d.column for d in package.diagnostics if d.code == "other-dialect"] == [22]
    assert [len(span.markers) for span in package.documents[0].paragraphs[0].reading.spans] == [1, 0, 1]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_dialect_that_is_chosen_is_the_one_and_is_not_reported(dialect: str) -> None:
    package = read_package("1. We go by [sea - EU; G77 delete].\n", dialect=dialect)
    assert package.dialect == dialect
    assert "other-dialect" not in [d.code for d in package.diagnostics]


def test_podium_json_lists_them_as_attributions_and_not_as_markers() -> None:
    answer = to_podium_json(
        read_package("1. By [sea - EU; G77 delete] (+IND).\n", dialect="inside"), name="x", data=b""
    )
    [span] = answer["documents"][0]["paragraphs"][0]["spans"]
    assert answer["dialect"] == "inside"
    assert [marker["raw"] for marker in span["markers"]] == ["(+IND)"]
    assert [(one["delegation"], one["stance"], one["raw"], one["at"]) for one in span["attributions"]] == [
        ("EU", "support", "- EU; G77 delete", [11, 27]),
        ("G77", "oppose", "- EU; G77 delete", [11, 27]),
    ]


@given(wordings)
def test_what_was_read_prints_as_it_stood(text: str) -> None:
    _, built = built_of(text)
    assert write(built.tree, marks_of(built)) == text


@given(wordings)
def test_every_attribution_stands_where_it_says(text: str) -> None:
    for span in inside.read_wording(text).spans:
        starts = [marker.start for marker in span.markers]
        assert starts == sorted(starts)
        assert all(text[m.start : m.end] == m.raw and m.start > span.open for m in span.markers)


def test_a_position_taken_since_prints_behind_the_bracket_in_house_notation() -> None:
    _, built = built_of("we go by [sea - EU; G77 delete] on")
    marks = marks_of(built)
    marks[built.brackets[0]].append(Mark("IND", "oppose"))
    assert write(built.tree, marks) == "we go by [sea - EU; G77 delete] (-IND) on"


def test_what_is_left_of_a_broken_attribution_prints_behind_the_bracket() -> None:
    _, built = built_of("we go by [sea - EU; G77 delete] (+NEV) on")
    assert write(built.tree, marks_of(built, without=("EU",))) == "we go by [sea] (-G77) (+NEV) on"
    assert write(built.tree, marks_of(built, without=("EU", "G77", "NEV"))) == "we go by [sea] on"


def test_an_attribution_falls_with_its_bracket() -> None:
    _, built = built_of("we go by [sea - EU; G77 delete] on")
    assert write(retain(built.tree, built.brackets[0]), {}) == "we go by sea on"
    assert write(strike(built.tree, built.brackets[0]), {}) == "we go by on"
