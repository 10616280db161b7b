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
_SHARE, _SHARE_OF_CLOSEST = 0.2, 0.08  # of all gaps of a size, how many wrapped lines must bridge
_DEEPEST = 12  # columns
_FEW_GAPS = 3  # wide gaps below which nothing is said about them
_ENDED = 0.85  # of a full line: what is shorter was ended on purpose
_WINDOW = 4  # lines before and behind that show how long a full line is here


@dataclass(frozen=True, slots=True)
class Habits:
    """``wrap``: the most line ends that lie between two lines of one paragraph (1: no blank line; 2: one; 0: no
    paragraph runs over a line end at all).

    ``slack``: how much of a full line the shortest wrapped lines take up, with the next word that did not fit; 1 and
    more in a text that is wrapped at a column, less where letters are not all equally wide. ``indent``: the columns
    that most lines are set in by. ``spaced``: whether a gap wider than ``wrap`` parts the paragraphs, nearly always.
    """

    wrap: int = 0
    slack: float = 0.0
    indent: int = 0
    spaced: bool = False


def learn(lines: Lines) -> Habits:
    """The habits of a text. The widest gap that wrapped lines bridge in a fifth of all cases (less, where none is closer) is one that says nothing;
    a gap with a blank line in it must do so several times, since one is easily made by a page."""
    texts, gaps = lines.texts, lines.gaps
    last = min(len(texts), _SAMPLE)
    all_pairs = Counter(gaps[1:last])
    wrapped = [at for at in range(1, last) if _is_wrapped(texts[at - 1], texts[at])]
    bridged = Counter(gaps[at] for at in wrapped)
    closest = min(all_pairs, default=1)
    usual = [
        gap
        for gap, count in bridged.items()
        if count >= (_SHARE_OF_CLOSEST if gap == closest else _SHARE) * all_pairs[gap] and (gap == 1 or count > 2)
    ]
    wrap = max(usual, default=0)
    lengths = widths(texts[:last], lines.indents)
    shares = sorted(fill(lengths, at, texts[at]) for at in wrapped if gaps[at] <= wrap and texts[at - 1][-1] != "-")
    slack = shares[len(shares) // 33] if len(shares) >= _FEW else 0.0
    indent = Counter(lines.indents[:last]).most_common(1)[0][0] if last else 0
    return Habits(wrap, slack, indent, _is_spaced(texts[:last], gaps, lengths, wrap))


def _is_spaced(texts: Sequence[str], gaps: Sequence[int], lengths: Sequence[int], wrap: int) -> bool:
    """Whether lines that clearly were ended on purpose, labels aside, are followed by a wide gap with few exceptions."""
    wide = narrow = 0
    for at in range(1, len(texts)):
        if texts[at - 1][-1] in _ENDS and not texts[at][0].islower():
            if gaps[at] > wrap:
                wide += 1
            elif fill(lengths, at, texts[at]) < _ENDED and read_label(texts[at]) is None:
                narrow += 1
    return wide > _FEW_GAPS and narrow <= wide / 3


def widths(texts: Sequence[str], indents: Sequence[int]) -> list[int]:
    """How far each line reaches to the right. A blank before it is chance, and what is set in far stands in the middle."""
    if not any(indents):
        return list(map(len, texts))
    return [
        len(text) + (min(indent, _DEEPEST) if indent > 1 else 0) for text, indent in zip(texts, indents, strict=False)
    ]


def fill(lengths: Sequence[int], at: int, text: str) -> float:
    """How full the line before the one at ``at``, which is ``text``, would have been with the next word: the share of the
    longest line nearby. ``lengths`` are the widths of all lines that follow one another."""
    word = text.find(" ")
    needed = lengths[at - 1] + 1 + (word if word >= 0 else len(text))
    return needed / max(lengths[max(0, at - _WINDOW) : at + _WINDOW])


def _is_wrapped(before: str, text: str) -> bool:
    if before[-1] == "-":
        return True
    return text[0].islower() and before[-1] not in _ENDS and read_label(text) is None
