"""What reads long texts fast changes nothing: every label is seen, many markers take no longer each, the collector is back."""

import gc
import time
from collections.abc import Callable

import pytest

from documents.notation.labels import read_label
from documents.notation.package import read_package

ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xiv", "xv", "xx", "xxi"]
PARTS = ["Section", "article", "CHAPTER", "Part", "Pillar", "annex", "Appendix", "Goal", "Cluster"]


@pytest.mark.parametrize(
    "label",
    [
        *(f"{number})" for number in ROMAN),
        *(f"{number.upper()}." for number in ROMAN),
        *(f"{part} II" for part in PARTS),
        *("PP5", "pp5", "Op2", "OP3 bis", "Alt", "alternative 2", "Option A", "OPTION 1", "aa)", "bb)", "a)", "A."),
    ],
)
def test_no_label_is_passed_over_by_the_look_at_two_letters(label: str) -> None:
    found = read_label(f"{label.rstrip('.')}. We meet" if label[-1] != ")" else f"{label} we meet")
    assert found is not None
    assert found.text == label.rstrip(".")


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_is_left_as_it_was_found(collecting: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if collecting else gc.disable)()
        read_package("[a] (+IND)")
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if was else gc.disable)()


def test_forty_thousand_markers_behind_one_bracket_are_read_in_one_walk() -> None:
    """In a line that another follows, which is where each marker was once looked for among all."""
    document = read_package("[a] " + "(+IND) " * 40_000 + "\nNext we meet.\n").documents[0]
    assert len(document.paragraphs[0].reading.spans[0].markers) == 40_000


SHAPES: dict[str, Callable[[int], str]] = {
    "opening brackets": lambda n: "[" * n,
    "markers begun": lambda n: "(+IND " * n,
    "lines with a bracket that nobody closes": lambda n: "Word [word\n" * n,
    "brackets with delegations inside": lambda n: "[a - EU; G77 delete] " * n,
    "dashes before names in one bracket": lambda n: "[" + "- EU " * n + "]",
    "rivals in one bracket": lambda n: "[" + "a / " * n + "b - US]",
    "alternatives": lambda n: "Alt. One.\n\n" * n,
    "options": lambda n: "Option 1: One.\n\n" * n,
    "brackets side by side": lambda n: "[a]" * n,
    "labels within a paragraph": lambda n: "a) " * n,
    "first labels without a second": lambda n: "x 1) y " * n,
    "numbers on lines of their own": lambda n: "7\n" * n,
    "rows of a table": lambda n: "a | b\n" * n,
    "notes": lambda n: "word[1] x\n[1] x\n" * n,
    "names in one parenthesis": lambda n: "[a] (+" + ", ".join(["IND"] * n) + ")",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_in_proportion_to_the_text_whatever_it_is(shape: str) -> None:
    def seconds(size: int) -> float:
        source, times = SHAPES[shape](size), []
        for _ in range(3):
            began = time.process_time()
            read_package(source)
            times.append(time.process_time() - began)
        return min(times)

    assert seconds(12_000) <= 30 * max(seconds(1_200), 0.002)


def test_five_thousand_brackets_in_one_paragraph_deeply_nested_are_all_read() -> None:
    deep = "[a " * 64 + "b" + "] (-IND)" * 64 + " "
    [paragraph] = read_package(deep * 79).documents[0].paragraphs
    assert len(paragraph.reading.spans) == 64 * 79
    assert max(span.depth for span in paragraph.reading.spans) == 64
