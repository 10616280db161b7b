"""What is a marker, whose, and saying what; everything else in parentheses is wording (podium/1, R2 and R5)."""

import pytest

from documents.notation.markers import positions
from documents.notation.read import read_wording


def said(raw: str) -> list[tuple[str | None, str]]:
    return [(position.delegation, position.stance) for position in positions(raw)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("( + IND )", [("IND", "support")]),
        ("(＋IND)", [("IND", "support")]),
        ("(—RUS)", [("RUS", "oppose")]),
        ("(‑RUS)", [("RUS", "oppose")]),
        ("(+CHN -RUS)", [("CHN", "support"), ("RUS", "oppose")]),
        ("(+IND, -RUS and EGY)", [("IND", "support"), ("RUS", "oppose"), ("EGY", "oppose")]),
        ("(+IND;-RUS)", [("IND", "support"), ("RUS", "oppose")]),
        ("(+G77/EU)", [("G77", "support"), ("EU", "support")]),
        ("(-Saudi Arabia)", [("Saudi Arabia", "oppose")]),
        ("(+Iran (Islamic Republic of))", [("Iran (Islamic Republic of)", "support")]),
        ("(+IRAN, with reservation)", [("IRAN", "reservation")]),
        ("(+НЕВ с оговоркой)", [("НЕВ", "reservation")]),
        ("(+IND, VIE tcb)", [("IND", "support"), ("VIE", "tcb")]),
        ("(IND tcb; CHN: keep original)", [("IND", "tcb"), ("CHN", "keep_original")]),
        ("(to come back: VIE)", [("VIE", "tcb")]),
        ("(delete: RUS)", [("RUS", "oppose")]),
        ("(BRA reserves its position)", [("BRA", "reservation")]),
        ("(BRA supports)", [("BRA", "support")]),
        ("(G77 and China: retain)", [("G77", "keep_original"), ("China", "keep_original")]),
        ("(Brazil tcb)", [("Brazil", "tcb")]),
        ("(РОС: исключить)", [("РОС", "oppose")]),
        ("(КИТ: сохранить исходный текст)", [("КИТ", "keep_original")]),
        ("(agreed ad referendum)", [(None, "agreed")]),
        ("(+I ND)", [("IND", "support")]),
        ("(+IND+EGY)", [("IND", "support"), ("EGY", "support")]),
        ("(+IND-RUS)", [("IND", "support"), ("RUS", "oppose")]),
        ("(+GUINEA-BISSAU)", [("GUINEA-BISSAU", "support")]),
        ("(+Bosnia and Herzegovina, -IND)", [("Bosnia and Herzegovina", "support"), ("IND", "oppose")]),
        ("(+the EU)", [("EU", "support")]),
        ("(-the Holy See)", [("Holy See", "oppose")]),
        ("(-RUS.)", [("RUS", "oppose")]),
        ("(RUS – delete)", [("RUS", "oppose")]),
        ("(RUS wants to delete)", [("RUS", "oppose")]),
        ("(support: CHN, IND)", [("CHN", "support"), ("IND", "support")]),
        ("(CHN and IND support)", [("CHN", "support"), ("IND", "support")]),
        ("(CHN original)", [("CHN", "keep_original")]),
        ("(+CHN, reservation)", [("CHN", "reservation")]),
        ("(+CHN – with reservation)", [("CHN", "reservation")]),
        ("(РОС просит исключить)", [("РОС", "oppose")]),
        ("(中国 tcb)", [("中国", "tcb")]),
        ("(中国：删除)", [("中国", "other")]),
        ("(+मालदीव)", [("मालदीव", "support")]),
        ("(agreed ad-ref, 3 May 2031)", [(None, "agreed")]),
    ],
)
def test_a_marker_says_who_and_what(raw: str, expected: list[tuple[str | None, str]]) -> None:
    assert said(raw) == expected


def test_free_words_behind_a_colon_are_kept() -> None:
    [position] = positions("(BRA: move to OP3, then delete)")
    assert (position.stance, position.words) == ("other", "move to OP3, then delete")


def test_where_sign_and_verb_disagree_nobody_is_given_a_position() -> None:
    assert said("(+IND: delete)") == [("IND", "other")]
    assert said("(+IND tcb)") == [("IND", "other")]


@pytest.mark.parametrize("raw", ["(+IND if OP3 stays)", "(+IND?)", "(±IND)", "(+/-IND)", "(+IND, see OP3)"])
def test_a_sign_with_strings_attached_is_no_bare_position(raw: str) -> None:
    [position] = positions(raw)
    assert (position.delegation, position.stance) == ("IND", "other")
    assert position.words


def test_as_many_may_be_named_in_one_parenthesis_as_there_are_states() -> None:
    assert len(positions(f"(+{', '.join(['IND'] * 200)})")) == 200


def test_an_objection_with_a_reservation_stays_an_objection() -> None:
    assert said("(-IND with reservation)") == [("IND", "oppose")]


@pytest.mark.parametrize(
    "raw",
    [
        "(CICA)",
        "(1)",
        "(iv)",
        "(Summit)",
        "(a)",
        "(14 June 1999)",
        "(Nur-Sultan, 11-12 October, 2021)",
        "(+5 °C)",
        "(-10 to +5)",
        "(- the importance of dialogue)",
        "(UN support)",
        "(see OP3)",
        "(NB: see annex)",
        "(NOTE: see annex)",
        "(OP3: see above)",
        "(注：见附件)",
        "(против ИГИЛ)",
        "(– and)",
        "(– including women)",
        "(COVID-19)",
        "(IND:)",
        "()",
        "(+)",
        "(2021-2025)",
    ],
)
def test_other_parentheses_are_no_markers(raw: str) -> None:
    assert said(raw) == []


@pytest.mark.parametrize("raw", ["(+IND;)", "(IND tcb; )", "(;)", "(; VIE tcb)", "(+IND; ;-ISR)"])
def test_an_empty_statement_between_semicolons_stops_no_reading(raw: str) -> None:
    assert read_wording(f"[a] {raw} b").text == f"[a] {raw} b"
