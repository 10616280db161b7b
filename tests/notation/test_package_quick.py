"""What reads long texts fast changes nothing: every label is seen, many markers take no longer each, the collector is back."""

import gc

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
