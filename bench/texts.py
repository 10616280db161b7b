"""Documents of a given length, in the words of the sample, the same at every run."""

import random

from bench.reading import vocabulary


def document(paragraphs: int, *, words: int = 24, bracketed_every: int = 2, title: str = "Draft Statement") -> str:
    """A podium text: labelled paragraphs, of which every so many has a bracket with two positions on it."""
    chance = random.Random(11)
    blocks = ["PODIUM VERSION AS OF COB OF 1 MAY 2026", title]
    for number in range(1, paragraphs + 1):
        said = chance.choices(vocabulary(), k=words)
        if number % bracketed_every == 0:
            said[3], said[5] = f"[{said[3]}", f"{said[5]}] (+IND) (-TUR)"
        label = f"PP{number}" if paragraphs < 1000 else f"{number % 900 + 1}"
        blocks.append(f"{label}. Noting {' '.join(said)};")
    return "\n\n".join(blocks) + "\n"
