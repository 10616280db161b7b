"""What is on a page beside the wording: page numbers, running headers, drawn rules, footnotes.

Only what can hardly be anything else is taken out; in doubt a line is wording, since nothing is lost that way.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from documents.notation.labels import read_label
from documents.notation.lines import Lines

_PAGE_NUMBER = re.compile(
    r"[-–—|]?\s?(?:(?:page|p\.|стр\.?|страница|бет)\s?)?\d{1,4}(?:\s?(?:/|of|из)\s?\d{1,4})?\s?[-–—|]?|[-–—]\s?[ivxl]{1,6}\s?[-–—]",
    re.IGNORECASE,
)
_RULE = re.compile(r"(?:[_=*~–—-]\s?){5,}|\*\s?\*\s?\*")
_RULE_SIGNS = "_=*~–—-"
_SYMBOL = re.compile(r"[A-ZА-Я]{1,6}(?:[/.][A-ZА-Я0-9.()-]{1,12}){2,}(?:\s+(?:page\s)?\d{1,3})?")
_DIGITS = re.compile(r"\d+")
_LONGEST_HEADER = 90
_FOOTNOTE = re.compile(r"(?P<mark>[¹²³⁰⁴-⁹]{1,3}|\*{1,3}|[†‡§]|\[\^\w{1,6}\]:?)\s?(?=[^\s*])")
_SENTENCE_ENDS = (".", ";", ":", ",", "!", "?")


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of lines that is no wording. ``kind`` is ``page_number``, ``running_header``, ``other`` or
    ``footnote``; ``mark`` is a footnote's mark, empty elsewhere."""

    kind: str
    first: int
    last: int
    mark: str = ""


@dataclass(slots=True)
class _Page:
    lines: Lines
    source: str
    wrap: int
    heads: Collection[int]  # the lines of headers and status lines, which are never page furniture
    found: dict[int, Furniture] = field(default_factory=dict)

    def is_wide(self, at: int) -> bool:
        """Whether a gap that parts paragraphs lies before this line. A single line end proves nothing about a number."""
        return at >= len(self.lines) or self.lines.gaps[at] > max(self.wrap, 1) or at in self.lines.new_page


def find_furniture(source: str, lines: Lines, wrap: int, heads: Collection[int]) -> dict[int, Furniture]:
    """The page furniture among the lines, by its first line."""
    page = _Page(lines, source, wrap, heads)
    for at in [at for at, text in enumerate(lines.texts) if len(text) < 20 or text[0] in _RULE_SIGNS]:
        _look_at(page, at, lines.texts[at])
    if page.found or lines.new_page or _may_repeat(lines):
        _running_headers(page)
    if any(sign in source for sign in "¹²³⁴*†‡§^"):
        _footnotes(page)
    return page.found


def _look_at(page: _Page, at: int, text: str) -> None:
    if at in page.heads:
        return
    if _RULE.fullmatch(text):
        page.found[at] = Furniture("other", at, at)
    elif _PAGE_NUMBER.fullmatch(text) and _stands_alone(page, at):
        page.found[at] = Furniture("page_number", at, at)


def _stands_alone(page: _Page, at: int) -> bool:
    """Whether a number on a line of its own is a page's: not the last word of a sentence, not a cell of a column."""
    texts = page.lines.texts
    if page.is_wide(at) and page.is_wide(at + 1):
        return True
    if at in page.lines.new_page or at + 1 in page.lines.new_page:
        return True
    if at == 0 or at + 1 >= len(page.lines):
        return page.is_wide(at) if at else page.is_wide(at + 1)
    # No gap: in running text a line that is not full is followed by no more words of its sentence.
    before, behind = texts[at - 1], texts[at + 1]
    return (
        behind[0].islower()
        and not before.endswith(_SENTENCE_ENDS)
        and not _is_number(before)
        and not _is_number(behind)
    )


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace(",", "").isdigit()


# ---- running headers


