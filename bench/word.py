"""A Word file of a hundred pages, read as any file that comes in is: in a process of its own."""

import os
import random
import statistics
from collections.abc import Callable

from bench.reading import vocabulary
from documents.reading.guarded import ReadingChild
from documents.reading.taken import Taken
from tests.hostile.office import word_file

_TIMES = 5
PAGES, PARAGRAPHS, RUNS = 100, 15, 20
"""Paragraphs on a page, and runs in a paragraph: Word cuts a text that was worked on into a run for every few words."""


def large_file() -> bytes:
    """The same at every run; a tracked change in each third paragraph, a bracket in each."""
    chance = random.Random(7)
    return word_file("".join(_paragraph(chance, number) for number in range(PAGES * PARAGRAPHS))).data


def _paragraph(chance: random.Random, number: int) -> str:
    runs = [_run(" ".join(chance.choices(vocabulary(), k=2)) + " ") for _ in range(RUNS)]
    runs[3] = _run("[and boats] (+EVR) (-SLN) ")
    if number % 3 == 0:
        runs[7] = f'<w:ins w:id="{number}" w:author="EVR" w:date="2024-05-01T10:00:00Z">{runs[7]}</w:ins>'
    return f"<w:p>{_run(f'PP{number % 60 + 1}. ')}{''.join(runs)}</w:p>"


def _run(words: str) -> str:
    return f'<w:r><w:rPr><w:rFonts w:ascii="Times"/><w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def report(seconds: Callable[[Callable[[], object]], float]) -> None:
    """Print the figure; ``seconds`` times a piece of work."""
    data = large_file()
    read: list[tuple[Taken, int]] = []

    def work() -> None:
        with ReadingChild(["docx"]) as child:
            read.append((child.take(data, "large.docx"), child.peak))

    before = os.times()
    took = statistics.median(seconds(work) for _ in range(_TIMES))
    after = os.times()
    computed = (after.children_user + after.children_system - before.children_user - before.children_system) / _TIMES
    taken, peak = read[0]
    assert taken.counts is not None
    print("I4 a 100-page Word file, in a process of its own (goal 3 s, 200 MB)")
    print(f"   {len(data) / 1e6:.1f} MB packed, {len(taken.source)} characters, {taken.counts.brackets} brackets")
    print(f"   {took:.2f} s, of which {computed:.2f} s of computing; {peak / 1e6:.0f} MB at most")
