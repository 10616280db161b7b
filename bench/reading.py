"""Texts to read, made from the sample, and the two ways of reading them."""

import random
import re
from pathlib import Path

from documents.notation.package import read_package

SAMPLE = Path(__file__).resolve().parent.parent / "negotiations" / "sample" / "night-of-lanterns.txt"
TOKENS = re.compile(r"\[|\]|\([+-]?[A-Z]{2,6}(?:[ ,:/][^()\[\]]{0,60})?\)|\n\s*\n|[^\[\](\n]+|[(\n]")


def synthetic(megabytes: int, *, dense: bool) -> str:
    """So many million characters of labelled paragraphs, the same at every run."""
    chance = random.Random(7)
    body = SAMPLE.read_text(encoding="utf-8").partition("LANTERNS ON THE ILVANA")[2]
    paragraphs = [" ".join(block.split()) for block in body.split("\n\n") if block.strip()]
    words = sorted(set(re.findall(r"[a-z]{4,}", body)))
    made: list[str] = []
    length = number = 0
    while length < megabytes * 1_000_000:
        number += 1
        text = _dense(chance, words) if dense else chance.choice(paragraphs)
        made.append(f"PP{number}. {text}\n\n")
        length += len(made[-1])
    return "".join(made)


def _dense(chance: random.Random, words: list[str]) -> str:
    parts = []
    for _ in range(6):
        parts.append(" ".join(chance.choices(words, k=17)))
        parts.append(f"[{' '.join(chance.choices(words, k=3))}] ({chance.choice('+-')}EVR)")
    return " ".join(parts) + ";"


def regex_pass(source: str) -> int:
    return sum(1 for _ in TOKENS.finditer(source))


def ours(source: str) -> int:
    return len(read_package(source).documents)
