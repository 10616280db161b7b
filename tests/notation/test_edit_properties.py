"""What every edit keeps, whatever the tree: its other words, its order, every bracket id."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from documents.notation import edit as edits
from documents.notation.edit import CannotEdit, Delete, Edit, Insert, Replace, apply, retain, reword, strike
from documents.notation.rebase import Conflict, rebase
from documents.notation.tree import (
    Anchor,
    Bracket,
    Label,
    Stamp,
    Text,
    Tree,
    bracket_ids,
    find,
    from_json,
    joined,
    to_json,
    wording,
)
from documents.notation.words import words
from documents.notation.write import Mark, write

settings.register_profile(
    "trees", suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], deadline=None
)
settings.load_profile("trees")

WORDS = ["peace", "and", "the", "river", "shall", ",", "boats", "lights", "the", "and"]


@st.composite
def trees(draw: st.DrawFn, with_label: bool = True) -> Tree:
    """Trees as texts have them: words parted by spaces, brackets up to three deep, some with an imprint."""
    counter = iter(range(1000))

    def nodes(depth: int) -> Tree:
        made: list[Text | Bracket | Anchor | Label] = []
        for _ in range(draw(st.integers(1, 4))):
            made.append(Text(" ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))) + " "))
            if depth < 3 and draw(st.booleans()):
                id_ = f"b{next(counter)}"
                made.append(Bracket(id_, nodes(depth + 1)))
                if draw(st.booleans()):
                    made.append(Anchor(id_, (Stamp(" ", "(+ANA)", (0,)),)))
                made.append(Text(" "))
        return tuple(made)

    head = (Label("PP1."), Text(" ")) if with_label and draw(st.booleans()) else ()
    return joined((*head, *nodes(0)))


def spans_of(tree: Tree) -> st.SearchStrategy[tuple[int, int]]:
    """Selections as people make them: mostly a few neighbouring words."""
    real = [word.index for word in words(tree) if not word.closes]
    return st.tuples(st.sampled_from(real), st.integers(0, 3)).map(
        lambda s: (s[0], min(s[0] + s[1], len(words(tree)) - 1))
    )


def deletions_of(tree: Tree, suffix: str) -> st.SearchStrategy[Delete]:
    return spans_of(tree).map(lambda s: Delete(s[0], s[1], f"n{suffix}"))


def edits_of(tree: Tree, suffix: str) -> st.SearchStrategy[Edit]:
    at = st.integers(-1, len(words(tree)) - 1)
    text = st.sampled_from([f"new{suffix}", f"wholly new words{suffix}", f", with a comma{suffix}"])
    return st.one_of(
        st.builds(Insert, at, text, st.just(f"n{suffix}")),
        deletions_of(tree, suffix),
        st.builds(lambda s, t: Replace(s[0], s[1], t, f"o{suffix}", f"n{suffix}"), spans_of(tree), text),
    )


def squeezed(tree: Tree) -> str:
    return "".join(wording(tree).split())


def tried(edit: Edit, tree: Tree) -> Tree:
    try:
        return apply(edit, tree)
    except CannotEdit:
        assume(False)
        raise


@given(trees())
def test_a_tree_is_the_same_after_json(tree: Tree) -> None:
    assert from_json(to_json(tree)) == tree


@given(st.data())
def test_an_edit_keeps_every_other_word_and_every_bracket_id(data: st.DataObject) -> None:
    tree = data.draw(trees())
    edit = data.draw(edits_of(tree, "1"))
    after = tried(edit, tree)
    new = {"n1"} | ({edit.out} if isinstance(edit, Replace) else set())
    assert [id_ for id_ in bracket_ids(after) if id_ not in new] == bracket_ids(tree)
    assert set(bracket_ids(after)) - set(bracket_ids(tree)) == new
    without = after if isinstance(edit, Delete) else strike(after, "n1")
    assert squeezed(without) == squeezed(tree)


@given(st.data())
def test_withdrawing_a_deletion_gives_the_same_print_as_before(data: st.DataObject) -> None:
    tree = data.draw(trees())
    edit = data.draw(deletions_of(tree, "1"))
    after = tried(edit, tree)
    assert squeezed(retain(after, "n1")) == squeezed(tree)


@given(st.data())
def test_retaining_keeps_all_words_and_striking_takes_only_those_of_the_bracket(data: st.DataObject) -> None:
    tree = data.draw(trees())
    ids = bracket_ids(tree)
    assume(ids)
    chosen = data.draw(st.sampled_from(ids))
    inside = squeezed(find(tree, chosen).inside)
    kept, gone = retain(tree, chosen), strike(tree, chosen)
    assert squeezed(kept) == squeezed(tree)
    assert set(bracket_ids(kept)) == set(ids) - {chosen}
    assert len(squeezed(gone)) == len(squeezed(tree)) - len(inside)
    assert set(bracket_ids(gone)) == set(ids) - {chosen} - set(bracket_ids(find(tree, chosen).inside))


def test_new_words_behind_a_bracket_that_is_chosen_with_its_last_word_are_a_conflict_both_ways() -> None:
    tree = (Text("peace "), Bracket("b0", (Text("peace"),)), Text(" "))
    delete, insert = Delete(0, 1, "n1"), Insert(2, "new", "n2")
    for one, two in ((delete, insert), (insert, delete)):
        with pytest.raises(Conflict):
            rebase(two, tree, apply(one, tree))


@given(st.data())
def test_two_edits_give_the_same_text_in_either_order_or_conflict(data: st.DataObject) -> None:
    tree = data.draw(trees())
    one, two = data.draw(edits_of(tree, "1")), data.draw(edits_of(tree, "2"))
    after_one, after_two = tried(one, tree), tried(two, tree)
    results: list[Tree | None] = []
    for first, second in ((after_one, two), (after_two, one)):
        try:
            results.append(apply(rebase(second, tree, first), first))
        except (Conflict, CannotEdit):
            results.append(None)
    assert results[0] == results[1]
    if results[0] is not None:
        assert set(bracket_ids(results[0])) == set(bracket_ids(after_one)) | set(bracket_ids(after_two))


@given(st.data())
def test_an_edit_finds_its_words_again_after_a_bracket_was_struck(data: st.DataObject) -> None:
    tree = data.draw(trees())
    ids = bracket_ids(tree)
    assume(ids)
    edit = data.draw(deletions_of(tree, "1"))
    before = [w.text for w in words(tree)[edit.first : edit.last + 1]]
    gone = strike(tree, data.draw(st.sampled_from(ids)))
    try:
        moved = rebase(edit, tree, gone)
    except Conflict:
        return
    assert isinstance(moved, Delete)
    assert [w.text for w in words(gone)[moved.first : moved.last + 1]] == before


def bare_brackets(tree: Tree) -> list[str]:
    return [id_ for id_ in bracket_ids(tree) if not bracket_ids(find(tree, id_).inside)]


@given(trees(), st.data())
def test_rewording_changes_the_words_of_its_bracket_and_nothing_else(tree: Tree, data: st.DataObject) -> None:
    assume(bare_brackets(tree))
    id_ = data.draw(st.sampled_from(bare_brackets(tree)))
    reworded = reword(tree, id_, "other  lamps\nburn")
    assert wording(find(reworded, id_).inside) == "other lamps burn"
    assert bracket_ids(reworded) == bracket_ids(tree)

    def elsewhere(of: Tree) -> list[str]:
        return [w.text for w in words(of) if w.container != id_]

    assert elsewhere(reworded) == elsewhere(tree)


@given(trees(), st.data())
def test_an_edit_elsewhere_finds_its_words_after_a_rewording(tree: Tree, data: st.DataObject) -> None:
    assume(bare_brackets(tree))
    edit = data.draw(deletions_of(tree, "1"))
    reworded = reword(tree, data.draw(st.sampled_from(bare_brackets(tree))), "other lamps burn")
    before = [w.text for w in words(tree)[edit.first : edit.last + 1]]
    try:
        moved = rebase(edit, tree, reworded)
    except Conflict:
        return
    assert isinstance(moved, Delete)
    assert [w.text for w in words(reworded)[moved.first : moved.last + 1]] == before


def test_an_edit_of_words_that_were_reworded_is_a_conflict() -> None:
    tree = (Text("one "), Bracket("b", (Text("two three"),)), Text(" four"))
    reworded = reword(tree, "b", "two three more")
    with pytest.raises(Conflict):
        rebase(Delete(1, 1, "n"), tree, reworded)
    assert rebase(Insert(4, "five", "n"), tree, reworded) == Insert(5, "five", "n")


@pytest.mark.parametrize(("text", "code"), [("  ", "no-words"), ("two  three", "same-words")])
def test_a_rewording_without_other_words_is_none(text: str, code: str) -> None:
    tree = (Bracket("b", (Label("5a."), Text(" two three"))),)
    with pytest.raises(CannotEdit) as refused:
        reword(tree, "b", text)
    assert refused.value.code == code
    assert wording(reword(tree, "b", "four")) == "5a. four"


def test_a_bracket_with_others_inside_is_not_reworded() -> None:
    tree = (Bracket("a", (Text("one "), Bracket("b", (Text("two"),)))),)
    with pytest.raises(CannotEdit) as refused:
        reword(tree, "a", "three")
    assert (refused.value.code, refused.value.bracket) == ("brackets-inside", "b")


@given(trees())
def test_imprinted_markers_print_as_the_source_had_them(tree: Tree) -> None:
    marks: dict[str | None, list[Mark]] = {id_: [Mark("ANA", "support", places=(0,))] for id_ in bracket_ids(tree)}
    assert write(tree, marks).count("(+ANA)") == len(bracket_ids(tree))


def test_a_selection_that_crosses_a_bracket_names_it() -> None:
    tree = (Text("one "), Bracket("b", (Text("two three"),)), Text(" four"))
    with pytest.raises(CannotEdit) as refused:
        apply(edits.Delete(0, 1, "n"), tree)
    assert (refused.value.code, refused.value.bracket) == ("crosses-a-bracket", "b")
