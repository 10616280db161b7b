"""Labels at the beginning of a paragraph: ``PP5b altern.``, ``OP3 bis``, ``(1)``, ``a)``, ``13.``, ``Alt.``, ``Pillar II``.

A label is frozen as printed (``rules.md`` 14): nothing is ever renumbered, holes and repetitions are only reported.
"""

import re
from functools import lru_cache
from string import ascii_letters
from typing import NamedTuple

_SUFFIX = (
    r"(?:[ .-]{0,2}(?:(?i:bis|ter|quater|quinquies|sexies|septies|octies|бис|тер)(?![^\W\d_])|"
    r"(?i:alt(?:ern(?:ative|ate)?)?|альт(?:ерн(?:атива)?)?)(?![^\W\d_]))(?:\.?\s?\d{1,2}\b)?|\s?\((?:bis|ter|alt)\))*"
)
_LETTER = r"(?:[a-zа-я](?![^\W_])| [a-z](?=[.:)])|[a-z](?=bis|ter|alt))?"
_UPPER_ROMAN = r"(?:X{0,3}(?:IX|IV|VI{0,3}|I{1,3})|X{1,3})"
_LOWER_ROMAN = r"(?:x{0,3}(?:ix|iv|vi{0,3}|i{1,3})|x{1,3})"
_CAPITAL = r"[^\W\d_a-zа-яё]"
_INSIDE = r"(?:\((?:[a-z]|\d{1,2}|[ivx]{1,4})\))?"
_PARTS = (
    "section|article|chapter|part|pillar|annex|appendix|goal|cluster|раздел|статья|глава|часть|приложение|бөлім|бап"
)
_COUNTED = "paragraph|para|пункт|абзац"
_KINDS = {
    # PP5b altern, OP3bis, PP 5, OP2.1, PP5(a)
    "clause": (
        rf"(?:PP|OP|Pp|Op|pp|op|ПП|ОП|Пп|Оп|пп|оп)[ .-]?\d{{1,3}}(?:\.\d{{1,3}})*{_LETTER}{_SUFFIX}{_INSIDE}"
        r"(?=[.:)\s\]\[［]|\Z)"
    ),
    # Alt., Alternative 2:, Option 1
    "alternative": (
        r"(?:(?i:alt(?:ern(?:ative|ate)?)?|альт(?:ерн(?:атива)?)?)(?:\.?\s?\d{1,2}(?=[.:)]|\s[^\W\d_a-zа-я])|\s[A-Z](?=[.:)])|"
        r"(?=[.:)])|(?<=lt|LT|rn|RN)(?=\s[A-ZА-Я][a-zа-я]))|(?i:alternative\s(?:text|wording|proposal|paragraph|version))(?=[.:])"
        r"|(?i:option|вариант)\s(?:\d{1,2}|[A-ZА-Я])(?=[.:)\]]|\s[^a-zа-я]|\Z))"
    ),
    # Section 2, Pillar II, Article 13 bis
    "part": (
        rf"(?:(?i:{_PARTS})\s(?:{_UPPER_ROMAN}|\d{{1,3}}|[A-ZА-Я])(?:\.\d{{1,3}})*{_SUFFIX}(?=[.:—–-]|\s[^a-zа-яё]|\s?\Z)"
        rf"|(?i:{_COUNTED})\s\d{{1,3}}{_LETTER}{_SUFFIX}(?=[.:]\s))"
    ),
    # (1), (a), (iv), (2 bis)
    "enclosed": (
        rf"[(（]\s?(?:\d{{1,3}}|[a-zа-я]{{1,2}}|{_LOWER_ROMAN}|{_UPPER_ROMAN}|[A-ZА-Я])(?:\s?(?:bis|ter|alt|бис|тер|альт))?\s?[)）]"
        r"(?:\s?(?:bis|ter|alt(?:ern)?|бис|тер|альт)(?![^\W\d_])(?:\.?\s?\d{1,2}\b)?)?"
    ),
    # a), 1), iv), 1 bis)
    "half": (
        rf"(?:\d{{1,3}}(?:\s?(?:bis|ter|alt|бис|тер|альт))?|[a-zа-я](?:\s(?:bis|ter|alt))?|aa|bb|{_LOWER_ROMAN}|{_UPPER_ROMAN}|[A-ZА-Я])"
        rf"[)）](?=[\s\[［]|{_CAPITAL}|\Z)"
    ),
    # 13., 2.bis., 17bis., 2.1, 13 (a)
    "number": (
        rf"(?:\d{{1,3}}\.\s?(?i:bis|ter|quater|alt|бис|тер|альт)(?=[.\s:])"
        rf"|\d{{1,3}}(?:\.\d{{1,3}})*{_LETTER}{_SUFFIX}(?=\.(?:[\s\[［]|\Z|{_CAPITAL})|[．、]|:\s)|\d{{1,3}}(?:\.\d{{1,3}})+{_SUFFIX}(?=\s[\[［]?{_CAPITAL})"
        rf"|\d{{1,3}}\s?(?i:bis|ter|quater|бис|тер)(?=\s[\[［]?{_CAPITAL})"
        rf"|\d{{1,3}}(?:\.\d{{1,3}})*\.?\s?\((?:[a-z]|[ivx]{{1,4}})\)(?=\s[\[［]?{_CAPITAL}))"
    ),
    # A., iv.
    "letter": rf"(?:[a-zA-Zа-яА-Я]|{_UPPER_ROMAN}|{_LOWER_ROMAN})(?=\.\s)",
}
_LABEL = re.compile(r"[\[［ \t]*(?:" + "|".join(f"(?P<{kind}>{form})" for kind, form in _KINDS.items()) + ")")
# Two letters that no label begins with: most lines need not be looked at any further.
_BEGINNINGS = {word[:2] for word in f"{_PARTS}|{_COUNTED}|alt|option|pp|op|aa|bb|ii|iv|ix|vi|xi|xv|xx".split("|")}
_NO_LABELS = frozenset(a + b for a in ascii_letters for b in ascii_letters if (a + b).lower() not in _BEGINNINGS)
_LIST_SIGN = re.compile(r"[\[［ \t]*[•·▪‣◦●○■□►–—*-]\s+\S")
_ALTERNATIVE = re.compile(r"alt|option|альт|вариант", re.IGNORECASE)
_OPTION = re.compile(r"option|вариант", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?<![^\W\d_]{2})(?:bis|ter|quater|quinquies|sexies|septies|octies|бис|тер)(?![^\W\d_])", re.IGNORECASE
)
_NO_CORE = re.compile(r"[\W_]+")
_WORD_END = re.compile(r"[\s.\d]")
_NUMBERS = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"  # the letters that lists count with: no ё, й, ъ, ы, ь


