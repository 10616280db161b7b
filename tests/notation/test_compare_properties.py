"""Whatever is done in a room and written out is understood again: those acts, no other, and nothing for nothing."""

from collections import defaultdict
from dataclasses import replace
from itertools import count
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from documents.notation import edit as edits
from documents.notation.changes import Change, StandingBracket, StandingParagraph
from documents.notation.compare import StandingDocument, compare
from documents.notation.tree import (
    Anchor,
    Bracket,
    Label,
    Stamp,
    Text,
    Tree,
    bracket_ids,
    joined,
    wording,
)
from documents.notation.words import words
from documents.notation.write import Mark, Marks, write
from tests.notation.comparing import ANYBODY, done, read_back

quick = settings(
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], deadline=None, max_examples=150
)
CODES = ("ANA", "BEL", "CEC", "DOR")
COMMON = ("peace", "and", "the", "river", "shall", "the", "and", ",")
STANCES = ("support", "oppose", "tcb", "keep_original")


@st.composite
def paragraphs(draw: st.DrawFn, *, distinct: bool) -> StandingParagraph:
    """A paragraph as texts have them, with brackets up to three deep, some with positions as the source printed them."""
    ids, numbers = count(), count(1)
    marks: dict[str | None, list[Mark]] = defaultdict(list)

    def run() -> Text:
        found = draw(st.lists(st.sampled_from(COMMON), min_size=1, max_size=4))
        return Text(" ".join(f"w{next(numbers)}" if distinct else word for word in found) + " ")

    def nodes(depth: int) -> Tree:
        made: list[Text | Bracket | Anchor | Label] = []
        for _ in range(draw(st.integers(1, 3))):
            made.append(run())
            if depth < 3 and draw(st.booleans()):
                id_ = f"b{next(ids)}"
                inside = nodes(depth + 1)
                made.append(Bracket(id_, (Text(wording(inside).strip()),) if depth == 2 else _trimmed(inside)))
                holding = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=3))
                marks[id_] = [
                    Mark(code, draw(st.sampled_from(STANCES)), places=(at,) if at == 0 else ())
                    for at, code in enumerate(holding)
                ]
                if holding:
                    made.append(Anchor(id_, (Stamp(" ", write((), {None: [_unplaced(marks[id_][0])]}).strip(), (0,)),)))
                made.append(Text(" "))
        return tuple(made)

    tree = joined((Label("PP1."), Text(" Noting that "), *nodes(0), Text("end;")))
    rows = {id_: StandingBracket(id_, at) for at, id_ in enumerate(bracket_ids(tree), 1)}
    tabler = draw(st.sampled_from(("", *CODES)))
    rows = {id_: replace(row, tabler=tabler, puts_in=bool(tabler)) for id_, row in rows.items()}
    return StandingParagraph("p0", "PP1", "preambular", tree, marks, "PP1", brackets=rows)


def _unplaced(mark: Mark) -> Mark:
    return replace(mark, places=())


def _trimmed(nodes: Tree) -> Tree:
    """Without white space before a closing sign."""
    *head, last = joined(nodes)
    return (*head, Text(last.words.rstrip())) if isinstance(last, Text) and last.words.strip() else (*head,)


def told(before: StandingParagraph, after: StandingParagraph) -> tuple[Change, ...]:
    """What the comparison says was done, from the file that the later state is written into."""
    read = read_back(StandingDocument("Title", (), (after,)))
    assume(len(read.paragraphs) == 1)
    return compare(StandingDocument("Title", (), (before,)), read, ANYBODY).changes


