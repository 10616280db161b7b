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
    *(" | ", "\t", "a | b\n", "c | d\n", "---|---\n", "x\ty\n", "x   y\n---  ---\n", "town[1] ", "[1] See.\n", "bells.1 ", "1 See\n"),
    *("[a - US]", "- EU; G77 delete]", " / ", "39. [44.] ", "[…]", "[Agreed ad ref]", "(+IND?)", "(±A)", "(+IND: if)", "(tcb: A)"),
    *("(+A, B with reservation)", "(+Bosnia and Herzegovina)", "(IND tcb;", "DECIDE AS FOLLOWS:\n", "Option 1: ", "\n4\n", "- 5 -\n"),
]  # fmt: skip
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.text(max_size=120))


def squeezed(text: str | None) -> str:
    return "".join(sign for sign in text or "" if sign not in BLANK)


def answer_for(source: str) -> dict[str, Any]:
    return to_podium_json(read_package(source), name="x.txt", data=b"")


def aside(document: dict[str, Any]) -> list[dict[str, Any]]:
    """What is no paragraph, as ``{text, src}``; a table's text is that of its cells."""
    tables = [
        {"text": " ".join(cell["text"] for row in table["rows"] for cell in row), "src": table["src"]}
        for table in document["tables"]
    ]
    return [*document["artefacts"], *document["footnotes"], *tables]


@given(texts)
@example("PODIUM VERSION AS OF COB OF 1 MAY 2031")
def test_letter_heads_and_paragraphs_in_order_give_the_source_back(source: str) -> None:
    answer = answer_for(source)
    apart = [thing["src"] for document in answer["documents"] for thing in aside(document)]
    kept = "".join(sign for at, sign in enumerate(source) if not any(a <= at < z for a, z in apart))
    told = squeezed(answer["letter"])
    for document in answer["documents"]:
        told += squeezed("".join(document["header_lines"]))
        told += squeezed(document["status_line"]) + squeezed(document["title"])
        told += "".join(squeezed(paragraph["text"]) for paragraph in document["paragraphs"])
    assert told == squeezed(kept)


@given(texts)
def test_every_range_of_the_source_holds_the_text_that_claims_it(source: str) -> None:
    for document in answer_for(source)["documents"]:
        apart = [thing["src"] for thing in aside(document)]
        for thing in [*document["paragraphs"], *aside(document)]:
            start, end = thing["src"]
            holes = [hole for hole in apart if hole != thing["src"] and start <= hole[0] and hole[1] <= end]
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


def with_notation(document: dict[str, Any]) -> list[dict[str, Any]]:
    cells = [cell for table in document["tables"] for row in table["rows"] for cell in row]
    return [*document["paragraphs"], *document["footnotes"], *cells]


@given(texts)
def test_offsets_of_brackets_and_markers_point_at_them(source: str) -> None:
    for document in answer_for(source)["documents"]:
        for thing in with_notation(document):
            text, spans = thing["text"], thing["spans"]
            markers = [*thing["markers"], *thing.get("orphan_markers", [])]
            for span in spans:
                assert (text[span["open"]] + text[span["close"]]) in ("[]", "［］", "[］", "［]")
                assert span["inner"] == text[span["open"] + 1 : span["close"]]
                around = [s for s in spans if s["open"] < span["open"] and span["close"] < s["close"]]
                assert span["depth"] == len(around) + 1
                inmost = max(around, key=lambda s: s["open"], default=None)
                assert (None if span["parent"] is None else spans[span["parent"]]) == inmost
                markers += span["markers"]
                for one in span.get("attributions", ()):
                    start, end = one["at"]
                    assert span["open"] < start < end <= span["close"]
                    assert one["raw"] == text[start:end]
            for marker in markers:
                start, end = marker["at"]
                assert marker["raw"] == text[start:end]
                assert marker["raw"][0] in "(（"
                assert marker["raw"][-1] in ")）"
                assert (marker["delegation"] is None) == (marker["stance"] == "agreed")
                assert squeezed(marker["delegation"]) in squeezed(marker["raw"])


@given(texts)
def test_lists_come_in_the_order_of_the_source(source: str) -> None:
    for document in answer_for(source)["documents"]:
        for kind in ("paragraphs", "artefacts", "footnotes", "tables"):
            places = [thing["src"] for thing in document[kind]]
            assert places == sorted(places)
        for thing in with_notation(document):
            opened = [span["open"] for span in thing["spans"]]
            assert opened == sorted(opened)
            for markers in (thing["markers"], *(span["markers"] for span in thing["spans"])):
                starts = [marker["at"] for marker in markers]
                assert starts == sorted(starts)


@given(texts)
def test_labels_and_alternatives_are_what_they_say(source: str) -> None:
    for document in answer_for(source)["documents"]:
        for at, paragraph in enumerate(document["paragraphs"]):
            if (label := paragraph["label"]) is not None:
                assert label == label.strip().rstrip(".:")
                assert squeezed(paragraph["text"]).lstrip("[［").startswith(squeezed(label))
            base = paragraph["alternative_to"]
            assert base is None or (base < at and document["paragraphs"][base]["alternative_to"] is None)


SIGN_AT = {
    **dict.fromkeys(("unclosed-bracket", "bracket-crosses-paragraphs", "doubled-brackets", "empty-bracket"), "[［"),
    **dict.fromkeys(("open-origin", "rivals-side-by-side", "rivals-in-one-bracket", "other-dialect"), "[［"),
    **dict.fromkeys(("unclosed-parenthesis", "unclosed-marker", "empty-marker", "orphan-marker"), "(（"),
    **dict.fromkeys(("contradictory-stance", "duplicate-marker", "mismatched-brackets"), "[［(（"),
    **dict.fromkeys(("mixed-script-code",), "(（"),
    "unopened-bracket": "]］",
    "unopened-parenthesis": ")）",
}


@given(texts)
def test_each_diagnostic_stands_at_the_sign_that_it_is_about(source: str) -> None:
    begins = [0, *(end.end() for end in re.finditer(r"\r\n|\r|\n", source))]
    for found in answer_for(source)["diagnostics"]:
        sign = source[begins[found["line"] - 1] + found["column"] - 1 :][:1]
        assert sign in SIGN_AT.get(found["code"], sign)


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
