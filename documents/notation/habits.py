"""How a text is laid out, learned from the text itself: what its gaps, its line lengths and its indents mean.

A pair of lines of which the second begins small after a first that ends no sentence is one line wrapped. Such pairs
are sure enough to learn from; what they show is then used to judge the pairs that are not.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from documents.notation.labels import read_label
from documents.notation.lines import Lines

_ENDS = ".;:!?。；：！？"
_SAMPLE = 4000  # lines that are enough to learn from
_FEW = 8  # wrapped pairs below which nothing is said about lengths
_WINDOW = 4  # lines before and behind that show how long a full line is here


@dataclass(frozen=True, slots=True)
class Habits:
    """``wrap``: the most line ends that lie between two lines of one paragraph (1: no blank line; 2: one; 0: no
    paragraph runs over a line end at all).

    ``slack``: how much of a full line the shortest wrapped lines take up, with the next word that did not fit; 1 and
    more in a text that is wrapped at a column, less where letters are not all equally wide. ``indent``: the columns
    that most lines are set in by.
    """

    wrap: int = 0
    slack: float = 0.0
    indent: int = 0


def learn(lines: Lines) -> Habits:
    """The habits of a text. The widest gap that wrapped lines bridge in a fifth of all cases is one that says nothing;
    a gap with a blank line in it must do so several times, since one is easily made by a page."""
    texts, gaps = lines.texts, lines.gaps
    last = min(len(texts), _SAMPLE)
    all_pairs = Counter(gaps[1:last])
    wrapped = [at for at in range(1, last) if _is_wrapped(texts[at - 1], texts[at])]
    bridged = Counter(gaps[at] for at in wrapped)
    usual = [gap for gap, count in bridged.items() if count >= 0.2 * all_pairs[gap] and (gap == 1 or count > 2)]
    wrap = max(usual, default=0)
    lengths = list(map(len, texts[:last]))
    shares = sorted(fill(lengths, at, texts[at]) for at in wrapped if gaps[at] <= wrap and texts[at - 1][-1] != "-")
    slack = shares[len(shares) // 33] if len(shares) >= _FEW else 0.0
    indent = Counter(lines.indents[:last]).most_common(1)[0][0] if last else 0
    return Habits(wrap, slack, indent)


def fill(lengths: Sequence[int], at: int, text: str) -> float:
    """How full the line before the one at ``at``, which is ``text``, would have been with the next word: the share of the
    longest line nearby. ``lengths`` are those of all lines that follow one another."""
    word = text.find(" ")
    needed = lengths[at - 1] + 1 + (word if word >= 0 else len(text))
    return needed / max(lengths[max(0, at - _WINDOW) : at + _WINDOW])


def _is_wrapped(before: str, text: str) -> bool:
    if before[-1] == "-":
        return True
    return text[0].islower() and before[-1] not in _ENDS and read_label(text) is None
