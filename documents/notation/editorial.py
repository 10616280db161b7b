"""Brackets that are plainly editorial: a remark beside the wording, the number that a paragraph had before, the call of a
note. Nobody holds a position on them, and they are no contested wording."""

import re
from typing import Literal

_EDITORIAL = re.compile(
    r"\s*(?:…|\.\s?\.\s?\.|sic!?|so in (?:the )?original|(?:emphasis|italics|bold|underlining) (?:added|ours|in (?:the )?original)|"
    r"(?:footnotes?|citations?) omitted|original:? \w+|see (?:the )?(?:annex|appendix|footnote|note)(?: [ivxIVX\d]+)?|"
    r"так в тексте|выделено нами|см\. (?:приложение|сноску)(?: [ivxIVX\d]+)?|"
    r"(?P<agreed>(?:provisionally )?agreed ad[ -]ref(?:erendum|\.)?|согласован\w* ad[ -]ref(?:erendum|\.)?))\.?\s*",
    re.IGNORECASE,
)
# "39. [44.]": the number that the paragraph had before.
_OLD_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*[a-z]?\.?\s?[\[［]\d{1,3}(?:\.\d{1,3})*[a-z]?\.?[\]］]", re.IGNORECASE)
LONGEST_EDITORIAL = 40
_LONGEST_NUMBER = 9  # characters before the bracket of an old number
_LONGEST_CALL = 4  # from sign to sign


def editorial(text: str, start: int, end: int) -> Literal["agreed", "remark"] | None:
    """What the bracket between these two places is, if it is no contested wording; ``agreed`` is *agreed ad ref*."""
    if (match := _EDITORIAL.fullmatch(text, start + 1, end)) is not None:
        return "agreed" if match["agreed"] is not None else "remark"
    if end - start < _LONGEST_CALL and start and text[start - 1].isalpha() and text[start + 1 : end].isdecimal():
        return "remark"  # "town[1]": a note is called there
    if start < _LONGEST_NUMBER and _OLD_NUMBER.fullmatch(text, 0, end + 1) is not None:
        return "remark"
    return None
