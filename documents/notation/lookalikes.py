"""Words that lie: letters of one alphabet among those of another that they look like, and codes that look like a code.

The shapes meant are those that common serif and sans faces give the letters, upright, at text size; the tables below
were written from them. A letter that merely reminds of another one (Cyrillic г of r) is in none of them: whether a word
mixes alphabets is told from the alphabets, and the shapes decide only where one alphabet alone would be innocent.

A word is what stands between spaces and signs. Its parts between hyphens are words of their own and may each be of
another alphabet, as in ``CO2-нейтральный`` and ``3D-модель``, unless one of them could pass for a part of the other's:
``со-operation`` with a Cyrillic first part.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРԚСТԜХҮаеһіјорԛсѕԝхуѵ", "ABESIJKMHOPQCTWXYaehijopqcswxyv", strict=True))
_CYRILLIC |= dict(zip("УѴԌԀӀЇЁѐё", "YVGDIÏËèë", strict=True))
# Kazakh letters that differ by a tail or a bar from one of Latin, or from one of Cyrillic that is as good as Latin.
_KAZAKH = dict(zip("ҚҢҒҰҺқңғүұәө", "KHFYhkhfyyeo", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳαγικνορυχϲ", "ABEZHIKMNOPTYXCjayiĸvopuxc", strict=True))
_ARMENIAN = dict(zip("ՍՏՕԼօոսհցզքյ", "USOLonuhgqpj", strict=True))
_CHEROKEE = dict(zip("ᎠᎡᎢᎥᎪᎫᎬᎳᎷᎻᏀᏃᏒᏔᏕᏙᏚᏞᏟᏢᏦᏴᎩ", "DRTiAJEWMHGZRWSVSLCPKBY", strict=True))

CLEAR = _CYRILLIC | _GREEK | _ARMENIAN | _CHEROKEE
"""Letters that nobody can tell from a Latin one, and which one that is."""
LOOKALIKES = CLEAR | _KAZAKH
_OF_CYRILLIC = {latin: cyrillic for cyrillic, latin in _CYRILLIC.items()}
# In a code, which is set in capitals, a small l and the figures 0 and 1 are letters too.
_IN_CODES = str.maketrans({"l": "I", "1": "I", "|": "I", "0": "O", "ӏ": "I", "Ӏ": "I"})
_TO_LATIN = str.maketrans(LOOKALIKES)

# Where each alphabet begins whose letters look like those of another one; "" is none of them.
_RANGES = (
    (0x0000, ""),
    (0x0041, "Latin"),
    (0x0251, "Phonetic"),
    (0x0252, "Latin"),
    (0x0261, "Phonetic"),
    (0x0262, "Latin"),
    (0x02B0, ""),
    (0x0370, "Greek"),
    (0x03E2, "Coptic"),
    (0x03F0, "Greek"),
    (0x0400, "Cyrillic"),
    (0x0530, "Armenian"),
    (0x0590, ""),
    (0x13A0, "Cherokee"),
    (0x1400, ""),
    (0x1C80, "Cyrillic"),
    (0x1C90, ""),
    (0x1D00, "Phonetic"),
    (0x1DC0, ""),
    (0x1E00, "Latin"),
    (0x1F00, "Greek"),
    (0x2000, ""),
    (0x2100, "Styled"),
    (0x2160, "Roman numeral"),
    (0x2190, ""),
    (0x2C60, "Latin"),
    (0x2C80, "Coptic"),
    (0x2D00, ""),
    (0x2DE0, "Cyrillic"),
    (0x2E00, ""),
    (0xA4D0, "Lisu"),
    (0xA500, ""),
    (0xA640, "Cyrillic"),
    (0xA6A0, ""),
    (0xA720, "Latin"),
    (0xA800, ""),
    (0xAB30, "Latin"),
    (0xAB70, "Cherokee"),
    (0xABC0, ""),
    (0xFF21, "Full-width"),
    (0xFF5B, ""),
    (0x10400, "Deseret"),
    (0x10450, ""),
    (0x1D400, "Styled"),
    (0x1D800, ""),
)
_STARTS = [start for start, _ in _RANGES]
_ALWAYS = frozenset({"Full-width", "Styled", "Phonetic"})
"""Shapes of letters that are no alphabet of any language: a word never needs one of them."""

ALPHABETS = frozenset(name for _, name in _RANGES if name)
"""The names by which a mixed word tells its letters."""

_APOSTROPHES = "'’ʼ"
_HYPHENS = r"\-‐‑"
_MARKS = "\u0300-\u036f"
_PART = rf"[^\W_](?:[^\W_]|[{_MARKS}])*"
_TOKEN = re.compile(rf"{_PART}(?:[{_APOSTROPHES}{_HYPHENS}]{_PART})*")
_PARTS = re.compile(f"([{_APOSTROPHES}{_HYPHENS}])")
_CYRILLIC_SET = "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f"
_LATIN_SET = "A-Za-z\u00c0-\u02af\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f"
_OTHER_SET = "".join(
    f"\\U{start:08x}-\\U{end - 1:08x}"
    for (start, name), end in zip(_RANGES, [*_STARTS[1:], 0x110000], strict=True)
    if name not in ("", "Latin", "Cyrillic")
)
_FOREIGN = f"[{_CYRILLIC_SET}{_OTHER_SET}]"
_BESIDE = f"[{_LATIN_SET}0-9{_APOSTROPHES}{_MARKS}{_HYPHENS}]"
# A text of one alphabet is passed over by the first set alone. What follows is asked of Cyrillic letters only: whether a
# Latin one stands beside, or something that may join it to one. Letters of further alphabets are all looked at.
_SUSPECT = re.compile(rf"{_FOREIGN}(?:(?<=[{_OTHER_SET}])|(?={_BESIDE})|(?<={_BESIDE}{_FOREIGN}))")


class MixedWord(NamedTuple):
    """A word whose letters are not of one alphabet: ``at`` is its place in the text, ``number`` its number from 1.

    ``letters`` are those of each alphabet, each once, in the order in which they stand.
    """

    word: str
    at: int
    number: int
    letters: tuple[tuple[str, str], ...]


def mixed_words(text: str) -> list[MixedWord]:
    """Every word of a text that mixes alphabets, or is written in letters that no language is written in.

    >>> [mixed.letters for mixed in mixed_words("Noting the p\\u0435ace")]
    [(('Latin', 'pace'), ('Cyrillic', 'е'))]
    """
    found: list[MixedWord] = []
    number = end = 0
    for at, word in mixed_places(text):
        # A word that follows a sign and no space is counted as one with what stands before it.
        number += len(text[end : at + 1].split()) - (end > 0 and not text[end].isspace())
        found.append(MixedWord(word, at, number, letters_of(word)))
        end = at + len(word)
    return found


def mixed_places(text: str) -> Iterator[tuple[int, str]]:
    """The same as places and words, for long texts: one pass in C over a text of one alphabet."""
    if text.isascii():
        return
    end = 0
    for found in _SUSPECT.finditer(text):
        if found.start() < end:
            continue
        token = _token_at(text, found.start(), end)
        if token is None:
            return  # what looked like a letter is none, and no word comes after it
        end = max(found.end(), token.end())
        if _lies(token[0]):
            yield token.start(), token[0]


def _token_at(text: str, place: int, floor: int) -> re.Match[str] | None:
    """The word, hyphens included, that holds the place."""
    start = place
    while start > floor and _may_be_inside(text[start - 1]):
        start -= 1
    return next((found for found in _TOKEN.finditer(text, start) if found.end() > place), None)


def _may_be_inside(sign: str) -> bool:
    return sign.isalnum() or sign in _APOSTROPHES or sign in "-‐‑" or unicodedata.combining(sign) > 0


@lru_cache(maxsize=8192)
def letters_of(word: str) -> tuple[tuple[str, str], ...]:
    """The letters of a word by alphabet, each once, in the order in which they stand."""
    found: dict[str, dict[str, None]] = {}
    for sign in word:
        if name := alphabet_of(sign):
            found.setdefault(name, {})[sign] = None
    return tuple((name, "".join(signs)) for name, signs in found.items())


def alphabet_of(sign: str) -> str:
    """The alphabet of a letter, if it is one of those whose letters look alike; "" for every other sign."""
    if not (sign.isalpha() or 0x2160 <= ord(sign) < 0x2190):
        return ""
    return _RANGES[bisect_right(_STARTS, ord(sign)) - 1][1]


def _lies(token: str) -> bool:
    pieces = _PARTS.split(token)
    parts, joints = pieces[::2], pieces[1::2]
    alphabets = {part: {name for name, _ in letters_of(part)} for part in parts}
    if any(len(names) > 1 or names & _ALWAYS for names in alphabets.values()):
        return True
    return any(
        _pretends(part, beside, alphabets) or _pretends(beside, part, alphabets)
        for part, joint, beside in zip(parts, joints, parts[1:], strict=False)
        if joint in _APOSTROPHES or (_has_small(part) and _has_small(beside))
    )


def _pretends(part: str, beside: str, alphabets: Mapping[str, set[str]]) -> bool:
    """Whether a part of a word is of another alphabet than the part beside it, with letters that could be of that one."""
    letters = [sign for sign in part if sign.isalpha()]
    if alphabets[beside] == {"Latin"}:
        return bool(alphabets[part] - {"Latin"}) and all(sign in CLEAR for sign in letters)
    return (
        alphabets[part] == {"Latin"}
        and alphabets[beside] == {"Cyrillic"}
        and all(sign in _OF_CYRILLIC for sign in letters)
    )


def _has_small(part: str) -> bool:
    """Codes and Roman numerals are set in capitals and take endings: ``XXI-го``, ``CICA-ға``."""
    return any(sign.islower() for sign in part)


def in_words(word: str) -> str:
    """One sentence in English about a mixed word, for logs and podium/1."""
    said = ", ".join(f"{' '.join(letters)} {name}" for name, letters in letters_of(word))
    return f"“{word}” has letters that look like others: {said}."


# ---- codes


def skeleton(code: str) -> str:
    """What a code looks like: two codes with one skeleton cannot be told apart on paper.

    >>> skeleton("ЕGУ") == skeleton("EGY")
    True
    """
    plain = unicodedata.normalize("NFKC", code).translate(_IN_CODES)
    return plain.translate(_TO_LATIN).upper().translate(_TO_LATIN)


def alike(codes: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """Two codes that look the same and stand for different things, if there are such; pairs of code and what it means."""
    known: dict[str, tuple[str, str]] = {}
    for code, meaning in codes:
        other, meant = known.setdefault(skeleton(code), (code, meaning))
        if meant != meaning:
            return other, code
    return None
