"""A paragraph typed anew becomes the smallest sensible changes, word by word, and no bracket is torn apart."""

import re
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.notation.edit import Delete, Insert, Replace, retain, strike
from documents.notation.rewriting import CannotRewrite, Rewriting, as_typed, carried, carried_out, rewritten
from documents.notation.tree import Anchor, Bracket, Label, Text, Tree, bracket_ids
from documents.notation.write import write
from tests.notation.test_edit_properties import WORDS, trees

CARE: Tree = (
    Label("PP1."),
    Text(" Recalling with "),
    Bracket("b1", (Text("great care"),)),
    Anchor("b1", ()),
    Text(" the lake, its boats and its lights"),
)


def ids() -> object:
    numbers = count(1)
    return lambda: f"n{next(numbers)}"


def of(tree: Tree, text: str) -> Rewriting:
    return rewritten(tree, text, ids())  # type: ignore[arg-type]


def prints(tree: Tree, text: str) -> str:
    return write(carried_out(of(tree, text).edits, tree), {})


def test_what_one_begins_with_is_the_words_and_their_brackets():
    assert as_typed(CARE) == "Recalling with [great care] the lake, its boats and its lights"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Recalling with [great care] the wide lake, its boats and its lights", "the [wide] lake, its"),
        ("Recalling with [great care] the lake, its boats", "its boats [and its lights]"),
        ("Recalling with [great care] the sea, its boats and its lights", "the [lake] [sea], its"),
        ("Noting with [great care] the lake, its boats and its lights", "PP1. [Recalling] [Noting] with"),
        (
            "Deeply recalling with [great care] the lake, its boats and its lights",
            "PP1. [Recalling] [Deeply recalling]",
        ),
    ],
)
def test_only_the_words_that_differ_are_bracketed(typed: str, printed: str):
    assert printed in prints(CARE, typed)


def test_words_inside_a_bracket_are_changed_inside_it():
    assert "with [[great] [greatest] care] the" in prints(
        CARE, "Recalling with [greatest care] the lake, its boats and its lights"
    )


def test_a_bracket_typed_wholly_anew_stays_and_the_new_words_stand_beside_it():
    found = of(CARE, "Recalling with [no haste] the lake, its boats and its lights")
    assert found.beside == ("b1",)
    assert found.edits == (Insert(4, "no haste", "n1"),)
    assert "[great care] [no haste] the lake" in write(carried_out(found.edits, CARE), {})


def test_words_put_right_behind_an_opening_sign_say_the_first_word_again():
    assert "with [[great] [very great] care] the" in prints(
        CARE, "Recalling with [very great care] the lake, its boats and its lights"
    )


def test_two_replacements_with_a_word_between_them_are_one():
    found = of(CARE, "Recalling with [great care] the lake, its ships but its stars")
    assert [type(edit) for edit in found.edits] == [Replace]
    assert getattr(found.edits[0], "text", "") == "ships but its stars"


def test_two_insertions_stay_two_however_near():
    found = of(CARE, "Recalling with [great care] the lake, its small boats and its small lights")
    assert [type(edit) for edit in found.edits] == [Insert, Insert]


def test_far_changes_stay_apart():
    found = of(CARE, "Noting with [great care] the lake, its boats and its")
    assert [type(edit) for edit in found.edits] == [Replace, Delete]


@pytest.mark.parametrize(
    ("typed", "code", "bracket"),
    [
        ("Recalling with [great  care] the lake, its boats\nand its lights", "same-words", None),
        ("Recalling with great care the lake, its boats and its lights", "other-brackets", None),
        ("Recalling the lake, its boats and its lights", "other-brackets", None),
        ("Recalling with ]great care[ the lake, its boats and its lights", "other-brackets", None),
        ("Recalling with [] the lake, its boats and its lights", "emptied", "b1"),
    ],
)
def test_what_leads_nowhere_says_why(typed: str, code: str, bracket: str | None):
    with pytest.raises(CannotRewrite) as fault:
        of(CARE, typed)
    assert (fault.value.code, fault.value.bracket) == (code, bracket)


@st.composite
def typed_anew(draw: st.DrawFn) -> tuple[Tree, str]:
    """A tree, and its text with words taken out, put in and changed; the signs stay."""
    tree = draw(trees())
    tokens = re.findall(r"[\[\]]|[^\s\[\]]+", as_typed(tree))
    typed: list[str] = []
    for token in tokens:
        way = "keep" if token in "[]" else draw(st.sampled_from(["keep"] * 6 + ["drop", "change"]))
        typed += {"keep": [token], "drop": [], "change": ["other"]}[way]
        if draw(st.integers(0, 7)) == 0:
            typed.append(draw(st.sampled_from(WORDS)))
    return tree, " ".join(typed)


def possible(tree: Tree, text: str) -> Rewriting | None:
    """What the text comes to, or None where it leads nowhere for a reason that such texts may have."""
    try:
        return of(tree, text)
    except CannotRewrite as fault:
        if fault.code == "other-brackets":
            raise
        return None


@given(typed_anew())
def test_carried_as_a_whole_the_changes_say_what_was_typed(made: tuple[Tree, str]):
    tree, text = made
    if (found := possible(tree, text)) is None:
        return
    result = carried_out(found.edits, tree)
    assert [id_ for id_ in bracket_ids(result) if id_.startswith("b")] == bracket_ids(tree)
    if found.beside:
        return
    for edit in sorted(found.edits, key=lambda e: e.after + 0.5 if isinstance(e, Insert) else e.first, reverse=True):
        tree = carried(edit, tree)
    assert as_typed(tree).replace(" ", "") == text.replace(" ", "")


@given(typed_anew())
def test_taken_back_the_changes_leave_the_paragraph_as_it_was(made: tuple[Tree, str]):
    tree, text = made
    if (found := possible(tree, text)) is None:
        return
    result = carried_out(found.edits, tree)
    for edit in found.edits:
        if isinstance(edit, Replace):
            result = retain(result, edit.out)
        result = retain(result, edit.new) if isinstance(edit, Delete) else strike(result, edit.new)
    assert as_typed(result).replace(" ", "") == as_typed(tree).replace(" ", "")
