"""What is on a page beside the wording: page numbers, running headers, drawn rules.

Only what can hardly be anything else is taken out; in doubt a line is wording, since nothing is lost that way.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise

from documents.notation.footnotes import find_footnotes
from documents.notation.labels import read_label
from documents.notation.lines import Lines

_PAGE_NUMBER = re.compile(
    r"(?P<bare>\d{1,3})|[-–—|]\s?\d{1,4}\s?[-–—|]|[-–—|]?\s?(?:page|p\.|стр\.?|страница|бет)\s?\d{1,4}(?:\s?(?:/|of|из)\s?\d{1,4})?\s?[-–—|]?|"
    r"(?P<part>\d{1,3}\s?(?:/|of|из)\s?\d{1,3})|[-–—]\s?[ivxl]{1,6}\s?[-–—]",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}")
_RULE = re.compile(r"(?:[_=*~–—-]\s?){5,}|\*\s?\*\s?\*")
_RULE_SIGNS = "_=*~–—-"
_SYMBOL = re.compile(r"[A-ZА-Я]{1,6}(?:[/.][A-ZА-Я0-9.()-]{1,12}){2,}(?:\s+(?:page\s)?\d{1,3})?")
_DIGITS = re.compile(r"\d+")
_OPEN_END = re.compile(r"[(（\[［][^()（）\[\]［］]{0,60}$")
_LONGEST_HEADER = 90
_SENTENCE_ENDS = (".", ";", ":", ",", "!", "?")
_LONGEST_CHAIN = 8  # numbers that are looked at together
_NEAREST_PAGES = 8  # lines that lie at least between two page numbers
_EVEN = 1.2  # the longest page by the shortest
_NEAR = 4  # lines before and behind that show how long a full line is here
_SHORT = 0.85  # of a full line: what is shorter was ended on purpose


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

    def turns(self, at: int) -> bool:
        """Whether a page is turned just before or just behind this line."""
        return at in self.lines.new_page or at + 1 in self.lines.new_page

    def cuts(self, at: int) -> bool:
        """Whether the lines around this one, furniture aside, are two halves of one sentence."""
        before, behind = at - 1, at + 1
        while before in self.found:
            before -= 1
        while behind in self.found:
            behind += 1
        if before < 0 or behind >= len(self.lines) or before in self.heads:
            return False
        head, tail = self.lines.texts[before], self.lines.texts[behind]
        if tail[0] in ",;:.)]）］" or (tail[0] in "(（" and read_label(tail) is None):
            return True
        if _OPEN_END.search(head, max(0, len(head) - 61)) or head[-1] == "-":
            return True
        return tail[0].islower() and (head[-1] == "," or not head.endswith(_SENTENCE_ENDS))


def find_furniture(source: str, lines: Lines, wrap: int, heads: Collection[int]) -> dict[int, Furniture]:
    """The page furniture among the lines, by its first line."""
    page = _Page(lines, source, wrap, heads)
    numbers: list[int] = []
    for at in [at for at, text in enumerate(lines.texts) if len(text) < 20 or text[0] in _RULE_SIGNS]:
        if at in heads:
            continue
        if _RULE.fullmatch(lines.texts[at]):
            page.found[at] = Furniture("other", at, at)
        elif (number := _PAGE_NUMBER.fullmatch(lines.texts[at])) is not None:
            if number["bare"] or number["part"]:
                numbers.append(at)
            else:
                page.found[at] = Furniture("page_number", at, at)
    counting = _counting_on(page, numbers)
    for at in numbers:
        if at in counting or _stands_alone(page, at):
            page.found[at] = Furniture("page_number", at, at)
    if page.found or lines.new_page or _may_repeat(lines):
        _running_headers(page)
    for first, last, mark in find_footnotes(source, lines, page.is_wide, {*heads, *page.found}):
        page.found[first] = Furniture("footnote", first, last, mark)
    return page.found


def _counting_on(page: _Page, numbers: list[int]) -> set[int]:
    """Numbers on lines of their own that count on at a distance and of which one cuts a sentence, or stands at the turn
    of a page: those are the pages'. Paragraphs that are numbered on a line above them cut none."""
    chains: dict[int, list[int]] = {}
    found: set[int] = set()
    for at in numbers:
        value = int(_NUMBER.match(page.lines.texts[at])[0])  # type: ignore[index]  # each begins with a number
        chain = chains.pop(value - 1, [])
        if chain and at - chain[-1] < _NEAREST_PAGES:
            chain = []
        chains[value] = [*chain[-_LONGEST_CHAIN:], at]
        if len(chains[value]) > 1 and (chain[-1] in found or _is_of_pages(page, chains[value])):
            found.update(chains[value])
    return found


