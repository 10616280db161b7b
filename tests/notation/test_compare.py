"""What a later state of a text says otherwise: each kind of change, and what is asked or only listed."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from documents.notation.changes import Change, Tabling
from documents.notation.compare import StandingDocument, compare, nearest
from documents.notation.contents import ReadDocument
from documents.notation.differences import differing
from documents.notation.package import read_package
from documents.notation.shown import Shown, Tracked
from documents.notation.typed import as_typed
from tests.notation.comparing import ANYBODY, done, only, printed, read_back, standing

SAMPLE = Path(__file__).parents[2] / "negotiations/sample/night-of-lanterns.txt"
TEXT = """PP1. Recalling that bells [ring and] (+IND) [, where customary,] (-TUR) warn; (CHN tcb)

PP2. Noting that every bell has an owner;

PP3. Noting further that lamps are lit;
"""


def documents() -> list[ReadDocument]:
    """Those of our own sample, and of the real file where it is at hand."""
    sources = [SAMPLE]
    if real := os.environ.get("PODIUM_REAL_FILE"):
        sources.append(Path(real))
    return [read for source in sources for read in read_package(source.read_text()).documents]


def changes(new: str, old: str = TEXT) -> list[Change]:
    return list(compare(standing(only(read_package(old))), only(read_package(new)), ANYBODY).changes)


def in_short(found: list[Change]) -> list[tuple[str, str, str, str]]:
    return [(change.kind, change.code, change.before, change.after) for change in found]


@pytest.mark.parametrize("read", documents(), ids=lambda read: (read.title or "")[:40])
def test_the_same_file_has_no_change(read: ReadDocument) -> None:
    here = standing(read)
    found = compare(here, read, ANYBODY)
    assert found.changes == ()
    assert found.same == len(here.paragraphs)


@pytest.mark.parametrize("read", documents(), ids=lambda read: (read.title or "")[:40])
def test_what_was_written_out_and_wrapped_otherwise_has_no_change(read: ReadDocument) -> None:
    here = standing(read)
    assert compare(here, read_back(here), ANYBODY).changes == ()


@pytest.mark.parametrize("read", documents(), ids=lambda read: (read.title or "")[:40])
def test_every_marker_of_one_sign_taken_out_is_a_position_taken_back_and_nothing_else(read: ReadDocument) -> None:
    here = standing(read)
    held = sum(
        1
        for p in here.paragraphs
        for marks in p.marks.values()
        for mark in marks
        if mark.stance == "tcb" and not mark.raw
    )
    later = only(read_package(printed(_without_tcb(here))))
    found = compare(here, later, ANYBODY).changes
    assert [change.kind for change in found] == ["silent"] * held
    assert {change.stance for change in found} <= {"tcb"}


def _without_tcb(here: StandingDocument) -> StandingDocument:
    paragraphs = tuple(
        replace(p, marks={t: [m for m in marks if m.stance != "tcb" or m.raw] for t, marks in p.marks.items()})
        for p in here.paragraphs
    )
    return replace(here, paragraphs=paragraphs)


def test_signs_come_change_and_go() -> None:
    found = changes(TEXT.replace("(+IND)", "(-IND) (+VIE with reservation)").replace("; (CHN tcb)", ";"))
    assert [(c.kind, c.code, c.stance, c.reservation, c.bracket is None) for c in found] == [
        ("position", "IND", "oppose", False, False),
        ("position", "VIE", "support", True, False),
        ("silent", "CHN", "tcb", False, True),
    ]
    assert all(change.is_attributed for change in found)


def test_signs_written_together_or_in_another_order_say_the_same() -> None:
    old = TEXT.replace("(+IND)", "(+IND) (+VIE)")
    assert changes(TEXT.replace("(+IND)", "(+ VIE, IND)"), old) == []


def test_a_new_bracket_is_tabled_by_the_first_sign_that_fits_it() -> None:
    found = changes(
        TEXT.replace("every bell", "every [old] (-TUR) (+VIE) bell").replace("lamps", "[lamps] (+IND) (-CHN)")
    )
    assert [(c.kind, c.code) for c in found] == [
        ("insertion", "VIE"),
        ("position", "TUR"),
        ("deletion", "CHN"),
        ("position", "IND"),
    ]
    assert all(change.is_attributed for change in found)
    assert found[1].needs == (found[0].id,)


def test_crossed_neighbours_are_one_replacement() -> None:
    found = changes(TEXT.replace("every bell", "[every bell] (-TUR) (-IND) [each lamp] (+IND)"))
    assert in_short(found)[0] == (
        "replacement",
        "IND",
        "every bell",
        "[every bell] (-TUR) (-IND) [each lamp] (+IND)",
    )
    assert [(c.kind, c.code) for c in found[1:]] == [("position", "TUR")]


@pytest.mark.parametrize(
    ("marker", "kind", "suggested"),
    [("", "insertion", ""), (" (VIE tcb)", "insertion", "VIE"), (" (-VIE)", "insertion", "")],
)
def test_new_words_that_nobody_wants_to_stay_are_asked_about(marker: str, kind: str, suggested: str) -> None:
    first, *_ = changes(TEXT.replace("every bell", f"every [old]{marker} bell"))
    assert (first.kind, first.code) == (kind, "")
    [ask] = first.asks
    assert (ask.what, ask.suggested) == ("delegation", suggested)


def test_a_bracket_goes_and_its_words_stay_or_go() -> None:
    found = changes(TEXT.replace("[ring and] (+IND)", "ring and").replace(" [, where customary,] (-TUR)", ""))
    assert in_short(found) == [
        ("retained", "", "[ring and] (+IND)", "ring and"),
        ("struck", "", "[, where customary,] (-TUR)", ""),
    ]


def test_other_words_in_a_bracket_of_an_unknown_tabler_are_asked_about() -> None:
    [found] = changes(TEXT.replace("ring and", "toll and"))
    assert (found.kind, found.before, found.after, found.is_attributed) == ("words", "ring", "toll", False)


def test_a_whole_new_paragraph_with_what_stands_in_it() -> None:
    new = TEXT.replace("\nPP3", "\n[PP2a. Noting also [all] (-IND) horns [too] (+TUR);] (+VIE) (-CHN)\n\nPP3")
    found = changes(new)
    assert [(c.kind, c.code) for c in found] == [
        ("paragraph", "VIE"),
        ("deletion", "IND"),
        ("insertion", "TUR"),
        ("position", "CHN"),
    ]
    assert {change.needs for change in found[1:]} == {(found[0].id,)}
    assert found[0].step.text == "Noting also all horns;"  # type: ignore[union-attr]


def test_a_paragraph_that_came_bare_and_one_that_went_are_asked_about() -> None:
    found = changes(
        TEXT.replace("PP2. Noting that every bell has an owner;", "PP2a. Welcoming the horns of all towns;")
    )
    assert [(c.kind, [ask.what for ask in c.asks]) for c in found] == [
        ("missing", ["delegation"]),
        ("paragraph", ["delegation"]),
    ]


def test_a_paragraph_that_moved_and_a_label_that_changed_are_reported_alone() -> None:
    one, two, three = TEXT.strip().split("\n\n")
    moved = changes("\n\n".join([three, one, two]))
    assert [(c.kind, c.step) for c in moved] == [("moved", None)]
    label = changes(TEXT.replace("PP2.", "PP2bis."))
    assert [(c.kind, c.before, c.after, c.step) for c in label] == [("label", "PP2", "PP2bis", None)]


def test_words_that_came_meanwhile_at_the_same_place_make_it_another_change() -> None:
    file = only(read_package(TEXT.replace("every bell", "every [old] (+VIE) bell")))
    here = standing(only(read_package(TEXT)))
    [before] = compare(here, file, ANYBODY).changes
    elsewhere = done_by(here, TEXT.replace("an owner", "[an owner] (-TUR)"))
    there = done_by(here, TEXT.replace("every bell", "every [red] (+TUR) bell"))
    assert before.id in [change.id for change in compare(elsewhere, file, ANYBODY).changes]
    assert before.id not in [change.id for change in compare(there, file, ANYBODY).changes]


def done_by(here: StandingDocument, text: str) -> StandingDocument:
    """The document after everything that the text says."""
    found = compare(here, only(read_package(text)), ANYBODY)
    by_id = {one.id: one.changes for one in found.paragraphs}
    return replace(here, paragraphs=tuple(done(p, by_id.get(p.id, ())) for p in here.paragraphs))


def test_brackets_that_cross_what_stood_are_listed_with_both_texts() -> None:
    new = TEXT.replace("bells [ring and] (+IND)", "bells [[ring and]] (+IND)")
    [found] = [change for change in changes(new) if change.kind == "not-understood"]
    assert found.why == "no-way"
    assert "[ring and]" in found.before
    assert "[[ring and]]" in found.after


def test_a_marker_is_never_tabled_as_words() -> None:
    found = changes(TEXT.replace("every bell", "every [(+IND) old] (+VIE) bell"))
    assert [(c.kind, c.why) for c in found] == [("not-understood", "marker-in-words")]


def test_bold_is_asked_about_and_never_believed() -> None:
    start, end = TEXT.index("Noting that"), TEXT.index("owner;") + 6
    read = only(read_package(TEXT, shown=Shown(bold=((start, end),))))
    [found] = compare(standing(only(read_package(TEXT))), read, ANYBODY).changes
    assert (found.kind, [ask.what for ask in found.asks], found.is_attributed) == ("agree", ["sure"], False)


def test_the_document_of_the_same_title_is_compared_among_several() -> None:
    package = read_package(SAMPLE.read_text())
    for at, read in enumerate(package.documents):
        assert nearest(standing(read), package.documents) == at


def test_another_title_is_reported() -> None:
    read = read_package(SAMPLE.read_text()).documents[0]
    here = standing(read)
    [found] = compare(here, replace(read, title="Another title"), ANYBODY).changes
    assert (found.kind, found.after, found.step) == ("head", "Another title", None)


def tracked(source: str, *changed: tuple[str, str, str]) -> ReadDocument:
    """The source with tracked changes: of the bracket that begins with the words, by whom, ins or del."""
    marked = tuple(
        Tracked(source.index(words), change, author, None, f"({'+' if change == 'ins' else '-'}{author})")  # type: ignore[arg-type]
        for words, author, change in changed
    )
    return only(read_package(source, shown=Shown(tracked=marked)))


def test_notation_typed_while_changes_were_tracked_is_taken_as_typed() -> None:
    read = tracked("PP1. Bells [[ring] (+IND)] (+Ana Pen) warn [(-TUR)] (-Ana Pen);", ("[[ring", "Ana Pen", "ins"))
    [paragraph] = read.paragraphs
    assert (
        as_typed(paragraph.reading, lambda author: False).text == "PP1. Bells [ring] (+IND) warn [(-TUR)] (-Ana Pen);"
    )
    read = tracked("PP1. Bells [ring] (+IND)[ (-TUR)] (-Ana Pen) warn;", ("[ (-TUR", "Ana Pen", "del"))
    assert as_typed(read.paragraphs[0].reading, lambda author: False).text == "PP1. Bells [ring] (+IND) warn;"


def test_the_words_of_whoever_holds_the_pen_are_accepted_and_those_of_others_are_theirs() -> None:
    source = "PP1. Bells [loudly] (+Ana Pen) ring [often] (+Bo Other) and [long] (-Ana Pen) warn;"
    read = tracked(source, ("[loudly", "Ana Pen", "ins"), ("[often", "Bo Other", "ins"), ("[long", "Ana Pen", "del"))
    reading = as_typed(read.paragraphs[0].reading, lambda author: author == "Ana Pen")
    assert reading.text == "PP1. Bells loudly ring [often] (+Bo Other) and warn;"
    assert [marker.delegation for marker in reading.spans[0].markers] == ["Bo Other"]


def test_a_mapped_authors_tracked_changes_are_its_proposals() -> None:
    read = tracked("PP1. Bells [often] (+Bo Other) ring and [long] (-Bo Other) warn;", ("[often", "Bo Other", "ins"))
    here = standing(only(read_package("PP1. Bells ring and long warn;")))
    found = compare(here, read, {"BOOTHER": "IND"}).changes
    assert [(c.kind, c.code) for c in found] == [("insertion", "IND"), ("deletion", "IND")]


def test_differing_words_are_marked_on_both_sides_and_none_is_lost() -> None:
    before, after = "Noting [every] (-VIE) bell;", "Noting [each] (-VIE) (+IND) bell;"
    found = differing(before, after)
    assert "".join(s.text for s in found if s.what != "came") == before
    assert "".join(s.text for s in found if s.what != "gone") == after
    assert [(s.what, s.text) for s in found if s.what != "same"] == [
        ("gone", "every"),
        ("came", "each"),
        ("came", " (+IND)"),
    ]


def test_a_very_long_paragraph_with_few_changes_is_understood() -> None:
    words = [f"word{n % 97}" for n in range(4000)]
    old = "PP1. " + " ".join(words) + ";"
    words[1000:1000] = ["[new]", "(+IND)"]
    words[3000] = f"[{words[3000]}] (-TUR)"
    found = changes("PP1. " + " ".join(words) + ";\n", old + "\n")
    assert [(c.kind, c.code) for c in found] == [("insertion", "IND"), ("deletion", "TUR")]


def test_a_paragraph_too_long_to_tell_is_listed_and_not_guessed() -> None:
    old = "PP1. " + " ".join(f"a{n % 7}" for n in range(3000)) + ";"
    new = "PP1. " + " ".join(f"a{n * n % 11}" for n in range(3000)) + ";"
    here = standing(only(read_package(old + "\n")))
    found = compare(here, only(read_package(new + "\n")), ANYBODY).changes
    assert all(not isinstance(change.step, Tabling) or change.asks for change in found)
    assert [change.why for change in found if change.kind == "not-understood"] == ["too-long"]
