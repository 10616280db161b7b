"""Whole small files and the podium/1 they must give, field for field.

After a change that is meant, ``manage.py parse_podium FILE --json`` writes the new answer: read its diff line by line.
"""

import json
from pathlib import Path

import pytest

from documents.notation.package import read_package
from documents.notation.podium import to_podium_json
from documents.reading.text import decode_text

GOLDEN = Path(__file__).parent.parent / "golden"
FILES = sorted(
    str(path.relative_to(GOLDEN).with_suffix("")) for path in GOLDEN.rglob("*.txt") if path.parent.name != "formats"
)


@pytest.mark.parametrize("name", FILES)
def test_a_golden_file_is_read_as_it_was_agreed(name: str) -> None:
    data = (GOLDEN / f"{name}.txt").read_bytes()
    package = read_package(decode_text(data))
    expected = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(to_podium_json(package, name=f"{Path(name).name}.txt", data=data))) == expected


def test_the_golden_files_show_every_fault_that_a_text_can_have() -> None:
    answers = [json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8")) for name in FILES]
    assert {found["code"] for answer in answers for found in answer["diagnostics"]} == {
        "unclosed-bracket",
        "unopened-bracket",
        "unclosed-parenthesis",
        "unopened-parenthesis",
        "unclosed-marker",
        "bracket-crosses-paragraphs",
        "mismatched-brackets",
        "doubled-brackets",
        "empty-bracket",
        "empty-marker",
        "orphan-marker",
        "contradictory-stance",
        "duplicate-marker",
        "mixed-script-code",
        "duplicate-label",
        "label-gap",
        "invisible-characters",
        "stray-punctuation",
        "no-text",
        "too-deep",
        "open-origin",
        "bis-or-rival",
        "alternative-of",
        "rivals-side-by-side",
        "rivals-in-one-bracket",
        "other-dialect",
    }


def test_the_golden_files_show_every_stance() -> None:
    stances = set()
    for name in FILES:
        for document in json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))["documents"]:
            for paragraph in document["paragraphs"]:
                found = [*paragraph["markers"], *(m for span in paragraph["spans"] for m in span["markers"])]
                stances |= {marker["stance"] for marker in found}
    assert stances == {"support", "oppose", "tcb", "keep_original", "reservation", "agreed", "other"}
