"""The same packages wrapped in other ways give the same paragraphs, brackets and markers.

Left out is what no reader can tell: where no gap parts paragraphs, a full line that ends a sentence may end a paragraph
or not. Everything else must not depend on widths, blank lines, blanks at line ends and the turn of pages.
"""

import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.notation.contents import ReadDocument
from documents.notation.package import read_package

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    ROOT / "tests" / "golden" / "package.txt",
    ROOT / "tests" / "golden" / "notation.txt",
    ROOT / "negotiations" / "sample" / "night-of-lanterns.txt",
]
PAGES = ("\n- {} -\n", "\n{}\n\f", "\n\n{}\n\nLOH/2031/7\n\n", "\f")


@dataclass(frozen=True)
class Layout:
    """``within`` and ``between``: blank lines within and between paragraphs; ``page``: lines on one, 0 for none."""

    width: int
    within: int
    between: int
    hangs: bool
    trailing: bool
    page: int
    turn: str


layouts = st.builds(
    lambda width, within, more, **rest: Layout(width, within if width else 0, (within if width else 0) + more, **rest),
    width=st.sampled_from([0, 60, 66, 72, 78, 85, 100]),
    within=st.integers(0, 2),
    more=st.integers(1, 2),
    hangs=st.booleans(),
    trailing=st.booleans(),
    page=st.sampled_from([0, 25, 40]),
    turn=st.sampled_from(PAGES),
)


@cache
def documents(path: Path) -> tuple[ReadDocument, ...]:
    return read_package(path.read_text(encoding="utf-8")).documents


def told(document: ReadDocument) -> list[object]:
    """What must not change: texts, labels, kinds, brackets with their markers, markers of paragraphs."""
    return [(p.label, p.kind, p.reading._replace(faults=()), p.alternative_to, p.status) for p in document.paragraphs]


def wrapped(text: str, layout: Layout) -> list[str]:
    if not layout.width:
        return [text]
    lines = textwrap.wrap(
        text,
        layout.width,
        subsequent_indent="   " if layout.hangs else "",
        break_on_hyphens=False,
        break_long_words=False,
    )
    kept: list[str] = []
    for line in lines:  # a hyphen that ends a line swallows the line end: a dash must not stand there
        if kept and kept[-1].endswith(" -"):
            kept[-1] += f" {line.strip()}"
        else:
            kept.append(line)
    return kept


def laid_out(document: ReadDocument, layout: Layout) -> str:
    made, count = "PODIUM VERSION AS OF COB OF 1 MAY 2031\n\nDraft Paper\n\n" + "\n" * layout.between, 0
    for number, paragraph in enumerate(document.paragraphs):
        for at, line in enumerate(wrapped(paragraph.reading.text, layout)):
            if number or at:
                made += "\n" + "\n" * (layout.within if at else layout.between)
                count += 1
                if layout.page and count % layout.page == 0:
                    made += layout.turn.format(count // layout.page)
            made += line + " " * layout.trailing
    return made + "\n"


@pytest.mark.parametrize("path", SOURCES, ids=[path.stem for path in SOURCES])
@settings(max_examples=25, deadline=None, derandomize=True)
@given(layout=layouts)
def test_paragraphs_do_not_depend_on_how_a_file_is_wrapped(path: Path, layout: Layout) -> None:
    for document in documents(path):
        [again] = read_package(laid_out(document, layout)).documents
        assert told(again) == told(document)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(layout=layouts)
def test_the_real_package_does_not_depend_on_it_either(real_file: Path, layout: Layout) -> None:
    for document in documents(real_file):
        [again] = read_package(laid_out(document, layout)).documents
        assert told(again) == told(document)
