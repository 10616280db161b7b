"""What becomes of the wording in a reading: words go with their brackets, nothing else is touched, spaces come out right."""

import re
from functools import reduce
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.notation.build import build
from documents.notation.edit import decided, retain, strike
from documents.notation.read import read_wording
from documents.notation.read_as import Way, read_as
from documents.notation.tree import Bracket, Text, Tree, bracket_ids, find, whole_bracket, wording
from documents.notation.words import words
from documents.notation.write import write
from tests.notation.test_edit_properties import trees

LABEL = re.compile(r"\[?(PP\d+[a-z]?|\d+)\.")
WAYS: st.SearchStrategy[Way] = st.sampled_from(["retain", "strike", "leave"])


def tree_of(text: str) -> Tree:
    """The tree of a printed paragraph; its brackets are b0, b1 … in order of opening."""
    numbers = count()
    label = LABEL.match(text)
    return build(read_wording(text), label[1] if label else None, lambda: f"b{next(numbers)}").tree


def printed(text: str, *ways: Way) -> str:
    """The paragraph that reads so, with its brackets in order of opening treated so."""
    tree = tree_of(text)
    return write(read_as(tree, dict(zip(bracket_ids(tree), ways, strict=True))).tree, {})


@given(trees())
def test_a_reading_that_leaves_every_bracket_is_the_bracketed_text(tree: Tree) -> None:
    for ways in ({}, dict.fromkeys(bracket_ids(tree), "leave")):
        read = read_as(tree, ways)  # type: ignore[arg-type]
        assert read.tree == tree
        assert read.left == tuple(bracket_ids(tree))


@given(trees(), st.data())
def test_a_reading_keeps_the_words_in_order_and_takes_only_those_of_struck_brackets(
    tree: Tree, data: st.DataObject
) -> None:
    ways = {id_: data.draw(WAYS) for id_ in bracket_ids(tree)}
    read = read_as(tree, ways)
    struck = {id_ for id_, way in ways.items() if way == "strike"}
    stay = [word for word in words(tree) if not word.closes and word.container not in gone_with(tree, struck)]
    if read.tree:
        assert [word.text for word in words(read.tree) if not word.closes] == [word.text for word in stay]
        assert read.left == tuple(
            id_ for id_ in bracket_ids(tree) if ways[id_] == "leave" and id_ not in gone_with(tree, struck)
        )
    else:
        assert not any(word.text.isalnum() for word in stay)


@given(trees(), st.data())
def test_brackets_decided_at_once_are_as_if_decided_one_after_another(tree: Tree, data: st.DataObject) -> None:
    ways = {id_: data.draw(st.booleans()) for id_ in bracket_ids(tree) if data.draw(st.booleans())}

    def one_more(so_far: Tree, id_: str) -> Tree:
        if id_ not in bracket_ids(so_far):
            return so_far
        return retain(so_far, id_) if ways[id_] else strike(so_far, id_)

    assert decided(tree, ways) == reduce(one_more, ways, tree)


def gone_with(tree: Tree, struck: set[str]) -> set[str]:
    """The struck brackets and all that stand in them."""
    return {inner for id_ in struck for inner in (id_, *bracket_ids(find(tree, id_).inside))}


@pytest.mark.parametrize(
    ("text", "ways", "reads"),
    [
        ("Bells [ring and] (+IND) [, where due,] (-TUR) warn;", ("retain", "retain"), "Bells ring and, where due, warn;"),
        ("Bells [ring and] (+IND) [, where due,] (-TUR) warn;", ("strike", "strike"), "Bells warn;"),
        ("Bells ring [, where due] (-TUR) , and warn.", ("strike",), "Bells ring, and warn."),
        ("Bells ring [loudly] (-TUR), and warn.", ("strike",), "Bells ring, and warn."),
        ("We [oil] (-IND) [polish] (+IND) them [in [early] spring] (+VIE).", ("strike", "retain", "retain", "strike"), "We polish them in spring."),
        ("We [oil] (-IND) [polish] (+IND) them [in [early] spring] (+VIE).", ("strike", "retain", "leave", "retain"), "We polish them [in early spring]."),
        ("PP5. [Old] (-A) [New] (+A) words;", ("strike", "retain"), "PP5. New words;"),
        ("[PP5a. Noting the bells] (+VIE).", ("retain",), "PP5a. Noting the bells."),
        ("[Bells ring] (+A) and warn.", ("strike",), "and warn."),
    ],
)  # fmt: skip
def test_spaces_close_over_words_that_leave_and_over_signs_that_fall(
    text: str, ways: tuple[Way, ...], reads: str
) -> None:
    assert printed(text, *ways) == reads


@pytest.mark.parametrize("text", ["[PP5a. Noting the bells] (+VIE).", "13. [Noting the bells] (+VIE);"])
def test_a_paragraph_struck_whole_goes_with_its_leftover_punctuation(text: str) -> None:
    tree = tree_of(text)
    whole = whole_bracket(tree)
    assert whole is not None
    assert read_as(tree, {whole.id: "strike"}).tree == ()


def test_nothing_is_left_of_a_paragraph_whose_brackets_all_go() -> None:
    assert printed("PP3. [Bells] (-A) [Horns] (-B) ;", "strike", "strike") == ""
    assert printed("PP3. [Bells] (-A) [Horns] (-B) ;", "strike", "leave") == "PP3. [Horns] ;"


def test_signs_that_come_to_meet_are_listed_and_not_repaired() -> None:
    tree: Tree = (Text("Bells, "), Bracket("b", (Text("horns"),)), Text(", lamps ... and ,, more"))
    read = read_as(tree, {"b": "strike"})
    assert wording(read.tree) == "Bells,, lamps ... and ,, more"
    assert read.meeting == (",,",)
    assert read_as(tree, {"b": "retain"}).meeting == ()
