"""The legend explains what occurs in the document, and nothing else; the header goes where papers have it."""

import pytest

from documents.notation.tree import Bracket, Text
from documents.notation.write import Mark
from documents.rendering.language import speaking
from documents.rendering.legend import legend
from documents.rendering.letterhead import letterhead
from tests.rendering.samples import document, lanterns, paragraph, plain


def samples(printed):
    with speaking("en"):
        return [(entry.sample, entry.bold) for entry in legend(printed)]


def test_a_text_without_notation_has_no_legend():
    assert samples(document(plain("All is well."))) == []


@pytest.mark.parametrize(
    ("mark", "sample"),
    [
        (Mark("ELM", "support"), "(+X)"),
        (Mark("ELM", "support", reservation=True), "(+X with reservation)"),
        (Mark("ELM", "oppose"), "(-X)"),
        (Mark("ELM", "tcb"), "(X tcb)"),
        (Mark("ELM", "keep_original"), "(X: keep original)"),
        (Mark("", "agreed", raw="(agreed ad ref)"), "(agreed ad ref)"),
        (Mark("ELM", "unresolved", raw="(ELM hm)"), "(X …)"),
    ],
)
def test_a_form_that_occurs_is_explained(mark, sample):
    printed = document(paragraph((Text("a "), Bracket("b1", (Text("b"),))), {"b1": [mark]}))
    assert samples(printed) == [("[ ]", False), (sample, False)]


def test_a_marker_on_the_paragraph_is_explained_as_such():
    assert samples(document(paragraph((Text("a"),), {None: [Mark("ELM", "tcb")]})))[-1] == ("… ; (X …)", False)


def test_a_bracket_without_a_marker_is_explained():
    assert ("[ ] without a marker", False) in samples(document(paragraph((Bracket("b1", (Text("a"),)),))))


@pytest.mark.parametrize("state", ["agreed_ad_ref", "agreed"])
def test_bold_is_explained_where_a_paragraph_is_agreed(state):
    assert samples(document(plain("a", state=state))) == [("bold", True)]


def test_a_struck_paragraph_explains_nothing():
    printed = document(paragraph((Bracket("b1", (Text("a"),)),), state="struck"))
    assert samples(printed) == []


def test_header_lines_are_sorted_into_organisation_reference_and_chair():
    head = letterhead(lanterns())
    assert head.organisation == ("COUNCIL OF FERRYMEN",)
    assert head.reference == ("CF/2026/DRAFT/1", "3 May 2026")
    assert head.chair == ("Chairmanship of Willow",)


def test_no_word_of_the_header_is_lost():
    lines = ("Chairmanship of Willow", "a/b", "x", "1999", "____", "14 мая 2026 года", "СОВЕТ", "Председательство Ивы")
    head = letterhead(document(header_lines=lines))
    assert sorted(head.organisation + head.reference + head.chair) == sorted(set(lines) - {"____"})


def test_a_header_that_names_no_organisation_is_given_it():
    assert letterhead(document(header_lines=("CF/2026/DRAFT/1",))).organisation == ("Council of Ferrymen",)
    assert letterhead(lanterns()).organisation == ("COUNCIL OF FERRYMEN",)
