"""Footnotes: paragraphs that begin with a mark which a word above them carries."""

import re
from collections.abc import Callable, Collection, Iterator

from documents.notation.labels import read_label
from documents.notation.lines import Lines

_FOOTNOTE = re.compile(r"(?P<mark>[¹²³⁰⁴-⁹]{1,3}|\*{1,3}|[†‡§]|\[\^\w{1,6}\]:?)\s?(?=[^\s*])")
_SIGNS = "¹²³⁰⁴⁵⁶⁷⁸⁹*†‡§^"
_NEAR = 120  # lines before a note within which its mark is looked for


def find_footnotes(
    source: str, lines: Lines, is_wide: Callable[[int], bool], taken: Collection[int]
) -> Iterator[tuple[int, int, str]]:
    """``(first line, last line, mark)`` of each footnote; none lies on lines that are ``taken``.

    A star with no word above that carries it is a list's.
    """
    if not any(sign in source for sign in _SIGNS):
        return
    texts, at = lines.texts, 0
    while at < len(texts):
        match = _FOOTNOTE.match(texts[at])
        if match is None or at in taken or not _is_called(source, lines, at, match["mark"]):
            at += 1
            continue
        last = at
        while last + 1 < len(texts) and last + 1 not in taken and _goes_on(lines, last + 1, is_wide):
            last += 1
        yield at, last, match["mark"].rstrip(":")
        at = last + 1


def _is_called(source: str, lines: Lines, at: int, mark: str) -> bool:
    """Whether the mark stands behind a word within the last pages before the note."""
    since = lines.starts[max(0, at - _NEAR)]
    call = re.compile(r"(?<=[\w.,;:)\]’”»\"])" + re.escape(mark.rstrip(":")) + r"(?![\w*¹²³⁰⁴-⁹])")
    return call.search(source, since, lines.starts[at]) is not None


def _goes_on(lines: Lines, at: int, is_wide: Callable[[int], bool]) -> bool:
    if is_wide(at):
        return False
    text = lines.texts[at]
    return _FOOTNOTE.match(text) is None and read_label(text) is None and not lines.texts[at - 1].endswith(".")