def _may_repeat(lines: Lines) -> bool:
    maybe = [text for text in lines.texts if text[0].isupper() and (text[-1].isdigit() or text.isupper())]
    return any(len(text) < _LONGEST_HEADER and _SYMBOL.fullmatch(text) for text in maybe)


def _running_headers(page: _Page) -> None:
    """A line that stands between two halves of a sentence, or comes again and again at the turn of pages."""
    texts = page.lines.texts
    turned = page.lines.new_page | {at for at, thing in page.found.items() if thing.kind != "other"}
    turned |= {at - 1 for at in turned} | {at + 1 for at in turned}
    gaps = [*page.lines.gaps, page.wrap + 1]
    maybe = [
        at
        for at, text in enumerate(texts)
        if not text[0].islower()
        and (at in turned or text.isupper() or (gaps[at] > page.wrap and gaps[at + 1] > page.wrap))
        and at not in page.found
        and at not in page.heads
        and _could_head(text)
    ]
    again = Counter(_without_digits(texts[at]) for at in maybe)
    for at in maybe:
        alone = page.is_wide(at) and page.is_wide(at + 1)
        repeated, symbol = again[_without_digits(texts[at])] > 1, _SYMBOL.fullmatch(texts[at]) is not None
        cuts = _cuts(page, at)
        if (at in turned and (repeated or symbol or cuts)) or (cuts and (symbol or (alone and repeated))):
            page.found[at] = Furniture("running_header", at, at)


def _could_head(text: str) -> bool:
    """Whether a line that begins with no small letter has nothing of wording: no end of a sentence, no bracket, no label."""
    if len(text) > _LONGEST_HEADER or text.endswith(_SENTENCE_ENDS) or text[-1] == "-":
        return False
    return not any(sign in text for sign in "[]［］()") and read_label(text) is None


def _without_digits(text: str) -> str:
    return _DIGITS.sub("#", text)


def _cuts(page: _Page, at: int) -> bool:
    """Whether the lines around this one, furniture aside, are two halves of one sentence."""
    before, behind = at - 1, at + 1
    while before in page.found:
        before -= 1
    while behind in page.found:
        behind += 1
    if before < 0 or behind >= len(page.lines):
        return False
    head, tail = page.lines.texts[before], page.lines.texts[behind]
    return tail[0].islower() and not head.endswith(_SENTENCE_ENDS) and before not in page.heads


# ---- footnotes


def _footnotes(page: _Page) -> None:
    """A paragraph that begins with a mark which a word above it carries; a star with no such word is a list's."""
    texts, at = page.lines.texts, 0
    while at < len(texts):
        match = _FOOTNOTE.match(texts[at])
        if match is None or at in page.found or at in page.heads or not _is_called(page, at, match["mark"]):
            at += 1
            continue
        last = at
        while last + 1 < len(texts) and _goes_on(page, last + 1):
            last += 1
        page.found[at] = Furniture("footnote", at, last, match["mark"].rstrip(":"))
        at = last + 1


def _is_called(page: _Page, at: int, mark: str) -> bool:
    """Whether the mark stands behind a word within the last pages before the note."""
    lines = page.lines
    since = lines.starts[max(0, at - 120)]
    call = re.compile(r"(?<=[\w.,;:)\]’”»\"])" + re.escape(mark.rstrip(":")) + r"(?![\w*¹²³⁰⁴-⁹])")
    return call.search(page.source, since, lines.starts[at]) is not None


def _goes_on(page: _Page, at: int) -> bool:
    text = page.lines.texts[at]
    if page.is_wide(at) or at in page.found or at in page.heads:
        return False
    return _FOOTNOTE.match(text) is None and read_label(text) is None and not page.lines.texts[at - 1].endswith(".")


def between(found: dict[int, Furniture], first: int, end: int) -> list[Furniture]:
    """The furniture on the lines from ``first`` up to ``end``, in order."""
    places = sorted(found)
    return [found[at] for at in places[bisect_left(places, first) : bisect_left(places, end)]]