def _is_of_pages(page: _Page, chain: list[int]) -> bool:
    if any(page.cuts(at) or page.turns(at) for at in chain):
        return True
    if len(chain) > 2:  # pages are of one length, paragraphs are not
        lengths = [here - before for before, here in pairwise(chain)]
        if max(lengths) <= _EVEN * min(lengths):
            return True
    running = [at for at in chain if at and not page.lines.texts[at - 1].endswith((*_SENTENCE_ENDS, ")", "]"))]
    return len(running) > 1 and 2 * len(running) >= len(chain)


def _stands_alone(page: _Page, at: int) -> bool:
    """Whether a number on a line of its own is a page's: not the last word of a sentence, not a cell of a column."""
    texts = page.lines.texts
    if (page.is_wide(at) and page.is_wide(at + 1)) or page.turns(at):
        return True
    if any(_SYMBOL.fullmatch(text) for text in (*texts[max(0, at - 1) : at], *texts[at + 1 : at + 2])):
        return True
    if at == 0 or at + 1 >= len(page.lines):
        return page.is_wide(at) if at else page.is_wide(at + 1)
    # No gap: in running text a line that is not full is followed by no more words of its sentence.
    return page.cuts(at) and not _is_number(texts[at - 1]) and not _is_number(texts[at + 1])


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace(",", "").isdigit()


# ---- running headers


def _may_repeat(lines: Lines) -> bool:
    maybe = [text for text in lines.texts if text[0].isupper() and (text[-1].isdigit() or text.isupper())]
    return any(len(text) < _LONGEST_HEADER and _SYMBOL.fullmatch(text) for text in maybe)


def _running_headers(page: _Page) -> None:
    """A line that stands between two halves of a sentence, or comes again and again at the turn of pages.

    A line of wording may stand at the turn of a page just so, but then it is full, and it comes once.
    """
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
    again.update({_without_digits(texts[at]) for at in _naming(page)} & again.keys())
    for at in maybe:
        alone = page.is_wide(at) and page.is_wide(at + 1)
        repeated, symbol = again[_without_digits(texts[at])] > 1, _SYMBOL.fullmatch(texts[at]) is not None
        cuts = page.cuts(at)
        if (at in turned and (repeated or symbol)) or (
            cuts and (symbol or (alone and repeated) or (at in turned and _is_short(page, at)))
        ):
            page.found[at] = Furniture("running_header", at, at)


def _naming(page: _Page) -> set[int]:
    """The lines that name the documents: heads, and what follows them, which is a title if anything is."""
    return {at + step for at in page.heads for step in range(3) if at + step < len(page.lines)}


def _is_short(page: _Page, at: int) -> bool:
    """Whether the next words would have had room on this line, so that no sentence runs over its end."""
    texts, behind = page.lines.texts, at + 1
    while behind in page.found:
        behind += 1
    if behind >= len(texts):
        return True
    full = max(map(len, texts[max(0, at - _NEAR) : at + _NEAR + 1]))
    return len(texts[at]) + 1 + len(texts[behind].split(" ", 1)[0]) <= _SHORT * full


def _could_head(text: str) -> bool:
    """Whether a line that begins with no small letter has nothing of wording: no end of a sentence, no bracket, no label."""
    if len(text) > _LONGEST_HEADER or text.endswith(_SENTENCE_ENDS) or text[-1] == "-":
        return False
    return not any(sign in text for sign in "[]［］()") and read_label(text) is None


def _without_digits(text: str) -> str:
    return _DIGITS.sub("#", text)


def between(found: dict[int, Furniture], first: int, end: int) -> list[Furniture]:
    """The furniture on the lines from ``first`` up to ``end``, in order."""
    places = sorted(found)
    return [found[at] for at in places[bisect_left(places, first) : bisect_left(places, end)]]
