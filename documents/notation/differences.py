"""Two prints of one paragraph, word by word: what is only in the one, what is only in the other."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_PARTS = re.compile(r"[(（][^()（）\[\]]{1,80}[)）]|\w+(?:[-’'‑]\w+)*|[^\w\s]")
_MOST = 4_000_000  # pairs of words; a paragraph of two thousand words on both sides


class Stretch(NamedTuple):
    """Words as they print, and whether they are on both sides, only before, or only after."""

    what: Literal["same", "gone", "came"]
    text: str


def differing(before: str, after: str) -> list[Stretch]:
    """Both prints as one text, in order; a marker counts as one word. A very long pair is not taken apart."""
    old, new = list(_PARTS.finditer(before)), list(_PARTS.finditer(after))
    if len(old) * len(new) > _MOST:
        return [Stretch("gone", before), Stretch("came", after)]
    found: list[Stretch] = []
    same = SequenceMatcher(None, [m[0] for m in old], [m[0] for m in new], autojunk=False)
    for what, a, b, c, d in same.get_opcodes():
        if what == "equal":
            found.append(Stretch("same", _text(after, new, c, d)))
            continue
        if b > a:
            found.append(Stretch("gone", _text(before, old, a, b)))
        if d > c:
            found.append(Stretch("came", _text(after, new, c, d)))
    return found


def _text(text: str, parts: list[re.Match[str]], first: int, end: int) -> str:
    """The stretch with the white space before it."""
    start = parts[first - 1].end() if first else 0
    return text[start : parts[end - 1].end()]
