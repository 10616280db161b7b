"""Where documents begin: a status line, with the header lines above it.

A status line says that this is a podium version, and as of when. A text without one is a single document.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from string import ascii_letters

from documents.notation.labels import read_label
from documents.notation.lines import Lines

# One of these stands in every status line.
_HINTS = (
    "PODIUM",
    "Podium",
    "podium",
    "ПОДИУМ",
    "Подиум",
    "подиум",
    "СОСТОЯНИ",
    "состояни",
    "AS OF",
    "As of",
    "as of",
    "AS AT",
    "as at",
)
_STATUS = re.compile(
    r"\W{0,3}(?:draft\s+)?"
    r"(?:podium\s+(?:version|text)|(?:rolling|consolidated|compilation|negotiating|working)\s+(?:text|version|draft)(?=\s+as\s+(?:of|at)\b)|"
    r"подиумная\s+версия|подиум[\s-]*версия|версия\s+подиума|(?:сводный|рабочий)\s+(?:текст|проект)(?=\s+по\s+состоянию)|подиум\s+нұсқасы)"
    r"(?P<rest>\W{0,3}(?:(?:as\s+(?:of|at)|at|of|dated|on|по\s+состоянию|на|от|к)\b.*|[\d(].*|))",
    re.IGNORECASE,
)
# Two letters that no status line begins with: most lines need not be looked at any further.
_NO_STATUS = frozenset(
    a + b for a in ascii_letters for b in ascii_letters if (a + b).lower() not in {"dr", "po", "ro", "co", "ne", "wo"}
)
_PLACE_AND_DATE = re.compile(r"[^\W\d][\w .’'-]{1,40}, (?:the )?\d{1,2}(?:st|nd|rd|th)? \w+,? \d{4}(?: \w\.?| года)?")
_DAY_LAST = re.compile(r"(?<!\d)\d{1,2}\Z")
_MONTH_FIRST = re.compile(r"[^\W\d_]{3,10}\s\d{4}(?:\s(?:г\.?|года))?")
_LONGEST_STATUS = 120
_LONGEST_HEADER = 90
_MOST_HEADER_LINES = 30
_SENTENCE_ENDS = (".", ";", ",", ":")
_BRACKETS = re.compile(r"[\[\]［］]|[(（]\s*[+−–-]")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document: header lines from ``first`` up to ``status``, a status line up to ``end``.

    All are indexes among the lines; a document without a status line has ``first == status == end``.
    """

    first: int
    status: int
    end: int


def find_heads(source: str, lines: Lines, aside: Container[int] = ()) -> list[Head]:
    """The heads in order; none where no line is a status line. What the file itself sets ``aside`` is none."""
    heads: list[Head] = []
    for status in _status_lines(source, lines):
        floor = heads[-1].end if heads else 0
        if status in aside or status < floor or (heads and _is_page_header(lines, status, heads[-1])):
            continue
        heads.append(Head(_top(lines, status, floor), status, _end(lines, status)))
    return heads


def _status_lines(source: str, lines: Lines) -> Iterator[int]:
    for at, text in enumerate(lines.texts):
        if (
            text[:2] not in _NO_STATUS
            and len(text) <= _LONGEST_STATUS
            and _STATUS.fullmatch(text)
            and not text.endswith(_SENTENCE_ENDS)
            and any(hint in source[lines.starts[at] : lines.ends[at]] for hint in _HINTS)
        ):
            yield at


def _is_page_header(lines: Lines, status: int, last: Head) -> bool:
    """Whether the status line of the document before is only printed again, in the middle of a sentence."""
    if lines.texts[status] != lines.texts[last.status] or status + 1 >= len(lines):
        return False
    before, behind = lines.texts[status - 1], lines.texts[status + 1]
    if behind[0].isdigit() and behind.isdigit() and status + 2 < len(lines):
        behind = lines.texts[status + 2]
    return behind[0].islower() and not before.endswith(_SENTENCE_ENDS)


def _top(lines: Lines, status: int, floor: int) -> int:
    """The first line of the header: up from the status line over short lines that end no sentence, to the page's top."""
    top = status
    while top > floor and status - top < _MOST_HEADER_LINES and _could_stand_above(lines.texts[top - 1]):
        top -= 1
        if top in lines.new_page or _begins_page(lines, top):
            break
    if floor == 0 and top > 0:
        while top < status and _PLACE_AND_DATE.fullmatch(lines.texts[top]):
            top += 1  # the end of a letter
    return top


def _begins_page(lines: Lines, at: int) -> bool:
    """A line set in by a blank between lines that are not: so does text taken out of a PDF begin a page."""
    if lines.indents[at] != 1:
        return False
    around = [*lines.indents[max(0, at - 1) : at], *lines.indents[at + 1 : at + 2]]
    return not any(around)


def _could_stand_above(text: str) -> bool:
    if len(text) > _LONGEST_HEADER and text[0] not in "_-=*":
        return False
    if text.endswith(_SENTENCE_ENDS) or text[0].islower() or read_label(text) is not None:
        return False
    return _BRACKETS.search(text) is None


def _end(lines: Lines, status: int) -> int:
    """A status line without a figure in it may go on: ``PODIUM VERSION AS OF COB`` / ``OF 28 SEPTEMBER 2022``."""
    if status + 1 >= len(lines):
        return status + 1
    following = lines.texts[status + 1]
    if any(sign.isdigit() for sign in lines.texts[status]):
        wrapped = _DAY_LAST.search(lines.texts[status]) and _MONTH_FIRST.fullmatch(following)
        return status + 2 if wrapped else status + 1
    goes_on = re.match(
        r"(?:as\s+of|as\s+at|of|on|at|cob|по\s+состоянию|на|от)\b.*\d|\d{1,2}\s+\w+\s+\d{4}\Z", following, re.IGNORECASE
    )
    return status + 2 if goes_on and len(following) <= _LONGEST_STATUS else status + 1
