"""Names for paragraphs that come in between: never one that is or was taken, and read back from paper as what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.notation.labels import read_label
from documents.notation.new_labels import Name, name_after, nameless, of_one_family, rival_name

BASES = ["PP5", "OP12", "PP5b", "13", "2.1", "(a)", "Article 5", "OP1 bis"]


def named(*labels: str) -> list[Name]:
    return [Name(label, label) for label in labels]


@pytest.mark.parametrize(
    ("base", "taken", "latin", "expected"),
    [
        ("PP5", [], False, "PP5a"),
        ("PP5", ["PP5a", "PP5b"], False, "PP5c"),
        ("PP5", ["PP5b"], False, "PP5c"),  # a hole stays a hole
        ("PP5a", ["PP5a"], False, "PP5b"),
        ("PP5b altern", ["PP5a", "PP5b", "PP5b altern"], False, "PP5c"),
        ("PP5", [], True, "PP5 bis"),
        ("PP5", ["PP5 bis"], True, "PP5 ter"),
        ("13", [], False, "13a"),
        ("(a)", [], False, "(a bis)"),
        ("(a)", ["(a bis)"], False, "(a ter)"),
        ("Article 5", [], False, "Article 5 bis"),
        ("PP5", [f"PP5{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"], False, "PP5aa"),
    ],
)
def test_the_next_name_of_a_family(base: str, taken: list[str], latin: bool, expected: str) -> None:
    assert name_after(Name(base, base), named(base, *taken), latin=latin) == Name(expected, expected)


@pytest.mark.parametrize(
    ("base", "taken", "expected"),
    [
        ("PP5", [], "PP5 altern"),
        ("PP5", ["PP5 altern"], "PP5 altern. 2"),
        ("PP5b", [], "PP5b altern"),
        ("(a)", ["(a alt)"], "(a alt 2)"),
    ],
)
def test_the_next_name_of_a_rival(base: str, taken: list[str], expected: str) -> None:
    assert rival_name(Name(base, base), named(base, *taken)) == Name(expected, expected)


def test_a_paragraph_without_a_label_gives_handles_alone() -> None:
    base = Name("", "¶7")
    assert name_after(base, [base]) == Name("", "¶7a")
    assert rival_name(base, [base, Name("", "¶7-alt1")]) == Name("", "¶7-alt2")
    assert nameless([Name("", "¶1"), Name("", "¶3")]) == Name("", "¶4")


def test_a_label_that_two_sections_count_is_followed_in_its_own() -> None:
    """The handle tells the sections apart; the label is taken only where it was printed in the same one."""
    assert name_after(Name("3", "II-3"), [Name("3", "II-3")]) == Name("3a", "II-3a")


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("latin", [False, True])
def test_a_new_label_is_read_from_paper_as_it_was_given(base: str, latin: bool) -> None:
    for name in (name_after(Name(base, base), [], latin=latin), rival_name(Name(base, base), [])):
        dot = "" if name.label.endswith(")") else "."
        found = read_label(f"[{name.label}{dot} Noting the lanterns;] (+EVR)")
        assert found is not None
        assert (found.text, found.start) == (name.label, 1)


@given(st.sampled_from(BASES), st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["a", "l", "r"])), max_size=8))
def test_a_name_is_never_given_twice_and_stays_in_its_family(base: str, asked: list[tuple[int, str]]) -> None:
    taken = [Name(base, base)]
    for at, what in asked:
        of = taken[at % len(taken)]
        new = rival_name(of, taken) if what == "r" else name_after(of, taken, latin=what == "l")
        assert new.handle not in {name.handle for name in taken}
        assert of_one_family(new, taken[0])
        taken.append(new)
