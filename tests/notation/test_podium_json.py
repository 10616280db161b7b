"""podium/1 as others rely on it: offsets, order, losslessness, whatever the text is."""

import bisect
import re
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from documents.notation.lines import BLANK
from documents.notation.package import read_package
from documents.notation.podium import to_podium_json

PIECES = [
    *"[]()［］（）\n\r\t.,;:- ",
    *("(+IND)", "(-RUS)", "(VIE tcb)", "(CHN: keep original)", "(agreed ad ref)", "(+", "(-\n", "(1) ", "a) ", "1. "),
    *("PP1. ", "OP2 bis. ", "[Alt. ", "Pillar II: Lights\n", "word ", "Word ", "мир ", "\n\n", "\r\n", "\n3\n", "-\n"),
    *("\f", "\xad", "\u200b", "\ufeff", "\u2028", "\x1c", "\xa0", "¹ Note.\n", "word¹ ", "LOH/1/2\n", "______\n"),
    "PODIUM VERSION AS OF COB OF 1 MAY 2031\n",
]
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.text(max_size=120))


def squeezed(text: str | None) -> str:
    return "".join(sign for sign in text or "" if sign not in BLANK)


def answer_for(source: str) -> dict[str, Any]:
    return to_podium_json(read_package(source), name="x.txt", data=b"")


def with_src(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [*document["paragraphs"], *document["artefacts"], *document["footnotes"]]


@given(texts)
@example("PODIUM VERSION AS OF COB OF 1 MAY 2031")
def test_letter_heads_and_paragraphs_in_order_give_the_source_back(source: str) -> None:
    answer = answer_for(source)
    aside = [thing["src"] for d in answer["documents"] for thing in (*d["artefacts"], *d["footnotes"])]
    kept = "".join(sign for at, sign in enumerate(source) if not any(a <= at < z for a, z in aside))
    told = squeezed(answer["letter"])
    for document in answer["documents"]:
        told += squeezed("".join(document["header_lines"]))
        told += squeezed(document["status_line"]) + squeezed(document["title"])
        told += "".join(squeezed(paragraph["text"]) for paragraph in document["paragraphs"])
    assert told == squeezed(kept)


@given(texts)
def test_every_range_of_the_source_holds_the_text_that_claims_it(source: str) -> None:
    for document in answer_for(source)["documents"]:
        aside = [thing["src"] for thing in (*document["artefacts"], *document["footnotes"])]
        for thing in with_src(document):
            start, end = thing["src"]
            holes = [hole for hole in aside if hole != thing["src"] and start <= hole[0] and hole[1] <= end]
            kept = (source[at] for at in range(start, end) if not any(a <= at < z for a, z in holes))
            assert squeezed("".join(kept)) == squeezed(thing["text"])


@given(texts)
def test_white_space_in_a_text_is_one_space_between_words(source: str) -> None:
    for document in answer_for(source)["documents"]:
        for paragraph in document["paragraphs"]:
            text = paragraph["text"]
            assert text
            assert text == text.strip(" ")
            assert "  " not in text
            assert not set(text) & set(BLANK.replace(" ", ""))


@given(texts)
def test_offsets_of_brackets_and_markers_point_at_them(source: str) -> None:
    for document in answer_for(source)["documents"]:
        for paragraph in document["paragraphs"]:
            text, spans = paragraph["text"], paragraph["spans"]
            markers = [*paragraph["markers"], *paragraph.get("orphan_markers", [])]
            for span in spans:
                assert (text[span["open"]] + text[span["close"]]) in ("[]", "［］", "[］", "［]")
                assert span["inner"] == text[span["open"] + 1 : span["close"]]
                around = [s for s in spans if s["open"] < span["open"] and span["close"] < s["close"]]
                assert span["depth"] == len(around) + 1
                inmost = max(around, key=lambda s: s["open"], default=None)
                assert (None if span["parent"] is None else spans[span["parent"]]) == inmost
                markers += span["markers"]
            for marker in markers:
                start, end = marker["at"]
                assert marker["raw"] == text[start:end]
                assert squeezed(marker["delegation"]) in squeezed(marker["raw"])


@given(texts)
def test_diagnostics_come_by_place_and_quote_what_stands_there(source: str) -> None:
    begins = [0, *(end.end() for end in re.finditer(r"\r\n|\r|\n", source))]
    found = answer_for(source)["diagnostics"]
    places = [(diagnostic["line"], diagnostic["column"]) for diagnostic in found]
    assert places == sorted(places)
    for diagnostic in found:
        at = begins[diagnostic["line"] - 1] + diagnostic["column"] - 1
        assert bisect.bisect_right(begins, at) == diagnostic["line"]
        assert len(diagnostic["excerpt"]) <= 40
        assert squeezed(source[at:]).startswith(squeezed(diagnostic["excerpt"]))


@given(texts)
def test_the_same_text_always_gives_the_same_answer(source: str) -> None:
    assert answer_for(source) == answer_for(source)


def test_a_text_of_nothing_is_a_text() -> None:
    answer = answer_for(" \n\u200b\r\n")
    assert (answer["documents"], answer["letter"]) == ([], None)
    assert [(d["code"], d["line"], d["column"]) for d in answer["diagnostics"]] == [("no-text", 1, 1)]


def test_an_agreed_marker_gives_the_paragraph_its_status() -> None:
    [document] = answer_for("OP1. Lights burn. (agreed ad ref)")["documents"]
    [paragraph] = document["paragraphs"]
    assert paragraph["status"] == "agreed_ad_ref"
    assert [(m["delegation"], m["stance"]) for m in paragraph["markers"]] == [(None, "agreed")]