def moves_of(paragraph: StandingParagraph, number: int) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """One act: what it is, and with what it is done."""
    real = [word.index for word in words(paragraph.tree) if not word.closes]
    ids = bracket_ids(paragraph.tree)
    code, text = st.sampled_from(CODES), st.sampled_from([f"new{number}", f"wholly other words{number}"])
    some = st.tuples(st.sampled_from(real), st.integers(0, 3)).map(lambda s: (s[0], min(s[0] + s[1], len(real))))
    at = st.integers(-1, len(words(paragraph.tree)) - 1)
    acts = [
        st.builds(lambda c, a, t: ("insertion", {"code": c, "after": a, "text": t}), code, at, text),
        st.builds(lambda c, s: ("deletion", {"code": c, "first": s[0], "last": s[1]}), code, some),
        st.builds(
            lambda c, s, t: ("replacement", {"code": c, "first": s[0], "last": s[1], "text": t}), code, some, text
        ),
    ]
    if ids:
        on = st.sampled_from(ids)
        acts += [
            st.builds(lambda b: ("retained", {"bracket": b}), on),
            st.builds(lambda b: ("struck", {"bracket": b}), on),
            st.builds(
                lambda c, b, s: ("position", {"code": c, "bracket": b, "stance": s}), code, on, st.sampled_from(STANCES)
            ),
            st.builds(lambda c, b: ("silent", {"code": c, "bracket": b}), code, on),
            st.builds(lambda b, t: ("revision", {"bracket": b, "text": t}), on, text),
        ]
    return st.one_of(acts)


def acted(paragraph: StandingParagraph, kind: str, said: dict[str, Any], number: int) -> StandingParagraph:
    """The paragraph after the act. Tries another where it cannot be done."""
    tree, marks = paragraph.tree, {target: list(held) for target, held in paragraph.marks.items()}
    code, id_, out, new = str(said.get("code")), str(said.get("bracket")), f"out{number}", f"in{number}"
    held = next((mark for mark in marks.get(id_, ()) if mark.code == code), None)
    try:
        match kind:
            case "insertion":
                tree = edits.apply(edits.Insert(said["after"], str(said["text"]), new), tree)
                marks[new] = [Mark(code, "support")]
            case "deletion":
                tree = edits.apply(edits.Delete(said["first"], said["last"], out), tree)
                marks[out] = [Mark(code, "oppose")]
            case "replacement":
                edit = edits.Replace(said["first"], said["last"], str(said["text"]), out, new)
                tree = edits.apply(edit, tree)
                marks |= {out: [Mark(code, "oppose")], new: [Mark(code, "support")]}
            case "retained":
                tree = edits.retain(tree, id_)
            case "struck":
                tree = edits.strike(tree, id_)
            case "revision":
                assume(paragraph.brackets[id_].tabler if id_ in paragraph.brackets else False)
                tree = edits.reword(tree, id_, str(said["text"]))
            case "position":
                assume(held is None or held.stance != said["stance"])
                marks[id_] = [*(m for m in marks.get(id_, ()) if m is not held), Mark(code, str(said["stance"]))]
            case "silent":
                assume(held is not None)
                marks[id_] = [m for m in marks[id_] if m is not held]
    except edits.CannotEdit:
        assume(False)
    live: Marks = {target: held for target, held in marks.items() if target is None or target in bracket_ids(tree)}
    return replace(paragraph, tree=tree, marks=live)


@given(paragraphs(distinct=False))
@quick
def test_what_prints_the_same_has_no_change(paragraph: StandingParagraph) -> None:
    assert told(paragraph, paragraph) == ()


@given(st.data())
@quick
def test_one_act_is_understood_as_that_act_and_no_other(data: st.DataObject) -> None:
    before = data.draw(paragraphs(distinct=True))
    kind, said = data.draw(moves_of(before, 1))
    after = acted(before, kind, said, 1)
    changes = told(before, after)
    assert [change.kind for change in changes] == [kind]
    [change] = changes
    assert change.bracket == said.get("bracket")
    assert change.code == said.get("code", before.brackets[str(change.bracket)].tabler if kind == "revision" else "")
    assert write(done(before, changes).tree, {}).split() == write(after.tree, {}).split()


@given(st.data())
@quick
def test_what_was_understood_carried_out_leaves_nothing_to_understand(data: st.DataObject) -> None:
    before = data.draw(paragraphs(distinct=False))
    after = before
    for number in range(data.draw(st.integers(1, 4))):
        kind, said = data.draw(moves_of(after, number))
        after = acted(after, kind, said, number)
    changes = told(before, after)
    assume(not any(change.kind == "not-understood" for change in changes))
    carried = done(before, changes)
    assert told(carried, after) == ()
