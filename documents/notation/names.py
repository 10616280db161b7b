"""Who stands in a marker: signs, codes and names. No list of delegations takes part in it (``rules.md`` 29)."""

import re
from collections.abc import Sized

PLUS = "+＋﹢⁺₊✚➕"
MINUS = "-‐‑‒–—―⁃⁻₋−➖﹘﹣－"
SIGNS = PLUS + MINUS

# \w knows no combining signs, without which names in Hindi, Thai or decomposed Latin would fall apart.
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0fff\u1000-\u109f\u1780-\u17ff\u3099\u309a"
_WORD = rf"[^\W_][\w{_MARKS}.’'ʼʻ`´&‑-]*\+?"
_NAME = re.compile(rf"(?=[^\W\d_]){_WORD}(?: {_WORD}){{0,5}}(?: \([^()]+\))?")
_BROKEN_CODE = re.compile(r"[^\W_]{1,5} [^\W_]|[^\W_] [^\W_]{1,5}")
_ARTICLE = re.compile(r"(?i:the )(?=[^\W\d_a-z])")
_DECORATION = re.compile(r"[\s!*†‡§¹²³⁰⁴-⁹]+\Z")
# "(NB: see annex)" has the shape of a marker and is none in any house.
_NO_CODES = frozenset(
    [
        "NB",
        "N.B",
        "PS",
        "P.S",
        "TBC",
        "TBD",
        "РS",
        "NOTE",
        "NOTES",
        "REF",
        "CF",
        "TEL",
        "FAX",
        "ISBN",
        "ISSN",
        "DOI",
        "URL",
        "ATTN",
        "ADD",
        "ПРИМ",
        "ПРИМЕЧАНИЕ",
        "СМ",
        "ТЕЛ",
        "注",
        "注意",
        "附注",
        "说明",
        "例如",
    ]
)
_PLACE = re.compile(r"(?:PP|OP|ПП|ОП)\d.*", re.IGNORECASE)
_ACTORS = frozenset(
    {"chair", "chairmanship", "chairperson", "secretariat", "председатель", "председательство", "секретариат"}
)
# Small words that names do not hold, and wording does.
_NO_NAME = frozenset(
    [
        "of",
        "a",
        "an",
        "in",
        "on",
        "by",
        "for",
        "from",
        "or",
        "to",
        "its",
        "their",
        "our",
        "this",
        "that",
        "is",
        "are",
        "be",
        "was",
        "as",
        "at",
        "and",
        "or",
        "but",
        "the",
        "и",
        "или",
        "including",
    ]
)
_ELIDED = re.compile(r"[dl]['’][^\W\d_a-z]")
_PARTICLES = frozenset(["of", "the", "de", "du", "des", "da", "do", "dos", "del", "la", "el", "al", "and", "и"])
_SCRIPTS = (
    re.compile("[A-Za-z\u00c0-\u024f\uff21-\uff5a]"),
    re.compile("[\u0370-\u03ff]"),
    re.compile("[\u0400-\u052f]"),
)
_LONGEST_CASELESS = 4  # letters; behind a colon a longer word of an alphabet without capitals is any word


def mixes_scripts(name: str) -> bool:
    """Whether a code holds letters of two alphabets, as ``ВANGL`` with a Cyrillic first letter does."""
    return any(sum(1 for script in _SCRIPTS if script.search(word)) > 1 for word in name.split())


def is_name(name: str, sign: str) -> bool:
    """A name behind a sign: it begins with a letter; of several words the first has a capital.

    A plus is never a dash, so that a name in small letters may have two words behind it: ``+viet nam``.
    """
    name = _bare(name)
    if _NAME.fullmatch(name) is None:
        return False
    if not name[0].islower():
        return " " not in name or not any(word in _NO_NAME and word not in _PARTICLES for word in name.split())
    if " " not in name:
        return name not in _NO_NAME
    words = name.split()
    return sign == "+" and len(words) <= 3 and not any(word in _NO_NAME for word in words)


def is_actor(name: str, stance: str | None, before: Sized = ()) -> bool:
    """Who may stand beside a verb: a capital code, Chair or Secretariat.

    Beside tcb and *original*, and in a list that begins with a code (``G77 and China: retain``), any proper name.
    """
    name = _bare(name)
    if is_code(name, behind_colon=stance is None) or name.casefold() in _ACTORS:
        return True
    if stance not in ("tcb", "keep_original") and not (stance and before):
        return False
    if _NAME.fullmatch(name) is None or name in _NO_CODES or _PLACE.fullmatch(name):
        return False
    return all(word[0].isupper() for word in name.split())


def is_party(name: str) -> bool:
    """A state, a group or an actor by any proper name: every word begins with a capital, small particles aside."""
    name = _bare(name)
    if _NAME.fullmatch(name) is None or name in _NO_CODES:
        return False
    return all(not word[0].islower() or word in _PARTICLES or _ELIDED.match(word) for word in name.split())


def is_code(name: str, *, behind_colon: bool = False) -> bool:
    """A capital code, in any alphabet: two letters or more, none of them small (``G77``, ``РОС``, ``EU``).

    An alphabet without capitals has codes too; beside free words behind a colon they are short.
    """
    if name.rstrip(".") in _NO_CODES or _NAME.fullmatch(name) is None or _PLACE.fullmatch(name):
        return False
    if name.isupper():
        return len(name) > 1
    caseless = name.upper() == name.lower() and " " not in name
    return caseless and (not behind_colon or 1 < len(name) <= _LONGEST_CASELESS)


def code(name: str) -> str:
    """A name without what is none of it: an article, a footnote's mark, a full stop, and the white space of a line that
    broke inside a code, ``I ND``. Two words stay two words."""
    name = _bare(name)
    return name.replace(" ", "") if name.isupper() and _BROKEN_CODE.fullmatch(name) else name


def _bare(name: str) -> str:
    name = _DECORATION.sub("", _ARTICLE.sub("", name, count=1) if name[:1] in "tT" else name)
    if name.endswith(".") and "." not in name[:-1]:
        name = name[:-1]
    return name
