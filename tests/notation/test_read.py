"""One paragraph read: every row of the notation, every fault at its place, no text refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.notation.build import build
from documents.notation.read import Reading, read_wording
from documents.notation.tree import MAX_DEPTH
from documents.notation.write import Mark, write


def said(text: str) -> list[tuple[str, str | None, str]]:
    """Each marker as ``(words of its bracket or ¶, delegation, stance)``."""
    reading = read_wording(text)
    found = [(text[s.open + 1 : s.close], m.delegation, m.stance) for s in reading.spans for m in s.markers]
    return found + [("¶", m.delegation, m.stance) for m in reading.markers]


def codes(text: str) -> list[tuple[str, int]]:
    return [(fault.code, fault.at) for fault in read_wording(text).faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a [b] (-TUR) (-ISR) c", [("b", "TUR", "oppose"), ("b", "ISR", "oppose")]),
        ("[b] (+IND)", [("b", "IND", "support")]),
        ("[b] (-IND) [c] (+IND)", [("b", "IND", "oppose"), ("c", "IND", "support")]),
        ("[b] (VIE tcb)", [("b", "VIE", "tcb")]),
        ("[b] (JORDAN, ISR tcb)", [("b", "JORDAN", "tcb"), ("b", "ISR", "tcb")]),
        ("a; (IND, ISR: keep original)", [("¶", "IND", "keep_original"), ("¶", "ISR", "keep_original")]),
        ("[b] (CHN original text)", [("b", "CHN", "keep_original")]),
        ("[b] (+IRAN with reservation)", [("b", "IRAN", "reservation")]),
        ("[b] (+Secretariat)", [("b", "Secretariat", "support")]),
        ("[b]. (-CHAIR)", [("b", "CHAIR", "oppose")]),
        ("[b] (+A), (+B), (-C)", [("b", "A", "support"), ("b", "B", "support"), ("b", "C", "oppose")]),
        ("[a [b]] (-IND)", [("a [b]", "IND", "oppose")]),
        ("[[a]] (-IND)", [("[a]", "IND", "oppose")]),
        ("a; (PAL tcb)", [("¶", "PAL", "tcb")]),
        ("[b] (–RUS) (− IND)", [("b", "RUS", "oppose"), ("b", "IND", "oppose")]),
        ("[b] (+PAL, EGY)", [("b", "PAL", "support"), ("b", "EGY", "support")]),
        ("[b] (+IND/-ISR)", [("b", "IND", "support"), ("b", "ISR", "oppose")]),
        ("［b］ （+IND）", [("b", "IND", "support")]),
        ("[b] (ВЬЕ вернуться)", [("b", "ВЬЕ", "tcb")]),
        ("[b] (BRA: delete)", [("b", "BRA", "oppose")]),
        ("[b] (BRA reserves)", [("b", "BRA", "reservation")]),
        ("[b] (IND: in the light of OP3)", [("b", "IND", "other")]),
    ],
)
def test_each_form_of_marker_is_read(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text", ["(CICA)", "(1)", "(Summit)", "(OICA);", "(a)", "(14 June)", "(+5 °C)", "(see OP3)", "(EU)"]
)
def test_other_parentheses_are_wording(text: str) -> None:
    assert said(f"a [b] {text} c") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a [b", [("unclosed-bracket", 2)]),
        ("a b]", [("unopened-bracket", 3)]),
        ("a (b", [("unclosed-parenthesis", 2)]),
        ("a long b)", [("unopened-parenthesis", 8)]),
        ("a) b", []),
        ("[a] (+IND", [("unclosed-marker", 4)]),
        ("[a］", [("mismatched-brackets", 0)]),
        ("[[a]] (+IND)", [("doubled-brackets", 0)]),
        ("a [ ] b", [("empty-bracket", 2)]),
        ("[a] (+)", [("empty-marker", 4)]),
        ("a (+IND) b", [("orphan-marker", 2)]),
        ("[a] (+IND) (-IND)", [("contradictory-stance", 0), ("open-origin", 0)]),
        ("a [b][c] d", [("rivals-side-by-side", 2)]),
        ("a [b] [c] [d] e", [("rivals-side-by-side", 2)]),
        ("a [b] (+IND) [c] (+RUS) e", []),
        ("a [b] or [c] d", []),
        ("[a] (+IND) (+IND)", [("duplicate-marker", 0)]),
    ],
)
def test_each_fault_is_reported_at_its_place(text: str, expected: list[tuple[str, int]]) -> None:
    assert codes(text) == expected


def test_brackets_beyond_the_cap_are_text_and_are_reported() -> None:
    text = "[" * 70 + "a" + "]" * 70
    reading = read_wording(text)
    assert len(reading.spans) == MAX_DEPTH
    assert [fault.code for fault in reading.faults].count("too-deep") == 70 - MAX_DEPTH


def test_a_hundred_thousand_open_brackets_are_read() -> None:
    assert len(read_wording("[" * 100_000).spans) == 0


notation = st.lists(
    st.sampled_from(
        [
            "[",
            "]",
            "(",
            ")",
            "(+IND)",
            "(-RUS)",
            "(VIE tcb)",
            " ",
            ", ",
            ".",
            "word",
            "PP1.",
            "[[",
            "]]",
            "［",
            "(a)",
            "and ",
        ]
    )
).map("".join)


def marks_of(reading: Reading, ids: list[str], printed: list) -> dict[str | None, list[Mark]]:
    found: dict[str | None, list[Mark]] = {}
    for one in printed:
        found.setdefault(one.target, []).append(Mark(one.marker.delegation or "", "x", places=(one.place,)))
    return found


@given(st.one_of(notation, st.text()))
def test_writing_what_was_read_gives_the_text_back(text: str) -> None:
    reading = read_wording(text)
    numbers = iter(range(len(text) + 1))
    built = build(reading, None, lambda: f"b{next(numbers)}")
    assert write(built.tree, marks_of(reading, built.brackets, built.printed)) == text


@given(st.one_of(notation, st.text()))
def test_every_offset_points_at_what_it_says(text: str) -> None:
    reading = read_wording(text)
    for span in reading.spans:
        assert text[span.open] in "[［"
        assert text[span.close] in "]］"
    every = (*reading.markers, *reading.orphans, *(m for s in reading.spans for m in s.markers))
    assert all(text[m.start : m.end] == m.raw for m in every)
    assert all(0 <= fault.at < len(text) for fault in reading.faults)