class Label(NamedTuple):
    """A label and where it begins in the paragraph's text.

    ``text`` is the label as printed, without a closing full stop or colon. ``kind`` is ``clause`` (PP5, OP3 bis),
    ``alternative`` (Alt., Option 2), ``part`` (Pillar II), ``enclosed`` ((1), (a)), ``half`` (a)), ``number`` (13.,
    2.1) or ``letter`` (A., iv.).
    """

    text: str
    kind: str
    start: int

    @property
    def is_alternative(self) -> bool:
        """Whether the paragraph would replace the one before it rather than stand beside it."""
        return self.kind == "alternative" or _traits(self.text).is_alternative

    @property
    def is_option(self) -> bool:
        """Whether the paragraph is one of a set of versions of which none need be the base: ``Option 1``."""
        return self.kind == "alternative" and _OPTION.match(self.text) is not None

    @property
    def is_between(self) -> bool:
        """Whether the label says *bis*, *ter* …: a new paragraph behind another, or in some houses a rival of it."""
        return self.kind != "alternative" and _traits(self.text).is_between

    @property
    def core(self) -> str:
        """The label that an alternative is one of, without white space and signs: ``pp5b`` for ``PP5b altern``."""
        return "" if self.kind == "alternative" else _traits(self.text).core

    @property
    def style(self) -> str:
        """What lists are told apart by: labels of one style count together (``(1)``, ``(2)``; ``a)``, ``b)``)."""
        return _style(self.kind, self.text)


class _Traits(NamedTuple):
    is_alternative: bool
    is_between: bool
    core: str


@lru_cache(maxsize=4096)
def _traits(text: str) -> _Traits:
    """What the suffixes of a label say."""
    found = _ALTERNATIVE.search(text)
    core = _NO_CORE.sub("", text[: found.start()] if found else text).casefold()
    return _Traits(found is not None, _BETWEEN.search(text) is not None, core)


def read_label(text: str) -> Label | None:
    """The label that ``text`` begins with, behind opening brackets or not; None where there is none.

    >>> read_label("[PP5b altern. We express support").text
    'PP5b altern'
    """
    if text[:2] in _NO_LABELS:
        return None
    match = _LABEL.match(text)
    if match is None or match.lastgroup is None:
        return None
    kind = match.lastgroup
    return Label(match[kind].rstrip(" .:-"), kind, match.start(kind))


def is_list_sign(text: str) -> bool:
    """Whether ``text`` begins with a dash or a dot that lists are made with. That is no label: it is not counted."""
    return not text[:1].isalnum() and _LIST_SIGN.match(text) is not None


def counts(label: Label) -> tuple[str, tuple[int, ...]] | None:
    """The sequence that a label counts in and the places it may have there, likeliest first; None where it does not.

    ``OP8`` is ``("clause op", (8,))``, ``c)`` is ``("half a", (3,))``; ``v)`` may be the fifth as a roman number or
    the 22nd as a letter: its neighbours decide.
    """
    return None if label.kind == "alternative" else _counts(label.kind, label.text)


@lru_cache(maxsize=4096)
def _counts(kind: str, text: str) -> tuple[str, tuple[int, ...]] | None:
    style, core = _style(kind, text), text.strip("()（） ")
    if kind == "clause":
        core = core.lstrip("PpOoПОпо .-")
    elif kind == "part":
        core = core.split(None, 1)[1]
    if numbers := _NUMBERS.match(core):
        above, _, last = numbers[0].rpartition(".")
        return f"{style} {above}", (int(last),)
    places = _places(_WORD_END.split(core, maxsplit=1)[0].casefold())
    return (style, places) if places else None


def _style(kind: str, text: str) -> str:
    if kind in ("clause", "part", "alternative"):
        return kind + " " + _WORD_END.split(text, maxsplit=1)[0].casefold()
    core = text.strip("()（） ")
    sort = "1" if core[:1].isdigit() else "a" if core[:1].islower() else "A"
    return f"{kind} {sort}" + "." * core.count(".")


def _places(letters: str) -> tuple[int, ...]:
    places = [value for value in (_roman(letters),) if value is not None]
    if len(letters) == 1 and "a" <= letters <= "z":
        places.append(ord(letters) - ord("a") + 1)
    elif len(letters) == 1 and letters in _CYRILLIC:
        places.append(_CYRILLIC.index(letters) + 1)
    elif len(letters) == 2 and letters[0] == letters[1] and "a" <= letters[0] <= "z":
        places.append(27 + ord(letters[0]) - ord("a"))
    return tuple(places)


def _roman(letters: str) -> int | None:
    if not re.fullmatch(_LOWER_ROMAN, letters):
        return None
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(-a if b > a else a for a, b in zip(values, [*values[1:], 0], strict=True))
