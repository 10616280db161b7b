"""Markers: the parentheses that say where a delegation stands (``domain.md``, reading rule 2; podium/1, R2).

A parenthesis that is no marker is wording; deciding which is which is all that happens here.
"""

import re
from dataclasses import dataclass

_SIGNS = {**dict.fromkeys("+＋﹢", "support"), **dict.fromkeys("-‐‑‒–—―−－﹣", "oppose")}
_SIGN = "[" + re.escape("".join(_SIGNS)) + "]"
_NAME = r"[^\W\d_][\w.’'&-]*(?: [^\W\d_][\w.’'&-]*){0,3}?"
_SIGNED = re.compile(
    rf"(?P<names>{_SIGN} ?{_NAME}(?: ?(?:[,/;]|\band\b) ?{_SIGN}? ?{_NAME})*?)"
    r"(?P<reserved>,? (?:with (?:a )?reservations?|с оговорк\w+))?",
    re.IGNORECASE,
)
_LISTED = re.compile(r" ?(?:[,/;]|\band\b) ?")
_VERBS = {
    "tcb": "tcb",
    "to come back": "tcb",
    "вернуться": "tcb",
    "keep original": "keep_original",
    "keep original text": "keep_original",
    "original text": "keep_original",
    "original": "keep_original",
    "keep": "keep_original",
    "retain": "keep_original",
    "retain original": "keep_original",
    "сохранить": "keep_original",
    "сохранить оригинал": "keep_original",
    "оставить": "keep_original",
    "исходный текст": "keep_original",
    "delete": "oppose",
    "opposes": "oppose",
    "objects": "oppose",
    "удалить": "oppose",
    "исключить": "oppose",
    "supports": "support",
    "support": "support",
    "поддерживает": "support",
    "reserves": "reservation",
    "reservation": "reservation",
    "with reservation": "reservation",
    "оговорка": "reservation",
}
_VERB = "|".join(sorted(map(re.escape, _VERBS), key=len, reverse=True))
_CODE = r"[^\W\d_a-zа-яёәғқңөұүһі][\w-]*"
_CODES = rf"{_CODE}(?: ?(?:[,/;]|\band\b) ?{_CODE})*"
_CODES_VERB = re.compile(rf"(?P<codes>{_CODES}) ?(?::|,)? ?(?P<verb>(?i:{_VERB}))")
_VERB_CODES = re.compile(rf"(?P<verb>(?i:{_VERB})) ?:? ?(?P<codes>{_CODES})")
_CODES_WORDS = re.compile(rf"(?P<codes>{_CODES}) ?: ?(?P<words>\S.*)")
_AGREED = re.compile(r"agreed ad ref(?:erendum|\.)?|согласовано ad ref(?:erendum|\.)?", re.IGNORECASE)
_EMPTY = re.compile(rf"{_SIGN}+")


@dataclass(frozen=True, slots=True)
class Marker:
    """One delegation's position, as printed: ``raw`` is the whole parenthesis, ``text[start:end]``.

    ``delegation`` is the code as printed, None only where the stance is *agreed*; ``words`` is what was said after the
    colon where the stance is *other*.
    """

    delegation: str | None
    stance: str
    raw: str
    start: int
    end: int
    words: str = ""


def read_marker(raw: str, start: int) -> list[Marker]:
    """The positions in one parenthesis, one for each delegation; empty where it is no marker."""
    end = start + len(raw)
    said = " ".join(raw[1:-1].split())
    return [Marker(code, stance, raw, start, end, words) for code, stance, words in _positions(said)]


def is_empty_marker(raw: str) -> bool:
    """A sign without a name: ``(+)``."""
    return bool(_EMPTY.fullmatch("".join(raw[1:-1].split())))


def _positions(said: str) -> list[tuple[str | None, str, str]]:
    if said[:1] in _SIGNS:
        return _signed(said)
    if _AGREED.fullmatch(said):
        return [(None, "agreed", "")]
    for form in (_CODES_VERB, _VERB_CODES):
        if (match := form.fullmatch(said)) and _are_codes(match["codes"]):
            stance = _VERBS[match["verb"].lower()]
            return [(code, stance, "") for code in _LISTED.split(match["codes"])]
    if (match := _CODES_WORDS.fullmatch(said)) and _are_codes(match["codes"]):
        return [(code, "other", match["words"]) for code in _LISTED.split(match["codes"])]
    return []


def _are_codes(codes: str) -> bool:
    """Capital codes, in any alphabet: at least two letters, none of them small."""
    return all(len(code) > 1 and code == code.upper() and code[0].isalpha() for code in _LISTED.split(codes))


def _signed(said: str) -> list[tuple[str | None, str, str]]:
    match = _SIGNED.fullmatch(said)
    if match is None:
        return []
    found: list[tuple[str | None, str, str]] = []
    sign = _SIGNS[said[0]]
    for name in _LISTED.split(match["names"]):
        if name[:1] in _SIGNS:
            sign = _SIGNS[name[0]]
        found.append((name.lstrip("".join(_SIGNS)).strip(), "reservation" if match["reserved"] else sign, ""))
    return found
