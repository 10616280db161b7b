"""Texts to read, made from the sample, and the two ways of reading them."""

import random
import re
import textwrap
import tracemalloc
from collections.abc import Callable
from functools import cache
from pathlib import Path

from lark import Lark

from documents.notation.package import read_package

SAMPLE = Path(__file__).resolve().parent.parent / "negotiations" / "sample" / "night-of-lanterns.txt"
TOKENS = re.compile(r"\[|\]|\([+-]?[A-Z]{2,6}(?:[ ,:/][^()\[\]]{0,60})?\)|\n\s*\n|[^\[\](\n]+|[(\n]")
MARKERS = re.compile(r"\](?:,? ?\([^()\[\]]+\))+")
WIDTH = 75
SECTION = 60


@cache
def _paragraphs() -> list[str]:
    """The paragraphs of the sample's first document: the one that all earlier figures were taken on."""
    body = SAMPLE.read_text(encoding="utf-8").partition("LANTERNS ON THE ILVANA")[2]
    body = body.partition("ASSEMBLY OF RIVERSIDE TOWNS")[0]
    return [" ".join(block.split()) for block in body.split("\n\n") if block.strip()]


@cache
def _words() -> list[str]:
    """The words of the sample as often as they stand there, names and commas included."""
    return [
        word for text in _paragraphs() for word in re.findall(r"(?<![\w(+-])[A-Za-z][a-z]+,?", MARKERS.sub("", text))
    ]


@cache
def vocabulary() -> list[str]:
    return sorted(set(re.findall(r"[a-z]{4,}", " ".join(_paragraphs()))))


@cache
def _markers() -> list[str]:
    """Closing brackets with all that stands behind them in the sample: ``] (+EVR, PLT) (SLN tcb)``."""
    return [found[0] for text in _paragraphs() for found in MARKERS.finditer(text)]


def _wrapped(chance: random.Random, number: int) -> str:
    """As files taken out of a PDF look: a blank line between any two lines, a bracket about every 120 words."""
    words = chance.choices(_words(), k=60)
    if number % 2:
        first = chance.randrange(50)
        words[first], last = f"[{words[first]}", first + chance.randrange(8)
        words[last] += chance.choice(_markers())
    lines = textwrap.wrap(f"PP{number}. Noting {' '.join(words)};", WIDTH, break_on_hyphens=False)
    return " \n\n".join(lines) + " \n\n \n\n"


def _every_20_words(chance: random.Random, number: int) -> str:
    parts = []
    for _ in range(6):
        parts.append(" ".join(chance.choices(vocabulary(), k=17)))
        parts.append(f"[{' '.join(chance.choices(vocabulary(), k=3))}] ({chance.choice('+-')}EVR)")
    return f"PP{number}. {' '.join(parts)};\n\n"


def _as_sample(chance: random.Random, number: int) -> str:
    return f"PP{number}. {chance.choice(_paragraphs())}\n\n"


KINDS: dict[str, Callable[[random.Random, int], str]] = {
    "wrapped as a real package is, a bracket every 120 words": _wrapped,
    "a paragraph a line, a bracket every 20 words": _every_20_words,
    "as dense as the sample, a marker every 80 characters": _as_sample,
}


def synthetic(megabytes: float, kind: str) -> str:
    """So many million characters of labelled paragraphs of a kind, the same at every run."""
    chance = random.Random(7)
    made: list[str] = []
    length = 0
    while length < megabytes * 1_000_000:
        number = len(made) % SECTION
        # Paragraphs count from 1 again in each section: a label has three figures at most.
        made.append(KINDS[kind](chance, number) if number else "FURTHER MATTERS OF THE ILVANA\n\n")
        length += len(made[-1])
    return "".join(made)


def regex_pass(source: str) -> int:
    return sum(1 for _ in TOKENS.finditer(source))


# The notation as an LALR grammar has it: brackets, markers, paragraphs; balanced texts only, no labels, no diagnostics.
GRAMMAR = r"""
start: item*
?item: "[" item* "]" -> group
     | MARK -> mark
     | PAR -> par
     | TEXT -> text
MARK.3: /\([+-]?[A-Z]{2,6}(?:[ ,:\/][^()\[\]]{0,60})?\)/
PAR.2: /\n\s*\n/
TEXT.1: /[^\[\](\n]+|[(\n]/
"""


@cache
def _lalr() -> Lark:
    return Lark(GRAMMAR, parser="lalr", lexer="contextual")


def lalr(source: str) -> int:
    return len(_lalr().parse(source).children)


def ours(source: str) -> int:
    return len(read_package(source).documents)


def peak(source: str) -> float:
    """The most memory that reading takes at a time, as a multiple of the source in UTF-8. Not to be timed: tracing is slow."""
    tracemalloc.start()
    ours(source)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / len(source.encode())
