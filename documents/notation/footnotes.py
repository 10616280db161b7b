"""Footnotes: paragraphs that begin with a mark which a word above them carries."""

import re
from collections.abc import Callable, Collection, Iterator

from documents.notation.labels import read_label
from documents.notation.lines import Lines

# A mark of figures alone is believed only where a word carries it without a space: "bells.1", "town[1]", "town1)".
_FOOTNOTE = re.compile(
    r"(?P<mark>[¹²³⁰⁴-⁹]{1,3}|\*{1,3}|[†‡§]|\[\^\w{1,6}\]:?|\[\d{1,2}\]:?(?=\s\S)|\d{1,2}\)(?=\s\S)|\d{1,2}(?=\s[^\W\d_a-zа-яё]))\s?(?=[^\s*])"
)
_FIRST_SIGNS = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹*†‡§[0123456789")
_NEAR = 120  # lines before a note within which its mark is looked for


def find_footnotes(
    source: str, lines: Lines, is_wide: Callable[[int], bool], taken: Collection[int]
) -> Iterator[tuple[int, int, str]]:
    """``(first line, last line, mark)`` of each footnote; none lies on lines that are ``taken``.

    A star with no word above that carries it is a list's.
    """
    texts, free = lines.texts, 0
    passed: dict[str, int] = {}  # by mark, the place behind which a call is looked for: each call has one note
    for at in [at for at, text in enumerate(texts) if text[0] in _FIRST_SIGNS]:
        match = _FOOTNOTE.match(texts[at])
        if match is None or at < free or at in taken:
            continue
        mark = match["mark"].rstrip(":")
        if not _is_called(source, lines, at, mark, passed.get(mark, 0)):
            continue
        last = at
        while last + 1 < len(texts) and last + 1 not in taken and _goes_on(lines, last + 1, is_wide):
            last += 1
        passed[mark], free = lines.starts[at], last + 1
        yield at, last, mark


def _is_called(source: str, lines: Lines, at: int, mark: str, floor: int) -> bool:
    """Whether the mark stands behind a word within the last pages before the note."""
    since = max(floor, lines.starts[max(0, at - _NEAR)])
    if mark[-1].isdigit() and mark.isascii():
        before, behind = r"(?<=[a-zа-яё])[.,;:]?", r"(?![\w.,]\w|\w|\))"
    elif mark.rstrip(")]").lstrip("[").isdecimal():
        before, behind = r"(?<=[^\W\d_])[.,;:]?", ""
    else:
        before, behind = r"(?<=[\w.,;:)\]’”»\"])", r"(?![\w*¹²³⁰⁴-⁹])"
    return re.compile(before + re.escape(mark) + behind).search(source, since, lines.starts[at]) is not None


def _goes_on(lines: Lines, at: int, is_wide: Callable[[int], bool]) -> bool:
    if is_wide(at):
        return False
    text = lines.texts[at]
    return _FOOTNOTE.match(text) is None and read_label(text) is None and not lines.texts[at - 1].endswith(".")
